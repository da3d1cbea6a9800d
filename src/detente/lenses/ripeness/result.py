"""What the ripeness lens finds: fans over the months, windows, and whom time favours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.lens import Measure
from detente.methods.ripeness.base_rates import BaseRate

BAND = "5th to 95th percentile of paths"
"""The sense of every interval of this lens."""

EVEN = 0.5
"""Share of paths above which a month counts as ripe (judgement: more likely than not)."""


@dataclass(frozen=True, slots=True)
class Span:
    """Median and 5th to 95th percentile."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class Fan:
    """A span for each month (or quarter), from the start on."""

    low: tuple[float, ...]
    mid: tuple[float, ...]
    high: tuple[float, ...]

    def at(self, step: int) -> Span:
        """Return the span of one step."""
        return Span(self.low[step], self.mid[step], self.high[step])


def span(values: NDArray[np.float64]) -> Span:
    """Return the span of draws."""
    low, mid, high = np.quantile(values, [0.05, 0.5, 0.95], method="inverted_cdf")
    return Span(float(low), float(mid), float(high))


def fan(paths: NDArray[np.float64]) -> Fan:
    """Return the fan of paths, shape (paths, steps)."""
    rows = np.quantile(paths, [0.05, 0.5, 0.95], axis=0)
    low, mid, high = (tuple(float(v) for v in row) for row in rows)
    return Fan(low, mid, high)


@dataclass(frozen=True, slots=True)
class ActorTime:
    """What waiting does to one actor.

    Parameters
    ----------
    stated : Span
        Worth of no deal as the case gives it, which is also month 0.
    worth : Fan
        Month by month.
    year : Span
        The mean of the year ahead (or of all months, if fewer): what other lenses may take instead.
    parts : mapping of driver to Span
        Points each driver has added by the last month.
    better : mapping of month to float
        Share of paths in which no deal is worth more than today.
    """

    actor: str
    required: bool
    stated: Span
    worth: Fan
    year: Span
    parts: Mapping[str, Span]
    better: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class DealTime:
    """When one deal is ripe.

    Parameters
    ----------
    options : mapping of issue to option
        The deal looked at; issues it leaves open take the completion acceptable most often.
    filled : tuple of str
        Issues it leaves open.
    values : mapping of actor to Span
        What it is worth to each required actor.
    share : tuple of float
        Share of paths in which all required actors prefer it to no deal, month by month.
    refuses : mapping of actor to float
        Share of paths in which each would refuse it today.
    spells : tuple of (first, last)
        Runs of months in which the share is above one half.
    """

    id: str
    label: str
    options: Mapping[str, str]
    filled: tuple[str, ...]
    values: Mapping[str, Span]
    share: tuple[float, ...]
    refuses: Mapping[str, float]
    spells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class WindowTime:
    """When some deal is ripe: red lines aside (reading is ""), or inside those of a reading."""

    reading: str
    deals: int
    share: tuple[float, ...]
    spells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class AreaTime:
    """An area's share under the control of its advancing side, month by month."""

    area: str
    held: Fan
    complete: float
    """Share of paths in which all of it is taken by the last month."""


@dataclass(frozen=True, slots=True)
class OffRamp:
    """What full sanctions relief is worth to an actor, against what the war takes.

    Parameters
    ----------
    money, war : Span
        % of product a year: the deficit relief saves in its first year; the war's cost.
    pressure : Span
        Points of pressure relief takes away after a year.
    points : Span or None
        The same in points of the actor's worth, by its own weight; None where it has none.
    options : mapping of (issue, option) to (implied, stated)
        Points the model implies for an option against no deal, and points the case's orders give it.
    """

    money: Span
    war: Span
    pressure: Span
    points: Span | None
    options: Mapping[tuple[str, str], tuple[Span, Span]]


@dataclass(frozen=True, slots=True)
class MoneyTime:
    """An economy: buffer (% of product) and pressure by quarter, runway, and what relief is worth."""

    actor: str
    buffer: Fan
    pressure: Fan
    parts: Mapping[str, Span]
    runway: Span | None
    """Years the buffer lasts at today's deficit, over the paths that draw on it; None where none does."""
    endless: float
    """Share of paths in which borrowing covers the deficit, so that the buffer is not drawn."""
    emptied: float
    """Share of paths in which the buffer is used up within the months looked at."""
    off_ramp: OffRamp | None


@dataclass(frozen=True, slots=True)
class FlowTime:
    """People or aid of one actor, month by month."""

    actor: str
    unit: str
    path: Fan


@dataclass(frozen=True, slots=True)
class AttritionTime:
    """A war of attrition between two actors: chance a year that each gives up, and that it ends."""

    actors: tuple[str, str]
    first: Span
    second: Span
    within_year: Span
    first_share: Span


@dataclass(frozen=True, slots=True)
class MilestoneTime:
    """What an actor said to a deal on a day, and the model's shares for that month."""

    month: int
    on: str
    actor: str
    deal: str
    accepted: bool
    text: str
    would_accept: float
    all_accept: float


@dataclass(frozen=True, slots=True)
class Favoured:
    """Whom time favours until which month, and in which share of paths.

    Where the actor is "", nobody's median rises; the share is then of paths in which nobody whose consent is
    needed is better off in the month.
    """

    actor: str
    until: int
    share: float


@dataclass(frozen=True, slots=True)
class Ripe:
    """Everything the lens finds."""

    months: int
    draws: int
    actors: tuple[ActorTime, ...]
    windows: tuple[WindowTime, ...]
    deals: tuple[DealTime, ...]
    areas: tuple[AreaTime, ...]
    money: tuple[MoneyTime, ...]
    people: tuple[FlowTime, ...]
    aid: tuple[FlowTime, ...]
    favoured: Favoured
    attrition: AttritionTime | None
    base_rates: tuple[BaseRate, ...]
    war_years: float | None
    milestones: tuple[MilestoneTime, ...]
    headline: tuple[Measure, ...] = ()

    def measures(self) -> tuple[Measure, ...]:
        """Return the windows, worths of no deal and runways as named numbers."""
        return self.headline
