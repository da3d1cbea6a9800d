"""What else is read off draws: quantiles of gains, central weights, and the error of a share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.methods.smaa_stated import FULL, Floats

MICRO = 1_000_000
"""Micro-points in a point: comparisons are made in these integers, so ties are exact."""

Z95 = 1.959963984540054
"""The 97.5% point of the standard normal distribution."""


def _gains(points: Floats, worth: Floats, deal: NDArray[Any]) -> Floats:
    gains: Floats = points[:, :, np.arange(points.shape[2]), deal].sum(axis=2) - worth
    return gains


def gain_quantiles(
    points: Floats, worth: Floats, deals: NDArray[Any], q: Sequence[float] = (0.05, 0.5, 0.95)
) -> Floats:
    """Quantiles over draws of each actor's gain over no deal, shape (len(q), D, P), in points.

    Examples
    --------
    >>> points = np.linspace(0, 100, 101).reshape(101, 1, 1, 1)
    >>> gain_quantiles(points, np.zeros((101, 1)), np.array([[0]])).reshape(3).tolist()
    [5.0, 50.0, 95.0]
    """
    if not (np.isfinite(points).all() and np.isfinite(worth).all()):
        raise ValueError("points and worth must be finite numbers")
    gains = np.empty((len(deals), *points.shape[1::-1]))
    for d, deal in enumerate(np.asarray(deals)):
        gains[d] = _gains(points, worth, deal).T
    gains.sort(axis=-1)
    return np.quantile(gains, q, axis=-1)


def central_weights(points: Floats, worth: Floats, deals: NDArray[Any]) -> Floats:
    """Mean weights, summing to 100, over the draws in which the actor accepts the deal: (D, P, I).

    The central weight vector of SMAA: the view of the issues with which an actor accepts. NaN where it
    never accepts (or weighs nothing), because then there is no such view.

    Examples
    --------
    >>> points = np.array([[[[80.0, 0], [20, 0]]], [[[40.0, 0], [60, 0]]]])
    >>> central_weights(points, np.full((2, 1), 50.0), np.array([[0, 1]])).tolist()
    [[[80.0, 20.0]]]
    """
    weight = points.max(axis=3)
    total = weight.sum(axis=2, keepdims=True)
    weight = weight * (FULL / np.where(total > 0, total, np.nan))
    out = np.full((len(deals), *weight.shape[1:]), np.nan)
    for d, deal in enumerate(np.asarray(deals)):
        agrees = np.rint(_gains(points, worth, deal) * MICRO) >= 0
        for p in np.flatnonzero(agrees.any(axis=0)):
            out[d, p] = weight[agrees[:, p], p].mean(axis=0)
    return out


def monte_carlo_error(share: Floats | float, n: int) -> tuple[Floats, Floats]:
    """Wilson's 95% interval of a share of n independent draws.

    Raises
    ------
    ValueError
        Where n < 1 or a share lies outside 0 to 1.

    References
    ----------
    Wilson 1927, doi:10.1080/01621459.1927.10502953.

    Examples
    --------
    >>> low, high = monte_carlo_error(0.0, 1000)
    >>> float(low), round(float(high), 4)
    (0.0, 0.0038)
    """
    share = np.asarray(share, dtype=np.float64)
    if n < 1 or not ((share >= 0) & (share <= 1)).all():
        raise ValueError("a share lies between 0 and 1, of at least one draw")
    scale = 1 + Z95**2 / n
    middle = (share + Z95**2 / (2 * n)) / scale
    half = Z95 / scale * np.sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    low = np.where(share == 0, 0.0, middle - half)
    return np.maximum(low, 0.0), np.minimum(np.where(share == 1, 1.0, middle + half), 1.0)
