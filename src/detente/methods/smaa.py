"""Stochastic multicriteria acceptability: shares of draws in which deals, options and solutions stand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.methods.progress import tell
from detente.methods.smaa_draws import draw_points
from detente.methods.smaa_report import MICRO, central_weights, gain_quantiles, monte_carlo_error
from detente.methods.smaa_stated import Floats, Stated
from detente.methods.threads import fold

if TYPE_CHECKING:
    from detente.methods.smaa_kernel import Plan, Tally

__all__ = [
    "CONCEPTS",
    "MICRO",
    "SmaaResult",
    "Stated",
    "central_weights",
    "draw_points",
    "evaluate",
    "gain_quantiles",
    "monte_carlo_error",
]

Bools = NDArray[np.bool_]

CONCEPTS = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
"""The order of the concept axis."""

MOST = 12
"""Most required actors: products of their gains are screened in floats (see `solutions_kernel.SCREEN`)."""

LIMIT = 1_000.0
"""Largest size of a point or worth. Judgement; the scale is 0 to 100."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Whose acceptance makes a deal.

    Parameters
    ----------
    required : (P,) bool
        Who must accept.
    voters : (P,) bool
        Whom a quorum counts; those required may be among them.
    least : int
        How many of the voters must accept.
    """

    required: Bools
    voters: Bools
    least: int

    def __post_init__(self) -> None:
        if self.required.shape != self.voters.shape or not 0 <= self.least <= self.voters.sum():
            raise ValueError("a quorum counts each actor once, and cannot ask for more than it counts")


@dataclass(frozen=True, slots=True)
class SmaaResult:
    """Shares of draws, for D deals, P actors, G groups of deals, I issues and M options.

    Parameters
    ----------
    draws : int
        Number of draws behind every share.
    accept : (D, P)
        Share in which the actor does not prefer no deal to the deal.
    together : (D,)
        Share in which all required actors accept the deal, and the quorum is met where there is one.
    only_refuser, first_refuser : (D, P)
        Share in which the actor is the only required one to refuse; share in which it refuses with the
        largest shortfall in points (the lower index where two are equal to the micro-point).
    zopa : (G,)
        Share in which the group has at least one such deal.
    solution : (G, 4, D)
        Share in which the deal is the solution by each of `CONCEPTS`, over such deals of the group and the
        gains of the required actors; a draw with k tied deals counts 1/k for each.
    option, pair : (G, I, M) and (G, I, M, I, M)
        Share in which some acceptable deal of the group has the option, or both options.
    """

    draws: int
    accept: Floats
    together: Floats
    only_refuser: Floats
    first_refuser: Floats
    zopa: Floats
    solution: Floats
    option: Floats
    pair: Floats

    @property
    def no_solution(self) -> Floats:
        """Share of draws in which the group has no deal that would carry, shape (G,)."""
        return 1.0 - self.zopa


def _micro(name: str, values: Floats) -> NDArray[np.int32]:
    if not np.isfinite(values).all():
        raise ValueError(f"{name} must be finite numbers; no deal is never encoded as infinity")
    if values.size and np.abs(values).max() > LIMIT:
        raise ValueError(f"{name} must lie within -{LIMIT:g} to {LIMIT:g} points")
    return np.rint(values * MICRO).astype(np.int32)


def _check(points: Floats, worth: Floats, deals: NDArray[Any], required: Bools, groups: Bools) -> None:
    if points.ndim != 4 or worth.shape != points.shape[:2]:
        raise ValueError("points need the axes draw, actor, issue, option and worth the axes draw, actor")
    if deals.ndim != 2 or deals.shape[1] != points.shape[2]:
        raise ValueError("deals need one column for each issue of points")
    if deals.size and (deals.min() < 0 or deals.max() >= points.shape[3]):
        raise ValueError("a deal names an option that does not exist")
    if required.shape != (points.shape[1],) or not required.any():
        raise ValueError("required needs one entry for each actor, and at least one actor must be required")
    if required.sum() > MOST:
        raise ValueError(f"at most {MOST} actors can be required")
    if groups.ndim != 2 or groups.shape[1] != deals.shape[0]:
        raise ValueError("groups need the axes group, deal")
    size = np.abs(points).max(axis=3).sum(axis=2).max(initial=0.0) + np.abs(worth).max(initial=0.0)
    if size >= 2**31 / MICRO:
        raise ValueError("points are too large to be added exactly: sums must stay below 2,147 points")


def _acceptance(required: Bools | Acceptance) -> Acceptance:
    if isinstance(required, Acceptance):
        return required
    required = np.asarray(required, dtype=np.bool_)
    return Acceptance(required, np.zeros_like(required), 0)


def _numbered(columns: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return the number of each row among the distinct rows in lexicographic order."""
    number = np.zeros(len(columns), dtype=np.intp)
    for column in columns.T:
        code = number * (int(column.max()) + 1) + column
        number = np.unique(code, return_inverse=True)[1].reshape(-1)
    return number


def _split(deals: NDArray[np.int64]) -> tuple[NDArray[Any], ...]:
    """Cut the issues in two so that the two tables of distinct part-deals are smallest together."""
    cuts = range(min(1, deals.shape[1] - 1), deals.shape[1])
    pairs = [(_numbered(deals[:, :k]), _numbered(deals[:, k:])) for k in cuts]
    best = int(np.argmin([head.max() + tail.max() for head, tail in pairs]))
    head, tail = pairs[best]
    heads = deals[np.unique(head, return_index=True)[1], : cuts[best]]
    tails = deals[np.unique(tail, return_index=True)[1], cuts[best] :]
    return heads, tails, head, tail


def _plan(points: Floats, worth: Floats, deals: NDArray[Any], rule: Acceptance, groups: Bools) -> Plan:
    from detente.methods.smaa_kernel import Plan

    issues, options = points.shape[2:]
    deals = np.ascontiguousarray(deals, dtype=np.int64)
    bits = deals + options * np.arange(issues)
    words = np.zeros((len(deals), -(-issues * options // 64)), np.uint64)
    rows = np.arange(len(deals))
    for i in range(issues):
        words[rows, bits[:, i] // 64] |= np.uint64(1) << (bits[:, i] % 64).astype(np.uint64)
    micro = np.ascontiguousarray(_micro("points", points).transpose(1, 2, 3, 0))
    gone = np.ascontiguousarray(_micro("worth", worth).T)
    members = np.ascontiguousarray(np.nonzero(groups)[1])
    bounds = np.concatenate([[0], np.cumsum(groups.sum(axis=1))])
    heads, tails, head, tail = _split(deals)
    tables = (micro, gone, rule.required.copy(), heads, tails, head, tail, members, bounds, words, bits)
    return Plan(*tables, rule.voters.copy(), rule.least)


def _empty(plan: Plan) -> Tally:
    from detente.methods.smaa_kernel import Tally

    deals, actors, groups = plan.head.size, plan.required.size, plan.bounds.size - 1
    options = plan.points.shape[1] * plan.points.shape[2]
    shapes = [(deals, actors), (deals,), (deals, actors), (deals, actors), (groups,)]
    shapes += [(groups, 4, deals), (groups, options, options)]
    return Tally(*[np.zeros(shape, np.int64) for shape in shapes])


def evaluate(
    points: Floats,
    worth: Floats,
    deals: NDArray[Any],
    required: Bools | Acceptance,
    groups: Bools,
) -> SmaaResult:
    """Evaluate all deals in all draws on every core, in integers: the same bytes for any number of threads.

    Parameters
    ----------
    points : (n, P, I, M) float
        Draws of additive points, as from `draw_points`.
    worth : (n, P) float
        What no deal is worth to each actor in each draw, on the same scale.
    deals : (D, I) int
        Option of each issue in each deal.
    required : (P,) bool, or Acceptance
        Whose acceptance a deal needs, and the quorum; solutions are taken over the gains of those required.
    groups : (G, D) bool
        Sets of deals to look for zones of agreement and solutions in, such as the win-sets of a reading.

    Returns
    -------
    SmaaResult
        Shares of the n draws.

    Raises
    ------
    ValueError
        Where shapes differ, a number is missing or infinite, or a deal names an option that does not exist.

    References
    ----------
    Lahdelma, Hokkanen & Salminen 1998, doi:10.1016/S0377-2217(97)00163-X; solution concepts as on the
    page docs/methods/deal-space.md.

    Examples
    --------
    Two actors, one issue with three options; the middle one is always acceptable to both.

    >>> stated = Stated(np.array([[[0, 1, 2]], [[2, 1, 0]]], dtype=np.int8),
    ...                 np.array([[10.0], [10.0]]), np.array([[90.0], [90.0]]),
    ...                 np.array([[[100.0, 60, 0]], [[0, 60, 100.0]]]),
    ...                 np.array([[[100.0, 60, 0]], [[0, 60, 100.0]]]))
    >>> points = draw_points(stated, 1000, np.random.default_rng(7))
    >>> worth = np.full((1000, 2), 50.0)
    >>> result = evaluate(points, worth, np.array([[0], [1], [2]]), np.array([True, True]),
    ...                   np.array([[True, True, True], [True, False, True]]))
    >>> result.accept.tolist()
    [[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]
    >>> result.zopa.tolist(), result.solution[0, 0].tolist()
    ([1.0, 0.0], [0.0, 1.0, 0.0])
    """
    deals, rule = np.asarray(deals), _acceptance(required)
    groups = np.ascontiguousarray(groups, dtype=np.bool_)
    _check(points, worth, deals, rule.required, groups)
    n, _, issues, options = points.shape
    if n == 0 or len(deals) == 0:
        raise ValueError("there must be at least one draw and one deal")
    plan = _plan(points, worth, deals, rule, groups)
    total = _tally(plan, n)
    from detente.methods.smaa_kernel import UNIT

    pair = (total.pairs / n).reshape(-1, issues, options, issues, options)
    option = np.einsum("gimim->gim", pair).copy()
    return SmaaResult(
        draws=n,
        accept=total.accept / n,
        together=total.together / n,
        only_refuser=total.only / n,
        first_refuser=total.first / n,
        zopa=total.zopa / n,
        solution=total.solved / (UNIT * n),
        option=option,
        pair=pair,
    )


def _tally(plan: Plan, n: int) -> Tally:
    from detente.methods.smaa_kernel import LANES, Tally, tally_block

    def work(tally: Tally, start: int) -> None:
        tally_block(plan, start, min(start + LANES, n), tally)

    blocks = range(0, n, LANES)
    show, done = tell(f"Looking at {plan.head.size:,} deals in {n:,} draws"), count(1)
    states = fold(blocks, lambda: _empty(plan), work, lambda: show(next(done) / len(blocks)))
    return Tally(*[np.sum(tables, axis=0) for tables in zip(*states, strict=True)])
