"""The settlement lens: is there a deal all who must agree could accept, and if not, what blocks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from detente.lens import Citation, Foreign, Lens, Run
from detente.table.asking import Asking

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case.model import Case
    from detente.lens import Again as AgainLike
    from detente.lenses.settlement.result import Settlement
    from detente.page import Page


class Options(Asking):
    """What to look at, and how many draws."""

    coalition: tuple[str, ...] = ()
    """Actors who must accept; by default those whose consent the case says is required."""
    no_deal: Literal["stated", "model"] = "stated"
    """Worth of no deal: as the case states it, or over the year ahead as the ripeness lens models it,
    with the stated one beside."""
    quasi: bool = False
    """Draw from a quasi-random (Sobol') sequence; the intervals shown are then wider than needed."""


def _run(case: Case, options: Options) -> Settlement:
    from detente.lenses.settlement.run import run

    return run(case, options)


def _again() -> AgainLike[Options, Settlement]:
    from detente.lenses.settlement.again import Again

    return Again()


def _view(case: Case, run: Run[Options, Settlement]) -> Page:
    from detente.lenses.settlement.view import view

    return view(case, run)


def _accepts(path: Path) -> bool:
    try:
        if (path / "case.yaml").exists() or not path.is_dir():
            return False
    except OSError:  # the case's own reading says what is wrong
        return False
    from detente.exchange.scenarios import is_scenario

    return is_scenario(path)


def _run_scenario(path: Path, options: Options) -> Any:
    from detente.lenses.settlement.scenario import run

    return run(path, options)


def _view_scenario(run: Run[Options, Any]) -> Page:
    from detente.lenses.settlement.scenario import view

    return view(run)


LENS: Lens[Options, Settlement] = Lens(
    name="settlement",
    question="Is there a deal everyone who must agree could accept, and if not, what blocks it?",
    options=Options,
    run=_run,
    view=_view,
    missing=lambda case: "" if case.required else "no actor's consent is required in this case",
    sources=(
        Citation("Lahdelma, Hokkanen & Salminen 1998, SMAA", "10.1016/S0377-2217(97)00163-X"),
        Citation(
            "Lahdelma, Miettinen & Salminen 2003, ordinal criteria in SMAA", "10.1016/S0377-2217(02)00267-9"
        ),
        Citation("Nash 1950, The bargaining problem", "10.2307/1907266"),
        Citation("Kalai & Smorodinsky 1975", "10.2307/1914280"),
        Citation("Kalai 1977, proportional (egalitarian) solutions", "10.2307/1913954"),
    ),
    again=_again,
    foreign=Foreign(_accepts, _run_scenario, _view_scenario),
)
