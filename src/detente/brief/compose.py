"""Compose the brief: run every lens the case feeds, and put their sections in a reader's order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from detente.brief.builder import builder
from detente.brief.contradictions import contradictions
from detente.brief.disagree import disagree
from detente.brief.document import document
from detente.brief.gates import after_the_handshake, gate_card, gates
from detente.brief.inputs import inputs
from detente.brief.narrative import narrative
from detente.brief.packages import packages
from detente.brief.stakes import context, stakes
from detente.brief.sure import sure
from detente.brief.territory import territory, territory_options
from detente.case.model import Case
from detente.errors import UsageError
from detente.lens import Lens, Run
from detente.page import Block, Page, Section, Text
from detente.record import FORMAT_VERSION, as_data
from detente.registry import LENSES
from detente.render.document import Document

SUMMARY = ("stakes", "gains", "map", "deals", "blocks", "unblocks")
"""Sections of the first two printed pages, after the headline and the funnel."""

KEPT = ("watched", "coalitions")
"""Sections the settlement lens keeps for an annex and a brief shows; the others stay on its own page."""

PAIRED = (("gains", "map"), ("blocks", "unblocks"))
"""Sections that stand side by side."""

SHORT = {"stakes": "Stakes", "gains": "Who gains"}
"""What navigation calls sections whose titles are long."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief: the whole document, its summary for a terminal, and the runs behind both."""

    document: Document
    summary: Document
    runs: tuple[Run[Any, Any], ...]

    def to_json(self) -> str:
        """Return the runs as JSON; never the page."""
        data = {"format_version": FORMAT_VERSION, "runs": [as_data(run) for run in self.runs]}
        return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def compose(case: Case, full: bool = False, draws: int | None = None, seed: int | None = None) -> Brief:
    """Run the lenses and compose the brief.

    Parameters
    ----------
    case : Case
    full : bool
        Run every lens the case feeds, not the settlement lens alone.
    draws : int, optional
        Draws of the settlement lens, in place of its default.
    seed : int, optional
        Seed of every lens, in place of its default.

    Raises
    ------
    UsageError
        If the case lacks what the settlement lens needs; the brief is built around it.
    """
    runs = tuple(_runs(case, full, draws, seed))
    if not runs or runs[0].lens != "settlement":
        raise UsageError(f"no brief without the settlement lens: {LENSES[0].missing(case)}")
    pages = {run.lens: _page(case, run) for run in runs}
    main = pages["settlement"]
    r = runs[0].result
    first = _summary((stakes(case, r), *main.sections, territory(case)))
    shown = {s.id for s in first}
    kept = (s for s in main.sections if s.id not in shown and (not s.annex or s.id in KEPT))
    rest = tuple(replace(s, annex=True) for s in (packages(case), *kept))
    passed = gates(case, r, seed) if full else ()
    annex = (
        context(case),
        after_the_handshake(case, r, passed),
        *(s for run in runs[1:] for s in _annexed(run.lens, pages[run.lens])),
        disagree(case, runs, passed),
        *((sure(case, runs[0].lens, seed),) if full else ()),
        *rest,
        territory_options(case),
        *narrative(case),
        inputs(case),
        contradictions(case),
        _further(case, runs),
    )
    sections = (*first, *(s for s in annex if s.blocks or s.lead))
    headline = (*main.headline, *gate_card(r, passed))
    page = Page(main.title, main.lead, sections, headline)
    whole = replace(document(case, page, runs), builder=builder(case, runs[0]))
    short = replace(whole, page=replace(page, sections=first), builder=None)
    return Brief(whole.traced(), short, runs)


def _summary(made: Iterable[Section]) -> tuple[Section, ...]:
    """Return the sections of the first pages in their order; what makes a pair lies side by side."""
    own = {s.id: replace(s, short=SHORT.get(s.id, "")) for s in made if s.blocks}
    beside = {name for pair in PAIRED if all(n in own for n in pair) for name in pair}
    order = (*(n for n in own if n.startswith("funnel")), *(n for n in SUMMARY if n in own))
    return tuple(replace(own[n], half=n in beside or n.startswith("funnel")) for n in order)


def _runs(case: Case, full: bool, draws: int | None, seed: int | None) -> Iterable[Run[Any, Any]]:
    """Run the settlement lens, and in a full brief every lens that can answer for the case as a whole."""
    for lens in available(case):
        main = lens.name == "settlement"
        if full or main:
            asked = {"draws": draws if main else None, "seed": seed}
            given = {k: v for k, v in asked.items() if v is not None and k in lens.options.model_fields}
            yield lens.apply(case, lens.options.model_validate(given))


def available(case: Case) -> tuple[Lens[Any, Any], ...]:
    """Return the lenses that can answer for the case as a whole, in the order of the registry."""
    return tuple(lens for lens in LENSES if lens.in_brief and not lens.missing(case))


def _further(case: Case, runs: tuple[Run[Any, Any], ...]) -> Section:
    """Return the questions the case can answer that this brief does not."""
    asked = {run.lens for run in runs}
    blocks = tuple(Text(lens.question) for lens in available(case) if lens.name not in asked)
    lead = f"This case can answer more: detente brief {case.id} --full." if blocks else ""
    return Section("further", "Further questions", lead, blocks, annex=True)


def _page(case: Case, run: Run[Any, Any]) -> Page:
    lens = next(x for x in LENSES if x.name == run.lens)
    page: Page = lens.view(case, run)
    return page


def _annexed(lens: str, page: Page) -> tuple[Section, ...]:
    """Return what another lens says, under its question; what it keeps for an annex stays on its own page."""
    question = next(x.question for x in LENSES if x.name == lens)
    told: tuple[Block, ...] = (*page.headline, Text(page.lead)) if page.lead else page.headline
    top = Section(lens, question, f"{page.title.rstrip('.')}.", told, annex=True)
    kept = (replace(s, id=f"{lens}-{s.id}", annex=True, inner=True) for s in page.sections if not s.annex)
    return (top, *kept)
