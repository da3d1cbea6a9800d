"""A question to one lens about one variant, and its answer as headline numbers and a page."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detente.case.model import Case
from detente.errors import UsageError
from detente.lens import Lens, Measure, Run
from detente.page import Page
from detente.record import as_data
from detente.registry import LENSES

FRACTION = 5
"""A preview has this part of the draws. Judgement: steady enough to see a direction, quick enough to drag."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of which lens about which case; can be sent to another process."""

    lens: str
    case: Case
    options: Any
    key: str
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page shows.

    Parameters
    ----------
    run : Run
        With its provenance.
    page : Page
        The lens's own.
    seconds : float
        How long it took.
    preview : bool
        Whether fewer draws were taken; a preview is never saved, exported or quoted.
    """

    run: Run[Any, Any]
    page: Page
    seconds: float
    preview: bool

    @property
    def measures(self) -> dict[str, Measure]:
        """Headline numbers by name."""
        return {m.name: m for m in self.run.result.measures()}

    def data(self) -> dict[str, Any]:
        """Return the run as plain data, as the command line writes it."""
        return as_data(self.run)


def lens_named(name: str) -> Lens[Any, Any] | None:
    """Return a lens by name."""
    return next((lens for lens in LENSES if lens.name == name), None)


def able(case: Case) -> tuple[Lens[Any, Any], ...]:
    """Return the lenses that can answer for the case as a whole."""
    return tuple(lens for lens in LENSES if lens.in_brief and not lens.missing(case))


def question(case: Case, lens: Lens[Any, Any], levers: Mapping[str, Any], preview: bool = False) -> Question:
    """Return a question with a key by which its answer is found again.

    Raises
    ------
    UsageError
        If the lens has no such lever, or not at this value.
    """
    names = {(info.alias or name): name for name, info in lens.options.model_fields.items()}
    unknown = [name for name in levers if name not in names]
    if unknown:
        raise UsageError(f"the {lens.name} lens has no option {', '.join(unknown)}")
    options = lens.read_options(dict(levers), "keep to the scale")
    if preview and hasattr(options, "draws"):
        options = options.model_copy(update={"draws": max(20, options.draws // FRACTION)})
    key = f"{lens.name}:{case.digest}:{options.model_dump_json()}"
    return Question(lens.name, case, options, key, preview)


def answered(asked: Question, compute: Any = None) -> Answer:
    """Return the answer to a question; `compute` may stand in for the lens's own `run`."""
    from detente import __version__

    lens = lens_named(asked.lens)
    assert lens is not None
    start = time.perf_counter()
    result = (compute or lens.run)(asked.case, asked.options)
    run = Run(
        lens.name, __version__, asked.case.id, asked.case.digest, asked.options, result, asked.case.variant
    )
    page = lens.view(asked.case, run)
    return Answer(run, page, time.perf_counter() - start, asked.preview)
