"""Reads a web page: with trafilatura where it is installed and works, else with our own plain reader."""

from __future__ import annotations

import re
from typing import Any

from detente.ingest.document import Complaint, Document, bounded, oddities
from detente.ingest.html_plain import Page, take_apart
from detente.ingest.limits import MIN_TEXT

_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_COOKIES = re.compile(r"\bcookies?\b|\bconsent\b|privacy (?:policy|settings)|файлы cookie", re.IGNORECASE)
_PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|read)|to (?:continue|keep) reading|subscribers only|register to read|"
    r"this (?:article|content|story) is (?:only )?(?:for|available to) subscribers|already a subscriber|"
    r"unlock (?:this|the full)|premium (?:content|article)|начните подписку|только для подписчиков",
    re.IGNORECASE,
)
_KEPT = 0.3  # judgement: of the visible text; less, and a page's own structure has misled the reader
_BIG = 3_000_000  # judgement: characters of markup beyond which the thorough reader takes minutes


def read_html(name: str, html: str, url: str = "") -> Document:
    """Return the running text of a page and what it says about itself.

    Parameters
    ----------
    name : str
        File or address, as the user gave it.
    html : str
        The page.
    url : str
        Where it was found.
    """
    page = take_apart(html)
    found, complaints = _text(html, page)
    text, cut = bounded(found)
    document = Document(
        name,
        text,
        title=page.about.get("title", ""),
        publisher=page.about.get("publisher", ""),
        author=page.about.get("author", ""),
        url=url or page.about.get("url", ""),
        published=_date(page.about),
        complaints=(*complaints, *cut, *oddities(text)),
    )
    return document.complain(*_stub(document, page))


def _date(about: dict[str, str]) -> str:
    found = _DATE.match(about.get("published", "")) or _DATE.match(about.get("time", ""))
    return found[0] if found else ""


def _text(html: str, page: Page) -> tuple[str, list[Complaint]]:
    plain = "\n\n".join(page.blocks)
    visible = "\n\n".join(page.all_blocks)
    if len(html) > _BIG:
        note = f"a very large page ({len(html):,} characters of markup); read with the plain reader"
        return _fuller(plain, visible, [Complaint(note)])
    try:
        thorough = _trafilatura(html)
    except ImportError as error:
        note = f"trafilatura cannot be used ({error}); read with the plain reader"
        return _fuller(plain, visible, [Complaint(note, "pip install 'detente[ingest]'")])
    note = "trafilatura finds little text; read with the plain reader"
    text, complaints = _fuller(plain, visible, [Complaint(note)])
    return (text, complaints) if len(thorough) < _KEPT * len(text) else (thorough, [])


def _fuller(plain: str, visible: str, complaints: list[Complaint]) -> tuple[str, list[Complaint]]:
    """Return the running text, or everything visible where the page's own structure hides most of it."""
    if len(plain) >= _KEPT * len(visible) or len(plain) > 20 * MIN_TEXT:
        return plain, complaints
    note = "the page's structure is of no help; everything visible on it is taken"
    return visible, [*complaints, Complaint(note)]


def _trafilatura(html: str) -> str:
    """Return the text trafilatura finds, paragraphs apart.

    Raises
    ------
    ImportError
        If it is not installed, or one of its own dependencies is not.
    """
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # Line breaks in the source mean nothing on the page, but would end paragraphs in what comes back.
    flat = re.sub(r"\s*\n\s*", " ", html)
    found: Any = trafilatura.extract(flat, include_comments=False, include_tables=True, favor_recall=True)
    return "\n\n".join(line.strip() for line in (found or "").split("\n") if line.strip())


def _stub(document: Document, page: Page) -> list[Complaint]:
    """Say so where a page is a paywall, a cookie notice, or next to empty."""
    text, visible = document.text, " ".join(page.all_blocks)
    found = []
    short = len(text) < 6 * MIN_TEXT
    if page.about.get("paid") or (short and _PAYWALL.search(visible)):
        note = "a paywall: only the beginning of the text is here"
        found.append(Complaint(note, "get the whole text from the publisher and give the file"))
    if len(text) < MIN_TEXT and _COOKIES.search(visible):
        note = "next to nothing but a cookie notice"
        found.append(Complaint(note, "open the page in a browser, accept or refuse, save it, give the file"))
    if not text.strip():
        note = "no text on the page; it may be made by a script"
        found.append(Complaint(note, "save the page as a browser shows it, or as text", fatal=True))
    elif len(text) < MIN_TEXT and not found:
        found.append(Complaint(f"only {len(text)} characters of text"))
    return found
