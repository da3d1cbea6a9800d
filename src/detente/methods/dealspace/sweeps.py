"""Sweeps along the layered graph: the most that can still be got, and the most through each option."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.methods.dealspace.layers import Layers
from detente.methods.dealspace.utilities import Ints


def furthest(graph: Layers, weights: NDArray[np.float64] | Ints) -> list[NDArray[np.float64]]:
    """Return the largest weighted points still to come, from each state before each layer.

    Parameters
    ----------
    graph : Layers
    weights : (P, K)
        K linear functionals of the points.

    Returns
    -------
    list of (states, K) float64
        One table a layer, and a last one of zeros; minus infinity where no deal can be completed.
        Sums of whole units below 2^53 are exact.

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> from detente.methods.space import Space
    >>> graph = layers_of(utilities_of(Space((2, 2)), [[[3], [0]], [[1], [0]]], [0]))
    >>> [table.tolist() for table in furthest(graph, np.eye(1))]
    [[[4.0]], [[1.0]], [[0.0]]]
    """
    tables = [np.zeros((graph.layers[-1].after, weights.shape[1]))]
    for layer in reversed(graph.layers):
        best = np.full((layer.before, weights.shape[1]), -np.inf)
        np.maximum.at(best, layer.source, layer.points @ weights + tables[0][layer.target])
        tables.insert(0, best)
    return tables


def through(graph: Layers) -> list[Ints]:
    """Return, for each arc of each layer, the most each actor can get from a deal that uses it: (A, P).

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> from detente.methods.space import Space
    >>> graph = layers_of(utilities_of(Space((2, 2)), [[[3], [0]], [[1], [0]]], [0]))
    >>> [table.tolist() for table in through(graph)]
    [[[4], [1]], [[4], [3]]]
    """
    rest = furthest(graph, np.eye(graph.actors))
    so_far = np.zeros((1, graph.actors))
    out = []
    for layer, to_come in zip(graph.layers, rest[1:], strict=True):
        here = so_far[layer.source] + layer.points
        out.append((here + to_come[layer.target]).astype(np.int64))
        so_far = np.full((layer.after, graph.actors), -np.inf)
        np.maximum.at(so_far, layer.target, here)
    return out
