"""The Spatial Model of Politics: challenge rounds decided by probabilistic elections. Exploratory.

`COMPAT` reproduces KAPSARC's open program (KTAB 0.1.1) with its defects, for regression and import;
`CORRECTED`, the default, lets third parties support the side they prefer and repairs what
docs/methods/challenge-models.md lists. One point of noise on the inputs moves its end by five on average.

References
----------
Wise, B., Lester, L. & Efird, B. (2015), *An Introduction to the KAPSARC Toolkit for Behavioral Analysis
(KTAB) using one-dimensional spatial models*; and *Multidimensional Bargaining using KTAB*, KAPSARC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods import threads
from detente.methods.spatial import smp_kernel, smp_turn, votes
from detente.methods.spatial.eum import checked
from detente.methods.spatial.smp_models import COMPAT, CORRECTED, SubModels
from detente.methods.spatial.sweep import Sweep

__all__ = ["COMPAT", "CORRECTED", "Move", "SubModels", "Track", "option_probability", "play", "sweep"]

Array = NDArray[np.float64]

_OFF_SCALE = "the model works on a scale from 0 to 100; map positions to it first"
_BLOCK = 16  # draws a thread takes at once, fewer where there are few

TURNS = 100
"""The original's limit; some runs never settle."""


@dataclass(frozen=True, slots=True)
class Move:
    """One actor carrying out its half of a bargain."""

    turn: int
    actor: int
    other: int
    to: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """Every turn of one run.

    Parameters
    ----------
    position : array (turns + 1, n, K)
        On 0..100; entry 0 is the input.
    risk : array (turns, n)
        Risk attitudes.
    target : int array (turns, n)
        Whom each actor challenged; -1 for nobody.
    moves : tuple of Move
        Who moved towards whom; the other side decides for itself, so half-executed bargains are normal.
    settled : bool
        Whether movement died down before the limit.
    """

    position: Array
    risk: Array
    target: NDArray[np.int64]
    moves: tuple[Move, ...]
    settled: bool


def play(
    position: ArrayLike,
    capability: ArrayLike,
    salience: ArrayLike,
    models: SubModels = CORRECTED,
    turns: int = TURNS,
) -> Track:
    """Play one run; a single run is no forecast.

    Parameters
    ----------
    position : array (n,) or (n, K)
        On 0..100, one column a dimension.
    capability : array (n,)
    salience : array (n,) or (n, K)
        On 0..1; an actor's saliences add up to at most 1.
    models : SubModels
    turns : int
        Limit.

    Raises
    ------
    ValueError
        If shapes do not fit, positions leave 0..100, or saliences leave (0, 1].

    Examples
    --------
    >>> run = play([0, 100, 5], [100, 100, 1000], [0.8, 0.8, 0.8], turns=1)
    >>> run.position[1, :, 0].round(1)
    array([1. , 1. , 5.8])
    """
    theta, who = _inputs(position, capability, salience)
    n, dims = theta.shape
    track = np.empty((turns + 1, n, dims)), np.empty((turns, n)), np.empty((turns, n)), np.empty((turns, n))
    played, settled = smp_turn.play(theta, who, models.setting(), track)
    moves = tuple(
        Move(t + 1, i, int(track[3][t, i]), tuple(float(z) for z in 100 * track[0][t + 1, i]))
        for t in range(played)
        for i in range(n)
        if track[3][t, i] >= 0
    )
    target = track[2][:played].astype(np.int64)
    return Track(100 * track[0][: played + 1], track[1][:played], target, moves, settled)


def _inputs(
    position: ArrayLike, capability: ArrayLike, salience: ArrayLike
) -> tuple[Array, tuple[Array, Array, Array]]:
    x, s = (np.asarray(a, dtype=float) for a in (position, salience))
    theta, stakes = (a[:, None] if a.ndim == 1 else a for a in (x, s))
    c = np.ascontiguousarray(capability, dtype=float)
    if theta.ndim != 2 or theta.shape != stakes.shape or c.shape != theta.shape[:1]:
        raise ValueError(
            "give one position and salience per actor and dimension, and one capability per actor"
        )
    if not (np.isfinite(theta).all() and np.isfinite(stakes).all() and np.isfinite(c).all()):
        raise ValueError("positions, capabilities and saliences must be finite numbers")
    if (theta < 0).any() or (theta > 100).any():
        raise ValueError(_OFF_SCALE)
    total = stakes.sum(axis=1)
    if (c <= 0).any() or (stakes < 0).any() or (total <= 0).any() or (total > 1 + 1e-9).any():
        raise ValueError(
            "capabilities must be positive; each actor's saliences must add up to above 0, at most 1"
        )
    return theta / 100, (c, total, np.ascontiguousarray(stakes))


def sweep(
    position: ArrayLike,
    capability: ArrayLike,
    salience: ArrayLike,
    models: Sequence[SubModels] = (CORRECTED,),
    turns: int = TURNS,
) -> Sweep:
    """Play many one-dimensional runs on all cores; draw b uses sub-models number b modulo their count.

    Parameters
    ----------
    position, capability, salience : array (B, n)
        One row a draw of the inputs; broadcast against each other.
    models : sequence of SubModels
    turns : int

    Examples
    --------
    >>> runs = sweep([[0, 50, 100], [0, 51, 100]], [1, 1, 1], [0.8, 0.4, 0.6])
    >>> runs.mean.shape
    (2, 101)
    """
    x, c, s = (np.atleast_2d(a) for a in checked(position, capability, salience))
    if (x < 0).any() or (x > 100).any():
        raise ValueError(_OFF_SCALE)
    B, n = x.shape
    medians, means, settled = np.empty((B, turns + 1)), np.empty((B, turns + 1)), np.empty(B)

    def work(pressed: Array, piece: tuple[int, slice]) -> None:
        number, rows = piece
        starts, powers = x[rows] / 100, (np.ascontiguousarray(c[rows]), np.ascontiguousarray(s[rows]))
        out = np.empty((len(starts), turns + 1)), np.empty((len(starts), turns + 1)), np.empty(len(starts))
        smp_turn.play_many(starts, powers, models[number].setting(), (*out, pressed))
        medians[rows], means[rows], settled[rows] = 100 * out[0], 100 * out[1], out[2]

    step = len(models)
    size = max(1, min(_BLOCK, B // (8 * step)))
    pieces = [
        (m, slice(m + start, min(B, m + start + size * step), step))
        for start in range(0, B, size * step)
        for m in range(min(step, B - start))
    ]
    pressed = threads.fold(pieces, lambda: np.zeros((n, n)), work)
    return Sweep(medians, means, settled > 0, np.sum(pressed, axis=0) / B)


@dataclass(frozen=True, slots=True)
class JointSweep:
    """Many runs over several dimensions at once.

    Parameters
    ----------
    mean : array (B, K)
        Weighted mean of each dimension at the end, with the initial weights.
    settled : bool array (B,)
    pressed : array (n, n)
        Moves an actor (row) made towards another (column), per run.
    """

    mean: Array
    settled: NDArray[np.bool_]
    pressed: Array


def sweep_together(
    position: ArrayLike,
    capability: ArrayLike,
    salience: ArrayLike,
    models: Sequence[SubModels] = (CORRECTED,),
    turns: int = TURNS,
) -> JointSweep:
    """Play many runs whose challenges and bargains span all dimensions; sub-models take turns as in `sweep`.

    Parameters
    ----------
    position, salience : array (B, n, K)
        An actor's saliences add up to at most 1.
    capability : array (B, n)
    models, turns
        As in `sweep`.

    Examples
    --------
    >>> runs = sweep_together([[[0, 100], [50, 50], [100, 0]]], [[1, 1, 1]], np.full((1, 3, 2), 0.4))
    >>> runs.mean.shape, runs.settled
    ((1, 2), array([ True]))
    """
    x, c, s = (np.asarray(a, dtype=float) for a in (position, capability, salience))
    if x.ndim != 3 or s.shape != x.shape or c.shape != x.shape[:2]:
        raise ValueError("positions and saliences have shape (draws, actors, dimensions)")
    means, settled = np.empty((len(x), x.shape[2])), np.empty(len(x), dtype=bool)

    def work(pressed: Array, b: int) -> None:
        run = play(x[b], c[b], s[b], models[b % len(models)], turns)
        weight = c[b][:, None] * s[b]
        means[b] = (weight * run.position[-1]).sum(axis=0) / weight.sum(axis=0)
        settled[b] = run.settled
        for move in run.moves:
            pressed[move.actor, move.other] += 1

    pressed = threads.fold(range(len(x)), lambda: np.zeros((x.shape[1], x.shape[1])), work)
    return JointSweep(means, settled, np.sum(pressed, axis=0) / len(x))


def option_probability(
    position: ArrayLike, capability: ArrayLike, salience: ArrayLike, models: SubModels = CORRECTED
) -> Array:
    """Return the election's probability of each actor's position, as the original prints it after a turn.

    Positions closer than 0.1 point count as one option, the first standing for all; an actor near two such
    options shows the later.

    Parameters
    ----------
    position, capability, salience
        As in `play`.

    Returns
    -------
    array (n,)

    Examples
    --------
    >>> option_probability([0, 0, 100], [1, 1, 2], [1, 1, 1]).round(3)
    array([0.5, 0.5, 0.5])
    """
    theta, (c, _, stakes) = _inputs(position, capability, salience)
    away = np.sqrt(((theta[:, None] - theta) ** 2).sum(axis=2))
    unique: list[int] = []
    for i in range(len(theta)):
        if not (away[i, unique] < 1e-3).any():
            unique.append(i)
    member = len(unique) - 1 - np.argmax(away[:, unique[::-1]] < 1e-3, axis=1)
    codes, apart, risk = models.setting()[0], np.empty((len(theta), len(theta))), np.empty(len(theta))
    smp_kernel.distances(theta, stakes, apart)
    smp_kernel.attitudes(apart, c, codes, risk)
    d = apart[:, unique]
    utility = np.ascontiguousarray((1 - d) * (1 + risk[:, None] * np.minimum(d, 1.0)))
    found: Array = votes.elect((codes[0], codes[1], codes[2]), c, utility)[member]
    return found
