"""The monthly pace of a front: two regimes, slow and fast, each lognormal, learnt from a short series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

REGIMES = 2
"""Slow and fast (judgement: a year or two of months does not tell more apart)."""

FLOOR = 1.0
"""Square kilometres a month below which a gain counts as this much, so that its log exists (judgement)."""

SPREAD = 0.6
"""Log standard deviation taken for a series too short to show one (judgement: a factor of 1.8 either way)."""

STAY = (6.0, 1.0)
"""Prior counts of months staying in a regime and leaving it: about seven months a spell (judgement)."""

REVERSED = (1.0, 24.0)
"""Prior counts of months with a net loss and with a net gain: one in twenty-five (judgement)."""

ROUNDS = 200
"""Most passes of the fit; it stops earlier when nothing moves."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known of a pace: for each regime a normal-inverse-gamma on the log rate.

    Parameters
    ----------
    mean, weight, shape, scale : ndarray, shape (2,)
        Centre of the mean log rate, its weight in months, and shape and scale of the variance.
    moves : ndarray, shape (2, 2)
        Dirichlet counts of moves from a regime (row) to a regime (column).
    now : ndarray, shape (2,)
        Probability of each regime in the last month.
    reversed : tuple of float
        Beta counts of months with a net loss and a net gain.
    """

    mean: Floats
    weight: Floats
    shape: Floats
    scale: Floats
    moves: Floats
    now: Floats
    reversed: tuple[float, float]


def fit_pace(gains: ArrayLike) -> Pace:
    """Learn the pace from monthly net gains.

    Parameters
    ----------
    gains : array_like, shape (T,)
        Net gain of each month in square kilometres, oldest first; negative where ground was lost.

    Returns
    -------
    Pace
        Slow regime first.

    Raises
    ------
    ValueError
        If there is no month, or something is not a number.

    Notes
    -----
    A two-state Markov-switching model of the log rate (J. D. Hamilton, Econometrica 57 (1989), 357-384,
    doi:10.2307/1912559), fitted by variational Bayes (M. J. Beal, thesis, University College London, 2003)
    because twelve months cannot support a maximum-likelihood fit. Prior means stand one standard deviation
    below and above the mean log rate; a month of prior weight each. A net loss enters by its size, its sign
    by the share of reversed months.

    Examples
    --------
    >>> pace = fit_pace([100, 110, 95, 105, 600, 640, 580, 610])
    >>> np.exp(pace.mean).round(-1), pace.now.round(2)
    (array([100., 610.]), array([0., 1.]))
    """
    g = np.asarray(gains, dtype=np.float64)
    if g.ndim != 1 or g.size < 1 or not np.isfinite(g).all():
        raise ValueError("a pace needs at least one month, each with a number")
    logs = np.log(np.maximum(np.abs(g), FLOOR))
    spread = max(float(logs.std(ddof=1)), 1e-3) if g.size > 2 else SPREAD
    prior = _prior(float(logs.mean()), spread, g)
    state = prior
    for _ in range(ROUNDS):
        gamma, xi = responsibilities(logs, state)
        new = _posterior(prior, logs, gamma, xi)
        if np.abs(new.mean - state.mean).max() < 1e-10:
            break
        state = new
    order = np.argsort(state.mean)
    return Pace(
        mean=state.mean[order],
        weight=state.weight[order],
        shape=state.shape[order],
        scale=state.scale[order],
        moves=state.moves[np.ix_(order, order)],
        now=gamma[-1][order],
        reversed=state.reversed,
    )


def given_pace(slow: Sequence[float], fast: Sequence[float], stay: float, fast_now: float) -> Pace:
    """Return a pace stated by an analyst instead of learnt.

    Parameters
    ----------
    slow, fast : sequence of two floats
        Square kilometres a month: in each regime nine months of ten lie in its range.
    stay : float
        Chance that next month's regime is this month's, 0 .. 1.
    fast_now : float
        Chance that the fast regime reigns now, 0 .. 1.

    Raises
    ------
    ValueError
        If a range is not above 0 or runs backwards, or a chance leaves 0 .. 1.

    Examples
    --------
    >>> np.exp(given_pace((50, 200), (300, 800), 0.85, 1.0).mean).round()
    array([100., 490.])
    """
    low, high = np.array([slow[0], fast[0]], dtype=float), np.array([slow[1], fast[1]], dtype=float)
    if not (np.isfinite(low).all() and np.isfinite(high).all() and (low > 0).all() and (low <= high).all()):
        raise ValueError("a pace is a range of square kilometres a month, above 0 and not backwards")
    if not (0 <= stay <= 1 and 0 <= fast_now <= 1):
        raise ValueError("chances of regimes lie on 0..1")
    sigma = (np.log(high) - np.log(low)) / (2 * 1.6449)
    certain = 1e6  # months of weight: what was stated is taken as it is
    return Pace(
        (np.log(low) + np.log(high)) / 2,
        np.full(2, certain),
        np.full(2, certain),
        certain * np.maximum(sigma, 1e-9) ** 2,
        certain * np.array([[stay, 1 - stay], [1 - stay, stay]]) + 1e-9,
        np.array([1 - fast_now, fast_now]),
        REVERSED,
    )


def responsibilities(logs: Floats, state: Pace) -> tuple[Floats, Floats]:
    """Return the chance of each regime in each month (T, 2), and expected moves between them (2, 2).

    Forward-backward with expected log densities; weights are rescaled month by month.

    Examples
    --------
    >>> gamma, xi = responsibilities(np.log([100.0, 100.0]), fit_pace([100, 100, 500, 500]))
    >>> bool(np.allclose(gamma.sum(axis=1), 1)), bool(np.isclose(xi.sum(), 1))
    (True, True)
    """
    emit, move, first = expected_weights(logs, state)
    T = len(logs)
    forward, scale = np.zeros((T, REGIMES)), np.zeros(T)
    for t in range(T):
        row = (first if t == 0 else forward[t - 1] @ move) * emit[t]
        scale[t] = row.sum()
        forward[t] = row / scale[t]
    backward = np.ones((T, REGIMES))
    xi = np.zeros((REGIMES, REGIMES))
    for t in range(T - 2, -1, -1):
        ahead = emit[t + 1] * backward[t + 1] / scale[t + 1]
        xi += forward[t][:, None] * move * ahead
        backward[t] = move @ ahead
    return forward * backward, xi


def expected_weights(logs: Floats, state: Pace) -> tuple[Floats, Floats, Floats]:
    """Return exp of expected log densities (T, 2), log moves (2, 2) and log start (2,).

    Examples
    --------
    >>> [w.shape for w in expected_weights(np.log([100.0]), given_pace((50, 200), (300, 800), 0.8, 0.5))]
    [(1, 2), (2, 2), (2,)]
    """
    from scipy.special import digamma

    precision = state.shape / state.scale
    spread = np.log(state.scale) - digamma(state.shape)
    square = precision * (logs[:, None] - state.mean) ** 2 + 1 / state.weight
    emit = -0.5 * (spread + square)
    emit = np.exp(emit - emit.max(axis=1, keepdims=True))
    move = np.exp(digamma(state.moves) - digamma(state.moves.sum(axis=1, keepdims=True)))
    return emit, move, np.full(REGIMES, 1 / REGIMES)


def _prior(mean: float, spread: float, gains: Floats) -> Pace:
    lost = float((gains < 0).sum())
    stay, leave = STAY
    return Pace(
        mean=np.array([mean - spread, mean + spread]),
        weight=np.ones(REGIMES),
        shape=np.full(REGIMES, 2.0),
        scale=np.full(REGIMES, spread**2),
        moves=np.array([[stay, leave], [leave, stay]]),
        now=np.full(REGIMES, 0.5),
        reversed=(REVERSED[0] + lost, REVERSED[1] + len(gains) - lost),
    )


def _posterior(prior: Pace, logs: Floats, gamma: Floats, xi: Floats) -> Pace:
    n = gamma.sum(axis=0)
    centre = (gamma * logs[:, None]).sum(axis=0) / np.maximum(n, 1e-12)
    inside = (gamma * (logs[:, None] - centre) ** 2).sum(axis=0)
    weight = prior.weight + n
    shift = prior.weight * n / weight * (centre - prior.mean) ** 2
    return Pace(
        mean=(prior.weight * prior.mean + n * centre) / weight,
        weight=weight,
        shape=prior.shape + n / 2,
        scale=prior.scale + (inside + shift) / 2,
        moves=prior.moves + xi,
        now=gamma[-1],
        reversed=prior.reversed,
    )
