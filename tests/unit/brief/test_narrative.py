"""The analyst's words as sections: nothing is invented, nothing is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.brief.compose import compose
from detente.brief.narrative import narrative
from detente.case.load import load_case
from detente.case.model import Case
from detente.case.template import write_template
from detente.page import Section, Table, Text

SECTIONS = {
    "alternatives": "alternatives",
    "trade-offs": "trade_offs",
    "perspectives": "perspectives",
    "phasing": "phasing",
    "accompanying": "accompanying",
    "risks": "risks",
    "questions": "questions",
    "local": "local_voices",
}


@pytest.fixture
def template(tmp_path: Path) -> Case:
    write_template(tmp_path / "talks", "talks")
    return load_case(tmp_path / "talks")


def table(section: Section) -> Table:
    return next(b for b in section.blocks if isinstance(b, Table))


def test_every_item_of_the_case_is_a_row_of_its_section(template: Case) -> None:
    made = {s.id: s for s in narrative(template)}
    for section, part in SECTIONS.items():
        items = getattr(template, part)
        assert len(table(made[section]).rows) == len(items) > 0
        text = " ".join(cell.text for row in table(made[section]).rows for cell in row)
        assert all(item.text.rstrip(".") in text for item in items)
        assert "north" not in text.split()  # ids are never shown
    assert len(table(made["goals"]).rows) == sum(len(a.goals) for a in template.actors)
    assert template.purpose in made["goals"].lead


@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_a_section_without_input_says_so_in_one_line(template: Case, section: str) -> None:
    bare = template.model_copy(update={SECTIONS[section]: ()})
    made = {s.id: s for s in narrative(bare)}[section]
    assert len(made.blocks) == 1
    assert isinstance(made.blocks[0], Text)
    assert made.blocks[0].body.startswith("This case says nothing on ")


def test_steps_stand_in_order_and_refer_by_number(template: Case) -> None:
    rows = table(next(s for s in narrative(template) if s.id == "phasing")).rows
    days = [row[1].sort for row in rows]
    assert days == sorted(days, key=lambda d: d or 0)
    assert [row[0].text for row in rows] == ["1", "2"]
    assert rows[1][5].text == "1"
    assert "Only with control of the valley: A joint administration." in rows[1][2].text


def test_a_step_nobody_verifies_is_marked(template: Case) -> None:
    step = template.phasing[0].model_copy(update={"verified_by": ()})
    made = narrative(template.model_copy(update={"phasing": (step,)}))
    cell = table(next(s for s in made if s.id == "phasing")).rows[0][4]
    assert (cell.text, cell.mark) == ("nobody named", "no")


def test_the_brief_holds_them_in_a_readers_order(template: Case) -> None:
    ids = [s.id for s in compose(template, draws=50).document.page.sections]
    order = [i for i in ids if i in {*SECTIONS, "goals", "inputs", "context"}]
    assert order[0] == "context"
    assert order[1:3] == ["alternatives", "trade-offs"]
    assert order[-1] == "inputs"
    assert len(set(ids)) == len(ids)


def test_a_lens_keeps_its_own_annex_out_of_the_full_brief(alaska: Case) -> None:
    made = compose(alaska, full=True, draws=50)
    ids = [s.id for s in made.document.page.sections]
    assert {"durability", "durability-horizons", "ratification-chances", "forecast-overview"} <= set(ids)
    assert not [i for i in ids if i.startswith(("durability-deal", "forecast-issue"))]
    titles = {s.id: s.title for s in made.document.page.sections}
    assert titles["durability"].endswith("?")
