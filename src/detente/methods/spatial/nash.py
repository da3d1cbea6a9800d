"""Nash bargaining on one issue with a finite no deal: where it exists, its point and its zone.

Actor i loses ``s_i (z - x_i)^2`` at a deal z and ``D_i`` at no deal; its zone is every z that loses less.

References
----------
Nash, J. (1950), *Econometrica* 18(2), 155-162, doi:10.2307/1907266.
Harsanyi, J. & Selten, R. (1972), *Management Science* 18(5), P80-P106, doi:10.1287/mnsc.18.5.80 (asymmetric).
Achen, C. (2006), in Thomson et al. (eds), *The European Union Decides*, chs 4 and 10,
doi:10.1017/CBO9780511492082 (the weighted mean as the limit of a very bad no deal).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Rows = tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike]
"""Position, capability, salience and no-deal loss of some actors."""

_STEPS = 200  # Newton needs about ten; a bracket halved 200 times has long run out of digits
_PRECISE = 1e-13  # relative width of the bracket, or of a step, at which a draw is done


@dataclass(frozen=True, slots=True)
class Bargain:
    """The Nash point of one issue, per draw of the inputs.

    Parameters
    ----------
    low, high : array (B,)
        Ends of what every required actor prefers to no deal, cut by the scale; low >= high where empty.
    exists : bool array (B,)
        Whether there is any zone of agreement.
    point : array (B,)
        The deal; NaN exactly where no zone exists, because there is then no point to give.
    """

    low: Array
    high: Array
    exists: NDArray[np.bool_]
    point: Array

    @property
    def share(self) -> float:
        """Share of draws with a zone of agreement."""
        return float(self.exists.mean())


def bargain(
    position: ArrayLike,
    capability: ArrayLike,
    salience: ArrayLike,
    no_deal_loss: ArrayLike,
    scale: tuple[float, float] = (-np.inf, np.inf),
) -> Bargain:
    """Return the argmax of the capability-weighted log gains over what all required actors accept.

    Only actors whose consent is needed may be passed; others do not enter.

    Parameters
    ----------
    position : array (n,) or (B, n)
    capability, salience : array (n,) or (B, n)
        Capability positive; salience not negative, and positive for somebody.
    no_deal_loss : array (n,) or (B, n)
        D_i in points squared times salience; zero or less means no deal is as good as the actor's ideal.
    scale : pair of float
        Ends of the issue's scale.

    Raises
    ------
    ValueError
        If a number is not finite, a capability is not positive, or nobody cares.

    Examples
    --------
    >>> found = bargain([0, 40, 100], [2, 1, 1], [1, 0.5, 0.8], [[5000, 3000, 4000], [900, 900, 900]])
    >>> found.exists, found.point.round(4)
    (array([ True, False]), array([44.1647,     nan]))
    """
    x, c, s, D = _checked(position, capability, salience, no_deal_loss)
    reach = _reach(s, D)
    low = np.maximum((x - reach).max(axis=1), scale[0])
    high = np.minimum((x + reach).min(axis=1), scale[1])
    exists = (low < high) & (D > 0).all(axis=1)
    point = np.full(len(x), np.nan)
    if exists.any():
        rows = x[exists], (c * s)[exists], D[exists], s[exists]
        point[exists] = _root(rows, low[exists], high[exists])
    return Bargain(low, high, exists, point)


def with_others(
    required: Rows, others: Rows, at_least: int, scale: tuple[float, float] = (-np.inf, np.inf)
) -> Bargain:
    """Return the point over what all required actors and at least k of some others prefer to no deal.

    The point weighs the gains of those required alone; the others only bound it. With several coalitions of
    k others the zone is the union of what each allows, which may have gaps between its ends.

    Parameters
    ----------
    required, others : tuple of array
        Position, capability, salience and no-deal loss, as `bargain` takes them; the capability of the others
        has no part in it.
    at_least : int
        How many of the others must accept.
    scale : pair of float
        Ends of the issue's scale.

    Raises
    ------
    ValueError
        As `bargain` does, or if more are asked for than there are.

    Examples
    --------
    >>> two = ([0.0, 100.0], [1, 1], [1, 1], [4900.0, 4900.0])
    >>> with_others(two, ([80.0, 10.0], [1, 1], [1, 1], [100.0, 3600.0]), 1).point.round(6)
    array([50.])
    >>> with_others(two, ([80.0, 10.0], [1, 1], [1, 1], [100.0, 3600.0]), 2).exists
    array([False])
    """
    alone = bargain(*required, scale)
    if not at_least:
        return alone
    x, _, s, D = _checked(*others)
    if at_least > x.shape[1]:
        raise ValueError(f"at least {at_least} of {x.shape[1]} can never accept")
    reach = np.where(D > 0, _reach(s, D), -np.inf)
    coalitions = [list(members) for members in combinations(range(x.shape[1]), at_least)]
    found = [_bounded(alone, (x - reach)[:, c], (x + reach)[:, c]) for c in coalitions]
    best = np.array([_weighed(required, b) for b in found]).argmax(axis=0)
    exists = np.array([b.exists for b in found])
    return Bargain(
        np.where(exists, [b.low for b in found], np.inf).min(axis=0),
        np.where(exists, [b.high for b in found], -np.inf).max(axis=0),
        np.asarray(exists.any(axis=0)),
        np.array([b.point for b in found])[best, np.arange(len(best))],
    )


def _bounded(alone: Bargain, low: Array, high: Array) -> Bargain:
    """Return the point where some others must accept too: with a concave objective it moves to the edge."""
    first, last = np.maximum(alone.low, low.max(axis=1)), np.minimum(alone.high, high.min(axis=1))
    exists = alone.exists & (first < last)
    return Bargain(first, last, exists, np.where(exists, np.clip(alone.point, first, last), np.nan))


def _weighed(required: Rows, found: Bargain) -> Array:
    """Return the weighted log gains at the point; minus infinity where there is none."""
    x, c, s, D = _checked(*required)
    gain = D - s * (np.where(found.exists, found.point, np.nan)[:, None] - x) ** 2
    with np.errstate(divide="ignore"):
        total = (c * np.log(np.maximum(gain, 0.0))).sum(axis=1)
    return np.where(found.exists, total, -np.inf)


def _reach(s: Array, D: Array) -> Array:
    """Return how far from its place an actor still prefers a deal."""
    return np.sqrt(np.divide(np.maximum(D, 0.0), s, out=np.full_like(s, np.inf), where=s > 0))


def _checked(*given: ArrayLike) -> tuple[Array, Array, Array, Array]:
    x, c, s, D = np.broadcast_arrays(*(np.atleast_2d(np.asarray(a, dtype=float)) for a in given))
    if not all(np.isfinite(a).all() for a in (x, c, s, D)):
        raise ValueError("positions, capabilities, saliences and losses must be finite numbers")
    if (c <= 0).any():
        raise ValueError("a required actor needs a capability above zero to bargain")
    if (s < 0).any() or (s.sum(axis=1) <= 0).any():
        raise ValueError("saliences must not be negative, and somebody must care")
    return x, c, s, D


def _root(rows: tuple[Array, ...], low: Array, high: Array) -> Array:
    """Find where the slope of the log gains changes sign: Newton inside a bracket, halved where it strays.

    The objective is strictly concave, so the slope falls strictly; where the scale cuts the zone and the
    slope keeps its sign, the bracket closes on that end.
    """
    low, high = low.copy(), high.copy()
    z = (low + high) / 2
    active = np.arange(z.size)
    for _ in range(_STEPS):
        x, w, D, s = (a[active] for a in rows)
        away = x - z[active, None]
        gain = D - s * away**2
        slope = (w * away / gain).sum(axis=1)
        bend = (w * (1 / gain + 2 * s * (away / gain) ** 2)).sum(axis=1)
        here = z[active]
        low[active] = np.where(slope > 0, here, low[active])
        high[active] = np.where(slope > 0, high[active], here)
        jump = here + slope / bend
        inside = (jump >= low[active]) & (jump <= high[active])
        z[active] = np.where(inside, jump, (low[active] + high[active]) / 2)
        size = np.maximum(1.0, np.abs(here)) * _PRECISE
        moving = (np.abs(z[active] - here) > size) & (high[active] - low[active] > size)
        active = active[moving]
        if active.size == 0:
            break
    return z
