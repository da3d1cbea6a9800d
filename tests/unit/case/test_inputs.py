"""What can be adjusted: everything listed can be edited, lies on its scale, and has words of its own."""

from __future__ import annotations

import pytest

from detente.case.agreement import Interaction, Quorum
from detente.case.inputs import adjustable
from detente.case.load import bundled_cases, load_case
from detente.case.model import Case
from detente.case.overlay import Edit, Overlay, apply, value_at

NAMES = [name for name, _, _ in bundled_cases()]


@pytest.mark.parametrize("name", NAMES)
def test_every_input_can_be_edited_and_lies_on_its_scale(name: str) -> None:
    case = load_case(name)
    found = adjustable(case)
    assert len({i.path for i in found}) == len(found)
    edits = tuple(Edit(path=i.path, value=value_at(case, i.path)) for i in found)
    same = apply(case, Overlay(edits=edits))
    assert same.model_dump() == case.model_dump()
    for i in found:
        ends = i.value if i.kind == "range" else (i.value, i.value)
        if i.kind in ("range", "number"):
            assert i.low is None or i.low <= ends[0], i.path
            assert i.high is None or ends[1] <= i.high, i.path
        if i.kind in ("choice", "set"):
            known = {c for c, _ in i.choices}
            assert set([i.value] if isinstance(i.value, str) else i.value) <= known, i.path


def test_the_flagship_has_the_assumptions_a_reader_asks_for(alaska: Case) -> None:
    by_path = {i.path: i for i in adjustable(alaska)}
    shift = by_path["no_deal.worth.RUS.shift"]
    assert (shift.label, shift.actor, shift.kind) == ("Russia: worth of no deal, shift", "RUS", "range")
    assert shift.evidence
    assert shift.mid == 0
    assert by_path["preferences.UKR.line.accepts.stated"].kind == "set"
    assert by_path["rules.K7.reading"].choices[0][0] == "A"
    assert by_path["ratification.gates.statute.blocs.governing.votes#1.count"].high == 231
    assert by_path["ripeness.books.RUS.oil"].unit == "dollars a barrel"
    assert by_path["preferences.RUS.line.salience"].label == "Russia, Line of control: salience"
    assert not any("evidence" in path.split(".") or path.startswith("sources") for path in by_path)


def test_only_the_parts_asked_for(alaska: Case) -> None:
    assert {i.group for i in adjustable(alaska, ("no_deal", "rules"))} == {"no_deal", "rules"}


def test_what_options_are_worth_together_and_the_quorum_can_be_adjusted(alaska: Case) -> None:
    effect = {"id": "x", "actor": "RUS", "when": {"line": ["freeze"], "sanc": ["lift"]}, "points": [-20, -10]}
    said = {**effect, "id": "y", "text": "a line for relief"}
    parts = {
        "interactions": tuple(map(Interaction.model_validate, (effect, said))),
        "quorum": Quorum(of=("EUR", "USA"), at_least=1),
    }
    found = adjustable(alaska.model_copy(update=parts), ("interactions", "quorum"))
    assert [(i.label, i.low, i.high, i.actor) for i in found] == [
        ("Russia, “Freeze in place” with “All lifted”: points", -100, 100, "RUS"),
        ("Russia, a line for relief: points", -100, 100, "RUS"),
        ("Quorum, at least", 1, 2, ""),
    ]
    assert found[0].unit == "points of its own scale"
