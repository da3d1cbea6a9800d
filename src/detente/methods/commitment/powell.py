"""When shifting power makes every division of the prize unkeepable (Powell 2006), and what mends it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shift:
    """Power moving from a falling to a rising side; arrays of one shape, one entry per draw.

    Parameters
    ----------
    rising_now : (n,) array
        Probability that the rising side would win a war fought now.
    rising_later : (n,) array
        The same after the shift, if nothing blocks it; not below `rising_now`.
    destroyed : (n,) array
        Share of the prize that a war destroys, 0 to 1.
    discount : (n,) array
        Worth today of one unit next period, 0 to below 1.

    Raises
    ------
    ValueError
        If a number lies outside its range.

    References
    ----------
    R. Powell, War as a Commitment Problem, International Organization 60 (2006),
    doi:10.1017/S0020818306060061.
    """

    rising_now: Array
    rising_later: Array
    destroyed: Array
    discount: Array

    def __post_init__(self) -> None:
        for name in ("rising_now", "rising_later", "destroyed", "discount"):
            values = getattr(self, name)
            if not np.all((values >= 0) & (values <= 1)):
                raise ValueError(f"{name.replace('_', ' ')} lies on 0..1")
        if np.any(self.discount >= 1):
            raise ValueError("the discount must be below 1: a later gain is worth less than one now")
        if np.any(self.rising_later < self.rising_now):
            raise ValueError("the rising side cannot be weaker later than now; name the other side as rising")

    @property
    def prize(self) -> Array:
        """Worth of the whole prize, now and for ever: 1 / (1 - discount)."""
        return np.asarray(1 / (1 - self.discount))

    @property
    def war_falling(self) -> Array:
        """Worth of war now to the falling side."""
        return np.asarray((1 - self.rising_now) * (1 - self.destroyed) * self.prize)

    @property
    def war_rising_now(self) -> Array:
        """Worth of war now to the rising side."""
        return np.asarray(self.rising_now * (1 - self.destroyed) * self.prize)

    def war_rising_later(self, blocked: ArrayLike = 0.0) -> Array:
        """Worth of war to the rising side after the shift, of which a share `blocked` never happens."""
        full = self.rising_later * (1 - self.destroyed) * self.prize
        return np.asarray(self.war_rising_now + (1 - _share(blocked)) * (full - self.war_rising_now))


def shift(rising_now: ArrayLike, rising_later: ArrayLike, destroyed: ArrayLike, discount: ArrayLike) -> Shift:
    """Return a checked `Shift` from numbers or arrays.

    Examples
    --------
    >>> float(shift(0.3, 0.6, 0.1, 0.9).war_falling.round(6))
    6.3
    """
    given = (np.asarray(x, dtype=float) for x in (rising_now, rising_later, destroyed, discount))
    now, later, lost, factor = np.broadcast_arrays(*given)
    return Shift(now, later, lost, factor)


def peace_value(s: Shift, blocked: ArrayLike = 0.0) -> Array:
    """Return the most that peace can be worth to the falling side.

    It can be given the whole of this period and, from the next on, all that the rising side would not
    fight for: ``1 + d (B - M_rising(t+1))``.

    Parameters
    ----------
    s : Shift
    blocked : array-like
        Share of the shift that guarantees, monitors, a demilitarised zone or limits on arms prevent, 0 to 1.

    Examples
    --------
    >>> s = shift(0.3, 0.6, 0.1, 0.9)
    >>> float(peace_value(s).round(3)), float(peace_value(s, 0.5).round(3))
    (5.14, 6.355)
    """
    return np.asarray(1 + s.discount * (s.prize - s.war_rising_later(blocked)))


def war_unavoidable(s: Shift, blocked: ArrayLike = 0.0) -> NDArray[np.bool_]:
    """Tell whether no division can be kept: the rising side's gain exceeds the surplus of peace.

    The condition is ``d M_r(t+1) - M_r(t) > B - (M_f(t) + M_r(t))``, which is the same as peace being worth
    less to the falling side than war now.

    Examples
    --------
    >>> s = shift(0.3, 0.6, 0.1, 0.9)
    >>> bool(war_unavoidable(s)), bool(war_unavoidable(s, 0.48))
    (True, False)
    """
    gain = s.discount * s.war_rising_later(blocked) - s.war_rising_now
    surplus = s.prize - (s.war_falling + s.war_rising_now)
    return np.asarray(gain > surplus)


def needed_enforcement(s: Shift) -> Array:
    """Return the smallest share of the shift that must be blocked for some division to be kept.

    0 where peace can be kept unaided; NaN never: with the whole shift blocked peace is always possible,
    because war destroys something.

    Examples
    --------
    >>> float(needed_enforcement(shift(0.3, 0.6, 0.1, 0.9)).round(5))
    0.47737
    """
    tolerable = (s.prize - s.war_falling) / s.discount.clip(min=1e-9)
    gain = s.war_rising_later() - s.war_rising_now
    allowed = np.divide(tolerable - s.war_rising_now, gain, out=np.ones_like(gain), where=gain > 0)
    return np.asarray(np.clip(1 - allowed, 0.0, 1.0))


def critical_shift(s: Shift) -> Array:
    """Return the rising side's later chance of winning above which no division can be kept.

    Examples
    --------
    >>> float((1 - critical_shift(shift(0.3, 0.6, 0.1, 0.9))).round(5))
    0.54321
    """
    tolerable = (s.prize - s.war_falling) / s.discount.clip(min=1e-9)
    worth_of_winning = (1 - s.destroyed) * s.prize
    never = np.ones_like(worth_of_winning)  # where war destroys everything no shift makes it pay
    found = np.divide(tolerable, worth_of_winning, out=never, where=worth_of_winning > 0)
    return np.asarray(found.clip(0.0, 1.0))


def renewed_war_pays(s: Shift, share: ArrayLike, blocked: ArrayLike = 0.0) -> NDArray[np.bool_]:
    """Tell whether the rising side, once risen, gains more by war than the deal leaves it.

    Plain comparison after the shift (the lower end of Fearon's range for the side that rose): war pays if
    ``M_rising(t+1) > share * B``.

    Parameters
    ----------
    s : Shift
    share : array-like
        Share of the prize that the deal gives the rising side, 0 to 1.
    blocked : array-like
        Share of the shift that enforcement prevents.

    Examples
    --------
    >>> s = shift(0.3, 0.6, 0.1, 0.9)
    >>> bool(renewed_war_pays(s, 0.35)), bool(renewed_war_pays(s, 0.35, 0.8))
    (True, False)
    """
    return np.asarray(s.war_rising_later(blocked) > _share(share) * s.prize)


def enforcement_for_share(s: Shift, share: ArrayLike) -> Array:
    """Return the share of the shift to block so that renewed war stops paying under a given division.

    Above 1 where no enforcement of this kind suffices: war would pay today already.

    Examples
    --------
    >>> float(enforcement_for_share(shift(0.3, 0.6, 0.1, 0.9), 0.35).round(4))
    0.7037
    """
    gain = s.war_rising_later() - s.war_rising_now
    room = _share(share) * s.prize - s.war_rising_now
    unaided = np.where(room >= 0, 1.0, -np.inf)  # no shift: either it holds already or nothing blocks it
    allowed = np.divide(room, gain, out=unaided, where=gain > 0)
    return np.asarray(np.maximum(1 - allowed, 0.0))


def combined(shares: Array) -> Array:
    """Return the share blocked by several measures, each stopping its part of what the others let through.

    ``1 - prod(1 - e_k)``: measures never add to more than the whole shift. That they work independently of
    each other is a judgement.

    Parameters
    ----------
    shares : (n, k) array
        Share each of `k` measures blocks on its own, per draw.

    Examples
    --------
    >>> combined(np.array([[0.5, 0.5]]))
    array([0.75])
    """
    return np.asarray(1 - np.prod(1 - _share(shares), axis=-1))


def _share(values: ArrayLike) -> Array:
    array = np.asarray(values, dtype=float)
    if not np.all((array >= 0) & (array <= 1)):
        raise ValueError("a share lies on 0..1")
    return array
