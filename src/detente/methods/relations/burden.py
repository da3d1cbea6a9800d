"""Who carries a common cause: burden shares against means, and whether commitments are covered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Burdens:
    """Contributions against means, donor by donor.

    Parameters
    ----------
    share : ndarray, shape (..., n)
        Part of all contributions; 0 for all where nobody gives.
    means_share : ndarray, shape (..., n)
        Part of all means.
    ratio : ndarray, shape (..., n)
        Share over means share: 1 is in proportion.
    """

    share: Floats
    means_share: Floats
    ratio: Floats


def burden_shares(given: ArrayLike, means: ArrayLike) -> Burdens:
    """Return each donor's share of a burden beside its share of the means.

    Parameters
    ----------
    given : array_like, shape (..., n)
        Contributions, not negative, in one unit; leading axes are draws.
    means : array_like, shape (n,) or (..., n)
        National incomes or another measure of means, above 0.

    Raises
    ------
    ValueError
        If something is negative, not finite, or means are not above 0.

    Notes
    -----
    M. Olson and R. Zeckhauser, "An Economic Theory of Alliances", Review of Economics and Statistics 48
    (1966), 266-279, doi:10.2307/1927082.

    Examples
    --------
    >>> shares = burden_shares([30, 10], [50, 50])
    >>> shares.share.tolist(), shares.ratio.tolist()
    ([0.75, 0.25], [1.5, 0.5])
    """
    g, m = np.asarray(given, dtype=np.float64), np.asarray(means, dtype=np.float64)
    if not (np.isfinite(g).all() and np.isfinite(m).all()) or (g < 0).any() or (m <= 0).any():
        raise ValueError("contributions are not negative and means are above 0")
    total = g.sum(axis=-1, keepdims=True)
    share = np.divide(g, total, out=np.zeros_like(g), where=total > 0)
    means_share = m / m.sum(axis=-1, keepdims=True)
    return Burdens(share, means_share, share / means_share)


def rank_correlation(x: ArrayLike, y: ArrayLike) -> float:
    """Return Spearman's rank correlation, the test of whether larger members carry more than their share.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        Means, and contributions as a part of means.

    Raises
    ------
    ValueError
        If the two differ in length, have under two entries, or one is constant.

    Notes
    -----
    Ranks of ties are averaged. Olson and Zeckhauser (1966) use it for NATO in 1964: 0.490.

    Examples
    --------
    >>> rank_correlation([1, 2, 3], [10, 20, 40]), rank_correlation([1, 2, 3], [3, 2, 1])
    (1.0, -1.0)
    """
    a, b = _ranks(x), _ranks(y)
    if a.shape != b.shape or a.size < 2:
        raise ValueError("two lists of one length, at least two entries")
    a, b = a - a.mean(), b - b.mean()
    if not a.any() or not b.any():
        raise ValueError("a rank correlation needs some variation in both lists")
    return float(np.clip(a @ b / np.sqrt((a @ a) * (b @ b)), -1, 1))


def cover(capability: ArrayLike, loads: ArrayLike, priority: ArrayLike) -> Floats:
    """Return the part of each commitment a guarantor could still serve if all were called at once.

    Parameters
    ----------
    capability : array_like, shape (...)
        What the guarantor can bring to bear; leading axes are draws.
    loads : array_like, shape (..., K)
        What each commitment would take, in the same points; 0 for one not in force.
    priority : array_like, shape (..., K)
        Stated priority; the highest is served first, equal ones share in proportion to their loads.

    Returns
    -------
    ndarray, shape (..., K)
        Covered part on 0 .. 1; 1 where the load is 0. More capability never lowers it; one more load never
        raises another's.

    Raises
    ------
    ValueError
        If something is negative or not finite.

    Notes
    -----
    An accounting of commitments outstanding against means, in the order of stated priorities; a rule of
    ours (judgement), not a published estimator of whether a guarantee would be honoured.

    Examples
    --------
    >>> cover(50, [40, 30], [90, 10]).tolist()
    [1.0, 0.3333333333333333]
    """
    c = np.asarray(capability, dtype=np.float64)
    load, rank = np.broadcast_arrays(np.asarray(loads, np.float64), np.asarray(priority, np.float64))
    for values in (c, load, rank):
        if not np.isfinite(values).all() or (values < 0).any():
            raise ValueError("capability, loads and priorities are numbers, not negative")
    before = (rank[..., None, :] > rank[..., :, None]) * load[..., None, :]
    same = (rank[..., None, :] == rank[..., :, None]) * load[..., None, :]
    left = np.maximum(c[..., None] - before.sum(axis=-1), 0)
    wanted = same.sum(axis=-1)
    ratio = np.divide(left, wanted, out=np.ones_like(left), where=wanted > left)
    return np.where(load > 0, np.minimum(ratio, 1.0), 1.0)


def _ranks(values: ArrayLike) -> Floats:
    """Return ranks from 1, ties averaged."""
    v = np.asarray(values, dtype=np.float64)
    if v.ndim != 1 or not np.isfinite(v).all():
        raise ValueError("a list of numbers is needed")
    _, place, count = np.unique(v, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[place], dtype=np.float64)
