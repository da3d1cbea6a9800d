"""Evidence: the ledger, item by item, with its grade and what rests on it."""

from __future__ import annotations

from starlette.responses import Response

from detente.brief.notes import notes
from detente.case.checks_walk import walk
from detente.case.inputs_names import Labels
from detente.case.model import Case
from detente.case.sources import Evidence
from detente.web.desk import Desk
from detente.web.forms import rows_as
from detente.web.reply import Asked, page, placed

_NAMES = ("id", "as_of", "statement", "said_by", "modality", "grade", "sources", "contradicts", "used_by")


def show(desk: Desk, asked: Asked) -> Response:
    """Return the ledger, all of it or what holds the words asked for."""
    place = placed(desk, asked.state)
    case = place.case
    query = asked.get("q").strip()[:100]
    used = users(case)
    rows = [_row(case, item, used.get(item.id, ())) for item in case.evidence if _matches(item, query)]
    if asked.form:
        return rows_as(asked.form, case, "evidence", _NAMES, rows)
    return page(
        desk, asked, place, "evidence", rows=rows, query=query, notes=notes(case), total=len(case.evidence)
    )


def users(case: Case) -> dict[str, tuple[str, ...]]:
    """Return which parts of a case cite each item of evidence, in a reader's words."""
    labels = Labels(case)
    found: dict[str, dict[str, None]] = {}
    for spot, part in walk(case):
        if spot[0] not in ("sources", "evidence"):
            for item in getattr(part, "evidence", ()):
                found.setdefault(item, {})[labels.label(spot)] = None
    return {item: tuple(names) for item, names in found.items()}


def _matches(item: Evidence, query: str) -> bool:
    told = (item.id, item.statement, item.actor, item.stake, *item.said_by, item.quantity)
    words = " ".join(told).casefold()
    return all(word in words for word in query.casefold().split())


def _row(case: Case, item: Evidence, used: tuple[str, ...]) -> tuple[str, ...]:
    sources = {s.id: s for s in case.sources}
    cited = [sources[s] for s in item.source if s in sources]
    grade = f"{min((s.reliability for s in cited), default='F')}{item.credibility}"
    said = ", according to ".join(item.said_by)
    shown = "; ".join(f"{s.publisher}, {s.published}" for s in cited)
    against = ", ".join(item.contradicts)
    return (
        item.id,
        item.as_of.isoformat(),
        item.statement,
        said,
        item.modality,
        grade,
        shown,
        against,
        "; ".join(used),
    )
