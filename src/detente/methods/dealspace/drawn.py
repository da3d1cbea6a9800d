"""Draws of utilities over a space too large to list: whether a deal exists, and each solution, per draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.errors import TooLarge
from detente.methods.dealspace.duplicates import classes_of, first_of
from detente.methods.dealspace.front import Front, pareto_front
from detente.methods.dealspace.layers import Layers, layers_of
from detente.methods.dealspace.utilities import Ints, Utilities, utilities_of
from detente.methods.space import Allowed, Space

TOGETHER = 50
"""Draws laid along one graph at a time: it is built once for all of them. Judgement."""

WORK = 30_000_000
"""Links kept over all draws, about a minute; where each draw keeps many, fewer are solved. Judgement."""

TIES = 100
"""Most deals of equal worth named for one draw; each counts its share of all ties. Judgement."""

VECTORS = 100_000
"""Most efficient vectors of a draw; a space with more is left to sampling. Judgement."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """Draws of utilities.

    Parameters
    ----------
    points : (n, P, I, M) float
        Points of each option in each draw; only the first m_i options of an issue are read.
    worth : (n, P) float
        Worth of no deal.
    effects : sequence of (issues, (n, m_a, m_b, ..., P) float)
        Package effects.
    """

    points: Points
    worth: Points
    effects: Sequence[tuple[Sequence[int], Points]] = ()

    def __getitem__(self, rows: slice) -> Sample:
        return Sample(self.points[rows], self.worth[rows], [(i, table[rows]) for i, table in self.effects])


@dataclass(frozen=True, slots=True)
class Drawn:
    """What solving each draw exactly shows.

    Parameters
    ----------
    draws : int
        Draws solved, the first ones; fewer than asked for where the space is hard.
    possible : float
        Share of them with at least one deal every actor accepts.
    deals : (K, I) int16
        Every deal some concept chooses in some draw, in lexicographic order.
    shares : (4, K) float
        Share of draws in which the concept chooses the deal; a draw with k tied deals counts 1/k for each.
    """

    draws: int
    possible: float
    deals: NDArray[np.int16]
    shares: NDArray[np.float64]


def solve_draws(
    space: Space,
    sample: Sample,
    allowed: Allowed | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> Drawn | None:
    """Solve draw after draw exactly, along the efficient deals every actor accepts.

    Options that no draw, rule or interaction tells apart count as one, the first of them.

    Parameters
    ----------
    space : Space
    sample : Sample
    allowed : per issue (m_i,) bool, optional
    progress : callable
        Told the share done.

    Returns
    -------
    Drawn or None
        None where the first draw already has more efficient vectors than can be kept.

    Examples
    --------
    >>> points = np.array([[[[50.0, 20, 10]], [[-5, 6, 15]]]])
    >>> found = solve_draws(Space((3,)), Sample(points, np.zeros((1, 2))))
    >>> found.possible, found.deals.tolist(), found.shares[:2].tolist()
    (1.0, [[1], [2]], [[0.0, 1.0], [0.0, 1.0]])
    """
    tables = [np.moveaxis(sample.points[:, :, i, :m], -1, 0) for i, m in enumerate(space.sizes)]
    effects = [(issues, np.moveaxis(table, 0, -1)) for issues, table in sample.effects]
    allowed = first_of(classes_of(tables, space.forbidden, effects, allowed), space.sizes)
    asked = limit = len(sample.points)
    chosen: dict[tuple[int, ...], Points] = {}
    exist = solved = 0
    for start in range(0, asked, TOGETHER):
        for graph in _graphs(space, sample[start : min(start + TOGETHER, limit)], allowed):
            if solved == limit:
                break
            try:
                front = pareto_front(graph, rational=True, cap=VECTORS)
            except TooLarge:
                return None
            if solved == 0:
                limit = min(asked, max(1, WORK // max(1, sum(len(links) for links in front.parents))))
            exist += _choose(front, chosen)
            solved += 1
            progress(solved / limit)
    deals = sorted(chosen)
    shares = np.array([chosen[deal] for deal in deals]).reshape(-1, 4).T / solved
    rows_of = np.array(deals, dtype=np.int16).reshape(-1, len(space.sizes))
    return Drawn(solved, exist / solved, rows_of, shares)


def _graphs(space: Space, sample: Sample, allowed: Allowed | None) -> Iterator[Layers]:
    """Lay several draws along one graph as if they were actors, and take it apart again."""
    n, actors = sample.worth.shape
    if not n:
        return
    tables = [
        sample.points[:, :, i, :m].transpose(2, 0, 1).reshape(m, n * actors)
        for i, m in enumerate(space.sizes)
    ]
    extras = [
        (issues, np.moveaxis(table, 0, -2).reshape(*table.shape[1:-1], n * actors))
        for issues, table in sample.effects
    ]
    joined = utilities_of(space, tables, sample.worth.reshape(-1), extras)
    graph = layers_of(joined, allowed)
    yield from (_one(graph, joined, range(k * actors, (k + 1) * actors)) for k in range(n))


def _one(graph: Layers, joined: Utilities, columns: range) -> Layers:
    layers = tuple(replace(x, points=x.points[:, columns.start : columns.stop]) for x in graph.layers)
    return Layers(layers, tuple(joined.reserve[c] for c in columns))


def _choose(front: Front, chosen: dict[tuple[int, ...], NDArray[np.float64]]) -> bool:
    """Add one draw's solutions; every optimum lies on the front, so its ties are all there."""
    if not len(front.vectors):
        return False
    from detente.methods.dealspace.solutions_kernel import mark_solutions

    gains: Ints = np.ascontiguousarray(front.vectors - front.graph.floor)
    ties = np.zeros((4, len(gains)), np.uint8)
    mark_solutions(gains, ties)
    for concept in range(4):
        best = np.flatnonzero(ties[concept])
        number = sum(front.deals[v] for v in best.tolist())
        for vector in best.tolist():
            for deal in front.named(vector, TIES).tolist():
                chosen.setdefault(tuple(deal), np.zeros(4))[concept] += 1 / number
    return True
