"""A made-up lens whose number is a known function of the case, so that every study has a known answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from detente.case.base import Asked as Options
from detente.case.load import load_case
from detente.case.model import Case
from detente.lens import Lens, Measure
from detente.page import Page
from detente.studies.question import Question


@dataclass(frozen=True)
class Found:
    """One number."""

    value: float | None
    unit: str
    inputs: tuple[str, ...]

    def measures(self) -> tuple[Measure, ...]:
        return (Measure("number", "The number", self.value, self.unit, inputs=self.inputs),)


class Seeded(Options):
    """A seed that does nothing."""

    seed: int = 1


Ask = Callable[..., Question]


@pytest.fixture(scope="session")
def case() -> Case:
    return load_case("alaska-2025")


@pytest.fixture
def ask(case: Case) -> Ask:
    """Return a maker of questions from a function of the case."""

    def make(
        number: Callable[[Case], float | None],
        unit: str = "share",
        threshold: float | None = 0.5,
        inputs: tuple[str, ...] = ("no_deal",),
    ) -> Question:
        lens: Lens = Lens(
            "made-up",
            "What is the number?",
            Seeded,
            lambda c, o: Found(number(c), unit, inputs),
            lambda c, r: Page("", "", ()),
            lambda c: "",
            (),
        )
        measure = Found(number(case), unit, inputs).measures()[0]
        return Question(lens, Seeded(), measure, threshold)

    return make
