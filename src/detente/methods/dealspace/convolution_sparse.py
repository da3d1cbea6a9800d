"""The same counting with a list of sums instead of an array: for few sums of fine points."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from detente.errors import TooLarge
from detente.methods.dealspace.layers import Layers
from detente.methods.dealspace.utilities import Ints

LISTED = 3_000_000
"""Most different sums kept at once: some 300 MB. Judgement."""


class Cut(Protocol):
    """Which sums still matter: below `low` fails surely, from `high` on passes surely."""

    @property
    def low(self) -> Ints:
        """Smallest sum that can still pass."""
        ...

    @property
    def high(self) -> Ints:
        """Smallest sum that passes whatever follows."""
        ...


def count_listed(graph: Layers, cuts: tuple[Cut, ...], failures: bool) -> list[int]:
    """Count deals by who exactly accepts (only by everybody, where failures are dropped).

    Parameters
    ----------
    graph : Layers
        With small points from 0 upwards and needs as reserves.
    cuts : tuple of Cut
        One before each layer and a last one.
    failures : bool
        Whether deals that fail somebody are counted too.

    Raises
    ------
    TooLarge
        If more sums would have to be kept.
    """
    dtype = object if graph.count() >= 2**63 else np.int64
    start = _cut(np.zeros((1, graph.actors), np.int64), np.ones(1, dtype=dtype), cuts[0], failures)
    states = [start]
    for layer, cut in zip(graph.layers, cuts[1:], strict=True):
        grown: list[list[tuple[Ints, NDArray[Any]]]] = [[] for _ in range(layer.after)]
        for arc in range(len(layer.option)):
            sums, ways = states[layer.source[arc]]
            moved = np.where(sums < 0, sums, sums + layer.points[arc])
            grown[layer.target[arc]].append(_cut(moved, ways, cut, failures))
        states = [_merged(pieces) for pieces in grown]
        if sum(len(sums) for sums, _ in states) > LISTED:
            raise TooLarge(
                "there are too many different sums of points to count exactly. Remedy: coarser points, fewer "
                "actors at a time, or a scan of the space"
            )
    counts = [0] * (1 << graph.actors)
    for sums, ways in states:
        masks = (sums >= 0) @ (1 << np.arange(graph.actors))
        for mask, number in zip(masks.tolist(), ways.tolist(), strict=True):
            counts[mask] += int(number)
    return counts


def _cut(sums: Ints, ways: NDArray[Any], cut: Cut, failures: bool) -> tuple[Ints, NDArray[Any]]:
    """Write -1 for a sure failure (or drop it) and the smallest sure pass for all sure passes."""
    failed = (sums < cut.low) | (sums < 0)
    sums = np.where(failed, -1, np.minimum(sums, cut.high))
    if failures:
        return sums, ways
    keep = ~failed.any(axis=1)
    return sums[keep], ways[keep]


def _merged(pieces: list[tuple[Ints, NDArray[Any]]]) -> tuple[Ints, NDArray[Any]]:
    """Add up the ways to equal sums."""
    sums, ways = (np.concatenate(column) for column in zip(*pieces, strict=True))
    order = np.lexsort(sums.T)
    sums, ways = sums[order], ways[order]
    new = np.ones(len(sums), dtype=bool)
    new[1:] = (sums[1:] != sums[:-1]).any(axis=1)
    total = np.zeros(int(new.sum()), dtype=ways.dtype)
    np.add.at(total, np.cumsum(new) - 1, ways)
    return sums[new], total
