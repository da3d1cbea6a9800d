"""The parts of a turn of the Spatial Model of Politics, compiled: who challenges whom, and on what terms.

Plain loops throughout: array expressions would take many seconds to compile. Inside, positions lie on 0..1.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.methods.spatial.votes import elect, vote

Array = NDArray[np.float64]
Model = tuple[int, int, int, int, int, int, int, int, int]
# Places in a model: voting, victory, election, risk range, third parties, bargain weights, bargain model,
# whether the original's slips are repaired, whether bargains are rounded to four digits.
VOTING, RANGE, THIRD, WEIGHTS, BARGAIN, REPAIRED, ROUNDED = 0, 3, 4, 5, 6, 7, 8
SEMI, PREFERRED = 0, 3  # third parties: the original's default, and ours; 1 and 2 never vote

_WORTH_IT = 1e-5  # smallest gain for which anybody is challenged
_NUDGE = 1e-6  # keeps a bargain defined where neither side cares
_SEED = 1e-10  # strength of a side nobody supports


@njit(cache=True, nogil=True)
def utility(distance: float, risk: float) -> float:
    """Return the worth of a position at that distance, on 0..1, to an actor of that risk attitude."""
    return (1 - distance) * (1 + risk * min(distance, 1.0))


@njit(cache=True, nogil=True)
def distance(own: Array, salience: Array, place: Array) -> float:
    """Return how far a place is from an actor's own, weighing dimensions by the actor's saliences."""
    top, bottom = 0.0, 0.0
    for k in range(len(own)):
        top += (salience[k] * (own[k] - place[k])) ** 2
        bottom += salience[k] ** 2
    return float(np.sqrt(top / bottom))


@njit(cache=True, nogil=True)
def distances(theta: Array, salience: Array, out: Array) -> None:
    """Fill out[i, j] with the distance of j's position from i's in the eyes of i."""
    n = len(theta)
    for i in range(n):
        for j in range(n):
            out[i, j] = distance(theta[i], salience[i], theta[j])


@njit(cache=True, nogil=True)
def attitudes(apart: Array, capability: Array, model: Model, risk: Array) -> bool:
    """Fill the risk attitudes from an election among the positions held; False where all fare alike."""
    n = len(apart)
    worth = np.empty((n, n))
    for i in range(n):
        for j in range(n):
            worth[i, j] = utility(apart[i, j], 0.0)
    chance = elect((model[0], model[1], model[2]), capability, worth)
    low, high = np.inf, -np.inf
    for i in range(n):
        low, high = min(low, chance[i]), max(high, chance[i])
    for i in range(n):
        if high == low:
            risk[i] = 0.0
        elif model[RANGE] == 0:
            risk[i] = (chance[i] - low) / (high - low)
        elif model[RANGE] == 1:
            risk[i] = (3 * chance[i] - high - 2 * low) / (2 * (high - low))
        else:
            risk[i] = (2 * chance[i] - high - low) / (high - low)
    return bool(high > low)


@njit(cache=True, nogil=True)
def outlook(apart: Array, risk: Array, viewer: int, blend: float, out: Array) -> None:
    """Fill out[b, a] with what the viewer thinks b's position is worth to a."""
    n = len(apart)
    for a in range(n):
        guessed = (1 - blend) * risk[viewer] + blend * risk[a]
        for b in range(n):
            out[b, a] = utility(apart[a, b], guessed)


@njit(cache=True, nogil=True)
def preferred(
    view: Array, weight: Array, pair: tuple[int, int], rule: int, sides: tuple[float, float]
) -> float:
    """Return the chance that the first of a pair prevails when others support the side they prefer.

    Parameters
    ----------
    sides : tuple of float
        Votes of the principals for the first and for the second; other parameters as in `contest`.
    """
    (i, j), (a, b) = pair, sides
    if rule == 0:  # the usual rule in a loop of its own: this is where the time of a turn goes
        for m in range(len(weight)):
            if m not in (i, j):
                v = weight[m] * (view[i, m] - view[j, m])
                a += max(v, 0.0)
                b += max(-v, 0.0)
        return a / (a + b)
    for m in range(len(weight)):
        if m not in (i, j):
            v = vote(rule, weight[m], view[i, m] - view[j, m])
            a += max(v, 0.0)
            b += max(-v, 0.0)
    return a / (a + b)


@njit(cache=True, nogil=True)
def contest(view: Array, weight: Array, pair: tuple[int, int], rule: int, third: int) -> float:
    """Return the chance that the first of a pair prevails over the second, third parties included.

    Parameters
    ----------
    view : array (n, n)
        From `outlook`.
    weight : array (n,)
        Capability x total salience.
    pair : tuple of int
        Challenger and target.
    rule, third : int
        Voting rule and third-party rule.
    """
    i, j = pair
    a, b = _SEED, _SEED
    for m in pair:
        v = vote(rule, weight[m], view[i, m] - view[j, m])
        a, b = a + max(v, 0.0), b + max(-v, 0.0)
    if third == PREFERRED:
        return preferred(view, weight, pair, rule, (a, b))
    if third != SEMI:
        return a / (a + b)
    a0, b0 = a, b
    for m in range(len(weight)):
        if m in (i, j):
            continue
        # "I join i" against "I join j", each with the same chance that i wins
        v = vote(rule, weight[m], view[i, m] - view[j, m])
        p = (a0 + max(v, 0.0)) / (a0 + b0 + abs(v))
        with_i = p * (2 * view[i, m] + view[m, m]) + (1 - p) * 3 * view[j, m]
        with_j = p * 3 * view[i, m] + (1 - p) * (2 * view[j, m] + view[m, m])
        v = vote(rule, weight[m], with_i - with_j)
        a, b = a + max(v, 0.0), b + max(-v, 0.0)
    return a / (a + b)


@njit(cache=True, nogil=True)
def gain(view: Array, k: int, pair: tuple[int, int], win: float, salience: float) -> float:
    """Return what k gains if the first of a pair challenges the second, whose total salience is given."""
    u, v = view[pair[0], k], view[pair[1], k]
    return float((1 - salience) * 2 * u + salience * (win * 2 * u + (1 - win) * 2 * v) - (u + v))


@njit(cache=True, nogil=True)
def rounded_off(y: float, rounded: int) -> float:
    """Return y to four digits, half up, where the original's rounding is asked for."""
    return float(np.floor(0.5 + 1e4 * y) / 1e4) if rounded else y


@njit(cache=True, nogil=True)
def meet(
    ends: tuple[float, float], stakes: tuple[float, float], win: float, model: Model
) -> tuple[float, float]:
    """Return where the two sides of a bargain would stand on one dimension.

    Parameters
    ----------
    ends, stakes : tuple of float
        Position and salience of challenger and target.
    win : float
        Chance that the challenger prevails, as the maker of the bargain sees it.
    model : tuple of int
    """
    (x, y), (s, t), lose = ends, stakes, 1 - win
    if model[WEIGHTS] == 2:
        f, g = max(0.0, lose - win), max(0.0, win - lose)
        own = f * t * t / (f * t * t + _NUDGE + (1 - f) * s * s)
        other = g * s * s / (g * s * s + _NUDGE + (1 - g) * t * t)
        return x + own * (y - x), y + other * (x - y)
    a, b = (s * s * win * win, t * t * lose * lose) if model[WEIGHTS] == 0 else (s * win, t * lose)
    first = ((a + _NUDGE) * x + b * y) / (a + b + _NUDGE)
    second = (a * x + (b + _NUDGE) * y) / (a + b + _NUDGE)
    return rounded_off(first, model[ROUNDED]), rounded_off(second, model[ROUNDED])


@njit(cache=True, nogil=True)
def choose_targets(
    apart: Array,
    risk: Array,
    who: tuple[Array, Array, Array],
    setting: tuple[Model, float],
    out: tuple[Array, Array],
) -> None:
    """Fill, for each actor, the target of its challenge (-1 for none) and two estimates of success.

    Parameters
    ----------
    apart : array (n, n)
    risk : array (n,)
    who : tuple of array
        Capability (n,), total salience (n,), salience (n, K).
    setting : tuple
        Model, and how far risk attitudes are seen through others' eyes.
    out : tuple of array
        Target (n,), and estimates (n, 2) by challenger and by target.
    """
    (capability, total, _), (model, blend) = who, setting
    target, estimate = out
    n = len(apart)
    view, weight = np.empty((n, n)), np.empty(n)
    for i in range(n):
        weight[i] = capability[i] * total[i]
    for i in range(n):
        outlook(apart, risk, i, blend, view)
        best, target[i] = _WORTH_IT, -1.0
        for j in range(n):
            if j == i:
                continue
            win = contest(view, weight, (i, j), model[VOTING], model[THIRD])
            found = gain(view, i, (i, j), win, total[j])
            if found > best:
                best, target[i], estimate[i, 0] = found, j, win
    for i in range(n):
        if model[BARGAIN] != 0 and target[i] >= 0:
            j = int(target[i])
            outlook(apart, risk, j, blend, view)
            win = contest(view, weight, (i, j), model[VOTING], model[THIRD])
            # The original hands on the challenger's gain as the target sees it, where it means its chance.
            estimate[i, 1] = win if model[REPAIRED] else gain(view, i, (i, j), win, total[j])
