"""The rules against documents annotated by hand; docs/methods/ingest.md carries the same figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.ingest.gold import Tally, case_beside, main, read_annotated, read_folder, score

GOLD = Path(__file__).parents[2] / "gold"
DOCS = Path(__file__).parents[3] / "docs" / "methods" / "ingest.md"


@pytest.fixture(scope="module")
def held_out() -> dict[str, Tally]:
    return score(read_folder(GOLD / "held-out"), case_beside(GOLD / "held-out"))


def test_the_aims_are_met_on_documents_no_rule_was_tuned_on(held_out: dict[str, Tally]) -> None:
    assert held_out["claim"].f1 >= 0.80
    assert held_out["speaker"].f1 >= 0.85
    assert held_out["stake"].f1 >= 0.80


def test_the_page_says_what_the_rules_score(held_out: dict[str, Tally]) -> None:
    tuning = score(read_folder(GOLD / "tuning"), case_beside(GOLD / "tuning"))
    page = DOCS.read_text(encoding="utf-8")
    for name, tally in held_out.items():
        row = next(line for line in page.split("\n") if line.startswith(f"| {name} |"))
        assert [float(x) for x in re.findall(r"\d\.\d\d", row)] == [
            pytest.approx(x, abs=0.0051) for t in (tuning[name], tally) for x in (t.precision, t.recall, t.f1)
        ], f"the row of {name} is stale"


def test_every_register_is_there_and_annotated() -> None:
    registers = [d.register for folder in ("tuning", "held-out") for d in read_folder(GOLD / folder)]
    assert len(registers) >= 16
    for wanted in (
        "agency report",
        "explainer with five headed stakes",
        "op-ed",
        "official",
        "live blog",
        "Russian",
    ):
        assert sum(wanted in r for r in registers) >= 2, wanted
    assert all(d.claims for folder in ("tuning", "held-out") for d in read_folder(GOLD / folder))


def test_annotations_name_what_the_cases_have() -> None:
    load = case_beside(GOLD / "tuning")
    for folder in ("tuning", "held-out"):
        for d in read_folder(GOLD / folder):
            case = load(d.case)
            known = {a.id for a in case.actors} | {s.id for s in case.stakes} | {""}
            for claim in d.claims:
                assert {claim.actor, claim.stake} <= known, (d.name, claim.text)
                assert d.document.text[claim.start : claim.end] == claim.text
                assert claim.modality in (
                    "fact",
                    "position",
                    "reported",
                    "conditional",
                    "forecast",
                    "question",
                )


def test_the_scorer_counts_misses_and_inventions(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "# register: test\n# case: river-talks\n# published: 2031-05-09\n\n"
        "Norvia rejects any foreign force. ||| NRV | guarantees | - | position | - | =R05\n"
        "Bread is best when fresh. ||| PUB | economy | - | fact | 3 loaves\n",
        encoding="utf-8",
    )
    document = read_annotated(tmp_path / "a.txt")
    assert [c.numbers for c in document.claims] == [(), ((3.0, "loaves"),)]
    tallies = score([document], case_beside(GOLD / "tuning"))
    assert (tallies["claim"].right, tallies["claim"].missed) == (1, 1)
    assert tallies["actor"].right == 1
    assert tallies["claim"].recall == 0.5


def test_a_bad_annotation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# register: x\n# case: y\nNo. ||| A | B\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has 2 parts"):
        read_annotated(tmp_path / "a.txt")


def test_the_module_prints_a_table() -> None:
    table = main([str(GOLD / "tuning")])
    assert table.startswith("| question | precision | recall | F1 |")
    assert "claim: " in main([str(GOLD / "tuning"), "--faults"])
