"""The locate lens: what this package would mean, to whom, and what beats it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.lens import Citation, Lens, Run
from detente.table.asking import Asking

if TYPE_CHECKING:
    from detente.case.model import Case
    from detente.lenses.locate.result import Location
    from detente.page import Page


class Options(Asking):
    """Which package, and how many draws."""

    deal: tuple[str, ...] = ()
    """The package: issue=option items, or the id of a deal the case names."""


def _run(case: Case, options: Options) -> Location:
    from detente.lenses.locate.run import run

    return run(case, options)


def _view(case: Case, run: Run[Options, Location]) -> Page:
    from detente.lenses.locate.view import view

    return view(case, run)


LENS: Lens[Options, Location] = Lens(
    name="locate",
    question="What would this package mean: who accepts it, who refuses first and why, what beats it?",
    options=Options,
    run=_run,
    view=_view,
    missing=lambda case: "" if case.required else "no actor's consent is required in this case",
    sources=(
        Citation("Lahdelma, Hokkanen & Salminen 1998, SMAA", "10.1016/S0377-2217(97)00163-X"),
        Citation(
            "Lahdelma, Miettinen & Salminen 2003, ordinal criteria in SMAA", "10.1016/S0377-2217(02)00267-9"
        ),
    ),
    in_brief=False,
    one_deal=True,
)
