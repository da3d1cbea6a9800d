"""First-order variance shares of every input from one plain Monte Carlo sample, by ranks.

A Sobol index by the usual design needs (inputs + 2) x sample runs of the model. With dozens of inputs and a
model that takes a second, that is out of reach. Ordering the sample by each input in turn and comparing
neighbours estimates all first-order indices from the same runs.

References
----------
Gamboa, F., Gremaud, P., Klein, T. & Lagnoux, A. (2022), *Bernoulli* 28(4), 2345-2374,
doi:10.3150/21-BEJ1421 (the estimator).
Chatterjee, S. (2021), *JASA* 116, 2009-2022, doi:10.1080/01621459.2020.1758115 (ranks of neighbours).
Sobol, I. (2001), *Mathematics and Computers in Simulation* 55, 271-280,
doi:10.1016/S0378-4754(00)00270-6 (the indices).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

GROUPS = 20
"""Parts of the sample left out in turn for the error: judgement; more changes it little."""


@dataclass(frozen=True, slots=True)
class Indices:
    """Shares of the variance explained by each input alone.

    Parameters
    ----------
    share : array (k,)
        First-order index; may fall a little below 0 by chance.
    error : array (k,)
        Standard error, from leaving out parts of the sample.
    floor : float
        Share that an input without influence exceeds in one sample of twenty.
    """

    share: Array
    error: Array
    floor: float


def first_order(x: ArrayLike, y: ArrayLike) -> Indices:
    """Return the first-order indices of all inputs.

    Parameters
    ----------
    x : array (N, k)
        Independent draws of the inputs; N at least 2 x `GROUPS`.
    y : array (N,)
        The output of each draw. Where it never varies, every share is 0.

    Raises
    ------
    ValueError
        If shapes do not fit, a number is not finite, or there are too few draws.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = rng.uniform(size=(4000, 3))
    >>> first_order(x, 2 * x[:, 0] + x[:, 1]).share.round(1) + 0.0  # exactly 0.8, 0.2 and 0
    array([0.8, 0.2, 0. ])
    """
    given, out = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if given.ndim != 2 or out.shape != given.shape[:1]:
        raise ValueError(
            f"inputs have shape (draws, inputs) and outputs (draws,); not {given.shape}, {out.shape}"
        )
    if not (np.isfinite(given).all() and np.isfinite(out).all()):
        raise ValueError("inputs and outputs must be finite numbers")
    if len(out) < 2 * GROUPS:
        raise ValueError(f"{len(out)} draws are too few for shares of variance; {2 * GROUPS} are the least")
    # Neighbours are compared around the mean: the raw moments would lose digits where the mean is large.
    centred = out - out.mean()
    order = np.argsort(given, axis=0, kind="stable")
    member = np.arange(len(out)) % GROUPS  # draws come in no order, so any dealing is as good as another
    share = _shares(order, centred)
    left = np.array([_shares(_without(order, member == g), centred) for g in range(GROUPS)])
    error = np.sqrt((GROUPS - 1) * np.square(left - left.mean(axis=0)).mean(axis=0))
    return Indices(share, error, 1.645 / float(np.sqrt(len(out))))


def _shares(order: NDArray[np.intp], y: Array) -> Array:
    """Return the mean product of neighbours over the variance, input by input; the last meets the first."""
    sorted_y = y[order]
    mean = sorted_y.mean(axis=0)
    variance = np.square(sorted_y).mean(axis=0) - mean**2
    product = (sorted_y * np.roll(sorted_y, -1, axis=0)).mean(axis=0) - mean**2
    share: Array = np.divide(product, variance, out=np.zeros_like(product), where=variance > 0)
    return share


def _without(order: NDArray[np.intp], gone: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the orders with some draws left out."""
    kept = ~gone[order]
    return order.T[kept.T].reshape(order.shape[1], -1).T
