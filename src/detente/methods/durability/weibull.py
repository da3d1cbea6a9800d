"""Weibull proportional-hazard reference models: a second engine, kept for comparison."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weibull:
    """A fitted model: cumulative hazard ``H(t | x) = exp(const + x b) t ** k``, t in days.

    Parameters
    ----------
    names : tuple of str
        Parameters in the order of `mean` and `cov`: const, covariates, log_k.
    mean : (p,) array
    cov : (p, p) array
    n, events : int
    """

    names: tuple[str, ...]
    mean: Array
    cov: Array
    n: int
    events: int

    def failed(self, x: Mapping[str, float], days: ArrayLike) -> Array:
        """Return failure probabilities at the estimate.

        Raises
        ------
        ValueError
            If a covariate is not in the model.

        Examples
        --------
        Truce without and with peacekeepers after 30 days:

        >>> model = models()["A"]
        >>> [float(model.failed({"pk_dum": pk}, [30])[0].round(2)) for pk in (0, 1)]
        [0.14, 0.1]
        """
        return np.asarray(self._failed(self.mean[None], x, days)[0])

    def draws(self, x: Mapping[str, float], days: ArrayLike, n: int, rng: np.random.Generator) -> Array:
        """Return failure probabilities for parameters drawn around the estimate, (n, k)."""
        drawn = rng.multivariate_normal(self.mean, self.cov, size=n, method="cholesky")
        return self._failed(drawn, x, days)

    def _failed(self, parameters: Array, x: Mapping[str, float], days: ArrayLike) -> Array:
        unknown = sorted(set(x) - set(self.names[1:-1]))
        if unknown:
            raise ValueError(f"the model has no covariate {unknown[0]!r}; it knows {list(self.names[1:-1])}")
        row = np.array([1.0, *(x.get(name, 0.0) for name in self.names[1:-1])])
        t = np.atleast_1d(np.asarray(days, dtype=float))
        shape = np.exp(parameters[:, -1])
        log_hazard = (parameters[:, :-1] @ row)[:, None] + shape[:, None] * np.log(t)
        return np.asarray(-np.expm1(-np.exp(log_hazard)))


@cache
def models() -> dict[str, Weibull]:
    """Return the two packaged fits: "A" civil-war ceasefires (Fortna 2008), "B" peace agreements (UCDP)."""
    text = (
        files("detente.methods.durability")
        .joinpath("data/reference_durability_models.json")
        .read_text("utf-8")
    )
    stored = json.loads(text)
    found = {}
    for letter, key in (
        ("A", "A_fortna_civil_ceasefires_1989_99"),
        ("B", "B_ucdp_peace_agreements_1975_2021"),
    ):
        fit = stored[key]
        names = tuple(fit["params"])
        cov = np.array(fit["cov"])
        found[letter] = Weibull(names, np.array(list(fit["params"].values())), cov, fit["n"], fit["events"])
    return found
