"""Reads a web page without help: its running text in blocks, and what it says about itself."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_DROPPED = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "nav",
        "form",
        "button",
        "select",
        "footer",
        "aside",
        "iframe",
        "object",
        "dialog",
    )
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "td",
        "th",
        "tr",
        "table",
        "section",
        "article",
        "main",
        "header",
        "figure",
        "figcaption",
        "address",
        "body",
        "title",
    )
)
_CLUTTER = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|newsletter|subscri\w*|signup|promo\w*|related|recommend\w*|share|"
    r"sharing|social|comments?|breadcrumbs?|menu|navbar|sidebar|advert\w*|ads?|sponsor\w*|popup|modal|paywall|"
    r"skip-?link|screen-?reader\w*|visually-?hidden)(?:$|[\s_-])",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SOFT = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


@dataclass(slots=True)
class Page:
    """A page taken apart: blocks of running text, everything visible, and its metadata."""

    blocks: list[str] = field(default_factory=list)
    all_blocks: list[str] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)


def take_apart(html: str) -> Page:
    """Return the text and metadata of a page; never raises for anything a page can contain.

    Examples
    --------
    >>> html = "<title>T</title><nav>Home</nav><p>One&nbsp;<b>two</b>.<script>x()</script>!<p>Three"
    >>> page = take_apart(html)
    >>> page.blocks, page.about["title"]
    (['One two.!', 'Three'], 'T')
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    page = reader.page
    for text in reader.records:
        _from_record(text, page.about)
    return page


class _Reader(HTMLParser):
    """Collects blocks; what stands in clutter is kept apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.records: list[str] = []
        self._words: list[tuple[str, bool]] = []
        self._open: list[tuple[str, bool]] = []
        self._hidden = 0
        self._record = False
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what opens, and whether it is clutter."""
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            _from_meta(given, self.page.about)
        elif tag == "time" and given.get("datetime"):
            self.page.about.setdefault("time", given["datetime"])
        if tag in _VOID:
            if tag in ("br", "hr"):
                self._words.append((" ", False))
            return
        if tag in _BLOCKS:
            self.end_block()
        self._record = tag == "script" and "ld+json" in given.get("type", "")
        self._in_title = tag == "title"
        clutter = tag in _DROPPED or _is_clutter(tag, given)
        self._open.append((tag, clutter))
        self._hidden += clutter

    def handle_endtag(self, tag: str) -> None:
        """Close the tag and whatever was left open inside it."""
        if tag in _BLOCKS:
            self.end_block()
        self._record = self._in_title = False
        if any(name == tag for name, _ in self._open):
            while self._open:
                name, clutter = self._open.pop()
                self._hidden -= clutter
                if name == tag:
                    break

    def handle_data(self, data: str) -> None:
        """Keep text where text can be seen."""
        if self._record:
            self.records.append(data)
        elif self._in_title:
            self.page.about.setdefault("title", " ".join(data.split()))
        elif self._open and self._open[-1][0] in ("script", "style", "template"):
            return
        else:
            self._words.append((data, self._hidden > 0))

    def end_block(self) -> None:
        """Close the paragraph that was open, if any."""
        for wanted, blocks in ((False, self.page.blocks), (True, self.page.all_blocks)):
            text = "".join(data for data, hidden in self._words if wanted or not hidden)
            if text := " ".join(text.translate(_SOFT).split()):
                blocks.append(text)
        self._words.clear()


def _is_clutter(tag: str, given: dict[str, str]) -> bool:
    if tag in ("html", "body", "article", "main"):
        return False
    if "hidden" in given or given.get("aria-hidden") == "true" or _INVISIBLE.search(given.get("style", "")):
        return True
    named = f"{given.get('class', '')} {given.get('id', '')} {given.get('role', '')}"
    return bool(_CLUTTER.search(named)) or given.get("role") in ("navigation", "contentinfo", "search")


_META = {
    "og:title": "title",
    "og:site_name": "publisher",
    "application-name": "publisher",
    "author": "author",
    "article:published_time": "published",
    "date": "published",
    "dc.date": "published",
    "datepublished": "published",
    "pubdate": "published",
    "og:url": "url",
}


def _from_meta(given: dict[str, str], about: dict[str, str]) -> None:
    name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
    if name in _META and given.get("content", "").strip():
        about[_META[name]] = " ".join(given["content"].split())


def _from_record(text: str, about: dict[str, str]) -> None:
    """Take date, publisher, author and access from a JSON-LD record, if it is one."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for item in _items(data):
        if date := item.get("datePublished"):
            about.setdefault("published", str(date))
        for key, name in (("publisher", "publisher"), ("author", "author")):
            who = item.get(key)
            who = who[0] if isinstance(who, list) and who else who
            if isinstance(who, dict) and isinstance(who.get("name"), str):
                about.setdefault(name, who["name"])
        if str(item.get("isAccessibleForFree", "")).lower() == "false":
            about["paid"] = "yes"


def _items(data: Any) -> Sequence[dict[str, Any]]:
    if isinstance(data, list):
        return [item for part in data[:50] for item in _items(part)]
    if isinstance(data, dict):
        return [data, *_items(data.get("@graph", []))]
    return []
