"""The scoreboard: every forecasting model scored on decisions whose outcome is known.

Errors are compared with a bootstrap over whole proposals, distributions are fitted by cross-validation that
never splits a proposal, and once more on the first wave alone, to be tested on the later ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from detente.methods.spatial import anchors, calibration, mixture, pce, scoring
from detente.methods.spatial.mixture import Mixture
from detente.methods.spatial.scoring import Difference
from detente.studies.deu import Decision
from detente.studies.scoreboard_models import EXPLORATORY, NAMES, forecasts
from detente.studies.scoreboard_noise import challenged, disturbed
from detente.studies.scoreboard_result import PointRow, Scoreboard, SpreadRow, Transfer

Array = NDArray[np.float64]

FOLDS = 10
RESAMPLES = 2000


def score(decisions: Sequence[Decision], seed: int = 1) -> Scoreboard:
    """Return the scoreboard of all models on the decisions given.

    Parameters
    ----------
    decisions : sequence of Decision
        From `detente.studies.deu.read_decisions`.
    seed : int
        Of the folds, the bootstrap and the input noise.

    Raises
    ------
    ValueError
        If there are fewer proposals than folds.
    """
    rng = np.random.default_rng(seed)
    groups = [d.proposal for d in decisions]
    outcome = np.array([d.outcome for d in decisions])
    folds = scoring.grouped_folds(groups, FOLDS, rng)
    family = np.array([calibration.family_scores(d.position, d.weight, d.outcome) for d in decisions])
    validated = calibration.cross_validate(family, folds)
    spreads = _distributions(decisions, folds, validated, rng)
    spreads |= challenged(decisions, np.random.default_rng((seed, 2)))
    rows = [_spread(name, label, f, outcome) for (name, label), f in spreads.items()]
    scores = {name: scoring.crps(f, outcome) for (name, _), f in spreads.items()}
    mixed = validated.crps
    return Scoreboard(
        len(decisions),
        len(set(groups)),
        _points(decisions, rng, np.random.default_rng((seed, 1))),
        tuple(sorted(rows, key=lambda r: -r.crps)),
        scoring.paired_difference(mixed, scores["climatology"], groups, rng, RESAMPLES),
        scoring.paired_difference(mixed, scores["lottery_1"], groups, rng, RESAMPLES),
        validated.folds,
        _transfer(decisions, family, rng),
        _sides(decisions, spreads, outcome),
        seed,
    )


def _points(
    decisions: Sequence[Decision], rng: np.random.Generator, fresh: np.random.Generator
) -> tuple[PointRow, ...]:
    outcome, wave = (np.array([getattr(d, k) for d in decisions]) for k in ("outcome", "period"))
    groups = np.array([d.proposal for d in decisions])
    found = forecasts(decisions)
    compromise = np.abs(found["compromise"] - outcome)
    rows = []
    for name, point in found.items():
        made = np.isfinite(point)
        if not made.any():
            continue
        error = np.abs(point - outcome)
        waves = tuple(
            float(error[made & (wave == w)].mean()) if (made & (wave == w)).any() else None
            for w in sorted(set(wave.tolist()))
        )

        def gap(rows: NDArray[np.bool_], drawn: np.random.Generator) -> Difference:
            told = error[rows], compromise[rows], groups[rows].tolist()  # noqa: B023 - called in this round
            return scoring.paired_difference(*told, drawn, RESAMPLES)

        later = made & (wave > wave.min())
        gaps = gap(made, rng), gap(later, fresh) if later.any() else None
        rows.append(_point_row(name, error[made], gaps, waves))
    return tuple(sorted(rows, key=lambda r: r.error))


def _point_row(
    name: str, error: Array, gaps: tuple[Difference, Difference | None], waves: tuple[float | None, ...]
) -> PointRow:
    return PointRow(
        name,
        NAMES[name],
        error.size,
        float(error.mean()),
        float(np.median(error)),
        float((error <= 5).mean()),
        float((error <= 10).mean()),
        *gaps,
        waves,
        name in EXPLORATORY,
    )


Spreads = dict[tuple[str, str], Array]


def _distributions(
    decisions: Sequence[Decision],
    folds: NDArray[np.int64],
    validated: calibration.Validated,
    rng: np.random.Generator,
) -> Spreads:
    """Return every distribution on the grid, shape (issues, 101)."""

    def each(make: Callable[[Decision], Array]) -> Array:
        return np.array([make(d) for d in decisions])

    def of(member: Mixture) -> Array:
        return each(lambda d: mixture.cdf(scoring.GRID, d.position, d.weight, member))

    outcome = np.array([d.outcome for d in decisions])
    climate = np.empty((len(decisions), scoring.GRID.size))
    for fold in np.unique(folds):
        climate[folds == fold] = scoring.empirical(outcome[folds != fold])
    chosen = [calibration.member((int(t), int(s), int(w))) for t, s, w in validated.chosen]
    fitted = [
        mixture.cdf(scoring.GRID, d.position, d.weight, m) for d, m in zip(decisions, chosen, strict=True)
    ]
    return {
        ("pce", "lottery of a probabilistic Condorcet election"): each(_elected),
        ("point", "the compromise as if it were certain"): each(
            lambda d: scoring.point(anchors.weighted_mean(d.position, d.weight))
        ),
        ("noise", "input noise around the compromise, nothing else"): each(lambda d: _noisy(d, rng)),
        ("uniform", "uniform: knows only the scale"): each(lambda _: scoring.uniform()),
        ("climatology", "climatology: past outcomes"): climate,
        ("lottery_1", "lottery over positions, power 1"): of(Mixture(1.0, 1.0, 20.0, 0.0)),
        ("lottery", "lottery over positions, power 0.5"): of(Mixture(1.0, 0.5, 20.0, 0.0)),
        ("normal", "truncated normal around the compromise"): of(Mixture(0.0, 0.5, 20.0, 0.0)),
        ("default", "the mixture as shipped"): of(Mixture(merge=0.0)),
        ("fitted", "the mixture, cross-validated"): np.array(fitted),
    }


def _elected(d: Decision) -> Array:
    chance = pce.elect(1 - np.abs(d.position[:, None] - d.position) / 100, d.weight)
    order = np.argsort(d.position, kind="stable")
    at = np.searchsorted(d.position[order], scoring.GRID + 1e-9, side="right")
    cumulative: Array = np.append(0.0, chance[order].cumsum())[at]
    return cumulative


def _noisy(d: Decision, rng: np.random.Generator) -> Array:
    """Return the distribution of the compromise under input noise alone: no forecast, far too narrow."""
    x, c, s = disturbed(d, rng, 200)
    return scoring.empirical(anchors.weighted_mean(x, c * s))


def _spread(name: str, label: str, f: Array, outcome: Array) -> SpreadRow:
    half, wide = scoring.covered(f, outcome, 0.5), scoring.covered(f, outcome, 0.8)
    return SpreadRow(
        name,
        label,
        float(scoring.crps(f, outcome).mean()),
        float(half[0].mean()),
        float(half[1].mean()),
        float(wide[0].mean()),
        float(wide[1].mean()),
    )


def _sides(decisions: Sequence[Decision], spreads: Spreads, outcome: Array) -> tuple[float, float, float]:
    above = outcome > 50
    by_name = {name: f for (name, _), f in spreads.items()}
    weight = [float(d.weight[d.position > 50].sum() / d.weight.sum()) for d in decisions]
    return (
        scoring.brier(1 - by_name["default"][:, 50], above),
        scoring.brier(weight, above),
        scoring.brier(1 - by_name["climatology"][:, 50], above),
    )


def _transfer(decisions: Sequence[Decision], family: Array, rng: np.random.Generator) -> Transfer | None:
    """Fit on the first wave and test on the later ones."""
    wave = np.array([d.period for d in decisions])
    early = wave == wave.min()
    if early.all():
        return None
    place = calibration.choose(family[early])
    mixed = family[~early][(slice(None), *place)]
    outcome = np.array([d.outcome for d in decisions])
    past = scoring.empirical(outcome[early])
    later = [d for d, first in zip(decisions, early, strict=True) if not first]
    groups = [d.proposal for d in later]
    base = scoring.crps(np.tile(past, (len(later), 1)), outcome[~early])
    plain = Mixture(1.0, 1.0, 20.0, 0.0)
    drawn = [mixture.cdf(scoring.GRID, d.position, d.weight, plain) for d in later]
    return Transfer(
        len(later),
        calibration.member(place),
        float(mixed.mean()),
        float(base.mean()),
        float(scoring.crps(np.tile(scoring.uniform(), (len(later), 1)), outcome[~early]).mean()),
        float(scoring.crps(np.array(drawn), outcome[~early]).mean()),
        scoring.paired_difference(mixed, base, groups, rng, RESAMPLES),
    )
