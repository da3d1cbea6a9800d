"""Scenario discovery by the patient rule induction method (PRIM): ranges of inputs with a common outcome.

A box is a range for some of the inputs. Peeling starts from all draws and again and again cuts off the small
slice at one end of one input whose loss leaves the outcome most common; pasting lets the box grow again
where that costs nothing. Two numbers judge a box: *density*, the share of its draws with the outcome, and
*coverage*, the share of all draws with the outcome that lie in it.

References
----------
Friedman, J. & Fisher, N. (1999), *Statistics and Computing* 9, 123-143, doi:10.1023/A:1008894516817 (PRIM).
Bryant, B. & Lempert, R. (2010), *Technological Forecasting and Social Change* 77, 34-49,
doi:10.1016/j.techfore.2009.08.002 (coverage, density, and the test of each restriction).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

ALPHA = 0.05
"""Share of the draws in a box that one peel may cut off: Friedman & Fisher's advice, 0.05 to 0.1."""
LEAST = 0.05
"""Smallest share of all draws a box may hold: judgement, as in Bryant & Lempert's examples."""
CHANCE = 0.05
"""A restriction that chance would serve as well with this probability is dropped; so is, beforehand, an input
whose draws with and without the outcome differ no more than chance would have it."""


@dataclass(frozen=True, slots=True)
class Box:
    """Ranges of inputs; an infinite end is no restriction.

    Parameters
    ----------
    low, high : array (k,)
        Both ends belong to the box.
    density, coverage, mass : float
        Share of its draws with the outcome; share of all outcomes it holds; share of all draws it holds.
    """

    low: Array
    high: Array
    density: float
    coverage: float
    mass: float

    @property
    def restricted(self) -> tuple[int, ...]:
        """Inputs the box says anything about."""
        return tuple(int(i) for i in np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)))

    def holds(self, x: ArrayLike) -> Mask:
        """Return which draws lie in the box, shape (N,)."""
        given = np.asarray(x, dtype=float)
        inside = (given >= self.low) & (given <= self.high)
        return np.asarray(inside.all(axis=1), dtype=bool)


def trajectory(x: ArrayLike, yes: ArrayLike, alpha: float = ALPHA, least: float = LEAST) -> tuple[Box, ...]:
    """Return the boxes of one peeling, from all draws to the smallest; densities do not fall.

    Parameters
    ----------
    x : array (N, k)
    yes : bool array (N,)
        Whether the outcome is there.
    alpha, least : float
        Largest share of a box cut off at once; smallest share of all draws a box may hold.

    Raises
    ------
    ValueError
        If shapes do not fit, no draw or every draw has the outcome, or a number is not finite.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = rng.uniform(size=(2000, 3))
    >>> boxes = trajectory(x, (x[:, 0] > 0.6) & (x[:, 1] < 0.3))
    >>> boxes[0].mass, boxes[-1].density > 0.95
    (1.0, True)
    """
    given, outcome = _checked(x, yes)
    k = given.shape[1]
    boxes = [_judged(np.full(k, -np.inf), np.full(k, np.inf), given, outcome)]
    while (smaller := _peeled(boxes[-1], given, outcome, (alpha, least))) is not None:
        boxes.append(smaller)
    return tuple(boxes)


def choose(boxes: tuple[Box, ...]) -> Box:
    """Return the box with the best balance of density and coverage: the largest harmonic mean of the two.

    Examples
    --------
    >>> free = np.array([-np.inf]), np.array([np.inf])
    >>> choose((Box(*free, 0.2, 1.0, 1.0), Box(*free, 0.8, 0.7, 0.2), Box(*free, 1.0, 0.1, 0.02))).density
    0.8
    """
    return max(boxes, key=lambda b: 2 * b.density * b.coverage / max(b.density + b.coverage, 1e-12))


def discover(x: ArrayLike, yes: ArrayLike) -> Box:
    """Return one box over related inputs: peeled, chosen, pasted, rid of restrictions that chance explains.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = rng.uniform(size=(2000, 3))
    >>> found = discover(x, (x[:, 0] > 0.6) & (x[:, 1] < 0.3))
    >>> found.restricted, found.low[0].round(1), found.high[1].round(1)
    ((0, 1), np.float64(0.6), np.float64(0.3))
    """
    given, outcome = _checked(x, yes)
    kept, k = related(given, outcome), given.shape[1]
    box = _judged(np.full(k, -np.inf), np.full(k, np.inf), given, outcome)
    if not len(kept):
        return box
    narrow = pasted(choose(trajectory(given[:, kept], outcome)), given[:, kept], outcome)
    box.low[kept], box.high[kept] = narrow.low, narrow.high
    box = _judged(box.low, box.high, given, outcome)
    while box.restricted:
        chance = by_chance(box, given, outcome)
        worst = max(box.restricted, key=lambda i: chance[i])
        if chance[worst] <= CHANCE:
            break
        box = _freed(box, worst, given, outcome)
    return box


def related(x: ArrayLike, yes: ArrayLike) -> NDArray[np.intp]:
    """Return the inputs whose draws with the outcome are spread unlike those without it.

    Among dozens of idle inputs peeling always finds one whose end happens to be poor in outcomes, so the
    idle ones are set aside first: two-sample Kolmogorov-Smirnov tests, jointly at 5% after Holm (1979,
    *Scandinavian Journal of Statistics* 6, 65-70). An input that counts only through a symmetric interplay
    with another is missed, as peeling would miss it.

    Examples
    --------
    >>> x = np.random.default_rng(1).uniform(size=(300, 4))
    >>> related(x, x[:, 2] > 0.6)
    array([2])
    """
    from scipy.stats import ks_2samp

    given, outcome = _checked(x, yes)
    chance = np.array([ks_2samp(column[outcome], column[~outcome]).pvalue for column in given.T])
    order = np.argsort(chance, kind="stable")
    passed = chance[order] <= CHANCE / (len(chance) - np.arange(len(chance)))
    kept = order[: int(np.argmin(passed)) if not passed.all() else len(order)]
    return np.sort(kept)


def pasted(box: Box, x: ArrayLike, yes: ArrayLike, alpha: float = ALPHA) -> Box:
    """Return the box grown again wherever a small slice beyond one face does not lower the density.

    Examples
    --------
    >>> x = np.linspace(0, 1, 101)[:, None]
    >>> small = Box(np.array([0.5]), np.array([np.inf]), 1.0, 0.6, 0.5)
    >>> pasted(small, x, x[:, 0] > 0.295).low.round(2)
    array([0.3])
    """
    given, outcome = _checked(x, yes)
    while True:
        grown = [
            larger
            for i in box.restricted
            for larger in _grown(box, i, given, outcome, alpha)
            if larger.density >= box.density and larger.mass > box.mass
        ]
        if not grown:
            return box
        box = max(grown, key=lambda b: (b.density, b.coverage))


def by_chance(box: Box, x: ArrayLike, yes: ArrayLike) -> dict[int, float]:
    """Return, for each restricted input, how likely its restriction would do as well by chance.

    The box without that restriction holds draws with the outcome in some share; the value is the chance
    that a random part of it, as large as the box, has at least as many (Bryant & Lempert 2010).

    Examples
    --------
    >>> x = np.random.default_rng(1).uniform(size=(500, 2))
    >>> box = Box(np.array([0.5, 0.1]), np.array([np.inf, np.inf]), 1.0, 1.0, 0.45)
    >>> found = by_chance(box, x, x[:, 0] > 0.5)
    >>> found[0] < 0.001, found[1] > 0.05
    (True, True)
    """
    from scipy.stats import binom

    given, outcome = _checked(x, yes)
    inside = box.holds(given)
    hits, size = int(outcome[inside].sum()), int(inside.sum())
    found = {}
    for i in box.restricted:
        wider = _freed(box, i, given, outcome)
        found[i] = float(binom.sf(hits - 1, size, wider.density)) if wider.density < 1 else 1.0
    return found


def _checked(x: ArrayLike, yes: ArrayLike) -> tuple[Array, Mask]:
    given, outcome = np.asarray(x, dtype=float), np.asarray(yes, dtype=bool)
    if given.ndim != 2 or outcome.shape != given.shape[:1] or not np.isfinite(given).all():
        raise ValueError("inputs have shape (draws, inputs) and are finite, outcomes have shape (draws,)")
    if not outcome.any() or outcome.all():
        raise ValueError("no box can tell draws apart where none of them, or every one, has the outcome")
    return given, outcome


def _judged(low: Array, high: Array, x: Array, yes: Mask) -> Box:
    box = Box(low, high, 0.0, 0.0, 0.0)
    inside = box.holds(x)
    hits = float(yes[inside].sum())
    return replace(
        box,
        density=hits / max(int(inside.sum()), 1),
        coverage=hits / int(yes.sum()),
        mass=float(inside.mean()),
    )


def _peeled(box: Box, x: Array, yes: Mask, limits: tuple[float, float]) -> Box | None:
    """Return the box after the best peel; None where none raises the density or all leave too little."""
    alpha, least = limits
    inside = x[box.holds(x)]
    offers = []
    for i in range(x.shape[1]):
        for side, level in ((0, alpha), (1, 1 - alpha)):
            cut = np.quantile(inside[:, i], level, method="higher" if side == 0 else "lower")
            ends = [box.low.copy(), box.high.copy()]
            beyond = inside[:, i] > cut if side == 0 else inside[:, i] < cut
            kept = inside[:, i] >= cut if side == 0 else inside[:, i] <= cut
            if kept.all() and beyond.any():  # ties at the end: cut them off together
                cut = inside[beyond, i].min() if side == 0 else inside[beyond, i].max()
            ends[side][i] = cut
            offers.append(_judged(ends[0], ends[1], x, yes))
    fit = [b for b in offers if least <= b.mass < box.mass and b.density >= box.density]
    return max(fit, key=lambda b: (b.density, b.mass), default=None)


def _grown(box: Box, i: int, x: Array, yes: Mask, alpha: float) -> list[Box]:
    """Return the box with a slice added at either end of one input."""
    open_there = _freed(box, i, x, yes).holds(x)
    most = max(1, int(alpha * box.holds(x).sum()))
    found = []
    for side, end in ((0, box.low[i]), (1, box.high[i])):
        if not np.isfinite(end):
            continue
        beyond = np.sort(x[open_there & (x[:, i] < end if side == 0 else x[:, i] > end), i])
        for size in {1, most}:
            ends = [box.low.copy(), box.high.copy()]
            if len(beyond) <= size:
                ends[side][i] = -np.inf if side == 0 else np.inf
            else:
                ends[side][i] = beyond[-size] if side == 0 else beyond[size - 1]
            found.append(_judged(ends[0], ends[1], x, yes))
    return found


def _freed(box: Box, i: int, x: Array, yes: Mask) -> Box:
    """Return the box without its restriction of one input."""
    low, high = box.low.copy(), box.high.copy()
    low[i], high[i] = -np.inf, np.inf
    return _judged(low, high, x, yes)
