"""How sure the brief is: what it says is what the study finds, as changes that contradict no other number."""

from __future__ import annotations

import pytest

from detente.brief.sure import DRAWS, sure
from detente.case.load import load_case
from detente.page import Ranges
from detente.studies.question import Asked, question
from detente.studies.sensitivity import Effort, sensitivity


def test_the_section_shows_the_guesses_that_move_the_leading_number() -> None:
    case = load_case("minsk-2015")
    section = sure(case, "settlement", None)
    asked = question(case, Asked("settlement", options=(f"draws={DRAWS}",)))
    found = sensitivity(case, asked, Effort(0, shown=2, basis=("guess",)))
    assert found.rows
    figure = section.blocks[0]
    assert isinstance(figure, Ranges)
    assert (figure.reference, figure.unit) == (0.0, "points")
    shown = {r.label: (r.low, r.high) for g in figure.groups for r in g.ranges}
    base = asked.measure.value or 0.0
    for row in found.rows[:8]:
        ends = [100 * (v - base) for v in (row.at_low, row.at_high) if v is not None]
        assert shown[row.input.label] == (min(*ends, 0.0), max(*ends, 0.0))
        assert row.input.basis == "guess"
    assert found.rows[0].input.label in section.lead
    assert f"{base:.0%}" not in section.lead  # another number of draws: only changes are comparable


def test_a_case_with_too_many_guesses_is_left_to_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.brief.sure.MOST", 0)
    section = sure(load_case("minsk-2015"), "settlement", None)
    assert (section.blocks, section.lead) == ((), "")
