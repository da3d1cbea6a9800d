"""Good deals found quickly: best deals of many weightings, improved one issue at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.methods.dealspace.branch_bounds import best_path
from detente.methods.dealspace.layers import Layers
from detente.methods.dealspace.utilities import Ints

Floats = NDArray[np.float64]

WEIGHTINGS = 24
"""Weightings tried for each goal. Judgement: a tenth of a second; the search only needs a fair start."""

STEPS = 40
"""Most improvements of one deal. Judgement."""


def arc_table(graph: Layers) -> list[NDArray[np.int32]]:
    """Return, per layer, the arc of each state and option, or -1: (states, options)."""
    out = []
    for layer in graph.layers:
        table = np.full((layer.before, layer.size), -1, dtype=np.int32)
        table[layer.source, layer.option] = np.arange(len(layer.option), dtype=np.int32)
        out.append(table)
    return out


def follow(graph: Layers, deals: NDArray[np.integer]) -> tuple[NDArray[np.bool_], Ints]:
    """Walk deals (D, I) through the graph: which are in it, and their points (D, P).

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> space = Space((2, 2), ((((0, (0,)), (1, (0,)))),))
    >>> graph = layers_of(utilities_of(space, [[[3], [0]], [[1], [0]]], [0]))
    >>> follow(graph, np.array([[0, 0], [0, 1]]))
    (array([False,  True]), array([[0], [3]]))
    """
    state = np.zeros(len(deals), dtype=np.int64)
    inside = np.full(len(deals), bool(graph.layers[0].before))
    points = np.zeros((len(deals), graph.actors), dtype=np.int64)
    for layer, table in zip(graph.layers, arc_table(graph), strict=True):
        if not inside.any():
            break
        arc = table[state, deals[:, layer.issue]]
        inside &= arc >= 0
        state = np.where(inside, layer.target[arc], 0)
        points += np.where(inside[:, None], layer.points[arc], 0)
    points[~inside] = 0
    return inside, points


def _rating(gains: Floats, goal: str) -> Floats:
    """Rate deals: those that fail somebody by their worst shortfall, the others above them by the goal."""
    least: Floats = gains.min(axis=1)
    if goal == "least":
        return least
    good = least > 0 if goal == "product" else least >= 0
    value: Floats = np.log(np.maximum(gains, 1e-300)).sum(axis=1) if goal == "product" else gains.sum(axis=1)
    rated: Floats = np.where(good, 1e6 + value, least)
    return rated


def _neighbours(graph: Layers, deal: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the deals that differ on one issue, and the deal itself."""
    rows = [deal[None, :]]
    for layer in graph.layers:
        moved = np.repeat(deal[None, :], layer.size, axis=0)
        moved[:, layer.issue] = np.arange(layer.size)
        rows.append(moved)
    return np.concatenate(rows)


def incumbents(graph: Layers, weights: Floats, scale: Floats, goal: str) -> Ints:
    """Return the gains of deals everybody accepts, found by weightings and exchange of one issue.

    Parameters
    ----------
    graph : Layers
    weights : (K, P) float
        Weightings to start from.
    scale : (P,) float
        Gains are divided by it when they are compared.
    goal : {"least", "product", "sum"}
        What to improve.

    Returns
    -------
    (n, P) int64
    """
    reserve = np.array([d or 0 for d in graph.reserve], dtype=np.int64)
    found = [np.empty((0, graph.actors), dtype=np.int64)]
    for weight in weights[:WEIGHTINGS]:
        arcs, _ = best_path(graph, weight)
        deal = np.empty(len(arcs), dtype=np.int64)
        for layer, arc in zip(graph.layers, arcs, strict=True):
            deal[layer.issue] = layer.option[arc]
        rating = -np.inf
        for _ in range(STEPS):
            rows = _neighbours(graph, deal)
            inside, points = follow(graph, rows)
            gains = points - reserve
            found.append(gains[inside & (gains >= 0).all(axis=1)])
            rates = np.where(inside, _rating(gains / scale, goal), -np.inf)
            best = int(np.argmax(rates))
            if rates[best] <= rating:
                break
            deal, rating = rows[best], float(rates[best])
    return np.unique(np.concatenate(found), axis=0)
