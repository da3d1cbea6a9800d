"""The piecewise-constant hazard: events and days at risk in pieces of time, and what they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

EDGES = np.array([0.0, 30.0, 90.0, 365.0, 1825.0])
"""Where the pieces begin, in days; the last has no end."""

HORIZONS = (30, 90, 180, 365, 730, 1825)
"""The days every durability table shows."""

PRIOR_EVENTS = 0.5
"""Weight of the prior in each piece, in events: half a failure. Judgement: weak, yet it keeps a piece
without failures from reading as a hazard of zero."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What was seen in each piece of time.

    Parameters
    ----------
    events : (5,) array
        Failures in the piece.
    days : (5,) array
        Days at risk in the piece, over all ceasefires; 0 where a source says nothing.
    """

    events: Array
    days: Array

    def __post_init__(self) -> None:
        for values in (self.events, self.days):
            if values.shape != EDGES.shape or not np.all(np.isfinite(values)) or np.any(values < 0):
                raise ValueError(
                    "events and days at risk are one number from 0 up for each of the five pieces"
                )
        if np.any(self.events[self.days == 0] > 0):
            raise ValueError("a piece has failures but no days at risk")

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Pieces in which anything was at risk."""
        return self.days > 0


def pieces_of(days: ArrayLike) -> Array:
    """Return how many of the first `days` days fall into each piece.

    Parameters
    ----------
    days : (...,) array-like
        Days since the halt took effect, from 0 up.

    Returns
    -------
    (..., 5) array

    Examples
    --------
    >>> pieces_of(180)
    array([30., 60., 90.,  0.,  0.])
    """
    t = np.asarray(days, dtype=float)[..., None]
    if np.any(t < 0) or np.any(np.isnan(t)):
        raise ValueError("days are counted from 0 up")
    ends = np.append(EDGES[1:], np.inf)
    return np.asarray(np.clip(t, EDGES, ends) - EDGES)


def failure(hazard: Array, days: ArrayLike, held: float = 0.0) -> Array:
    """Return the probability that a halt has failed by a day, given that it has held so far.

    ``F(t) = 1 - exp(-sum_j h_j * days of piece j between held and t)``

    Parameters
    ----------
    hazard : (..., 5) array
        Hazard a day in each piece.
    days : (k,) array-like
        Days since the halt took effect, not before `held`.
    held : float
        Days it is known to have held.

    Returns
    -------
    (..., k) array

    Raises
    ------
    ValueError
        If a hazard is negative or not a number, or a day lies before `held`.

    References
    ----------
    M. Friedman, Piecewise Exponential Models for Survival Data with Covariates, Annals of Statistics 10
    (1982), doi:10.1214/aos/1176345693.

    Examples
    --------
    Crude hazards of truces without peacekeepers after 1989:

    >>> h = np.array([2 / 944, 8 / 1551, 7 / 4700, 9 / 13075, 0.0])
    >>> failure(h, [30, 90, 365]).round(3)
    array([0.062, 0.311, 0.543])
    """
    h = np.asarray(hazard, dtype=float)
    if not np.all(h >= 0):
        raise ValueError("a hazard is a number from 0 up")
    at = pieces_of(np.atleast_1d(days)) - pieces_of(held)
    if np.any(at < -1e-9):
        raise ValueError("the day asked for lies before the day up to which the halt is known to have held")
    return np.asarray(-np.expm1(-(h @ at.T)))


def crude(counts: Counts) -> Array:
    """Return events per day at risk in each piece; NaN where nothing was at risk.

    Examples
    --------
    >>> crude(Counts(np.array([2.0, 8, 7, 9, 0]), np.array([944.0, 1551, 4700, 13075, 8764]))).round(5)
    array([0.00212, 0.00516, 0.00149, 0.00069, 0.     ])
    """
    blank = np.full(EDGES.shape, np.nan)
    return np.asarray(np.divide(counts.events, counts.days, out=blank, where=counts.seen))


def draw_hazards(counts: Counts, wider: Counts, n: int, rng: np.random.Generator) -> Array:
    """Draw hazards from the posterior of a group, with a weak prior from the wider set it belongs to.

    ``lambda_j ~ Gamma(a0 + d_j, b0 + T_j)`` with ``a0 = 0.5`` and ``b0 = 0.5 T_j / max(d_j, 0.5)`` of the
    wider set: the prior weighs half an event and sits at the wider set's rate.

    Parameters
    ----------
    counts : Counts
        The group.
    wider : Counts
        The set the group is a part of.
    n : int
        Number of draws.
    rng : numpy.random.Generator

    Returns
    -------
    (n, 5) array
        Hazards a day; 0 in pieces about which the source says nothing (see `Counts.seen`).

    References
    ----------
    Conjugate analysis of a Poisson rate; the pieces after Friedman (1982), doi:10.1214/aos/1176345693.

    Examples
    --------
    >>> group = Counts(np.array([2.0, 8, 7, 9, 0]), np.array([944.0, 1551, 4700, 13075, 8764]))
    >>> draw_hazards(group, group, 1000, np.random.default_rng(1)).shape
    (1000, 5)
    """
    if n < 1:
        raise ValueError("at least one draw is needed")
    known = wider.days > 0
    per_event = np.divide(
        wider.days, np.maximum(wider.events, PRIOR_EVENTS), out=np.ones_like(wider.days), where=known
    )
    shape, rate = PRIOR_EVENTS + counts.events, PRIOR_EVENTS * per_event + counts.days
    drawn = rng.gamma(shape, 1.0, size=(n, EDGES.size)) / rate
    return np.where(counts.seen, drawn, 0.0)


def count_pieces(entry: ArrayLike, leave: ArrayLike, failed: ArrayLike) -> Counts:
    """Count events and days at risk by piece from individual spells.

    Parameters
    ----------
    entry, leave : (n,) array-like
        Days since the halt took effect at which a spell enters and leaves observation.
    failed : (n,) array-like of bool
        Whether it left by failing.

    Raises
    ------
    ValueError
        If a spell leaves before it enters or is not a number.

    Examples
    --------
    >>> seen = count_pieces([0, 0], [40, 400], [True, False])
    >>> seen.events, seen.days
    (array([0., 1., 0., 0., 0.]), array([ 60.,  70., 275.,  35.,   0.]))
    """
    start, end = np.asarray(entry, dtype=float), np.asarray(leave, dtype=float)
    event = np.asarray(failed, dtype=bool)
    if not np.all(end >= start) or np.any(start < 0):
        raise ValueError("a spell must leave observation no earlier than it enters, from day 0 on")
    days = (pieces_of(end) - pieces_of(start)).sum(axis=0)
    # Intervals are open on the left and closed on the right: a failure on day 30 belongs to the first piece.
    piece = np.clip(np.searchsorted(EDGES, end[event], side="left") - 1, 0, EDGES.size - 1)
    return Counts(np.bincount(piece, minlength=EDGES.size).astype(float), days)


def beta_binomial(failed: int, survived: int, level: float = 0.9) -> tuple[float, float, float]:
    """Return mean and interval of one horizon's failure probability: the plain alternative to hazards.

    ``Beta(1 + failures, 1 + survivors)``; spells censored before the horizon must be left out by the caller.

    Examples
    --------
    >>> tuple(round(x, 3) for x in beta_binomial(17, 15))
    (0.529, 0.389, 0.667)
    """
    from scipy.special import betaincinv

    if failed < 0 or survived < 0:
        raise ValueError("counts run from 0 up")
    a, b, tail = 1 + failed, 1 + survived, (1 - level) / 2
    return a / (a + b), float(betaincinv(a, b, tail)), float(betaincinv(a, b, 1 - tail))
