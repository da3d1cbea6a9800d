"""The unlock lens: what would it take, priced in the points of whoever would have to move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.lens import Citation, Lens, Run
from detente.table.asking import Asking

if TYPE_CHECKING:
    from detente.case.model import Case
    from detente.lenses.unlock.result import Unlocked
    from detente.page import Page


class Options(Asking):
    """Who may move, towards which deal, under which reading."""

    actor: tuple[str, ...] = ()
    """Only these actors may move; by default all whose consent is required."""
    deal: tuple[str, ...] = ()
    """What it would take to carry this one deal: issue=option items, or the id of a deal the case names."""
    reading: str = ""
    """Reading of the red lines; by default the last, most permissive one."""


def _run(case: Case, options: Options) -> Unlocked:
    from detente.lenses.unlock.run import run

    return run(case, options)


def _view(case: Case, run: Run[Options, Unlocked]) -> Page:
    from detente.lenses.unlock.view import view

    return view(case, run)


LENS: Lens[Options, Unlocked] = Lens(
    name="unlock",
    question="What would it take, and what would it cost whoever moves?",
    options=Options,
    run=_run,
    view=_view,
    missing=lambda case: "" if case.required else "no actor's consent is required in this case",
    sources=(
        Citation(
            "Lahdelma, Miettinen & Salminen 2003, ordinal criteria in SMAA", "10.1016/S0377-2217(02)00267-9"
        ),
    ),
    in_brief=False,
)
