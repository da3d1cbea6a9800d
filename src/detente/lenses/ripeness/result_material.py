"""What the ripeness lens finds behind the worth of no deal: ground, money, forces, aid, levers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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
class AreaTime:
    """An area's share under the control of its advancing side, month by month.

    Parameters
    ----------
    complete : float
        Share of paths in which all of it is taken by the last month.
    line : tuple of float
        The naive forecast, drawn as a warning: the last known month's gain in a straight line from the middle
        of the start; empty where no past months are given.
    """

    area: str
    held: Fan
    complete: float
    line: tuple[float, ...] = ()


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
    deals : mapping of deal to (as the case orders it, as the books value it)
        Share of paths in which a deal with such an option is better than no deal today for all who must
        agree, with the option's worth to this actor taken from either.
    """

    money: Span
    war: Span
    pressure: Span
    points: Span | None
    options: Mapping[tuple[str, str], tuple[Span, Span]]
    deals: Mapping[str, tuple[float, float]]


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
class ForceTime:
    """What an actor loses of its people or of one kind of equipment.

    Parameters
    ----------
    actor : str
    what : str
        Empty for people, else the id of the kind of equipment.
    lost, replaced : Span
        A month: thousands of people, or pieces.
    used : Fan
        Share of the reserve used up, month by month.
    emptied : float
        Share of paths in which it is used up by the last month.
    """

    actor: str
    what: str
    lost: Span
    replaced: Span
    used: Fan
    emptied: float


@dataclass(frozen=True, slots=True)
class DonorTime:
    """One donor's aid to an actor: what it gives now, and after a year under each fate the case describes."""

    donor: str
    to: str
    unit: str
    now: Span
    fates: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class LeverTime:
    """What one lever would do: actor to the change of its worth of no deal by the last month, in points."""

    lever: str
    change: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class AttritionTime:
    """A war of attrition between two actors: chance a year that each gives up, and that it ends."""

    actors: tuple[str, str]
    first: Span
    second: Span
    within_year: Span
    first_share: Span
