"""Cox models as published or fitted: a table of ratios, and failure from the civil-war ceasefire model."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.methods.durability.pieces import HORIZONS

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RatioRow:
    """One covariate of a fit: its hazard ratio and 95% interval."""

    name: str
    ratio: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CoxFit:
    """A fitted Cox model, as stored.

    Parameters
    ----------
    name, lifetime, source, note : str
    n, events : int
    rows : tuple of RatioRow
    """

    name: str
    lifetime: str
    source: str
    note: str
    n: int
    events: int
    rows: tuple[RatioRow, ...]


@cache
def stored() -> dict[str, Any]:
    """Return the packaged file of Cox fits as plain data."""
    text = files("detente.methods.durability").joinpath("data/cox_models.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def fits() -> dict[str, CoxFit]:
    """Return the three packaged fits by name.

    Examples
    --------
    >>> row = fits()["fortna_2008"].rows[0]
    >>> row.name, round(row.ratio, 3)
    ('pk_dum', 0.427)
    """
    return {key: _fit(value) for key, value in stored().items()}


def _fit(raw: dict[str, Any]) -> CoxFit:
    if "ratios" in raw:
        pairs = {name: (math.log(ratio), se) for name, (ratio, se) in raw["ratios"].items()}
    else:
        pairs = {name: (b, raw["se_cluster"][name]) for name, b in raw["coefficients"].items()}
    rows = tuple(
        RatioRow(name, math.exp(b), math.exp(b - 1.96 * se), math.exp(b + 1.96 * se))
        for name, (b, se) in pairs.items()
    )
    return CoxFit(
        raw["name"], raw["lifetime"], raw["source"], raw.get("note", ""), raw["n"], raw["events"], rows
    )


def fortna_failed(x: Mapping[str, float], n: int, rng: np.random.Generator) -> Array:
    """Draw failure probabilities at the six horizons from the civil-war ceasefire model.

    Covariates not named stay at their mean in the data; victory is set to 0 because a negotiated halt is
    asked about. Only the uncertainty of the two coefficients that describe a deal (peacekeepers,
    settlement) is drawn, with their cluster-robust covariance; the baseline is taken as known, so the
    interval is too narrow.

    Parameters
    ----------
    x : mapping
        `pk_dum` and `treaty`, 0 to 1.
    n : int
    rng : numpy.random.Generator

    Returns
    -------
    (n, 6) array

    Examples
    --------
    >>> fortna_failed({"pk_dum": 1, "treaty": 1}, 2000, np.random.default_rng(1)).shape
    (2000, 6)
    """
    fit = stored()["fortna_2008"]
    unknown = sorted(set(x) - {"pk_dum", "treaty"})
    if unknown:
        raise ValueError(f"only pk_dum and treaty describe a deal here, not {unknown[0]!r}")
    b, mean = fit["coefficients"], fit["mean"]
    deal = np.array([x.get("pk_dum", 0.0) - mean["pk_dum"], x.get("treaty", 0.0) - mean["treaty"]])
    drawn = rng.multivariate_normal([b["pk_dum"], b["treaty"]], fit["covariance_pk_dum_treaty"], size=n)
    score = drawn @ deal - b["victory"] * mean["victory"]
    baseline = np.array([fit["baseline_hazard"][str(h)] for h in HORIZONS])
    return np.asarray(-np.expm1(-np.exp(score)[:, None] * baseline))
