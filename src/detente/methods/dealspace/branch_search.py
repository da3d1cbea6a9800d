"""One search: the graph in flat arrays, the loop in slices, and the bound where it stops early."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.methods.dealspace.branch_kernel import ONE_ACTOR, Goal, Search, Tree, offer, run
from detente.methods.dealspace.layers import Layers
from detente.methods.dealspace.solutions_kernel import KALAI_SMORODINSKY, NASH, UTILITARIAN
from detente.methods.dealspace.sweeps import furthest
from detente.methods.dealspace.utilities import Ints

Floats = NDArray[np.float64]

SLICE = 5_000_000
"""Arcs between two chances for Ctrl-C. Judgement: about a tenth of a second."""

TIES = 10_000
"""Most tied deals to list; they are counted beyond it. Judgement."""


@dataclass(frozen=True, slots=True)
class Hunt:
    """What is sought.

    Parameters
    ----------
    concept : int
        One of the numbers above.
    strict : bool
        Only a better value matters (proves the value); otherwise ties are collected.
    ideal : (P,) int64
        Ideal gains; 0 for actors that do not count.
    actor : int
        For ONE_ACTOR.
    """

    concept: int
    strict: bool
    ideal: Ints
    actor: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found.

    Parameters
    ----------
    gains : (P,) int64 or None
        Gains in the best deal.
    deals : (K, I) int16
        Its ties in lexicographic order (none in a strict hunt).
    number : int
        How many ties there are.
    key : (P + 2,) int64
        Exact key of the best deal.
    finished : bool
        Whether nothing is left to look at.
    full : bool
        Whether the search stopped because there are more ties than can be listed.
    bound : float
        No deal has a larger value.
    nodes : int
        Arcs looked at.
    """

    gains: Ints | None
    deals: NDArray[np.int16]
    number: int
    key: Ints
    finished: bool
    full: bool
    bound: float
    nodes: int


def _tree(graph: Layers, weights: Floats) -> tuple[Tree, Ints]:
    """Flatten the graph, best arcs first; also return each arc's option."""
    rise, reach = furthest(graph, weights.T), furthest(graph, np.eye(graph.actors))
    offsets = np.cumsum([0, *(layer.before for layer in graph.layers), graph.layers[-1].after])
    first, target, points, slope, option = [], [], [], [], []
    at = 0
    for k, layer in enumerate(graph.layers):
        steep = layer.points @ weights.T
        order = np.lexsort((layer.option, -(steep[:, 0] + rise[k + 1][layer.target, 0]), layer.source))
        first.append(at + np.searchsorted(layer.source, np.arange(layer.before)))
        at += len(order)
        target.append(offsets[k + 1] + layer.target[order])
        points.append(layer.points[order])
        slope.append(steep[order])
        option.append(layer.option[order])
    first.append(np.full(graph.layers[-1].after + 1, at))
    tree = Tree(
        np.concatenate(first).astype(np.int64),
        np.concatenate(target).astype(np.int64),
        np.concatenate(points),
        np.concatenate(slope),
        np.concatenate(reach).astype(np.int64),
        np.concatenate(rise),
    )
    return tree, np.concatenate(option).astype(np.int64)


def _widest_first(graph: Layers, weights: Floats) -> Layers:
    """Decide first what matters most to the bound, where nothing ties issues together."""
    if graph.widest > 1:
        return graph
    spread = [float(np.ptp(layer.points @ weights)) for layer in graph.layers]
    order = np.argsort([-s for s in spread], kind="stable")
    return replace(graph, layers=tuple(graph.layers[k] for k in order))


def _empty(graph: Layers, goal: Goal) -> Search:
    depth, actors, kept = len(graph.layers), graph.actors, len(goal.weights)
    need = (goal.ideal > 0).astype(np.int64) if goal.concept == NASH else np.zeros(actors, np.int64)
    start = np.zeros((depth + 1, actors), np.int64)
    start[0] = [-(d or 0) for d in graph.reserve]
    value = np.zeros((depth + 1, kept))
    value[0] = goal.weights @ start[0]
    theta = goal.weights @ need - 1e-9 * (np.abs(goal.weights) @ np.abs(start[0]) + 1)
    return Search(
        need=need,
        theta=theta,
        key=np.full(actors + 2, -1, np.int64),
        gains=np.zeros(actors, np.int64),
        ties=np.zeros((1 if goal.strict else TIES, depth), np.int64),
        number=np.zeros(1, np.int64),
        nodes=np.zeros(1, np.int64),
        node=np.zeros(depth + 1, np.int64),
        arc=np.zeros(depth + 1, np.int64),
        so_far=start,
        value=value,
        level=np.zeros(1, np.int64),
    )


def search(graph: Layers, hunt: Hunt, weights: Floats, pool: Ints, budget: int) -> Outcome:
    """Search the graph.

    Parameters
    ----------
    graph : Layers
    hunt : Hunt
    weights : (K, P) float
        Functionals that bound the goal.
    pool : (n, P) int64
        Gains of deals everybody accepts, to start from.
    budget : int
        Most arcs to look at.
    """
    graph = _widest_first(graph, weights[0])
    tree, option = _tree(graph, weights)
    goal = Goal(hunt.concept, int(hunt.strict), hunt.actor, hunt.ideal.astype(np.int64), weights)
    state = _empty(graph, goal)
    mine = np.empty(graph.actors + 2, np.int64)
    for gains in pool[(pool >= state.need).all(axis=1)]:
        offer(goal, state, gains, mine)
    done = full = False
    while not (done or full) and state.nodes[0] < budget:
        done = bool(run(tree, goal, state, min(SLICE, budget - int(state.nodes[0]))))
        full = not done and int(state.number[0]) >= len(state.ties) > 1
    arcs = state.ties[: min(int(state.number[0]), len(state.ties))]
    deals = option[arcs][:, np.argsort(graph.order)].astype(np.int16)
    return Outcome(
        gains=state.gains.copy() if state.key[0] >= 0 else None,
        deals=deals[np.lexsort(deals.T[::-1])],
        number=int(state.number[0]),
        key=state.key.copy(),
        finished=done,
        full=full,
        bound=_bound(tree, goal, state),
        nodes=int(state.nodes[0]),
    )


def _value(goal: Goal, gains: Ints) -> float:
    able = goal.ideal > 0
    if goal.concept == NASH:
        return float(np.log(np.maximum(gains[able], 1)).sum())
    if goal.concept == UTILITARIAN:
        return float(gains.sum())
    if goal.concept == ONE_ACTOR:
        return float(gains[goal.actor])
    if not able.any():
        return 1.0 if goal.concept == KALAI_SMORODINSKY else 0.0
    scale = goal.ideal[able] if goal.concept == KALAI_SMORODINSKY else 1
    return float((gains[able] / scale).min())


def _bound(tree: Tree, goal: Goal, state: Search) -> float:
    """Return the best value that what is still open could have, or that of the best deal."""
    best = _value(goal, state.gains) if state.key[0] >= 0 else -np.inf
    for level in range(int(state.level[0]) + 1):
        if level == state.ties.shape[1]:
            break
        arcs = np.arange(state.arc[level], tree.first[state.node[level] + 1])
        if len(arcs):
            tops = state.value[level] + tree.slope[arcs] + tree.rise[tree.target[arcs]]
            best = max(best, float(_converted(goal, tops).min(axis=1).max()))
    return best


def _converted(goal: Goal, tops: Floats) -> Floats:
    """Turn the largest L.g into the largest value of the concept."""
    able = goal.ideal > 0
    if goal.concept in (UTILITARIAN, ONE_ACTOR) or not able.any():
        return tops
    inside, out = goal.weights[:, able], np.empty_like(tops)
    if goal.concept == NASH:
        mean = np.log(np.maximum(tops, 1e-300) / able.sum())
        np.subtract(able.sum() * mean, np.log(inside).sum(axis=1), out=out)
    else:
        scale = goal.ideal[able] if goal.concept == KALAI_SMORODINSKY else np.ones(int(able.sum()))
        np.divide(tops, inside @ scale, out=out)
    return out
