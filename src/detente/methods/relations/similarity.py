"""How alike two states' alliance portfolios are: S, Scott's pi, Cohen's kappa and Kendall's tau-b."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def portfolio_s(x: ArrayLike, y: ArrayLike, top: float, weights: ArrayLike | None = None) -> float:
    """Return Signorino and Ritter's S: one minus twice the weighted share of the largest distance.

    Parameters
    ----------
    x, y : array_like, shape (N,)
        Commitments of two states to each of the N states of the system, on 0 .. `top`.
    top : float
        Largest value of the scale (3 where a defence pact counts 3, neutrality 2, an entente 1).
    weights : array_like, shape (N,), optional
        Importance of each state, not negative; equal where left out.

    Returns
    -------
    float
        1 where the portfolios agree everywhere, -1 where they lie at opposite ends everywhere.

    Raises
    ------
    ValueError
        If the portfolios differ in length, leave the scale, or the weights are negative or all zero.

    Notes
    -----
    C. S. Signorino and J. M. Ritter, "Tau-b or Not Tau-b: Measuring the Similarity of Foreign Policy
    Positions", International Studies Quarterly 43 (1999), 115-144, doi:10.1111/0020-8833.00113.
    S counts a shared absence of ties as agreement, so it is high for any two states with few allies; on
    valued data a wide non-aggression pact makes opponents look alike. Prefer `portfolio_kappa` on defence
    pacts.

    Examples
    --------
    >>> portfolio_s([3, 0, 0, 3], [3, 0, 3, 0], top=3)
    0.0
    """
    a, b = _pair(x, y)
    if not top > 0:
        raise ValueError(f"the largest value of the scale must be above 0, not {top:g}")
    if min(a.min(), b.min()) < 0 or max(a.max(), b.max()) > top:
        raise ValueError(f"a portfolio leaves the scale 0..{top:g}")
    w = _weights(weights, a.size)
    return float(1 - 2 * (w @ np.abs(a - b)) / (top * w.sum()))


def portfolio_kappa(x: ArrayLike, y: ArrayLike) -> float:
    """Return Cohen's kappa for valued portfolios: agreement beyond what each state's own mean would give.

    Parameters
    ----------
    x, y : array_like, shape (N,)
        Commitments of two states to each of the N states of the system.

    Returns
    -------
    float
        At most 1 (equal portfolios); 0 is chance agreement.

    Raises
    ------
    ValueError
        If the portfolios differ in length, hold something not finite, or are the same constant, for then
        neither agreement nor disagreement can be told from chance.

    Notes
    -----
    J. Cohen (1960), doi:10.1177/001316446002000104, with squared distances as in F. M. Haege, "Choice or
    Circumstance? Adjusting Measures of Foreign Policy Similarity for Chance Agreement", Political Analysis
    19 (2011), 287-305, doi:10.1093/pan/mpr023.

    Examples
    --------
    >>> portfolio_kappa([1, 0, 0, 1], [1, 0, 0, 1]), round(portfolio_kappa([1, 1, 0, 0], [0, 1, 1, 0]), 3)
    (1.0, 0.0)
    """
    a, b = _pair(x, y)
    return _chance_corrected(a, b, 2 / a.size * a.sum() * b.sum())


def portfolio_pi(x: ArrayLike, y: ArrayLike) -> float:
    """Return Scott's pi for valued portfolios: as kappa, but with one mean for both states.

    Parameters
    ----------
    x, y : array_like, shape (N,)
        Commitments of two states to each of the N states of the system.

    Returns
    -------
    float
        At most 1, and never above kappa.

    Raises
    ------
    ValueError
        As `portfolio_kappa`.

    Notes
    -----
    W. A. Scott (1955), doi:10.1086/266577; valued form: Haege (2011), doi:10.1093/pan/mpr023. Pi charges a
    state for having more allies than the other; kappa does not.

    Examples
    --------
    >>> round(portfolio_pi([1, 1, 1, 0], [1, 0, 0, 0]), 4)
    0.0
    """
    a, b = _pair(x, y)
    return _chance_corrected(a, b, (a.sum() + b.sum()) ** 2 / (2 * a.size))


def tau_b(x: ArrayLike, y: ArrayLike) -> float:
    """Return Kendall's tau-b, the older measure of alliance similarity, corrected for ties.

    Parameters
    ----------
    x, y : array_like, shape (N,)
        Commitments of two states to each of the N states of the system.

    Returns
    -------
    float
        On -1 .. 1: concordant less discordant pairs over the geometric mean of the untied pairs.

    Raises
    ------
    ValueError
        If the portfolios differ in length, or one of them is constant.

    Notes
    -----
    M. G. Kendall (1938), doi:10.1093/biomet/30.1-2.81; as a measure of alliances B. Bueno de Mesquita
    (1975), doi:10.1177/002200277501900201. Signorino and Ritter (1999) show why ranks are the wrong scale
    for it; kept for comparison with older work.

    Examples
    --------
    >>> tau_b([1, 2, 3], [1, 2, 3]), tau_b([1, 2, 3], [3, 2, 1])
    (1.0, -1.0)
    """
    a, b = _pair(x, y)
    first, second = np.triu_indices(a.size, 1)
    da, db = np.sign(a[first] - a[second]), np.sign(b[first] - b[second])
    untied = float((da != 0).sum()), float((db != 0).sum())
    if 0.0 in untied:
        raise ValueError("tau-b needs some variation in both portfolios; one of them is constant")
    return float(da @ db / np.sqrt(untied[0] * untied[1]))


def _chance_corrected(a: Floats, b: Floats, cross: float) -> float:
    """Return 1 minus observed over expected squared disagreement."""
    expected = float(a @ a + b @ b - cross)
    if expected <= 1e-12 * max(float(a @ a + b @ b), 1e-300):
        raise ValueError("the portfolios are the same constant: agreement cannot be told from chance")
    return float(1 - ((a - b) ** 2).sum() / expected)


def _pair(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if a.ndim != 1 or a.shape != b.shape or a.size < 2:
        raise ValueError("two portfolios name the same states, at least two of them, in the same order")
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise ValueError("a portfolio holds something that is not a number; leave unknown states out of both")
    return a, b


def _weights(weights: ArrayLike | None, n: int) -> Floats:
    w = np.ones(n) if weights is None else np.asarray(weights, dtype=np.float64)
    if w.shape != (n,) or not np.isfinite(w).all() or w.min() < 0 or w.sum() <= 0:
        raise ValueError("weights: one for each state, not negative, and not all zero")
    return w
