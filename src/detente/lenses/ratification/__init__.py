"""The ratification lens: whether a deal would pass at home, by which route, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.lens import Citation, Lens, Run
from detente.lenses.ratification.options import Options

if TYPE_CHECKING:
    from detente.case import Case
    from detente.lenses.ratification.result import Ratified
    from detente.page import Page

__all__ = ["LENS", "Options"]


def _run(case: Case, options: Options) -> Ratified:
    from detente.lenses.ratification.run import run

    return run(case, options)


def _view(case: Case, run: Run[Options, Ratified]) -> Page:
    from detente.lenses.ratification.view import view

    return view(case, run)


def _missing(case: Case) -> str:
    return "" if case.ratification else "the case has no `ratification` block (gates and routes at home)"


LENS: Lens[Options, Ratified] = Lens(
    name="ratification",
    question="Would the deal pass at home, and by which route?",
    options=Options,
    run=_run,
    view=_view,
    missing=_missing,
    sources=(
        Citation("Putnam 1988, the logic of two-level games", "10.1017/S0020818300027697"),
        Citation("Tsebelis 2002, Veto Players"),
        Citation(
            "Shirani-Mehr, Rothschild, Goel & Gelman 2018, errors of polls", "10.1080/01621459.2018.1448823"
        ),
        Citation("LeDuc 2002, opinion change in referendums", "10.1111/1475-6765.00027"),
    ),
)
