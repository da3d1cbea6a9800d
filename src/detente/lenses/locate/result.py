"""What the locate lens computes."""

from __future__ import annotations

from dataclasses import dataclass

from detente.lens import Measure
from detente.table.agreeing import Besides
from detente.table.concessions import RedLine
from detente.table.verdicts import DealView, Share


@dataclass(frozen=True, slots=True)
class Verdict:
    """One actor under one reading: how many ways to complete the package it could accept.

    `crossed` are its red lines that every completion crosses.
    """

    reading: str
    actor: str
    accepts: int
    crossed: tuple[RedLine, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """The issue that costs an actor most against what holds if talks fail, in points (mean of draws)."""

    actor: str
    issue: str
    points: float


@dataclass(frozen=True, slots=True)
class Better:
    """A deal that every required actor likes at least as well and one more, and by how much (points)."""

    options: tuple[str, ...]
    gains: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Location:
    """A package among all deals.

    Parameters
    ----------
    quorum : (actors, int) or None
        Who else is counted, and how many of them must accept.
    given : tuple of (issue, option)
        What was asked about, on the issues in use.
    left_out : tuple of str
        Issues asked about that are not in use.
    open_issues : tuple of str
        Issues the package leaves open.
    completions : int
        Ways to fill them that the rules allow.
    in_scope : int
        Of these, how many count as a deal.
    broken : tuple of str
        Rules that every completion breaks; empty unless there is no completion.
    called : tuple of (actor, name)
        What the case calls each actor.
    shown : DealView or None
        The completion most often acceptable to all required actors.
    rank, of : int
        Its place among all deals by that share (ties share the better place), and how many there are.
    worst : tuple of Loss
        For each required actor, the issue on which it loses most.
    dominated_by : int
        Deals better for some and no worse for any required actor, at the mean of the draws.
    better : Better or None
        The one of these whose least gain is largest.
    """

    issues: tuple[str, ...]
    required: tuple[str, ...]
    quorum: Besides | None
    given: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    open_issues: tuple[str, ...]
    completions: int
    in_scope: int
    broken: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    called: tuple[tuple[str, str], ...] = ()
    added: tuple[tuple[tuple[str, str], str], ...] = ()
    shown: DealView | None = None
    rank: int = 0
    of: int = 0
    worst: tuple[Loss, ...] = ()
    dominated_by: int = 0
    better: Better | None = None
    draws: int = 0
    seed: int = 0

    def measures(self) -> tuple[Measure, ...]:
        """Return the headline numbers."""
        counted = "exact count by dynamic programming over the issues"
        found = [
            Measure("completions", "Ways to complete the package", self.completions, "deals", formula=counted)
        ]
        if self.shown is not None:
            found.append(
                _share("accepted", "Every required party prefers it to no deal", self.shown.accepted)
            )
            names = dict(self.called)
            found += [
                _share(f"accepts.{a}", f"{names.get(a, a)} prefers it to no deal", s)
                for a, s in self.shown.by_actor
            ]
        return tuple(found)


def _share(name: str, label: str, share: Share) -> Measure:
    interval = "95% Monte Carlo interval"
    formula = "share of draws of utilities consistent with orders, ties, saliences and no-deal worth (SMAA)"
    inputs = ("preferences", "interactions", "quorum", "no_deal")
    return Measure(
        name, label, share.value, "share of draws", share.low, share.high, interval, formula, inputs
    )
