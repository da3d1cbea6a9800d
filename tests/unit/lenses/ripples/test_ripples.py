"""The ripples lens on small cases whose answer is known, and on the second bundled case."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from detente.case import Case
from detente.case.load import load_case
from detente.errors import InputProblems, UsageError
from detente.lenses.ripples import LENS, Options
from detente.lenses.ripples.result import Ripples, ScenarioResult

CASE: dict[str, Any] = {
    "format": 1,
    "id": "triangle",
    "title": "Triangle",
    "as_of": "2020-01-01",
    "analyst": "test",
    "readings": {"stated": {"text": "stated"}},
    "actors": [
        {"id": "A", "name": "Avalon", "role": "party", "consent": True,
         "capability": {"low": 50, "high": 50}},
        {"id": "B", "name": "Bern", "role": "party", "consent": True},
        {"id": "C", "name": "Cork", "role": "outside"},
    ],
    "stakes": [{"id": "s", "name": "Stake", "decides": "all"}],
    "issues": [
        {
            "id": "peace",
            "stake": "s",
            "name": "Peace",
            "options": [{"id": "no", "text": "No"}, {"id": "yes", "text": "Yes, peace"}],
        },
        {
            "id": "pact",
            "stake": "s",
            "name": "Pact",
            "options": [{"id": "no", "text": "No"}, {"id": "yes", "text": "A pact"}],
        },
    ],
    "preferences": {},
    "no_deal": {"options": {"peace": "no", "pact": "no"}},
    "deals": [{"id": "both", "name": "Peace and pact", "options": {"peace": "yes", "pact": "yes"}}],
    "relations": {
        "poles": ["A", "B"],
        # C is a friend of both enemies: squeezed today, free after peace
        "ties": [
            {"between": ["A", "B"], "weight": [-80, -80]},
            {"between": ["A", "C"], "weight": [50, 50]},
            {"between": ["B", "C"], "weight": [50, 50]},
        ],
        "commitments": [
            {"id": "old", "name": "Old pact", "kind": "guarantee", "to": ["C"],
             "from": {"A": {"load": [40, 40], "priority": [80, 80]}}},
            {"id": "new", "name": "New pact", "kind": "guarantee", "to": ["B"], "in_force": False,
             "from": {"A": {"load": [20, 20], "priority": [10, 10]}}},
            {"id": "aid", "name": "Aid", "kind": "aid", "to": ["C"], "unit": "m a year",
             "from": {"A": {"value": [30, 30]}, "B": {"value": [10, 10]}}},
            {"id": "front", "name": "Front", "kind": "sanctions", "to": ["B"], "from": {"A": {}, "C": {}},
             "needs_all": True},
        ],
        "effects": [
            {"when": {"peace": ["yes"]}, "ties": [{"between": ["A", "B"], "change": [120, 120]}],
             "commitments": [{"commitment": "aid", "times": {"A": [0.5, 0.5]}}]},
            {"when": {"pact": ["yes"]}, "commitments": [{"commitment": "new", "becomes": "starts"}]},
        ],
    },
}  # fmt: skip


def ripples(**options: Any) -> Ripples:
    return LENS.apply(Case.model_validate(CASE), Options(draws=20, **options)).result


def test_peace_balances_the_triangle():
    result = ripples()
    today, no_deal, both = result.scenarios
    assert (today.frustration.mid, no_deal.frustration.mid, both.frustration.mid) == (0.5, 0.5, 0.0)
    assert both.against_today.mid == both.against_no_deal.mid == -0.5
    assert {t.pair for t in today.tense} == {("A", "B"), ("A", "C"), ("B", "C")}
    assert not both.tense
    assert len(result.eased(both)) == 3
    assert [t.nodes for t in today.unbalanced] == [("A", "B", "C")]
    assert not both.unbalanced


def test_the_friend_of_two_enemies_gains_room():
    both = ripples().deals[0]
    cork = next(n for n in both.nodes if n.id == "C")
    assert (cork.room.mid, cork.room_change.mid, cork.gains, cork.loses) == (1.0, 1.0, 1.0, 0.0)
    assert cork.lean.mid == 0


def test_a_new_promise_is_covered_by_what_the_older_leaves():
    today, _, both = ripples().scenarios
    cover = {g.commitment: g.cover for g in both.guarantees}
    assert cover["old"].mid == 1.0
    assert cover["new"].mid == 0.5  # 50 points, 40 spent first, 10 of 20 left
    assert {g.commitment: g.cover for g in today.guarantees}["new"] is None


def test_who_pays_under_the_deal_and_without():
    _, no_deal, both = ripples().scenarios
    assert [(d.donor, d.amount.mid, d.share.mid) for d in no_deal.donors] == [
        ("A", 30, 0.75),
        ("B", 10, 0.25),
    ]
    assert [(d.donor, d.amount.mid, d.against_no_deal.mid) for d in both.donors] == [
        ("A", 15, -15),
        ("B", 10, 0),
    ]
    assert both.totals["m a year"].mid == 25


def test_the_weakest_link_of_a_coalition_is_the_targets_friend():
    chain = ripples().today.coalitions[0]
    assert (chain.weakest, chain.tie.mid, chain.agreement) == ("C", 50, 1.0)


def test_a_deal_may_be_typed_and_may_leave_issues_open():
    (typed,) = ripples(deal=("peace=yes",)).deals
    assert (typed.label, typed.open_issues) == ("Yes, peace", ("pact",))
    assert typed.frustration.mid == 0


@pytest.mark.parametrize("deal", ["none", "war=yes", "peace=maybe"])
def test_a_deal_that_does_not_exist_is_refused_with_what_does(deal):
    with pytest.raises(UsageError, match="Remedy"):
        ripples(deal=(deal,))


def test_a_wrong_block_is_refused_with_all_problems():
    wrong = {
        **CASE,
        "relations": {
            "ties": [{"between": ["A", "X"], "weight": [0, 1]}, {"between": ["Y", "B"], "weight": [0, 1]}]
        },
    }
    with pytest.raises(InputProblems, match=r"`X`[\s\S]*`Y`"):
        LENS.apply(Case.model_validate(wrong), Options())


def test_a_case_without_relations_says_what_is_missing():
    without = Case.model_validate({k: v for k, v in CASE.items() if k != "relations"})
    assert "relations" in LENS.missing(without)
    with pytest.raises(UsageError, match="relations"):
        LENS.apply(without, Options())


@pytest.fixture(scope="module")
def july():
    case = load_case("july-1914")
    return case, LENS.apply(case, Options(draws=400))


def test_same_seed_same_result(july):
    case, run = july
    again = LENS.apply(case, Options(draws=400)).result
    assert dataclasses.asdict(again) == dataclasses.asdict(run.result)
    other = LENS.apply(case, Options(draws=400, seed=2)).result
    assert dataclasses.asdict(other) != dataclasses.asdict(run.result)


def test_blocs_hardened_by_war_are_less_tense_than_the_peace_that_parts_them(july):
    """The lens must not sell balance as peace: in 1914 two armed camps fit together best."""
    result = july[1].result
    no_deal = result.no_deal
    assert no_deal.against_today.mid < 0
    assert all(s.against_today.mid >= no_deal.against_today.mid for s in result.deals)


def test_intervals_are_ordered_and_shares_are_shares(july):
    for s in july[1].result.scenarios:
        for interval in (s.frustration, s.flips, s.against_today, *s.totals.values()):
            assert interval.low <= interval.mid <= interval.high
        assert all(0 <= t.against <= 1 and -100 <= t.weight.low <= t.weight.high <= 100 for t in s.ties)
        assert all(0 <= t.unbalanced <= 1 for t in s.triads)
        assert all(g.cover is None or 0 <= g.cover.low <= g.cover.high <= 1 for g in s.guarantees)


def test_the_balance_dynamics_puts_everyone_in_a_camp():
    case = load_case("july-1914")
    result = LENS.apply(case, Options(draws=50, dynamics="balance")).result
    lean = {n.id: n.lean.mid for n in result.today.nodes}
    assert lean["AUH"] == lean["GER"] == 1
    assert lean["SER"] == lean["RUS"] == lean["FRA"] == -1


def texts(page) -> list[str]:
    found = [page.title, page.lead]
    for section in page.sections:
        found += [section.title, section.lead]
        found += [block.body for block in section.blocks if hasattr(block, "body")]
        found += [
            cell.text
            for block in section.blocks
            if hasattr(block, "rows")
            for row in block.rows
            for cell in row
        ]
    return found


def test_the_page_says_there_is_no_forecast_and_names_no_probability(july):
    page = LENS.view(*july)
    said = " ".join(texts(page))
    assert "No validated forecast of alliance shifts exists" in page.lead
    assert "Directions, not chances" in said + page.sections[0].blocks[0].note
    assert "two armed camps are perfectly balanced" in said
    for word in ("probability", "likely", "forecasts that", "will realign"):
        assert word not in said.replace("No validated forecast", "")


def test_the_page_repeats_the_result(july):
    case, run = july
    page = LENS.view(case, run)
    table = next(b for s in page.sections if s.id == "tension" for b in s.blocks)
    assert [row[0].text for row in table.rows] == [s.label for s in run.result.scenarios]
    assert [row[3].sort for row in table.rows] == [len(s.tense) for s in run.result.scenarios]
    most = max(run.result.deals, key=lambda s: s.against_today.mid)
    before, after = (
        next(s for s in page.sections if s.id == f"network-{name}").blocks[0] for name in ("today", most.id)
    )
    assert {n.id for n in before.nodes} == {n.id for n in after.nodes}
    assert sum(e.tense for e in after.edges) == len(most.tense)
    assert not any(e.same for e in before.edges)
    moved = {t.pair for t in most.ties if abs(t.change.mid) >= 5}
    strained = {t.pair for t in most.tense} ^ {t.pair for t in run.result.today.tense}
    assert {(e.source, e.target) for e in after.edges if not e.same} == moved | strained


def test_measures_have_inputs_formulas_and_bounds(july):
    measures = july[1].result.measures()
    assert len({m.name for m in measures}) == len(measures)
    assert all(m.formula and m.inputs for m in measures)
    assert all(m.low <= m.value <= m.high for m in measures if m.low is not None)


def largest(s: ScenarioResult) -> float:
    return max(abs(t.change.mid) for t in s.ties)


def test_no_deal_and_deals_move_ties_but_today_does_not(july):
    result = july[1].result
    assert largest(result.today) == 0
    assert all(largest(s) > 0 for s in result.scenarios[1:])


def test_the_title_names_only_deals_whose_whole_interval_lies_above_today(july):
    case, run = july
    page = LENS.view(case, run)
    deals = run.result.scenarios[2:]
    raising = [s.label for s in deals if s.against_today.low > 0]
    assert all((s.label in page.title) == (s.label in raising) for s in deals)
    assert ("rises under" in page.title) == bool(raising)
    assert "If talks fail" in page.lead


def test_the_watched_table_says_in_words_what_the_result_holds():
    given = dict(CASE["relations"])
    given["watched"] = [
        {"name": "The two enemies", "tie": ["A", "B"]},
        {"name": "Cork", "actor": "C"},
        {"name": "Aid", "commitments": ["aid"]},
        {"name": "Pacts", "commitments": ["old", "new"]},
        {"name": "Front", "commitments": ["front"]},
    ]
    case = Case.model_validate({**CASE, "relations": given})
    page = LENS.view(case, LENS.apply(case, Options(draws=20)))
    rows = {row[0].text: [c.text for c in row[1:]] for row in page.sections[0].blocks[0].rows}
    assert rows == {
        "The two enemies": ["hostile, strained", "as today", "warmer: friendly"],
        "Cork": ["strained: tie to Avalon and tie to Bern", "little change", "gains room; no strained tie"],
        "Aid": ["40 m a year; Avalon pays 75%", "as today", "25 m a year; Avalon pays 60%"],
        "Pacts": ["Old pact: 100% covered", "as today", "Old pact: 100% covered; New pact: 50% covered"],
        "Front": ["held; weakest link Cork", "as today", "as today"],
    }  # fmt: skip


def test_a_watched_row_asks_for_one_thing_that_exists():
    rows = [
        {"name": "Nobody", "actor": "X"},
        {"name": "No pact", "commitments": ["nothing"]},
        {"name": "No tie", "tie": ["A", "A"]},
    ]
    case = Case.model_validate({**CASE, "relations": {**CASE["relations"], "watched": rows}})
    with pytest.raises(InputProblems) as caught:
        LENS.apply(case, Options(draws=5))
    said = str(caught.value)
    for place in ("watched.0", "watched.1", "watched.2"):
        assert place in said
    with pytest.raises(ValueError, match="give one of"):
        Case.model_validate(
            {
                **CASE,
                "relations": {
                    **CASE["relations"],
                    "watched": [{"name": "Two", "actor": "A", "tie": ["A", "B"]}],
                },
            }
        )


def test_deals_typed_out_at_length_are_called_by_letters_and_told_once(monkeypatch):
    from detente.lenses.ripples import scenarios

    monkeypatch.setattr(scenarios, "LONG", 10)
    case = Case.model_validate(CASE)
    run = LENS.apply(case, Options(draws=5, deal=("peace=yes,pact=yes", "peace=yes,pact=no")))
    assert [s.label for s in run.result.deals] == ["Deal A", "Deal B"]
    told = LENS.view(case, run).sections[0]
    assert [block.body for block in told.blocks] == ["Deal A: Yes, peace; A pact.", "Deal B: Yes, peace; No."]
    [alone] = LENS.apply(case, Options(draws=5, deal=("peace=yes,pact=yes",))).result.deals
    assert alone.label == "The deal as typed"
