"""The probabilistic Condorcet election: a lottery over options from weighted votes. Exploratory.

As a forecast it is far too sharp: on 351 European issues its lottery scores worse than a uniform guess
(docs/methods/forecast.md).

References
----------
Wise, B., Lester, L. & Efird, B. (2015), *An Introduction to the KAPSARC Toolkit for Behavioral Analysis
(KTAB) using one-dimensional spatial models*, KAPSARC (equations); tested against that program's outputs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods.spatial import votes
from detente.methods.spatial.votes import ElectionModel, VictoryModel, VotingRule

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rules:
    """How votes are cast, coalitions compared, and options elected."""

    voting: VotingRule = "Prop"
    victory: VictoryModel = "Linear"
    election: ElectionModel = "Conditional"

    def codes(self) -> tuple[int, int, int]:
        """Return the indices the compiled code works with."""
        return (
            votes.VOTING.index(self.voting),
            votes.VICTORY.index(self.victory),
            votes.ELECTION.index(self.election),
        )


DEFAULT = Rules()


def strengths(utility: ArrayLike, weight: ArrayLike, rules: Rules = DEFAULT) -> Array:
    """Return the strength of the coalition for each option against each other, shape (m, m).

    Examples
    --------
    >>> strengths([[0.0, 1.0], [1.0, 0.0]], [3.0, 1.0]).round()
    array([[0., 1.],
           [3., 0.]])
    """
    u, w = _checked(utility, weight)
    out = np.empty((u.shape[1], u.shape[1]))
    votes.strengths(rules.codes()[0], w, u, out)
    return out


def victories(strength: ArrayLike, rules: Rules = DEFAULT) -> Array:
    """Return the probability that each option beats each other, shape (m, m); one half on the diagonal.

    Examples
    --------
    >>> victories([[1.0, 1.0], [3.0, 1.0]])
    array([[0.5 , 0.25],
           [0.75, 0.5 ]])
    """
    c = np.ascontiguousarray(strength, dtype=float)
    out = np.empty_like(c)
    votes.victories(rules.codes()[1], c, out)
    return out


def elect(utility: ArrayLike, weight: ArrayLike, rules: Rules = DEFAULT) -> Array:
    """Return the lottery over options; Markov forms are solved exactly.

    Parameters
    ----------
    utility : array (n, m)
        Of each actor for each option.
    weight : array (n,)
        Voting weights, not negative.
    rules : Rules

    Returns
    -------
    array (m,)
        Probabilities that add up to 1.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is not finite.

    Examples
    --------
    >>> elect([[1.0, 0.5, 0.0], [0.0, 0.5, 1.0]], [1.0, 1.0]).round(3)
    array([0.333, 0.333, 0.333])
    """
    u, w = _checked(utility, weight)
    strength = strengths(u, w, rules)
    return lottery(strength, victories(strength, rules), rules)


def lottery(strength: ArrayLike, beats: ArrayLike, rules: Rules = DEFAULT) -> Array:
    """Return the lottery over options from strengths and pairwise probabilities.

    Examples
    --------
    >>> lottery(np.ones((2, 2)), [[0.5, 0.8], [0.2, 0.5]])
    array([0.8, 0.2])
    """
    c, p = (np.ascontiguousarray(a, dtype=float) for a in (strength, beats))
    m = len(p)
    if rules.election == "Conditional":
        out = np.empty(m)
        votes.conditional(p, out)
        return out
    challenge = np.full((m, m), 1.0 / m)
    if rules.election == "MarkovIncentive":
        votes.incentives(c, p, challenge)
    return _stationary(p, challenge)


def _stationary(beats: Array, challenge: Array) -> Array:
    """Solve for the fixed point of p_o = sum_q P_oq (p_o H_qo + p_q H_oq) with probabilities adding to 1."""
    image = beats * challenge
    image[np.diag_indices_from(image)] += np.einsum("oq,qo->o", beats, challenge)
    system = np.vstack([image - np.eye(len(beats)), np.ones(len(beats))])
    target = np.append(np.zeros(len(beats)), 1.0)
    found: Array = np.maximum(np.linalg.lstsq(system, target, rcond=None)[0], 0.0)
    share: Array = found / found.sum()
    return share


def _checked(utility: ArrayLike, weight: ArrayLike) -> tuple[Array, Array]:
    u = np.ascontiguousarray(utility, dtype=float)
    w = np.ascontiguousarray(weight, dtype=float)
    if u.ndim != 2 or w.shape != u.shape[:1]:
        raise ValueError(
            f"utilities have shape (actors, options) and weights (actors,); not {u.shape}, {w.shape}"
        )
    if not (np.isfinite(u).all() and np.isfinite(w).all()) or (w < 0).any():
        raise ValueError("utilities and weights must be finite, weights not negative")
    return u, w


def expected_position(position: ArrayLike, weight: ArrayLike, rules: Rules = DEFAULT) -> float:
    """Return the mean of the election among the actors' positions under linear utilities.

    Parameters
    ----------
    position : array (n,)
        On 0..100; duplicates stay separate options.
    weight : array (n,)

    Examples
    --------
    >>> round(expected_position([0.0, 100.0], [1.0, 3.0]), 3)
    75.0
    """
    x = np.asarray(position, dtype=float)
    p = elect(1 - np.abs(x[:, None] - x) / 100, weight, rules)
    return float(p @ x)
