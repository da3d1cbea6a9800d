"""The forecast lens: where the bargaining points, issue by issue, given that agreement is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.lens import Citation, Foreign, Lens, Run
from detente.lenses.forecast.options import Options

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case.model import Case
    from detente.lenses.forecast.result import Forecast
    from detente.page import Page

__all__ = ["LENS", "Options"]


def _run(case: Case, options: Options) -> Forecast:
    from detente.lenses.forecast.run import run

    return run(case, options)


def _view(case: Case, run: Run[Options, Forecast]) -> Page:
    from detente.lenses.forecast.view import view

    return view(run)


def _missing(case: Case) -> str:
    from detente.lenses.forecast.seats import missing

    return missing(case)


def _accepts(path: Path) -> bool:
    return path.suffix.lower() == ".csv"


def _run_file(path: Path, options: Options) -> Forecast:
    """Return the forecast of a KTAB actor table; its dimensions are the issues D1, D2, ..."""
    from dataclasses import replace
    from datetime import date

    from detente.exchange.ktab import as_case, read_ktab
    from detente.lenses.forecast.run import run

    # A table bears no date, and the forecast uses none: any day gives the same numbers.
    table = read_ktab(path)
    found = run(as_case(table, date(2000, 1, 1), "the author of the table"), options)
    return replace(found, notes=tuple(f"line {p.line}: {p.message}" for p in table.notes))


def _view_file(run: Run[Options, Forecast]) -> Page:
    from detente.lenses.forecast.view import view

    return view(run)


LENS: Lens[Options, Forecast] = Lens(
    name="forecast",
    question="Where does the bargaining point, issue by issue?",
    options=Options,
    run=_run,
    view=_view,
    missing=_missing,
    sources=(
        Citation("Achen 2006, in The European Union Decides, chs 4 and 10", "10.1017/CBO9780511492082"),
        Citation("Arregui & Perarnaud 2021, DEU III (calibration)", "10.34810/data53"),
        Citation("Gneiting & Raftery 2007, proper scoring rules", "10.1198/016214506000001437"),
        Citation("Nash 1950, The bargaining problem", "10.2307/1907266"),
        Citation("Scholz, Calbert & Smith 2011, the group decision model", "10.5220/0003121500180030"),
        Citation("Wise, Lester & Efird 2015, KTAB spatial models, KAPSARC"),
        Citation(
            "Arregui, Stokman & Thomson 2004, bargaining in the European Union", "10.1177/1465116504040445"
        ),
    ),
    foreign=Foreign(_accepts, _run_file, _view_file),
)
