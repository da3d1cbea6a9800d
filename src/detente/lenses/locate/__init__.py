"""The locate lens: what this package would mean, to whom, and what beats it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import ConfigDict, Field

from detente.case.base import Model
from detente.lens import Citation, Lens, Run

if TYPE_CHECKING:
    from detente.case.model import Case
    from detente.lenses.locate.result import Location
    from detente.page import Page


class Options(Model):
    """Which package, and how many draws."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True
    )

    deal: tuple[str, ...] = ()
    """The package: issue=option items, or the id of a deal the case names."""
    issues: Literal["core", "all"] = "core"
    """Which issues make up a deal."""
    added: tuple[str, ...] = Field(default=(), alias="with")
    """Options not on the table on the case's date, as issue=option, or a file that describes one."""
    rule: tuple[str, ...] = ()
    """Reading of a contested rule, as rule=reading."""
    draws: int = Field(default=2000, ge=1, le=1_000_000)
    """Draws of preferences consistent with what was stated."""
    seed: int = Field(default=1, ge=0)
    """Seed of the draws; the same seed gives the same bytes."""


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
)
