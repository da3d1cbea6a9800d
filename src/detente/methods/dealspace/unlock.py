"""What it would take: every minimal package of movements that makes a deal possible, priced per actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import TooLarge
from detente.methods.dealspace.layers import Layers, layers_of
from detente.methods.dealspace.milp import best_sum
from detente.methods.dealspace.paths import walk
from detente.methods.dealspace.unlock_search import minimal
from detente.methods.dealspace.utilities import Ints, Utilities
from detente.methods.redlines import Accepts, Line, joint
from detente.methods.space import Allowed, broken

LISTED = 200_000
"""Most opened deals compared one by one for the cheapest; beyond it an integer program chooses. Judgement."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What the actors whose acceptance is required ask for.

    Parameters
    ----------
    utilities : Utilities
        Of these actors only; a reserve of None asks for no worth.
    accepts : actor, then issue: (m_i,) bool
        Win-sets; all True where the actor has no red line.
    """

    utilities: Utilities
    accepts: Accepts

    def __post_init__(self) -> None:
        shapes = [[len(mask) for mask in masks] for masks in self.accepts]
        if shapes != [list(self.utilities.space.sizes)] * self.utilities.actors:
            raise ValueError("win-sets need one entry for each actor, issue and option of the utilities")


@dataclass(frozen=True, slots=True)
class Package:
    """Movements that together make a deal possible, and none of which can be spared.

    Parameters
    ----------
    drops : tuple of (actor, issue)
        Red lines to be dropped.
    short : (P,) tuple of int
        How far each actor's worth of no deal has to fall, in units; a payment of as much to the actor, or
        any remedy in `unlock_moves`, does the same.
    price : (P,) tuple of int
        What each actor gives up in its own units with `deal`: per dropped line what the worst option it
        accepted is worth to it, less the option it now takes (never below 0); plus `short`.
    spare : (P,) tuple of int
        What each actor has left above its worth of no deal: who could pay.
    deal : (I,) tuple of int
        The opened deal with the smallest sum of prices, the first of them in order of options.
    opens : int or None
        How many deals the package opens; None where there are too many to count exactly.
    """

    drops: tuple[Line, ...]
    short: tuple[int, ...]
    price: tuple[int, ...]
    spare: tuple[int, ...]
    deal: tuple[int, ...]
    opens: int | None

    @property
    def moves(self) -> int:
        """Number of movements."""
        return len(self.drops) + sum(s > 0 for s in self.short)


def concessions(demands: Demands) -> tuple[Ints, ...]:
    """Return, per issue, what each option beyond an actor's red line costs it: (m_i, P) units.

    The worst option the actor accepted less the option; 0 inside the win-set and never below 0. Where it
    accepts nothing on the issue, its best option takes the place of the worst accepted one.

    Examples
    --------
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> from detente.methods.space import Space
    >>> u = utilities_of(Space((3,)), [[[10], [6], [1]]], [0])
    >>> concessions(Demands(u, [[np.array([True, True, False])]]))[0].ravel().tolist()
    [0, 0, 5]
    """
    out = []
    for issue, table in enumerate(demands.utilities.points):
        cost = np.zeros_like(table)
        for p, masks in enumerate(demands.accepts):
            inside = masks[issue]
            mark = table[inside, p].min() if inside.any() else table[:, p].max()
            cost[:, p] = np.where(inside, 0, np.maximum(mark - table[:, p], 0))
        out.append(cost)
    return tuple(out)


def package_for(demands: Demands, deal: Sequence[int]) -> Package:
    """Return the one package that carries a given deal: what it breaks, and what each actor lacks.

    Raises
    ------
    ValueError
        If the deal breaks a rule: no movement of the actors mends that.

    Examples
    --------
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> from detente.methods.space import Space
    >>> u = utilities_of(Space((3,)), [[[10, 0], [6, 3], [1, 9]]], [5, 4])
    >>> ask = Demands(u, [[np.array([True, True, False])], [np.array([False, True, True])]])
    >>> package_for(ask, [1]).short, package_for(ask, [0]).drops
    ((0, 1), ((1, 0),))
    """
    if next(broken(demands.utilities.space, deal), None) is not None:
        raise ValueError("the deal breaks a rule; no movement of the actors mends that")
    return _package(demands, tuple(int(o) for o in deal), None)


def _package(demands: Demands, deal: tuple[int, ...], opens: int | None) -> Package:
    utilities = demands.utilities
    totals = utilities.totals([deal])[0].tolist()
    gains = [0 if d is None else u - d for u, d in zip(totals, utilities.reserve, strict=True)]
    drops = [(p, i) for p, masks in enumerate(demands.accepts) for i, o in enumerate(deal) if not masks[i][o]]
    cost = sum(table[o] for table, o in zip(concessions(demands), deal, strict=True))
    short = tuple(max(0, -g) for g in gains)
    price = tuple(int(c) + s for c, s in zip(np.asarray(cost).tolist(), short, strict=True))
    return Package(tuple(drops), short, price, tuple(max(0, g) for g in gains), deal, opens)


def unlock(demands: Demands, movers: Sequence[int] | None = None, most: int = 20_000) -> tuple[Package, ...]:
    """Find all minimal packages of movements that make at least one deal possible.

    A deal needs the red lines it breaks dropped, and each actor's shortfall covered. A package is minimal
    if no deal needs a subset of its red lines and at most its shortfalls, one of them less. They come out
    of one pass along the layers that keeps, per state, only what no other beats: exact, nothing sampled.

    Parameters
    ----------
    demands : Demands
    movers : sequence of int, optional
        Actors that may move; the others' red lines and worths stay. Everybody by default.
    most : int
        Most partial packages kept in a state.

    Returns
    -------
    tuple of Package
        Fewest movements first, then the smallest sum of prices as shares of each actor's range; the second
        is the runner-up. One empty package where a deal is possible as things stand; none where the
        others' demands leave no deal at all.

    Raises
    ------
    TooLarge
        If more would have to be kept; never a truncated answer.

    Examples
    --------
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> from detente.methods.space import Space
    >>> u = utilities_of(Space((3,)), [[[10, 0], [6, 3], [1, 9]]], [5, 4])
    >>> ask = Demands(u, [[np.array([True, False, False])], [np.array([False, True, True])]])
    >>> [(p.drops, p.short, p.price) for p in unlock(ask)]
    [(((0, 0),), (0, 1), (4, 1)), (((1, 0),), (0, 4), (0, 7)), (((0, 0),), (4, 0), (13, 0))]
    """
    everybody = range(demands.utilities.actors)
    moving = tuple(everybody) if movers is None else tuple(movers)
    still = [p for p in everybody if p not in moving]
    space = demands.utilities.space
    graph = layers_of(demands.utilities, joint(space, demands.accepts, still))
    lines = [(p, i) for p in moving for i, mask in enumerate(demands.accepts[p]) if not mask.all()]
    bits = tuple(
        np.array(
            [
                sum(1 << k for k, (p, i) in enumerate(lines) if i == issue and not demands.accepts[p][i][o])
                for o in range(size)
            ],
            dtype=object,
        )
        for issue, size in enumerate(space.sizes)
    )
    found = [
        _opened(demands, tuple(line for k, line in enumerate(lines) if mask >> k & 1), short)
        for mask, short in minimal(graph, bits, still, most)
    ]
    scale = [max(1, int(sum(np.ptp(t[:, p]) for t in demands.utilities.points))) for p in everybody]
    return tuple(sorted(found, key=lambda p: (p.moves, _share(p, scale), p.drops, p.short)))


def _share(package: Package, scale: list[int]) -> float:
    return sum(price / size for price, size in zip(package.price, scale, strict=True))


def _opened(demands: Demands, drops: tuple[Line, ...], short: tuple[int, ...]) -> Package:
    """Choose the cheapest of the deals a package opens, and count them."""
    utilities = demands.utilities
    reserve = [None if d is None else d - s for d, s in zip(utilities.reserve, short, strict=True)]
    lowered = utilities.with_reserve(reserve)
    everybody = range(utilities.actors)
    allowed = joint(utilities.space, demands.accepts, everybody, drops)
    graph = layers_of(lowered, allowed)
    if graph.count() <= LISTED:
        return _cheapest(demands, graph)
    return _package(demands, _programmed(demands, lowered, allowed), None)


def _cheapest(demands: Demands, graph: Layers) -> Package:
    paths = walk(graph.layers, 1, graph.actors)
    inside = (paths.points >= graph.floor).all(axis=1)
    deals: NDArray[np.int16] = paths.options[inside][:, np.argsort(graph.order)]
    deals = deals[np.lexsort(deals.T[::-1])]
    cost = sum(table[deals[:, i]].sum(axis=1) for i, table in enumerate(concessions(demands)))
    best = deals[int(np.argmin(cost))]
    return _package(demands, tuple(best.tolist()), len(deals))


def _programmed(demands: Demands, lowered: Utilities, allowed: Allowed) -> tuple[int, ...]:
    """Let an integer program choose the cheapest deal: concessions enter as actors that ask for nothing."""
    tables = tuple(np.hstack([t, -c]) for t, c in zip(lowered.points, concessions(demands), strict=True))
    if lowered.interactions:
        raise TooLarge("too many opened deals with package effects to compare. Remedy: fix some issues")
    joined = Utilities(lowered.space, tables, lowered.reserve + (None,) * lowered.actors, (), lowered.unit)
    weights = np.repeat([0.0, 1.0], lowered.actors)
    found = best_sum(joined, weights, allowed)
    if found.deal is None:
        raise AssertionError("a minimal package opens a deal")
    return tuple(found.deal.tolist())
