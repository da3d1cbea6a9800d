"""Weights whose weighted sum bounds a concept from above: duals of the relaxed deal space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import DetenteError
from detente.methods.dealspace.layers import Layers
from detente.methods.dealspace.sweeps import furthest

Floats = NDArray[np.float64]

KEPT = 8
"""Bounds tried at each branch (reference page, 5.5: 8 depth first)."""

SPREAD = 0.25
"""Standard deviation of the log-normal perturbations of the root weights (reference page, 5.5)."""

ROUNDS = 200
"""Frank-Wolfe steps towards the best relaxed product of gains. Judgement: bounds within some 0.1%."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear relaxation of a goal.

    Parameters
    ----------
    weights : (P,) float
        Dual weights L: no deal beats `value` because the best path by L.g does not.
    value : float
        The relaxed optimum; below 0 for a least gain means no deal suits everybody.
    gains : (P,) float
        Gains of the relaxed optimum.
    """

    weights: Floats
    value: float
    gains: Floats


@dataclass(frozen=True, slots=True)
class Flow:
    """Arcs of the layered graph as columns of a flow problem."""

    balance: Any
    inflow: Floats
    points: Floats
    reserve: Floats


def flow_of(graph: Layers) -> Flow:
    """Return the flow constraints whose whole solutions are the deals."""
    from scipy.sparse import coo_array

    starts = np.cumsum([0, *(layer.before for layer in graph.layers)])
    rows, columns, signs, at = [], [], [], 0
    for k, layer in enumerate(graph.layers):
        arcs = at + np.arange(len(layer.option))
        at += len(arcs)
        rows.append(starts[k] + layer.source)
        columns.append(arcs)
        signs.append(np.ones(len(arcs)))
        if k + 1 < len(graph.layers):
            rows.append(starts[k + 1] + layer.target)
            columns.append(arcs)
            signs.append(-np.ones(len(arcs)))
    shape = (int(starts[-1]), at)
    places = (np.concatenate(rows), np.concatenate(columns))
    inflow = np.zeros(shape[0])
    inflow[0] = 1.0
    points = np.concatenate([layer.points for layer in graph.layers]).astype(np.float64)
    reserve = np.array([d or 0 for d in graph.reserve], dtype=np.float64)
    return Flow(coo_array((np.concatenate(signs), places), shape=shape).tocsr(), inflow, points, reserve)


def relax(flow: Flow, fixed: Floats, scale: Floats) -> Relaxed:
    """Maximise fixed.g + t subject to g >= t scale (g >= 0 where scale is 0) over the relaxed space.

    Parameters
    ----------
    flow : Flow
    fixed : (P,) float
        Weights of a linear goal; zeros for a least ratio.
    scale : (P,) float
        Ideal gains (Kalai-Smorodinsky), ones (egalitarian), zeros for a linear goal.

    Raises
    ------
    DetenteError
        If the solver fails; a linear goal over a space without acceptable deals counts as that.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, hstack

    unit = np.maximum(np.abs(flow.points).max(axis=0), 1.0)
    levels = (scale / unit)[:, None]
    cost = np.append(-(flow.points @ fixed), -float(scale.any()))
    unequal = np.hstack([-(flow.points / unit).T, levels])
    balance: Any = hstack([flow.balance, csr_array((len(flow.inflow), 1))])
    bounds = [(0, None)] * len(flow.points) + [(None, None)]
    size = np.abs(cost).max() or 1.0
    found: Any = linprog(
        cost / size, unequal, -flow.reserve / unit, balance, flow.inflow, bounds=bounds, method="highs"
    )
    if found.status != 0:
        raise DetenteError(f"the linear relaxation was not solved: {found.message}")
    weights = fixed + np.maximum(0, -found.ineqlin.marginals * size) / unit
    gains = flow.points.T @ found.x[:-1] - flow.reserve
    return Relaxed(weights, float(-found.fun * size - fixed @ flow.reserve), gains)


def best_path(graph: Layers, weights: Floats) -> tuple[list[int], Floats]:
    """Return the arcs of the deal with the largest weighted sum, and its points."""
    rest = furthest(graph, weights[:, None])
    state, arcs, points = 0, [], np.zeros(graph.actors)
    for layer, to_come in zip(graph.layers, rest[1:], strict=True):
        low, high = np.searchsorted(layer.source, [state, state + 1])
        worth = layer.points[low:high] @ weights + to_come[layer.target[low:high], 0]
        arc = int(low + np.argmax(worth))
        arcs.append(arc)
        points = points + layer.points[arc]
        state = int(layer.target[arc])
    return arcs, points


def relax_product(graph: Layers, start: Floats, able: NDArray[np.bool_]) -> Relaxed:
    """Maximise the product of the gains of the able actors over the relaxed space by Frank-Wolfe steps.

    The weights are 1/g: for any g they bound the product by the arithmetic-geometric mean inequality.
    """
    reserve = np.array([d or 0 for d in graph.reserve], dtype=np.float64)
    gains = np.maximum(start, 1e-9)
    for _ in range(ROUNDS):
        weights = np.where(able, 1.0 / gains, 0.0)
        toward = best_path(graph, weights)[1] - reserve - gains
        if weights @ toward <= 1e-9:
            break
        low, high = 0.0, 1.0
        for _ in range(40):
            step = (low + high) / 2
            moved = gains + step * toward
            slope = np.sum(np.where(able, toward / np.where(able, moved, 1.0), 0.0))
            inside = bool((moved[able] > 0).all()) and slope > 0
            low, high = (step, high) if inside else (low, step)
        gains = gains + low * toward
    weights = np.where(able, 1.0 / gains, 0.0)
    return Relaxed(weights, float(np.log(gains[able]).sum()), gains)


def family(root: Floats, fixed: Floats, kept: int = KEPT) -> Floats:
    """Return the root weights and perturbations of them, (K, P): where one bound is loose another bites.

    The first weight vector is the root; only what exceeds `fixed` is perturbed, so that each is still a
    bound. The same numbers every time.

    Examples
    --------
    >>> family(np.array([1.0, 3.0]), np.array([1.0, 1.0]), 3)[:, 0].tolist()
    [1.0, 1.0, 1.0]
    """
    rng = np.random.default_rng(20_250_814)
    extra = np.exp(SPREAD * rng.standard_normal((kept, len(root))))
    extra[0] = 1.0
    return fixed + (root - fixed) * extra
