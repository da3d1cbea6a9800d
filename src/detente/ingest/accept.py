"""Turns an accepted proposal into evidence: the only way from a document into a case, and a person's act."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from detente.case.load import read_case
from detente.case.model import Case
from detente.case.sources import Evidence, Source
from detente.case.write import append_items
from detente.errors import InputProblems, UsageError, in_words
from detente.files import write_whole
from detente.ingest.document import MARKS, Document
from detente.ingest.proposal import Proposal
from detente.ingest.store import Decision, Record, Store

EDITABLE = (
    "statement",
    "as_of",
    "quantity",
    "value",
    "unit",
    "actor",
    "stake",
    "issue",
    "option",
    "said_by",
    "modality",
    "credibility",
    "contradicts",
    "supports",
    "same_origin",
    "note",
)
"""What a person may change of an item before it enters; quote and origin are the document's."""
_LISTS = ("said_by", "contradicts", "supports", "same_origin")
_QUOTED = 600  # characters, as the case format allows
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Reviewer:
    """A person at work on the proposals of one case.

    Parameters
    ----------
    folder : Path
        The case, which is the person's own.
    by : str
        The person's name.
    """

    folder: Path
    by: str
    edits: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        """The proposals beside the case."""
        return Store.of(self.folder)

    def accept(self, item: str, changes: Mapping[str, Any] | None = None) -> tuple[str, str]:
        """Write an item into sources.yaml, and its document where it is new there.

        Parameters
        ----------
        item : str
            Id of the proposal.
        changes : mapping, optional
            Values for some of `EDITABLE`.

        Returns
        -------
        name, lines : str
            Id of the new evidence, and the lines added.

        Raises
        ------
        UsageError
            If the item was decided on before, or a value is not allowed; the case stays as it was.
        """
        record, proposal = self._undecided(item)
        case = _sound(self.folder)
        known = {
            r.decisions[p.id].evidence for r in self.store.records() for p in r.items if p.id in r.decisions
        }
        source, new_source = _source(case, record.document, later=proposal.later)
        name = _free(case, known)
        evidence = self._evidence(proposal, name, source, dict(changes or {}))
        lines = _entered(self.folder, {"sources": [new_source] if new_source else [], "evidence": [evidence]})
        self.store.decide(record, item, Decision("accepted", self.by, name))
        return name, lines

    def reject(self, item: str) -> None:
        """Note that an item is not to enter; it stays in the store, so that nobody need decide again.

        Raises
        ------
        UsageError
            If the item was decided on before.
        """
        record, _ = self._undecided(item)
        self.store.decide(record, item, Decision("rejected", self.by))

    def _undecided(self, item: str) -> tuple[Record, Proposal]:
        record, proposal = self.store.find(item)
        if decided := record.decisions.get(item):
            into = f" as {decided.evidence}" if decided.evidence else ""
            raise UsageError(f"{item} was {decided.verdict} by {decided.by}{into}. Remedy: edit sources.yaml")
        return record, proposal

    def _evidence(self, p: Proposal, name: str, source: str, changes: dict[str, Any]) -> dict[str, Any]:
        entered = self._links()
        single = p.numbers[0] if len(p.numbers) == 1 and p.numbers[0].unit else None
        made: dict[str, Any] = {
            "id": name,
            "statement": " ".join(_UNPRINTABLE.sub(" ", MARKS.sub(" ", p.statement)).split()),
            "source": [source],
            "as_of": p.as_of or "",
            "value": single.value if single else None,
            "unit": single.unit if single else "",
            "actor": p.actor,
            "stake": p.stake,
            "issue": p.issue,
            "option": p.option,
            "said_by": list(p.speakers),
            "modality": p.modality,
            "contradicts": [entered.get(o, o) for o in p.contradicts if not _is_proposal(entered.get(o, o))],
            "same_origin": self._origin(p, entered),
            "quote": quote_of(p),
            "proposed_by": p.proposed_by,
            "accepted_by": self.by,
            "later": p.later,
        }
        made |= {key: _typed(key, value) for key, value in changes.items()}
        return _allowed({k: v for k, v in made.items() if v not in (None, "", [], False)})

    def _origin(self, p: Proposal, entered: Mapping[str, str]) -> list[str]:
        """Return the evidence that tells the same: what the item names, also through items not accepted."""
        links: dict[str, set[str]] = {}
        for item in (i for record in self.store.records() for i in record.items):
            for other in item.same_origin:
                links.setdefault(item.id, set()).add(other)
                links.setdefault(other, set()).add(item.id)
        found: list[str] = []
        seen, waiting = {p.id}, [p.id]
        while waiting:
            for other in sorted(links.get(waiting.pop(0), set()) - seen):
                seen.add(other)
                name = entered.get(other, other)
                (waiting if _is_proposal(name) else found).append(name)
        return found

    def _links(self) -> dict[str, str]:
        """Return proposals that became evidence, by their ids."""
        return {key: d.evidence for r in self.store.records() for key, d in r.decisions.items() if d.evidence}


def _is_proposal(name: str) -> bool:
    return bool(re.fullmatch(r"P\d+", name))


def _typed(key: str, value: Any) -> Any:
    """Return a value as typed by a person in the type its field needs."""
    if key not in EDITABLE:
        raise UsageError(f"`{key}` cannot be changed. Remedy: one of {', '.join(EDITABLE)}")
    if key in _LISTS and isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if key == "value" and isinstance(value, str):
        try:
            return float(value.replace(",", ""))
        except ValueError:
            return value
    return int(value) if key == "credibility" and str(value).isdigit() else value


def _allowed(made: dict[str, Any]) -> dict[str, Any]:
    try:
        Evidence.model_validate_json(json.dumps(made), strict=True)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))} {in_words(e)}" for e in error.errors())
        raise UsageError(f"the item cannot enter: {wrong}. Remedy: change it with --set NAME=VALUE") from None
    return made


def quote_of(p: Proposal) -> dict[str, Any] | None:
    """Return the exact words; None where they are long, or hold what a YAML file cannot."""
    if len(p.statement) > _QUOTED or _UNPRINTABLE.search(p.statement):
        return None
    return {"text": p.statement, "start": p.start, "end": p.end, "document": p.document}


def _sound(folder: Path) -> Case:
    read = read_case(folder)
    if read.case is None or read.errors:
        raise InputProblems(f"{folder} has to be mended first", read.errors)
    return read.case


def _source(case: Case, document: Document, later: bool) -> tuple[str, dict[str, Any] | None]:
    """Return the id of a document's source, and the source where the case has none for it."""
    for source in case.sources:
        same_page = bool(document.url) and source.url == document.url
        told = (source.publisher, source.title, source.published)
        if same_page or told == (document.publisher, document.title, document.published):
            return source.id, None
    if not document.published:
        again = f"detente ingest CASE {document.name} --published 2025-08-13"
        raise UsageError(f"{document.name} carries no date. Remedy: {again}")
    made = source_of(document, {s.id for s in case.sources}, later)
    return made["id"], made


def source_of(document: Document, taken: set[str], later: bool = False) -> dict[str, Any]:
    """Return a dated document as a source under a free id.

    Parameters
    ----------
    document : Document
    taken : set of str
        Ids in use.
    later : bool
        Whether it was published after the case's date.
    """
    made = {
        "id": _slug(document, taken),
        "title": document.title,
        "publisher": document.publisher or Path(document.name).name,
        "author": document.author,
        "url": document.url,
        "published": document.published,
        "kind": document.kind,
        "later": later,
    }
    kept = {key: value for key, value in made.items() if value}
    Source.model_validate_json(json.dumps(kept), strict=True)
    return kept


def _slug(document: Document, taken: set[str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "_", (document.publisher or Path(document.name).stem).lower()).strip("_")
    base = (base if base[:1].isalpha() else f"s_{base}")[:28].rstrip("_")
    name = f"{base}_{document.published.replace('-', '')[2:]}"
    return next(n for n in (name, *(f"{name}_{k}" for k in range(2, 1_000))) if n not in taken)


def _free(case: Case, known: set[str]) -> str:
    """Return the first of I001, I002 ... that is in use nowhere."""
    taken = {item.id for item in case.evidence} | known
    return next(n for n in (f"I{k:03}" for k in range(1, 100_000)) if n not in taken)


def _entered(folder: Path, items: Mapping[str, list[dict[str, Any]]]) -> str:
    """Add to sources.yaml; put it back as it was if the case then has a new fault."""
    path = folder / "sources.yaml"
    before = path.read_bytes() if path.exists() else None
    lines = append_items(path, items)
    if errors := read_case(folder).errors:
        if before is None:
            path.unlink()
        else:
            write_whole(path, before)
        first = errors[0]
        raise UsageError(f"the item cannot enter: {first.where}: {first.message}. Remedy: {first.remedy}")
    return lines
