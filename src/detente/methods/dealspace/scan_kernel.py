"""The fused pass over all deals: sums, verdicts and the best deals in one loop, nothing stored per deal."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from detente.methods.dealspace.solutions_kernel import (
    CONCEPT_COUNT,
    DEFICIT,
    EGALITARIAN,
    KALAI_SMORODINSKY,
    NASH,
    SCREEN,
    UTILITARIAN,
    Table,
    compare,
    fill_key,
    score,
)

ROWS = 256
"""Rows of the second half handled together: masks and points stay in the first-level cache."""


class Halves(NamedTuple):
    """Deals as pairs: every prefix goes with each row of its state's part of the second half."""

    prefix: Table  # (A, P) int32: points of the prefix less the worth of no deal
    state: Table  # (A,) int32
    suffix: Table  # (P, B) int32, state after state
    bounds: Table  # (states + 1,) where each state's rows start
    least: Table  # (states, P) int32: smallest and largest points of each state's rows
    most: Table  # (states, P) int32
    always: int  # bit mask of actors that accept anything
    carries: Table  # (2^P,) bool: does the coalition carry a deal?


class Count(NamedTuple):
    """Counters of the first pass."""

    exactly: Table  # (2^P,) deals by who exactly accepts
    of_prefix: Table  # (A,) deals that carry, by prefix
    of_row: Table  # (B,) deals that carry, by row of the second half
    rational: Table  # (A,) deals everybody accepts, by prefix
    ideal: Table  # (P,) largest gain over these


class Best(NamedTuple):
    """The best deals found by one thread, by concept."""

    floor: Table  # (4,) float screen
    key: Table  # (4, P + 2) int64
    ties: Table  # (4, cap, 2) int64: prefix and row
    number: Table  # (4,) how many ties, kept or not


@njit(cache=True, nogil=True)
def _add_bits(need: np.int32, points: Table, bit: np.int32, masks: Table) -> None:
    """Set an actor's bit in the masks of the rows it accepts."""
    for r in range(points.size):
        masks[r] |= bit if points[r] >= need else np.int32(0)


@njit(cache=True, nogil=True)
def _masks(halves: Halves, a: int, low: int, masks: Table) -> None:
    """Write who accepts each of the rows from `low` with prefix a."""
    state = halves.state[a]
    sure = halves.always
    for p in range(halves.prefix.shape[1]):
        if halves.prefix[a, p] + halves.least[state, p] >= 0:
            sure |= 1 << p
    masks[:] = np.int32(sure)
    for p in range(halves.prefix.shape[1]):
        if not sure >> p & 1 and halves.prefix[a, p] + halves.most[state, p] >= 0:
            points = halves.suffix[p, low : low + masks.size]
            _add_bits(np.int32(-halves.prefix[a, p]), points, np.int32(1 << p), masks)


@njit(cache=True, nogil=True)
def _tally(masks: Table, carries: Table, exactly: Table, of_row: Table) -> np.int64:
    """Count the rows by mask and those that carry; return how many carry."""
    total = np.int64(0)
    for r in range(masks.size):
        exactly[masks[r]] += 1
        carried = np.int64(carries[masks[r]])
        of_row[r] += carried
        total += carried
    return total


@njit(cache=True, nogil=True)
def _largest(points: Table, masks: Table, full: np.int32) -> np.int32:
    """Return the largest points among the rows everybody accepts."""
    best = np.int32(-(2**31))
    for r in range(masks.size):
        best = max(best, points[r] if masks[r] == full else np.int32(-(2**31)))
    return best


@njit(cache=True, nogil=True)
def count_block(halves: Halves, start: int, stop: int, count: Count) -> None:
    """Count verdicts for the prefixes start to stop, and keep each actor's largest gain."""
    full = np.int32(halves.carries.size - 1)
    buffer = np.empty(ROWS, np.int32)
    for a in range(start, stop):
        state = halves.state[a]
        for low in range(halves.bounds[state], halves.bounds[state + 1], ROWS):
            masks = buffer[: min(ROWS, halves.bounds[state + 1] - low)]
            _masks(halves, a, low, masks)
            rows = slice(low, low + masks.size)
            before = count.exactly[full]
            count.of_prefix[a] += _tally(masks, halves.carries, count.exactly, count.of_row[rows])
            if count.exactly[full] > before:
                count.rational[a] += count.exactly[full] - before
                for p in range(count.ideal.size):
                    if halves.prefix[a, p] + halves.most[state, p] > count.ideal[p]:
                        gain = halves.prefix[a, p] + _largest(halves.suffix[p, rows], masks, full)
                        count.ideal[p] = max(count.ideal[p], np.int64(gain))


@njit(cache=True, nogil=True)
def consider(best: Best, gains: Table, ideal: Table, where: tuple[int, int], mine: Table) -> None:
    """Compare one deal everybody accepts with the best so far, concept by concept."""
    for concept in range(CONCEPT_COUNT):
        value = score(concept, gains, ideal)
        if value < best.floor[concept]:
            continue
        fill_key(concept, gains, ideal, mine)
        order = compare(mine, best.key[concept])
        if order > 0:
            best.key[concept] = mine
            best.number[concept] = 0
            best.floor[concept] = value * (1 - SCREEN)
        if order >= 0:
            if best.number[concept] < best.ties.shape[1]:
                best.ties[concept, best.number[concept], 0] = where[0]
                best.ties[concept, best.number[concept], 1] = where[1]
            best.number[concept] += 1


@njit(cache=True, nogil=True)
def _screen(prefix: np.int64, points: Table, ideal: np.int64, scores: Table) -> None:
    """Add one actor to the float scores of a run of rows; the first score stays below 0 where it refuses."""
    inverse = 1.0 / ideal if ideal > 0 else np.inf
    for r in range(points.size):
        gain = np.float64(np.int64(points[r]) + prefix)
        scores[EGALITARIAN, r] = min(scores[EGALITARIAN, r], gain if ideal > 0 or gain < 0 else np.inf)
        scores[KALAI_SMORODINSKY, r] = min(
            scores[KALAI_SMORODINSKY, r], gain * inverse if ideal > 0 else np.inf
        )
        scores[NASH, r] *= (max(gain, 0.0) if gain > 0 else DEFICIT) if ideal > 0 else 1.0
        scores[UTILITARIAN, r] += gain


@njit(cache=True, nogil=True)
def _promising(scores: Table, floor: Table, chosen: Table) -> np.int64:
    """List the rows everybody accepts whose score reaches some concept's best; return how many."""
    number = np.int64(0)
    for r in range(scores.shape[1]):
        good = scores[NASH, r] >= floor[NASH]
        good |= scores[KALAI_SMORODINSKY, r] >= floor[KALAI_SMORODINSKY]
        good |= scores[EGALITARIAN, r] >= floor[EGALITARIAN]
        good |= scores[UTILITARIAN, r] >= floor[UTILITARIAN]
        chosen[number] = r
        number += np.int64(good & (scores[EGALITARIAN, r] >= 0))
    return number


@njit(cache=True, nogil=True)
def _hopeless(halves: Halves, a: int, ideal: Table, best: Best, most: Table) -> bool:
    """Return whether no row could reach any concept's best, judged by each actor's best row."""
    for p in range(most.size):
        most[p] = min(halves.prefix[a, p] + halves.most[halves.state[a], p], ideal[p])
    for concept in range(CONCEPT_COUNT):
        if score(concept, most, ideal) * (1 + SCREEN) >= best.floor[concept]:
            return False
    return True


@njit(cache=True, nogil=True)
def solve_block(halves: Halves, prefixes: Table, ideal: Table, best: Best) -> None:
    """Find the best deals among those everybody accepts, for some prefixes."""
    buffer, chosen = np.empty((CONCEPT_COUNT, ROWS)), np.empty(ROWS + 1, np.int64)
    gains = np.empty(halves.prefix.shape[1], np.int64)
    mine = np.empty(gains.size + 2, np.int64)
    for a in prefixes:
        if _hopeless(halves, a, ideal, best, gains):
            continue
        end = halves.bounds[halves.state[a] + 1]
        for low in range(halves.bounds[halves.state[a]], end, ROWS):
            scores = buffer[:, : min(ROWS, end - low)]
            scores[:], scores[NASH], scores[UTILITARIAN] = np.inf, 1.0, 0.0
            for p in range(gains.size):
                rows = halves.suffix[p, low : low + scores.shape[1]]
                _screen(np.int64(halves.prefix[a, p]), rows, ideal[p], scores)
            for k in range(_promising(scores, best.floor, chosen)):
                for p in range(gains.size):
                    gains[p] = halves.prefix[a, p] + halves.suffix[p, low + chosen[k]]
                consider(best, gains, ideal, (a, low + chosen[k]), mine)
