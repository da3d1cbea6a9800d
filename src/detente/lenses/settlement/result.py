"""What the settlement lens computes."""

from __future__ import annotations

from dataclasses import dataclass

from detente.lens import Measure
from detente.table.agreeing import Besides
from detente.table.exact import Findings
from detente.table.funnel import RedLines
from detente.table.middle import Middle
from detente.table.verdicts import DealView, Share


@dataclass(frozen=True, slots=True)
class Central:
    """The deal a solution concept picks most often, and the share of draws in which it does."""

    concept: str
    deal: DealView
    share: Share
    undefined: float


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """The answer under one reading of the red lines; `label` is what the case calls the reading."""

    reading: str
    label: str
    lines: RedLines
    possible: Share
    efficient: tuple[DealView, ...]
    central: tuple[Central, ...]
    misses: tuple[DealView, ...]

    @property
    def blocking(self) -> tuple[str, ...]:
        """Issues whose red lines alone, once dropped by all, would open a deal where there is none."""
        if self.lines.zone:
            return ()
        return tuple(issue for issue, opens in self.lines.single_issues if opens)


@dataclass(frozen=True, slots=True)
class OptionShare:
    """In what share of draws some deal with the option would be accepted, red lines aside."""

    issue: str
    option: str
    share: Share


@dataclass(frozen=True, slots=True)
class PairShare:
    """The same for two options together."""

    first: tuple[str, str]
    second: tuple[str, str]
    share: Share


@dataclass(frozen=True, slots=True)
class CentralWeights:
    """How an actor weighs the issues on average in the draws in which it accepts a deal.

    `weights` are per issue in percent, `usual` the same over all draws; both empty where it never accepts.
    """

    deal: tuple[str, ...]
    actor: str
    weights: tuple[tuple[str, float], ...]
    usual: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class LaterResult:
    """What an option not on the table would open, by reading: (reading, zone with it, zone without)."""

    issue: str
    option: str
    zones: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class SignpostResult:
    """What an event to watch for would open, by reading: (reading, zone after, zone before)."""

    signpost: str
    zones: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """What no deal is worth to one actor: 5th percentile, median and 95th, as stated and as modelled."""

    actor: str
    stated: tuple[float, float, float]
    modelled: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Beside:
    """The stated worth of no deal beside the modelled one that was used, and the answer on it.

    The modelled worth is the mean over the next `months`; `interests` is the share of draws in which some
    deal beats the stated no deal for all who must accept.
    """

    months: int
    worth: tuple[Worth, ...]
    interests: Share


@dataclass(frozen=True, slots=True)
class Settlement:
    """Whether there is a deal, what blocks it, and what would unblock it.

    `listed` is the number of deals whose shares of draws were looked at one by one. `solved` is the number
    of draws in which all deals were weighed, listed or not: where it is 0, shares "in which some deal" rest
    on the listed deals alone and are lower bounds. `added` names options used that were not on the table:
    ((issue, option), label). `quorum` is who else is counted and how many of them must accept. `findings`
    and `middle` are exact at the mean of the draws: first red lines aside, then each reading with deals.
    """

    issues: tuple[str, ...]
    added: tuple[tuple[tuple[str, str], str], ...]
    required: tuple[str, ...]
    combinations: int
    feasible: int
    in_scope: int
    listed: int
    solved: int
    quorum: Besides | None
    draws: int
    seed: int
    no_deal: str
    readings: tuple[ReadingResult, ...]
    interests: Share
    interest_central: tuple[Central, ...]
    later: tuple[LaterResult, ...]
    signposts: tuple[SignpostResult, ...]
    findings: Findings
    middle: tuple[Middle, ...]
    options: tuple[OptionShare, ...]
    pairs: tuple[PairShare, ...]
    weights: tuple[CentralWeights, ...]
    basis: tuple[tuple[str, int], ...]
    beside: Beside | None = None

    @property
    def leading(self) -> DealView | None:
        """The deal to show first: the nearest miss, or the efficient deal most often acceptable."""
        deals = self.widest.misses or self.widest.efficient
        return deals[0] if deals else None

    @property
    def widest(self) -> ReadingResult:
        """The last reading; by custom readings are listed from strict to permissive."""
        return self.readings[-1]

    def measures(self) -> tuple[Measure, ...]:
        """Return the headline numbers."""
        rules = ("issues", "rules")
        lines = (*(f"preferences.{a}" for a in self.required), "quorum")
        found = [
            _count("feasible", "Packages free of contradiction", self.feasible, rules),
            _count("in_scope", "Packages that count as a deal", self.in_scope, rules),
            _share(
                "interests", "Some package beats no deal for all required, red lines aside", self.interests
            ),
        ]
        if self.leading is not None:
            found.append(
                _share("leading", "The leading package beats no deal for all", self.leading.accepted)
            )
        for r in self.readings:
            name, label = r.reading, r.label
            found.append(
                _count(f"zone.{name}", f"Packages inside all red lines ({label})", r.lines.zone, lines)
            )
            found.append(
                _share(f"possible.{name}", f"One of these beats no deal for all ({label})", r.possible)
            )
            for k, stage in enumerate(r.lines.stages):
                step = f"Step {k + 1} of the funnel ({label})"
                found.append(_count(f"stage.{name}.{k}", step, stage.count, rules + lines))
        return tuple(found)


def _count(name: str, label: str, value: int, inputs: tuple[str, ...]) -> Measure:
    formula = "exact count by dynamic programming over the issues; no sampling"
    return Measure(name, label, value, "deals", formula=formula, inputs=inputs)


def _share(name: str, label: str, share: Share) -> Measure:
    return Measure(
        name,
        label,
        share.value,
        "share of draws",
        share.low,
        share.high,
        "95% Monte Carlo interval",
        "share of draws of utilities consistent with orders, ties, saliences and no-deal worth (SMAA)",
        ("preferences", "interactions", "quorum", "no_deal"),
    )
