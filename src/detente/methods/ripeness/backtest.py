"""Holds the front's intervals against what happened, beside two naive forecasts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods.ripeness.front import Horizon, monthly_gains
from detente.methods.ripeness.pace import fit_pace

Floats = NDArray[np.float64]

FEWEST = 4
"""Months of data before the first forecast (judgement: below that the prior speaks alone)."""


@dataclass(frozen=True, slots=True)
class Score:
    """One horizon of a back-test.

    Parameters
    ----------
    months : int
        Months ahead.
    forecasts : int
        Number of months a forecast was issued from.
    covered_50, covered_90 : float
        Share of outcomes inside the central 50% and 90% intervals.
    crps, crps_still, crps_pace : float
        Mean continuous ranked probability score, in the unit of the gains, of the model, of no change, and of
        last month's pace in a straight line. Lower is better.
    """

    months: int
    forecasts: int
    covered_50: float
    covered_90: float
    crps: float
    crps_still: float
    crps_pace: float


def backtest(gains: ArrayLike, ahead: tuple[int, ...], paths: int, rng: np.random.Generator) -> list[Score]:
    """Issue a forecast of the total gain from every month with data, and score it.

    Parameters
    ----------
    gains : array_like, shape (T,)
        Monthly net gains, consecutive, oldest first.
    ahead : tuple of int
        Horizons in months.
    paths : int
        Draws a forecast.
    rng : numpy.random.Generator

    Returns
    -------
    list of Score
        For each horizon that at least one outcome is known for.

    Notes
    -----
    Only months before a forecast are used for it. Outcomes of horizons over a month overlap, so they are not
    independent: coverage over a dozen of them is a rough figure.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> series = np.exp(5 + 0.3 * rng.standard_normal(24))
    >>> [(s.months, s.forecasts) for s in backtest(series, (1, 12), 200, rng)]
    [(1, 20), (12, 9)]
    """
    g = np.asarray(gains, dtype=np.float64)
    kept: dict[int, list[tuple[float, ...]]] = {h: [] for h in ahead}
    for origin in range(FEWEST, len(g)):
        drawn = monthly_gains([fit_pace(g[:origin])], Horizon(max(ahead), paths), rng)[:, :, 0].cumsum(axis=1)
        for h in ahead:
            if origin + h <= len(g):
                kept[h].append(
                    _one(drawn[:, h - 1], float(g[origin : origin + h].sum()), h * float(g[origin - 1]))
                )
    return [
        Score(h, len(rows), *(float(v) for v in np.mean(rows, axis=0))) for h, rows in kept.items() if rows
    ]


def _one(drawn: Floats, outcome: float, pace: float) -> tuple[float, ...]:
    low, quarter, three, high = np.quantile(drawn, [0.05, 0.25, 0.75, 0.95])
    return (
        float(quarter <= outcome <= three),
        float(low <= outcome <= high),
        crps(drawn, outcome),
        abs(outcome),
        abs(outcome - pace),
    )


def crps(drawn: ArrayLike, outcome: float) -> float:
    """Return the continuous ranked probability score of a sample against an outcome.

    Parameters
    ----------
    drawn : array_like, shape (n,)
        Draws of the forecast; for a single draw the score is the absolute error.
    outcome : float

    Raises
    ------
    ValueError
        If there is no draw or something is not a number.

    Notes
    -----
    E|X - y| - E|X - X'| / 2, T. Gneiting and A. E. Raftery, JASA 102 (2007), 359-378,
    doi:10.1198/016214506000001437.

    Examples
    --------
    >>> crps([1.0], 3.0), crps([0.0, 2.0], 1.0)
    (2.0, 0.5)
    """
    x = np.sort(np.asarray(drawn, dtype=np.float64))
    n = x.size
    if x.ndim != 1 or n < 1 or not np.isfinite(x).all() or not np.isfinite(outcome):
        raise ValueError("a score needs draws and an outcome, all of them numbers")
    spread = float((2 * np.arange(1, n + 1) - n - 1) @ x) / n**2
    return float(np.abs(x - outcome).mean()) - spread
