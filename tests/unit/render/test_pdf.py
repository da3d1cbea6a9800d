"""What a user reads when no PDF can be made; the making itself is tested with a browser."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from detente.cli.output import meant
from detente.errors import UsageError
from detente.render import pdf
from detente.render.document import Document


def test_a_missing_browser_is_named_with_every_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(pdf.BROWSER, raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(pdf, "_PLACES", ())
    with pytest.raises(UsageError, match=r"none was found. Remedy: install one .* or print the HTML page"):
        meant("pdf", Path("brief.pdf"))


def test_a_browser_named_wrongly_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pdf.BROWSER, "/nowhere/chromium")
    with pytest.raises(UsageError, match="DETENTE_BROWSER names /nowhere/chromium, which is not there"):
        pdf.find_browser()


def test_a_pdf_does_not_go_to_the_terminal() -> None:
    with pytest.raises(UsageError, match=r"add -o NAME.pdf"):
        meant("pdf", None)


def test_the_ending_of_a_file_asks_for_a_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pdf.BROWSER, sys.executable)
    assert meant(None, Path("Brief.PDF")) == "pdf"
    assert meant("html", Path("brief.pdf")) == "html"
    assert meant(None, Path("brief.html")) == "html"


@pytest.mark.parametrize("body", ["exit 3", "exit 0"])
def test_a_browser_that_fails_leaves_a_plain_word(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    broken = tmp_path / "chromium"
    broken.write_text(f"#!/bin/sh\n{body}\n")
    broken.chmod(broken.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv(pdf.BROWSER, str(broken))
    with pytest.raises(UsageError, match=r"printing with .*chromium failed. Remedy: open the HTML page"):
        pdf.to_pdf(document)
