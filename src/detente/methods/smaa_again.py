"""Acceptance of many deals, recomputed for one actor at a time: what an edit leaves alone is kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.methods.smaa_report import MICRO

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Table = NDArray[np.int32]

ROOM = 64_000_000
"""Most deals times draws kept for one actor, a byte each. Judgement: fits the memory of a small laptop."""


@dataclass(frozen=True, slots=True)
class Halves:
    """Deals as pairs of rows of two small tables, so that utilities are sums of two numbers.

    Parameters
    ----------
    heads, tails : (A, I1), (B, I2) int
        Distinct options on the first and on the other issues.
    head, tail : (D,) int
        Rows of both that make up each deal.
    """

    heads: NDArray[np.int64]
    tails: NDArray[np.int64]
    head: NDArray[np.int64]
    tail: NDArray[np.int64]


def halves(deals: NDArray[np.integer]) -> Halves:
    """Return deals cut in two after the issue that keeps both tables small.

    Parameters
    ----------
    deals : (D, I) int
        Option of each issue in each deal.

    Examples
    --------
    >>> cut = halves(np.array([[0, 0], [0, 1], [1, 0]]))
    >>> len(cut.heads), len(cut.tails), cut.head.tolist()
    (2, 2, [0, 0, 1])
    """
    whole = np.asarray(deals, dtype=np.int64)
    sizes = np.cumprod(whole.max(axis=0, initial=0) + 1.0)
    cut = int(np.clip(np.searchsorted(sizes, np.sqrt(sizes[-1])) + 1, 1, max(1, whole.shape[1] - 1)))
    heads, head = np.unique(whole[:, :cut], axis=0, return_inverse=True)
    tails, tail = np.unique(whole[:, cut:], axis=0, return_inverse=True)
    return Halves(heads, tails, head.reshape(-1), tail.reshape(-1))


def accepting(cut: Halves, points: Floats, worth: Floats) -> Bytes:
    """Return in which draws one actor accepts which deal: its points are not below its worth of no deal.

    In integer micro-points, as `smaa.evaluate` counts: the shares are the same to the last digit.

    Parameters
    ----------
    cut : Halves
        D deals.
    points : (n, I, M) float
        One actor's draws of points.
    worth : (n,) float
        What no deal is worth to it.

    Returns
    -------
    (D, n) uint8
        1 where it accepts.

    Examples
    --------
    >>> cut = halves(np.array([[0], [1]]))
    >>> accepting(cut, np.array([[[100.0, 0.0]], [[100.0, 0.0]]]), np.array([50.0, -1.0])).tolist()
    [[1, 1], [0, 1]]
    """
    micro = np.ascontiguousarray(np.rint(points * MICRO).astype(np.int32).transpose(1, 2, 0))
    gone = np.rint(worth * MICRO).astype(np.int32)
    first = cut.heads.shape[1]
    low = _sums(micro[:first], cut.heads) - gone
    high = _sums(micro[first:], cut.tails)
    out = np.empty((len(cut.head), len(gone)), np.uint8)
    _compare(low, high, cut.head, cut.tail, out)
    return out


def _sums(points: Table, rows: NDArray[np.int64]) -> Table:
    total = np.zeros((len(rows), points.shape[2]), np.int32)
    for issue in range(rows.shape[1]):
        total += points[issue][rows[:, issue]]
    return total


@njit(cache=True, nogil=True)
def _compare(low: Table, high: Table, head: NDArray[np.int64], tail: NDArray[np.int64], out: Bytes) -> None:
    for d in range(head.size):
        a, b, row = low[head[d]], high[tail[d]], out[d]
        for j in range(row.size):
            row[j] = np.uint8(np.int32(a[j] + b[j]) >= 0)


def agreement(accepted: tuple[Bytes, ...], groups: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return how often all accept each deal, and how often some deal of each group is accepted by all.

    Parameters
    ----------
    accepted : tuple of (D, n) uint8
        From `accepting`, one for each actor that must accept.
    groups : (G, D) bool
        Sets of deals.

    Returns
    -------
    together : (D,) float
        Share of draws in which all accept the deal.
    zopa : (G,) float
        Share of draws in which the group has a deal that all accept.

    Examples
    --------
    >>> a, b = np.array([[1, 1], [0, 1]], np.uint8), np.array([[1, 0], [0, 1]], np.uint8)
    >>> together, zopa = agreement((a, b), np.array([[True, True], [True, False]]))
    >>> together.tolist(), zopa.tolist()
    ([0.5, 0.5], [1.0, 0.5])
    """
    deals, draws = accepted[0].shape
    count = np.zeros(deals, np.int64)
    some = np.zeros((len(groups), draws), np.uint8)
    both = accepted[0] if len(accepted) == 1 else accepted[0] & accepted[1]
    for other in accepted[2:]:
        both &= other
    _tally(both, np.ascontiguousarray(groups), count, some)
    return count / draws, some.mean(axis=1)


@njit(cache=True, nogil=True)
def _tally(both: Bytes, groups: NDArray[np.bool_], count: NDArray[np.int64], some: Bytes) -> None:
    for d in range(both.shape[0]):
        row, total = both[d], np.int64(0)
        for j in range(row.size):
            total += row[j]
        count[d] = total
        if total:
            for g in range(groups.shape[0]):
                if groups[g, d]:
                    for j in range(row.size):
                        some[g, j] |= row[j]
