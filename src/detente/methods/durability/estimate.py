"""Estimation from a user's own spells: Kaplan-Meier and Cox through lifelines, robust errors of our own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.errors import MissingExtra

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spells:
    """Times under observation, one entry per spell.

    Parameters
    ----------
    entry, leave : (n,) array
        Days since the halt took effect; observed in ``(entry, leave]``.
    failed : (n,) bool array
    """

    entry: Array
    leave: Array
    failed: NDArray[np.bool_]

    def __post_init__(self) -> None:
        if not np.all(self.leave > self.entry):
            raise ValueError("every spell must last: it has to leave observation after it enters")


def spells(leave: ArrayLike, failed: ArrayLike, entry: ArrayLike | None = None) -> Spells:
    """Return checked spells; entry at day 0 unless given."""
    last = np.asarray(leave, dtype=float)
    first = np.zeros_like(last) if entry is None else np.asarray(entry, dtype=float)
    return Spells(first, last, np.asarray(failed, dtype=bool))


@dataclass(frozen=True, slots=True)
class CoxEstimate:
    """A fitted Cox model.

    Parameters
    ----------
    names : tuple of str
    coef : (p,) array
        Coefficients on the log hazard.
    cov : (p, p) array
        Inverse information.
    log_likelihood : float
        Partial log likelihood, Efron's way with ties.
    n, events : int
    """

    names: tuple[str, ...]
    coef: Array
    cov: Array
    log_likelihood: float
    n: int
    events: int

    @property
    def se(self) -> Array:
        """Standard errors."""
        return np.asarray(np.sqrt(np.diag(self.cov)))


def kaplan_meier(s: Spells, days: Sequence[float]) -> Array:
    """Return the Kaplan-Meier share failed by each day.

    Raises
    ------
    MissingExtra
        If lifelines is not installed.

    References
    ----------
    E. L. Kaplan & P. Meier, Nonparametric Estimation from Incomplete Observations, Journal of the American
    Statistical Association 53 (1958), doi:10.1080/01621459.1958.10501452.

    Examples
    --------
    >>> kaplan_meier(spells([10, 20, 30, 40], [1, 0, 1, 0]), [15, 35]).round(3)
    array([0.25 , 0.625])
    """
    fitter = _lifelines().KaplanMeierFitter()
    fitter.fit(s.leave, s.failed, entry=s.entry if np.any(s.entry > 0) else None)
    return np.asarray(1 - fitter.predict(list(days)), dtype=float).reshape(-1)


def cox(s: Spells, covariates: Mapping[str, ArrayLike]) -> CoxEstimate:
    """Fit a Cox proportional-hazards model.

    Parameters
    ----------
    s : Spells
    covariates : mapping of str to (n,) array-like
        By name, constant within a spell.

    Raises
    ------
    MissingExtra
        If lifelines is not installed.
    ValueError
        If a covariate does not vary or has a gap.

    References
    ----------
    D. R. Cox, Regression Models and Life-Tables, Journal of the Royal Statistical Society B 34 (1972),
    doi:10.1111/j.2517-6161.1972.tb00899.x.
    """
    frame = _frame(s, covariates)
    fitter = _lifelines().CoxPHFitter()
    fitter.fit(
        frame, "_leave", "_failed", entry_col="_entry", fit_options={"precision": 1e-12, "max_steps": 500}
    )
    names = tuple(covariates)
    return CoxEstimate(
        names,
        fitter.params_.loc[list(names)].to_numpy(float),
        fitter.variance_matrix_.loc[list(names), list(names)].to_numpy(float),
        float(fitter.log_likelihood_),
        int(s.failed.size),
        int(s.failed.sum()),
    )


def cluster_robust(
    fit: CoxEstimate, s: Spells, covariates: Mapping[str, ArrayLike], cluster: Sequence[Any]
) -> Array:
    """Return the covariance robust to dependence within clusters, (p, p).

    Sandwich of score residuals summed by cluster, times ``g / (g - 1)`` for `g` clusters; late entry is
    respected, which the library's own option is not. Assumes no tied failure times (Breslow's form).

    References
    ----------
    D. Y. Lin & L. J. Wei, The Robust Inference for the Cox Proportional Hazards Model, Journal of the
    American Statistical Association 84 (1989), doi:10.1080/01621459.1989.10478874.
    """
    x = np.column_stack([np.asarray(covariates[name], dtype=float) for name in fit.names])
    labels, member = np.unique(np.asarray(cluster), return_inverse=True)
    summed = np.zeros((labels.size, x.shape[1]))
    np.add.at(summed, member, _score_residuals(s, x, fit.coef))
    g = labels.size
    if g < 2:
        raise ValueError("robust errors need at least two clusters")
    return np.asarray(fit.cov @ (summed.T @ summed) @ fit.cov * g / (g - 1))


def _score_residuals(s: Spells, x: Array, coef: Array) -> Array:
    weight = np.exp((x - x.mean(axis=0)) @ coef)
    found = np.zeros_like(x)
    for i in np.flatnonzero(s.failed):
        at_risk = (s.entry < s.leave[i]) & (s.leave >= s.leave[i])
        share = weight[at_risk] / weight[at_risk].sum()
        mean = share @ x[at_risk]
        found[i] += x[i] - mean
        found[at_risk] -= share[:, None] * (x[at_risk] - mean)
    return found


def _frame(s: Spells, covariates: Mapping[str, ArrayLike]) -> Any:
    _lifelines()
    import pandas as pd  # type: ignore[import-untyped]

    frame = pd.DataFrame({name: np.asarray(values, dtype=float) for name, values in covariates.items()})
    for name in frame.columns:
        if frame[name].isna().any():
            raise ValueError(f"{name} has gaps; drop those spells first")
        if frame[name].nunique() < 2:
            raise ValueError(f"{name} does not vary; leave it out")
    return frame.assign(_entry=s.entry, _leave=s.leave, _failed=s.failed)


def _lifelines() -> Any:
    try:
        import lifelines
    except ImportError:
        raise MissingExtra("Fitting durability models to your own data", "fit") from None
    return lifelines
