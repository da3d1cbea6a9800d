"""Quantiles of a Monte Carlo sample with intervals that assume no distribution.

References
----------
Conover, W. (1999), *Practical Nonparametric Statistics*, 3rd ed., ch. 3.2 (quantile, order statistics).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its 95% Monte Carlo interval."""

    value: float
    low: float
    high: float


def quantile(sample: ArrayLike, level: float) -> Estimate:
    """Return a quantile of a sample, and the order statistics that bound it in 95% of samples.

    Parameters
    ----------
    sample : array (N,)
    level : float
        Above 0, below 1.

    Examples
    --------
    >>> quantile(range(101), 0.5)
    Estimate(value=50.0, low=40.0, high=60.0)
    """
    from scipy.stats import binom

    values = np.sort(np.asarray(sample, dtype=float))
    n = len(values)
    if n == 0 or not 0 < level < 1:
        raise ValueError("a quantile needs a sample, and a level between 0 and 1")
    below, above = (int(binom.ppf(tail, n, level)) for tail in (0.025, 0.975))
    low, high = max(below - 1, 0), min(above, n - 1)
    return Estimate(float(np.quantile(values, level)), float(values[low]), float(values[high]))
