"""Fitting the mixture out of sample, and the record of how it did on decisions of the European Union.

References
----------
Arregui, J. & Perarnaud, C. (2021), *Decision-making in the EU, DEU III*, doi:10.34810/data53.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods.spatial import mixture, scoring
from detente.methods.spatial.mixture import Mixture

Array = NDArray[np.float64]

POWERS = (0.25, 0.5, 0.75, 1.0)
SIGMAS = (12.0, 16.0, 20.0, 25.0, 30.0)
LOTTERIES = (0.3, 0.4, 0.5, 0.6, 0.7)
"""The grid the parameters are chosen from: judgement."""


@dataclass(frozen=True, slots=True)
class Record:
    """How the mixture did on decisions whose outcome is known.

    Parameters
    ----------
    issues, proposals : int
    years : str
        First and last year of the decisions.
    crps, climatology : float
        Mean score in points, cross-validated by proposal, and that of past outcomes alone.
    later_crps, later_climatology : float
        The same, fitted on the first wave (1995-2000) and tested on the later ones (2003-2018).
    compromise_error : float
        Mean absolute error of the weighted mean, the best point forecast tried.
    covered_50, covered_80 : float
        Share of outcomes inside the central intervals: they are too wide.
    noise_80 : float
        Share of outcomes inside 80% intervals made from noise on the inputs alone: far too narrow.
    """

    issues: int
    proposals: int
    years: str
    crps: float
    climatology: float
    later_crps: float
    later_climatology: float
    compromise_error: float
    covered_50: float
    covered_80: float
    noise_80: float


RECORD = Record(351, 137, "1995–2018", 15.5, 19.2, 15.0, 18.7, 22.9, 0.69, 0.97, 0.22)
"""Measured on DEU III (doi:10.34810/data53); `detente scoreboard` computes it again from a user's copy."""


def family_scores(position: ArrayLike, weight: ArrayLike, outcome: float) -> Array:
    """Return the CRPS of every member of the grid on one issue, shape (powers, sigmas, lotteries).

    Positions are merged only where equal, as in the calibration.

    Examples
    --------
    >>> family_scores([0, 100], [1, 1], 50.0).shape
    (4, 5, 5)
    """
    lotteries = [_cdf(position, weight, Mixture(1.0, t, 20.0, 0.0)) for t in POWERS]
    normals = [_cdf(position, weight, Mixture(0.0, 1.0, s, 0.0)) for s in SIGMAS]
    share = np.array(LOTTERIES)[None, None, :, None]
    f = share * np.array(lotteries)[:, None, None] + (1 - share) * np.array(normals)[None, :, None]
    return scoring.crps(f, np.full(f.shape[:-1], outcome))


def _cdf(position: ArrayLike, weight: ArrayLike, member: Mixture) -> Array:
    return mixture.cdf(scoring.GRID, position, weight, member)


def choose(scores: Array) -> tuple[int, int, int]:
    """Return the place in the grid with the lowest mean score; the first of equals.

    Parameters
    ----------
    scores : array (issues, powers, sigmas, lotteries)

    Examples
    --------
    >>> scores = np.ones((3, 4, 5, 5)); scores[:, 1, 2, 2] = 0
    >>> choose(scores)
    (1, 2, 2)
    """
    mean = scores.mean(axis=0)
    t, s, w = np.unravel_index(int(np.argmin(mean)), mean.shape)
    return int(t), int(s), int(w)


def member(place: tuple[int, int, int]) -> Mixture:
    """Return the mixture at a place of the grid.

    Examples
    --------
    >>> member((1, 2, 2))
    Mixture(lottery=0.5, power=0.5, sigma=20.0, merge=0.0)
    """
    return Mixture(LOTTERIES[place[2]], POWERS[place[0]], SIGMAS[place[1]], 0.0)


@dataclass(frozen=True, slots=True)
class Validated:
    """Out-of-sample scores: per issue, and the member chosen in each fold."""

    crps: Array
    chosen: NDArray[np.int64]
    folds: tuple[Mixture, ...]


def cross_validate(scores: Array, folds: NDArray[np.int64]) -> Validated:
    """Choose the member on all folds but one and score it on that one, for each fold.

    Parameters
    ----------
    scores : array (issues, powers, sigmas, lotteries)
    folds : int array (issues,)
        From `scoring.grouped_folds`.

    Examples
    --------
    >>> scores = np.ones((4, 4, 5, 5)); scores[:, 1, 2, 2] = 0
    >>> cross_validate(scores, np.array([0, 0, 1, 1])).crps
    array([0., 0., 0., 0.])
    """
    out, chosen, members = np.empty(len(scores)), np.empty((len(scores), 3), dtype=np.int64), []
    for fold in np.unique(folds):
        held = folds == fold
        place = choose(scores[~held])
        members.append(member(place))
        out[held], chosen[held] = scores[held][(slice(None), *place)], place
    return Validated(out, chosen, tuple(members))
