"""Additive utilities drawn at random from what was stated: orders, ties, salience and value ranges."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FULL = 100.0
"""Points of a deal that is best on every issue; the scale of the case file."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What was stated of P actors about I issues with at most M options each.

    Parameters
    ----------
    tier : (P, I, M) int8
        Place in the actor's order, 0 = best; ties share a number; -1 where the option does not exist or the
        actor has no view of the issue.
    salience_low, salience_high : (P, I) float
        Range of how much the issue matters, 0 where the actor has no view.
    value_low, value_high : (P, I, M) float, optional
        Range of the worth of an option, 0 to 100; NaN where none was stated.

    Raises
    ------
    ValueError
        Where shapes differ, a number is missing or infinite, a range runs backwards, or tiers leave a gap.
    """

    tier: NDArray[np.int8]
    salience_low: Floats
    salience_high: Floats
    value_low: Floats | None = None
    value_high: Floats | None = None

    def __post_init__(self) -> None:
        _check_shapes(self)
        _check_tiers(self.tier)
        low, high = self.salience_low, self.salience_high
        if not (np.isfinite(low).all() and np.isfinite(high).all()):
            raise ValueError("saliences must be finite numbers")
        if (low < 0).any() or (low > high).any():
            raise ValueError("saliences must be ranges with 0 <= low <= high")


def _check_shapes(stated: Stated) -> None:
    if stated.tier.ndim != 3:
        raise ValueError("tier must have the axes actor, issue, option")
    if not stated.salience_low.shape == stated.salience_high.shape == stated.tier.shape[:2]:
        raise ValueError("saliences must have the axes actor, issue of tier")
    if (stated.value_low is None) != (stated.value_high is None):
        raise ValueError("give both value_low and value_high, or neither")
    if stated.value_low is not None and stated.value_high is not None:
        if not stated.value_low.shape == stated.value_high.shape == stated.tier.shape:
            raise ValueError("values must have the axes of tier")
        if (np.isnan(stated.value_low) != np.isnan(stated.value_high)).any():
            raise ValueError("a stated value needs both ends of its range")


def _check_tiers(tier: NDArray[np.int8]) -> None:
    for p, i in np.ndindex(*tier.shape[:2]):
        used = np.unique(tier[p, i][tier[p, i] >= 0])
        if used.size and (used[0] != 0 or used[-1] != used.size - 1):
            raise ValueError(f"actor {p}, issue {i}: tiers must run 0, 1, 2 ... without a gap")


@dataclass(frozen=True, slots=True)
class _Chain:
    """The values open to one actor on one issue: a falling chain inside boxes.

    `fixed` has one value a tier (NaN where free). The free tiers are drawn uniformly from the chain
    polytope: `chance[c][t]` are the cumulative chances that 0, 1, 2 ... of the free tiers t, t+1 ... lie
    in cell c, given that the tiers before t lie above it.
    """

    fixed: Floats
    free: NDArray[np.intp]
    edges: Floats
    chance: tuple[tuple[Floats, ...], ...]

    @property
    def columns(self) -> int:
        """How many uniform numbers a draw needs."""
        return self.free.size + (len(self.chance) if len(self.chance) > 1 else 0)


def _boxes(stated: Stated, p: int, i: int) -> tuple[Floats, Floats]:
    """Return the tightened range of each tier on 0..1: falling lower ends, falling upper ends."""
    tier = stated.tier[p, i]
    count = int(tier.max()) + 1
    low, high = np.zeros(count), np.ones(count)
    low[0], high[-1] = 1.0, 0.0
    if stated.value_low is not None and stated.value_high is not None:
        for t in range(count):
            inside = (tier == t) & ~np.isnan(stated.value_low[p, i])
            if inside.any():
                low[t] = stated.value_low[p, i][inside].max() / FULL
                high[t] = stated.value_high[p, i][inside].min() / FULL
    low = np.maximum.accumulate(low[::-1])[::-1]
    high = np.minimum.accumulate(high)
    if (low > high).any() or low[-1] < 0 or high[0] > 1:
        raise ValueError(
            f"actor {p}, issue {i}: the stated values contradict the order (or leave 0 to 100); "
            "tied options need ranges that overlap, a better option a range that reaches higher"
        )
    return low, high


def _chances(low: Floats, high: Floats, edges: Floats) -> tuple[tuple[Floats, ...], ...]:
    """Volumes of the chain polytope cell by cell (iid uniforms in one cell, sorted: width^k / k!)."""
    free, cells = low.size, edges.size - 1
    volume = np.zeros(free + 1)
    volume[free] = 1.0
    table = []
    for c in range(cells):
        width = edges[c + 1] - edges[c]
        fits = (low <= edges[c]) & (high >= edges[c + 1])
        row, sums = [], np.zeros(free + 1)
        for t in range(free + 1):
            reach = t + int(np.cumprod(fits[t:]).sum())
            parts = [width**k / math.factorial(k) * volume[t + k] for k in range(reach - t + 1)]
            sums[t] = sum(parts)
            row.append(np.cumsum(parts) / (sums[t] or 1.0))
        table.append(tuple(row))
        volume = sums
    return tuple(table)


def _chain(stated: Stated, p: int, i: int) -> _Chain:
    low, high = _boxes(stated, p, i)
    free = np.flatnonzero(high > low)
    fixed = np.where(high > low, np.nan, low)
    edges = np.unique(np.concatenate([low[free], high[free]])) if free.size else np.zeros(1)
    return _Chain(fixed, free, edges, _chances(low[free], high[free], edges))


def _values(chain: _Chain, uniform: Floats) -> Floats:
    """Return one draw of tier values a row, shape (n, tiers), from `uniform` of shape (n, columns)."""
    n, free = uniform.shape[0], chain.free.size
    out = np.repeat(chain.fixed[None, :], n, axis=0)
    if not free:
        return out
    cell = np.zeros((n, free), dtype=np.intp)
    if len(chain.chance) > 1:
        placed = np.zeros(n, dtype=np.intp)
        for c in range(len(chain.chance) - 1, -1, -1):
            pick = uniform[:, free + c]
            more = np.zeros(n, dtype=np.intp)
            for t in range(free):
                rows = placed == t
                cut = chain.chance[c][t][:-1]
                more[rows] = np.searchsorted(cut, pick[rows], side="right")
            place = np.arange(free)
            cell[(place >= placed[:, None]) & (place < (placed + more)[:, None])] = c
            placed += more
    inside = chain.edges[cell] + uniform[:, :free] * np.diff(chain.edges)[cell]
    out[:, chain.free] = -np.sort(-inside, axis=1)
    return out


def _uniforms(n: int, columns: int, rng: np.random.Generator, quasi: bool) -> Floats:
    if not quasi or columns == 0:
        return rng.random((n, columns))
    from scipy.stats import qmc

    sobol = qmc.Sobol(columns, scramble=True, rng=rng)
    points: Floats = sobol.random_base2(max(0, (n - 1).bit_length()))
    return points[:n]


def draw_points(stated: Stated, n: int, rng: np.random.Generator, quasi: bool = False) -> Floats:
    """Draw additive utilities consistent with what was stated.

    Per draw and actor: weights uniform in the salience ranges, scaled to sum to 100 over the issues where
    the actor prefers some option to another; on each issue the best tier is worth 1, the worst 0, those
    between them sorted uniforms; ties are equal. Stated value ranges replace these ends: the chain of tier
    values is then uniform on the order polytope cut to the ranges (exact, by cells). An issue on which all
    options tie moves nothing and takes no weight.

    Parameters
    ----------
    stated : Stated
        Orders, saliences and optional values.
    n : int
        Number of draws.
    rng : numpy.random.Generator
        Source of randomness; the same state gives the same bytes.
    quasi : bool
        Scrambled Sobol' points in place of independent ones.

    Returns
    -------
    (n, P, I, M) float64
        Points; a deal's utility is the sum of its options' points and lies on 0 to 100.

    Raises
    ------
    ValueError
        Where n < 1, an actor with views gives no issue any salience, or values contradict an order.

    References
    ----------
    Lahdelma, Miettinen & Salminen 2003, doi:10.1016/S0377-2217(02)00267-9 (ordinal criteria).

    Examples
    --------
    >>> stated = Stated(np.array([[[0, 1, 2], [1, 0, -1]]], dtype=np.int8),
    ...                 np.array([[30.0, 10.0]]), np.array([[30.0, 10.0]]))
    >>> points = draw_points(stated, 1000, np.random.default_rng(1))
    >>> points[0, 0, :, 0].tolist(), bool((points[:, 0, 0, 1] < 75).all())
    ([75.0, 0.0], True)
    """
    if n < 1:
        raise ValueError("draw at least once")
    actors, issues, _ = stated.tier.shape
    swings = stated.tier.max(axis=2) > 0
    if ((swings * stated.salience_high).sum(axis=1) == 0)[swings.any(axis=1)].any():
        raise ValueError("an actor that prefers some option gives no issue a salience above 0")
    chains = {(p, i): _chain(stated, p, i) for p in range(actors) for i in range(issues) if swings[p, i]}
    uniform = _uniforms(n, actors * issues + sum(c.columns for c in chains.values()), rng, quasi)
    share = uniform[:, : actors * issues].reshape(n, actors, issues)
    weight = (stated.salience_low + share * (stated.salience_high - stated.salience_low)) * swings
    total = weight.sum(axis=2, keepdims=True)
    weight *= FULL / np.where(total > 0, total, 1.0)
    points = np.zeros((n, *stated.tier.shape))
    at = actors * issues
    for (p, i), chain in chains.items():
        value = _values(chain, uniform[:, at : at + chain.columns])
        at += chain.columns
        known = stated.tier[p, i] >= 0
        points[:, p, i, known] = weight[:, p, i, None] * value[:, stated.tier[p, i][known]]
    return points
