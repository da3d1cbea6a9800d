"""Turns of the Spatial Model of Politics, compiled: one turn, one run, many runs."""

from __future__ import annotations

import numpy as np
from numba import njit

from detente.methods.spatial.eum_kernel import centre
from detente.methods.spatial.smp_bargains import bargains, decide, queue, worths
from detente.methods.spatial.smp_kernel import Array, Model, attitudes, choose_targets, distances


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
