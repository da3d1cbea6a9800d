"""Sources leave in the formats other tools read."""

from __future__ import annotations

import json
import re

from detente.case.citations import to_bibtex, to_csl
from detente.case.model import Case
from detente.case.sources import Source


def test_every_source_of_the_flagship_is_one_balanced_entry(alaska: Case) -> None:
    text = to_bibtex(alaska.sources)
    entries = text.strip().split("\n\n")
    assert [re.match(r"@\w+\{(\w+),", e)[1] for e in entries] == [s.id for s in alaska.sources]
    for entry in entries:
        bare = entry.replace(r"\{", "").replace(r"\}", "")
        assert bare.count("{") == bare.count("}")
        assert not re.search(r"(?<!\\)[&%$#]", re.sub(r"url = .*", "", bare))


def test_dates_are_as_precise_as_known() -> None:
    vague = Source(id="a", publisher="P", published="2025")
    exact = Source(
        id="b", publisher="P", published="2025-08-13", author="A. B.", url="https://example.org/{x}"
    )
    assert "month" not in to_bibtex([vague])
    assert "  day = {13}" in to_bibtex([exact])
    assert "month = aug" in to_bibtex([exact])
    assert "%7Bx%7D" in to_bibtex([exact])
    first, second = json.loads(to_csl([vague, exact]))
    assert first["issued"] == {"date-parts": [[2025]]}
    assert second["issued"] == {"date-parts": [[2025, 8, 13]]}
    assert second["author"] == [{"literal": "A. B."}]
    assert second["URL"] == "https://example.org/{x}"
