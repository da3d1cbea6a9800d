"""Scores of forecasts on a scale from 0 to 100, and comparisons that respect clusters.

References
----------
Gneiting, T. & Raftery, A. (2007), *JASA* 102, 359-378, doi:10.1198/016214506000001437 (CRPS).
Cameron, A., Gelbach, J. & Miller, D. (2008), *Review of Economics and Statistics* 90(3), 414-427,
doi:10.1162/rest.90.3.414 (resampling whole clusters).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

GRID: Array = np.arange(101.0)
"""The integer points of the scale, on which distributions are read and scored."""
_SLACK = 1e-12  # a cumulative probability this far below a level still reaches it: rounding, not news


def crps(cdf: ArrayLike, outcome: ArrayLike) -> Array:
    """Return the continuous ranked probability score on the integer grid, in points; 0 is perfect.

    Parameters
    ----------
    cdf : array (..., 101)
        Distribution function at 0, 1, ..., 100.
    outcome : array (...)
        What happened, on 0..100.

    Examples
    --------
    >>> crps(np.where(GRID >= 50, 1.0, 0.0), 80.0)
    np.float64(30.0)
    """
    f, y = np.asarray(cdf, dtype=float), np.asarray(outcome, dtype=float)
    if f.shape[-1] != GRID.size:
        raise ValueError(f"the distribution is read at {GRID.size} points, 0 to 100; these are {f.shape[-1]}")
    score: Array = np.square(f - (y[..., None] <= GRID)).sum(axis=-1)
    return score


def quantile(cdf: ArrayLike, level: ArrayLike) -> Array:
    """Return the smallest grid point whose cumulative probability reaches each level.

    Parameters
    ----------
    cdf : array (..., 101)
    level : float or array (m,)

    Returns
    -------
    array (...) or (..., m)

    Examples
    --------
    >>> quantile(GRID / 100, [0.25, 0.5])
    array([25., 50.])
    """
    f, q = np.asarray(cdf, dtype=float), np.asarray(level, dtype=float)
    reached = f[..., None, :] >= np.atleast_1d(q)[:, None] - _SLACK
    points = GRID[np.argmax(reached, axis=-1)]
    found: Array = points if q.ndim else points[..., 0]
    return found


def covered(cdf: ArrayLike, outcome: ArrayLike, level: float) -> tuple[NDArray[np.bool_], Array]:
    """Return whether the central interval holds the outcome, and how wide it is in points.

    Examples
    --------
    >>> covered(GRID / 100, 20.0, 0.5)
    (np.False_, np.float64(50.0))
    """
    ends = quantile(cdf, [(1 - level) / 2, (1 + level) / 2])
    y = np.asarray(outcome, dtype=float)
    return (ends[..., 0] <= y) & (y <= ends[..., 1]), ends[..., 1] - ends[..., 0]


def brier(probability: ArrayLike, happened: ArrayLike) -> float:
    """Return the mean squared difference between a probability and what happened (1 or 0).

    Examples
    --------
    >>> brier([0.5, 1.0], [1, 1])
    0.125
    """
    p, y = np.asarray(probability, dtype=float), np.asarray(happened, dtype=float)
    return float(np.square(p - y).mean())


def empirical(outcomes: ArrayLike) -> Array:
    """Return the distribution of past outcomes on the grid: climatology, the baseline to beat.

    Examples
    --------
    >>> empirical([0, 100])[[0, 99, 100]]
    array([0.5, 0.5, 1. ])
    """
    y = np.sort(np.asarray(outcomes, dtype=float))
    if y.size == 0:
        raise ValueError("climatology needs at least one past outcome")
    share: Array = np.searchsorted(y, GRID + 1e-9, side="right") / y.size
    return share


def uniform() -> Array:
    """Return the distribution of a forecaster who knows nothing but the scale.

    Examples
    --------
    >>> uniform()[[0, 50, 100]]
    array([0. , 0.5, 1. ])
    """
    return GRID / 100


def point(position: ArrayLike) -> Array:
    """Return point forecasts (...) as distributions (..., 101) that are sure of themselves.

    Examples
    --------
    >>> point([40.0])[0, [39, 40]]
    array([0., 1.])
    """
    at = np.asarray(position, dtype=float)
    sure: Array = (at[..., None] - 1e-9 <= GRID).astype(float)
    return sure


def grouped_folds(groups: Sequence[str], folds: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return a fold for each row so that no group is split between folds.

    Parameters
    ----------
    groups : sequence of str
        The cluster of each row, such as its proposal.
    folds : int
    rng : numpy.random.Generator

    Examples
    --------
    >>> grouped_folds(["a", "a", "b", "c"], 3, np.random.default_rng(1)).size
    4
    """
    names, member = np.unique(np.asarray(groups), return_inverse=True)
    if folds < 2 or folds > names.size:
        raise ValueError(f"{names.size} groups cannot be dealt into {folds} folds")
    dealt = np.arange(names.size) % folds
    return np.asarray(rng.permutation(dealt)[member], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean difference with its 95% interval from resampled clusters."""

    mean: float
    low: float
    high: float


def paired_difference(
    score: ArrayLike,
    baseline: ArrayLike,
    groups: Sequence[str],
    rng: np.random.Generator,
    resamples: int = 2000,
) -> Difference:
    """Return the mean of score - baseline and the 95% interval of a bootstrap over whole clusters.

    Examples
    --------
    >>> paired_difference([1, 2, 3], [2, 3, 4], ["a", "a", "b"], np.random.default_rng(1))
    Difference(mean=-1.0, low=-1.0, high=-1.0)
    """
    gap = np.asarray(score, dtype=float) - np.asarray(baseline, dtype=float)
    _, member = np.unique(np.asarray(groups), return_inverse=True)
    total, size = np.bincount(member, gap), np.bincount(member)
    times = rng.multinomial(size.size, np.full(size.size, 1 / size.size), size=resamples)
    low, high = np.quantile((times @ total) / (times @ size), [0.025, 0.975])
    return Difference(float(gap.mean()), float(low), float(high))
