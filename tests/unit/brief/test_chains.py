"""Every number of a full brief opens a chain that ends in documents, and contradictions are shown."""

from __future__ import annotations

import pytest

from detente.brief.chains import chains
from detente.brief.compose import available
from detente.brief.contradictions import contradictions
from detente.brief.notes import notes
from detente.case.load import load_case
from detente.case.model import Case


@pytest.fixture(scope="module")
def alaska() -> Case:
    return load_case("alaska-2025")


@pytest.mark.slow
def test_every_number_leads_to_formula_method_and_documents(alaska: Case) -> None:
    for lens in available(alaska):
        given = {"draws": 20} if "draws" in lens.options.model_fields else {}
        found = chains(alaska, [lens.apply(alaska, lens.options.model_validate(given))])
        known = {item.id for item in alaska.evidence}
        for name, chain in found.items():
            labels = {line.label for line in chain.lines}
            assert {"Result", "Formula", "Method", "Constants", "Analyst"} <= labels, name
            cited = {ref for line in chain.lines for ref in line.refs}
            assert cited, f"{name} leads to no document"
            assert cited <= known


def test_both_sides_of_a_contradiction_stand_in_the_brief(alaska: Case) -> None:
    (table,) = contradictions(alaska).blocks
    shown = {tuple(cell.refs[0] for cell in row) for row in table.rows}
    marked = {tuple(sorted((e.id, other))) for e in alaska.evidence for other in e.contradicts}
    assert shown == marked
    assert "of independent origin" in contradictions(alaska).lead


def test_a_case_without_contradictions_shows_no_section() -> None:
    assert contradictions(load_case("minsk-2015")).blocks == ()


def test_a_source_says_what_rests_on_it(alaska: Case) -> None:
    by_id = {note.id: note for note in notes(alaska)}
    for item in alaska.evidence:
        for source in item.source:
            said = next(text for text in by_id[source].says if text.startswith(f"{item.id}: "))
            assert " ".join(item.statement.split()) in said
            assert f"as of {item.as_of}" in said


def test_a_place_whose_id_reads_like_an_issue_is_not_named_after_it(alaska: Case) -> None:
    assert "people" in {i.id for i in alaska.issues}
    lens = next(x for x in available(alaska) if x.name == "durability")
    found = chains(alaska, [lens.apply(alaska, lens.options())])
    texts = [line.text for chain in found.values() for line in chain.lines]
    assert any(text.startswith("durability, commitment, guards, forces") for text in texts)
    assert not [text for text in texts if "Limits on Ukrainian forces: " in text]
