"""How hard a war presses on an economy, in parts; labour, and measures that take hold with a lag."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods.ripeness.economy import Track

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of the pressure counts; the defaults are judgement.

    Parameters
    ----------
    inflation, slack : array_like
        For a point of inflation above its target, and for a point of output below its trend.
    buffer : array_like
        For a buffer wholly used.
    labour : array_like
        For each hundredth of the labour force lost.
    """

    inflation: ArrayLike = 2.0
    slack: ArrayLike = 4.0
    buffer: ArrayLike = 25.0
    labour: ArrayLike = 5.0


@dataclass(frozen=True, slots=True)
class Pressure:
    """The parts of the pressure, shape (paths, quarters); `total` is their sum."""

    inflation: Floats
    slack: Floats
    buffer: Floats
    labour: Floats

    @property
    def total(self) -> Floats:
        """All parts together."""
        return self.inflation + self.slack + self.buffer + self.labour


def pressure(
    track: Track, target: ArrayLike, first_buffer: ArrayLike, squeeze: ArrayLike, w: Weights
) -> Pressure:
    """Return w1 (pi - pi*)+ + w2 (-gap)+ + w3 share of the buffer used + w4 labour squeeze, in parts.

    Parameters
    ----------
    track : Track
    target, first_buffer : array_like, shape (paths,)
        Inflation target, and the buffer at the start; without a buffer its part is 0.
    squeeze : array_like, shape (paths, quarters)
        Part of the labour force lost since the start, in hundredths, not negative.
    w : Weights
        Defaults are judgement.

    Examples
    --------
    >>> from detente.methods.ripeness.economy import Economy, Shocks, State, run
    >>> economy = Economy(deficit=2.6, oil_share=0.05, oil_reference=58, borrowing=1.8)
    >>> track = run(economy, State(0.5, 8.5, 18, 2), Shocks(np.full(4, 69.0), 12, 0, 0))
    >>> pressure(track, 4.0, 2.0, 0.0, Weights()).total.round(1).tolist()
    [[11.8, 15.7, 19.0, 21.8]]
    """
    first = np.asarray(first_buffer, dtype=np.float64)[..., None]
    used = np.divide(first - track.buffer, first, out=np.zeros_like(track.buffer), where=first > 0)
    scale = [np.asarray(v, dtype=np.float64)[..., None] for v in (w.inflation, w.slack, w.buffer, w.labour)]
    return Pressure(
        scale[0] * np.maximum(0, track.inflation - np.asarray(target, dtype=np.float64)[..., None]),
        scale[1] * np.maximum(0, -track.gap),
        scale[2] * np.clip(used, 0, 1),
        scale[3] * np.broadcast_to(np.maximum(0, np.asarray(squeeze, dtype=np.float64)), track.gap.shape),
    )


def labour(start: ArrayLike, growth: ArrayLike, out: ArrayLike, back: ArrayLike, quarters: int) -> Floats:
    """Return the labour force quarter by quarter: L = L (1 + n) - out + back.

    Parameters
    ----------
    start : array_like, shape (paths,)
        Thousands of people.
    growth : array_like
        Natural growth a quarter.
    out, back : array_like
        Thousands a quarter who leave (losses, recruits, emigration), and who return.
    quarters : int

    Examples
    --------
    >>> labour(1000.0, 0.0, 30.0, 10.0, 3).tolist()
    [[980.0, 960.0, 940.0]]
    """
    force = np.atleast_1d(np.asarray(start, dtype=np.float64))
    rows = []
    for _ in range(quarters):
        force = np.maximum(0, force * (1 + np.asarray(growth)) - np.asarray(out) + np.asarray(back))
        rows.append(force)
    return np.stack(rows, axis=-1)


def phased(level: ArrayLike, lag: ArrayLike, quarters: int) -> Floats:
    """Return a measure that takes hold evenly over a lag: level x min(1, quarter / lag).

    Parameters
    ----------
    level, lag : array_like, shape (paths,)
        Full effect, and quarters until it is reached (at least 1).
    quarters : int

    Examples
    --------
    >>> phased(0.4, 2.0, 4).tolist()
    [[0.2, 0.4, 0.4, 0.4]]
    """
    full, delay = (np.atleast_1d(np.asarray(v, dtype=np.float64))[:, None] for v in (level, lag))
    return np.asarray(full * np.minimum(1, np.arange(1, quarters + 1) / np.maximum(delay, 1)))
