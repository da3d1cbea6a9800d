"""What comes before any search: whether a deal suits everybody, and what each actor could gain at best."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.errors import DetenteError
from detente.methods.dealspace.branch_bounds import KEPT, Flow, family, flow_of, relax
from detente.methods.dealspace.branch_kernel import ONE_ACTOR
from detente.methods.dealspace.branch_search import Hunt, search
from detente.methods.dealspace.incumbents import incumbents
from detente.methods.dealspace.layers import Layers
from detente.methods.dealspace.sweeps import furthest
from detente.methods.dealspace.utilities import Ints

Floats = NDArray[np.float64]

BUDGET = 2_000_000_000
"""Most arcs to look at for one concept: some minutes. Judgement."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A deal space made ready: its relaxation, fair deals to start from, and each actor's ideal gain.

    Parameters
    ----------
    graph : Layers
    flow : Flow
    budget : int
    pool : (n, P) int64
        Gains of deals everybody accepts.
    ideal : (P,) int64 or None
        Largest gain of each actor over the deals everybody accepts; None where there are none.
    proved : bool
        Whether the ideals, or the absence of deals, are proved.
    weights : (P,) float
        Where the relaxation alone proves that there are none: no deal has L.g >= 0.
    nodes : int
    """

    graph: Layers
    flow: Flow
    budget: int
    pool: Ints
    ideal: Ints | None
    proved: bool
    weights: Floats
    nodes: int


def prepare(graph: Layers, budget: int = BUDGET) -> Ground:
    """Find out whether any deal suits everybody, and what each actor could gain at best among them.

    Parameters
    ----------
    graph : Layers
    budget : int
        Most arcs to look at for each actor.

    Raises
    ------
    ValueError
        If an actor's worth of no deal is minus infinity: gains then have no meaning.

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((3,)), [[[50, -5], [20, 6], [10, 15]]], [0, 0])
    >>> prepare(layers_of(u)).ideal.tolist()
    [20, 15]
    """
    lacking = [p for p, d in enumerate(graph.reserve) if d is None]
    if lacking:
        raise ValueError(f"actors {lacking} have no worth of no deal; the concepts need one for each actor")
    nothing = np.empty((0, graph.actors), dtype=np.int64)
    if graph.count() == 0:
        empty = Flow(None, np.zeros(1), np.zeros((0, 1)), np.zeros(1))
        return Ground(graph, empty, budget, nothing, None, True, np.zeros(graph.actors), 0)
    flow, ones = flow_of(graph), np.ones(graph.actors)
    root = relax(flow, 0 * ones, ones)
    if root.value < 0 and _impossible(graph, root.weights):
        return Ground(graph, flow, budget, nothing, None, True, root.weights, 0)
    scale = np.maximum(np.abs(flow.points).max(axis=0), 1.0)
    pool = incumbents(graph, family(root.weights, 0 * ones, 24), scale, "least")
    return _ideals(Ground(graph, flow, budget, pool, None, True, root.weights, 0))


def _impossible(graph: Layers, weights: Floats) -> bool:
    """Check in whole numbers that even the best deal by these weights stays below no deal.

    Sums of whole points times whole weights stay exact in floats below 2^53.
    """
    whole = np.rint(weights / weights.max() * 2**16)
    best = furthest(graph, whole[:, None])[0][0, 0]
    return bool(best < whole @ np.array([d or 0 for d in graph.reserve]))


def _ideal_weights(ground: Ground, one: Floats) -> Floats:
    """Weights that bound one actor's gain; where the relaxation has no deal, leaning on what shows that."""
    try:
        return family(relax(ground.flow, one, 0 * one).weights, one)
    except DetenteError:
        against = ground.weights / max(float(ground.weights.max()), 1e-300)
        return one + against * 10.0 ** np.arange(KEPT)[:, None]


def _ideals(ground: Ground) -> Ground:
    eye = np.eye(ground.graph.actors)
    ideal, proved, nodes, pool = [], True, 0, ground.pool
    for p in range(ground.graph.actors):
        weights = _ideal_weights(ground, eye[p])
        hunt = Hunt(ONE_ACTOR, True, np.ones(ground.graph.actors, dtype=np.int64), p)
        found = search(ground.graph, hunt, weights, pool, ground.budget)
        proved, nodes = proved and found.finished, nodes + found.nodes
        if found.gains is None:
            return replace(ground, proved=found.finished, nodes=nodes)
        pool = np.vstack([pool, found.gains])
        ideal.append(int(found.gains[p]))
    return replace(ground, ideal=np.array(ideal), pool=pool, proved=proved, nodes=nodes)
