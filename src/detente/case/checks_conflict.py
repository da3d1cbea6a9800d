"""Checks the conflict over a signed deal: actors, issues and options that exist."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.checks_finding import Finding, Names
from detente.case.model import Case


def conflict(case: Case, names: Names) -> Iterator[Finding]:
    """Yield names that the conflict uses and the case does not define."""
    if case.conflict is None:
        return
    for option in case.conflict.options:
        if option.owner is not None:
            yield from names.actors.unknown(option.owner, ("conflict", "options", option.id, "owner"))
    for position, maker in enumerate(case.conflict.decision_makers):
        yield from names.actors.unknown(maker.actor, ("conflict", "decision_makers", position, "actor"))
    for part, moves in (("terms", case.conflict.terms), ("responses", case.conflict.responses)):
        for move in moves:
            spot = ("conflict", part, move.id)
            yield from names.actors.unknown(move.actor, (*spot, "actor"))
            yield from names.actors.unknown(move.effects, (*spot, "effects"))
            yield from names.choices(move.when, (*spot, "when"))
            yield from names.choices(move.becomes, (*spot, "becomes"))
