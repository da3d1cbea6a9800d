"""The four solution concepts as keys of whole numbers: the best deals are those with the largest key."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Table = NDArray[Any]

NASH, KALAI_SMORODINSKY, EGALITARIAN, UTILITARIAN = range(4)
CONCEPT_COUNT = 4

SCREEN = 1e-12
"""Relative margin of the float screen: products of at most 12 factors err by less than 12 x 2^-53 (about
1.4e-15), so whatever is best in integers is inside; inside, integers decide."""

DEFICIT = 1e-115
"""Factor of the Nash score for each actor without a strict gain: products of gains lie in 1 to 10^112."""

LIMB = np.uint64(32)
LOW = np.uint64(0xFFFFFFFF)


@njit(cache=True, nogil=True)
def _product_limbs(gains: Table, key: Table) -> None:
    """Write the number of positive gains, then their product in base 2^32, largest limb first."""
    limbs = np.zeros(key.size - 1, np.uint64)
    limbs[0] = np.uint64(1)
    count = 0
    for p in range(gains.size):
        if gains[p] > 0:
            count += 1
            carry = np.uint64(0)
            for k in range(limbs.size):
                wide = limbs[k] * np.uint64(gains[p]) + carry
                limbs[k] = wide & LOW
                carry = wide >> LIMB
    key[0] = count
    for k in range(limbs.size):
        key[1 + k] = np.int64(limbs[limbs.size - 1 - k])


@njit(cache=True, nogil=True)
def ratio_key(gain: int, ideal: int) -> int:
    """Return floor(2^62 gain / ideal) for 0 <= gain <= ideal < 2^31.

    Two different such fractions differ by more than 2^-62, so the numbers order them exactly.
    """
    high, rest = (gain << 31) // ideal, (gain << 31) % ideal
    return (high << 31) | ((rest << 31) // ideal)


@njit(cache=True, nogil=True)
def _sorted_key(gains: Table, ideal: Table, ratios: bool, key: Table) -> None:
    """Write the gains (or ratios to the ideal) of the actors that can gain, ascending: leximin."""
    key[:] = 0
    size = 0
    for p in range(gains.size):
        if ideal[p] > 0:
            value = ratio_key(gains[p], ideal[p]) if ratios else gains[p]
            k = size
            while k > 0 and key[k - 1] > value:
                key[k] = key[k - 1]
                k -= 1
            key[k] = value
            size += 1


@njit(cache=True, nogil=True)
def fill_key(concept: int, gains: Table, ideal: Table, key: Table) -> None:
    """Write the exact key of a deal: lexicographically larger is better, equal keys are ties.

    Parameters
    ----------
    concept : int
        One of the four numbers above.
    gains : (P,) int64
        Gains over no deal, 0 <= g < 2^31.
    ideal : (P,) int64
        Largest gain of each actor over the individually rational set; 0 where it cannot gain.
    key : (P + 2,) int64
        Written.
    """
    if concept == NASH:
        _product_limbs(gains, key)
    elif concept == UTILITARIAN:
        key[:] = 0
        key[0] = gains.sum()
    else:
        _sorted_key(gains, ideal, concept == KALAI_SMORODINSKY, key)


@njit(cache=True, nogil=True)
def score(concept: int, gains: Table, ideal: Table) -> float:
    """Return a float that never orders two deals against their keys by more than the margin SCREEN."""
    value = 0.0 if concept == UTILITARIAN else (1.0 if concept == NASH else np.inf)
    for p in range(gains.size):
        if concept == UTILITARIAN:
            value += gains[p]
        elif ideal[p] > 0:
            if concept == NASH:
                value *= gains[p] if gains[p] > 0 else DEFICIT
            elif concept == EGALITARIAN:
                value = min(value, float(gains[p]))
            else:
                value = min(value, gains[p] / ideal[p])
    return value


@njit(cache=True, nogil=True)
def compare(mine: Table, best: Table) -> int:
    """Return 1, 0 or -1 as the first key is above, equal to or below the second."""
    for k in range(mine.size):
        if mine[k] != best[k]:
            return 1 if mine[k] > best[k] else -1
    return 0


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
    rows, actors = gains.shape
    ideal = np.zeros(actors, np.int64)
    for d in range(rows):
        for p in range(actors):
            ideal[p] = max(ideal[p], gains[d, p])
    scores = np.empty(rows)
    mine, best = np.empty(actors + 2, np.int64), np.empty(actors + 2, np.int64)
    for concept in range(CONCEPT_COUNT):
        top = -1.0
        for d in range(rows):
            scores[d] = score(concept, gains[d], ideal)
            top = max(top, scores[d])
        floor, first = top * (1 - SCREEN), 0
        best[:] = -1
        for d in range(rows):
            ties[concept, d] = 0
            if scores[d] >= floor:
                fill_key(concept, gains[d], ideal, mine)
                order = compare(mine, best)
                if order > 0:
                    best[:] = mine
                    ties[concept, first:d] = 0
                    first = d
                ties[concept, d] = 1 if order >= 0 else 0
