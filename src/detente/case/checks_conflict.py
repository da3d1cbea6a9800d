"""Checks the conflict over a signed deal: actors, issues and options that exist."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.checks_finding import Finding, Known, Names, names_of
from detente.case.conflict import Conflict
from detente.case.model import Case
from detente.errors import Problem

PLACE = ("conflict",)


def conflict_problems(case: Case, file: str = "case.yaml") -> tuple[Problem, ...]:
    """Return all problems of a case's conflict; empty where nothing is wrong."""
    found = conflict(case, names_of(case))
    return tuple(
        Problem(file, None, ".".join(str(p) for p in f.spot), f.message, f.remedy, f.severity) for f in found
    )


def conflict(case: Case, names: Names) -> Iterator[Finding]:
    """Yield what the conflict uses and nothing defines, and who decides twice in it."""
    if case.conflict is None:
        return
    yield from _written(case.conflict, names)
    yield from _generated(case.conflict, names)


def _written(block: Conflict, names: Names) -> Iterator[Finding]:
    makers = Known("decision maker", tuple(d.actor for d in block.decision_makers))
    for option in block.options:
        spot = (*PLACE, "options", option.id, "owner")
        if option.owner is not None and not names.actors.lacks(option.owner):
            yield from makers.unknown(option.owner, spot)
        elif option.owner is not None:
            yield from names.actors.unknown(option.owner, spot)
    for position, maker in enumerate(block.decision_makers):
        place = (*PLACE, "decision_makers", position, "actor")
        yield from names.actors.unknown(maker.actor, place)
        if maker.actor in [d.actor for d in block.decision_makers[:position]]:
            yield Finding(place, f"`{maker.actor}` is given twice", "keep one of the two")
    yield from Known("option", tuple(o.id for o in block.options)).unknown(
        block.status_quo, (*PLACE, "status_quo")
    )


def _generated(block: Conflict, names: Names) -> Iterator[Finding]:
    for part, moves in (("terms", block.terms), ("responses", block.responses)):
        for move in moves:
            spot = (*PLACE, part, move.id)
            yield from names.actors.unknown(move.actor, (*spot, "actor"))
            yield from names.actors.unknown(move.effects, (*spot, "effects"))
            yield from names.choices(move.when, (*spot, "when"))
            yield from names.choices(move.becomes, (*spot, "becomes"))
    terms = Known("term", tuple(t.id for t in block.terms))
    for response in block.responses:
        spot = (*PLACE, "responses", response.id)
        yield from terms.unknown(response.to, (*spot, "to"))
        if response.id in terms.members:
            yield Finding(spot, f"`{response.id}` is a term as well", "give one of the two another id")
