"""Draws of an encoded case: utilities consistent with what was stated, and what no deal is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.methods.smaa import MICRO, Stated
from detente.methods.smaa_draws import Units, draw_units, weigh
from detente.methods.space import matches
from detente.table.encode import Effect, Encoded

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Draws:
    """A sample of full sets of preferences: the one place where the worth of a deal to an actor is added up.

    Points are whole micro-points, so that a deal worth exactly as much as no deal is found to be so.

    Parameters
    ----------
    points : (n, P, I, M) array
        Points of each option, so that the best deal has 100 and the worst 0 for each actor.
    worth : (n, P) array
        Worth of no deal on the same scale.
    like : (P, I) array
        The deal each actor's no deal is about as good as; what holds if talks fail where the case names none.
    effects : tuple of Effect
        What options are worth together, and in `added` (n, K) the points in each draw.
    """

    points: Floats
    worth: Floats
    like: NDArray[np.int16]
    effects: tuple[Effect, ...] = ()
    added: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    def part(self, rows: slice) -> Draws:
        """Return some of the draws."""
        return replace(self, points=self.points[rows], worth=self.worth[rows], added=self.added[rows])

    def middle(self) -> Draws:
        """Return the one draw at the mean of all; a deal as good as no deal in all of them is so in it."""
        points = whole(self.points.mean(axis=0, keepdims=True))
        added = whole(self.added.mean(axis=0, keepdims=True)) if self.effects else self.added[:1]
        mean = replace(self, points=points, worth=self.worth[:1], added=added)
        beyond = whole((self.worth - self._like()).mean(axis=0, keepdims=True))
        return replace(mean, worth=mean._like() + beyond)

    def _like(self) -> Floats:
        """Return what the deal that no deal is held against is worth to each actor, (n, P)."""
        actors = range(self.worth.shape[1])
        return np.concatenate([self.utilities(self.like[p : p + 1], [p])[:, :, 0] for p in actors], axis=1)

    def utilities(self, deals: NDArray[np.integer], actors: Sequence[int] | None = None) -> Floats:
        """Return the (n, P, D) utilities of a few deals; the caller minds the size.

        Parameters
        ----------
        deals : (D, I) int
        actors : sequence of int, optional
            Rows of the actors wanted; all by default.
        """
        points, columns = self.columns(deals, actors)
        total = np.zeros((*points.shape[:2], len(deals)))
        for issue in range(columns.shape[1]):
            total += points[:, :, issue, :][:, :, columns[:, issue]]
        return total

    def gains(self, deals: NDArray[np.integer], actors: Sequence[int] | None = None) -> NDArray[np.int64]:
        """Return what deals are worth beyond no deal, (n, P, D), in whole micro-points: 0 is as good."""
        worth = self.worth if actors is None else self.worth[:, list(actors)]
        return micro(self.utilities(deals, actors)) - micro(worth)[:, :, None]

    def columns(
        self, deals: NDArray[np.integer], actors: Sequence[int] | None = None
    ) -> tuple[Floats, NDArray[np.integer]]:
        """Return points and deals in which every interaction is one more issue with the answers no and yes.

        Returns
        -------
        points : (n, P, I + K, M) array
            Of the actors wanted; of all by default.
        deals : (D, I + K) array
        """
        own = self.points if actors is None else self.points[:, list(actors)]
        if not self.effects:
            return own, deals
        rows = list(range(self.points.shape[1])) if actors is None else list(actors)
        n, _, issues, options = own.shape
        points = np.zeros((n, len(rows), issues + len(self.effects), max(2, options)))
        points[:, :, :issues, :options] = own
        for k, effect in enumerate(self.effects):
            whose = [at for at, row in enumerate(rows) if row == effect.actor]
            points[:, whose, issues + k, 1] = self.added[:, k, None]
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


def micro(values: Floats) -> NDArray[np.int64]:
    """Return points as whole micro-points, in which they are compared everywhere."""
    return np.rint(values * MICRO).astype(np.int64)


def whole(values: Floats) -> Floats:
    """Return points rounded to whole micro-points."""
    return np.asarray(micro(values) / MICRO)


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


Drawn = tuple[Units, Any]
"""Draws before they are weighed, and the state of the generator after them."""


def drawn(given: Stated, n: int, seed: int, quasi: bool) -> Drawn:
    """Return draws before they are weighed, and the state in which they leave the generator."""
    rng = np.random.default_rng(seed)
    return draw_units(given, n, rng, quasi), rng.bit_generator.state


def draw(
    enc: Encoded,
    n: int,
    seed: int,
    quasi: bool = False,
    units: Callable[[Stated, int, int, bool], Drawn] = drawn,
) -> Draws:
    """Draw preferences; the same case, n and seed give the same draws.

    Parameters
    ----------
    enc : Encoded
    n : int
        Number of draws.
    seed : int
    quasi : bool
        Points and saliences from a scrambled Sobol' sequence, which covers the ranges more evenly.
    units : callable
        Where draws before they are weighed come from; one that keeps them must give the same.
    """
    given, rng = stated(enc), np.random.default_rng(seed)
    plain, rng.bit_generator.state = units(given, n, seed, quasi)
    points, added = whole(weigh(given, plain)), _added(enc, n, rng)
    alone = Draws(points, np.zeros(points.shape[:2]), _like(enc), enc.effects, added)
    columns = [_worth(enc, p, alone, rng) for p in range(len(enc.actors))]
    return replace(alone, worth=np.stack(columns, axis=1))


def _added(enc: Encoded, n: int, rng: np.random.Generator) -> Floats:
    """Draw what options are worth together, uniformly in the stated ranges; nothing drawn where none is."""
    low, high = (np.array([effect.points[end] for effect in enc.effects]) for end in (0, 1))
    return whole(low + rng.random((n, len(enc.effects))) * (high - low)) if enc.effects else np.zeros((n, 0))


def _like(enc: Encoded) -> NDArray[np.int16]:
    """Return the deal each actor's no deal is about as good as: what the case names, then what would hold."""
    known = {issue.id for issue in enc.issues}
    given = [enc.case.no_deal.worth.get(actor.id) for actor in enc.actors]
    named = [enc.index({i: o for i, o in (w.like or {}).items() if i in known} if w else {}) for w in given]
    return np.array([np.where(row >= 0, row, enc.no_deal) for row in named], dtype=np.int16)


def _worth(enc: Encoded, actor: int, draws: Draws, rng: np.random.Generator) -> Floats:
    """Return an actor's worth of no deal: a range, or the points of a deal it is about as good as."""
    # The same number of random values per actor whatever the case gives, so that stating one actor's
    # worth does not reshuffle the draws of the others.
    unit = rng.random(len(draws.points))
    given = enc.case.no_deal.worth.get(enc.actors[actor].id)
    if given is not None and given.worth is not None:
        return np.asarray(given.worth.low + unit * (given.worth.high - given.worth.low))
    total = draws.utilities(draws.like[actor : actor + 1], [actor])[:, 0, 0]
    if given is not None and given.shift is not None:
        total = total + given.shift.low + unit * (given.shift.high - given.shift.low)
    return np.asarray(total)
