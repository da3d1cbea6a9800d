"""The terminal: plain in a pipe, coloured on a terminal, readable when narrow."""

from __future__ import annotations

import io

import pytest

from detente.page import Cell, Page, Section, Table
from detente.render.document import Document, Masthead
from detente.render.terminal import print_document, to_terminal


class _Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def colourful(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    return monkeypatch


def test_a_pipe_gets_plain_text(document: Document) -> None:
    stream = io.StringIO()
    print_document(document, stream)
    assert stream.getvalue() == to_terminal(document)
    assert "\x1b" not in stream.getvalue()


@pytest.mark.usefixtures("colourful")
def test_a_terminal_gets_colour(document: Document) -> None:
    stream = _Terminal()
    print_document(document, stream)
    assert "\x1b[" in stream.getvalue()


def test_no_color_is_respected(document: Document, colourful: pytest.MonkeyPatch) -> None:
    colourful.setenv("NO_COLOR", "1")
    stream = _Terminal()
    print_document(document, stream)
    assert "\x1b[3" not in stream.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_longer_than_the_terminal(document: Document, width: int) -> None:
    assert max(map(len, to_terminal(document, width).splitlines())) <= width


def test_the_answer_comes_first(document: Document) -> None:
    lines = to_terminal(document, 120).splitlines()
    assert lines[2] == document.page.title
    assert "0 of 10,500 packages" in "\n".join(lines[:12])


def test_only_cited_sources_are_listed_under_their_own_numbers(document: Document) -> None:
    tail = to_terminal(document, 120).split("Sources ─")[1]
    assert "  1. President of Ukraine" in tail
    assert "TASS" not in tail


def test_wide_tables_become_cards_with_the_numbers_first() -> None:
    names = ("Deal", *(f"Issue {i} of the talks" for i in range(6)), "All accept")
    row = (Cell("A"), *(Cell(f"option {i}") for i in range(6)), Cell("82%", 0.82))
    section = Section("s", "S", blocks=(Table("", names, (row,), numeric=("All accept",)),))
    text = to_terminal(Document(Page("T", "", (section,)), Masthead("M", "d")), 50)
    assert text.index("All accept: 82%") < text.index("Issue 0 of the talks: option 0")


def test_the_summary_leaves_the_annex_out(document: Document) -> None:
    assert "Third parties" in to_terminal(document)
    assert "Third parties" not in to_terminal(document.summary())
