"""The expected utility model of bargaining by challenge, in two readings. Exploratory: chaotic in its inputs.

Reading `scholz` reproduces the published replication, two oddities included; reading `pairwise` is what the
printed equations say: the probability of a pair is normalised by that pair alone, the smallest movement is
preferred among compromises too, and capitulation can happen. docs/methods/challenge-models.md has the table.

References
----------
Bueno de Mesquita, B. (1994), in Bueno de Mesquita & Stokman (eds), *European Community Decision Making*,
Yale University Press, ch. 4.
Scholz, J., Calbert, G. & Smith, G. (2011), ICAART, doi:10.5220/0003121500180030 (the equations used here).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods import threads
from detente.methods.spatial import eum_kernel
from detente.methods.spatial.sweep import Sweep

Array = NDArray[np.float64]
Reading = Literal["scholz", "pairwise"]
"""Published replication, or what its printed equations say."""

KINDS = ("stays", "confrontation", "compromise", "capitulation")
ROUNDS = 10
"""No stopping rule is published; ten rounds are customary."""
_BLOCK = 64  # draws a thread takes at once, fewer where there are few


@dataclass(frozen=True, slots=True)
class Move:
    """One actor yielding in one round."""

    round: int
    actor: int
    kind: str
    other: int
    to: float


@dataclass(frozen=True, slots=True)
class Track:
    """Every round of one run.

    Parameters
    ----------
    position : array (rounds + 1, n)
        Entry 0 is the input.
    risk : array (rounds, n)
        Risk exponents, 1/2 (seeks risk) to 2 (avoids it).
    median, mean : array (rounds + 1,)
        Weighted with the initial capability x salience.
    moves : tuple of Move
    """

    position: Array
    risk: Array
    median: Array
    mean: Array
    moves: tuple[Move, ...]


def play(
    position: ArrayLike,
    capability: ArrayLike,
    salience: ArrayLike,
    reading: Reading = "pairwise",
    rounds: int = ROUNDS,
) -> Track:
    """Play one run; a single run is no forecast, because one point of noise can move it by fifty.

    Parameters
    ----------
    position, capability, salience : array (n,)
        Salience on 0..1, capability positive; positions in any unit.
    reading : {"scholz", "pairwise"}
    rounds : int
        At most so many; the run ends earlier when all actors are equally secure.

    Raises
    ------
    ValueError
        If shapes do not fit, a salience lies outside (0, 1], or a capability is not positive.

    Examples
    --------
    >>> run = play([4, 7, 10], [1, 1, 1], [0.8, 0.4, 0.6], rounds=1)
    >>> run.position.round(2)
    array([[ 4.,  7., 10.],
           [ 4.,  4.,  7.]])
    """
    x, c, s = checked(position, capability, salience)
    if x.ndim != 1:
        raise ValueError("one run takes one position, capability and salience for each actor")
    n = x.size
    track = np.empty((rounds + 1, n)), np.empty((rounds, n)), np.zeros((rounds, n)), np.zeros((rounds, n))
    centres = np.empty((rounds + 1, 2))
    played = eum_kernel.play(x, (c * s, s), reading == "pairwise", track, centres)
    moves = tuple(
        Move(t + 1, i, KINDS[int(track[2][t, i])], int(track[3][t, i]), float(track[0][t + 1, i]))
        for t in range(played)
        for i in range(n)
        if track[2][t, i] != eum_kernel.STAYS
    )
    kept = slice(played + 1)
    return Track(track[0][kept], track[1][:played], centres[kept, 0], centres[kept, 1], moves)


def sweep(
    position: ArrayLike,
    capability: ArrayLike,
    salience: ArrayLike,
    reading: Reading = "pairwise",
    rounds: int = ROUNDS,
) -> Sweep:
    """Play many runs on all cores and keep their centres, whether they settled, and who yielded to whom.

    Parameters
    ----------
    position, capability, salience : array (B, n)
        One row a draw of the inputs; broadcast against each other.
    reading, rounds
        As in `play`.

    Examples
    --------
    >>> runs = sweep([[4, 7, 10], [4, 7, 9]], [1, 1, 1], [0.8, 0.4, 0.6])
    >>> runs.mean.shape
    (2, 11)
    """
    x, c, s = (np.atleast_2d(a) for a in checked(position, capability, salience))
    B, n = x.shape
    medians, means, moving = np.empty((B, rounds + 1)), np.empty((B, rounds + 1)), np.empty(B)

    size = max(1, min(_BLOCK, B // 8))

    def work(pressed: Array, start: int) -> None:
        rows = slice(start, start + size)
        out = medians[rows], means[rows], moving[rows], pressed
        eum_kernel.play_many(x[rows], ((c * s)[rows], s[rows]), reading == "pairwise", out)

    pressed = threads.fold(range(0, B, size), lambda: np.zeros((n, n)), work)
    return Sweep(medians, means, moving < rounds, np.sum(pressed, axis=0) / B)


def checked(position: ArrayLike, capability: ArrayLike, salience: ArrayLike) -> tuple[Array, Array, Array]:
    """Return contiguous float arrays of one shape, or say what a challenge model cannot take.

    Examples
    --------
    >>> [a.shape for a in checked([[0, 1], [1, 2]], [1, 1], [0.5, 1])]
    [(2, 2), (2, 2), (2, 2)]
    """
    given = (np.asarray(a, dtype=float) for a in (position, capability, salience))
    x, c, s = (np.ascontiguousarray(a) for a in np.broadcast_arrays(*given))
    if not all(np.isfinite(a).all() for a in (x, c, s)):
        raise ValueError("positions, capabilities and saliences must be finite numbers")
    if (c <= 0).any():
        raise ValueError("a challenge model needs every capability above zero")
    if (s <= 0).any() or (s > 1).any():
        raise ValueError("a challenge model needs every salience above 0 and at most 1")
    return x, c, s
