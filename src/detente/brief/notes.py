"""Sources as numbered notes: which documents a page rests on, and how each is graded."""

from __future__ import annotations

from detente.brief.trace_links import MODALITIES
from detente.case.model import Case
from detente.case.sources import Evidence, Source
from detente.render.document import Note
from detente.words import listed


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
    ids, says = tuple(e.id for e in evidence), tuple(map(_said, evidence))
    return Note(source.id, ", ".join(said), source.url, grade, ids, says)


def _said(item: Evidence) -> str:
    """Return what an item says, on whose word, of which day, and how credible we hold it."""
    parts = [
        f"as of {item.as_of}",
        f"said by {', according to '.join(item.said_by)}" if item.said_by else "",
        MODALITIES[item.modality],
        f"credibility {item.credibility}",
        f"contradicts {listed(item.contradicts)}" if item.contradicts else "",
    ]
    return f"{item.id}: {' '.join(item.statement.split())} ({'; '.join(p for p in parts if p)})"
