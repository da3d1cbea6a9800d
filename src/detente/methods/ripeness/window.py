"""When a deal is ripe: the months in which every required actor prefers it to what no deal is then worth."""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def ripe(deal: ArrayLike, worth: ArrayLike) -> NDArray[np.bool_]:
    """Return in which months of which paths a deal is acceptable to all.

    Parameters
    ----------
    deal : array_like, shape (paths, actors)
        Worth of the deal to each required actor; it does not move.
    worth : array_like, shape (paths, months, actors)
        Worth of no deal.

    Returns
    -------
    ndarray of bool, shape (paths, months)

    Notes
    -----
    A mutually hurting stalemate with a way out (I. W. Zartman, "The Timing of Peace Initiatives", Global
    Review of Ethnopolitics 1 (2001), 8-18, doi:10.1080/14718800108405087) made explicit: hurt means below
    the value of an available deal, mutual means everybody whose consent is needed.

    Examples
    --------
    >>> ripe([[50.0, 40.0]], [[[60.0, 30.0], [45.0, 35.0]]]).tolist()
    [[False, True]]
    """
    U, V = np.asarray(deal, dtype=np.float64), np.asarray(worth, dtype=np.float64)
    if not (np.isfinite(U).all() and np.isfinite(V).all()):
        raise ValueError("a worth is not a number")
    return np.asarray((U[:, None, :] >= V).all(axis=2))


def any_ripe(points: Floats, deals: NDArray[np.integer], worth: Floats) -> NDArray[np.bool_]:
    """Return in which months of which paths at least one of many deals is acceptable to all.

    Parameters
    ----------
    points : ndarray, shape (paths, actors, issues, options)
        Points of each option to each required actor.
    deals : ndarray of int, shape (D, issues)
        Deals by option numbers.
    worth : ndarray, shape (paths, months, actors)
        Worth of no deal to each required actor.

    Returns
    -------
    ndarray of bool, shape (paths, months)

    Examples
    --------
    >>> points = np.array([[[[0.0, 100.0]], [[100.0, 40.0]]]])
    >>> any_ripe(points, np.array([[0], [1]]), np.array([[[90.0, 50.0], [90.0, 40.0]]])).tolist()
    [[False, True]]
    """
    if not (np.isfinite(points).all() and np.isfinite(worth).all()):
        raise ValueError("a worth is not a number")
    return np.asarray(
        _any_ripe(
            np.ascontiguousarray(points, dtype=np.float64),
            np.ascontiguousarray(deals, dtype=np.int64),
            np.ascontiguousarray(worth, dtype=np.float64),
        )
    )


@njit(cache=True, parallel=True)
def _any_ripe(points: Floats, deals: NDArray[np.int64], worth: Floats) -> NDArray[np.bool_]:
    found = np.zeros(worth.shape[:2], dtype=np.bool_)
    for n in prange(worth.shape[0]):
        _mark(points[n], deals, worth[n], found[n])
    return found


@njit(cache=True)
def _mark(points: Floats, deals: NDArray[np.int64], worth: Floats, found: NDArray[np.bool_]) -> None:
    # The lowest thresholds over the months rule most deals out before any month is looked at.
    actors, issues, _options = points.shape
    lowest = np.empty(actors)
    for a in range(actors):
        lowest[a] = worth[:, a].min()
    value = np.empty(actors)
    for d in range(deals.shape[0]):
        a = 0
        while a < actors:
            total = 0.0
            for i in range(issues):
                total += points[a, i, deals[d, i]]
            if total < lowest[a]:
                break
            value[a] = total
            a += 1
        if a == actors:
            for month in range(worth.shape[0]):
                found[month] = found[month] or (value >= worth[month]).all()


def spells(share: ArrayLike, above: float) -> tuple[tuple[int, int], ...]:
    """Return the runs of months, first and last, in which a share stays above a level.

    Examples
    --------
    >>> spells([0.1, 0.6, 0.7, 0.2, 0.9], above=0.5)
    ((1, 2), (4, 4))
    """
    inside = np.asarray(share, dtype=np.float64) > above
    edges = np.flatnonzero(np.diff(np.r_[False, inside, False].astype(np.int8)))
    return tuple((int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True))


def first_month(ripe_in: NDArray[np.bool_]) -> Floats:
    """Return the first ripe month of each path; infinite where there is none.

    Examples
    --------
    >>> first_month(np.array([[False, True], [False, False]])).tolist()
    [1.0, inf]
    """
    return np.where(ripe_in.any(axis=1), ripe_in.argmax(axis=1), np.inf)
