"""Turns of the Spatial Model of Politics, compiled: bargains on offer, who takes which, and when it ends."""

from __future__ import annotations

import numpy as np
from numba import njit

from detente.methods.spatial.eum_kernel import centre
from detente.methods.spatial.smp_kernel import (
    BARGAIN,
    REPAIRED,
    Array,
    Model,
    attitudes,
    choose_targets,
    distance,
    distances,
    meet,
    utility,
)
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


@njit(cache=True, nogil=True)
def advance(theta: Array, moved: Array) -> float:
    """Put actors in their new places and return how far they went in all."""
    total = 0.0
    for i in range(len(theta)):
        square = 0.0
        for k in range(theta.shape[1]):
            square += (moved[i, k] - theta[i, k]) ** 2
            theta[i, k] = moved[i, k]
        total += np.sqrt(square)
    return total


@njit(cache=True, nogil=True)
def turn(
    theta: Array,
    who: tuple[Array, Array, Array],
    setting: tuple[Model, float],
    out: tuple[Array, Array, Array],
) -> float:
    """Play one turn; return how far actors moved in all, or a negative number where all fare alike.

    Parameters
    ----------
    theta : array (n, K)
        Positions on 0..1, revised in place.
    who : tuple of array
        Capability (n,), total salience (n,), salience (n, K).
    setting : tuple
        Model, and how far risk attitudes are seen through others' eyes.
    out : tuple of array (n,)
        Filled: risk attitudes, target of the challenge, and partner of the bargain carried out (-1: none).
    """
    model, (risk, target, partner) = setting[0], out
    n, dims = theta.shape
    apart, estimate = np.empty((n, n)), np.empty((n, 2))
    distances(theta, who[2], apart)
    if not attitudes(apart, who[0], model, risk):
        return -1.0
    choose_targets(apart, risk, who, setting, (target, estimate))
    pairs, places = np.empty((2 * n, 2)), np.empty((2 * n, 2, dims))
    count = bargains(theta, who, (target, estimate), model, (pairs, places))
    worth, options, moved = np.empty((n, count + 1)), np.empty(count + 1), np.empty((n, dims))
    worths(theta, who, (apart, risk), (pairs, places), worth)
    for k in range(n):
        size = queue(k, pairs, count, options)
        b = decide(k, who[0], worth, options[:size], model)
        side = 0 if b < 0 or pairs[b, 0] == k else 1
        partner[k] = -1.0 if b < 0 else pairs[b, 1 - side]
        for dim in range(dims):
            moved[k, dim] = theta[k, dim] if b < 0 else places[b, side, dim]
    return advance(theta, moved)


@njit(cache=True, nogil=True)
def play(
    theta: Array, who: tuple[Array, Array, Array], setting: tuple[Model, float], track: tuple[Array, ...]
) -> tuple[int, bool]:
    """Play turns until movement dies down; return how many were played and whether it did.

    Parameters
    ----------
    theta : array (n, K)
        Positions on 0..1, revised in place.
    who, setting
        As in `turn`.
    track : tuple of array
        Filled: positions (turns + 1, n, K), risk, target and partner (turns, n).
    """
    positions, risk, target, partner = track
    n, dims = theta.shape
    first = 0.0
    for i in range(n):
        for k in range(dims):
            positions[0, i, k] = theta[i, k]
    for t in range(len(risk)):
        shift = turn(theta, who, setting, (risk[t], target[t], partner[t]))
        if shift < 0:
            return t, True
        for i in range(n):
            for k in range(dims):
                positions[t + 1, i, k] = theta[i, k]
        if t == 0:
            first = shift
        elif shift / (first + 1e-4) < 0.02:
            return t + 1, True
    return len(risk), False


@njit(cache=True, nogil=True)
def play_many(
    starts: Array, powers: tuple[Array, Array], setting: tuple[Model, float], out: tuple[Array, ...]
) -> None:
    """Play a block of one-dimensional draws and keep only what a spread needs.

    Parameters
    ----------
    starts : array (B, n)
        Positions on 0..1.
    powers : pair of array (B, n)
        Capability and salience.
    setting : tuple
    out : tuple of array
        Filled: weighted median and mean (B, turns + 1), whether the run settled (B,), and added up: how often
        each actor (row) moved towards each other (n, n).
    """
    medians, means, settled, pressed = out
    turns, n = medians.shape[1] - 1, starts.shape[1]
    track = np.empty((turns + 1, n, 1)), np.empty((turns, n)), np.empty((turns, n)), np.empty((turns, n))
    theta, salience, weight, place = np.empty((n, 1)), np.empty((n, 1)), np.empty(n), np.empty(n)
    for b in range(len(starts)):
        for i in range(n):
            theta[i, 0], salience[i, 0] = starts[b, i], powers[1][b, i]
            weight[i] = powers[0][b, i] * powers[1][b, i]
        who = (powers[0][b], powers[1][b], salience)
        played, ended = play(theta, who, setting, track)
        settled[b] = 1.0 if ended else 0.0
        for t in range(turns + 1):
            if t <= played:
                for i in range(n):
                    place[i] = track[0][t, i, 0]
                medians[b, t], means[b, t] = centre(place, weight)
            else:
                medians[b, t], means[b, t] = medians[b, played], means[b, played]
        for t in range(played):
            for i in range(n):
                if track[3][t, i] >= 0:
                    pressed[i, int(track[3][t, i])] += 1
