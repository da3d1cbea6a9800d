"""Which combinations of inputs make a headline hold, and which make it fail: scenario discovery."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.case.model import Case
from detente.errors import UsageError
from detente.methods.uncertainty.prim import Box, discover
from detente.studies.question import Question
from detente.studies.uncertain import Uncertain, uncertain
from detente.studies.worlds import Watch, Worlds, sample, unwatched

WORLDS = 300
"""Worlds drawn. Judgement: a box of a tenth of them then holds thirty."""
RARE = 10
"""Fewest worlds with an outcome for which a box is looked for. Judgement."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """One input a box says something about; None is an end the box leaves as the case states it."""

    input: Uncertain
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A box in which an answer is common.

    Parameters
    ----------
    holds : bool
        Whether the answer is that the headline holds.
    restrictions : tuple of Restriction
        The narrowest first; empty where no input tells the answers apart.
    density : float
        Share of the worlds in the box with that answer.
    coverage : float
        Share of all worlds with that answer that lie in the box.
    mass : float
        Share of all worlds in the box.
    """

    holds: bool
    restrictions: tuple[Restriction, ...]
    density: float
    coverage: float
    mass: float


@dataclass(frozen=True, slots=True)
class Discovery:
    """The study.

    Parameters
    ----------
    question : Question
    scenarios : tuple of Scenario
        Where the headline holds, then where it fails; only for answers some worlds give.
    yes, answers, worlds, inputs, seed : int
        Worlds in which it holds, that have the number, drawn; inputs drawn; seed of the worlds.
    """

    question: Question
    scenarios: tuple[Scenario, ...]
    yes: int
    answers: int
    worlds: int
    inputs: int
    seed: int


def discovery(
    case: Case, question: Question, worlds: int = WORLDS, seed: int = 1, watch: Watch = unwatched
) -> Discovery:
    """Draw worlds over all ranges and find the boxes in which the headline holds, and fails.

    Raises
    ------
    UsageError
        If the number has no threshold, so that nothing can hold or fail.
    """
    if question.threshold is None:
        raise UsageError(
            f"'{question.measure.name}' is in {question.measure.unit}: say from where on it counts. "
            "Remedy: --threshold NUMBER"
        )
    # All inputs are drawn, those that move nothing alone too: two may matter only together.
    inputs = uncertain(case, question.measure)
    found = sample(case, question, inputs, (worlds, seed), watch)
    yes = found.y[found.known] >= question.threshold
    scenarios = tuple(
        scenario(found, yes if holds else ~yes, holds)
        for holds in (True, False)
        if inputs and RARE <= int((yes if holds else ~yes).sum()) < len(yes)
    )
    return Discovery(question, scenarios, int(yes.sum()), len(yes), worlds, len(inputs), seed)


def scenario(found: Worlds, outcome: np.ndarray, holds: bool) -> Scenario:
    """Return the box in which an outcome is common, in the inputs' own words."""
    box = discover(found.x[found.known], outcome)
    told = sorted((_narrow(found.inputs[i], box, i), i) for i in box.restricted)
    return Scenario(
        holds,
        tuple(_restriction(found.inputs[i], box, i) for _, i in told),
        box.density,
        box.coverage,
        box.mass,
    )


def _narrow(u: Uncertain, box: Box, i: int) -> float:
    """Return the share of the stated range that a box leaves."""
    low, high = max(u.low, float(box.low[i])), min(u.high, float(box.high[i]))
    return (high - low) / (u.high - u.low)


def _restriction(u: Uncertain, box: Box, i: int) -> Restriction:
    low, high = float(box.low[i]), float(box.high[i])
    return Restriction(u, low if np.isfinite(low) else None, high if np.isfinite(high) else None)
