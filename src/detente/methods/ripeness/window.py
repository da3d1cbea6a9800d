"""When a deal is ripe: the months in which those who must accept prefer it to what no deal is then worth."""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import ArrayLike, NDArray

from detente.methods.agreement import Agreement
from detente.methods.smaa_report import MICRO

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def _micro(values: ArrayLike) -> Ints:
    """Return points as whole micro-points, in which acceptability is counted too: ties are exact."""
    points = np.asarray(values, dtype=np.float64)
    if not np.isfinite(points).all():
        raise ValueError("a worth is not a number")
    return np.ascontiguousarray(np.rint(points * MICRO).astype(np.int64))


def _everybody(actors: int) -> Agreement:
    return Agreement(tuple(range(actors)))


def ripe(deal: ArrayLike, worth: ArrayLike, rule: Agreement | None = None) -> NDArray[np.bool_]:
    """Return in which months of which paths a deal is acceptable to all who must accept.

    Parameters
    ----------
    deal : array_like, shape (paths, actors)
        Worth of the deal to each actor; it does not move.
    worth : array_like, shape (paths, months, actors)
        Worth of no deal.
    rule : Agreement, optional
        Whose acceptance makes a deal; everybody's by default.

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
    value, wanted = _micro(deal), _micro(worth)
    rule = rule or _everybody(value.shape[1])
    return rule.carries(value[:, None, :] >= wanted)


def any_ripe(
    points: Floats, deals: NDArray[np.integer], worth: Floats, rule: Agreement | None = None
) -> NDArray[np.bool_]:
    """Return in which months of which paths at least one of many deals is acceptable to all who must accept.

    Parameters
    ----------
    points : ndarray, shape (paths, actors, issues, options)
        Points of each option to each actor.
    deals : ndarray of int, shape (D, issues)
        Deals by option numbers.
    worth : ndarray, shape (paths, months, actors)
        Worth of no deal to each actor.
    rule : Agreement, optional
        Whose acceptance makes a deal; everybody's by default.

    Returns
    -------
    ndarray of bool, shape (paths, months)

    Examples
    --------
    >>> points = np.array([[[[0.0, 100.0]], [[100.0, 40.0]]]])
    >>> any_ripe(points, np.array([[0], [1]]), np.array([[[90.0, 50.0], [90.0, 40.0]]])).tolist()
    [[False, True]]
    """
    rule = rule or _everybody(points.shape[1])
    vetoes, others = (np.array(rows, dtype=np.int64) for rows in (rule.vetoes, rule.others))
    chosen = np.ascontiguousarray(deals, dtype=np.int64)
    return np.asarray(_any_ripe(_micro(points), chosen, _micro(worth), (vetoes, others, rule.more)))


@njit(cache=True, parallel=True)
def _any_ripe(points: Ints, deals: Ints, worth: Ints, rule: tuple[Ints, Ints, int]) -> NDArray[np.bool_]:
    found = np.zeros(worth.shape[:2], dtype=np.bool_)
    for n in prange(worth.shape[0]):
        _mark(points[n], deals, worth[n], rule, found[n])
    return found


@njit(cache=True)
def _mark(
    points: Ints, deals: Ints, worth: Ints, rule: tuple[Ints, Ints, int], found: NDArray[np.bool_]
) -> None:
    # The lowest thresholds over the months rule most deals out before any month is looked at.
    lowest = np.empty(points.shape[0], dtype=np.int64)
    for a in range(points.shape[0]):
        lowest[a] = worth[:, a].min()
    value = np.empty(points.shape[0], dtype=np.int64)
    missing = worth.shape[0]
    for d in range(deals.shape[0]):
        if _hopeless(points, deals[d], lowest, rule, value):
            continue
        for month in range(worth.shape[0]):
            if not found[month] and _carries(value, worth[month], rule):
                found[month] = True
                missing -= 1
        if missing == 0:
            return


@njit(cache=True)
def _hopeless(points: Ints, deal: Ints, lowest: Ints, rule: tuple[Ints, Ints, int], value: Ints) -> bool:
    """Whether an actor with a veto refuses a deal in every month; else its values are put in place."""
    vetoes, others, more = rule
    for a in vetoes:
        value[a] = _total(points[a], deal)
        if value[a] < lowest[a]:
            return True
    if more > 0:
        for a in others:
            value[a] = _total(points[a], deal)
    return False


@njit(cache=True)
def _total(points: Ints, deal: Ints) -> int:
    total = 0
    for i in range(deal.size):
        total += points[i, deal[i]]
    return total


@njit(cache=True)
def _carries(value: Ints, worth: Ints, rule: tuple[Ints, Ints, int]) -> bool:
    vetoes, others, more = rule
    for a in vetoes:
        if value[a] < worth[a]:
            return False
    votes = 0
    if more > 0:
        for a in others:
            votes += value[a] >= worth[a]
    return votes >= more


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
