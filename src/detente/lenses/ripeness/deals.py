"""Which deals are followed: the named ones or those typed, each with its most acceptable completion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.case import Case
from detente.errors import UsageError
from detente.methods.smaa import MICRO
from detente.methods.space import count_deals, enumerate_deals
from detente.table.agreeing import agreement
from detente.table.compared import read_deals
from detente.table.draws import Draws
from detente.table.encode import Encoded

Floats = NDArray[np.float64]

LOOK = 300
"""Paths used to choose how a deal's open issues are filled (judgement: shares to about three points)."""

MOST = 20_000
"""Completions of a deal looked at (judgement: seconds)."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One deal: its completed options by number, and the issues that were open."""

    id: str
    label: str
    row: NDArray[np.int16]
    filled: tuple[str, ...]


def followed(case: Case, enc: Encoded, draws: Draws, asked: tuple[str, ...]) -> tuple[Followed, ...]:
    """Return the deals to follow; a deal the rules forbid altogether is left out.

    Raises
    ------
    UsageError
        If a deal, issue or option does not exist, or a deal asked for breaks the rules or is too open.
    """
    found = []
    used = {i.id for i in enc.issues}
    for deal in read_deals(case, asked):
        row = enc.index({i: o for i, o in deal.options.items() if i in used})
        best = _complete(enc, draws, row)
        if best is None and asked:
            raise UsageError(f"the rules forbid '{deal.label}'. Remedy: detente locate says which rule")
        if best is not None:
            left = tuple(i.id for i, o in zip(enc.issues, row, strict=True) if o < 0)
            found.append(Followed(deal.id, deal.label, best, left))
    return tuple(found)


def _complete(enc: Encoded, draws: Draws, row: NDArray[np.int16]) -> NDArray[np.int16] | None:
    """Return the completion all who must agree prefer to no deal most often today; None if none may be."""
    allowed = [
        np.isin(np.arange(m), o) if o >= 0 else np.ones(m, bool)
        for m, o in zip(enc.space.sizes, row, strict=True)
    ]
    space = enc.scoped if count_deals(enc.scoped, allowed) else enc.space
    number = count_deals(space, allowed)
    if number == 0:
        return None
    if number > MOST:
        raise UsageError("a deal leaves too much open to follow. Remedy: fix more issues")
    rows = enumerate_deals(space, allowed)
    rule = agreement(enc)
    gains = draws.part(slice(LOOK)).gains(rows, rule.counted)
    worst = rule.numbered.least(gains, axis=1) / MICRO  # the gain of the last actor who must agree
    score = (worst >= 0).mean(axis=0) + 1e-6 * worst.mean(axis=0)
    return np.asarray(rows[int(score.argmax())])
