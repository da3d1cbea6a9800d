"""Voting rules and victory models of a probabilistic Condorcet election, compiled.

Equations as in the Spatial Model of Politics of KAPSARC's toolkit (KTAB 0.1.1, 2015-2019), written afresh.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

VotingRule = Literal["Prop", "Cubic", "PropCbc", "Binary", "PropBin", "ASymProsp"]
"""How a difference in utility becomes a vote."""
VictoryModel = Literal["Linear", "Square", "Quartic", "Octic", "Binary"]
"""How the strengths of two coalitions become a probability."""
ElectionModel = Literal["Conditional", "MarkovUniform", "MarkovIncentive"]
"""How pairwise probabilities become a lottery over options."""

VOTING: tuple[str, ...] = get_args(VotingRule)
VICTORY: tuple[str, ...] = get_args(VictoryModel)
ELECTION: tuple[str, ...] = get_args(ElectionModel)

_FLOOR = 1e-8  # strength of an empty coalition
_CLEAR = 1.1  # ratio of strengths from which the binary victory model is sure


@njit(cache=True, nogil=True)
def vote(rule: int, weight: float, x: float) -> float:
    """Return the vote of one actor on a utility difference x; rule is an index into VOTING.

    Examples
    --------
    >>> vote(0, 2.0, -0.5), vote(1, 2.0, -0.5), vote(3, 2.0, -0.5)
    (-1.0, -0.25, -2.0)
    """
    if rule == 0:
        return weight * x
    if rule == 1:
        return weight * x * x * x
    if rule == 2:
        return weight * (x + x * x * x) / 2
    if rule == 5:
        return weight * x if x <= 0 else weight * x * 2 / 3
    sign = min(1.0, max(-1.0, x / 1e-8))
    return weight * sign if rule == 3 else weight * (0.8 * x + 0.2 * sign)


@njit(cache=True, nogil=True)
def victory(model: int, a: float, b: float) -> float:
    """Return the probability that a coalition of strength a beats one of strength b; model indexes VICTORY.

    Examples
    --------
    >>> victory(0, 3.0, 1.0), victory(1, 3.0, 1.0)
    (0.75, 0.9)
    """
    if model == 4:
        sure = 1 / (1 + 1e-6)
        if a >= _CLEAR * b:
            return sure
        if b >= _CLEAR * a:
            return 1 - sure
        r = a / (a + b)
        return ((1 + _CLEAR) * r - 1) / (_CLEAR - 1)
    for _ in range(model):
        a, b = a * a, b * b
    return a / (a + b)


@njit(cache=True, nogil=True)
def strengths(rule: int, weight: Array, utility: Array, out: Array) -> None:
    """Fill out[o, q] with the strength of the coalition for option o against q.

    Parameters
    ----------
    rule : int
    weight : array (n,)
    utility : array (n, m)
        Of each actor for each option.
    out : array (m, m)
    """
    n, m = utility.shape
    for o in range(m):
        for q in range(m):
            out[o, q] = _FLOOR
    # Actors in the outer loop: the inner one runs over neighbours in memory, and compiles to vector code.
    for k in range(n):
        for o in range(m):
            if rule == 0:
                for q in range(m):
                    out[o, q] += max(0.0, weight[k] * (utility[k, o] - utility[k, q]))
            else:
                for q in range(m):
                    out[o, q] += max(0.0, vote(rule, weight[k], utility[k, o] - utility[k, q]))


@njit(cache=True, nogil=True)
def victories(model: int, strength: Array, out: Array) -> None:
    """Fill out[o, q] with the probability that option o beats q; one half on the diagonal."""
    m = len(strength)
    for o in range(m):
        out[o, o] = 0.5
        for q in range(o):
            out[o, q] = victory(model, strength[o, q], strength[q, o])
            out[q, o] = 1 - out[o, q]


@njit(cache=True, nogil=True)
def conditional(beats: Array, out: Array) -> None:
    """Fill out[o] with the chance that option o beats all others, given that one option does."""
    m = len(beats)
    top, total = -np.inf, 0.0
    for o in range(m):
        out[o] = 0.0
        for q in range(m):
            out[o] += np.log(beats[o, q]) if beats[o, q] > 0 else -np.inf
        top = max(top, out[o])
    for o in range(m):  # where nobody can beat everybody, no option stands out
        out[o] = np.exp(out[o] - top) if top > -np.inf else 1.0
        total += out[o]
    for o in range(m):
        out[o] /= total


@njit(cache=True, nogil=True)
def incentives(strength: Array, beats: Array, out: Array) -> None:
    """Fill out[o, q] with the chance that option o challenges the favourite q."""
    m = len(beats)
    for q in range(m):
        total = 0.0
        for o in range(m):
            out[o, q] = strength[o, q] * beats[o, q] + (1e-10 if o == q else 0.0)
            total += out[o, q]
        for o in range(m):
            out[o, q] /= total


@njit(cache=True, nogil=True)
def settle(beats: Array, challenge: Array, tolerance: float, out: Array) -> None:
    """Fill out with the lottery of a Markov election, stopped as the original program stops.

    Parameters
    ----------
    beats : array (m, m)
    challenge : array (m, m)
        Chance that o challenges the favourite q; 1 / m everywhere makes the uniform form.
    tolerance : float
        Largest change of the image at which to stop.
    out : array (m,)
    """
    m = len(beats)
    image = np.empty(m)
    for o in range(m):
        out[o] = 1.0 / m
    for _ in range(1000):
        change = 0.0
        for o in range(m):
            total = 0.0
            for q in range(m):
                total += beats[o, q] * (out[o] * challenge[q, o] + out[q] * challenge[o, q])
            image[o] = total
            change = max(change, abs(total - out[o]))
        for o in range(m):
            out[o] = (out[o] + image[o]) / 2
        if change <= tolerance:
            break


@njit(cache=True, nogil=True)
def elect(rules: tuple[int, int, int], weight: Array, utility: Array) -> Array:
    """Return the lottery over options of a probabilistic Condorcet election.

    Parameters
    ----------
    rules : tuple of int
        Indices into VOTING, VICTORY and ELECTION.
    weight : array (n,)
    utility : array (n, m)

    Returns
    -------
    array (m,)
    """
    m = utility.shape[1]
    strength, beats, out = np.empty((m, m)), np.empty((m, m)), np.empty(m)
    strengths(rules[0], weight, utility, strength)
    victories(rules[1], strength, beats)
    if rules[2] == 0:
        conditional(beats, out)
        return out
    challenge = np.empty((m, m))
    if rules[2] == 2:
        incentives(strength, beats, challenge)
        settle(beats, challenge, 1e-8, out)
        return out
    for o in range(m):
        for q in range(m):
            challenge[o, q] = 1.0 / m
    settle(beats, challenge, 1e-6, out)
    return out
