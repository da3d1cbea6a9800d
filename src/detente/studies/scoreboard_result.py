"""What the scoreboard finds: rows of points, rows of distributions, and the transfer to later decisions."""

from __future__ import annotations

from dataclasses import dataclass

from detente.methods.spatial.mixture import Mixture
from detente.methods.spatial.scoring import Difference


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point forecast.

    Parameters
    ----------
    model, label : str
    issues : int
        Issues on which the model makes a forecast.
    error, median_error : float
        Mean and median absolute error in points.
    within_5, within_10 : float
        Share of issues hit that closely.
    difference : Difference
        Of its error to the compromise's on the same issues; above 0 is worse.
    later : Difference or None
        The same on the waves after the first alone; None where there is one wave.
    by_wave : tuple of float or None
        Mean error in each wave.
    exploratory : bool
    """

    model: str
    label: str
    issues: int
    error: float
    median_error: float
    within_5: float
    within_10: float
    difference: Difference
    later: Difference | None
    by_wave: tuple[float | None, ...]
    exploratory: bool


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One predictive distribution: score, and coverage and width of its central intervals."""

    model: str
    label: str
    crps: float
    covered_50: float
    width_50: float
    covered_80: float
    width_80: float


@dataclass(frozen=True, slots=True)
class Transfer:
    """Fitted on the first wave, tested on the later ones.

    Parameters
    ----------
    issues : int
        In the test.
    chosen : Mixture
        What the first wave chooses.
    crps, climatology, uniform, lottery : float
        Mean scores of the mixture and of three baselines.
    difference : Difference
        Of the mixture to climatology; below 0 is better.
    """

    issues: int
    chosen: Mixture
    crps: float
    climatology: float
    uniform: float
    lottery: float
    difference: Difference


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """The whole table.

    Parameters
    ----------
    issues, proposals : int
    points : tuple of PointRow
        Smallest error first.
    spreads : tuple of SpreadRow
        Largest score first.
    against_climatology, against_lottery : Difference
        Of the cross-validated mixture.
    folds : tuple of Mixture
        What each fold chose.
    transfer : Transfer or None
        None where the data hold one wave only.
    side : float, float, float
        Brier scores of "above the middle": default mixture, share of weight above, climatology.
    seed : int
    """

    issues: int
    proposals: int
    points: tuple[PointRow, ...]
    spreads: tuple[SpreadRow, ...]
    against_climatology: Difference
    against_lottery: Difference
    folds: tuple[Mixture, ...]
    transfer: Transfer | None
    side: tuple[float, float, float]
    seed: int

    @property
    def beating(self) -> tuple[PointRow, ...]:
        """Models below the compromise over the whole 95% interval, on all waves and on the later ones."""
        return tuple(
            row
            for row in self.points
            if row.difference.high < 0 and (row.later is None or row.later.high < 0)
        )

    def spread(self, model: str) -> SpreadRow:
        """Return a distribution's row by the name of its model."""
        return next(row for row in self.spreads if row.model == model)

    def point(self, model: str) -> PointRow:
        """Return a point forecast's row by the name of its model."""
        return next(row for row in self.points if row.model == model)
