"""Drawn futures that every gate shares: what is not known about the model outside, chance inside."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods.ratification.constants import SHARED_BLOCS, SHARED_GATES, Constant

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Worlds:
    """Futures in two layers, laid out as one row of ``outer * inner`` draws.

    The outer layer is what the analyst does not know (ranges of chances, constants); it makes the interval.
    The inner layer is chance given that; its mean is the probability. Every stream of numbers has a name and
    depends on the seed and that name only, so two deals, or two readings, meet the same luck: differences
    between them are not noise.

    Parameters
    ----------
    seed : int
    outer, inner : int
        Draws in each layer, at least 1.
    shared_gates : float or None
        Fix the correlation between gates of one mood instead of drawing it.

    Examples
    --------
    >>> worlds = Worlds(seed=1, outer=4, inner=3)
    >>> worlds.uniform("court", 0.2, 0.4).shape, bool((worlds.normal("x") == worlds.normal("x")).all())
    ((12,), True)
    """

    seed: int
    outer: int = 128
    inner: int = 1000
    shared_gates: float | None = None

    def __post_init__(self) -> None:
        if self.outer < 1 or self.inner < 1:
            raise ValueError("at least one draw is needed in each layer")
        if self.shared_gates is not None and not 0 <= self.shared_gates <= 1:
            raise ValueError("a correlation between gates lies on 0..1")

    @property
    def size(self) -> int:
        """Number of draws in all."""
        return self.outer * self.inner

    def uniform(self, name: str, low: ArrayLike, high: ArrayLike) -> Array:
        """Draw an unknown evenly from its range: one value per outer draw, repeated inside; (n,)."""
        drawn = _uniform(self.seed, name, self.outer)
        return np.repeat(np.asarray(low) + (np.asarray(high) - np.asarray(low)) * drawn, self.inner)

    def constant(self, c: Constant) -> Array:
        """Draw a constant of the model from its range; (n,)."""
        return self.uniform(c.name, c.low, c.high)

    def normal(self, name: str) -> Array:
        """Draw standard normals, one for every draw; (n,)."""
        return _normal(self.seed, name, self.size)

    def latent(self, gate: str, mood: str) -> Array:
        """Return how favourable each future is to a gate: standard normal, in part shared with its mood.

        ``sqrt(rho) Z_mood + sqrt(1 - rho) e_gate``: gates with one mood correlate with `rho`, gates of
        different moods not at all.
        """
        rho = self.constant(SHARED_GATES) if self.shared_gates is None else self.shared_gates
        return np.asarray(np.sqrt(rho) * self.normal(f"mood {mood}") + np.sqrt(1 - rho) * self.normal(gate))

    def parts(self, latent: Array, gate: str, names: tuple[str, ...]) -> Array:
        """Return the same for blocs, members or regions within one vote; (k, n)."""
        rho = self.constant(SHARED_BLOCS)
        own = np.array([self.normal(f"{gate} {name}") for name in names])
        return np.asarray(np.sqrt(rho) * latent + np.sqrt(1 - rho) * own)

    def by_outer(self, values: ArrayLike) -> Array:
        """Return means over the inner layer, (outer,)."""
        return np.asarray(np.asarray(values, dtype=float).reshape(self.outer, self.inner).mean(axis=1))


def _rng(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


@lru_cache(maxsize=64)  # a gate is asked for its luck several times; 64 streams of 128,000 are 64 MB
def _normal(seed: int, name: str, size: int) -> Array:
    drawn = _rng(seed, name).standard_normal(size)
    drawn.setflags(write=False)
    return drawn


def _uniform(seed: int, name: str, size: int) -> Array:
    return _rng(seed, name).random(size)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A probability with its interval and the error of the simulation.

    Parameters
    ----------
    value : float
        Share of all draws.
    low, high : float
        5th and 95th percentile over the outer layer, widened where needed to hold the value: how far the
        answer moves with what is not known.
    error : float
        Monte Carlo standard error of `value`.
    """

    value: float
    low: float
    high: float
    error: float


def estimate(worlds: Worlds, passed: NDArray[np.bool_]) -> Estimate:
    """Return the probability of an event marked draw by draw.

    Examples
    --------
    >>> worlds = Worlds(seed=1, outer=2, inner=2)
    >>> estimate(worlds, np.array([True, True, True, False]))
    Estimate(value=0.75, low=0.525, high=0.975, error=0.25)
    """
    means = worlds.by_outer(passed)
    low, high = np.percentile(means, (5, 95))
    spread = means.std(ddof=1) if worlds.outer > 1 else np.sqrt(means[0] * (1 - means[0]) / worlds.inner)
    value = float(means.mean())  # a rare event's mean can lie above its 95th percentile
    return Estimate(
        value, min(value, float(low)), max(value, float(high)), float(spread / np.sqrt(worlds.outer))
    )


def chance_to_pass(latent: Array, p: Array) -> NDArray[np.bool_]:
    """Return where a future is favourable enough to pass with probability `p`; monotone in both.

    Examples
    --------
    >>> chance_to_pass(np.array([0.0, 2.0, -9.0]), np.array([0.4, 0.4, 1.0])).tolist()
    [False, True, True]
    """
    from scipy.special import ndtr

    if not np.all((p >= 0) & (p <= 1)):
        raise ValueError("a chance lies on 0..1")
    return np.asarray(ndtr(latent) >= 1 - p) & (p > 0)
