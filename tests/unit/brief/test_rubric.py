"""Ten dimensions, each answered by a section or named as missing with its remedy."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest

from detente.brief.compose import compose
from detente.brief.rubric import DIMENSIONS, SOURCE, judge
from detente.case.load import load_case
from detente.case.model import Case
from detente.cli import main
from detente.page import Page

PARTS = {
    "alternatives": "alternatives",
    "trade-offs": "trade_offs",
    "risk disclosure": "risks",
    "perspective-taking": "perspectives",
    "local-first": "local_voices",
    "accompanying measures": "accompanying",
    "phased sequencing": "phasing",
}


@pytest.fixture(scope="module")
def page() -> Page:
    return compose(load_case("alaska-2025"), draws=50).document.page


def test_the_flagship_answers_all_ten(alaska: Case, page: Page) -> None:
    answers = judge(alaska, page)
    assert len(answers) == len(DIMENSIONS) == 10
    assert {a.verdict for a in answers} == {"answered"}
    titles = {s.title for s in page.sections}
    assert all(a.sections and set(a.sections) <= titles for a in answers)


@pytest.mark.parametrize("dimension", sorted(PARTS))
def test_each_dimension_is_missed_when_its_input_is(alaska: Case, dimension: str) -> None:
    bare = alaska.model_copy(update={PARTS[dimension]: ()})
    answers = {a.dimension: a for a in judge(bare, compose(bare, draws=50).document.page)}
    assert answers[dimension].verdict == "missing"
    assert all(PARTS[dimension] in remedy for _, remedy in answers[dimension].gaps)
    assert [d for d, a in answers.items() if a.verdict != "answered"] == [dimension]


def test_half_an_answer_is_said_to_be_half(alaska: Case, page: Page) -> None:
    steps = tuple(s.model_copy(update={"verified_by": ()}) for s in alaska.phasing)
    answers = {
        a.dimension: a for a in judge(alaska.model_copy(update={"phasing": steps, "purpose": ""}), page)
    }
    assert answers["phased sequencing"].verdict == answers["goals"].verdict == "in part"
    assert "verified_by" in answers["phased sequencing"].gaps[0][1]


def test_a_section_left_out_of_the_page_answers_nothing(alaska: Case, page: Page) -> None:
    shorter = replace(page, sections=tuple(s for s in page.sections if s.id != "risks"))
    assert {a.dimension for a in judge(alaska, shorter) if a.verdict == "missing"} == {"risk disclosure"}


@pytest.mark.parametrize(("case", "code"), [("alaska-2025", 0), ("minsk-2015", 1)])
def test_the_command_says_so_and_exits_so(
    case: str, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["detente", "check-brief", case, "--json"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == code
    said = json.loads(capsys.readouterr().out)
    assert (len(said["dimensions"]), said["slips"], said["source"]) == (10, [], SOURCE)
    assert any(d["verdict"] == "missing" for d in said["dimensions"]) == bool(code)
