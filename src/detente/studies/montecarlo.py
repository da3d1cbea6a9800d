"""The spread of headline numbers over the stated ranges of all inputs at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from detente.case.model import Case
from detente.errors import InputProblems, UsageError
from detente.lens import Measure
from detente.methods.smaa_report import monte_carlo_error
from detente.methods.uncertainty.spread import Estimate, quantile
from detente.studies.question import Question, value_of
from detente.studies.uncertain import drawn, fixed, uncertain
from detente.studies.worlds import Watch, unwatched

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
FEWEST = 20
"""Worlds below which no quantile is given: judgement."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One headline number over the worlds.

    Parameters
    ----------
    measure : Measure
        As the case on file has it.
    values : tuple of float
        In the worlds that have the number, smallest first.
    worlds : int
    quantiles : tuple of Estimate
        At `LEVELS`, each with its 95% Monte Carlo interval; empty where too few worlds have the number.
    mean : float or None
    mean_error : float or None
        Standard error of the mean.
    above : Estimate or None
        Share of worlds at or above the threshold.
    """

    measure: Measure
    values: tuple[float, ...]
    worlds: int
    quantiles: tuple[Estimate, ...]
    mean: float | None
    mean_error: float | None
    above: Estimate | None


@dataclass(frozen=True, slots=True)
class MonteCarlo:
    """The study: spreads in the order asked for, the number of inputs drawn, and the seed."""

    question: Question
    spreads: tuple[Spread, ...]
    inputs: int
    worlds: int
    seed: int


def montecarlo(
    case: Case,
    question: Question,
    measures: Sequence[str] = (),
    size: tuple[int, int] = (200, 1),
    watch: Watch = unwatched,
) -> MonteCarlo:
    """Draw all uncertain inputs at once and keep the headline numbers of each world.

    Parameters
    ----------
    case : Case
    question : Question
        Its lens and options are used; its measure if none is named.
    measures : sequence of str
        Names of further measures of the lens.
    size : pair of int
        Number of worlds, and the seed of their draws.
    watch : callable

    Raises
    ------
    UsageError
        If a measure does not exist.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> from detente.studies.question import Asked, question
    >>> case = load_case("minsk-2015")
    >>> found = montecarlo(case, question(case, Asked(options=("draws=50",))), size=(20, 1))
    >>> len(found.spreads[0].values), len(found.spreads[0].quantiles)
    (20, 5)
    """
    (worlds, seed), base = size, {m.name: m for m in question.measures(case)}
    if unknown := [n for n in measures if n not in base]:
        raise UsageError(
            f"the {question.lens.name} lens has no number '{unknown[0]}' here. "
            f"Remedy: choose from {', '.join(base)}"
        )
    chosen = [question.measure, *(base[n] for n in measures if n != question.measure.name)]
    inputs = _inputs(case, chosen)
    x = drawn(inputs, worlds, seed)
    found = np.full((worlds, len(chosen)), np.nan)
    for i, row in enumerate(x):
        with suppress(InputProblems):  # values that no case may combine leave the world without a number
            told = question.measures(fixed(case, inputs, row.tolist()))
            values = (value_of(told, m.name) for m in chosen)
            found[i] = [np.nan if v is None else v for v in values]
        watch("Drawing worlds", i + 1, worlds)
    spreads = tuple(
        spread_of(m, found[:, k], question.threshold if k == 0 else None) for k, m in enumerate(chosen)
    )
    return MonteCarlo(question, spreads, len(inputs), worlds, seed)


def _inputs(case: Case, measures: Sequence[Measure]) -> tuple:  # type: ignore[type-arg]
    """Return the inputs behind any of the measures, each once."""
    return tuple({u.name: u for m in measures for u in uncertain(case, m)}.values())


def spread_of(measure: Measure, values: object, threshold: float | None) -> Spread:
    """Return the spread of one number over worlds; NaN where a world does not have it.

    Examples
    --------
    >>> found = spread_of(Measure("m", "", 1.0, "share"), np.arange(100) / 100, 0.5)
    >>> round(found.mean, 3), found.above.value, found.quantiles[2].value
    (0.495, 0.5, 0.495)
    """
    given = np.asarray(values, dtype=float)
    y = np.sort(given[np.isfinite(given)])
    n = len(y)
    above = None
    if threshold is not None and n:
        share = float((y >= threshold).mean())
        low, high = monte_carlo_error(share, n)
        above = Estimate(share, float(low), float(high))
    return Spread(
        measure,
        tuple(y.tolist()),
        len(given),
        tuple(quantile(y, level) for level in LEVELS) if n >= FEWEST else (),
        float(y.mean()) if n else None,
        float(y.std(ddof=1) / np.sqrt(n)) if n > 1 else None,
        above,
    )
