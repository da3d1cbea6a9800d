"""What the documents behind a case say against each other, and how many of them are independent."""

from __future__ import annotations

from detente.case.ledger import opposed, weigh
from detente.case.model import Case
from detente.case.sources import Evidence
from detente.page import Cell, Section, Table


def contradictions(case: Case) -> Section:
    """Return the contradictions in a case's evidence, each once; without blocks where there is none.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> table = contradictions(load_case("alaska-2025")).blocks[0]
    >>> [cell.refs for cell in table.rows[0]]
    [('F006',), ('F008',)]
    """
    items = {item.id: item for item in case.evidence}
    against = opposed(case.evidence)
    pairs = [(a, b) for a in items for b in items if a < b and b in against.get(a, ())]
    rows = tuple((_cell(items[a]), _cell(items[b])) for a, b in pairs)
    lead = (
        f"The ledger holds {weigh(case.evidence, items)}. Both sides of a contradiction are kept and none is "
        "averaged; items that go back to one original count once."
    )
    table = Table("Contradictions in the evidence", ("One document says", "Another says"), rows)
    blocks = (table,) if rows else ()
    return Section("contradictions", "Where the documents contradict each other", lead, blocks, annex=True)


def _cell(item: Evidence) -> Cell:
    text = " ".join(f"{item.statement} {item.note}".split())
    return Cell(text, refs=(item.id,))
