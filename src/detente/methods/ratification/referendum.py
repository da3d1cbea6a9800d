"""Referendums: from polls to a vote, with everything that can go wrong between the two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.methods.ratification import constants as c
from detente.methods.ratification.worlds import Array, Worlds

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Poll:
    """One poll of one electorate.

    Parameters
    ----------
    yes, no : float
        Shares of all asked, 0 to 1; what is left is undecided.
    n : float
        People asked.
    age : float
        Days from fieldwork to the case's date.
    attitude : bool
        Whether it asked what people could accept rather than how they would vote.
    """

    yes: float
    no: float
    n: float
    age: float = 0.0
    attitude: bool = False

    def __post_init__(self) -> None:
        if not (min(self.yes, self.no) >= 0 and self.yes + self.no <= 1 + 1e-9):
            raise ValueError("yes and no are shares of all asked and add to 1 at most")
        if not (self.n > 0 and self.age >= 0):
            raise ValueError("a poll needs people asked, and fieldwork no later than the case's date")


@dataclass(frozen=True, slots=True)
class Electorate:
    """A community or region that votes.

    Parameters
    ----------
    name : str
    polls : tuple of Poll
    weight : float
        Its share of all votes, for an overall majority.
    turnout_low, turnout_high : float
        The analyst's 90% range of turnout, 0 to 1.
    """

    name: str
    polls: tuple[Poll, ...]
    weight: float = 1.0
    turnout_low: float = 1.0
    turnout_high: float = 1.0

    def __post_init__(self) -> None:
        if not self.polls:
            raise ValueError(f"{self.name}: an electorate needs at least one poll")
        if not 0 <= self.turnout_low <= self.turnout_high <= 1:
            raise ValueError(f"{self.name}: turnout must run 0 <= low <= high <= 1")


@dataclass(frozen=True, slots=True)
class Rule:
    """When a referendum is won.

    Parameters
    ----------
    share : float
        Share of the votes that yes must exceed.
    regions : int
        Electorates in which that must hold.
    overall : bool
        Whether it must hold over all electorates together.
    turnout : float
        Turnout that must be reached, or 0.
    approval : float
        Share of the whole electorate that must vote yes, or 0.
    """

    share: float = 0.5
    regions: int = 1
    overall: bool = True
    turnout: float = 0.0
    approval: float = 0.0

    def __post_init__(self) -> None:
        if not (
            0 < self.share < 1 and 0 <= self.turnout <= 1 and 0 <= self.approval <= 1 and self.regions >= 0
        ):
            raise ValueError("the shares of a referendum rule lie on 0..1, and regions are counted from 0 up")
        if not (self.overall or self.regions):
            raise ValueError("a referendum must be won overall, in some regions, or both")


@dataclass(frozen=True, slots=True)
class Referendum:
    """A vote of the people.

    Polls are pooled by inverse variance (sampling times design effect, house spread, drift over their age).
    The vote is the pooled yes, plus the undecided who choose yes, less what polls overstate, plus an error
    with the pooled variance, the error all polls share, and drift until the day of the vote.

    Parameters
    ----------
    id : str
    electorates : tuple of Electorate
    rule : Rule
    days_low, days_high : float
        Days from the case's date to the vote.
    mood : str

    Examples
    --------
    >>> ahead = Electorate("all", (Poll(0.54, 0.30, 2000, age=10),))
    >>> vote = Referendum("vote", (ahead,), Rule(), 60, 120)
    >>> bool(0.7 < vote.passes(Worlds(seed=1)).mean() < 0.99)
    True
    """

    id: str
    electorates: tuple[Electorate, ...]
    rule: Rule
    days_low: float = 0.0
    days_high: float = 0.0
    mood: str = "all"

    def __post_init__(self) -> None:
        if not self.electorates:
            raise ValueError(f"{self.id}: a referendum needs at least one electorate")
        if self.rule.regions > len(self.electorates):
            raise ValueError(f"{self.id}: the rule asks for more regions than there are")
        if not 0 <= self.days_low <= self.days_high:
            raise ValueError(f"{self.id}: days to the vote must run 0 <= low <= high")

    def shares(self, worlds: Worlds) -> Array:
        """Return the share of yes among votes cast in each electorate, (electorates, n)."""
        latent = worlds.latent(self.id, self.mood)
        z = worlds.parts(latent, self.id, tuple(e.name for e in self.electorates))
        days = worlds.uniform(f"{self.id} days", self.days_low, self.days_high)
        return np.array([self._share(e, z[k], days, worlds) for k, e in enumerate(self.electorates)])

    def turnouts(self, worlds: Worlds) -> Array:
        """Return turnout in each electorate, (electorates, n)."""
        z = np.array([worlds.normal(f"{self.id} {e.name} turnout") for e in self.electorates])
        low = np.array([[e.turnout_low] for e in self.electorates])
        high = np.array([[e.turnout_high] for e in self.electorates])
        spread = (high - low) / (2 * c.Z90) * worlds.constant(c.WIDTH)
        return np.asarray(np.clip((low + high) / 2 + spread * z, 0, 1))

    def passes(self, worlds: Worlds) -> Flags:
        """Tell in which futures the vote is won."""
        return self.met(self.shares(worlds), self.turnouts(worlds))

    def met(self, shares: Array, turnouts: Array) -> Flags:
        """Tell where such shares of yes and such turnouts suffice; (electorates, n) to (n,)."""
        weight = np.array([[e.weight] for e in self.electorates])
        overall = (shares * turnouts * weight).sum(axis=0) / (turnouts * weight).sum(axis=0).clip(1e-12)
        turned_out = (turnouts * weight).sum(axis=0) / weight.sum()
        won = (shares > self.rule.share).sum(axis=0) >= self.rule.regions
        won &= (turned_out >= self.rule.turnout) & (overall * turned_out >= self.rule.approval)
        return np.asarray(won & (overall > self.rule.share) if self.rule.overall else won)

    def decides(self, worlds: Worlds) -> tuple[float, ...]:
        """Return, for each electorate, the share of futures in which it alone decides.

        The vote is won with its share of yes at the 95th percentile and lost with it at the 5th, the others
        as drawn.
        """
        shares, turnouts = self.shares(worlds), self.turnouts(worlds)
        found = []
        for k, ends in enumerate(np.percentile(shares, (5, 95), axis=1).T):
            worst, best = shares.copy(), shares.copy()
            worst[k], best[k] = ends
            found.append(float((self.met(best, turnouts) & ~self.met(worst, turnouts)).mean()))
        return tuple(found)

    def _share(self, electorate: Electorate, z: Array, days: Array, worlds: Worlds) -> Array:
        drift = worlds.constant(c.DRIFT_SD)
        yes, undecided, variance = pooled(electorate.polls, worlds.constant(c.DESIGN_EFFECT), drift)
        variance = variance + c.SHARED_BIAS_SD.high**2 + drift**2 * days
        middle = yes + undecided * worlds.constant(c.UNDECIDED_YES) - worlds.constant(c.OVERSTATED_YES)
        return np.asarray(np.clip(middle + np.sqrt(variance) * z, 0, 1))


def pooled(polls: tuple[Poll, ...], design: Array, drift: Array) -> tuple[Array, Array, Array]:
    """Pool polls by inverse variance.

    Parameters
    ----------
    polls : tuple of Poll
    design : (n,) array
        Design effect.
    drift : (n,) array
        Standard deviation of opinion drift per square root of a day.

    Returns
    -------
    yes, undecided, variance : (n,) arrays
        Pooled shares of all asked, and the variance of the pooled yes.

    Examples
    --------
    >>> yes, undecided, variance = pooled((Poll(0.6, 0.4, 1000),), np.array([1.0]), np.array([0.0]))
    >>> float(yes[0]), round(float(variance[0]), 5)
    (0.6, 0.00065)
    """
    variances = np.array(
        [
            design * 0.25 / p.n  # as at an even split: never too small, and the same whatever the answer
            + c.HOUSE_SD.high**2
            + drift**2 * p.age
            + (c.ATTITUDE_SD.high**2 if p.attitude else 0.0)
            for p in polls
        ]
    )
    weights = 1 / variances
    total = weights.sum(axis=0)
    yes = (weights * np.array([[p.yes] for p in polls])).sum(axis=0) / total
    undecided = (weights * np.array([[max(0.0, 1 - p.yes - p.no)] for p in polls])).sum(axis=0) / total
    return yes, undecided, 1 / total
