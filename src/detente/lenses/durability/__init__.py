"""The durability lens: would the deal hold, judged against real ceasefires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.lens import Citation, Lens, Run
from detente.lenses.durability.options import Options

if TYPE_CHECKING:
    from detente.case import Case
    from detente.lenses.durability.result import Held
    from detente.page import Page

__all__ = ["LENS", "Options"]


def _run(case: Case, options: Options) -> Held:
    from detente.lenses.durability.run import run

    return run(case, options)


def _view(case: Case, run: Run[Options, Held]) -> Page:
    from detente.lenses.durability.view import view

    return view(case, run)


def _missing(case: Case) -> str:
    return "" if case.durability else "the case has no `durability` block (kind of halt, its terms)"


LENS: Lens[Options, Held] = Lens(
    name="durability",
    question="Would the deal hold, judged against real ceasefires?",
    options=Options,
    run=_run,
    view=_view,
    missing=_missing,
    sources=(
        Citation("Fortna 2008, Does Peacekeeping Work?"),
        Citation("Friedman 1982, piecewise exponential models", "10.1214/aos/1176345693"),
        Citation("Fortna 2003, Scraps of Paper?", "10.1017/S0020818303572046"),
        Citation("Lo, Hashimoto & Reiter 2008, Ensuring Peace", "10.1017/S0020818308080259"),
        Citation("Werner & Yuen 2005, Making and Keeping Peace", "10.1017/S0020818305050095"),
        Citation("Powell 2006, War as a Commitment Problem", "10.1017/S0020818306060061"),
        Citation("Fearon 1995, Rationalist Explanations for War", "10.1017/S0020818300033324"),
    ),
)
