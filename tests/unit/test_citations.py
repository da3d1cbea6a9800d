"""Every DOI a lens prints stands in the page that says which were confirmed; none stands there in vain."""

from __future__ import annotations

import re
from pathlib import Path

from detente.registry import LENSES

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


def test_every_doi_of_a_lens_is_listed_and_none_is_listed_in_vain() -> None:
    listed = DOI.findall(PAGE.read_text("utf-8"))
    printed = {citation.doi for lens in LENSES for citation in lens.sources if citation.doi}
    assert sorted(printed - set(listed)) == [], "look them up, and list them in docs/reference/citations.md"
    assert sorted(set(listed) - cited()) == [], "nothing cites them any more"
    assert len(listed) == len(set(listed))
