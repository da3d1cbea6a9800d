"""The fused pass over draws and deals: 32 draws side by side, nothing of size draws x deals x actors kept."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from detente.methods.dealspace.solutions_kernel import Table, mark_solutions

LANES = 32
"""Draws evaluated side by side: one bit each in a 32-bit word, four AVX2 vectors of int32."""

UNIT = 720_720 * 2**20
"""A draw's weight as an integer that splits evenly among up to 14 tied deals; 10^7 draws fit in 63 bits."""


class Plan(NamedTuple):
    """What every block of draws shares: points, worths, and the deals as pairs of table rows."""

    points: Table  # (P, I, M, n) int32 micro-points
    worth: Table  # (P, n) int32
    required: Table  # (P,) bool
    heads: Table  # (A, I1) options of the first issues
    tails: Table  # (B, I2) options of the other issues
    head: Table  # (D,) row of heads
    tail: Table  # (D,) row of tails
    members: Table  # deals of all groups, one group after the other
    bounds: Table  # (G + 1,) where each group starts in members
    words: Table  # (D, W) uint64: options of the deal as bits
    bits: Table  # (D, I): options of the deal as bit numbers
    voters: Table  # (P,) bool: counted by the quorum
    least: int  # how many of them must accept; 0 without a quorum


class Tally(NamedTuple):
    """Counts over draws; integers only, so that tallies add up to the same bytes in any order."""

    accept: Table  # (D, P)
    together: Table  # (D,)
    only: Table  # (D, P)
    first: Table  # (D, P)
    zopa: Table  # (G,)
    solved: Table  # (G, 4, D) in UNITs
    pairs: Table  # (G, K, K) option pairs met in some acceptable deal


@njit(cache=True, nogil=True)
def _tables(plan: Plan, start: int, width: int, top: Table, low: Table) -> None:
    """Gains of the head rows (worth taken off) and points of the tail rows, for each actor and lane."""
    first = plan.heads.shape[1]
    for a in range(plan.heads.shape[0]):
        for p in range(plan.worth.shape[0]):
            for j in range(width):
                top[a, p, j] = np.int32(-plan.worth[p, start + j])
            for i in range(first):
                row = plan.points[p, i, plan.heads[a, i]]
                for j in range(width):
                    top[a, p, j] = np.int32(top[a, p, j] + row[start + j])
    for b in range(plan.tails.shape[0]):
        for p in range(plan.worth.shape[0]):
            low[b, p, :] = 0
            for i in range(plan.tails.shape[1]):
                row = plan.points[p, first + i, plan.tails[b, i]]
                for j in range(width):
                    low[b, p, j] = np.int32(low[b, p, j] + row[start + j])


@njit(cache=True, nogil=True)
def _accepting(top: Table, low: Table) -> np.int32:
    """Return in how many lanes one actor accepts one deal."""
    count = np.int32(0)
    for j in range(top.size):
        count += np.int32(np.int32(top[j] + low[j]) >= 0)
    return count


@njit(cache=True, nogil=True)
def _refuse(gain: tuple[Table, Table], number: np.int32, worst: Table, who: Table, refusals: Table) -> None:
    """Add one required actor's verdicts on one deal: refusals, and who falls short by most."""
    top, low = gain
    for j in range(worst.size):
        short = np.int32(top[j] + low[j])
        refusals[j] += np.int32(short < 0)
        who[j] = number if short < worst[j] else who[j]
        worst[j] = min(short, worst[j])


@njit(cache=True, nogil=True)
def _blame(who: Table, refusals: Table, number: np.int32) -> tuple[np.int32, np.int32]:
    """Return in how many lanes the actor falls short by most, and in how many it alone refuses."""
    first, only = np.int32(0), np.int32(0)
    for j in range(who.size):
        mine = who[j] == number
        first += np.int32(mine)
        only += np.int32(mine and refusals[j] == 1)
    return first, only


@njit(cache=True, nogil=True)
def _verdicts(plan: Plan, width: int, top: Table, low: Table, tally: Tally) -> Table:
    """Count acceptances and refusals of every deal; return per deal a word with a bit per agreeing lane."""
    worst, who = np.empty(width, np.int32), np.empty(width, np.int32)
    refusals = np.empty(width, np.int32)
    agreed = np.zeros(plan.head.size, np.uint32)
    needed = np.flatnonzero(plan.required)
    for d in range(plan.head.size):
        a, b = plan.head[d], plan.tail[d]
        for p in range(plan.required.size):
            tally.accept[d, p] += _accepting(top[a, p], low[b, p])
        worst[:], who[:], refusals[:] = 0, -1, 0
        for q in needed:
            _refuse((top[a, q], low[b, q]), np.int32(q), worst, who, refusals)
        refused = np.int32(0)
        for q in needed:
            first, only = _blame(who, refusals, np.int32(q))
            tally.first[d, q] += first
            tally.only[d, q] += only
            refused += first
        if refused < width:
            if plan.least:
                _miss_quorum(plan, (top[a], low[b]), refusals)
            for j in range(width):
                agreed[d] |= np.uint32(refusals[j] == 0) << np.uint32(j)
                tally.together[d] += refusals[j] == 0
    return agreed


@njit(cache=True, nogil=True)
def _miss_quorum(plan: Plan, gain: tuple[Table, Table], refusals: Table) -> None:
    """Add a refusal in the lanes in which too few of those the quorum counts accept."""
    top, low = gain
    for j in range(refusals.size):
        votes = 0
        for p in range(plan.voters.size):
            if plan.voters[p] and np.int32(top[p, j] + low[p, j]) >= 0:
                votes += 1
        refusals[j] += votes < plan.least


@njit(cache=True, nogil=True)
def _mark_options(plan: Plan, chosen: Table, pairs: Table, seen: Table) -> None:
    """Count each pair of options that stand together in some of the chosen deals of this draw."""
    seen[:] = np.uint64(0)
    for d in chosen:
        for i in range(plan.bits.shape[1]):
            for w in range(seen.shape[1]):
                seen[plan.bits[d, i], w] |= plan.words[d, w]
    for k in range(seen.shape[0]):
        for w in range(seen.shape[1]):
            word, other = seen[k, w], 64 * w
            while word:
                if word & np.uint64(1):
                    pairs[k, other] += 1
                word >>= np.uint64(1)
                other += 1


@njit(cache=True, nogil=True)
def _gains(plan: Plan, chosen: Table, lane: int, top: Table, low: Table) -> Table:
    """Gains of the required actors in the chosen deals in one lane, shape (K, required)."""
    who = np.flatnonzero(plan.required)
    out = np.empty((chosen.size, who.size), np.int64)
    for k in range(chosen.size):
        a, b = plan.head[chosen[k]], plan.tail[chosen[k]]
        for q in range(who.size):
            out[k, q] = top[a, who[q], lane] + low[b, who[q], lane]
    return out


@njit(cache=True, nogil=True)
def _solve(plan: Plan, lane: int, agreed: Table, tables: tuple[Table, Table, Table], tally: Tally) -> None:
    """Add one draw's solutions, zones and option pairs in every group."""
    top, low, seen = tables
    bit = np.uint32(1) << np.uint32(lane)
    chosen = np.empty(agreed.size, np.int64)
    for g in range(plan.bounds.size - 1):
        count = 0
        for d in plan.members[plan.bounds[g] : plan.bounds[g + 1]]:
            if agreed[d] & bit:
                chosen[count] = d
                count += 1
        if count == 0:
            continue
        inside = chosen[:count]
        tally.zopa[g] += 1
        ties = np.empty((4, count), np.uint8)
        mark_solutions(_gains(plan, inside, lane, top, low), ties)
        for c in range(4):
            share = UNIT // ties[c].sum()
            for k in range(count):
                if ties[c, k]:
                    tally.solved[g, c, inside[k]] += share
        _mark_options(plan, inside, tally.pairs[g], seen)


@njit(cache=True, nogil=True)
def tally_block(plan: Plan, start: int, stop: int, tally: Tally) -> None:
    """Add the draws start to stop (at most LANES of them) to the tally."""
    width = stop - start
    actors = plan.required.size
    top = np.empty((plan.heads.shape[0], actors, width), np.int32)
    low = np.empty((plan.tails.shape[0], actors, width), np.int32)
    seen = np.empty((tally.pairs.shape[1], plan.words.shape[1]), np.uint64)
    _tables(plan, start, width, top, low)
    agreed = _verdicts(plan, width, top, low, tally)
    members = np.uint32(0)
    for d in range(agreed.size):
        members |= agreed[d]
    for lane in range(width):
        if members & (np.uint32(1) << np.uint32(lane)):
            _solve(plan, lane, agreed, (top, low, seen), tally)
