"""Whose acceptance makes a deal: what the case says, or a coalition that is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from detente.errors import UsageError
from detente.methods.agreement import Agreement
from detente.methods.dealspace.rule import ACTORS
from detente.table.encode import Encoded

Besides = tuple[tuple[str, ...], int]
"""Actors a quorum counts, by id, and how many of them must accept."""


def required_rows(enc: Encoded, coalition: Sequence[str]) -> tuple[int, ...]:
    """Return the rows of the actors who must accept."""
    names = [a.id for a in enc.actors]
    unknown = [c for c in coalition if c not in names]
    if unknown:
        raise UsageError(f"no actor {', '.join(unknown)} in the case. Remedy: choose from {', '.join(names)}")
    return tuple(names.index(c) for c in dict.fromkeys(coalition)) or enc.required


def agreement(enc: Encoded, coalition: Sequence[str] = ()) -> Agreement:
    """Return whose acceptance makes a deal: a coalition that is asked for, or what the case says."""
    required = required_rows(enc, coalition)
    rule = Agreement(required)
    if enc.quorum is not None and not coalition:
        rule = Agreement(required, enc.quorum.of, enc.quorum.at_least)
    if len(required) + len(rule.others) > ACTORS:
        raise UsageError(
            f"the acceptance of {len(required) + len(rule.others)} actors is asked for, and coalitions of at "
            f"most {ACTORS} can be weighed. Remedy: name fewer with --coalition, or shorten the quorum"
        )
    return rule


def quorum_of(enc: Encoded, agreement: Agreement) -> Besides | None:
    """Return whom a quorum counts and how many of them must accept; None where nobody else is needed."""
    if not agreement.more:
        return None
    return tuple(enc.actors[p].id for p in agreement.voters), agreement.at_least
