"""One pass along the layers for all minimal pairs of broken red lines and shortfalls."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import TooLarge
from detente.methods.dealspace.layers import Layer, Layers
from detente.methods.dealspace.sweeps import furthest
from detente.methods.dealspace.utilities import Ints
from detente.methods.pareto import efficient

Kept = dict[int, Ints]
"""Broken red lines as a bit mask, to the utilities (n, P) of prefixes that break exactly these."""


def minimal(
    graph: Layers, bits: Sequence[NDArray[Any]], still: Sequence[int], most: int
) -> list[tuple[int, tuple[int, ...]]]:
    """Return all minimal (broken lines, shortfalls) over the deals of a graph.

    Utilities are cut at what is enough whatever follows, so that a surplus never tells two prefixes apart;
    a prefix is dropped where another breaks a subset of its lines and gives everybody at least as much.

    Parameters
    ----------
    graph : Layers
    bits : per issue (m_i,) int
        Red lines each option breaks, as bit masks.
    still : sequence of int
        Actors that do not move: a prefix that cannot reach their worth of no deal is dropped.
    most : int
        Most prefixes kept in a state.

    Raises
    ------
    TooLarge
        If more would have to be kept.

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> from detente.methods.space import Space
    >>> graph = layers_of(utilities_of(Space((3,)), [[[10, 0], [6, 3], [1, 9]]], [5, 4]))
    >>> minimal(graph, [np.array([0, 0, 1])], [], 100)
    [(0, (0, 1)), (1, (4, 0))]
    """
    if graph.count() == 0:
        return []
    best = furthest(graph, np.eye(graph.actors))
    worst = furthest(graph, -np.eye(graph.actors))
    fixed = np.isin(np.arange(graph.actors), still)
    kept: list[Kept] = [{0: np.zeros((1, graph.actors), np.int64)}]
    for layer, more, less in zip(graph.layers, best[1:], worst[1:], strict=True):
        enough = graph.floor + less.astype(np.int64)
        needed = np.where(fixed, graph.floor - more, -np.inf)
        kept = _extend(layer, kept, bits[layer.issue], (enough, needed))
        if max(sum(len(v) for v in state.values()) for state in kept) > most:
            raise TooLarge(
                f"more than {most:,} partial packages would have to be kept. Remedy: name fewer actors that "
                "may move, or fix some issues"
            )
    floor = graph.floor
    asked = np.array([d is not None for d in graph.reserve])
    return sorted(
        (mask, tuple(np.where(asked, np.maximum(floor - row, 0), 0).tolist()))
        for mask, rows in kept[0].items()
        for row in rows
    )


def _extend(
    layer: Layer, kept: list[Kept], bits: NDArray[Any], limits: tuple[Ints, NDArray[np.float64]]
) -> list[Kept]:
    grown: list[dict[int, list[Ints]]] = [{} for _ in range(layer.after)]
    for arc, (source, option, target) in enumerate(
        zip(layer.source.tolist(), layer.option.tolist(), layer.target.tolist(), strict=True)
    ):
        for mask, rows in kept[source].items():
            sums = rows + layer.points[arc]
            sums = np.minimum(sums[(sums >= limits[1][target]).all(axis=1)], limits[0][target])
            grown[target].setdefault(mask | int(bits[option]), []).append(sums)
    return [_undominated({m: np.concatenate(v) for m, v in state.items()}) for state in grown]


def _undominated(state: Kept) -> Kept:
    """Drop what another set of fewer lines, or of the same, gives everybody at least as much of."""
    out: Kept = {}
    for mask in sorted(state, key=lambda m: (m.bit_count(), m)):
        rows = np.unique(state[mask], axis=0)
        rows = rows[efficient(rows)]
        for smaller, others in out.items():
            if smaller & mask == smaller and len(rows):
                rows = rows[~_covered(rows, others)]
        if len(rows):
            out[mask] = rows
    return out


def _covered(rows: Ints, others: Ints) -> NDArray[np.bool_]:
    """Return which rows some other row reaches in every actor, in pieces that fit the cache."""
    covered = np.zeros(len(rows), dtype=bool)
    step = max(1, 2_000_000 // max(1, others.size))
    cuts = [*range(0, len(rows), step), len(rows)]
    for low, high in pairwise(cuts):
        reached = np.all(others[None, :, :] >= rows[low:high, None, :], axis=2)
        covered[low:high] = np.any(reached, axis=1)
    return covered
