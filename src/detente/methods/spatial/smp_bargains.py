"""Bargains of the Spatial Model of Politics, compiled: on offer, what they are worth, who takes which."""

from __future__ import annotations

import numpy as np
from numba import njit

from detente.methods.spatial.smp_kernel import BARGAIN, REPAIRED, Array, Model, distance, meet, utility
from detente.methods.spatial.votes import elect


@njit(cache=True, nogil=True)
def bargains(
    theta: Array,
    who: tuple[Array, Array, Array],
    found: tuple[Array, Array],
    model: Model,
    table: tuple[Array, Array],
) -> int:
    """Fill the table of bargains on offer and return how many there are.

    Parameters
    ----------
    theta : array (n, K)
    who : tuple of array
        Capability (n,), total salience (n,), salience (n, K).
    found : tuple of array
        From `choose_targets`.
    model : tuple of int
    table : tuple of array
        Filled: the pair of each bargain (2n, 2), and where each side would stand (2n, 2, K).
    """
    (capability, total, salience), (target, estimate), (pairs, places) = who, found, table
    count = 0
    for i in range(len(theta)):
        j = int(target[i])
        if j < 0:
            continue
        own = capability[i] * total[i]
        other = (capability[j] if model[REPAIRED] else capability[i]) * total[j]
        for version in range(1 if model[BARGAIN] == 0 else 2):
            pairs[count, 0], pairs[count, 1] = i, j
            merged = model[BARGAIN] == 2 and version == 1
            for k in range(theta.shape[1]):
                ends, stakes = (theta[i, k], theta[j, k]), (salience[i, k], salience[j, k])
                first, second = meet(ends, stakes, estimate[i, version], model)
                if merged:
                    first = (own * places[count, 0, k] + other * first) / (own + other)
                    second = (own * places[count, 1, k] + other * second) / (own + other)
                places[count, 0, k], places[count, 1, k] = first, second
            # Two estimates make two bargains, or, in the third model, one: their average.
            if model[BARGAIN] != 2 or merged:
                count += 1
    return count


@njit(cache=True, nogil=True)
def queue(k: int, pairs: Array, count: int, out: Array) -> int:
    """Fill the options of actor k: bargains from lower initiators, -1 for standing still, the rest."""
    size, placed = 0, False
    for b in range(count):
        if pairs[b, 0] == k or pairs[b, 1] == k:
            if pairs[b, 0] >= k and not placed:
                out[size], placed, size = -1.0, True, size + 1
            out[size], size = b, size + 1
    if not placed:
        out[size], size = -1.0, size + 1
    return size


@njit(cache=True, nogil=True)
def worths(
    theta: Array,
    who: tuple[Array, Array, Array],
    seen: tuple[Array, Array],
    table: tuple[Array, Array],
    out: Array,
) -> None:
    """Fill out[a, b] with the worth of bargain b to actor a; the last column is the status quo."""
    (pairs, places), (apart, risk) = table, seen
    n, last = len(theta), out.shape[1] - 1
    held = np.empty(n)
    for a in range(n):
        rest = 0.0
        for o in range(n):
            held[o] = utility(apart[a, o], risk[a])
            rest += held[o]
        out[a, last] = rest / n
        for b in range(last):
            # Summed in the order of actors, so that i -> j and j -> i with one content tie exactly.
            rest = 0.0
            for o in range(n):
                if o == pairs[b, 0]:
                    rest += utility(distance(theta[a], who[2][a], places[b, 0]), risk[a])
                elif o == pairs[b, 1]:
                    rest += utility(distance(theta[a], who[2][a], places[b, 1]), risk[a])
                else:
                    rest += held[o]
            out[a, b] = rest / n


@njit(cache=True, nogil=True)
def decide(k: int, capability: Array, worth: Array, options: Array, model: Model) -> int:
    """Return the bargain actor k ends up with by an election over its options, or -1 for none.

    Parameters
    ----------
    k : int
    capability : array (n,)
    worth : array (n, count + 1)
        From `worths`.
    options : array (size,)
        From `queue`.
    model : tuple of int
    """
    n, last, size = len(worth), worth.shape[1] - 1, len(options)
    if size == 1:
        return -1
    menu = np.empty((n, size))
    for a in range(n):
        for o in range(size):
            menu[a, o] = worth[a, int(options[o])] if options[o] >= 0 else worth[a, last]
    chance = elect((model[0], model[1], model[2]), capability, menu)
    best = 0
    for o in range(1, size):
        if chance[o] > chance[best]:
            best = o
    return int(options[best])
