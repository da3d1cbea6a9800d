"""How many deals each coalition accepts, by the cheapest exact way, at a stated fineness of points."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detente.errors import TooLarge
from detente.methods.dealspace.convolution import CELLS, count_by_coalition, count_unanimous, grid_of
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.rule import Rule, accepted_by
from detente.methods.dealspace.scan import scan_counts
from detente.methods.dealspace.utilities import Interaction, Utilities
from detente.methods.smaa_report import monte_carlo_error
from detente.methods.space import Allowed, Space, sample_deals

STEPS = (0.0, 0.01, 0.1, 1.0)
"""Points to round to where finer ones give too many different sums, in points; 0 keeps them as they are."""


LOOKED = 500_000_000
"""Most deals looked at one by one to count them: some seconds on two cores. Judgement."""

FEW = 3
"""Most actors whose sums are listed where an array of them is too large. Judgement."""

DRAWN = 200_000
"""Deals drawn where they cannot be counted: an error of about 0.2% at most. Judgement: a second."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Exact counts of deals.

    Parameters
    ----------
    deals : int
        Feasible deals.
    zones : tuple of int
        Deals that at least each coalition accepts, by bit mask (`rule.accepted_by`); empty where only the
        number for everybody could be had.
    everybody : int
        Deals all accept.
    step : float
        Points and worths were rounded to multiples of this before counting; 0 where they were not.
    method : {"scan", "convolution"}
    """

    deals: int
    zones: tuple[int, ...]
    everybody: int
    step: float
    method: str


def count_accepted(utilities: Utilities, allowed: Allowed | None = None) -> Counts:
    """Count the deals every coalition accepts: a look at each deal, or integer convolution.

    Where points are too fine for the number of different sums to be kept, they are rounded, and `step`
    says to what; the count is exact for the rounded points.

    Raises
    ------
    TooLarge
        If even whole points give too many sums.

    Examples
    --------
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((10,) * 20), [[[o, 9 - o] for o in range(10)]] * 20, [100, 80])
    >>> found = count_accepted(u)
    >>> found.everybody, found.zones[0] == 10**20, found.step, found.method
    (2295217152050316613, True, 0.0, 'convolution')
    """
    graph = layers_of(utilities, allowed)
    deals = graph.count()
    if deals <= LOOKED:
        zones = accepted_by(scan_counts(graph), graph.actors)
        return Counts(deals, tuple(zones), zones[-1], 0.0, "scan")
    for step in STEPS:
        coarse = rounded(utilities, step)
        if coarse is None:
            continue
        graph = layers_of(coarse, allowed)
        try:
            if graph.actors > FEW and grid_of(graph).cells > CELLS:
                raise TooLarge("a list of the sums of so many actors would outgrow any memory")
            zones = accepted_by(count_by_coalition(graph), graph.actors)
            return Counts(deals, tuple(zones), zones[-1], step, "convolution")
        except TooLarge:
            pass
        try:
            return Counts(deals, (), count_unanimous(graph), step, "convolution")
        except TooLarge:
            pass
    raise TooLarge(
        f"{deals:,} deals cannot be counted by who accepts them: too many different sums of points. "
        "Remedy: ask for fewer actors, or fix some issues"
    )


def carried(counts: Counts, rule: Rule) -> int | None:
    """Return how many deals the acceptance rule carries; None where only the number for everybody is known.

    Examples
    --------
    >>> from detente.methods.dealspace.rule import quorum
    >>> carried(Counts(9, (9, 6, 5, 4), 4, 0.0, "scan"), quorum(2, [], 1))
    7
    """
    if not rule.carries[:-1].any():
        return counts.everybody
    if not counts.zones:
        return None
    exactly = list(counts.zones)
    for p in range(rule.actors):
        for mask in range(1 << rule.actors):
            if not mask >> p & 1:
                exactly[mask] -= exactly[mask | 1 << p]
    return sum(n for n, carries in zip(exactly, rule.carries, strict=True) if carries)


def sampled(
    utilities: Utilities, rule: Rule, allowed: Allowed | None = None, seed: int = 1
) -> tuple[float, float, float]:
    """Estimate the share of deals the rule carries, from deals drawn uniformly, where none of this counts.

    Returns
    -------
    (share, low, high)
        With Wilson's 95% interval.

    Examples
    --------
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.rule import unanimity
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((10,) * 20), [[[o] for o in range(10)]] * 20, [90])
    >>> share, low, high = sampled(u, unanimity(1))
    >>> low < 0.5 + 0.5 * 0.0307 < high  # symmetric about 90, which itself has about 3.07%
    True
    """
    space = utilities.space
    if allowed is not None:
        barred = (((i, tuple(np.flatnonzero(~m).tolist())),) for i, m in enumerate(allowed) if not m.all())
        space = Space(space.sizes, (*space.forbidden, *barred))
    deals = sample_deals(space, DRAWN, np.random.default_rng(seed))
    asked = np.array([d is not None for d in utilities.reserve])
    yes = (utilities.gains(deals) >= 0) | ~asked
    share = float(rule.carries[yes @ (1 << np.arange(utilities.actors))].mean())
    low, high = monte_carlo_error(share, DRAWN)
    return share, float(low), float(high)


def rounded(utilities: Utilities, step: float) -> Utilities | None:
    """Round points and worths to multiples of a step; None where they are no finer than that.

    Examples
    --------
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((2,)), [[[0.26], [0.5]]], [0.3])
    >>> rounded(u, 0.1).points[0].ravel().tolist(), rounded(u, 0.1).reserve, rounded(u, 0.0) is u
    ([3, 5], (3,), True)
    """
    if step == 0:
        return utilities
    size = round(step * utilities.unit)
    if size <= 1:
        return None

    def coarse(
        values: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        return np.rint(values / size).astype(np.int64)

    reserve = tuple(None if d is None else round(d / size) for d in utilities.reserve)
    extras = tuple(Interaction(w.issues, coarse(w.points)) for w in utilities.interactions)
    points = tuple(coarse(table) for table in utilities.points)
    return replace(utilities, points=points, reserve=reserve, interactions=extras)
