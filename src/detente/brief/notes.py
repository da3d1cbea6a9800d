"""Sources as numbered notes: which documents a page rests on, and how each is graded."""

from __future__ import annotations

from detente.case.model import Case
from detente.case.sources import Evidence, Source
from detente.render.document import Note


def notes(case: Case) -> tuple[Note, ...]:
    """Return all sources of a case as notes, each with the evidence it gives, in file order."""
    gives: dict[str, list[Evidence]] = {}
    for item in case.evidence:
        for source in item.source:
            gives.setdefault(source, []).append(item)
    return tuple(_note(source, gives.get(source.id, [])) for source in case.sources)


def _note(source: Source, evidence: list[Evidence]) -> Note:
    said = [source.title or source.publisher]
    if source.title:
        said.append(source.publisher)
    said.append(source.published)
    best = min((e.credibility for e in evidence), default=None)
    grade = source.reliability if best is None else f"{source.reliability}{best}"
    return Note(source.id, ", ".join(said), source.url, grade, tuple(e.id for e in evidence))
