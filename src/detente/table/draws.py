"""Draws of an encoded case: utilities consistent with what was stated, and what no deal is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.case.preferences import Worth
from detente.methods.smaa import Stated, draw_points
from detente.table.encode import Encoded

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
    """

    points: Floats
    worth: Floats

    def utilities(self, deals: NDArray[np.integer]) -> Floats:
        """Return the (n, P, D) utilities of a few deals; the caller minds the size."""
        total = np.zeros((*self.worth.shape, len(deals)))
        for issue in range(deals.shape[1]):
            total += self.points[:, :, issue, :][:, :, deals[:, issue]]
        return total


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


def draw(enc: Encoded, n: int, seed: int) -> Draws:
    """Draw preferences; the same case, n and seed give the same draws.

    Parameters
    ----------
    enc : Encoded
    n : int
        Number of draws.
    seed : int
    """
    rng = np.random.default_rng(seed)
    points = draw_points(stated(enc), n, rng)
    plain = enc.case.no_deal.worth
    columns = [_worth(enc, p, points[:, p], plain.get(a.id), rng) for p, a in enumerate(enc.actors)]
    return Draws(points, np.stack(columns, axis=1))


def _worth(enc: Encoded, actor: int, points: Floats, given: Worth | None, rng: np.random.Generator) -> Floats:
    """Return an actor's worth of no deal: a range, or the points of a deal it is about as good as."""
    # The same number of random values per actor whatever the case gives, so that stating one actor's
    # worth does not reshuffle the draws of the others.
    unit = rng.random(len(points))
    if given is not None and given.worth is not None:
        return np.asarray(given.worth.low + unit * (given.worth.high - given.worth.low))
    like = enc.no_deal.copy()
    if given is not None and given.like is not None:
        known = {issue.id for issue in enc.issues}
        named = enc.index({i: o for i, o in given.like.items() if i in known})
        like = np.where(named >= 0, named, like)
    total = points[:, np.arange(len(like)), like].sum(axis=1)
    if given is not None and given.shift is not None:
        total = total + given.shift.low + unit * (given.shift.high - given.shift.low)
    return np.asarray(total)
