"""Solution concepts in spaces too large to list: branch and bound with a proved gap, all ties kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from detente.methods.dealspace.branch_bounds import Relaxed, family, relax, relax_product
from detente.methods.dealspace.branch_ground import Ground
from detente.methods.dealspace.branch_search import Hunt, Outcome, search
from detente.methods.dealspace.concepts import CONCEPTS, Optimum, value_of
from detente.methods.dealspace.incumbents import incumbents
from detente.methods.dealspace.solutions_kernel import KALAI_SMORODINSKY, NASH, UTILITARIAN
from detente.methods.dealspace.utilities import Ints

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Branched:
    """What a search found and proved about one concept.

    Parameters
    ----------
    optimum : Optimum or None
        None where no deal suits everybody.
    bound : float
        No deal has a larger value by the concept (natural logarithm of the product for Nash).
    proved : bool
        Whether the value is proved to be the best.
    all_ties : bool
        Whether the ties (and the leximin order among equal least values) are proved complete.
    weights : (P,) float
        Weights of the bound at the root.
    root : float
        That bound.
    nodes : int
        Arcs looked at.
    """

    optimum: Optimum | None
    bound: float
    proved: bool
    all_ties: bool
    weights: Floats
    root: float
    nodes: int


def branch(ground: Ground, concept: str) -> Branched:
    """Find all deals a concept chooses, with proof.

    Weights L bound the concept on the way down: a least ratio is at most L.g where L.ideal = 1, a product
    of gains at most (L.g / n)^n / prod L, a sum at most L.g where L >= 1. What cannot reach the best so far
    is cut off; what can equal it is kept.

    Parameters
    ----------
    ground : Ground
        From `prepare`.
    concept : str
        One of `CONCEPTS`.

    Examples
    --------
    >>> from detente.methods.dealspace.branch_ground import prepare
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((10,) * 20), [[[o, 9 - o] for o in range(10)]] * 20, [0, 0])
    >>> found = branch(prepare(layers_of(u)), "egalitarian")
    >>> found.optimum.value, found.proved, found.bound, found.all_ties
    (Fraction(90, 1), True, 90.0, False)
    """
    if ground.ideal is None:
        return Branched(None, -np.inf, ground.proved, True, ground.weights, -np.inf, ground.nodes)
    if concept == "utilitarian":
        return _utilitarian(ground, ground.ideal)
    if concept == "nash":
        return _nash(ground, ground.ideal)
    return _least(ground, CONCEPTS.index(concept), ground.ideal)


def _start(ground: Ground, root: Relaxed, fixed: Floats, goal: str) -> Ints:
    """Add to the pool what the root's weights lead to."""
    ideal = ground.ideal if ground.ideal is not None else np.ones(1)
    more = incumbents(ground.graph, family(root.weights, fixed, 24), np.maximum(ideal, 1), goal)
    return np.vstack([ground.pool, more])


def _hunt(ground: Ground, concept: int, ideal: Ints, weights: Floats, pool: Ints) -> Outcome:
    """Collect the ties; where they are too many to list, prove the value by itself."""
    ties = search(ground.graph, Hunt(concept, False, ideal, 0), weights, pool, ground.budget)
    if not ties.full or ties.gains is None:
        return ties
    pool = np.vstack([pool, ties.gains])
    value = search(ground.graph, Hunt(concept, True, ideal, 0), weights, pool, ground.budget)
    if value.gains is not None and tuple(value.key) > tuple(ties.key):
        ties = replace(value, full=True)
    return replace(ties, finished=value.finished, bound=value.bound, nodes=ties.nodes + value.nodes)


def _utilitarian(ground: Ground, ideal: Ints) -> Branched:
    ones = np.ones(ground.graph.actors)
    root = relax(ground.flow, ones, 0 * ones)
    pool = _start(ground, root, ones, "sum")
    return _result(
        ground, "utilitarian", _hunt(ground, UTILITARIAN, ideal, family(root.weights, ones), pool), root
    )


def _least(ground: Ground, concept: int, ideal: Ints) -> Branched:
    """Largest least ratio or gain among the actors that can gain."""
    scale = np.where(ideal > 0, ideal if concept == KALAI_SMORODINSKY else 1, 0).astype(np.float64)
    root = relax(ground.flow, 0 * scale, scale)
    pool = _start(ground, root, 0 * scale, "least")
    found = _hunt(ground, concept, ideal, family(root.weights, 0 * scale), pool)
    return _result(ground, CONCEPTS[concept], found, root)


def _nash(ground: Ground, ideal: Ints) -> Branched:
    """Largest product; where no deal gives all of them a strict gain, try fewer and fewer actors."""
    able = np.flatnonzero(ideal > 0).tolist()
    nodes = 0
    for size in range(len(able), -1, -1):
        outcomes = [_nash_among(ground, members) for members in combinations(able, size)]
        nodes += sum(found.nodes for found, _ in outcomes)
        won = [pair for pair in outcomes if pair[0].gains is not None]
        if won:
            top = max(tuple(found.key) for found, _ in won)
            best = [pair for pair in won if tuple(pair[0].key) == top]
            joined = replace(
                best[0][0],
                deals=np.unique(np.concatenate([found.deals for found, _ in best]), axis=0),
                number=sum(found.number for found, _ in best),
                finished=all(found.finished for found, _ in outcomes),
                full=any(found.full for found, _ in best),
                bound=max(found.bound for found, _ in outcomes),
                nodes=nodes,
            )
            return _result(ground, "nash", joined, best[0][1])
    raise AssertionError("a space with an ideal has a deal that everybody accepts")


def _nash_among(ground: Ground, members: tuple[int, ...]) -> tuple[Outcome, Relaxed]:
    """Search for the largest product among deals that give all the members a strict gain."""
    assert ground.ideal is not None
    ideal = np.where(np.isin(np.arange(ground.graph.actors), members), ground.ideal, 0)
    scale = ideal.astype(np.float64)
    if not members:
        flat = Relaxed(scale, 0.0, scale)
        return _hunt(ground, NASH, ideal, scale[None, :], ground.pool), flat
    root = relax(ground.flow, 0 * scale, scale)
    if root.value <= 1e-12:
        none = Outcome(None, np.empty((0, 0), np.int16), 0, np.empty(0, np.int64), True, False, -np.inf, 0)
        return none, root
    product = relax_product(ground.graph, root.gains, ideal > 0)
    pool = _start(ground, product, 0 * scale, "product")
    return _hunt(ground, NASH, ideal, family(product.weights, 0 * scale), pool), product


def _result(ground: Ground, concept: str, found: Outcome, root: Relaxed) -> Branched:
    assert ground.ideal is not None
    assert found.gains is not None
    reserve = np.array([d or 0 for d in ground.graph.reserve])
    value = value_of(concept, found.gains.tolist(), ground.ideal.tolist())
    optimum = Optimum(concept, found.deals, found.number, found.gains + reserve, value)
    proved = found.finished and ground.proved
    complete = proved and not found.full
    return Branched(optimum, found.bound, proved, complete, root.weights, root.value, found.nodes)
