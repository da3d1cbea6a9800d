"""What a deal's terms do to its hazard: hazard ratios with wide, stated priors."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

Z95 = 1.959964
"""Half-width of a 95% range in standard deviations of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A lognormal prior on one hazard ratio.

    Parameters
    ----------
    feature : str
        What the ratio is of.
    label : str
        The same in a reader's words.
    median : float
        Middle of the prior, above 0.
    low, high : float
        Its 95% range; the spread of the logarithm is a quarter of its log-width (over 1.96).
    source : str
        Where it comes from, or the word judgement.

    Examples
    --------
    >>> Ratio("peacekeepers", "peacekeepers", 0.5, 0.25, 1.0, "judgement").sigma
    0.353...
    """

    feature: str
    label: str
    median: float
    low: float
    high: float
    source: str

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.median <= self.high < math.inf:
            raise ValueError(f"the ratio of {self.feature} must run 0 < low <= median <= high")

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm of the ratio."""
        return (math.log(self.high) - math.log(self.low)) / (2 * Z95)

    def draw(self, amount: Array, rng: np.random.Generator) -> Array:
        """Draw the factor on the hazard for a feature present to some amount.

        ``HR ** x`` with ``x`` from 0 (absent) to 1 (fully there).

        Parameters
        ----------
        amount : (n,) array
            How much of the feature the deal has, per draw.
        rng : numpy.random.Generator

        Returns
        -------
        (n,) array
        """
        if not np.all((amount >= 0) & (amount <= 1)):
            raise ValueError(f"the amount of {self.feature} lies on 0..1")
        logs = math.log(self.median) + self.sigma * rng.standard_normal(amount.shape)
        return np.asarray(np.exp(amount * logs))


@cache
def priors() -> dict[str, Ratio]:
    """Return the packaged priors by feature, each with its source.

    Examples
    --------
    >>> sorted(priors())[:3], priors()["peacekeepers"].median
    (['commission', 'earlier_broken', 'imposed'], 0.5)
    """
    text = files("detente.methods.durability").joinpath("data/hazard_ratios.json").read_text("utf-8")
    return {row["feature"]: Ratio(**row) for row in json.loads(text)}
