"""What was stated of actors: orders with ties, ranges of salience, ranges of worth; checked on arrival."""

from __future__ import annotations

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
