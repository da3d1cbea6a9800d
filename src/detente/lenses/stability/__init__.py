"""The stability lens: who could walk away from a deal, and what stops them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import ConfigDict, Field

from detente.case.base import Model
from detente.lens import Citation, Foreign, Lens, Run

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case.model import Case
    from detente.lenses.stability.result import StabilityResult
    from detente.page import Page


class Options(Model):
    """Which deal, under which idea of stability, and how many draws."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True
    )

    deal: tuple[str, ...] = ()
    """The deal: issue=option items, or the id of a deal the case names; by default the first it names."""
    concept: Literal["nash", "gmr", "smr", "seq", "sseq"] = "seq"
    """Stability concept of the headline: seq counts only answers the others would want to give."""
    state: int | None = Field(default=None, ge=1)
    """State of a written conflict to look at, by its number; by default where things stand now."""
    added: tuple[str, ...] = Field(default=(), alias="with")
    """Options not on the table on the case's date, as issue=option, or a file that describes one."""
    draws: int = Field(default=200, ge=1, le=100_000)
    """Draws of preferences consistent with what was stated."""
    seed: int = Field(default=1, ge=0)
    """Seed of the draws; the same seed gives the same bytes."""


def _run(case: Case, options: Options) -> StabilityResult:
    from detente.lenses.stability.run import run

    return run(case, options)


def _view(case: Case, run: Run[Options, StabilityResult]) -> Page:
    from detente.lenses.stability.view import view

    return view(run)


def _missing(case: Case) -> str:
    if case.conflict is None:
        return "it has no `conflict` block that says how a deal can be broken and answered"
    if not case.conflict.options and not case.deals:
        return "it names no deal; give one as issue=option"
    return ""


def _accepts(path: Path) -> bool:
    return path.suffix.lower() == ".gmcr"


def _run_file(path: Path, options: Options) -> StabilityResult:
    from detente.exchange.gmcr import read_gmcr
    from detente.lenses.stability.run import run_conflict

    return run_conflict(read_gmcr(path), options)


def _view_file(run: Run[Options, StabilityResult]) -> Page:
    from detente.lenses.stability.view import view

    return view(run)


LENS: Lens[Options, StabilityResult] = Lens(
    name="stability",
    question="Who could walk away from a deal, and what stops them?",
    options=Options,
    run=_run,
    view=_view,
    missing=_missing,
    sources=(
        Citation("Fang, Hipel & Kilgour 1993, Interactive Decision Making: The Graph Model, Wiley"),
        Citation("Nash 1950, Equilibrium points in n-person games", "10.1073/pnas.36.1.48"),
        Citation("Fraser & Hipel 1979, Solving complex conflicts", "10.1109/TSMC.1979.4310131"),
        Citation("Rego & Vieira 2017, symmetric sequential stability", "10.1007/s10726-016-9520-8"),
        Citation("Xu, Hipel & Kilgour 2009, matrix representation", "10.1109/TSMCA.2009.2007994"),
        Citation("Kinsara, Kilgour & Hipel 2015, the inverse question", "10.1109/TSMC.2014.2376473"),
        Citation("Inohara & Hipel 2008, coalition analysis", "10.1002/sys.20104"),
    ),
    foreign=Foreign(_accepts, _run_file, _view_file),
)
