"""Part-deals listed along the layers, and where to cut the layers into two short halves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import TooLarge
from detente.methods.dealspace.layers import Layer, Layers
from detente.methods.dealspace.utilities import Ints

Floats = NDArray[np.float64]

TABLE = 8_192
"""Most rows of a state's second half: 8 actors x 4 bytes x 8,192 = 256 KB, a second-level cache."""

LISTS = 50_000_000
"""Most part-deals in both lists together: 3 GB with eight actors. Judgement."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Part-deals: options by layer, first and last state, and points."""

    options: NDArray[np.int16]
    start: NDArray[np.int32]
    state: NDArray[np.int32]
    points: Ints


def walk(layers: Iterable[Layer], states: int, actors: int) -> Paths:
    """List all paths through some layers from every state, in order of start, then option.

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> graph = layers_of(utilities_of(Space((2, 2)), [[[3], [0]], [[1], [0]]], [0]))
    >>> walk(graph.layers, 1, 1).points.ravel().tolist()
    [4, 3, 1, 0]
    """
    at = np.arange(states, dtype=np.int32)
    paths = Paths(np.empty((states, 0), np.int16), at, at, np.zeros((states, actors), np.int64))
    for layer in layers:
        bounds = np.searchsorted(layer.source, np.arange(layer.before + 1))
        fan = np.diff(bounds)[paths.state]
        row = np.repeat(np.arange(len(fan)), fan)
        arc = np.arange(len(row)) - np.repeat(np.cumsum(fan) - fan, fan) + bounds[paths.state][row]
        paths = Paths(
            np.column_stack([paths.options[row], layer.option[arc].astype(np.int16)]),
            paths.start[row],
            layer.target[arc],
            paths.points[row] + layer.points[arc],
        )
    return paths


def _spread(to: NDArray[np.int32], weights: Floats, size: int) -> Floats:
    return np.bincount(to, weights, size).astype(np.float64)


def cut_at(graph: Layers) -> int:
    """Return the layer before which to cut, so that both halves are short and the second fits the cache."""
    ways: list[Floats] = [np.ones(graph.layers[-1].after)]
    for layer in reversed(graph.layers):
        ways.insert(0, _spread(layer.source, ways[0][layer.target], layer.before))
    prefixes: Floats = np.ones(1)
    best, cost = 0, np.inf
    for k, table in enumerate(ways):
        size = float(prefixes.sum() + table.sum())
        if table.max(initial=0) <= TABLE and size < cost:
            best, cost = k, size
        if k < len(graph.layers):
            layer = graph.layers[k]
            prefixes = _spread(layer.target, prefixes[layer.source], layer.after)
    if cost > LISTS:
        raise TooLarge("the deals cannot be cut into two short lists. Remedy: use the method branch or milp")
    return best
