"""The analyst's words of a brief: what is refused, and where the faults are said to stand."""

from __future__ import annotations

import pytest

from detente.case.checks import check_case
from detente.case.load import load_case, read_case

COUNCIL = "after: [guns]\n    when: { control: [shared] }"
FAULTS = [
    (
        "actor: north\n    text: Hold",
        "actor: nrth\n    text: Hold",
        "alternatives.north_waits.actor",
        "no actor `nrth`",
    ),
    (
        "issues: [halt, control]",
        "issues: [halt, border]",
        "trade_offs.soon_or_firm.issues#2",
        "no issue `border`",
    ),
    (
        "actor: south\n    text: The valley was",
        "actor: north\n    text: The valley was",
        "perspectives#2",
        "second",
    ),
    ("when: { halt: [truce] }", "when: { halt: [peace] }", "risks.rearm.when.halt#1", "named `peace`"),
    (COUNCIL, "after: [gun]", "phasing.council.after#1", "no step `gun`"),
    (COUNCIL, "after: [council]", "phasing.council.after", "begins on day 30"),
    (
        "begins: 30",
        "begins: 1",
        "phasing.council.after#1",
        "before `guns`, on which it waits, is done on day 2",
    ),
    ("ends: 60", "ends: 20", "phasing.council", "ends on day 20, before it begins on day 30"),
    ("who: [north, south]\n    supports", "who: []\n    supports", "accompanying.hotline.who", "has no item"),
    ("matters: What no deal", "mattres: What no deal", "questions.reserve", "mattres"),
    ("who: Farmers in the valley", 'who: " "', "local_voices.farmers.who", "is empty"),
    (
        "mitigation: Observers",
        "evidence: [e_none]\n    mitigation: Observers",
        "risks.rearm.evidence#1",
        "e_none",
    ),
    ("falls_on: [south, people", "falls_on: [SOUTH, people", "risks.rearm.falls_on#1", "no actor `SOUTH`"),
]


@pytest.mark.parametrize(("old", "new", "where", "words"), FAULTS)
def test_each_fault_stands_where_it_is(spoil, old, new, where, words):
    problems = read_case(spoil((old, new))).problems
    assert any(p.where.startswith(where) and words in p.message and p.remedy for p in problems), problems


def test_a_circle_of_steps_is_named_once(spoil):
    folder = spoil(
        ("begins: 0\n    ends: 2", "begins: 30\n    after: [council]"),
        ("begins: 30\n    ends: 60", "begins: 30"),
    )
    found = [p for p in read_case(folder).problems if "in a circle" in p.message]
    assert [p.message for p in found] == ["the steps wait for each other in a circle: guns, council, guns"]


def test_steps_without_a_verifier_and_bare_risks_are_warned_of(spoil):
    folder = spoil(
        ("    verified_by: [the envoy]\n", ""),
        ("    mitigation: Observers at the bridges before the first day\n", ""),
    )
    warned = {p.where: p.message for p in check_case(folder).warnings}
    assert warned == {
        "phasing.council": "one step nobody would verify: council",
        "risks.rearm": "one risk without mitigation: rearm",
    }


def test_judgements_of_every_kind_are_counted(spoil):
    kinds = {s.kind for s in check_case(spoil()).kinds}
    assert {"alternatives", "trade-offs", "perspectives", "accompanying measures", "steps", "risks"} <= kinds
    assert {"open questions", "local voices"} <= kinds


def test_a_case_without_these_words_is_sound():
    case = load_case("minsk-2015")
    assert case.alternatives == ()
    assert case.phasing == ()
