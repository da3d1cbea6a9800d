"""Worlds: variants of a case in which every uncertain input has one value, and what a lens says in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.errors import InputProblems
from detente.studies.question import Question
from detente.studies.uncertain import Uncertain, drawn, fixed

Array = NDArray[np.float64]

Watch = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is at most."""


def unwatched(what: str, done: int, most: int) -> None:
    """Tell nobody."""


def answer(
    case: Case,
    question: Question,
    inputs: Sequence[Uncertain],
    values: Sequence[float],
    seed: int | None = None,
) -> float | None:
    """Return the number with inputs fixed; None where it does not exist, or the values contradict each other.

    Two ranges that overlap can have values no case may combine, such as a side that grows and gets weaker.
    """
    try:
        variant = fixed(case, inputs, values)
    except InputProblems:
        return None
    return question.ask(variant, seed)


@dataclass(frozen=True, slots=True)
class Worlds:
    """A Monte Carlo sample of worlds.

    Parameters
    ----------
    inputs : tuple of Uncertain
    x : array (worlds, inputs)
    y : array (worlds,)
        The headline number; NaN where it does not exist in a world.
    """

    inputs: tuple[Uncertain, ...]
    x: Array
    y: Array

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which worlds have the number."""
        return np.asarray(np.isfinite(self.y), dtype=bool)


def sample(
    case: Case,
    question: Question,
    inputs: Sequence[Uncertain],
    size: tuple[int, int],
    watch: Watch = unwatched,
) -> Worlds:
    """Return worlds drawn over all ranges at once.

    Parameters
    ----------
    case : Case
    question : Question
    inputs : sequence of Uncertain
    size : pair of int
        Number of worlds, and the seed of their draws.
    watch : callable
    """
    worlds, seed = size
    x = drawn(inputs, worlds, seed)
    y = np.full(worlds, np.nan)
    for i, row in enumerate(x):
        found = answer(case, question, inputs, row.tolist())
        y[i] = np.nan if found is None else found
        watch("Drawing worlds", i + 1, worlds)
    return Worlds(tuple(inputs), x, y)


@dataclass(frozen=True, slots=True)
class Screened:
    """One input that moves the number, and the number at both ends of its range."""

    input: Uncertain
    at_low: float | None
    at_high: float | None

    def swing(self, base: float) -> float:
        """Return how far the number lies from that on file at the end that moves it most."""
        ends = [abs(v - base) for v in (self.at_low, self.at_high) if v is not None]
        return max(ends, default=0.0)


def screen(
    case: Case, question: Question, inputs: Sequence[Uncertain], watch: Watch = unwatched
) -> tuple[Screened, ...]:
    """Return the inputs that move the number at all, each set to both ends of its range alone.

    Inputs are first tried in groups, by actor and then in halves: where a whole group at its low ends and at
    its high ends leaves the number exactly as it is, none of the group is tried alone (after Bettonvil &
    Kleijnen 1997, doi:10.1016/S0377-2217(96)00156-7; an input whose effect is undone by another of its group
    at both ends would be missed).
    """
    base = question.measure.value
    tried = [0]

    def ask(group: Sequence[Uncertain], end: int) -> float | None:
        tried[0] += 1
        watch("Trying inputs", tried[0], 2 * len(inputs))
        return answer(case, question, group, [(u.low, u.high)[end] for u in group])

    def among(group: Sequence[Uncertain]) -> list[Screened]:
        if len(group) == 1:
            found = Screened(group[0], ask(group, 0), ask(group, 1))
            return [] if found.at_low == found.at_high == base else [found]
        if not group or (ask(group, 0) == base and ask(group, 1) == base):
            return []
        middle = len(group) // 2
        return among(group[:middle]) + among(group[middle:])

    groups: dict[str, list[Uncertain]] = {}
    for u in inputs:
        groups.setdefault(u.actor, []).append(u)
    found = [s for group in groups.values() for s in among(group)]
    return tuple(sorted(found, key=lambda s: -s.swing(base or 0.0)))
