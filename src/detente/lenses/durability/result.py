"""What the durability lens computes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.lens import Measure
from detente.table.asked import Asked
from detente.words import within

YEAR = 365
"""The horizon named first: a year."""


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability: mean over draws, with the 5th and 95th percentile."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A chance to hold over days, with its interval."""

    name: str
    days: tuple[float, ...]
    chances: tuple[Chance, ...]

    def at(self, day: float) -> Chance:
        """Return the chance at one of its days."""
        return self.chances[self.days.index(day)]


@dataclass(frozen=True, slots=True)
class Base:
    """The class of past halts a deal is judged by."""

    group: str
    source: str
    lifetime: str
    n: int | None
    events: int


@dataclass(frozen=True, slots=True)
class Effect:
    """One term of the deal: its ratio, how much of it there is, the year's chance with and without it."""

    text: str
    ratio: float
    low: float
    high: float
    source: str
    amount: tuple[float, float]
    with_it: Chance
    without: Chance


@dataclass(frozen=True, slots=True)
class Engine:
    """The same question put to another model: chances to hold at its days; None where it cannot say."""

    name: str
    lifetime: str
    seen: str
    chances: tuple[Chance | None, ...]


@dataclass(frozen=True, slots=True)
class Guarded:
    """One guarantee: the part of the shift it blocks, and the shares of draws without it alone."""

    name: str
    blocks: tuple[float, float]
    unkeepable_without: float
    renewed_without: float


@dataclass(frozen=True, slots=True)
class Committed:
    """How power would shift after the halt, and what the deal's guarantees do about it.

    Shares are shares of draws over the analyst's ranges, not chances of war.

    Parameters
    ----------
    rising, falling : str
        Actors.
    needed : Chance
        Part of the shift to block before some division can be kept: middle, 5th, 95th percentile.
    needed_here : Chance
        The same for the division this deal makes.
    provided : Chance
        Part blocked by this deal's guarantees together.
    unkeepable, unkeepable_bare : float
        Share of draws in which no division can be kept: with the guarantees, and with none.
    renewed, renewed_bare : float
        Share of draws in which renewed war pays for the side that has risen: with, and with none.
    fitted : bool
        Whether the division was drawn to fit today's balance, because the case does not give one.
    guards : tuple of Guarded
    """

    rising: str
    falling: str
    needed: Chance
    needed_here: Chance
    provided: Chance
    unkeepable: float
    unkeepable_bare: float
    renewed: float
    renewed_bare: float
    fitted: bool
    guards: tuple[Guarded, ...]


@dataclass(frozen=True, slots=True)
class Like:
    """An earlier halt by name, and what was known of it on the case's date."""

    name: str
    what: str
    fate: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DealHeld:
    """One deal.

    Parameters
    ----------
    deal : Asked
    kind : str
        none, partial, truce or settlement; with none there is no halt to last, and nothing below.
    base : Base or None
    horizons : tuple of int
        Days the tables show, counted as the definition says.
    curve, base_curve : Curve or None
        The deal, and its class alone: the naive baseline.
    seen : tuple of (day, share holding)
        The class as measured, without any model (Kaplan-Meier).
    effects : tuple of Effect
    engines : tuple of Engine
    commitment : Committed or None
    own_class : bool
        Whether the class is the case's own and not a packaged one.
    """

    deal: Asked
    kind: str
    base: Base | None = None
    horizons: tuple[int, ...] = ()
    curve: Curve | None = None
    base_curve: Curve | None = None
    seen: tuple[tuple[float, float], ...] = ()
    effects: tuple[Effect, ...] = ()
    engines: tuple[Engine, ...] = ()
    commitment: Committed | None = None
    own_class: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """Whether deals would hold.

    `definition` says in words what every number counts from; `own` and `like` are earlier halts of this
    conflict and of others.
    """

    deals: tuple[DealHeld, ...]
    kind_of_count: Literal["in_force", "held", "announced"]
    definition: str
    own: tuple[Like, ...]
    like: tuple[Like, ...]
    draws: int
    seed: int

    def measures(self) -> tuple[Measure, ...]:
        """Return the chance to hold of each deal at each horizon, and what the guarantees leave open."""
        found: list[Measure] = []
        for one in self.deals:
            if one.curve is not None:
                found += [
                    self._measure(one, f"{day:,} days", f"holds.{one.deal.id}.{day}", one.curve.at(day))
                    for day in one.horizons
                ]
            if one.commitment is not None:
                found += _commitment(one, one.commitment)
        return tuple(found)

    def _measure(self, one: DealHeld, when: str, name: str, c: Chance) -> Measure:
        label = f"chance that {within(one.deal.label)} still holds after {when}, {self.definition}"
        formula = "exp(-sum over pieces of hazard x days); hazard = past class x ratios of the deal's terms"
        interval = "5th to 95th percentile over draws"
        return Measure(name, label, c.value, "probability", c.low, c.high, interval, formula, ("durability",))


def _commitment(one: DealHeld, c: Committed) -> list[Measure]:
    place = ("durability.commitment",)
    return [
        Measure(
            f"renewed_war_pays.{one.deal.id}",
            f"share of draws in which renewed war would pay the side that has risen: {one.deal.label}",
            c.renewed,
            "share",
            formula="later worth of war > share of the prize the deal leaves it (Powell 2006, Fearon 1995)",
            inputs=place,
        ),
        Measure(
            f"enforcement_needed.{one.deal.id}",
            f"part of the shift in power to block before renewed war stops paying: {one.deal.label}",
            c.needed_here.value,
            "share",
            c.needed_here.low,
            c.needed_here.high,
            "5th to 95th percentile over draws",
            "smallest blocked part at which later worth of war = share the deal leaves (Powell 2006)",
            place,
        ),
    ]
