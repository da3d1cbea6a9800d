"""Integer programming as an independent checker, and the way out where rules tie many issues together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detente.errors import DetenteError
from detente.methods.dealspace.milp_model import (
    TOLERANCE,
    Floats,
    Found,
    Program,
    Row,
    accepted,
    program_of,
    reserves,
    scales,
    solve,
)
from detente.methods.dealspace.rule import Rule, coalitions
from detente.methods.dealspace.utilities import Ints, Utilities
from detente.methods.space import Allowed

ROUNDS = 60
"""Most tangent cuts for a product of gains; one to four mostly suffice (reference page, 5.6)."""


def best_sum(utilities: Utilities, weights: Floats, allowed: Allowed | None = None) -> Found:
    """Find the deal everybody accepts with the largest weighted sum of utilities.

    Parameters
    ----------
    utilities : Utilities
    weights : (P,) float
    allowed : per issue (m_i,) bool, optional

    Examples
    --------
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((3,)), [[[50, -5], [20, 6], [10, 15]]], [0, 0])
    >>> best_sum(u, np.ones(2)).deal.tolist()
    [1]
    """
    program = program_of(utilities, allowed)
    cost = -(program.totals @ weights)
    size = max(float(np.abs(cost).max()), 1.0)
    found = solve(utilities, program, reserves(utilities, program), cost / size, accepted(utilities))
    return replace(found, bound=found.bound * size)


def best_least(utilities: Utilities, scale: Floats, allowed: Allowed | None = None) -> Found:
    """Find a deal everybody accepts with the largest least gain, each divided by `scale`.

    Parameters
    ----------
    utilities : Utilities
    scale : (P,) float
        Ideal gains (Kalai-Smorodinsky) or ones (egalitarian); 0 for an actor that does not count.

    Examples
    --------
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((3,)), [[[50, -5], [20, 6], [10, 15]]], [0, 0])
    >>> best_least(u, np.array([20.0, 15.0])).deal.tolist()
    [2]
    """
    program = program_of(utilities, allowed)
    size, rows = scales(utilities, program), reserves(utilities, program)
    columns, mean = np.arange(program.columns + 1), float(scale.max() or 1.0)
    for p in np.flatnonzero(scale > 0):
        line = np.append(program.totals[:, p], -scale[p] / mean * size.max())
        rows.append((columns, line / size[p], (utilities.reserve[p] or 0) / size[p], np.inf))
    cost = np.zeros(program.columns + 1)
    cost[-1] = -1.0 if scale.any() else 0.0
    found = solve(utilities, program, rows, cost, accepted(utilities))
    return replace(found, bound=found.bound * size.max() / mean)


def best_product(utilities: Utilities, able: NDArray[np.bool_], allowed: Allowed | None = None) -> Found:
    """Find a deal everybody accepts with the largest product of gains, all of them above 0.

    The logarithm of each gain is bounded by tangents, added where the last deal lies until the bound is
    reached to `TOLERANCE`.

    Parameters
    ----------
    utilities : Utilities
    able : (P,) bool
        Who counts.
    """
    program = program_of(utilities, allowed)
    members, size = np.flatnonzero(able), scales(utilities, program)
    reserve = np.array([d or 0 for d in utilities.reserve], dtype=np.float64)
    rows, test = reserves(utilities, program), accepted(utilities)
    for p in members:
        line = program.totals[:, p] / size[p]
        rows.append((np.arange(program.columns), line, (reserve[p] + 0.5) / size[p], np.inf))
    cost = np.append(np.zeros(program.columns), -np.ones(len(members)))
    points = [10.0**k * size / 1e3 for k in range(4)]
    best, value = None, -np.inf
    for _ in range(ROUNDS):
        rows += _tangents(program, members, reserve, points)
        found = solve(utilities, program, rows, cost, lambda g: test(g) and bool((g[members] > 0).all()))
        if found.deal is None:
            return found
        gains = found.totals - reserve
        reached = float(np.log(gains[members]).sum())
        if best is None or reached > value:
            best, value = found, reached
        if found.bound - value <= TOLERANCE:
            return replace(best, bound=found.bound)
        points = [gains]
    raise DetenteError(f"the product of gains was not closed in {ROUNDS} rounds")


def _tangents(program: Program, members: Ints, reserve: Floats, points: list[Floats]) -> list[Row]:
    """Return log g <= log g0 + (g - g0) / g0 for each member at each point."""
    rows: list[Row] = []
    for point in points:
        for k, p in enumerate(members):
            columns = np.append(np.arange(program.columns), program.columns + k)
            line = np.append(program.totals[:, p] / point[p], -1.0)
            rows.append((columns, line, float(reserve[p] / point[p] + 1 - np.log(point[p])), np.inf))
    return rows


def ideal_gains(utilities: Utilities, allowed: Allowed | None = None) -> Ints | None:
    """Return each actor's largest gain over the deals everybody accepts, or None where there are none."""
    gains = []
    for p, one in enumerate(np.eye(utilities.actors)):
        best = best_sum(utilities, one, allowed)
        if best.deal is None:
            return None
        gains.append(int(best.totals[p]) - (utilities.reserve[p] or 0))
    return np.array(gains, dtype=np.int64)


def best_by_concept(utilities: Utilities, concept: str, ideal: Ints, allowed: Allowed | None = None) -> Found:
    """Find one deal a concept chooses, up to ties and leximin order."""
    if concept == "nash":
        return best_product(utilities, ideal > 0, allowed)
    if concept == "utilitarian":
        return best_sum(utilities, np.ones(utilities.actors), allowed)
    scale = ideal if concept == "kalai_smorodinsky" else (ideal > 0)
    return best_least(utilities, scale.astype(np.float64), allowed)


def find_accepted(utilities: Utilities, rule: Rule, allowed: Allowed | None = None) -> Found:
    """Find any deal the rule carries: vetoes, quorums, weighted votes, any monotone rule.

    A 0-1 variable for each acceptance; every maximal coalition that does not carry must be left by one more.

    Parameters
    ----------
    utilities : Utilities
    rule : Rule
    allowed : per issue (m_i,) bool, optional

    Examples
    --------
    >>> from detente.methods.dealspace.rule import quorum
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((2,)), [[[1, 0, 0], [0, 1, 1]]], [1, 1, 1])
    >>> find_accepted(u, quorum(3, [2], 2)).deal.tolist()
    [1]
    """
    program = program_of(utilities, allowed)
    votes = Program(
        program.rows,
        program.columns + rule.actors,
        np.vstack([program.totals, np.zeros((rule.actors, utilities.actors))]),
        np.append(program.whole, np.ones(rule.actors, np.int64)),
        program.options,
    )
    rows = [_vote(utilities, program, p) for p in range(rule.actors)]
    losing = [m for m in range(1 << rule.actors) if not rule.carries[m]]
    top = [m for m in losing if all(m >> p & 1 or rule.carries[m | 1 << p] for p in range(rule.actors))]
    for members in coalitions(top):
        outside = [program.columns + p for p in range(rule.actors) if p not in members]
        rows.append((outside, np.ones(len(outside)), 1, np.inf))
    bits, free_of = 1 << np.arange(rule.actors), np.array([d is None for d in utilities.reserve])
    return solve(
        utilities,
        votes,
        rows,
        np.zeros(votes.columns),
        lambda gains: bool(rule.carries[int(((gains >= 0) | free_of) @ bits)]),
    )


def _vote(utilities: Utilities, program: Program, p: int) -> Row:
    """Return the constraint that an actor's vote needs its worth of no deal."""
    reserve, column = utilities.reserve[p], program.columns + p
    if reserve is None:
        return [column], [1.0], 1, 1
    worst = sum(float(table[:, p].min()) for table in utilities.points)
    worst += sum(float(w.points[..., p].min()) for w in utilities.interactions)
    size, least = float(scales(utilities, program)[p]), min(worst, reserve - 0.5)
    line = np.append(program.totals[:, p], least - (reserve - 0.5)) / size
    return np.append(np.arange(program.columns), column), line, least / size, np.inf
