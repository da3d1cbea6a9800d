"""Input noise carried through models: spreads that are no forecasts, scored beside those that are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.methods.spatial import eum, scoring, smp
from detente.studies.deu import Decision

Array = NDArray[np.float64]

_POSITION, _LOG = 10.0, 0.3  # sd of positions in points; log-sd of salience and of capability: judgement
_RUNS = 40  # of a challenge model on each issue: judgement; more would move the third digit of a score
_CEILING = 0.9999  # the challenge models take saliences below 1


def disturbed(d: Decision, rng: np.random.Generator, draws: int) -> tuple[Array, Array, Array]:
    """Return positions, capabilities and saliences with independent noise, shape (draws, n) each."""
    n = d.position.size
    x = np.clip(d.position + rng.normal(0, _POSITION, (draws, n)), 0, 100)
    salience = d.salience * np.exp(rng.normal(0, _LOG, (draws, n)))
    return x, d.capability * np.exp(rng.normal(0, _LOG, (draws, n))), salience


def challenged(decisions: Sequence[Decision], rng: np.random.Generator) -> dict[tuple[str, str], Array]:
    """Return the spread of each challenge model under input noise, shape (issues, 101)."""
    models = {
        ("noise_smp", "input noise through the SMP, corrected, final mean"): [],
        ("noise_eum", "input noise through expected utility, intended, round 10"): [],
    }  # type: dict[tuple[str, str], list[Array]]
    for d in decisions:
        x, c, s = disturbed(d, rng, _RUNS)
        s = np.minimum(s, _CEILING)
        for found, run in zip(models.values(), (smp.sweep(x, c, s), eum.sweep(x, c, s)), strict=True):
            found.append(scoring.empirical(run.mean[:, -1]))
    return {name: np.array(found) for name, found in models.items()}
