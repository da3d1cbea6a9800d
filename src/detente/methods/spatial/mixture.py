"""An outcome given agreement: half a lottery over positions, half a normal around their weighted mean.

The family was fitted on decisions of the European Union (docs/methods/forecast.md), not on talks that end
wars.

References
----------
Arregui, J. & Perarnaud, C. (2021), *Decision-making in the EU, DEU III*, doi:10.34810/data53 (calibration).
Gneiting, T. & Raftery, A. (2007), *JASA* 102, 359-378, doi:10.1198/016214506000001437 (the score fitted by).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods.spatial.anchors import checked, spread, weighted_mean
from detente.methods.spatial.lottery import LEVEL, lottery, steps, tickets

Array = NDArray[np.float64]

_BLOCK = 2048  # draws handled at once: 2048 x 101 points are 1.7 MB, so a block stays in cache
_DEGREE = 64  # of the expansion in `_smooth`
_SMOOTH = 12.0  # range over sigma up to which that expansion is exact to 1e-13 (tested)


@dataclass(frozen=True, slots=True)
class Mixture:
    """Parameters of the family.

    Defaults were chosen by cross-validation grouped by proposal on 351 issues (8 of 10 folds agree);
    `merge` is a judgement, and 0 in the calibration.

    Parameters
    ----------
    lottery : float
        Weight of the lottery over positions, 0 to 1.
    power : float
        Exponent on the weight at a position; below 1 flattens the lottery.
    sigma : float
        Standard deviation of the normal part in points of 100.
    merge : float
        Positions within this many points of their neighbour share one place in the lottery.
    """

    lottery: float = 0.5
    power: float = 0.5
    sigma: float = 20.0
    merge: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.lottery <= 1:
            raise ValueError(f"the weight of the lottery lies on 0..1, not {self.lottery:g}")
        if self.power <= 0 or self.sigma <= 0 or self.merge < 0:
            raise ValueError("power and sigma must be positive, merge must not be negative")


DEFAULT = Mixture()


def truncated(points: ArrayLike, centre: Array, ends: tuple[Array, Array], sigma: float) -> Array:
    """Return the distribution function of the truncated normal, averaged over draws, shape (m,).

    Parameters
    ----------
    points : array (m,)
    centre : array (B,)
        Mean before truncation, between the ends.
    ends : pair of array (B,)
        Lowest and highest point it can reach.
    sigma : float

    Examples
    --------
    >>> ends = np.array([0.0]), np.array([100.0])
    >>> truncated([0, 50, 99, 100], np.array([50.0]), ends, 20.0).round(3)
    array([0.   , 0.5  , 0.999, 1.   ])
    """
    from scipy.special import ndtr

    z, (low, high) = np.asarray(points, dtype=float), ends
    bottom, mass = ndtr((low - centre) / sigma), ndtr((high - centre) / sigma) - ndtr((low - centre) / sigma)
    # Where everybody stands on one point nothing is left to spread: the draw is a step at its end.
    scale = np.divide(1.0, mass, out=np.zeros_like(mass), where=high - low > LEVEL)
    f: Array = (z >= high.max() - LEVEL).astype(float)
    # Only points inside somebody's range are worth the error function; the rest are 0 or 1.
    inside = (z >= low.min()) & (z < high.max() - LEVEL)
    if np.ptp(low) == 0 == np.ptp(high) and high[0] - low[0] <= _SMOOTH * sigma:
        f[inside] = np.clip((_smooth(z[inside], centre, scale, sigma) - scale @ bottom) / len(centre), 0, 1)
        return f
    below = (ndtr((z[inside] - centre[:, None]) / sigma) - bottom[:, None]) * scale[:, None]
    below[z[inside] < low[:, None]] = 0.0
    below[z[inside] >= high[:, None] - LEVEL] = 1.0
    f[inside] = below.mean(axis=0)
    return f


def _smooth(z: Array, centre: Array, scale: Array, sigma: float) -> Array:
    """Sum scale x Phi((z - centre) / sigma) over draws by Chebyshev moments of the centres.

    Phi is entire, so a short expansion in the centre is exact to rounding where the centres span few sigma;
    it costs draws x _DEGREE multiplications instead of draws x points error functions.
    """
    from numpy.polynomial.chebyshev import chebvander
    from scipy.special import ndtr

    middle, half = (centre.max() + centre.min()) / 2, max(np.ptp(centre) / 2, LEVEL)
    nodes = np.cos(np.pi * (np.arange(_DEGREE + 1) + 0.5) / (_DEGREE + 1))
    at_nodes = ndtr((z - (middle + half * nodes)[:, None]) / sigma)
    coefficients = 2 / (_DEGREE + 1) * chebvander(nodes, _DEGREE).T @ at_nodes
    coefficients[0] /= 2
    moments = scale @ chebvander((centre - middle) / half, _DEGREE)
    total: Array = moments @ coefficients
    return total


def cdf(points: ArrayLike, position: ArrayLike, weight: ArrayLike, mixture: Mixture = DEFAULT) -> Array:
    """Return the distribution function at `points`, averaged over draws of the inputs.

    Averaging over uncertain inputs can only widen a distribution that was calibrated with inputs as coded.

    Parameters
    ----------
    points : array (m,)
        Increasing places on the scale.
    position : array (n,) or (B, n)
        On 0..100; one row where all draws share it, which is much faster.
    weight : array (n,) or (B, n)
        Capability x salience.
    mixture : Mixture

    Returns
    -------
    array (m,)

    Examples
    --------
    >>> cdf([0, 50, 100], [0, 50, 100], [0.248, 0.093, 0.336]).round(4)
    array([0.1801, 0.4787, 1.    ])
    """
    x, w = (np.atleast_2d(a) for a in checked(position, weight))
    z = np.asarray(points, dtype=float)
    starts = range(0, len(x), _BLOCK)
    parts = [_normal_part(z, x[i : i + _BLOCK], w[i : i + _BLOCK], mixture.sigma) for i in starts]
    normal = np.sum(parts, axis=0)
    if np.ndim(position) == 1:
        place, probability = lottery(position, w, mixture.power, mixture.merge)
        jumps = steps(z, place, probability.sum(axis=0))
    else:
        drawn = tickets(x, w, mixture.power, mixture.merge)
        jumps = steps(z, drawn.place, drawn.probability)
    both: Array = (mixture.lottery * jumps + (1 - mixture.lottery) * normal) / len(x)
    return both


def _normal_part(z: Array, x: Array, w: Array, sigma: float) -> Array:
    """Return the summed distribution functions of one block of draws."""
    summed: Array = len(x) * truncated(z, weighted_mean(x, w), spread(x, w), sigma)
    return summed


def mean(position: ArrayLike, weight: ArrayLike, mixture: Mixture = DEFAULT) -> float:
    """Return the exact mean of the distribution, averaged over draws.

    Examples
    --------
    >>> round(mean([0, 100], [1, 1]), 6)
    50.0
    """
    from scipy.special import ndtr

    x, w = (np.atleast_2d(a) for a in checked(position, weight))
    held = tickets(x, w, mixture.power, mixture.merge)
    drawn = (held.place * held.probability).sum() / len(x)
    mu, (low, high) = weighted_mean(x, w), spread(x, w)
    a, b = (low - mu) / mixture.sigma, (high - mu) / mixture.sigma
    height = (np.exp(-(a**2) / 2) - np.exp(-(b**2) / 2)) / np.sqrt(2 * np.pi)
    mass = ndtr(b) - ndtr(a)
    shift = np.divide(height, mass, out=np.zeros_like(mu), where=mass > LEVEL)
    return float(mixture.lottery * drawn + (1 - mixture.lottery) * (mu + mixture.sigma * shift).mean())


def sample(
    position: ArrayLike, weight: ArrayLike, rng: np.random.Generator, mixture: Mixture = DEFAULT
) -> Array:
    """Return one outcome for each draw of the inputs.

    Parameters
    ----------
    position, weight : array (B, n)
    rng : numpy.random.Generator
    mixture : Mixture

    Returns
    -------
    array (B,)

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> drawn = sample(np.tile([0.0, 100.0], (2000, 1)), 1.0, rng)
    >>> bool((drawn >= 0).all() and (drawn <= 100).all()), bool(0.2 < (drawn == 0).mean() < 0.3)
    (True, True)
    """
    from scipy.special import ndtr, ndtri

    x, w = (np.atleast_2d(a) for a in checked(position, weight))
    held = tickets(x, w, mixture.power, mixture.merge)
    coin, u = rng.random(len(x)), rng.random(len(x))
    # Cumulative probability over all draws rises by one a draw, so one search serves them all.
    chosen = np.searchsorted(held.probability.cumsum(), np.arange(len(x)) + u, side="right")
    first = np.searchsorted(held.draw, np.arange(len(x)))
    last = np.searchsorted(held.draw, np.arange(len(x)), side="right") - 1
    drawn = held.place[np.clip(chosen, first, last)]
    mu, (low, high) = weighted_mean(x, w), spread(x, w)
    a, b = ndtr((low - mu) / mixture.sigma), ndtr((high - mu) / mixture.sigma)
    normal = np.clip(mu + mixture.sigma * ndtri(a + u * (b - a)), low, high)
    return np.where(coin < mixture.lottery, drawn, normal)
