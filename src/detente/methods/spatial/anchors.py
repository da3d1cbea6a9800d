"""Anchors of a spatial forecast: compromise, mean, weighted median, midrange and a robust centre.

Weight is capability x salience throughout. Arrays end in the axis of actors; leading axes are draws.

References
----------
Achen, C. (2006), in Thomson et al. (eds), *The European Union Decides*, chs 4 and 10,
doi:10.1017/CBO9780511492082.
Black, D. (1948), *Journal of Political Economy* 56(1), 23-34, doi:10.1086/256633.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_TIE = 1e-12  # relative: a cumulative weight this close to one half counts as one half
_HUBER_STEPS = 50


def checked(position: ArrayLike, weight: ArrayLike) -> tuple[Array, Array]:
    """Return position and weight as float arrays of one shape (..., n), or say what is wrong with them.

    Raises
    ------
    ValueError
        If a number is missing or infinite, a weight is negative, or a row has no positive weight.

    Examples
    --------
    >>> x, w = checked([0, 100], [[1, 1], [1, 3]])
    >>> x.shape, w.shape
    ((2, 2), (2, 2))
    """
    x, w = np.broadcast_arrays(np.asarray(position, dtype=float), np.asarray(weight, dtype=float))
    if x.ndim == 0 or x.shape[-1] == 0:
        raise ValueError("a spatial forecast needs at least one actor")
    if not (np.isfinite(x).all() and np.isfinite(w).all()):
        raise ValueError("every position and weight must be a finite number")
    if (w < 0).any() or (w.sum(axis=-1) <= 0).any():
        raise ValueError("weights (capability x salience) must not be negative, and not all zero")
    return x, w


def weighted_mean(position: ArrayLike, weight: ArrayLike) -> Array:
    """Return the weighted mean; with weight = capability x salience it is the compromise.

    Parameters
    ----------
    position, weight : array (..., n)
        Positions on the issue's scale; non-negative weights.

    Returns
    -------
    array (...)

    Examples
    --------
    >>> weighted_mean([0, 20, 50, 100], [2, 1, 1, 0.6]).round(4)
    np.float64(28.2609)
    """
    x, w = checked(position, weight)
    mean: Array = np.einsum("...i,...i->...", w, x) / w.sum(axis=-1)
    return mean


def weighted_median(position: ArrayLike, weight: ArrayLike) -> Array:
    """Return the smallest position with half of the weight at or below it.

    When the weight below hits one half exactly, the average of that position and the next. With
    single-peaked linear utilities this is the Condorcet winner.

    Parameters
    ----------
    position, weight : array (..., n)

    Examples
    --------
    >>> weighted_median([0, 10, 40], [1, 1, 2])
    np.float64(25.0)
    """
    x, w = checked(position, weight)
    order = np.argsort(x, axis=-1, kind="stable")
    x, cumulative = np.take_along_axis(x, order, -1), np.take_along_axis(w, order, -1).cumsum(axis=-1)
    half = cumulative[..., -1:] / 2
    lower = np.argmax(cumulative >= half * (1 - _TIE), axis=-1)
    upper = np.argmax(cumulative > half * (1 + _TIE), axis=-1)
    pair = np.take_along_axis(x, np.stack([lower, upper], axis=-1), -1)
    median: Array = pair.mean(axis=-1)
    return median


def midrange(position: ArrayLike, weight: ArrayLike) -> Array:
    """Return the middle between the lowest and the highest position held with positive weight.

    Examples
    --------
    >>> midrange([0, 20, 100], [1, 1, 1])
    np.float64(50.0)
    """
    low, high = spread(position, weight)
    middle: Array = (low + high) / 2
    return middle


def spread(position: ArrayLike, weight: ArrayLike) -> tuple[Array, Array]:
    """Return the lowest and the highest position held with positive weight, each of shape (...).

    Examples
    --------
    >>> spread([0, 20, 100], [1, 1, 0])
    (np.float64(0.0), np.float64(20.0))
    """
    x, w = checked(position, weight)
    held = w > 0
    return np.where(held, x, np.inf).min(axis=-1), np.where(held, x, -np.inf).max(axis=-1)


def huber(position: ArrayLike, weight: ArrayLike, reach: float = 25.0) -> Array:
    """Return Huber's robust centre: actors further than `reach` points away count for less.

    Parameters
    ----------
    position, weight : array (..., n)
    reach : float
        Distance in points within which an actor counts in full. The default is a judgement.

    Examples
    --------
    >>> huber([0, 0, 100], [1, 1, 1]).round(2)
    np.float64(12.5)
    """
    x, w = checked(position, weight)
    centre = weighted_median(x, w)
    for _ in range(_HUBER_STEPS):
        away = np.abs(x - centre[..., None])
        kept = w * np.minimum(1.0, reach / np.maximum(away, reach * 1e-9))
        centre = np.einsum("...i,...i->...", kept, x) / kept.sum(axis=-1)
    return centre
