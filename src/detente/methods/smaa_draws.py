"""Additive utilities drawn at random from what was stated: orders, ties, salience and value ranges."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.methods.smaa_stated import FULL, Floats, Stated


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


@dataclass(frozen=True, slots=True)
class Units:
    """Draws before they are weighed: what does not depend on the salience ranges.

    Parameters
    ----------
    share : (n, P, I) float
        Place of each weight in its salience range, 0 at the lower end, 1 at the upper.
    value : (n, P, I, M) float
        Worth of each option on its issue, 0 to 1; 0 where the option does not exist or all options tie.
    """

    share: Floats
    value: Floats


def draw_units(stated: Stated, n: int, rng: np.random.Generator, quasi: bool = False) -> Units:
    """Draw worths of options on 0 to 1 and places in the salience ranges; see `draw_points`.

    Raises
    ------
    ValueError
        Where n < 1 or values contradict an order.

    Examples
    --------
    >>> stated = Stated(np.array([[[0, 1]]], dtype=np.int8), np.array([[30.0]]), np.array([[60.0]]))
    >>> draw_units(stated, 2, np.random.default_rng(1)).value[:, 0, 0].tolist()
    [[1.0, 0.0], [1.0, 0.0]]
    """
    if n < 1:
        raise ValueError("draw at least once")
    actors, issues, _ = stated.tier.shape
    swings = stated.tier.max(axis=2) > 0
    chains = {(p, i): _chain(stated, p, i) for p in range(actors) for i in range(issues) if swings[p, i]}
    uniform = _uniforms(n, actors * issues + sum(c.columns for c in chains.values()), rng, quasi)
    value = np.zeros((n, *stated.tier.shape))
    at = actors * issues
    for (p, i), chain in chains.items():
        tiers = _values(chain, uniform[:, at : at + chain.columns])
        at += chain.columns
        known = stated.tier[p, i] >= 0
        value[:, p, i, known] = tiers[:, stated.tier[p, i][known]]
    return Units(uniform[:, : actors * issues].reshape(n, actors, issues), value)


def weigh(stated: Stated, units: Units) -> Floats:
    """Return the points of options, (n, P, I, M), once the weights are drawn from their ranges.

    Raises
    ------
    ValueError
        Where an actor with views gives no issue any salience.

    Examples
    --------
    >>> stated = Stated(np.array([[[0, 1]]], dtype=np.int8), np.array([[30.0]]), np.array([[60.0]]))
    >>> weigh(stated, Units(np.array([[[0.5]]]), np.array([[[[1.0, 0.0]]]]))).tolist()
    [[[[100.0, 0.0]]]]
    """
    swings = stated.tier.max(axis=2) > 0
    if ((swings * stated.salience_high).sum(axis=1) == 0)[swings.any(axis=1)].any():
        raise ValueError("an actor that prefers some option gives no issue a salience above 0")
    low, high = stated.salience_low, stated.salience_high
    weight = (low + units.share * (high - low)) * swings
    total = weight.sum(axis=2, keepdims=True)
    weight *= FULL / np.where(total > 0, total, 1.0)
    return np.asarray(weight[..., None] * units.value)


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
    return weigh(stated, draw_units(stated, n, rng, quasi))
