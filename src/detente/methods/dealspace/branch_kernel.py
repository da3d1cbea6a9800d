"""Depth-first search for the best deals along the layered graph, pruned by linear bounds, ties kept."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from detente.methods.dealspace.solutions_kernel import (
    EGALITARIAN,
    KALAI_SMORODINSKY,
    NASH,
    SCREEN,
    UTILITARIAN,
    Table,
    compare,
    fill_key,
    score,
)

ONE_ACTOR = 4
"""A fifth goal: the largest gain of one actor over the deals everybody accepts (its ideal)."""

SAFE = 1e-9
"""Relative slack of float bounds: sums of at most 100 terms err by 1e-14. A strict search for the best
product is closed to this gap only, because products have no next whole number to aim at."""


class Tree(NamedTuple):
    """The layered graph in flat arrays; the last node is the end of every deal."""

    first: Table  # (N + 1,) arcs of node n are first[n] .. first[n + 1]
    target: Table  # (A,) node
    points: Table  # (A, P) int64
    slope: Table  # (A, K) linear functionals of the points
    reach: Table  # (N, P) most each actor can still get from a node
    rise: Table  # (N, K) most each functional can still get


class Goal(NamedTuple):
    """What is sought: a concept, whether only strictly better deals matter, and the functionals."""

    concept: int
    strict: int
    actor: int  # for ONE_ACTOR
    ideal: Table  # (P,) int64; 0 where an actor cannot gain
    weights: Table  # (K, P) float


class Search(NamedTuple):
    """Where the search stands; every field is an array that is written."""

    need: Table  # (P,) gains a better deal must reach
    theta: Table  # (K,) values its functionals must reach
    key: Table  # (P + 2,) of the best deal
    gains: Table  # (P,) of the best deal
    ties: Table  # (cap, layers) arcs of the best deals
    number: Table  # (1,) how many best deals
    nodes: Table  # (1,) arcs looked at
    node: Table  # (layers + 1,)
    arc: Table  # (layers + 1,)
    so_far: Table  # (layers + 1, P)
    value: Table  # (layers + 1, K)
    level: Table  # (1,) -1 when finished


@njit(cache=True, nogil=True)
def _key(goal: Goal, gains: Table, key: Table) -> None:
    if goal.concept == ONE_ACTOR:
        key[:] = 0
        key[0] = gains[goal.actor]
    else:
        fill_key(goal.concept, gains, goal.ideal, key)


@njit(cache=True, nogil=True)
def _least_needs(goal: Goal, search: Search) -> None:
    """Needs of a deal whose least gain (or ratio) reaches that of the best, or exceeds it if strict."""
    top, bottom = np.int64(-1), np.int64(1)
    for p in range(goal.ideal.size):
        if goal.ideal[p] > 0:
            scale = goal.ideal[p] if goal.concept == KALAI_SMORODINSKY else np.int64(1)
            if top < 0 or search.gains[p] * bottom < top * scale:
                top, bottom = search.gains[p], scale
    for p in range(goal.ideal.size):
        search.need[p] = 0
        if goal.ideal[p] > 0:
            scale = goal.ideal[p] if goal.concept == KALAI_SMORODINSKY else np.int64(1)
            exact = top * scale
            search.need[p] = exact // bottom + 1 if goal.strict else -(-exact // bottom)


@njit(cache=True, nogil=True)
def _nash_theta(goal: Goal, search: Search) -> None:
    """Arithmetic-geometric mean: the product of gains is at most (L.g / n)^n / prod L."""
    live, logs = 0, 0.0
    for p in range(goal.ideal.size):
        search.need[p] = 1 if goal.ideal[p] > 0 else 0
        if goal.ideal[p] > 0:
            live += 1
            logs += np.log(search.gains[p])
    if live == 0:
        search.theta[:] = -np.inf
        return
    for k in range(search.theta.size):
        total = logs
        for p in range(goal.ideal.size):
            if goal.ideal[p] > 0:
                total += np.log(goal.weights[k, p])
        slack = 1 + SAFE if goal.strict else 1 - SAFE
        search.theta[k] = live * np.exp(total / live) * slack


@njit(cache=True, nogil=True)
def retarget(goal: Goal, search: Search) -> None:
    """Set what a deal must reach to be better than the best so far (or as good, unless strict)."""
    if goal.concept == NASH:
        _nash_theta(goal, search)
        return
    if goal.concept in (KALAI_SMORODINSKY, EGALITARIAN):
        _least_needs(goal, search)
        for k in range(search.theta.size):
            total, size = 0.0, 0.0
            for p in range(search.need.size):
                total += goal.weights[k, p] * search.need[p]
                size += abs(goal.weights[k, p] * search.need[p])
            search.theta[k] = total - SAFE * size
        return
    best = search.key[0] + goal.strict
    search.need[:] = 0
    if goal.concept == ONE_ACTOR:
        search.need[goal.actor] = best
    search.theta[:] = best - SAFE * abs(best)


@njit(cache=True, nogil=True)
def offer(goal: Goal, search: Search, gains: Table, mine: Table) -> int:
    """Compare a deal everybody accepts with the best: 1 better, 0 a tie, -1 worse; keep it if better."""
    _key(goal, gains, mine)
    order = compare(mine, search.key)
    if order > 0:
        search.key[:] = mine
        search.gains[:] = gains
        search.number[0] = 0
        retarget(goal, search)
    return order


@njit(cache=True, nogil=True)
def _possible(tree: Tree, goal: Goal, search: Search, arc: int, most: Table) -> int:
    """Return 1 if an arc can lead to a deal that matters, 0 if not, -1 if no later arc of the node can."""
    level, to = search.level[0], tree.target[arc]
    for k in range(search.theta.size):
        if search.value[level, k] + tree.slope[arc, k] + tree.rise[to, k] < search.theta[k]:
            return -1 if k == 0 else 0
    for p in range(most.size):
        most[p] = search.so_far[level, p] + tree.points[arc, p] + tree.reach[to, p]
        if most[p] < search.need[p]:
            return 0
    return 1


@njit(cache=True, nogil=True)
def _beaten(goal: Goal, search: Search, most: Table, mine: Table) -> bool:
    """Return whether even the best of everything for each actor falls behind the best deal."""
    if search.key[0] < 0 or goal.concept in (UTILITARIAN, ONE_ACTOR):
        return False
    for p in range(most.size):
        most[p] = min(most[p], goal.ideal[p])
    if goal.concept == NASH:
        return score(NASH, most, goal.ideal) < score(NASH, search.gains, goal.ideal) * (1 - SCREEN)
    if goal.strict:
        return False
    fill_key(goal.concept, most, goal.ideal, mine)
    return compare(mine, search.key) < 0


@njit(cache=True, nogil=True)
def _descend(tree: Tree, search: Search, arc: int) -> None:
    level = search.level[0]
    for p in range(search.need.size):
        search.so_far[level + 1, p] = search.so_far[level, p] + tree.points[arc, p]
    for k in range(search.theta.size):
        search.value[level + 1, k] = search.value[level, k] + tree.slope[arc, k]
    search.node[level + 1] = tree.target[arc]
    search.arc[level + 1] = tree.first[tree.target[arc]]
    search.level[0] = level + 1


@njit(cache=True, nogil=True)
def _finish(goal: Goal, search: Search, mine: Table) -> None:
    """Take the deal at the end of the path, and step back."""
    level = search.level[0]
    order = offer(goal, search, search.so_far[level], mine)
    if order >= 0:
        if search.number[0] < search.ties.shape[0]:
            for k in range(level):
                search.ties[search.number[0], k] = search.arc[k] - 1
        search.number[0] += 1
    search.level[0] = level - 1


@njit(cache=True, nogil=True)
def run(tree: Tree, goal: Goal, search: Search, budget: int) -> bool:
    """Search until nothing is left (True), or the budget or the room for ties is used up (False)."""
    depth = search.ties.shape[1]
    most, mine = np.empty(search.need.size, np.int64), np.empty(search.key.size, np.int64)
    stop = search.nodes[0] + budget
    while search.level[0] >= 0:
        level = search.level[0]
        if level == depth:
            _finish(goal, search, mine)
            continue
        arc = search.arc[level]
        if arc == tree.first[search.node[level] + 1]:
            search.level[0] = level - 1
            continue
        if search.nodes[0] >= stop or search.number[0] >= search.ties.shape[0] > 1:
            return False
        search.nodes[0] += 1
        search.arc[level] = arc + 1
        verdict = _possible(tree, goal, search, arc, most)
        if verdict < 0:
            search.arc[level] = tree.first[search.node[level] + 1]
        elif verdict > 0 and not _beaten(goal, search, most, mine):
            _descend(tree, search, arc)
    return True
