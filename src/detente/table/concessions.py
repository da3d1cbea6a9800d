"""What the smallest sets of movements cost those who would have to move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.methods.agreement import Agreement
from detente.methods.redlines import Accepts, count_agreed, joint
from detente.methods.space import Allowed, Space, count_deals
from detente.table.draws import Draws
from detente.table.encode import Encoded

RedLine = tuple[str, str]
"""(actor, issue) by id."""


@dataclass(frozen=True, slots=True)
class Concession:
    """What dropping one red line costs its actor, in points of its own 0..100 scale.

    `option` is the mildest option beyond the line that the opened deals use; the cost is the points of
    the worst option the actor accepted less the points of that one (5, 50 and 95% of draws).
    """

    line: RedLine
    option: str
    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A smallest set of red lines whose dropping opens deals, and what each costs.

    `mild` of the deals opened use no option beyond a dropped line but the one its cost is told for.
    """

    concessions: tuple[Concession, ...]
    opens: int
    mild: int


@dataclass(frozen=True, slots=True)
class Move:
    """One red line to drop: rows of its actor and issue, and of the mildest option beyond it in use."""

    actor: int
    issue: int
    mildest: int


Moves = tuple[tuple[tuple[Move, ...], int, int], ...]
"""Smallest sets of red lines to drop, each with the deals it opens, and those its mildest options open."""


def moves_of(
    enc: Encoded, accepts: Accepts, agreement: Agreement, lines: Sequence[tuple[int, int]]
) -> tuple[Move, ...]:
    """Return the mildest options beyond the lines, in deals they open for the first coalition to get any."""
    each = (joint(enc.scoped, accepts, members, lines) for members in agreement.coalitions)
    opened = next(allowed for allowed in each if count_deals(enc.scoped, allowed))
    moves = []
    for actor, issue in lines:
        tiers = enc.views[actor][issue].tier
        beyond = np.flatnonzero(~accepts[actor][issue]).tolist()
        used = [o for o in beyond if _used(enc.scoped, opened, issue, o)]
        moves.append(Move(actor, issue, min(used, key=lambda o: (tiers[o], o))))
    return tuple(moves)


def opened_mildly(enc: Encoded, accepts: Accepts, agreement: Agreement, moves: Sequence[Move]) -> int:
    """Count the deals open once each mover takes the mildest option beyond its line, and no other."""
    wider = [list(masks) for masks in accepts]
    for m in moves:
        wider[m.actor][m.issue] = wider[m.actor][m.issue] | (
            np.arange(enc.scoped.sizes[m.issue]) == m.mildest
        )
    return count_agreed(enc.scoped, wider, agreement)


def priced(moves: Moves, enc: Encoded, reading: str, draws: Draws) -> tuple[Relaxation, ...]:
    """Return what each smallest set of movements costs over the draws.

    Parameters
    ----------
    moves : Moves
    enc : Encoded
    reading : str
        For which they were found.
    draws : Draws
    """
    single = list(dict.fromkeys(move for made, *_ in moves for move in made))
    if not single:
        return tuple(Relaxation((), opens, mild) for _, opens, mild in moves)
    lost = np.stack([_lost(enc.accepts[reading][m.actor][m.issue], m, draws) for m in single])
    cost = np.quantile(lost, (0.05, 0.5, 0.95), axis=1).T.tolist()
    told = {m: Concession(_line(enc, m), _option(enc, m), *cost[k]) for k, m in enumerate(single)}
    return tuple(Relaxation(tuple(told[m] for m in made), opens, mild) for made, opens, mild in moves)


def _lost(mask: NDArray[np.bool_], move: Move, draws: Draws) -> NDArray[np.float64]:
    """Return, draw by draw, the points of the worst option accepted less those of the mildest beyond."""
    points = draws.points[:, move.actor, move.issue, : len(mask)]
    worst = points[:, mask].min(axis=1) if mask.any() else points.max(axis=1)
    return np.asarray(worst - points[:, move.mildest])


def _line(enc: Encoded, move: Move) -> RedLine:
    return enc.actors[move.actor].id, enc.issues[move.issue].id


def _option(enc: Encoded, move: Move) -> str:
    return enc.issues[move.issue].options[move.mildest].id


def _used(space: Space, opened: Allowed, issue: int, option: int) -> bool:
    """Return whether some deal opened has the option."""
    only = np.arange(space.sizes[issue]) == option
    return count_deals(space, [m & only if i == issue else m for i, m in enumerate(opened)]) > 0
