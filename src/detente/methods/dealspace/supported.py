"""A sample of supported deals: the best by some weighting of the actors; not the whole front."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.methods.dealspace.layers import Layers
from detente.methods.dealspace.sweeps import furthest
from detente.methods.dealspace.utilities import Ints

BATCH = 2_000
"""Weightings handled together. Judgement: tables of a few megabytes."""


@dataclass(frozen=True, slots=True)
class Supported:
    """Distinct utility vectors that are best by some drawn weighting.

    Parameters
    ----------
    totals : (S, P) int64
        Utilities, most often drawn first.
    deals : (S, I) int16
        One deal behind each.
    share : (S,) float
        Share of the weightings by which it is best.
    draws : int
        Number of weightings.
    """

    totals: Ints
    deals: NDArray[np.int16]
    share: NDArray[np.float64]
    draws: int


def supported(graph: Layers, draws: int, rng: np.random.Generator) -> Supported:
    """Draw weightings of the actors uniformly and take the best deal by each.

    With six or more actors a front can have 10^5 deals; this sample of it shows how far it reaches. Each
    actor's points are first divided by its range, so that no scale dominates. Efficient deals that no
    weighting supports are never found; name these "supported", not "the front".

    Parameters
    ----------
    graph : Layers
    draws : int
    rng : numpy.random.Generator

    Raises
    ------
    ValueError
        If no deal is feasible, or draws < 1.

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> from detente.methods.space import Space
    >>> graph = layers_of(utilities_of(Space((3,)), [[[4, 0], [1, 1], [0, 4]]], [0, 0]))
    >>> sorted(supported(graph, 100, np.random.default_rng(1)).totals.tolist())
    [[0, 4], [4, 0]]
    """
    if draws < 1:
        raise ValueError("draw at least one weighting")
    if graph.count() == 0:
        raise ValueError("no deal is feasible")
    top = furthest(graph, np.eye(graph.actors))[0][0]
    low = -furthest(graph, -np.eye(graph.actors))[0][0]
    weights = rng.exponential(size=(draws, graph.actors)) / np.maximum(top - low, 1.0)
    pieces = [_best(graph, weights[at : at + BATCH]) for at in range(0, draws, BATCH)]
    totals, deals = (np.concatenate(column) for column in zip(*pieces, strict=True))
    distinct, first, number = np.unique(totals, axis=0, return_index=True, return_counts=True)
    order = np.lexsort((*(-distinct.T), -number))
    return Supported(distinct[order], deals[first[order]], number[order] / draws, draws)


def _best(graph: Layers, weights: NDArray[np.float64]) -> tuple[Ints, NDArray[np.int16]]:
    """Return the best deal of each weighting: totals (n, P) and options (n, I)."""
    rest = furthest(graph, weights.T)
    rows = np.arange(len(weights))
    state = np.zeros(len(weights), dtype=np.int64)
    totals = np.zeros((len(weights), graph.actors), dtype=np.int64)
    deals = np.zeros((len(weights), len(graph.layers)), dtype=np.int16)
    for layer, to_come in zip(graph.layers, rest[1:], strict=True):
        worth = layer.points @ weights.T + to_come[layer.target]
        worth = np.where(layer.source[:, None] == state[None, :], worth, -np.inf)
        arc = np.argmax(worth, axis=0)
        totals += layer.points[arc]
        deals[rows, layer.issue] = layer.option[arc]
        state = layer.target[arc].astype(np.int64)
    return totals, deals
