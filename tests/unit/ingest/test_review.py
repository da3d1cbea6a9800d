"""Nothing enters a case without a person; a review can stop and go on; only lines are added."""

from __future__ import annotations

import json
from difflib import unified_diff
from pathlib import Path

import pytest

from detente.case.checks import check_case
from detente.case.load import load_case
from detente.errors import UsageError
from detente.ingest.accept import Reviewer
from detente.ingest.session import Asked, ingest
from detente.ingest.store import Store

TEXT = (
    "Norvian Foreign Minister Edda Korin said her country would reject any foreign force in Kestria.\n\n"
    "Shelling across the Tamer rose by 18 percent in April, according to the League of Straits.\n\n"
    "About 58 percent of the Ashen Valley is under Norvian control.\n"
)
ABOUT = {"publisher": "Strait Courier", "published": "2031-05-09", "title": "On the eve"}


@pytest.fixture
def read(mine: Path, tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    outcome = ingest(mine, [str(tmp_path / "a.txt")], Asked(ABOUT))
    assert len(outcome.items) == 3
    return mine


def added(before: str, after: str) -> list[str]:
    lines = list(unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm=""))[2:]
    assert not [line for line in lines if line.startswith("-") and line.strip("- ")]
    return [line[1:] for line in lines if line.startswith("+") and line.strip("+ ")]


def test_ingesting_changes_no_file_of_the_case(mine: Path, tmp_path: Path) -> None:
    before = {f: f.read_bytes() for f in mine.iterdir()}
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    ingest(mine, [str(tmp_path / "a.txt")], Asked(ABOUT))
    assert {f: f.read_bytes() for f in before} == before
    assert [p.name for p in mine.iterdir() if p.is_dir()] == ["proposals"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == TEXT


def test_accepting_adds_a_source_once_and_one_item_each(read: Path) -> None:
    file = read / "sources.yaml"
    before = file.read_text(encoding="utf-8")
    reviewer = Reviewer(read, "A. Analyst")
    name, lines = reviewer.accept(
        "P1", {"statement": "Norvia will have no foreign troops.", "credibility": "2"}
    )
    middle = file.read_text(encoding="utf-8")
    assert added(before, middle) == [line for line in lines.split("\n") if line]
    reviewer.accept("P2")
    case = load_case(read)
    assert [s.id for s in case.sources].count("strait_courier_310509") == 1
    item = next(e for e in case.evidence if e.id == name)
    assert (item.actor, item.stake, item.said_by) == ("NRV", "guarantees", ("Edda Korin",))
    assert (item.proposed_by, item.accepted_by, item.credibility) == ("rules", "A. Analyst", 2)
    assert item.quote is not None
    text = (read / "proposals" / f"{item.quote.document}.txt").read_text(encoding="utf-8")
    assert text[item.quote.start : item.quote.end] == item.quote.text
    second = case.evidence[-1]
    assert (second.value, second.unit) == (18.0, "percent")


def test_a_contradiction_enters_with_its_mark_and_both_are_kept(read: Path) -> None:
    name, _ = Reviewer(read, "me").accept("P3")
    case = load_case(read)
    assert next(e for e in case.evidence if e.id == name).contradicts == ("R03",)
    assert any(e.id == "R03" for e in case.evidence)


def test_a_decision_is_final_and_survives_a_new_start(read: Path) -> None:
    Reviewer(read, "me").reject("P1")
    Reviewer(read, "me").accept("P2")
    again = Store.of(read).records()[0]
    assert [i.id for i in again.pending] == ["P3"]
    assert again.decisions["P1"].verdict == "rejected"
    for item in ("P1", "P2"):
        with pytest.raises(UsageError, match="by me"):
            Reviewer(read, "other").accept(item)
    with pytest.raises(UsageError, match="there is no proposal P9"):
        Reviewer(read, "me").reject("P9")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"modality": "rumour"}, "modality"),
        ({"credibility": "9"}, "credibility"),
        ({"as_of": "2031-06-01"}, "after the case's own date"),
        ({"issue": "moon"}, "there is no issue `moon`"),
        ({"contradicts": "R99"}, "there is no evidence item"),
        ({"quote": "other words"}, "cannot be changed"),
    ],
)
def test_what_is_not_allowed_leaves_the_case_as_it_was(
    read: Path, changes: dict[str, str], words: str
) -> None:
    before = (read / "sources.yaml").read_bytes()
    with pytest.raises(UsageError, match=words):
        Reviewer(read, "me").accept("P1", changes)
    assert (read / "sources.yaml").read_bytes() == before
    assert len(Store.of(read).records()[0].pending) == 3


def test_a_document_read_twice_is_known(read: Path, tmp_path: Path) -> None:
    Reviewer(read, "me").reject("P1")
    again = ingest(read, [str(tmp_path / "a.txt")], Asked({}))
    assert again.items == ()
    assert again.known == (str(tmp_path / "a.txt"),)
    assert len(Store.of(read).records()[0].decisions) == 1


def test_what_a_user_adds_later_about_a_document_is_kept(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    first = ingest(mine, [str(tmp_path / "a.txt")], Asked({}))
    assert "it carries no date" in " ".join(map(str, first.documents[0].complaints))
    with pytest.raises(UsageError, match="carries no date"):
        Reviewer(mine, "me").accept("P1")
    ingest(mine, [str(tmp_path / "a.txt")], Asked(ABOUT))
    Reviewer(mine, "me").accept("P1")
    assert load_case(mine).sources[-1].published == "2031-05-09"


def test_later_documents_are_refused_unless_asked_for(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    late = {**ABOUT, "published": "2031-05-12"}
    refused = ingest(mine, [str(tmp_path / "a.txt")], Asked(late))
    assert refused.items == ()
    assert "after the case's own date, 2031-05-10" in refused.failures[0][1]
    assert not (mine / "proposals").exists()
    taken = ingest(mine, [str(tmp_path / "a.txt")], Asked(late, later=True))
    assert all(item.later for item in taken.items)
    name, _ = Reviewer(mine, "me").accept("P1")
    report = check_case(mine)
    assert report.errors == ()
    case = (mine / "case.yaml").read_text(encoding="utf-8")
    assert "evidence: [R05]" in case
    (mine / "case.yaml").write_text(case.replace("evidence: [R05]", f"evidence: [{name}]"), encoding="utf-8")
    assert "only a later option may cite it" in check_case(mine).errors[0].message


def test_one_bad_document_does_not_stop_the_others(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n")
    places = [str(tmp_path / n) for n in ("no.txt", "b.png", "a.txt")]
    outcome = ingest(mine, places, Asked(ABOUT))
    assert [place for place, _ in outcome.failures] == places[:2]
    assert len(outcome.items) == 3


def test_a_bundled_case_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Russia rejects a ceasefire, Dmitry Peskov said.", encoding="utf-8")
    outcome = ingest("alaska-2025", [str(tmp_path / "a.txt")], Asked({"published": "2025-08-12"}))
    assert outcome.items
    assert outcome.kept is None


@pytest.mark.parametrize("about", [{"published": "yesterday"}, {"kind": "gossip"}, {"mood": "x"}])
def test_what_is_said_of_a_document_must_make_sense(mine: Path, about: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="Remedy"):
        ingest(mine, ["a.txt"], Asked(about))


def test_a_store_changed_by_hand_is_refused_in_words(read: Path) -> None:
    record = next((read / "proposals").glob("*.json"))
    text = record.with_suffix(".txt")
    text.write_text("other words", encoding="utf-8")
    with pytest.raises(UsageError, match="its text was changed"):
        Store.of(read).records()
    record.write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be used"):
        Store.of(read).records()


def test_words_a_yaml_file_cannot_hold_enter_without_a_quotation(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norvia\x07 rejects any foreign force\x00 in Kestria.", encoding="utf-8")
    ingest(mine, [str(tmp_path / "a.txt")], Asked(ABOUT))
    name, _ = Reviewer(mine, "me").accept("P1")
    item = next(e for e in load_case(mine).evidence if e.id == name)
    assert item.quote is None
    assert item.statement == "Norvia rejects any foreign force in Kestria."


def test_links_between_accepted_items_become_links_of_evidence(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Norvian guns fired 212 shells across the river in April.", encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text(
        "In April 212 shells were fired over the river by Norvian guns.", encoding="utf-8"
    )
    ingest(mine, [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], Asked(ABOUT))
    first, _ = Reviewer(mine, "me").accept("P1")
    second, _ = Reviewer(mine, "me").accept("P2")
    item = next(e for e in load_case(mine).evidence if e.id == second)
    assert item.same_origin == (first,)


def test_the_store_is_plain_json_with_a_version(read: Path) -> None:
    data = json.loads(next((read / "proposals").glob("*.json")).read_text(encoding="utf-8"))
    assert data["format_version"] == 1
    assert {"start", "end", "statement", "stake", "actor", "speaker", "modality", "numbers"} <= set(
        data["items"][0]
    )


def test_one_origin_is_kept_where_the_item_between_was_rejected(mine: Path, tmp_path: Path) -> None:
    told = "Shelling across the Tamer rose by 23.7 percent in April, according to the League of Straits."
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{told}\n\nPage {name}.\n", encoding="utf-8")
        ingest(mine, [str(tmp_path / f"{name}.txt")], Asked({**ABOUT, "title": name}))
    items = [i for record in Store.of(mine).records() for i in record.items]
    assert [i.same_origin for i in items] == [(), ("P1",), ("P1",)]
    reviewer = Reviewer(mine, "me")
    reviewer.reject("P1")
    first, _ = reviewer.accept("P2")
    second, _ = reviewer.accept("P3")
    ledger = {e.id: e for e in load_case(mine).evidence}
    assert (ledger[first].same_origin, ledger[second].same_origin) == ((), (first,))


def test_commands_to_a_terminal_do_not_enter(mine: Path, tmp_path: Path) -> None:
    said = "Norvia said it would \x1b[31mnot sign\x1b[0m before <b>40 prisoners</b> are free."
    (tmp_path / "a.txt").write_text(said, encoding="utf-8")
    ingest(mine, [str(tmp_path / "a.txt")], Asked(ABOUT))
    name, _ = Reviewer(mine, "me").accept("P1")
    item = next(e for e in load_case(mine).evidence if e.id == name)
    assert item.statement == "Norvia said it would not sign before 40 prisoners are free."
    assert item.value == 40.0
