"""A draft passes the check, calls stated only what a sentence states, and lists what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.case.checks import check_case
from detente.case.load import load_case
from detente.errors import UsageError
from detente.ingest.document import Document
from detente.ingest.draft import draft
from detente.ingest.draft_parties import parties
from detente.ingest.draft_write import write_draft
from detente.ingest.gold import read_folder
from detente.ingest.store import Store

GOLD = Path(__file__).parents[2] / "gold"


def river() -> list[Document]:
    return [
        d.document
        for d in read_folder(GOLD / "tuning")
        if d.case == "river-talks" and "russian" not in d.name
    ]


def test_the_parties_of_invented_documents_are_found() -> None:
    found = {p.name: p for p in parties(river())}
    assert {"Norvia", "Kestria", "Caldera"} <= set(found)
    assert found["Norvia"].adjective == "Norvian"
    assert "James Whitlow" in found["Caldera"].people
    assert not {"May", "Friday", "The", "Assembly"} & set(found)


def test_a_draft_passes_the_check_and_can_be_analysed(tmp_path: Path) -> None:
    documents = river()
    made = draft("river-draft", documents)
    write_draft(tmp_path / "river-draft", made, documents)
    report = check_case(tmp_path / "river-draft")
    assert report.errors == ()
    case = load_case(tmp_path / "river-draft")
    assert case.as_of.isoformat() == "2031-05-10"
    assert len(case.required) == 2
    assert {a.name for a in case.required} == {"Norvia", "Kestria"}


def test_stated_is_only_what_a_sentence_states(tmp_path: Path) -> None:
    documents = river()
    write_draft(tmp_path / "d", draft("d", documents), documents)
    case = load_case(tmp_path / "d")
    items = {e.id: e for e in case.evidence}
    texts = {d.digest: d.text for d in documents}
    stated = [
        (actor, view)
        for actor, views in case.preferences.items()
        for view in views.values()
        if view.basis == "stated"
    ]
    assert stated
    for actor, view in stated:
        assert view.evidence
        for name in view.evidence:
            item = items[name]
            assert item.actor == actor
            assert item.modality == "position"
            assert item.quote is not None
            assert texts[item.quote.document][item.quote.start : item.quote.end] == item.quote.text
    guessed = [v for views in case.preferences.values() for v in views.values() if v.basis == "guess"]
    assert all(not v.evidence and len(v.order) == 1 for v in guessed)


def test_what_is_missing_is_listed_in_the_file_too(tmp_path: Path) -> None:
    documents = river()
    made = draft("d", documents)
    write_draft(tmp_path / "d", made, documents)
    text = (tmp_path / "d" / "case.yaml").read_text(encoding="utf-8")
    for line in made.missing:
        assert f"#   - {line}" in text
    assert any("red lines" in line for line in made.missing)
    assert any("wants" in line for line in made.missing)


def test_all_claims_wait_for_review(tmp_path: Path) -> None:
    documents = river()
    made = draft("d", documents)
    write_draft(tmp_path / "d", made, documents)
    waiting = [i for record in Store.of(tmp_path / "d").records() for i in record.pending]
    assert len(waiting) == len(made.items)
    assert len({i.id for i in waiting}) == len(waiting)


def test_an_existing_folder_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    with pytest.raises(UsageError, match="exists already"):
        write_draft(tmp_path / "d", draft("d", river()), river())
    assert list(tmp_path.iterdir()) == [tmp_path / "d"]


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        ("Bread rises. It is good.", "2031-05-09", "fewer than two parties"),
        (
            "Norvia and Kestria played chess. Norvian players smiled. Kestrian players left.",
            "2031-05-09",
            "fewer than",
        ),
        (
            "Norvia refuses to leave the valley. Kestria demands a ceasefire. " * 3,
            "",
            "no document carries a day",
        ),
    ],
)
def test_too_little_to_draft_from_is_said(text: str, published: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        draft("d", [Document("a", text, published=published)])


def test_a_country_that_is_only_talked_about_is_a_party() -> None:
    text = (
        "Kestrian President Al Arv demands the valley. Norvia fired on Friday. Norvian guns fell silent. "
        "Norvia has lost 40 men. The Norvian army holds the ridge.\n"
    )
    assert "Norvia" in {p.name for p in parties([Document("a", text)])}
