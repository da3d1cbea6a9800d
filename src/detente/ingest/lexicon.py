"""Words the rules look for, kept as data: one file a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data")
_PHRASES = (
    "boilerplate",
    "question",
    "conditional",
    "forecast",
    "position",
    "hearsay",
    "first_person",
    "according",
)
"""Groups in which each line is a regular expression; all others hold words."""


@cache
def sections(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the groups of words of a language; English for languages without a file of their own.

    Examples
    --------
    >>> "said" in sections("en")["speech"], "заявил" in sections("ru")["speech"]
    (True, True)
    """
    file = _DATA / f"{language}.txt"
    lines = (file if file.is_file() else _DATA / "en.txt").read_text(encoding="utf-8").split("\n")
    found: dict[str, list[str]] = {}
    group = ""
    for line in lines:
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1]
            found[group] = []
        elif line and not line.startswith("#"):
            found[group] += [line] if group in _PHRASES else line.split()
    return {name: tuple(words) for name, words in found.items()}


@cache
def words(language: str, group: str) -> frozenset[str]:
    """Return a group of words; empty where the language has no such group."""
    return frozenset(sections(language).get(group, ()))


@cache
def phrases(language: str, group: str) -> re.Pattern[str]:
    """Return one pattern for all phrases of a group; it matches nothing where there is no such group."""
    return re.compile("|".join(sections(language).get(group, ())) or "(?!)", re.IGNORECASE)
