"""Reads the text of a PDF, and says which pages are only pictures."""

from __future__ import annotations

import io
import logging
import re
from importlib import import_module
from typing import Any

from detente.errors import MissingExtra
from detente.ingest.document import Complaint, Document, bounded, oddities
from detente.ingest.limits import MAX_PAGES
from detente.words import count

_HYPHEN = re.compile(r"([a-zа-яё])[-\u00ad]\n([a-zа-яё])")
_EMPTY = 20  # judgement: characters; page numbers and stamps are shorter


def read_pdf(name: str, raw: bytes) -> Document:
    """Return the text of a PDF, pages and paragraphs apart by blank lines, lines joined.

    Raises
    ------
    MissingExtra
        If pypdf is not installed.
    """
    try:
        pypdf: Any = import_module("pypdf")
    except ImportError:
        raise MissingExtra("reading a PDF", "ingest") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return _nothing(name, "the PDF is locked with a password", "unlock it and save a copy")
        pages, failed = _pages(reader)
        about = reader.metadata
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        return _nothing(name, f"the PDF is damaged ({type(error).__name__})", "save it anew, or as text")
    text, cut = bounded("\n\n".join(page for page in map(_flowing, pages) if page))
    return Document(
        name,
        text,
        title=str(getattr(about, "title", None) or ""),
        author=str(getattr(about, "author", None) or ""),
        published=_made(about),
        complaints=(*_missing(pages, failed, len(reader.pages)), *cut, *oddities(text)),
    )


def _nothing(name: str, message: str, remedy: str) -> Document:
    return Document(name, "", complaints=(Complaint(message, remedy, fatal=True),))


def _pages(reader: Any) -> tuple[list[str], int]:
    """Return the text of each page, and how many could not be read."""
    pages, failed = [], 0
    for number in range(min(len(reader.pages), MAX_PAGES)):
        try:
            pages.append(reader.pages[number].extract_text() or "")
        except Exception:  # pypdf raises whatever its parser met; the other pages are still good
            pages.append("")
            failed += 1
    return pages, failed


def _missing(pages: list[str], failed: int, total: int) -> list[Complaint]:
    empty = sum(len(page.strip()) < _EMPTY for page in pages)
    found = []
    if empty == len(pages):
        note = "no text in the PDF: its pages are pictures"
        found.append(Complaint(note, "run a text recognition over it first, such as ocrmypdf", fatal=True))
    elif empty:
        note = f"{count(empty, 'page')} of {len(pages)} without text: pictures, or empty"
        found.append(Complaint(note.capitalize(), "run a text recognition over it first, such as ocrmypdf"))
    if failed:
        found.append(Complaint(f"{count(failed, 'page')} could not be read".capitalize()))
    if total > len(pages):
        found.append(
            Complaint(f"only the first {len(pages):,} of {total:,} pages were read", "split the file")
        )
    return found


def _flowing(page: str) -> str:
    r"""Return a page with the lines of a paragraph joined.

    A line ends a paragraph if a blank line follows, or if it ends a sentence well short of the margin.

    Examples
    --------
    >>> _flowing("The two sides will con-\ntinue to talk about it\nnow.\nA new paragraph begins here.")
    'The two sides will continue to talk about it now.\n\nA new paragraph begins here.'
    """
    lines = [line.strip() for line in _HYPHEN.sub(r"\1\2", page).split("\n")]
    width = max(map(len, lines), default=0)
    made: list[str] = []
    open_ = False
    for line in lines:
        if not line:
            open_ = False
        elif open_:
            made[-1] += f" {line}"
        else:
            made.append(line)
        ended = line.endswith((".", "!", "?", '."', ".”", ":")) and len(line) < 0.8 * width
        heading = bool(line) and len(line) < 0.6 * width and not line.endswith((",", ";", "-"))
        open_ = bool(line) and not ended and not (heading and not open_)
    return "\n\n".join(made)


def _made(about: Any) -> str:
    """Return the day the file says it was made; a hint at most, so only the day."""
    try:
        day = getattr(about, "creation_date", None)
    except (ValueError, TypeError):
        return ""
    return day.date().isoformat() if day else ""
