"""The ripples lens: what each deal does to alliances, guarantees and relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.lens import Citation, Lens, Run
from detente.lenses.ripples.options import Options

if TYPE_CHECKING:
    from detente.case import Case
    from detente.lenses.ripples.result import Ripples
    from detente.page import Page

__all__ = ["LENS", "Options"]


def _run(case: Case, options: Options) -> Ripples:
    from detente.lenses.ripples.run import run

    return run(case, options)


def _view(case: Case, run: Run[Options, Ripples]) -> Page:
    from detente.lenses.ripples.view import view

    return view(case, run)


def _missing(case: Case) -> str:
    return (
        "" if case.relations else "the case has no `relations` block (ties, commitments, effects of options)"
    )


LENS: Lens[Options, Ripples] = Lens(
    name="ripples",
    question="What does each deal do to alliances, guarantees and relations?",
    options=Options,
    run=_run,
    view=_view,
    missing=_missing,
    sources=(
        Citation("Cartwright & Harary 1956, structural balance", "10.1037/h0046049"),
        Citation("Aref, Mason & Wilson 2020, the frustration index", "10.1002/net.21907"),
        Citation(
            "Marvel, Kleinberg, Kleinberg & Strogatz 2011, continuous-time balance", "10.1073/pnas.1013213108"
        ),
        Citation("Altafini 2013, consensus over friends and enemies", "10.1109/TAC.2012.2224251"),
        Citation("Olson & Zeckhauser 1966, burdens of alliances", "10.2307/1927082"),
        Citation("Haege 2011, chance-corrected similarity of alliances", "10.1093/pan/mpr023"),
    ),
)
