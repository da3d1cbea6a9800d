"""The default engine: a reference class, times the ratios of a deal's terms, as draws of its failure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods.durability.pieces import draw_hazards, failure
from detente.methods.durability.ratios import Ratio
from detente.methods.durability.references import ReferenceClass

Array = NDArray[np.float64]

INTERVAL = (5.0, 95.0)
"""Percentiles of the drawn curves shown as the interval: 90%."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a deal: a ratio, and how much of the feature the deal has.

    Parameters
    ----------
    ratio : Ratio
    low, high : float
        Range of the amount, 0 (absent) to 1 (fully there); drawn evenly.
    """

    ratio: Ratio
    low: float = 1.0
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class Draws:
    """Hazards of one deal, draw by draw; every number about it comes from the same draws.

    Parameters
    ----------
    base : (n, 5) array
        Hazards of the reference class.
    factors : (k, n) array
        Factor of each term.
    from_day : float
        First day the class can say anything about.
    """

    base: Array
    factors: Array
    from_day: float

    def hazard(self, leave_out: int | None = None) -> Array:
        """Return hazards with all terms, or with one left out."""
        kept = np.delete(self.factors, [] if leave_out is None else [leave_out], axis=0)
        return np.asarray(self.base * kept.prod(axis=0)[:, None])

    def failed(self, days: ArrayLike, held: float = 0.0, leave_out: int | None = None) -> Array:
        """Return the drawn probabilities of failure, (n, k): by each day, given held so long."""
        known = max(held, self.from_day)
        return failure(self.hazard(leave_out), days, known)

    def weights(self, held: float, leave_out: int | None = None) -> Array | None:
        """Return the chance each draw gave to holding so long, (n,); None where nothing is known yet."""
        if held <= self.from_day:
            return None
        return np.asarray(1 - failure(self.hazard(leave_out), [held], self.from_day)[:, 0])

    def weights_base(self, held: float) -> Array | None:
        """Return the same for the reference class alone."""
        if held <= self.from_day:
            return None
        return np.asarray(1 - failure(self.base, [held], self.from_day)[:, 0])

    def failed_base(self, days: ArrayLike, held: float = 0.0) -> Array:
        """Return the same for the reference class alone."""
        return failure(self.base, days, max(held, self.from_day))


def draw(base: ReferenceClass, terms: Sequence[Term], n: int, rng: np.random.Generator) -> Draws:
    """Draw the hazards of a deal.

    Parameters
    ----------
    base : ReferenceClass
        The group the deal starts from.
    terms : sequence of Term
        What the deal has beyond that group.
    n : int
        Number of draws.
    rng : numpy.random.Generator

    Raises
    ------
    ValueError
        If a term's feature is what defines the group: its effect would count twice.

    Examples
    --------
    >>> from detente.methods.durability.ratios import priors
    >>> from detente.methods.durability.references import FORTNA_VARYING, classes
    >>> truce = classes()[FORTNA_VARYING, "truce, peacekeepers absent"]
    >>> draws = draw(truce, [Term(priors()["peacekeepers"])], 4000, np.random.default_rng(1))
    >>> alone, with_them = draws.failed_base([365]).mean(), draws.failed([365]).mean()
    >>> bool(with_them < alone)
    True
    """
    double = [t.ratio.label for t in terms if t.ratio.feature in base.features]
    if double:
        raise ValueError(
            f'every member of "{base.group}" already has: {double[0]}; its ratio must not be used'
        )
    hazards = draw_hazards(base.counts, base.wider, n, rng)
    factors = [t.ratio.draw(rng.uniform(t.low, t.high, n), rng) for t in terms]
    return Draws(hazards, np.array(factors).reshape(len(terms), n), base.from_day)


def summary(drawn: Array, weights: Array | None = None) -> tuple[Array, Array, Array]:
    """Return mean, lower and upper end over draws of an (n, k) array.

    The mean over draws is the predictive probability; the ends are the 5th and 95th percentile, widened where
    needed to hold it. Where a halt
    is known to have held, that is evidence on its hazard: draws are weighted by the chance they gave to it.

    Parameters
    ----------
    drawn : (n, k) array
    weights : (n,) array, optional
        Weights of the draws, not all 0; equal by default.

    Examples
    --------
    >>> mean, low, high = summary(np.array([[0.2], [0.4], [0.6]]), np.array([1.0, 1.0, 0.0]))
    >>> float(mean[0].round(3)), float(high[0])
    (0.3, 0.4)
    """
    if weights is None:
        low, high = np.percentile(drawn, INTERVAL, axis=0)
        return _holding(drawn.mean(axis=0), low, high)
    if not weights.sum() > 0:
        raise ValueError("no draw is compatible with the halt having held so long")
    share = weights / weights.sum()
    ends = [_weighted(drawn[:, k], share) for k in range(drawn.shape[1])]
    return _holding(share @ drawn, np.array([e[0] for e in ends]), np.array([e[1] for e in ends]))


def _holding(mean: Array, low: Array, high: Array) -> tuple[Array, Array, Array]:
    return mean, np.minimum(low, mean), np.maximum(high, mean)


def _weighted(values: Array, share: Array) -> tuple[float, float]:
    order = np.argsort(values)
    below = np.cumsum(share[order]) * 100
    low, high = (values[order[min(int(np.searchsorted(below, q)), values.size - 1)]] for q in INTERVAL)
    return float(low), float(high)
