"""The page as a PDF: printed by the reader's own Chromium, with bookmarks, and the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import UsageError
from detente.render.document import Document
from detente.render.html import CLOSING, CONTENTS, to_html
from detente.render.plain import clean

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import Destination

BROWSER = "DETENTE_BROWSER"
"""Environment variable naming the browser to print with, where none of the usual names is the right one."""
_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # should a page ever ask, nothing answers
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)
_NODE = re.compile(rb"node\d{8}")
_WAIT = 180.0
"""Seconds a print may take before it counts as failed. Judgement: fifty pages take five."""
_PASSES = 3
"""Most prints: one to learn where sections fall, one that says so, one more should a line have moved."""


def to_pdf(doc: Document) -> bytes:
    """Return the document as printed: the summary, the annex with its contents, and bookmarks for both.

    The same document, browser and fonts give the same bytes.

    Parameters
    ----------
    doc : Document
        Page, provenance, numbered sources and chains.

    Raises
    ------
    UsageError
        If no Chromium is found, it fails, or the `pdf` extra is missing; names the remedy.
    """
    browser = find_browser()
    try:
        from pypdf import PdfReader
    except ImportError:
        raise UsageError(
            "a PDF needs the extra `pdf`. Remedy: pip install 'detente[pdf]', or print the HTML page"
        ) from None
    pages: Mapping[str, int] = {}
    doc = replace(doc, builder=None)
    for _ in range(_PASSES):
        reader = PdfReader(io.BytesIO(_print(browser, to_html(doc, pages))))
        found = _places(reader)
        if found == pages:
            break
        pages = found
    return _signed(reader, doc)


def find_browser() -> str:
    """Return the browser to print with.

    Raises
    ------
    UsageError
        If there is none.
    """
    named = os.environ.get(BROWSER, "")
    candidates = (named,) if named else (*_COMMANDS, *_PLACES)
    for candidate in candidates:
        found = shutil.which(candidate)
        if found:
            return found
    missing = f"{BROWSER} names {named}, which is not there" if named else "none was found"
    raise UsageError(
        f"a PDF is printed by Chromium or Chrome, and {missing}. Remedy: install one (Debian: apt install"
        f" chromium), or set {BROWSER} to it, or print the HTML page from any browser"
    )


def _print(browser: str, page: str) -> bytes:
    """Return what the browser prints of a page."""
    with tempfile.TemporaryDirectory(prefix="detente-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / "brief.html", folder / "brief.pdf"
        source.write_text(page, "utf-8")
        # Chromium refuses its sandbox to root; the page is ours, has no script and reaches no network.
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [browser, *_FLAGS, *root, f"--user-data-dir={folder / 'profile'}"]
        command += [f"--print-to-pdf={target}", source.as_uri()]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_WAIT)
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            why = f"took over {_WAIT:g} seconds" if isinstance(error, subprocess.TimeoutExpired) else "failed"
            raise UsageError(
                f"printing with {browser} {why}. Remedy: open the HTML page in a browser and print it, or set"
                f" {BROWSER} to another Chromium"
            ) from None


def _places(reader: PdfReader) -> dict[str, int]:
    """Return the page of every anchor that something links to."""
    found: dict[str, int] = {}
    for name, destination in reader.named_destinations.items():
        number = reader.get_destination_page_number(destination)
        if number is not None:
            found[name.lstrip("/")] = number + 1
    return found


def _signed(reader: PdfReader, doc: Document) -> bytes:
    """Return the file under its own title and bookmarks, without dates or the browser's name."""
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, ByteStringObject

    head = doc.masthead
    writer = PdfWriter(clone_from=reader)
    _bookmark(writer, reader, doc)
    about = " · ".join(part for part in (head.case, head.as_of, head.digest[:7]) if part)
    writer.metadata = {
        "/Title": clean(doc.page.title),
        "/Subject": clean(about),
        "/Producer": f"detente {head.version}".strip(),
    }
    digest = hashlib.sha256(repr((doc.page.title, head)).encode()).digest()[:16]
    writer._ID = ArrayObject([ByteStringObject(digest), ByteStringObject(digest)])
    out = io.BytesIO()
    writer.write(out)
    return _renumbered(out.getvalue())


def _renumbered(data: bytes) -> bytes:
    """Return the file with its tags numbered by rank: the browser counts on from whatever it drew before."""
    rank = {name: n for n, name in enumerate(sorted(set(_NODE.findall(data))), 1)}
    return _NODE.sub(lambda match: b"node%0*d" % (len(match.group()) - 4, rank[match.group()]), data)


def _bookmark(writer: PdfWriter, reader: PdfReader, doc: Document) -> None:
    """Put bookmarks on the headline and the sections, the annex's below its own.

    The browser writes one for every heading, small ones too, and loses the space where a heading is broken.
    """
    from pypdf.generic import Fit

    titles = [doc.page.title, *(s.title for s in doc.page.sections), *CLOSING.values(), CONTENTS]
    known = {"".join(clean(title).split()): clean(title) for title in titles}
    marks = [mark for mark in _flat(reader.outline) if "".join(str(mark.title).split()) in known]
    del writer.root_object["/Outlines"]
    above = None
    for mark in marks:
        title = known["".join(str(mark.title).split())]
        number = reader.get_destination_page_number(mark)
        made = writer.add_outline_item(
            title=title, page_number=number, parent=above, fit=Fit.xyz(mark.left, mark.top)
        )
        above = made if title == CONTENTS else above


def _flat(outline: Sequence[Any]) -> Iterator[Destination]:
    """Yield the bookmarks of a file in their order, whatever their depth."""
    for item in outline:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item
