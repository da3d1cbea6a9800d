"""From documents to proposed items: read, name, and tie to what the ledger and the other items say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from detente.case.model import Case
from detente.ingest.analyst import Analyst
from detente.ingest.document import Document
from detente.ingest.proposal import Proposal
from detente.ingest.twins import with_twins


def propose(
    case: Case,
    documents: Iterable[Document],
    taken: Iterable[str] = (),
    done: Callable[[int], None] = lambda n: None,
) -> list[Proposal]:
    """Return proposed items of some documents.

    Parameters
    ----------
    case : Case
        Whose actors, stakes and ledger to know.
    documents : iterable of Document
    taken : iterable of str
        Ids that are in use.
    done : callable
        Told the number of characters read after each document.
    """
    analyst = Analyst.of(case)
    found: list[Proposal] = []
    for document in documents:
        found += analyst.propose(document)
        done(len(document.text))
    return with_twins(case, [replace(p, id=f"P{n + 1}") for n, p in enumerate(found)])
