"""Draws of an encoded case: utilities consistent with what was stated, and what no deal is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from detente.case.preferences import Worth
from detente.methods.smaa import Stated, draw_points
from detente.methods.space import matches
from detente.table.encode import Effect, Encoded

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Draws:
    """A sample of full sets of preferences.

    Parameters
    ----------
    points : (n, P, I, M) array
        Points of each option, so that the best deal has 100 and the worst 0 for each actor.
    worth : (n, P) array
        Worth of no deal on the same scale.
    effects : tuple of Effect
        What options are worth together, and in `added` (n, K) the points in each draw.
    """

    points: Floats
    worth: Floats
    effects: tuple[Effect, ...] = ()
    added: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    def first(self, n: int) -> Draws:
        """Return the first n draws."""
        return Draws(self.points[:n], self.worth[:n], self.effects, self.added[:n])

    def middle(self) -> Draws:
        """Return the one draw at the mean of all."""
        points, worth = self.points.mean(axis=0, keepdims=True), self.worth.mean(axis=0, keepdims=True)
        added = self.added.mean(axis=0, keepdims=True) if self.effects else self.added[:1]
        return Draws(points, worth, self.effects, added)

    def utilities(self, deals: NDArray[np.integer]) -> Floats:
        """Return the (n, P, D) utilities of a few deals; the caller minds the size."""
        points, columns = self.columns(deals)
        total = np.zeros((*self.worth.shape, len(deals)))
        for issue in range(columns.shape[1]):
            total += points[:, :, issue, :][:, :, columns[:, issue]]
        return total

    def columns(self, deals: NDArray[np.integer]) -> tuple[Floats, NDArray[np.integer]]:
        """Return points and deals in which every interaction is one more issue with the answers no and yes.

        Returns
        -------
        points : (n, P, I + K, M) array
        deals : (D, I + K) array
        """
        if not self.effects:
            return self.points, deals
        n, actors, issues, options = self.points.shape
        points = np.zeros((n, actors, issues + len(self.effects), max(2, options)))
        points[:, :, :issues, :options] = self.points
        for k, effect in enumerate(self.effects):
            points[:, effect.actor, issues + k, 1] = self.added[:, k]
        met = [matches(deals, effect.clause) for effect in self.effects]
        return points, np.column_stack([deals, *met]).astype(deals.dtype)

    def tables(self, rows: Sequence[int], sizes: Sequence[int]) -> list[tuple[tuple[int, ...], Floats]]:
        """Return the interactions of some actors as (issues, (n, m_a, m_b, ..., rows) points)."""
        found = []
        for k, effect in enumerate(self.effects):
            if effect.actor not in rows:
                continue
            issues = tuple(i for i, _ in effect.clause)
            met = np.zeros([sizes[i] for i in issues])
            met[np.ix_(*[np.array(options) for _, options in effect.clause])] = 1.0
            whose = np.array(rows) == effect.actor
            found.append((issues, np.multiply.outer(self.added[:, k], np.multiply.outer(met, whose))))
        return found


def stated(enc: Encoded) -> Stated:
    """Return the orders, saliences and stated values of a case as padded arrays."""
    shape = (len(enc.actors), len(enc.issues), max(len(i.options) for i in enc.issues))
    tier = np.full(shape, -1, dtype=np.int8)
    low, high = np.zeros(shape[:2]), np.zeros(shape[:2])
    value_low, value_high = np.full(shape, np.nan), np.full(shape, np.nan)
    for p, views in enumerate(enc.views):
        for i, view in enumerate(views):
            m = len(view.tier)
            tier[p, i, :m] = view.tier
            low[p, i], high[p, i] = view.salience
            value_low[p, i, :m], value_high[p, i, :m] = view.value_low, view.value_high
    return Stated(tier, low, high, value_low, value_high)


def draw(enc: Encoded, n: int, seed: int, quasi: bool = False) -> Draws:
    """Draw preferences; the same case, n and seed give the same draws.

    Parameters
    ----------
    enc : Encoded
    n : int
        Number of draws.
    seed : int
    quasi : bool
        Points and saliences from a scrambled Sobol' sequence, which covers the ranges more evenly.
    """
    rng = np.random.default_rng(seed)
    points = draw_points(stated(enc), n, rng, quasi)
    added = _added(enc, n, rng)
    plain = enc.case.no_deal.worth
    alone = Draws(points, np.zeros(points.shape[:2]), enc.effects, added)
    columns = [_worth(enc, p, alone, plain.get(a.id), rng) for p, a in enumerate(enc.actors)]
    return replace(alone, worth=np.stack(columns, axis=1))


def _added(enc: Encoded, n: int, rng: np.random.Generator) -> Floats:
    """Draw what options are worth together, uniformly in the stated ranges; nothing drawn where none is."""
    low, high = (np.array([effect.points[end] for effect in enc.effects]) for end in (0, 1))
    return low + rng.random((n, len(enc.effects))) * (high - low) if enc.effects else np.zeros((n, 0))


def _worth(enc: Encoded, actor: int, draws: Draws, given: Worth | None, rng: np.random.Generator) -> Floats:
    """Return an actor's worth of no deal: a range, or the points of a deal it is about as good as."""
    # The same number of random values per actor whatever the case gives, so that stating one actor's
    # worth does not reshuffle the draws of the others.
    unit = rng.random(len(draws.points))
    if given is not None and given.worth is not None:
        return np.asarray(given.worth.low + unit * (given.worth.high - given.worth.low))
    like = enc.no_deal.copy()
    if given is not None and given.like is not None:
        known = {issue.id for issue in enc.issues}
        named = enc.index({i: o for i, o in given.like.items() if i in known})
        like = np.where(named >= 0, named, like)
    total = draws.utilities(like[None])[:, actor, 0]
    if given is not None and given.shift is not None:
        total = total + given.shift.low + unit * (given.shift.high - given.shift.low)
    return np.asarray(total)
