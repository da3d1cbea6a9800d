"""Says on a page that it is of a variant, and what was changed."""

from __future__ import annotations

from dataclasses import replace

from detente.case.edits import Edit, shown
from detente.case.inputs_names import label_of
from detente.case.model import Case
from detente.page import Cell, Page, Section, Table
from detente.words import count, sentence


def marked(case: Case, page: Page) -> Page:
    """Return the page as it is for a case; for a variant, headed by what was changed.

    Parameters
    ----------
    case : Case
    page : Page
        What a lens or the brief shows of it.
    """
    if case.variant is None:
        return page
    edits = case.variant.edits
    called = case.variant.title or case.variant.name
    title = f"A variant: {called}" if called else "A variant of the case"
    differ = "differs" if len(edits) == 1 else "differ"
    lead = f"{sentence(count(len(edits), 'assumption'))} {differ} from the case on file."
    rows = tuple(_row(case, edit) for edit in edits)
    table = Table("What was changed", ("Assumption", "On file", "Here", "Why", "Rests on"), rows)
    return replace(page, sections=(Section("variant", title, lead, (table,)), *page.sections))


def _row(case: Case, edit: Edit) -> tuple[Cell, ...]:
    cited = tuple(s for s in edit.source if any(e.id == s for e in case.evidence))
    named = ", ".join(s for s in edit.source if s not in cited)
    return (
        Cell(label_of(case, edit.path)),
        Cell(shown(edit.was)),
        Cell(shown(edit.value)),
        Cell(edit.why or "no reason given"),
        Cell(named or ("documents" if cited else "analyst estimate"), refs=cited),
    )
