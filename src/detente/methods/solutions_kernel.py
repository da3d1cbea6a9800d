"""The four solution concepts on a table of gains, exact in integers and compiled: ties are sets."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Table = NDArray[Any]

NASH, KALAI_SMORODINSKY, EGALITARIAN, UTILITARIAN = range(4)

SCREEN = 1e-12
"""Relative margin of the float screen: products of at most 12 factors err by less than 12 x 2^-53 (about
1.4e-15), so whatever is best in integers is inside; inside, integers decide."""

LIMB = np.uint64(32)
LOW = np.uint64(0xFFFFFFFF)


@njit(cache=True, nogil=True)
def exact_product(row: Table, out: Table) -> None:
    """Write the product of the positive entries of `row` (each below 2^32) as base 2^32 limbs."""
    out[:] = np.uint64(0)
    out[0] = np.uint64(1)
    for p in range(row.size):
        if row[p] > 0:
            carry = np.uint64(0)
            for k in range(out.size):
                wide = out[k] * np.uint64(row[p]) + carry
                out[k] = wide & LOW
                carry = wide >> LIMB


@njit(cache=True, nogil=True)
def compare_limbs(a: Table, b: Table) -> int:
    """Return 1, 0 or -1 as the number a is above, equal to or below b."""
    for k in range(a.size - 1, -1, -1):
        if a[k] != b[k]:
            return 1 if a[k] > b[k] else -1
    return 0


@njit(cache=True, nogil=True)
def sort_ratios(top: Table, bottom: Table) -> None:
    """Sort the fractions top/bottom ascending in place by cross products (63 bits suffice)."""
    for j in range(1, top.size):
        t, b = top[j], bottom[j]
        k = j - 1
        while k >= 0 and top[k] * b > t * bottom[k]:
            top[k + 1], bottom[k + 1] = top[k], bottom[k]
            k -= 1
        top[k + 1], bottom[k + 1] = t, b


@njit(cache=True, nogil=True)
def compare_ratios(top: Table, bottom: Table, other_top: Table, other_bottom: Table) -> int:
    """Compare two ascending lists of fractions lexicographically: 1, 0 or -1."""
    for k in range(top.size):
        left, right = top[k] * other_bottom[k], other_top[k] * bottom[k]
        if left != right:
            return 1 if left > right else -1
    return 0


@njit(cache=True, nogil=True)
def _screen_nash(gains: Table, key: Table) -> float:
    """Score a row: number of strict gainers, then the float product of their gains."""
    best_count, best = -1, 0.0
    for d in range(gains.shape[0]):
        count, product = 0, 1.0
        for p in range(gains.shape[1]):
            if gains[d, p] > 0:
                count += 1
                product *= gains[d, p]
        key[d] = product if count >= best_count else -1.0
        if count > best_count:
            for e in range(d):
                key[e] = -1.0
            best_count, best = count, product
        elif count == best_count and product > best:
            best = product
    return best * (1 - SCREEN)


@njit(cache=True, nogil=True)
def nash(gains: Table, ties: Table) -> None:
    """Mark the rows with the most strict gainers and, among them, the largest product of their gains."""
    key = np.empty(gains.shape[0])
    floor = _screen_nash(gains, key)
    best = np.zeros(gains.shape[1] + 1, dtype=np.uint64)
    mine = np.zeros(gains.shape[1] + 1, dtype=np.uint64)
    first = 0
    for d in range(gains.shape[0]):
        ties[d] = 0
        if key[d] < floor:
            continue
        exact_product(gains[d], mine)
        order = compare_limbs(mine, best)
        if order > 0:
            best[:] = mine
            ties[first:d] = 0
            first = d
        ties[d] = 1 if order >= 0 else 0


@njit(cache=True, nogil=True)
def least_ratio(gains: Table, scale: Table, ties: Table) -> None:
    """Mark the rows whose ratios gains/scale are leximin-best over the actors with scale > 0.

    Kalai-Smorodinsky with `scale` = ideal gain, egalitarian with `scale` = 1.
    """
    live = np.flatnonzero(scale > 0)
    bottom = scale[live].astype(np.int64)
    least = np.full(gains.shape[0], np.inf)
    best = -np.inf
    for d in range(gains.shape[0]):
        for k in range(live.size):
            least[d] = min(least[d], gains[d, live[k]] / bottom[k])
        best = max(best, least[d])
    floor = best * (1 - SCREEN)
    top, low = np.empty(live.size, dtype=np.int64), np.empty(live.size, dtype=np.int64)
    best_top, best_low = np.full(live.size, -1, dtype=np.int64), np.ones(live.size, dtype=np.int64)
    first = 0
    for d in range(gains.shape[0]):
        ties[d] = 0
        if least[d] < floor:
            continue
        for k in range(live.size):
            top[k], low[k] = gains[d, live[k]], bottom[k]
        sort_ratios(top, low)
        order = compare_ratios(top, low, best_top, best_low)
        if order > 0:
            best_top[:], best_low[:] = top, low
            ties[first:d] = 0
            first = d
        ties[d] = 1 if order >= 0 else 0


@njit(cache=True, nogil=True)
def utilitarian(gains: Table, ties: Table) -> None:
    """Mark the rows with the largest total gain (the no-deal worths are a constant)."""
    best = np.int64(-1)
    for d in range(gains.shape[0]):
        best = max(best, gains[d].sum())
    for d in range(gains.shape[0]):
        ties[d] = 1 if gains[d].sum() == best else 0


@njit(cache=True, nogil=True)
def mark_solutions(gains: Table, ties: Table) -> None:
    """Mark the deals of each concept among the rows of `gains`, all of them individually rational.

    Parameters
    ----------
    gains : (K, P) int64
        Gains over no deal, 0 <= g < 2^31.
    ties : (4, K) uint8
        Written: 1 where the row is among the best by Nash, Kalai-Smorodinsky (ideal over these rows),
        egalitarian (leximin) and utilitarian.
    """
    ideal = np.zeros(gains.shape[1], dtype=np.int64)
    for d in range(gains.shape[0]):
        for p in range(gains.shape[1]):
            ideal[p] = max(ideal[p], gains[d, p])
    ones = np.minimum(ideal, 1)
    nash(gains, ties[NASH])
    least_ratio(gains, ideal, ties[KALAI_SMORODINSKY])
    least_ratio(gains, ones, ties[EGALITARIAN])
    utilitarian(gains, ties[UTILITARIAN])
