"""A page with its provenance: masthead, numbered sources, and how each number was made."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from detente import __version__
from detente.brief.chains import chains
from detente.brief.notes import notes
from detente.brief.variant import marked
from detente.case.model import Case
from detente.lens import Run
from detente.page import Page
from detente.render.document import Document, Masthead
from detente.words import day


def document(case: Case, page: Page, runs: Sequence[Run[Any, Any]]) -> Document:
    """Return what a renderer needs.

    Parameters
    ----------
    case : Case
    page : Page
    runs : sequence of Run
        The runs the page shows; the first gives the masthead its seed and draws.
    """
    first = runs[0]
    masthead = Masthead(
        case=case.title,
        as_of=day(case.as_of),
        digest=case.digest,
        seed=_drawn(first, "seed"),
        draws=_drawn(first, "draws"),
        version=first.version,
    )
    return Document(marked(case, page), masthead, notes(case), chains(case, runs))


def _drawn(run: Run[Any, Any], name: str) -> int | None:
    """Return an option about draws; None for a run that drew nothing."""
    if getattr(run.result, "draws", None) == 0:
        return None
    return getattr(run.options, name, None)


def bare_document(page: Page, run: Run[Any, Any]) -> Document:
    """Return what a renderer needs for a file of another tool: no sources, no chains."""
    masthead = Masthead(
        case=run.case,
        as_of="",
        digest=run.digest,
        seed=_drawn(run, "seed"),
        draws=_drawn(run, "draws"),
        version=run.version,
    )
    return Document(page, masthead)


def data_document(page: Page, path: Path, seed: int | None = None) -> Document:
    """Return what a renderer needs for a page made from a user's own data file."""
    return Document(page, Masthead(path.name, "", file_digest(path), seed, None, __version__))


def file_digest(path: Path) -> str:
    """Return the first 12 hex digits of the SHA-256 of a file, or of all files of a folder by name."""
    found = hashlib.sha256()
    for file in [path] if path.is_file() else sorted(p for p in path.iterdir() if p.is_file()):
        found.update(file.read_bytes())
    return found.hexdigest()[:12]
