"""Every kind of error has its place on the errors page, and the page quotes messages that exist."""

from __future__ import annotations

import re
from pathlib import Path

from detente import errors
from detente.errors import DetenteError

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "reference" / "errors.md").read_text()


def test_every_slug_has_a_heading():
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DetenteError)
    ]
    assert len(kinds) >= 5
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    assert sorted(headings) == sorted(kind.slug for kind in kinds)


def test_quoted_messages_exist():
    # The longest run of plain words of each message must stand in the code that writes it.
    code = " ".join(p.read_text() for p in sorted((ROOT / "src" / "detente" / "case").glob("*.py")))
    code = re.sub(r'"\s+f?"|"\s*\n\s*"', "", code)
    table = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| ") and "---" not in line]
    messages = [m for row in table if row.strip() != "message" for m in row.split(";")]
    assert len(messages) > 40
    missing = [message for message in messages if _plain(message) not in code]
    assert missing == []


def _plain(message: str) -> str:
    runs = re.split(r"`[^`]*`|\.{2,}|\bx\b|\bn\b|, | or | above ", message)
    return max((run.strip() for run in runs), key=len)
