"""From documents to proposed items: read, name, and tie to what the ledger and the other items say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from detente.case.checks_sources import first_day
from detente.case.model import Case
from detente.ingest.analyst import Analyst
from detente.ingest.document import Complaint, Document
from detente.ingest.names import Actors
from detente.ingest.proposal import Proposal
from detente.ingest.twins import with_twins

_LOOKED = 200_000  # judgement: characters in which a document on a case names somebody in it


class Proposer(Protocol):
    """Anything that finds claims in a document: the rules, or a language model."""

    def propose(self, document: Document) -> list[Proposal]:
        """Return the claims of a document in order."""
        ...


def propose(
    case: Case,
    documents: Iterable[Document],
    before: Sequence[Proposal] = (),
    others: Sequence[Proposer] = (),
    done: Callable[[Document], None] = lambda _: None,
) -> list[Proposal]:
    """Return proposed items of some documents, numbered, with their twins marked.

    Parameters
    ----------
    case : Case
        Whose actors, stakes and ledger to know.
    documents : iterable of Document
    before : sequence of Proposal
        Items proposed earlier; new ones that tell the same name them.
    others : sequence of Proposer
        Further proposers beside the rules; what they add to the rules is kept, under their own name.
    done : callable
        Told each document after it was read.
    """
    analyst, actors = Analyst.of(case), Actors(case)
    found: list[Proposal] = []
    for document in documents:
        own = analyst.propose(document)
        if not _names_somebody(actors, document):
            own = [item for item in own if item.stake]
        for other in others:
            own = _merged(own, other.propose(document))
        later = is_later(document, case)
        found += [replace(p, later=later) for p in own]
        done(document)
    first = 1 + max((int(p.id[1:]) for p in before), default=0)
    return with_twins(case, [replace(p, id=f"P{first + n}") for n, p in enumerate(found)], before)


def _merged(own: list[Proposal], more: list[Proposal]) -> list[Proposal]:
    """Return items in order of place; where both found a sentence, the rules' item stays."""
    taken = [(p.start, p.end) for p in own]
    new = [p for p in more if not any(a < p.end and p.start < b for a, b in taken)]
    return sorted([*own, *new], key=lambda p: (p.start, p.end))


def is_later(document: Document, case: Case) -> bool:
    """Whether a document was published after the case's own date."""
    first = first_day(document.published) if document.published else None
    return first is not None and first > case.as_of


def _names_somebody(actors: Actors, document: Document) -> bool:
    """Whether a document names an actor of the case; elsewhere a sentence on no stake claims nothing."""
    return bool(actors.find(document.shadow[:_LOOKED]))


def remarks(case: Case, document: Document, found: Sequence[Proposal]) -> tuple[Complaint, ...]:
    """Return what a user should know after reading: foreign language, no date, another subject."""
    notes = []
    if document.language == "other":
        note = "the rules know English and Russian only; of this language they get names and numbers at best"
        notes.append(Complaint(note, "translate it, or propose with --llm"))
    if not document.published:
        notes.append(Complaint("it carries no date", "--published 2025-08-13"))
    if not _names_somebody(Actors(case), document):
        notes.append(Complaint("it names none of the case's actors; it may be about something else"))
    elif not found:
        notes.append(Complaint("no sentence in it says anything on what is at stake"))
    return tuple(notes)
