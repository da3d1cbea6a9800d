"""What the ripeness lens finds: fans over the months, windows, and whom time favours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.lens import Measure
from detente.lenses.ripeness.result_material import (
    AreaTime,
    AttritionTime,
    DonorTime,
    Fan,
    ForceTime,
    LeverTime,
    MoneyTime,
    Span,
)
from detente.methods.ripeness.base_rates import BaseRate
from detente.table.agreeing import Besides

BAND = "5th to 95th percentile of paths"
"""The sense of every interval of this lens."""

EVEN = 0.5
"""Share of paths above which a month counts as ripe (judgement: more likely than not)."""


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
        What it is worth to each actor whose acceptance counts.
    share : tuple of float
        Share of paths in which all who must agree prefer it to no deal, month by month.
    refuses : mapping of actor to float
        Share of paths in which each of the same actors would refuse it today.
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
    """Everything the lens finds.

    `quorum` is who else is counted and how many of them must accept; `looked` and `in_scope` are the deals
    the windows rest on, and how many there are.
    """

    months: int
    draws: int
    actors: tuple[ActorTime, ...]
    windows: tuple[WindowTime, ...]
    deals: tuple[DealTime, ...]
    areas: tuple[AreaTime, ...]
    money: tuple[MoneyTime, ...]
    forces: tuple[ForceTime, ...]
    donors: tuple[DonorTime, ...]
    levers: tuple[LeverTime, ...]
    favoured: Favoured
    attrition: AttritionTime | None
    base_rates: tuple[BaseRate, ...]
    war_years: float | None
    milestones: tuple[MilestoneTime, ...]
    quorum: Besides | None
    looked: int
    in_scope: int
    headline: tuple[Measure, ...] = ()

    def measures(self) -> tuple[Measure, ...]:
        """Return the windows, worths of no deal and runways as named numbers."""
        return self.headline
