"""Paths of a front: monthly gains drawn from the pace of each area, and the ground held after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods.ripeness.pace import Pace

Floats = NDArray[np.float64]

COMMON = 0.5
"""Share of the monthly noise that all areas have in common (judgement: weather, supply, one high command)."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far and how often to draw: months ahead and number of paths."""

    months: int
    paths: int


def monthly_gains(paces: Sequence[Pace], horizon: Horizon, rng: np.random.Generator) -> Floats:
    """Draw monthly net gains for several areas.

    Parameters
    ----------
    paces : sequence of Pace
        One for each area.
    horizon : Horizon
    rng : numpy.random.Generator

    Returns
    -------
    ndarray, shape (paths, months, areas)
        Square kilometres; a path has its own parameters, drawn once, so that ignorance of the pace lasts.

    Raises
    ------
    ValueError
        If there is no area, month or path.

    Examples
    --------
    >>> from detente.methods.ripeness.pace import fit_pace
    >>> pace = fit_pace([100, 110, 95, 105, 600, 640, 580, 610])
    >>> monthly_gains([pace], Horizon(3, 5), np.random.default_rng(1)).shape
    (5, 3, 1)
    """
    if not paces or horizon.months < 1 or horizon.paths < 1:
        raise ValueError("at least one area, one month and one path are needed")
    n, months = horizon.paths, horizon.months
    shared = rng.standard_normal((n, months))
    tempo = rng.random((n, months + 1))  # one theatre, one tempo: areas change regime on the same chances
    own = rng.standard_normal((n, months, len(paces)))
    noise = np.sqrt(COMMON) * shared[:, :, None] + np.sqrt(1 - COMMON) * own
    gains = [_area(pace, noise[:, :, k], tempo, rng) for k, pace in enumerate(paces)]
    return np.stack(gains, axis=2)


def _area(pace: Pace, noise: Floats, tempo: Floats, rng: np.random.Generator) -> Floats:
    n, months = noise.shape
    variance: Floats = np.asarray(pace.scale / rng.standard_gamma(pace.shape, (n, 2)), dtype=np.float64)
    mean = pace.mean + np.sqrt(variance / pace.weight) * rng.standard_normal((n, 2))
    counts: Floats = np.asarray(rng.standard_gamma(pace.moves, (n, 2, 2)), dtype=np.float64)
    leave = np.asarray(counts[:, [0, 1], [1, 0]] / counts.sum(axis=2))
    regime = (tempo[:, 0] < pace.now[1]).astype(np.int64)
    chance: Floats = rng.beta(pace.reversed[0], pace.reversed[1], size=(n,))
    lost = rng.random((n, months)) < chance[:, None]
    paths = np.arange(n)
    logs = np.empty((n, months))
    for month in range(months):
        # The same draw serves every area, so that areas tend to turn together.
        regime = np.where(tempo[:, month + 1] < leave[paths, regime], 1 - regime, regime)
        logs[:, month] = mean[paths, regime] + np.sqrt(variance[paths, regime]) * noise[:, month]
    return np.where(lost, -1.0, 1.0) * np.exp(np.minimum(logs, 15.0))


def held(start: ArrayLike, gains: Floats, size: ArrayLike) -> Floats:
    """Return the ground held month by month; never below 0 nor above the area's size.

    Parameters
    ----------
    start : array_like, shape (areas,) or (paths, areas)
        Square kilometres held at the start.
    gains : ndarray, shape (paths, months, areas)
    size : array_like, shape (areas,)
        Square kilometres of each area.

    Returns
    -------
    ndarray, shape (paths, months + 1, areas)
        The first entry is the start.

    Raises
    ------
    ValueError
        If a start lies outside 0 .. size.

    Examples
    --------
    >>> held([90.0], np.array([[[5.0], [20.0], [-30.0]]]), [100.0]).ravel().tolist()
    [90.0, 95.0, 100.0, 70.0]
    """
    first = np.broadcast_to(np.asarray(start, dtype=np.float64), (gains.shape[0], gains.shape[2]))
    top = np.asarray(size, dtype=np.float64)
    if (first < 0).any() or (first > top + 1e-9).any():
        raise ValueError("ground held at the start lies between 0 and the size of the area")
    out = np.empty((gains.shape[0], gains.shape[1] + 1, gains.shape[2]))
    out[:, 0] = first
    for month in range(gains.shape[1]):
        out[:, month + 1] = np.clip(out[:, month] + gains[:, month], 0, top)
    return out
