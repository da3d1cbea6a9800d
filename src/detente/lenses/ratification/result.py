"""What the ratification lens computes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from detente.lens import Measure
from detente.methods.ratification.constants import Constant
from detente.methods.ratification.worlds import Estimate
from detente.table.agreeing import Besides
from detente.table.asked import Asked
from detente.words import within


@dataclass(frozen=True, slots=True)
class Count:
    """What a vote is expected to bring, beside what it needs: 5th percentile, median, 95th."""

    label: str
    low: float
    mid: float
    high: float
    need: float
    unit: str


@dataclass(frozen=True, slots=True)
class Part:
    """A bloc, member or electorate of a gate, and the share of draws in which it alone decides.

    What it brings (votes, votes against, % of yes, or the chance in % that a member agrees): 5th percentile,
    median and 95th; for a member the mean stands at all three.
    """

    name: str
    low: float
    mid: float
    high: float
    unit: str
    decides: float


@dataclass(frozen=True, slots=True)
class GateResult:
    """One gate of a route for one deal.

    `parts` are its blocs, members or electorates; `swing` names the one that most often decides, with the
    share of draws; empty where there are not two of them, or none ever decides.
    """

    id: str
    name: str
    kind: str
    alone: Estimate
    reached: Estimate
    gain: float
    counts: tuple[Count, ...]
    parts: tuple[Part, ...]
    swing: tuple[str, float] | None


@dataclass(frozen=True, slots=True)
class RouteResult:
    """One open route: its chance, its gates in order, days needed (median, 5th, 95th percentile)."""

    id: str
    name: str
    chance: Estimate
    gates: tuple[GateResult, ...]
    days: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Swap:
    """One term changed: the option that helps most on that issue, and the chance it brings.

    `new` is empty where leaving the term out of the deal helps more than any option.
    """

    issue: str
    old: str
    new: str
    chance: Estimate


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """One deal under one reading of the rules.

    `closed` are routes this deal may not take here. `swaps` are sorted, most helpful first, and hold only
    changes that help.
    """

    reading: str
    overall: Estimate
    unrelated: float
    together: float
    routes: tuple[RouteResult, ...]
    closed: tuple[str, ...]
    pivotal: str
    swaps: tuple[Swap, ...]


@dataclass(frozen=True, slots=True)
class DealResult:
    """One deal under every reading asked for."""

    deal: Asked
    readings: tuple[ReadingResult, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """The deals ratifiable under a reading, beside those inside the red lines of all who must agree.

    Parameters
    ----------
    reading : str
        Reading of the rules of ratification.
    red_lines : str
        Reading of the red lines.
    ratifiable, accepted, both : int
        Deals with a chance of at least one half; deals inside the red lines; deals that are both.
    """

    reading: str
    red_lines: str
    ratifiable: int
    accepted: int
    both: int


@dataclass(frozen=True, slots=True)
class Reach:
    """The best chance, under a reading, of any feasible deal with an option.

    `refused` are the actors whose red lines stop it under every reading: those whose consent is needed, and
    so many others that a quorum fails; `bending` those who stop it under some readings only.
    """

    reading: str
    issue: str
    option: str
    best: Estimate
    refused: tuple[str, ...] = ()
    bending: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ratified:
    """Whether deals would pass at home.

    Parameters
    ----------
    deals : tuple of DealResult
    overlaps : tuple of Overlap
        Empty where the deal space is too large to list.
    reach : tuple of Reach
        For the issues that ratification looks at.
    feasible : int
        Deals the rules of the case allow; 0 where they were not listed.
    constants : tuple of Constant
    draws, seed : int
    quorum : (actors, int) or None
        Who else is counted for an agreement, and how many of them must accept.
    """

    deals: tuple[DealResult, ...]
    overlaps: tuple[Overlap, ...]
    reach: tuple[Reach, ...]
    feasible: int
    constants: tuple[Constant, ...]
    draws: int
    seed: int
    quorum: Besides | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    """What each reading of the rules is called."""

    def measures(self) -> tuple[Measure, ...]:
        """Return the chance of each deal under each reading, and of each of its routes."""
        found: list[Measure] = []
        for one in self.deals:
            for r in one.readings:
                under = f", under “{self.readings[r.reading]}”" if len(self.readings) > 1 else ""
                label = f"{within(one.deal.label)}{under}"
                found.append(_measure(f"ratified.{one.deal.id}.{r.reading}", label, r.overall))
                found += [
                    _measure(
                        f"route.{one.deal.id}.{r.reading}.{route.id}",
                        f"{label}: {route.name}",
                        route.chance,
                    )
                    for route in r.routes
                ]
        for o in self.overlaps:
            name = f"ratifiable_and_accepted.{o.reading}.{o.red_lines}"
            label = "deals inside the red lines and more likely than not to be ratified"
            how = "count of feasible deals inside the red lines with a chance to pass of one half or more"
            places = ("ratification", "preferences", "quorum")
            found.append(Measure(name, label, float(o.both), "deals", formula=how, inputs=places))
        return tuple(found)


def _measure(name: str, label: str, e: Estimate) -> Measure:
    return Measure(
        name,
        f"chance of ratification: {label}",
        e.value,
        "probability",
        e.low,
        e.high,
        "5th to 95th percentile over what is not known",
        "share of drawn futures in which every gate of some open route is passed",
        ("ratification",),
    )
