"""What the forecast lens finds: for each issue a distribution given agreement, its anchors and its levers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.lens import Measure
from detente.lenses.forecast.seats import Place

JOINT = "Spatial Model of Politics, all issues at once"
"""Name of the one challenge model that spans issues."""

TEN = 10.0
"""Points of 100 by which salience or capability is raised to show what it moves: judgement."""

BAND = "5th to 95th percentile of draws over the stated ranges"


@dataclass(frozen=True, slots=True)
class Interval:
    """Median and 5th to 95th percentile over the draws of the inputs."""

    low: float
    mid: float
    high: float


def interval(values: NDArray[np.float64]) -> Interval:
    """Return the median and the 5th to 95th percentile of draws.

    Examples
    --------
    >>> interval(np.arange(101.0))
    Interval(low=5.0, mid=50.0, high=95.0)
    """
    low, mid, high = np.quantile(values, [0.05, 0.5, 0.95])
    return Interval(float(low), float(mid), float(high))


@dataclass(frozen=True, slots=True)
class Lever:
    """One actor on one issue, and what it does to the compromise.

    Parameters
    ----------
    actor, name, wants : str
    position : float
    weight : Interval
        Share of all capability x salience; also the points the compromise moves per point the actor moves.
    pull : Interval
        How far the compromise stands from where it would be without the actor.
    more_salience, more_capability : Interval
        How far it moves when that alone rises by `TEN` points of 100.
    """

    actor: str
    name: str
    wants: str
    position: float
    weight: Interval
    pull: Interval
    more_salience: Interval
    more_capability: Interval


@dataclass(frozen=True, slots=True)
class Likely:
    """One place on the scale and the chance that the outcome lies nearer to it than to any other."""

    place: Place
    chance: float


@dataclass(frozen=True, slots=True)
class Anchors:
    """Point anchors over the draws; the range and the plain mean do not depend on them.

    Parameters
    ----------
    compromise, median : Interval
        Weighted mean and weighted median.
    mean, lowest, highest : float
    pivot : tuple of str
        Names of the actors at the weighted median, at the middle of all ranges.
    margin : float
        Smallest share of all weight that must cross the median to move it.
    """

    compromise: Interval
    median: Interval
    mean: float
    lowest: float
    highest: float
    pivot: tuple[str, ...]
    margin: float


@dataclass(frozen=True, slots=True)
class Zone:
    """What the required actors would accept on this issue alone rather than see talks fail.

    Parameters
    ----------
    actors : tuple of str
        Names of the required actors with a place here.
    besides : (names, int) or None
        Who else with a place here a quorum counts, and how many of them must accept.
    exists : float
        Share of draws with a zone of agreement.
    low, high, point : Interval or None
        Its ends and the Nash point over the draws that have one; None where no draw has.
    """

    actors: tuple[str, ...]
    besides: tuple[tuple[str, ...], int] | None
    exists: float
    low: Interval | None
    high: Interval | None
    point: Interval | None


@dataclass(frozen=True, slots=True)
class Press:
    """How often one actor moves towards another, per run of a challenge model."""

    mover: str
    towards: str
    times: float


@dataclass(frozen=True, slots=True)
class Challenge:
    """Many runs of one challenge model on one issue: exploratory.

    Parameters
    ----------
    model : str
    end : Interval
        Weighted mean at the end, over input noise and sub-models.
    settled : float
        Share of runs that came to rest.
    presses : tuple of Press
        The most frequent first.
    """

    model: str
    end: Interval
    settled: float
    presses: tuple[Press, ...]


@dataclass(frozen=True, slots=True)
class IssueForecast:
    """One issue.

    Parameters
    ----------
    cdf : array (101,)
        Chance, given agreement, that the outcome lies at or below 0, 1, ..., 100.
    quantiles : tuple of float
        10th, 25th, 50th, 75th and 90th percentile.
    mean : float
    above_middle : float
        Chance that the outcome lies above 50.
    above_no_deal : float or None
        Chance that it lies above what holds if talks fail.
    likely : tuple of Likely
        In the order of the scale.
    levers : tuple of Lever
        The hardest pull first.
    """

    issue: str
    name: str
    scale: str
    core: bool
    cdf: NDArray[np.float64]
    quantiles: tuple[float, ...]
    mean: float
    above_middle: float
    above_no_deal: float | None
    likely: tuple[Likely, ...]
    no_deal: Place | None
    anchors: Anchors
    levers: tuple[Lever, ...]
    absent: tuple[str, ...]
    zone: Zone | None
    challenges: tuple[Challenge, ...]

    @property
    def favourite(self) -> Likely:
        """The place with the largest chance."""
        return max(self.likely, key=lambda found: found.chance)


@dataclass(frozen=True, slots=True)
class Trade:
    """Two actors who would both gain from linking two issues: exploratory."""

    giver: str
    taker: str
    on: str
    against: str
    shift_on: float
    shift_against: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """Every issue with a scale.

    Parameters
    ----------
    issues : tuple of IssueForecast
    skipped : tuple of (str, str)
        Names of issues without a forecast, and why.
    trades : tuple of Trade
        The largest gain first.
    draws, runs, seed : int
    notes : tuple of str
        Departures of a file of another tool from its own format that do no harm.
    """

    issues: tuple[IssueForecast, ...]
    skipped: tuple[tuple[str, str], ...]
    trades: tuple[Trade, ...]
    draws: int
    runs: int
    seed: int
    headline: tuple[Measure, ...] = ()
    notes: tuple[str, ...] = ()

    def measures(self) -> tuple[Measure, ...]:
        """Return, for each issue, the median given agreement, the compromise, its sides and its zone."""
        return self.headline
