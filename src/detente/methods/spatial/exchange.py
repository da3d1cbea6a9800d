"""Exchange of positions between pairs of issues: who would gain from yielding here to be met there.

Exploratory: a reconstruction whose details are ours, and on European decisions less accurate than the
compromise it starts from (docs/methods/exchange-of-issues.md).

References
----------
Stokman, F. & Van Oosten, R. (1994), in Bueno de Mesquita & Stokman (eds), *European Community Decision
Making*, Yale University Press, ch. 5.
Arregui, J., Stokman, F. & Thomson, R. (2004), *European Union Politics* 5(1), 47-72,
doi:10.1177/1465116504040445.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_SMALLEST = 1e-6  # gain (salience x points) below which nobody bothers


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange: `giver` yields on `on`, `taker` yields on `against`.

    Parameters
    ----------
    giver, taker : int
        Actors.
    on, against : int
        Issues.
    shift_on, shift_against : float
        Points the expected outcome moves on each issue.
    gain : float
        What each of the two gains, in salience x points; equal by construction.
    """

    giver: int
    taker: int
    on: int
    against: int
    shift_on: float
    shift_against: float
    gain: float


@dataclass(frozen=True, slots=True)
class Exchanges:
    """All exchanges carried out, in order, and what they do to the outcomes.

    Parameters
    ----------
    steps : tuple of Exchange
    before, after : array (m,)
        The compromise of each issue.
    position : array (n, m)
        Positions after all exchanges.
    """

    steps: tuple[Exchange, ...]
    before: Array
    after: Array
    position: Array


def exchanges(position: ArrayLike, capability: ArrayLike, salience: ArrayLike) -> Exchanges:
    """Carry out the exchange with the largest gain, again and again, until none is worth it.

    Each actor yields at most once on each issue; sides are judged by initial positions around the outcome as
    it moves.

    Parameters
    ----------
    position : array (n, m)
        Actors by issues.
    capability : array (n,)
    salience : array (n, m)
        0 for an actor without a say on an issue.

    Raises
    ------
    ValueError
        If shapes do not fit, a number is not finite, or an issue has no weight at all.

    Examples
    --------
    >>> done = exchanges([[0, 0], [100, 100], [50, 50]], [1, 1, 2], [[0.2, 0.8], [0.9, 0.3], [0.5, 0.5]])
    >>> done.before.round(2), done.after.round(2)
    (array([66.67, 38.1 ]), array([76.19, 28.57]))
    """
    x, c, s = _checked(position, capability, salience)
    weight = c[:, None] * s
    total = weight.sum(axis=0)
    before = (weight * x).sum(axis=0) / total
    initial, cheaper = x.copy(), _cheaper(s)
    unused = np.ones(cheaper.shape, dtype=bool)
    steps: list[Exchange] = []
    while True:
        allowed = unused & cheaper & _opposed(np.sign(initial - (weight * x).sum(axis=0) / total))
        shift_on, shift_against, gain = _offers(x, s, weight / total)
        gain = np.where(allowed, gain, -np.inf)
        a, b, A, B = (int(i) for i in np.unravel_index(int(np.argmax(gain)), gain.shape))
        if not gain[a, b, A, B] > _SMALLEST:
            break
        step = Exchange(a, b, A, B, *(float(q[a, b, A, B]) for q in (shift_on, shift_against, gain)))
        steps.append(step)
        x[a, A] += np.sign(x[b, A] - x[a, A]) * step.shift_on * total[A] / weight[a, A]
        x[b, B] += np.sign(x[a, B] - x[b, B]) * step.shift_against * total[B] / weight[b, B]
        unused[a, :, A, :] = False  # has yielded on this issue, in whichever role
        unused[:, a, :, A] = False
        unused[b, :, B, :] = False
        unused[:, b, :, B] = False
    return Exchanges(tuple(steps), before, (weight * x).sum(axis=0) / total, x)


def _checked(position: ArrayLike, capability: ArrayLike, salience: ArrayLike) -> tuple[Array, Array, Array]:
    x, c, s = (np.array(a, dtype=float) for a in (position, capability, salience))
    if x.ndim != 2 or s.shape != x.shape or c.shape != x.shape[:1]:
        raise ValueError("positions and saliences have shape (actors, issues), capabilities (actors,)")
    if not (np.isfinite(x).all() and np.isfinite(c).all() and np.isfinite(s).all()):
        raise ValueError("positions, capabilities and saliences must be finite numbers")
    if (c < 0).any() or (s < 0).any() or ((c[:, None] * s).sum(axis=0) <= 0).any():
        raise ValueError("capability and salience must not be negative, and each issue needs some weight")
    return x, c, s


def _opposed(side: Array) -> NDArray[np.bool_]:
    """Return which (a, b, A, B) stand on opposite sides of the outcome on both issues."""
    opposed = side[:, None] * side < 0
    both: NDArray[np.bool_] = opposed[:, :, :, None] & opposed[:, :, None, :]
    return both


def _cheaper(s: Array) -> NDArray[np.bool_]:
    """Return which (a, b, A, B) have a caring relatively less about A than b does, both having a say."""
    own = s[:, None, :, None] * s[None, :, None, :] < s[None, :, :, None] * s[:, None, None, :]
    able = (s[:, None, :, None] > 0) & (s[None, :, None, :] > 0)
    cheaper: NDArray[np.bool_] = own & able
    return cheaper


def _offers(x: Array, s: Array, lever: Array) -> tuple[Array, Array, Array]:
    """Return shifts on both issues and the common gain of every (a, b, A, B)."""
    apart = np.abs(x[:, None] - x)
    most_on = (apart * lever[:, None])[:, :, :, None]  # a adopts b's position on A
    most_against = (apart * lever[None, :])[:, :, None, :]  # b adopts a's position on B
    together = s[:, None] + s
    top, bottom = together[:, :, :, None], together[:, :, None, :]
    ratio = np.divide(
        top, bottom, out=np.zeros(np.broadcast_shapes(top.shape, bottom.shape)), where=bottom > 0
    )
    met = np.divide(most_against, ratio, out=np.zeros_like(ratio), where=ratio > 0)
    shift_on = np.minimum(most_on, met)
    shift_against = ratio * shift_on
    gain = s[:, None, None, :] * shift_against - s[:, None, :, None] * shift_on
    return shift_on, shift_against, gain
