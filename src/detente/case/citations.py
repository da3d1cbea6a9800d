"""Writes sources as BibTeX and as CSL-JSON, so that other people's tools can cite them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from detente.case.sources import Source

_ENTRY = {"law": "misc", "research": "techreport", "data": "misc"}
_CSL = {
    "news": "article-newspaper",
    "official": "report",
    "poll": "report",
    "law": "legislation",
    "research": "report",
    "data": "dataset",
}
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def to_bibtex(sources: Iterable[Source]) -> str:
    r"""Return the sources as BibTeX, in the order given; UTF-8, special characters escaped.

    Examples
    --------
    >>> print(to_bibtex([Source(id="a1", publisher="Smith & Sons", published="2025-08")]))
    @online{a1,
      title = {{Smith \& Sons}},
      organization = {{Smith \& Sons}},
      year = {2025},
      month = aug
    }
    """
    return "\n\n".join(_entry(source) for source in sources) + "\n"


def _entry(source: Source) -> str:
    year, month, day = _parts(source.published)
    given = [
        ("title", f"{{{_escaped(source.title or source.publisher)}}}"),
        ("author", f"{{{_escaped(source.author)}}}" if source.author else ""),
        ("institution" if source.kind == "research" else "organization", f"{{{_escaped(source.publisher)}}}"),
        ("year", str(year)),
        ("day", str(day) if day else ""),
        ("url", source.url.replace("{", "%7B").replace("}", "%7D")),
        ("urldate", source.retrieved.isoformat() if source.retrieved else ""),
        ("note", _escaped(source.note)),
    ]
    lines = [f"  {name} = {{{value}}}" for name, value in given if value]
    if month:
        lines.append(f"  month = {_MONTHS[month - 1]}")
    kind = _ENTRY.get(source.kind, "online")
    return f"@{kind}{{{source.id},\n" + ",\n".join(lines) + "\n}"


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(c, c) for c in " ".join(text.split()))


def _parts(published: str) -> tuple[int, int, int]:
    """Return year, month and day; 0 where it is not known."""
    found = [int(part) for part in published.split("-")]
    year, month, day = (*found, 0, 0)[:3]
    return year, month if 1 <= month <= 12 else 0, day


def to_csl(sources: Iterable[Source]) -> str:
    """Return the sources as CSL-JSON, in the order given.

    Examples
    --------
    >>> print(to_csl([Source(id="a1", publisher="Agency", published="2025-08-13")]))
    [
     {
      "id": "a1",
      "type": "article-newspaper",
      "title": "Agency",
      "publisher": "Agency",
      "issued": {
       "date-parts": [
        [
         2025,
         8,
         13
        ]
       ]
      }
     }
    ]
    """
    return json.dumps([_csl(source) for source in sources], ensure_ascii=False, indent=1) + "\n"


def _csl(source: Source) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": source.id,
        "type": _CSL.get(source.kind, "webpage"),
        "title": source.title or source.publisher,
        "publisher": source.publisher,
        "issued": {"date-parts": [[part for part in _parts(source.published) if part]]},
    }
    if source.author:
        entry["author"] = [{"literal": source.author}]
    if source.url:
        entry["URL"] = source.url
    if source.retrieved:
        entry["accessed"] = {"date-parts": [_day(source.retrieved)]}
    if source.note:
        entry["note"] = source.note
    return entry


def _day(day: date) -> list[int]:
    return [day.year, day.month, day.day]
