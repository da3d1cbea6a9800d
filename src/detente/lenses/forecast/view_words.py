"""Sentences and numbers of the forecast page that stand in more than one place."""

from __future__ import annotations

from detente import words
from detente.lenses.forecast.result import Forecast, Interval
from detente.methods.spatial.calibration import RECORD

CALIBRATED = (
    f"Calibrated on {RECORD.issues} adopted decisions of the European Union, {RECORD.years}, not on war. It "
    "assumes that agreement is reached and says nothing about whether it will be: that chance comes from the "
    "other lenses and is never blended into a position."
)
IN_SHORT = "Given agreement; calibrated on decisions of the European Union, not on war."
METHOD = (
    "Half a lottery over the places actors hold, by the root of their capability x salience, and half a "
    "normal distribution around their weighted mean (the compromise), averaged over draws of the stated "
    "ranges."
)
SCORES = (
    f"Out of sample the distribution scores {RECORD.crps:.1f} points (CRPS; smaller is better) against "
    f"{RECORD.climatology:.1f} for past outcomes alone; fitted on the first wave and tested on the later "
    f"ones, {RECORD.later_crps:.1f} against {RECORD.later_climatology:.1f}. The compromise alone misses by "
    f"{RECORD.compromise_error:.1f} points on average, and no other point forecast tried does better."
)
WIDE = (
    f"Its central 50% intervals held {100 * RECORD.covered_50:.0f}% of the outcomes and its 80% intervals "
    f"{100 * RECORD.covered_80:.0f}%: they are too wide, because the lottery puts mass on the ends of the "
    "range. Averaging over uncertain inputs, as here, tends to widen them further."
)
CAMPS = (
    "Weights add up: actors of one camp who are listed one by one weigh as much as all of them together. "
    "Naming more members of a camp moves the forecast towards it."
)
ONE_BY_ONE = "Actors are counted one by one; those of one camp may together pull harder than any of them."
CHOSEN_SCALE = (
    "Places on the scale are the analyst's judgement; an actor stands where its most preferred option "
    "stands. Red lines are not used here: an option may be likely given agreement, and still be one that "
    "somebody rules out."
)
WHAT_IF = (
    "A what-if on one issue at a time, not a chance of agreement: losses grow with the square of the "
    "distance, points added to or taken from the worth of no deal are spread over the issues in proportion "
    "to salience, and actors whose consent is not required do not enter{}."
)
EXPLORATORY = (
    "Exploratory: not validated and unstable. On decisions with a known outcome challenge models do not beat "
    "the weighted mean, and a point of noise on the inputs moves them by many. Only the spread is shown."
)
TRADES = (
    "Exploratory: a reconstruction of exchange models, at the middle of all ranges. On decisions with a "
    "known outcome exchange does not improve the forecast."
)


def what_if(counted: bool) -> str:
    """Return how a zone of agreement is meant; `counted` says whether a quorum counts others too."""
    return WHAT_IF.format(", unless a quorum counts them" if counted else "")


FIXED = 1e-6
"""Width below which an interval is rounding: every input was a single number."""


def points(x: float) -> str:
    """Return a place on the scale as text.

    Examples
    --------
    >>> points(49.6)
    '50'
    """
    return f"{x:.0f}"


def span(low: float, high: float) -> str:
    """Return two places on the scale as text; one where they read the same.

    Examples
    --------
    >>> span(12.0, 47.8), span(80.0, 80.1)
    ('12 to 48', '80')
    """
    return points(low) if points(low) == points(high) else f"{points(low)} to {points(high)}"


def within(interval: Interval) -> str:
    """Return the middle of an interval and its ends; the middle alone where nothing was drawn.

    Examples
    --------
    >>> within(Interval(10.0, 20.0, 30.0)), within(Interval(20.0, 20.0, 20.0))
    ('20 (10 to 30)', '20')
    """
    if interval.high - interval.low < FIXED:
        return points(interval.mid)
    return f"{points(interval.mid)} ({span(interval.low, interval.high)})"


def signed(interval: Interval) -> str:
    """Return a signed middle and its ends; the middle alone where nothing was drawn.

    Examples
    --------
    >>> signed(Interval(-12.0, -10.0, -8.0))
    '−10 (−12 to −8)'
    """
    if interval.high - interval.low < FIXED:
        return words.signed(interval.mid)
    ends = f"{words.signed(interval.low)} to {words.signed(interval.high)}"
    return f"{words.signed(interval.mid)} ({ends})"


def tenths(x: float) -> str:
    """Return a small signed number of points as text.

    Examples
    --------
    >>> tenths(-1.26), tenths(0.04)
    ('−1.3', '0.0')
    """
    return "0.0" if abs(x) < 0.05 else f"{x:+.1f}".replace("-", "−")


def inputs_only(result: Forecast) -> str:
    """Return what input noise alone would pretend to."""
    widths = sorted(f.anchors.compromise.high - f.anchors.compromise.low for f in result.issues)
    if widths[-1] < FIXED:
        return (
            "Capability and salience are given as single numbers, so anchors and pulls stand without an "
            "interval; that does not make them certain."
        )
    return (
        "The interval of an anchor shows only how uncertain capability and salience are (half of the issues: "
        f"at most {points(widths[len(widths) // 2])} points wide). It is not a forecast interval: on "
        "decisions with a known outcome, 80% intervals made from input noise alone held "
        f"{100 * RECORD.noise_80:.0f}% of the outcomes."
    )
