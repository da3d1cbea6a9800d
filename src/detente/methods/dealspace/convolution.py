"""How many deals each coalition accepts, by integer convolution: exact counts, nothing enumerated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import gcd, prod

import numpy as np

from detente.errors import TooLarge
from detente.methods.dealspace.convolution_sparse import count_listed
from detente.methods.dealspace.layers import Layers
from detente.methods.dealspace.utilities import Ints
from detente.methods.threads import fold

CELLS = 150_000_000
"""Most counters at once: 1.2 GB a residue. Judgement: fits a laptop."""

PRIMES = (2**61 - 1, 2**61 - 31, 2**61 - 45, 2**61 - 229, 2**61 - 259)
"""Moduli below 2^62; pairwise coprime (tested). Counts to 2^305."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which sums still matter before a layer: below `low` fails surely, from `high` on passes surely.

    Parameters
    ----------
    low, high : (P,) int64
        In steps of the actor's common divisor. A last cell per axis below `low` holds the sure failures
        where these are counted.
    """

    low: Ints
    high: Ints


@dataclass(frozen=True, slots=True)
class Grid:
    """The counting problem in small whole numbers, and what it will cost.

    Parameters
    ----------
    graph : Layers
        With shifted and divided points, and needs in place of reserves.
    windows : tuple of Window
        One before each layer and a last one.
    failures : bool
        Whether sure failures are counted (any rule) or dropped (unanimity).
    """

    graph: Layers
    windows: tuple[Window, ...]
    failures: bool

    def sizes(self, k: int) -> Ints:
        """Return the axis lengths before layer k."""
        return self.windows[k].high - self.windows[k].low + (2 if self.failures else 1)

    @property
    def cells(self) -> int:
        """Largest number of counters held at once."""
        counts = [layer.after for layer in self.graph.layers]
        counts_of = zip(counts, [1, *counts[:-1]], strict=True)
        return max(
            int(n * prod(self.sizes(k + 1).tolist()) + before * prod(self.sizes(k).tolist()))
            for k, (n, before) in enumerate(counts_of)
        )

    @property
    def work(self) -> int:
        """Number of additions: the predicted cost."""
        return sum(
            len(layer.option) * prod(self.sizes(k).tolist()) for k, layer in enumerate(self.graph.layers)
        )


def grid_of(graph: Layers, failures: bool = True) -> Grid:
    """Shift every layer to a minimum of 0, divide by common divisors, and find the windows.

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> grid = grid_of(layers_of(utilities_of(Space((3, 3)), [[[0], [20], [40]]] * 2, [50])))
    >>> grid.cells, [w.high.tolist() for w in grid.windows]
    (5, [[0], [2], [3]])
    """
    least = [layer.points.min(axis=0, initial=2**31) for layer in graph.layers]
    steps = np.ones(graph.actors, dtype=np.int64)
    need = np.zeros(graph.actors, dtype=np.int64)
    for p, floor in enumerate(graph.reserve):
        moved = [(layer.points[:, p] - low[p]) for layer, low in zip(graph.layers, least, strict=True)]
        steps[p] = gcd(*(int(v) for column in moved for v in np.unique(column))) or 1
        if floor is not None:
            need[p] = max(0, -(-(floor - sum(int(low[p]) for low in least)) // int(steps[p])))
    small = tuple(
        replace(layer, points=(layer.points - low) // steps)
        for layer, low in zip(graph.layers, least, strict=True)
    )
    moved_graph = Layers(small, tuple(need.tolist()))
    return Grid(moved_graph, _windows(moved_graph, need), failures)


def _windows(graph: Layers, need: Ints) -> tuple[Window, ...]:
    tops = [layer.points.max(axis=0, initial=0) for layer in graph.layers]
    total, out, reached = sum(tops), [], np.zeros_like(need)
    for top in [*tops, np.zeros_like(need)]:
        low = np.maximum(need - (total - reached), 0)
        high = np.minimum(reached, need)
        out.append(Window(np.minimum(low, high + 1), high))
        reached = reached + top
    return tuple(out)


def count_by_coalition(graph: Layers, cells: int = CELLS) -> list[int]:
    """Count the deals that exactly each coalition accepts; Python integers, exact at any size.

    Array of counters over (utility of 1, ..., utility of P), grown issue by issue; each axis is cut to the
    sums that can still change the verdict.

    Parameters
    ----------
    graph : Layers
    cells : int
        Most counters at once; beyond them the sums that occur are listed instead.

    Returns
    -------
    list of int
        2^P counts by bit mask; `accepted_by` turns them into |Z_S|.

    Raises
    ------
    TooLarge
        If too many different sums occur (many actors with fine points in a large space).

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> graph = layers_of(utilities_of(Space((10,) * 20), [[[o, 9 - o] for o in range(10)]] * 20, [100, 80]))
    >>> exactly = count_by_coalition(graph)
    >>> exactly[0b11], sum(exactly) == 10**20
    (2295217152050316613, True)
    """
    return _counted(grid_of(graph, failures=True), cells)


def count_unanimous(graph: Layers, cells: int = CELLS) -> int:
    """Count the deals everybody accepts; cheaper, because a prefix that fails somebody is dropped.

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> graph = layers_of(utilities_of(Space((10,) * 20), [[[o, 9 - o] for o in range(10)]] * 20, [100, 80]))
    >>> count_unanimous(graph) == count_by_coalition(graph)[0b11]
    True
    """
    return _counted(grid_of(graph, failures=False), cells)[-1]


def _counted(grid: Grid, cells: int) -> list[int]:
    """Count with an array of sums where it fits, with a list of sums otherwise."""
    if grid.cells > cells:
        return count_listed(grid.graph, grid.windows, grid.failures)
    deals = grid.graph.count()
    primes = PRIMES[: max(1, -(-(deals.bit_length() + 1) // 60))]
    if deals >= prod(primes):
        raise TooLarge("more than 2^300 deals cannot be counted exactly here. Remedy: fix some issues")

    def work(state: list[tuple[int, list[int]]], prime: int) -> None:
        state.append((prime, _residues(grid, prime)))

    found = [pair for state in fold(primes, list[tuple[int, list[int]]], work) for pair in state]
    return [_chinese([(p, values[m]) for p, values in found]) for m in range(1 << grid.graph.actors)]


def _chinese(residues: list[tuple[int, int]]) -> int:
    """Return the one number below the product of the moduli with these residues."""
    value, modulus = 0, 1
    for prime, residue in residues:
        value += modulus * ((residue - value) * pow(modulus, -1, prime) % prime)
        modulus *= prime
    return value


def _residues(grid: Grid, prime: int) -> list[int]:
    from detente.methods.dealspace.convolution_kernel import Shift, add_shifted

    start = np.zeros(prod(grid.sizes(0).tolist()), dtype=np.int64)
    start[-1:] = 1
    arrays = [start]
    for k, layer in enumerate(grid.graph.layers):
        sizes = np.array([grid.sizes(k), grid.sizes(k + 1)])
        grown = [np.zeros(prod(sizes[1].tolist()), np.int64) for _ in range(layer.after)]
        for arc in range(len(layer.option)):
            if not arrays[layer.source[arc]].size:
                continue
            shift = Shift(_places(grid, k, layer.points[arc]), *_run(grid, k, layer.points[arc]))
            add_shifted(arrays[layer.source[arc]], grown[layer.target[arc]], shift, sizes, np.int64(prime))
        arrays = grown
    final = arrays[0] if arrays else np.zeros(prod(grid.sizes(len(grid.graph.layers)).tolist()), np.int64)
    return _verdicts(grid, final)


def _places(grid: Grid, k: int, points: Ints) -> Ints:
    """Return where each index of each axis goes when an arc adds `points`; -1 where the cell is dropped."""
    sizes, after, before = grid.sizes(k), grid.windows[k + 1], grid.windows[k]
    fail = int(grid.failures)
    out = np.full((len(sizes), int(sizes.max(initial=0))), -1, dtype=np.int64)
    for p, size in enumerate(sizes.tolist()):
        value = before.low[p] + np.arange(size - fail) + points[p]
        index = np.minimum(value, after.high[p]) - after.low[p] + fail
        out[p, fail:size] = np.where(value < after.low[p], fail - 1, index)
        if fail:
            out[p, 0] = 0
    return out


def _run(grid: Grid, k: int, points: Ints) -> tuple[int, int]:
    """Return the index range of the last axis that moves without being cut off."""
    before, after = grid.windows[k], grid.windows[k + 1]
    fail, size = int(grid.failures), int(grid.sizes(k)[-1])
    low = max(0, int(after.low[-1] - before.low[-1] - points[-1])) + fail
    high = int(after.high[-1] - before.low[-1] - points[-1]) + fail + 1
    return min(low, size), max(min(low, size), min(high, size))


def _verdicts(grid: Grid, final: Ints) -> list[int]:
    """Read the counts by coalition off the last array, whose axes hold at most fail and pass."""
    sizes = grid.sizes(len(grid.graph.layers))
    actors = len(sizes)
    if not grid.failures:
        return [0] * ((1 << actors) - 1) + [int(final.sum())]
    table = final.reshape(sizes)
    out = []
    for mask in range(1 << actors):
        index = tuple(mask >> p & 1 for p in range(actors))
        out.append(int(table[index]) if all(i < n for i, n in zip(index, sizes, strict=True)) else 0)
    return out
