"""Every DOI in the program and its documentation stands in the page that says which were confirmed."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "citations.md"
DOI = re.compile(
    r"10\.\d{4,9}/(?:\(SICI\)[^\s\"`|]+?2-[A-Z0-9]"
    r"|[A-Za-z0-9._;:/-]*(?:\([A-Za-z0-9]+\)[A-Za-z0-9._;:/-]*)*[A-Za-z0-9])"
)


def cited() -> set[str]:
    files = (p for folder in ("src", "docs") for p in (ROOT / folder).rglob("*") if p != PAGE)
    texts = (p.read_text("utf-8") for p in files if p.suffix in (".py", ".md", ".yaml", ".csv", ".json"))
    return {doi for text in texts for doi in DOI.findall(text)}


def test_every_doi_is_listed_once_and_none_is_listed_in_vain() -> None:
    listed = DOI.findall(PAGE.read_text("utf-8"))
    assert sorted(cited() - set(listed)) == [], "list them in docs/reference/citations.md"
    assert sorted(set(listed) - cited()) == [], "nothing cites them any more"
    assert len(listed) == len(set(listed))
