"""One round of the expected utility model, compiled; `eum` explains and calls it."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

STAYS, CONFRONTED, COMPROMISED, CAPITULATED = 0, 1, 2, 3


@njit(cache=True, nogil=True)
def centre(position: Array, weight: Array) -> tuple[float, float]:
    """Return the weighted median (two positions averaged on a tie) and the weighted mean.

    Written as plain loops, like everything here: sorting and array expressions take seconds to compile.
    """
    n = len(position)
    total, moment = 0.0, 0.0
    for i in range(n):
        total += weight[i]
        moment += weight[i] * position[i]
    lower, upper = np.inf, np.inf
    for i in range(n):
        running = 0.0
        for j in range(n):
            if position[j] <= position[i]:
                running += weight[j]
        if running >= total / 2 * (1 - 1e-12):
            lower = min(lower, position[i])
        if running > total / 2 * (1 + 1e-12):
            upper = min(upper, position[i])
    return (lower + upper) / 2, moment / total


@njit(cache=True, nogil=True)
def support_for(delta: Array, exponent: Array, weight: Array, support: Array) -> float:
    """Fill support[i, j] with the votes for i against j; return all votes cast over all ordered pairs."""
    n = len(delta)
    everything = 0.0
    away = np.empty(n)
    for i in range(n):
        for j in range(n):
            support[i, j] = 0.0
    for k in range(n):
        for i in range(n):
            away[i] = weight[k] * delta[k, i] ** exponent[k]
        for i in range(n):
            for j in range(n):
                support[i, j] += max(0.0, away[j] - away[i])
    for i in range(n):
        for j in range(n):
            everything += 2.0 * support[i, j]  # every pair is met from both sides
    return everything


@njit(cache=True, nogil=True)
def wins_of(delta: Array, exponent: Array, weight: Array, pairwise: bool, wins: Array) -> None:
    """Fill wins[i, j] with the chance that i prevails over j, in the reading asked for."""
    everything = support_for(delta, exponent, weight, wins)
    for i in range(len(delta)):
        for j in range(i):
            both = wins[i, j] + wins[j, i] if pairwise else everything
            if both > 0:
                wins[i, j], wins[j, i] = wins[i, j] / both, wins[j, i] / both


@njit(cache=True, nogil=True)
def gain(delta: float, win: float, salience: float, exponent: float) -> float:
    """Return what a challenger expects from pressing an actor of that salience."""
    success = 2 - 4 * (0.5 - delta / 2) ** exponent
    failure = 2 - 4 * (0.5 + delta / 2) ** exponent
    quiet = 2 - 4 * 0.5**exponent
    pressed = win * success + (1 - win) * failure
    return float(salience * pressed + (1 - salience) * success - quiet)


@njit(cache=True, nogil=True)
def risks(delta: Array, wins: Array, salience: Array, risk: Array) -> bool:
    """Fill the risk exponents from how much others expect to gain; False where all are equally secure."""
    n = len(delta)
    low, high = np.inf, -np.inf
    for i in range(n):
        total = 0.0
        for j in range(n):
            if j != i:
                total += gain(delta[j, i], wins[j, i], salience[i], 1.0)
        risk[i], low, high = total, min(low, total), max(high, total)
    if high == low:
        return False
    for i in range(n):
        attitude = (2 * risk[i] - high - low) / (high - low)
        risk[i] = (1 - attitude / 3) / (1 + attitude / 3)
    return True


@njit(cache=True, nogil=True)
def offer(x: tuple[float, float], a: float, b: float, pairwise: bool) -> tuple[int, float, float]:
    """Return class, new position and key of the offer i faces when it expects a and the other b."""
    own, other = x
    if b > a > 0:
        return CONFRONTED, other, abs(own - other)
    if b > 0 > a and b > abs(a):
        new = own + (other - own) * abs(a / b)
        key = abs(own - new) if pairwise else (abs(a) * own + abs(b) * other) / (abs(a) + abs(b))
        return COMPROMISED, new, key
    if pairwise and b > 0 > a and b < abs(a):
        return CAPITULATED, other, abs(own - other)
    return STAYS, own, 0.0


@njit(cache=True, nogil=True)
def one_round(
    position: Array, weights: tuple[Array, Array], span: float, pairwise: bool, out: tuple[Array, ...]
) -> bool:
    """Play one round; False, with nothing moved, where all actors are equally secure.

    Parameters
    ----------
    position : array (n,)
        Revised in place.
    weights : pair of array (n,)
        Capability x salience, and salience.
    span : float
        Range of the initial positions.
    pairwise : bool
        The intended reading; otherwise the published replication.
    out : tuple of array (n,)
        Filled: risk exponents, class of the offer taken, and who made it (-1 for nobody).
    """
    n = len(position)
    weight, salience = weights
    risk, kind, by = out
    delta, wins, moved = np.empty((n, n)), np.empty((n, n)), np.empty(n)
    for i in range(n):
        risk[i], moved[i] = 1.0, position[i]
        for j in range(n):
            delta[i, j] = abs(position[i] - position[j]) / span
    wins_of(delta, risk, weight, pairwise, wins)
    if not risks(delta, wins, salience, risk):
        return False
    wins_of(delta, risk, weight, pairwise, wins)
    for i in range(n):
        kind[i], by[i], best = STAYS, -1.0, np.inf
        for j in range(n):
            if j == i:
                continue
            a = gain(delta[i, j], wins[i, j], salience[j], risk[i])
            b = gain(delta[i, j], wins[j, i], salience[i], risk[i])
            found, new, key = offer((position[i], position[j]), a, b, pairwise)
            if found == STAYS:
                continue
            if kind[i] == STAYS or found < kind[i] or (found == kind[i] and key < best):
                kind[i], by[i], best, moved[i] = found, j, key, new
    for i in range(n):
        position[i] = moved[i]
    return True


@njit(cache=True, nogil=True)
def play(
    start: Array, weights: tuple[Array, Array], pairwise: bool, track: tuple[Array, ...], centres: Array
) -> int:
    """Play rounds until nothing can move or the track is full; return how many were played.

    Parameters
    ----------
    start : array (n,)
    weights : pair of array (n,)
    pairwise : bool
    track : tuple of array
        Positions (rounds + 1, n), risk, class and maker of the offer taken (rounds, n).
    centres : array (rounds + 1, 2)
        Filled: weighted median and weighted mean, with the initial weights.
    """
    positions, risk, kind, by = track
    n, low, high = len(start), np.inf, -np.inf
    position = np.empty(n)
    for i in range(n):
        position[i], positions[0, i] = start[i], start[i]
        low, high = min(low, start[i]), max(high, start[i])
    centres[0, 0], centres[0, 1] = centre(position, weights[0])
    played, going = 0, high > low
    for t in range(len(risk)):
        if going:
            going = one_round(position, weights, high - low, pairwise, (risk[t], kind[t], by[t]))
        played += 1 if going else 0
        for i in range(n):
            positions[t + 1, i] = position[i]
        centres[t + 1, 0], centres[t + 1, 1] = centre(position, weights[0])
    return played


@njit(cache=True, nogil=True)
def play_many(starts: Array, weights: tuple[Array, Array], pairwise: bool, out: tuple[Array, ...]) -> None:
    """Play a block of draws and keep only what a spread needs.

    Parameters
    ----------
    starts : array (B, n)
    weights : pair of array (B, n)
        Capability x salience, and salience.
    pairwise : bool
    out : tuple of array
        Filled: median and mean (B, rounds + 1) each, rounds that moved somebody (B,), and added up:
        how often each actor (row) yielded to each other (n, n).
    """
    medians, means, moving, pressed = out
    rounds, n = medians.shape[1] - 1, starts.shape[1]
    track = (np.empty((rounds + 1, n)), np.empty((rounds, n)), np.empty((rounds, n)), np.empty((rounds, n)))
    centres = np.empty((rounds + 1, 2))
    for b in range(len(starts)):
        played = play(starts[b], (weights[0][b], weights[1][b]), pairwise, track, centres)
        moving[b] = 0
        for t in range(rounds + 1):
            medians[b, t], means[b, t] = centres[t, 0], centres[t, 1]
        for t in range(played):
            for i in range(n):
                if track[2][t, i] != STAYS:
                    moving[b] = t + 1
                    pressed[i, int(track[3][t, i])] += 1
