"""Exact levers of the compromise: what moves it, by how much, and who stands at the weighted median."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods.spatial.anchors import checked, weighted_mean, weighted_median

Array = NDArray[np.float64]

_ALONE = 1e-12  # share of weight left to the others below which an actor counts as alone


@dataclass(frozen=True, slots=True)
class Levers:
    """What one more unit of an actor's position or weight does to the compromise.

    Parameters
    ----------
    compromise : array (...)
    by_position : array (..., n)
        Points the compromise moves when the actor moves by one point.
    by_weight : array (..., n)
        Points it moves per unit of the actor's weight.
    pull : array (..., n)
        How far the compromise stands from where it would be without the actor; 0 for a lone actor.
    """

    compromise: Array
    by_position: Array
    by_weight: Array
    pull: Array


def levers(position: ArrayLike, weight: ArrayLike) -> Levers:
    """Return the exact derivatives of the compromise; no simulation is needed.

    Salience and capability follow by the chain rule: one more unit of salience moves the compromise by
    ``by_weight * capability``.

    Examples
    --------
    >>> levers([0, 20, 50, 100], [2, 1, 1, 0.6]).by_position.round(3)
    array([0.435, 0.217, 0.217, 0.13 ])
    """
    x, w = checked(position, weight)
    total = w.sum(axis=-1, keepdims=True)
    mean = weighted_mean(x, w)
    rest = total - w
    pull = np.divide(w * (x - mean[..., None]), rest, out=np.zeros_like(w), where=rest > _ALONE * total)
    return Levers(mean, w / total, (x - mean[..., None]) / total, pull)


def heavier(position: ArrayLike, weight: ArrayLike, extra: ArrayLike) -> Array:
    """Return how far the compromise moves when one actor alone gains that much weight, shape (..., n).

    Parameters
    ----------
    position, weight : array (..., n)
    extra : array (..., n)
        Weight added to each actor in turn; with salience up by d it is capability x d, and the reverse.

    Examples
    --------
    >>> heavier([0, 100], [1, 1], [1, 2])
    array([-16.66666667,  25.        ])
    """
    x, w = checked(position, weight)
    more = np.asarray(extra, dtype=float)
    moved: Array = more * (x - weighted_mean(x, w)[..., None]) / (w.sum(axis=-1, keepdims=True) + more)
    return moved


@dataclass(frozen=True, slots=True)
class Carry:
    """What one actor alone would need to carry the compromise to a target.

    Parameters
    ----------
    position : array (n,)
        The position it would have to take; may lie outside the scale, and is inf without weight.
    weight : array (n,)
        The weight it would need at its own position; inf where no weight is enough.
    """

    position: Array
    weight: Array


def carry(position: ArrayLike, weight: ArrayLike, target: float) -> Carry:
    """Return, for each actor alone, the position or the weight that carries the compromise to `target`.

    Examples
    --------
    >>> need = carry([0, 100], [1, 1], 75.0)
    >>> need.position, need.weight
    (array([ 50., 150.]), array([0.33333333, 3.        ]))
    """
    x, w = checked(position, weight)
    total, gap = w.sum(), target - float(weighted_mean(x, w))
    away = np.full_like(x, np.inf if gap > 0 else -np.inf)
    moved = x + np.divide(gap * total, w, out=away, where=w > 0)
    extra = np.divide(total * gap, x - target, out=np.full_like(x, np.inf), where=x != target)
    needed = w + extra
    return Carry(x if gap == 0 else moved, w if gap == 0 else np.where(needed >= 0, needed, np.inf))


@dataclass(frozen=True, slots=True)
class Pivot:
    """Who stands at the weighted median, and how much weight must move to shift it.

    Parameters
    ----------
    position : float
    actors : tuple of int
        Indices of the actors at the median; two groups where it falls between two positions.
    down, up : float
        Share of all weight that must cross the median to move it down, or up.
    """

    position: float
    actors: tuple[int, ...]
    down: float
    up: float


def pivot(position: ArrayLike, weight: ArrayLike) -> Pivot:
    """Return the pivot of one issue (arrays of shape (n,)) and its margins.

    Examples
    --------
    >>> pivot([0, 20, 50, 100], [2, 1, 1, 0.6])
    Pivot(position=20.0, actors=(1,), down=0.065..., up=0.152...)
    """
    x, w = checked(position, weight)
    total, at = w.sum(), float(weighted_median(x, w))
    below, held = w[x < at].sum(), w > 0
    at_or_below = w[x <= at].sum()
    here = held & (x == at)
    if not here.any():  # the median fell between two positions: both sides of the gap are pivotal
        lower, upper = x[held & (x < at)].max(), x[held & (x > at)].min()
        here = held & ((x == lower) | (x == upper))
    actors = tuple(int(i) for i in np.flatnonzero(here))
    return Pivot(at, actors, float(max(0.0, 0.5 - below / total)), float(max(0.0, at_or_below / total - 0.5)))
