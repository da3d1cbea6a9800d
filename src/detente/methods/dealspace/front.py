"""The exact Pareto set of a deal space of any size, with every deal behind each utility vector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import TooLarge
from detente.methods.dealspace.layers import Layer, Layers
from detente.methods.dealspace.sweeps import furthest
from detente.methods.dealspace.utilities import Ints
from detente.methods.pareto import efficient

CAP = 2_000_000
"""Most utility vectors kept at once: about 300 MB with eight actors. Judgement."""


@dataclass(frozen=True, slots=True)
class Front:
    """The efficient utility vectors of a deal space, with every deal behind each.

    Parameters
    ----------
    vectors : (F, P) int64
        Distinct utility vectors, largest first in the order of the actors.
    deals : tuple of int
        Number of deals with that vector, exact.
    graph : Layers
        Where the deals come from.
    parents : tuple of (E, 3) int64
        Per layer, links (vector after, vector before, arc) that lead to kept vectors.
    """

    vectors: Ints
    deals: tuple[int, ...]
    graph: Layers
    parents: tuple[Ints, ...]

    @property
    def total(self) -> int:
        """Number of efficient deals, exact."""
        return sum(self.deals)

    def named(self, vector: int, most: int = 1_000) -> NDArray[np.int16]:
        """Return the deals (D, I) behind a vector in lexicographic order, at most `most` of them."""
        paths: list[tuple[int, dict[int, int]]] = [(vector, {})]
        for layer, links in zip(reversed(self.graph.layers), reversed(self.parents), strict=True):
            back: list[tuple[int, dict[int, int]]] = []
            for node, chosen in paths:
                low, high = np.searchsorted(links[:, 0], [node, node + 1])
                for _, before, arc in links[low:high].tolist():
                    back.append((before, {**chosen, layer.issue: int(layer.option[arc])}))
                    if len(back) >= most:
                        break
            paths = back[:most]
        rows = [[chosen[i] for i in sorted(chosen)] for _, chosen in paths]
        return np.array(sorted(rows), dtype=np.int16).reshape(-1, len(self.graph.layers))


@dataclass(frozen=True, slots=True)
class _Partial:
    """Vectors of prefixes: where each state starts, and how many prefixes share each vector."""

    vectors: Ints
    bounds: Ints
    ways: NDArray[Any]


def pareto_front(graph: Layers, rational: bool = False, cap: int = CAP) -> Front:
    """Compute the exact Pareto set by Minkowski sums with dominance pruning along the layers.

    In every state (options of open issues, forbidden combinations still matched) a dominated prefix has
    only dominated completions, so it is dropped; equal vectors are merged and counted. With `rational`
    prefixes that can no longer reach somebody's worth of no deal are dropped too: the front of the
    individually rational set is the front cut to that set.

    Parameters
    ----------
    graph : Layers
        From `layers_of`; issues with few options first is fastest where nothing ties issues together.
    rational : bool
        Only deals every actor accepts.
    cap : int
        Most vectors at once.

    Raises
    ------
    TooLarge
        If the cap is passed; a truncated front is never returned.

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((2, 2)), [[[2, 0], [0, 1]], [[2, 0], [0, 1]]], [0, 0])
    >>> front = pareto_front(layers_of(u))
    >>> front.vectors.tolist(), front.deals
    ([[4, 0], [2, 1], [0, 2]], (1, 2, 1))
    >>> front.named(1).tolist()
    [[0, 1], [1, 0]]
    """
    rest = furthest(graph, np.eye(graph.actors))
    wide = graph.count() >= 2**63
    one = np.array([1], dtype=object if wide else np.int64)
    partial = _Partial(np.zeros((1, graph.actors), np.int64), np.array([0, 1]), one)
    parents = []
    for layer, to_come in zip(graph.layers, rest[1:], strict=True):
        needed = graph.floor - to_come if rational else None
        partial, links = _extend(layer, partial, needed, cap)
        parents.append(links)
    return _finished(graph, partial, parents)


def improvements(graph: Layers, totals: Sequence[int]) -> Front:
    """Return the efficient deals that are at least as good for everybody as given utilities.

    The distance of a deal from the front: the deal is efficient where nothing but its own utilities comes
    back.

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((2, 2)), [[[2, 0], [0, 1]], [[2, 0], [3, 1]]], [0, 0])
    >>> improvements(layers_of(u), u.totals([[0, 0]])[0].tolist()).vectors.tolist()
    [[5, 1]]
    """
    return pareto_front(replace(graph, reserve=tuple(totals)), rational=True)


def _finished(graph: Layers, partial: _Partial, parents: list[Ints]) -> Front:
    order = np.lexsort((-partial.vectors.T)[::-1])
    if parents and len(order):
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        last = parents[-1].copy()
        last[:, 0] = place[last[:, 0]]
        parents[-1] = last[np.argsort(last[:, 0], kind="stable")]
    ways = tuple(int(w) for w in partial.ways[order])
    return Front(partial.vectors[order], ways, graph, tuple(parents))


def _extend(
    layer: Layer, partial: _Partial, needed: NDArray[np.float64] | None, cap: int
) -> tuple[_Partial, Ints]:
    """Add one issue: sums of every prefix and arc, filtered inside each state after the issue."""
    pieces: list[tuple[Ints, Ints, NDArray[Any]]] = [
        (partial.vectors[:0], np.empty((0, 3), np.int64), partial.ways[:0])
    ]
    bounds = [0]
    for state in range(layer.after):
        arcs = np.flatnonzero(layer.target == state)
        spans = [(int(a), *partial.bounds[layer.source[a] : layer.source[a] + 2].tolist()) for a in arcs]
        if sum(high - low for _, low, high in spans) > 16 * cap:
            raise TooLarge(_too_many(cap))
        floor = None if needed is None else needed[state]
        vectors, links, ways = _merged(layer, partial, spans, floor)
        links[:, 0] += bounds[-1]
        bounds.append(bounds[-1] + len(vectors))
        if bounds[-1] > cap:
            raise TooLarge(_too_many(cap))
        pieces.append((vectors, links, ways))
    tables = [np.concatenate(column) for column in zip(*pieces, strict=True)]
    return _Partial(tables[0], np.array(bounds), tables[2]), tables[1]


def _too_many(cap: int) -> str:
    return (
        f"the frontier has more than {cap:,} utility vectors. Remedy: ask for the solution concepts, "
        "a sample of supported deals, fewer actors, or coarser points"
    )


def _merged(
    layer: Layer, partial: _Partial, spans: list[tuple[int, int, int]], floor: NDArray[np.float64] | None
) -> tuple[Ints, Ints, NDArray[Any]]:
    """Sum, prune, filter and merge the prefixes that lead to one state."""
    sums = [partial.vectors[low:high] + layer.points[arc] for arc, low, high in spans]
    vectors = np.concatenate([np.empty((0, layer.points.shape[1]), np.int64), *sums])
    before = np.concatenate([np.arange(low, high) for _, low, high in spans] or [np.empty(0, np.int64)])
    arcs = np.repeat([arc for arc, _, _ in spans], [high - low for _, low, high in spans]).astype(np.int64)
    if floor is not None:
        alive = (vectors >= floor).all(axis=1)
        vectors, before, arcs = vectors[alive], before[alive], arcs[alive]
    keep = efficient(vectors)
    vectors, before, arcs = vectors[keep], before[keep], arcs[keep]
    order = np.lexsort((arcs, before, *vectors.T))
    vectors, before, arcs = vectors[order], before[order], arcs[order]
    new = np.ones(len(vectors), dtype=bool)
    new[1:] = (vectors[1:] != vectors[:-1]).any(axis=1)
    node = np.cumsum(new) - 1
    ways = np.zeros(int(new.sum()), dtype=partial.ways.dtype)
    np.add.at(ways, node, partial.ways[before])
    return vectors[new], np.column_stack([node, before, arcs]), ways
