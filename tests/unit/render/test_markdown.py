"""Markdown: the whole document survives, sources keep their numbers, figures become tables."""

from __future__ import annotations

import re

import pytest

from detente.page import Bar, Bars, Fact, Page, Section
from detente.render.document import Chain, Document, Line, Masthead, Note
from detente.render.markdown import escape, to_markdown


@pytest.fixture(scope="module")
def text(document: Document) -> str:
    return to_markdown(document)


def test_headings_follow_the_page(document: Document, text: str) -> None:
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings[: len(document.page.sections)] == [section.title for section in document.page.sections]
    assert headings[-2:] == ["Sources and grading", "How each number was made"]


def test_references_point_to_the_numbered_list(text: str) -> None:
    assert r"accept under stated red lines. \[1, 2\]" in text
    assert "2. [Reuters, 13 August 2025: statement on the terms of a halt](https://example.org/2) B2" in text


def test_the_numbers_of_a_figure_are_those_of_its_table(text: str) -> None:
    assert "| Russia | A | −2 | +10 | +21 |" in text
    assert "| With a general halt | 10,500 | The rest continue the war or stop it only in parts |" in text


def test_marks_are_shown(text: str) -> None:
    assert "| ✗ Russia |" in text


def test_a_title_that_repeats_its_heading_is_left_out() -> None:
    section = Section("a", "Key inputs", blocks=(Bars("Key inputs", "", (Bar("a", 1.0),)),))
    assert (
        to_markdown(Document(Page("T", "", (section,)), Masthead("Talks", "today"))).count("Key inputs") == 1
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", ""])
def test_other_addresses_stay_text(url: str) -> None:
    doc = Document(Page("T", "", ()), Masthead("Talks", "today"), (Note("a", "A note", url),))
    assert "1. A note" in to_markdown(doc)
    assert "](" not in to_markdown(doc)


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("- item", r"\- item"),
        ("+ item", r"\+ item"),
        ("+12 points", "+12 points"),
        ("1. first", r"1\. first"),
        ("1.5 km", "1.5 km"),
        ("# head", r"\# head"),
        ("    code", "code"),
        ("R&D <b>", "R&amp;D &lt;b&gt;"),
    ],
)
def test_only_what_would_mean_something_is_escaped(raw: str, safe: str) -> None:
    assert escape(raw) == safe


def test_what_chains_share_is_told_once() -> None:
    shared = (Line("Judgement", "preferences of all actors"), Line("Analyst", "the authors"))
    chains = {name: Chain(name, (Line("Result", name), *shared)) for name in ("one", "two")}
    text = to_markdown(Document(Page("T", "", ()), Masthead("M", "d"), (), chains))
    assert text.count("preferences of all actors") == 1
    assert text.count("under 1 below") == 2
    assert "### 1. Behind 2 of these numbers" in text or "### 1\\. Behind 2 of these numbers" in text


def test_a_card_without_a_number_has_no_empty_brackets() -> None:
    cards = (Fact("Every promise covered", "", "By capability."), Fact("Likely", "67% (64–70%)", "So it is."))
    said = to_markdown(Document(Page("T", "", (), cards), Masthead("M", "d")))
    assert "**Every promise covered**. By capability." in said
    assert "**Likely**: 67% (64–70%). So it is." in said
