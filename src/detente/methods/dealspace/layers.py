"""The deal space as a layered graph: one layer an issue, one path a feasible deal, utilities on the arcs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from detente.errors import TooLarge
from detente.methods.dealspace.utilities import Interaction, Ints, Utilities
from detente.methods.space import Allowed, Space, free

Number = NDArray[np.int32]

STATES = 100_000
"""Most states in a layer (reference page, 5.4: beyond about 10^5 use integer programming)."""

Key = tuple[int, tuple[int, ...]]
"""Before a layer: the forbidden combinations still matched, and the options of the open issues."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The options of one issue: each arc leads from a state before the issue to a state after it.

    Parameters
    ----------
    issue, size : int
        The issue decided here, and how many options it has.
    before, after : int
        Number of states on either side.
    source, option, target : (A,) int32
        Arcs, sorted by source, then option.
    points : (A, P) int64
        What the arc adds: points of the option and of every interaction it completes.
    """

    issue: int
    size: int
    before: int
    after: int
    source: Number
    option: Number
    target: Number
    points: Ints

    def keep(self, arcs: NDArray[np.bool_]) -> Layer:
        """Return the layer with some of its arcs only."""
        return replace(
            self,
            source=self.source[arcs],
            option=self.option[arcs],
            target=self.target[arcs],
            points=self.points[arcs],
        )


@dataclass(frozen=True, slots=True)
class Layers:
    """All layers in the order the issues are decided; every path from first to last state is a deal.

    Parameters
    ----------
    layers : tuple of Layer
    reserve : tuple of int or None
        Worth of no deal to each actor.
    """

    layers: tuple[Layer, ...]
    reserve: tuple[int | None, ...]

    @property
    def order(self) -> tuple[int, ...]:
        """The issues in the order of the layers."""
        return tuple(layer.issue for layer in self.layers)

    @property
    def actors(self) -> int:
        """Number of actors."""
        return len(self.reserve)

    @property
    def widest(self) -> int:
        """Largest number of states in a layer."""
        return max(layer.before for layer in self.layers)

    @property
    def floor(self) -> Ints:
        """The reserves as numbers, with one below any utility for an actor that accepts anything."""
        return np.array([-(2**31) if d is None else d for d in self.reserve], dtype=np.int64)

    def count(self) -> int:
        """Count the deals exactly."""
        ways = [1]
        for layer in self.layers:
            grown = [0] * layer.after
            for a, b in zip(layer.source.tolist(), layer.target.tolist(), strict=True):
                grown[b] += ways[a]
            ways = grown
        return sum(ways)


@dataclass(frozen=True, slots=True)
class _Build:
    """What the builder keeps about one issue: clauses each option keeps alive, tables it completes."""

    keeps: tuple[int, ...]
    closes: int
    open_after: tuple[int, ...]
    completes: tuple[Interaction, ...]


def interaction_order(utilities: Utilities) -> tuple[int, ...]:
    """Return an order of the issues that keeps few combinations open (greedy)."""
    linked = tuple(tuple((i, (0,)) for i in w.issues) for w in utilities.interactions)
    return Space(utilities.space.sizes, utilities.space.forbidden + linked).order


def layers_of(
    utilities: Utilities,
    allowed: Allowed | None = None,
    order: Sequence[int] | None = None,
    most: int = STATES,
) -> Layers:
    """Lay the deal space out as a graph.

    Parameters
    ----------
    utilities : Utilities
    allowed : per issue (m_i,) bool, optional
        Options that may be used, such as a win-set.
    order : sequence of int, optional
        Issues in the order to decide them; a greedy elimination order by default.
    most : int
        Most states in a layer.

    Raises
    ------
    TooLarge
        If a layer needs more states.

    Examples
    --------
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> space = Space((2, 2), ((((0, (0,)), (1, (0,)))),))
    >>> graph = layers_of(utilities_of(space, [[[3], [0]], [[1], [0]]], [0]))
    >>> graph.count(), [layer.before for layer in graph.layers]
    (3, [1, 2])
    """
    masks = free(utilities.space) if allowed is None else allowed
    order = tuple(order) if order is not None else interaction_order(utilities)
    states: dict[Key, int] = {((1 << len(utilities.space.forbidden)) - 1, ()): 0}
    layers, placed = [], tuple[int, ...]()
    for issue in order:
        build = _prepare(utilities, order, issue)
        open_now = prod(int(masks[i].sum()) for i in build.open_after)
        if open_now > most and not utilities.space.forbidden:
            raise TooLarge(_too_many(open_now, most))
        layer, states = _grow(utilities, (issue, placed), build, masks[issue], (states, most))
        placed = build.open_after
        layers.append(layer)
    return _trim(Layers(tuple(layers), utilities.reserve))


def _too_many(states: int, most: int) -> str:
    return (
        f"the rules and interactions tie so many issues together that {states:,} states would have to be "
        f"kept, more than {most:,}. Remedy: use the method milp, or fix some issues"
    )


def _prepare(utilities: Utilities, order: Sequence[int], issue: int) -> _Build:
    space, at = utilities.space, {i: k for k, i in enumerate(order)}
    keeps, closes = [(1 << len(space.forbidden)) - 1] * space.sizes[issue], 0
    for c, clause in enumerate(space.forbidden):
        for where, options in clause:
            if where == issue:
                keeps = [k if o in options else k & ~(1 << c) for o, k in enumerate(keeps)]
        if max(at[i] for i, _ in clause) == at[issue]:
            closes |= 1 << c
    ends = {k: max(at[i] for i in w.issues) for k, w in enumerate(utilities.interactions)}
    still = {i for k, w in enumerate(utilities.interactions) if ends[k] > at[issue] for i in w.issues}
    return _Build(
        tuple(keeps),
        closes,
        tuple(i for i in order if at[i] <= at[issue] and i in still),
        tuple(w for k, w in enumerate(utilities.interactions) if ends[k] == at[issue]),
    )


def _grow(
    utilities: Utilities,
    place: tuple[int, tuple[int, ...]],
    build: _Build,
    mask: NDArray[np.bool_],
    limited: tuple[dict[Key, int], int],
) -> tuple[Layer, dict[Key, int]]:
    issue, was_open = place
    states, most = limited
    after: dict[Key, int] = {}
    arcs: list[tuple[int, int, int]] = []
    points: list[Ints] = []
    for (live, options), source in states.items():
        known = dict(zip(was_open, options, strict=True))
        if len(after) > most:
            raise TooLarge(_too_many(len(after), most))
        for option in np.flatnonzero(mask).tolist():
            left = live & build.keeps[option]
            if left & build.closes:
                continue
            known[issue] = option
            key = (left, tuple(known[i] for i in build.open_after))
            arcs.append((source, option, after.setdefault(key, len(after))))
            total = utilities.points[issue][option]
            for w in build.completes:
                total = total + w.points[tuple(known[i] for i in w.issues)]
            points.append(total)
    table = np.array(arcs, dtype=np.int32).reshape(-1, 3)
    added = np.array(points, dtype=np.int64).reshape(-1, utilities.actors)
    start, choice, end = (np.ascontiguousarray(column) for column in table.T)
    size = utilities.space.sizes[issue]
    return Layer(issue, size, len(states), len(after), start, choice, end, added), after


def _trim(graph: Layers) -> Layers:
    """Drop states from which no deal can be completed, and states no deal reaches."""
    layers = list(graph.layers)
    live = np.ones(layers[-1].after, dtype=bool)
    for k in range(len(layers) - 1, -1, -1):
        layers[k] = _renumber(layers[k].keep(live[layers[k].target]), live, "target")
        live = np.isin(np.arange(layers[k].before), layers[k].source)
        layers[k] = _renumber(layers[k], live, "source")
    live = np.ones(layers[0].before, dtype=bool)
    for k, layer in enumerate(layers):
        layers[k] = _renumber(layer.keep(live[layer.source]), live, "source")
        live = np.isin(np.arange(layers[k].after), layers[k].target)
        layers[k] = _renumber(layers[k], live, "target")
    return replace(graph, layers=tuple(layers))


def _renumber(layer: Layer, live: NDArray[np.bool_], side: str) -> Layer:
    number = (np.cumsum(live) - 1).astype(np.int32)
    count = int(live.sum())
    if side == "target":
        return replace(layer, target=number[layer.target], after=count)
    return replace(layer, source=number[layer.source], before=count)


def restricted(graph: Layers, arcs: Sequence[NDArray[np.bool_]]) -> Layers:
    """Return the graph with some of its arcs only, without dead ends."""
    kept = tuple(layer.keep(keep) for layer, keep in zip(graph.layers, arcs, strict=True))
    return _trim(replace(graph, layers=kept))
