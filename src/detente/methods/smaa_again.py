"""Acceptance of many deals, recomputed for one actor at a time: what an edit leaves alone is kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.methods.smaa_report import MICRO

Floats = NDArray[np.float64]
Bits = NDArray[np.uint64]
Table = NDArray[np.int32]

ROOM = 64_000_000
"""Most deals times draws looked at again, a bit each and actor. Judgement: an edit stays below a second."""


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


def accepting(cut: Halves, points: Floats, worth: Floats) -> Bits:
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
    (D, W) uint64
        A bit for each draw, 64 to a word, set where it accepts; `unpacked` tells which is which.

    Examples
    --------
    >>> cut = halves(np.array([[0], [1]]))
    >>> points = np.array([[[100.0, 0.0]], [[100.0, 0.0]]])
    >>> unpacked(accepting(cut, points, np.array([50.0, -1.0])), 2).tolist()
    [[1, 1], [0, 1]]
    """
    micro = np.ascontiguousarray(np.rint(points * MICRO).astype(np.int32).transpose(1, 2, 0))
    gone = np.rint(worth * MICRO).astype(np.int32)
    first, n = cut.heads.shape[1], len(gone)
    low = _sums(micro[:first], cut.heads) - gone
    high = _sums(micro[first:], cut.tails)
    words = -(-n // 64)
    out = np.zeros((len(cut.head), 8 * words), np.uint8)
    _compare(low, high, cut.head, cut.tail, out)
    return out.view(np.uint64)


def unpacked(bits: Bits, n: int) -> NDArray[np.uint8]:
    """Return packed answers as (D, n) zeros and ones, a column a draw."""
    return np.unpackbits(bits.view(np.uint8), axis=1, count=n, bitorder="little")


def _sums(points: Table, rows: NDArray[np.int64]) -> Table:
    total = np.zeros((len(rows), points.shape[2]), np.int32)
    for issue in range(rows.shape[1]):
        total += points[issue][rows[:, issue]]
    return total


@njit(cache=True, nogil=True)
def _compare(
    low: Table, high: Table, head: NDArray[np.int64], tail: NDArray[np.int64], out: NDArray[np.uint8]
) -> None:
    row = np.zeros(8 * out.shape[1], np.uint8)
    eights = row.view(np.uint64)
    # Eight bytes of 0 or 1, the first lowest, times this have their bits side by side in the top byte.
    gather, top = np.uint64(0x0102040810204080), np.uint64(56)
    for d in range(head.size):
        a, b = low[head[d]], high[tail[d]]
        for j in range(a.size):
            row[j] = np.uint8(np.int32(a[j] + b[j]) >= 0)
        for w in range(eights.size):
            out[d, w] = np.uint8((eights[w] * gather) >> top)


def agreement(accepted: tuple[Bits, ...], groups: NDArray[np.bool_], n: int) -> tuple[Floats, Floats]:
    """Return how often all accept each deal, and how often some deal of each group is accepted by all.

    Parameters
    ----------
    accepted : tuple of (D, W) uint64
        From `accepting`, one for each actor that must accept.
    groups : (G, D) bool
        Sets of deals.
    n : int
        Number of draws.

    Returns
    -------
    together : (D,) float
        Share of draws in which all accept the deal.
    zopa : (G,) float
        Share of draws in which the group has a deal that all accept.

    Examples
    --------
    >>> a, b = np.array([[0b11], [0b10]], np.uint64), np.array([[0b01], [0b10]], np.uint64)
    >>> together, zopa = agreement((a, b), np.array([[True, True], [True, False]]), 2)
    >>> together.tolist(), zopa.tolist()
    ([0.5, 0.5], [1.0, 0.5])
    """
    both = accepted[0].copy()
    for other in accepted[1:]:
        both &= other
    some = np.zeros((len(groups), both.shape[1]), np.uint64)
    _gather(both, np.ascontiguousarray(groups), some)
    return _counts(both) / n, _counts(some) / n


@njit(cache=True, nogil=True)
def _gather(both: Bits, groups: NDArray[np.bool_], some: Bits) -> None:
    for g in range(groups.shape[0]):
        for d in range(both.shape[0]):
            if groups[g, d]:
                for w in range(both.shape[1]):
                    some[g, w] |= both[d, w]


@njit(cache=True, nogil=True)
def _counts(bits: Bits) -> NDArray[np.int64]:
    """Return how many bits are set in each row: sums of pairs, of fours, of eights, of all bytes."""
    ones, twos, fours = (
        np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F),
    )  # fmt: skip
    every = np.uint64(0x0101010101010101)
    out = np.zeros(bits.shape[0], np.int64)
    for d in range(bits.shape[0]):
        for w in range(bits.shape[1]):
            x = bits[d, w]
            x = x - ((x >> np.uint64(1)) & ones)
            x = (x & twos) + ((x >> np.uint64(2)) & twos)
            x = (x + (x >> np.uint64(4))) & fours
            out[d] += np.int64((x * every) >> np.uint64(56))
    return out
