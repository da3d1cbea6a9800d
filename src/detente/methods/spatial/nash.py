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

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

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
    reach = np.sqrt(np.divide(np.maximum(D, 0.0), s, out=np.full_like(s, np.inf), where=s > 0))
    low = np.maximum((x - reach).max(axis=1), scale[0])
    high = np.minimum((x + reach).min(axis=1), scale[1])
    exists = (low < high) & (D > 0).all(axis=1)
    point = np.full(len(x), np.nan)
    if exists.any():
        rows = x[exists], (c * s)[exists], D[exists], s[exists]
        point[exists] = _root(rows, low[exists], high[exists])
    return Bargain(low, high, exists, point)


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
