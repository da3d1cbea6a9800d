"""The flagship's exact counts, worked out independently when the case was coded."""

from __future__ import annotations

from itertools import product

import pytest

from detente.case.model import Case
from detente.lenses.settlement import LENS, Options
from detente.lenses.settlement.result import Settlement


@pytest.fixture(scope="module")
def result(alaska: Case) -> Settlement:
    return LENS.apply(alaska, Options(draws=200)).result


def shared(result: Settlement, reading: str, *members: str) -> int:
    lines = next(r for r in result.readings if r.reading == reading).lines
    return next(c.count for c in lines.coalitions if set(c.members) == set(members))


def test_the_seven_core_issues_have_their_known_counts(result: Settlement) -> None:
    assert (result.combinations, result.feasible, result.in_scope) == (32_000, 10_896, 10_500)
    assert shared(result, "stated", "RUS", "UKR") == 0
    assert shared(result, "flexible", "RUS", "UKR") == 0
    assert shared(result, "flexible", "RUS", "USA") == 396


def test_only_the_line_opens_deals_by_itself_when_lines_are_read_flexibly(result: Settlement) -> None:
    flexible = result.widest
    assert dict(flexible.lines.single_issues) == {
        "form": 0, "line": 240, "status": 0, "align": 0, "guar": 0, "mon": 0, "sanc": 0,
    }  # fmt: skip
    assert flexible.blocking == ("line",)
    assert [[c.line for c in r.concessions] for r in flexible.lines.relaxations] == [
        [("RUS", "line")],
        [("UKR", "line")],
    ]


def test_published_lines_need_four_issues_to_move_together(result: Settlement) -> None:
    stated = result.readings[0].lines
    assert [set(issues) for issues, _ in stated.by_issue] == [{"line", "status", "align", "guar"}]
    # On each of the four issues either side may be the one to move: 16 ways. Four of them keep Russia's
    # neutrality and Ukraine's foreign force together, which the rules exclude.
    assert len(stated.relaxations) == 12
    assert all(len(r.concessions) == 4 for r in stated.relaxations)


def test_the_later_option_opens_deals_only_when_lines_are_read_flexibly(
    alaska: Case, result: Settlement
) -> None:
    (later,) = result.later
    assert later.zones == (("stated", 0, 0), ("flexible", 48, 0))
    run = LENS.apply(alaska, Options.model_validate({"with": ["line=donetsk_neutral"], "draws": 200}))
    assert run.result.widest.lines.zone == 48
    assert run.result.widest.possible.value > 0
    assert run.result.later == ()


def test_counts_agree_with_plain_enumeration_of_the_case_file(alaska: Case, result: Settlement) -> None:
    core = [i for i in alaska.issues if i.core]
    ids = {i.id for i in core}
    forbidden = [p for r in alaska.rules for p in r.forbid if set(p) <= ids]

    def accepts(actor: str, deal: dict[str, str]) -> bool:
        views = alaska.preferences[actor]
        return all(
            o in views[i].accepts["flexible"] for i, o in deal.items() if "flexible" in views[i].accepts
        )

    count = 0
    for options in product(*([o.id for o in i.options] for i in core)):
        deal = dict(zip((i.id for i in core), options, strict=True))
        if not any(all(deal[i] in named for i, named in p.items()) for p in forbidden):
            count += accepts("RUS", deal) and accepts("USA", deal)
    assert count == shared(result, "flexible", "RUS", "USA")
