"""Variants beside the case on file: one seed, honest differences, and what did not move is said."""

from __future__ import annotations

import pytest

from detente.case.load import load_case
from detente.case.overlay import apply_typed
from detente.errors import UsageError
from detente.render.document import Document, Masthead
from detente.render.terminal import to_terminal
from detente.studies.compare import compare
from detente.studies.compare_view import view


def test_the_case_beside_itself_moves_nothing() -> None:
    case = load_case("minsk-2015")
    found = compare(case, [case], ["settlement"], draws=40)
    assert not any(row.moved for row in found.rows)
    assert all(d == 0 for row in found.rows for d in row.deltas if d is not None)
    assert "no headline number" in view(found).title.lower()


def test_differences_are_those_of_the_runs() -> None:
    case = load_case("minsk-2015")
    poor, rich = (apply_typed(case, [f"no_deal.UKR.worth={w}"]) for w in (5, 90))
    found = compare(case, [poor, rich], ["settlement"], draws=60, seed=3)
    row = next(r for r in found.rows if r.name == "interests")
    alone = [next(m.value for m in run[0].result.measures() if m.name == "interests") for run in found.runs]
    assert row.deltas == (alone[1] - alone[0], alone[2] - alone[0])
    assert row.deltas[0] >= 0 >= row.deltas[1]
    text = to_terminal(Document(view(found), Masthead("Minsk", "")))
    assert "What did not move" in text
    assert "Variant 2" in text


def test_a_lens_that_cannot_answer_is_named() -> None:
    case = load_case("minsk-2015")
    with pytest.raises(UsageError, match="nonsense"):
        compare(case, [case], ["nonsense"])
