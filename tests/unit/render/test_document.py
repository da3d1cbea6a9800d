"""Numbered sources: every reference finds its number, and the annex can be left out."""

from __future__ import annotations

from dataclasses import replace

from detente.page import Cell, Page, Section, Table, Text
from detente.render.document import Document, Masthead, Note

NOTES = (
    Note("a", "First", evidence=("e1", "e2")),
    Note("b", "Second", evidence=("e2",)),
    Note("c", "Third"),
)


def _document(*sections: Section) -> Document:
    return Document(Page("Title", "", sections), Masthead("Talks", "today"), NOTES)


def test_a_reference_may_name_evidence_or_a_source() -> None:
    doc = _document()
    assert doc.cite(("e1",)) == (1,)
    assert doc.cite(("c", "e2")) == (1, 2, 3)
    assert doc.cite(()) == ()


def test_references_are_found_in_any_block_and_cell() -> None:
    table = Table("", ("x",), ((Cell("1", refs=("e2",)),),))
    doc = _document(Section("s", "S", blocks=(table,), aside=(Text("t", ("nowhere",)),)))
    assert doc.unresolved() == ("nowhere",)
    assert [n for n, _ in doc.cited()] == [1, 2]


def test_the_summary_keeps_numbers_and_drops_the_annex(document: Document) -> None:
    short = document.summary()
    assert all(not section.annex for section in short.page.sections)
    assert len(short.page.sections) < len(document.page.sections)
    assert short.notes == document.notes


def test_the_sample_is_sound(document: Document) -> None:
    assert document.unresolved() == ()
    assert replace(document, notes=()).unresolved() != ()
