"""The ripeness lens: what no deal is worth, month by month, and whom time favours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.lens import Citation, Lens, Run
from detente.lenses.ripeness.options import Options

if TYPE_CHECKING:
    from detente.case import Case
    from detente.lenses.ripeness.result import Ripe
    from detente.page import Page

__all__ = ["LENS", "Options"]


def _run(case: Case, options: Options) -> Ripe:
    from detente.lenses.ripeness.run import run

    return run(case, options)


def _view(case: Case, run: Run[Options, Ripe]) -> Page:
    from detente.lenses.ripeness.view import view

    return view(case, run)


def _missing(case: Case) -> str:
    if case.ripeness is None:
        return "the case has no `ripeness` block (front, people, aid, money)"
    return "" if case.required else "no actor's consent is required in this case"


LENS: Lens[Options, Ripe] = Lens(
    name="ripeness",
    question="What is no deal worth month by month, and whom does time favour?",
    options=Options,
    run=_run,
    view=_view,
    missing=_missing,
    sources=(
        Citation("Zartman 2001, ripeness and the mutually hurting stalemate", "10.1080/14718800108405087"),
        Citation("Hamilton 1989, regime switching", "10.2307/1912559"),
        Citation("Gneiting & Raftery 2007, scoring rules", "10.1198/016214506000001437"),
        Citation("Taylor 1993, policy rules", "10.1016/0167-2231(93)90009-L"),
        Citation("Maynard Smith 1974, war of attrition", "10.1016/0022-5193(74)90110-6"),
        Citation("Kreutz 2010, how conflicts end", "10.1177/0022343309353108"),
    ),
)
