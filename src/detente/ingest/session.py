"""One run of ingestion: reads what was named, proposes, and keeps the proposals beside the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from detente.case.checks_sources import first_day
from detente.case.folders import folder_of, is_bundled
from detente.case.load import load_case
from detente.case.model import Case
from detente.errors import DetenteError, UsageError
from detente.ingest.dates import dates
from detente.ingest.document import KINDS, Complaint, Document
from detente.ingest.proposal import Proposal
from detente.ingest.propose import Proposer, is_later, propose, remarks
from detente.ingest.read import read
from detente.ingest.store import Record, Store

_HEAD = 600  # judgement: characters in which a document says when it was published
_TOLD = ("title", "publisher", "author", "url", "published", "kind")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user says of the documents, and how to read them.

    Parameters
    ----------
    about : mapping
        Title, publisher, published ..., in place of what the documents say of themselves.
    later : bool
        Whether documents published after the case's date are wanted.
    proposers : sequence of Proposer
        Further proposers beside the rules.
    """

    about: Mapping[str, str]
    later: bool = False
    proposers: Sequence[Proposer] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run gave.

    Parameters
    ----------
    documents : tuple of Document
        Those read, with their complaints.
    items : tuple of Proposal
        All new proposals.
    failures : tuple of (place, reason)
        What could not be read or was refused.
    known : tuple of str
        Documents read before, whose proposals stand as they were.
    kept : Path or None
        Where the proposals are kept; None for a bundled case, which is read-only.
    waiting : int
        Proposals kept there that nobody has decided on, new or not.
    """

    documents: tuple[Document, ...]
    items: tuple[Proposal, ...]
    failures: tuple[tuple[str, str], ...]
    known: tuple[str, ...]
    kept: Path | None
    waiting: int

    @property
    def useless(self) -> bool:
        """Whether nothing at all could be read."""
        return bool(self.failures) and not self.documents and not self.known

    def as_data(self) -> dict[str, Any]:
        """Return the outcome as plain data."""
        return {
            "format_version": 1,
            "documents": [_described(d) for d in self.documents],
            "items": [item.as_data() for item in self.items],
            "failures": [{"name": place, "problem": reason} for place, reason in self.failures],
            "known": list(self.known),
            "kept": str(self.kept) if self.kept else None,
            "waiting": self.waiting,
        }


def _described(d: Document) -> dict[str, Any]:
    about = {name: getattr(d, name) for name in ("name", *_TOLD)}
    problems = [str(c) for c in d.complaints]
    return {
        **about,
        "digest": d.digest,
        "language": d.language,
        "characters": len(d.text),
        "problems": problems,
    }


def ingest(
    case: str | Path, places: Sequence[str], asked: Asked, done: Callable[[str], None] = lambda _: None
) -> Outcome:
    """Read documents for a case and keep what they claim as proposals.

    One document that cannot be read is reported and does not keep the others from being read.

    Parameters
    ----------
    case : str or Path
        The case; of a bundled one the proposals are returned and not kept.
    places : sequence of str
        Files and http or https addresses.
    asked : Asked
    done : callable
        Told the name of each document after it was read, and again after its claims were found; of one that
        gives none, both at once.

    Raises
    ------
    InputProblems
        If the case cannot be used.
    UsageError
        If what the user says of the documents is not allowed.
    """
    _check(asked.about)
    loaded, folder = load_case(case), folder_of(case)
    store = None if is_bundled(folder) else Store.of(folder)
    if store:
        store.ready()
    records = store.records() if store else ()
    documents, failures, known = _read(loaded, places, asked, {r.document.digest for r in records}, done)
    before = [item for record in records for item in record.items]
    found = propose(loaded, documents, before, asked.proposers, lambda document: done(document.name))
    by_digest: dict[str, list[Proposal]] = {d.digest: [] for d in documents}
    for item in found:
        by_digest[item.document].append(item)
    documents = [d.complain(*remarks(loaded, d, by_digest[d.digest])) for d in documents]
    if store:
        for document in documents:
            store.save(Record(document, tuple(by_digest[document.digest])))
        _retold(store, records, known, asked.about)
    return Outcome(
        tuple(documents),
        tuple(found),
        tuple(failures),
        tuple(known.values()),
        store.folder if store else None,
        sum(len(record.pending) for record in store.records()) if store else 0,
    )


def told(places: Sequence[str], about: Mapping[str, str]) -> list[Document]:
    """Return documents with what the user says of them; every one must be readable.

    Raises
    ------
    UsageError
        If one cannot be read, with the reason.
    """
    _check(about)
    documents: dict[str, Document] = {}
    for place in places:
        document = _told(read(place), about)
        if document.fatal:
            raise UsageError(f"{place}: " + " ".join(str(c) for c in document.complaints))
        documents.setdefault(document.digest, document)
    return list(documents.values())


def _check(about: Mapping[str, str]) -> None:
    if unknown := set(about) - set(_TOLD):
        raise UsageError(f"a document has no {', '.join(sorted(unknown))}. Remedy: one of {', '.join(_TOLD)}")
    if about.get("published") and first_day(about["published"]) is None:
        raise UsageError(f"`{about['published']}` is no date. Remedy: write 2025, 2025-08 or 2025-08-13")
    if about.get("kind", "news") not in KINDS:
        raise UsageError(f"there is no kind `{about['kind']}`. Remedy: one of {', '.join(KINDS)}")


def _read(
    case: Case, places: Sequence[str], asked: Asked, met: set[str], done: Callable[[str], None]
) -> tuple[list[Document], list[tuple[str, str]], dict[str, str]]:
    """Return what could be read, what could not, and what was read before."""
    documents: list[Document] = []
    failures: list[tuple[str, str]] = []
    known: dict[str, str] = {}
    for place in places:
        kept = len(documents)
        try:
            document = _told(read(place), asked.about)
            if reason := _refused(document, case, asked):
                failures.append((place, reason))
            elif document.digest in met:
                known[document.digest] = place
            else:
                met.add(document.digest)
                documents.append(document)
        except DetenteError as error:
            failures.append((place, str(error)))
        for _ in range(1 if len(documents) > kept else 2):
            done(place)
    return documents, failures, known


def _told(document: Document, about: Mapping[str, str]) -> Document:
    """Return a document with what the user says of it, and a date its own beginning gives."""
    given: dict[str, Any] = {key: value for key, value in about.items() if value}
    document = replace(document, **given)
    if not document.published:
        found = [d.when for d in dates(document.shadow[:_HEAD]) if len(d.when) == 10]
        if found:
            document = replace(document, published=found[0]).complain(
                Complaint(
                    f"no date is given for it; its beginning names {found[0]}", "--published if that is wrong"
                )
            )
    return document


def _refused(document: Document, case: Case, asked: Asked) -> str:
    """Return why a document cannot be used; "" where it can."""
    if document.fatal:
        return " ".join(str(c) for c in document.complaints)
    if is_later(document, case) and not asked.later:
        return (
            f"it was published {document.published}, after the case's own date, {case.as_of}. "
            "Remedy: leave it out, or --later to keep its items apart for later options"
        )
    return ""


def _retold(
    store: Store, records: Sequence[Record], known: Mapping[str, str], about: Mapping[str, str]
) -> None:
    """Note what the user now says of documents read before; decisions stay."""
    for record in records:
        if record.document.digest in known and any(about.values()):
            told = _told(record.document, about)
            items = tuple(
                replace(i, as_of=i.as_of or told.published) if i.id not in record.decisions else i
                for i in record.items
            )
            store.save(Record(told, items, record.decisions))
