"""What the ripples lens finds: for each scenario its ties, triads, guarantees, payers and third parties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.lens import Measure

BAND = "5th to 95th percentile of draws over the stated ranges"
"""The sense of every interval of this lens."""

MOST = 0.5
"""Share of draws above which a tie is called tense and a triangle unbalanced: judgement."""

CLEAR = 0.8
"""Share of draws above which a direction is called clear: judgement."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Median and 5th to 95th percentile over the draws."""

    low: float
    mid: float
    high: float


def interval(values: NDArray[np.float64]) -> Interval:
    """Return the median and the 5th to 95th percentile of draws."""
    low, mid, high = np.quantile(values, [0.05, 0.5, 0.95])
    return Interval(float(low), float(mid), float(high))


@dataclass(frozen=True, slots=True)
class TieResult:
    """One tie under one scenario.

    Parameters
    ----------
    weight, change : Interval
        Points on -100 .. 100, and the change against today.
    pull : Interval
        Push of common friends and enemies on the tie; its sign is its direction.
    against : float
        Share of draws in which the push runs against the tie's own sign.
    """

    pair: tuple[str, str]
    weight: Interval
    change: Interval
    pull: Interval
    against: float


@dataclass(frozen=True, slots=True)
class TriadResult:
    """One triangle of ties: in which share of draws it is unbalanced, and its strength (0 .. 1)."""

    nodes: tuple[str, str, str]
    unbalanced: float
    strength: float


@dataclass(frozen=True, slots=True)
class NodeResult:
    """One actor or third party.

    Parameters
    ----------
    room, room_change : Interval or None
        Part of the strength of its triangles that is balanced, 0 .. 1, and the change against today; None
        where it stands in no triangle.
    gains, loses : float
        Shares of draws in which the room grows or shrinks against today by more than two points of a hundred.
    lean, lean_change : Interval or None
        From -1 (second pole) to 1 (first pole), and the change against today; None without poles.
    """

    id: str
    room: Interval | None
    room_change: Interval | None
    gains: float
    loses: float
    lean: Interval | None
    lean_change: Interval | None


@dataclass(frozen=True, slots=True)
class GuaranteeResult:
    """One commitment with loads: the part of it that is covered, jointly and by each guarantor."""

    commitment: str
    in_force: bool
    cover: Interval | None
    by: tuple[tuple[str, Interval], ...]


@dataclass(frozen=True, slots=True)
class DonorResult:
    """What one donor gives under one scenario.

    Parameters
    ----------
    amount : Interval
        In `unit`, over all aid commitments.
    share : Interval
        Of all donors' amounts in this unit.
    against_today, against_no_deal : Interval
        Differences, draw by draw.
    ratio : Interval or None
        Share of the burden over share of the means; None where the means of some donor are not given.
    """

    donor: str
    unit: str
    amount: Interval
    share: Interval
    against_today: Interval
    against_no_deal: Interval
    ratio: Interval | None


@dataclass(frozen=True, slots=True)
class CoalitionResult:
    """A commitment that one member can end: whose tie to its target is the weakest link.

    `agreement` is the share of draws in which it is the same member.
    """

    commitment: str
    in_force: bool
    weakest: str
    tie: Interval
    agreement: float


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """Everything about one scenario.

    Parameters
    ----------
    frustration : Interval
        Least strength of ties (a tie of 100 counts 1) that would have to change sign for two camps.
    flips : Interval
        The same, counting ties.
    against_today, against_no_deal : Interval
        Differences of `frustration`, draw by draw.
    totals : mapping of unit to Interval
        Aid of all donors.
    open_issues : tuple of str
        Issues with effects that the deal leaves open; nothing is changed for them.
    in_force : tuple of str
        Ids of the commitments that hold.
    terms : str
        What the deal says, where it is called by a letter.
    """

    id: str
    label: str
    kind: Literal["today", "no_deal", "deal"]
    ties: tuple[TieResult, ...]
    triads: tuple[TriadResult, ...]
    nodes: tuple[NodeResult, ...]
    guarantees: tuple[GuaranteeResult, ...]
    donors: tuple[DonorResult, ...]
    coalitions: tuple[CoalitionResult, ...]
    frustration: Interval
    flips: Interval
    against_today: Interval
    against_no_deal: Interval
    totals: Mapping[str, Interval]
    open_issues: tuple[str, ...]
    in_force: tuple[str, ...] = ()
    terms: str = ""

    @property
    def tense(self) -> tuple[TieResult, ...]:
        """Ties pushed against their sign in most draws."""
        return tuple(t for t in self.ties if t.against > MOST)

    @property
    def unbalanced(self) -> tuple[TriadResult, ...]:
        """Triangles that are unbalanced in most draws."""
        return tuple(t for t in self.triads if t.unbalanced > MOST)


@dataclass(frozen=True, slots=True)
class Ripples:
    """All scenarios: today first, no deal second, then the deals.

    Parameters
    ----------
    names : mapping
        Plain names of nodes.
    draws, frustration_draws : int
        Number of draws, and of those used for the frustration index (0: middle of the ranges only).
    exact : bool
        Whether the frustration index is proven smallest.
    """

    names: Mapping[str, str]
    scenarios: tuple[ScenarioResult, ...]
    draws: int
    frustration_draws: int
    exact: bool
    headline: tuple[Measure, ...] = ()

    @property
    def today(self) -> ScenarioResult:
        """The state before anything is decided."""
        return self.scenarios[0]

    @property
    def no_deal(self) -> ScenarioResult:
        """What follows if talks fail."""
        return self.scenarios[1]

    @property
    def deals(self) -> tuple[ScenarioResult, ...]:
        """The deals compared."""
        return self.scenarios[2:]

    def new_tensions(self, scenario: ScenarioResult) -> tuple[TieResult, ...]:
        """Return the ties that are tense under a scenario and are not today."""
        before = {t.pair for t in self.today.tense}
        return tuple(t for t in scenario.tense if t.pair not in before)

    def clear_tensions(self, scenario: ScenarioResult) -> tuple[TieResult, ...]:
        """Return those of the new tensions that stand in a clear majority of draws."""
        return tuple(t for t in self.new_tensions(scenario) if t.against > CLEAR)

    def eased(self, scenario: ScenarioResult) -> tuple[TieResult, ...]:
        """Return the ties that are tense today and not under a scenario, as they stand under it."""
        after = {t.pair for t in scenario.tense}
        before = {t.pair for t in self.today.tense}
        return tuple(t for t in scenario.ties if t.pair in before - after)

    def new_unbalanced(self, scenario: ScenarioResult) -> tuple[TriadResult, ...]:
        """Return the triangles that become unbalanced under a scenario."""
        before = {t.nodes for t in self.today.unbalanced}
        return tuple(t for t in scenario.unbalanced if t.nodes not in before)

    def measures(self) -> tuple[Measure, ...]:
        """Return tension, new tensions, unbalanced triads, cover and bill of each scenario but today."""
        return self.headline
