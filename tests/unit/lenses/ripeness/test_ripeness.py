"""The ripeness lens on the bundled historical cases and on a small case whose answer is known."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

import numpy as np
import pytest

from detente.case import Case
from detente.case.load import load_case
from detente.errors import InputProblems, UsageError
from detente.lenses.ripeness import LENS, Options
from detente.lenses.ripeness.result import Ripe
from detente.page import Caveat
from detente.table import listing
from detente.table.draws import draw
from detente.table.encode import encode
from detente.table.outlook import look_ahead
from detente.table.outlook_inputs import Levers

CASE: dict[str, Any] = {
    "format": 1,
    "id": "two",
    "title": "Two",
    "as_of": "2020-01-15",
    "analyst": "test",
    "readings": {"stated": {"text": "red lines"}},
    "actors": [
        {"id": "A", "name": "Avalon", "role": "party", "consent": True},
        {"id": "B", "name": "Bern", "role": "party", "consent": True},
    ],
    "stakes": [{"id": "s", "name": "Stake", "decides": "all"}],
    "issues": [
        {
            "id": "line",
            "stake": "s",
            "name": "Line",
            "options": [{"id": i, "text": i.title()} for i in ("war", "half", "all")],
        }
    ],
    "preferences": {
        "A": {"line": {"order": ["all", "half", "war"], "salience": [50, 50], "values": {"half": [50, 50]}}},
        "B": {"line": {"order": ["half", "war", "all"], "salience": [50, 50], "values": {"war": [30, 30]}}},
    },
    "no_deal": {
        "options": {"line": "war"},
        "worth": {"A": {"worth": [80, 80]}, "B": {"worth": [60, 60]}},
    },
    "deals": [{"id": "half", "name": "Half each", "options": {"line": "half"}}],
    "ripeness": {
        "war_since": "2016-07-15",
        "areas": [
            {"id": "north", "name": "North", "by": "B", "against": "A", "size": 1000, "held": [100, 100],
             "slow": [10, 10], "fast": [10, 10], "stay": [1, 1], "fast_now": [0, 0]},
        ],
        "people": {"A": {"losses": [3, 3], "recruits": [1, 1], "reserve": [40, 40]}},
        "aid": [{"from": "a friend", "to": "A", "amount": [10, 10], "unit": "bn a year",
                 "fates": {"continues": [1, 1], "stops": [0, 0]}}],
        "equipment": [
            {"id": "guns", "name": "Guns", "actor": "B",
             "losses": [30, 30], "built": [10, 10], "stock": [240, 240]},
            {"id": "tanks", "name": "Tanks", "actor": "B",
             "losses": [5, 5], "built": [9, 9], "stock": [50, 50]},
        ],
        "feels": {
            "A": {"areas": {"north": [-1, -1]}, "people": [-2, -2], "aid": [-1, -1], "month": [-0.5, -0.5]},
            "B": {"month": [0.5, 0.5]},
        },
        "milestones": [
            {"on": "2020-02-15", "actor": "A", "deal": "half", "accepted": False, "text": "no"},
            {"on": "2022-01-15", "actor": "A", "deal": "half", "accepted": True, "text": "yes"},
        ],
        "hindsight": "Coded afterwards.",
    },
}  # fmt: skip


def ripe(change: Any = None, **options: Any) -> Ripe:
    data = copy.deepcopy(CASE)
    if change:
        change(data)
    return LENS.apply(Case.model_validate(data), Options(**{"draws": 40, **options})).result


def test_the_worth_of_no_deal_is_its_start_plus_what_the_drivers_bring():
    """A month: ten km2 of a thousand is a point, two thousand of forty another, and half for itself."""
    result = ripe()
    a = next(x for x in result.actors if x.actor == "A")
    assert a.stated.mid == 80
    assert result.areas[0].held.mid[0] == 0.1
    assert a.worth.mid[1] == pytest.approx(80 - 1 - 1 - 0.5, abs=1e-6)
    assert a.parts["people"].mid == -20  # the reserve is used up in month 20
    assert a.parts["time"].mid == -12


def test_the_window_opens_in_the_month_the_books_say():
    """A's no deal starts 30 above the deal and falls 2.5 a month: month 12; B likes the deal all along."""
    deal = ripe().deals[0]
    assert deal.values["A"].mid == 50
    assert deal.share[11] < 0.5 < deal.share[13]
    assert deal.refuses == {"A": 1.0, "B": 0.0}
    ((first, last),) = deal.spells
    assert first in (12, 13)
    assert last == 24


def test_equipment_is_used_up_where_losses_exceed_what_is_built():
    """Twenty guns a month of 240 left: gone after a year. Tanks are built faster than lost: none is used."""
    guns, tanks = (f for f in ripe().forces if f.what)
    assert (guns.lost.mid, guns.replaced.mid, guns.emptied) == (30, 10, 1.0)
    assert guns.used.mid[6] == pytest.approx(0.5)
    assert guns.used.mid[12:] == (1.0,) * 13
    assert (set(tanks.used.mid), tanks.emptied) == ({0.0}, 0.0)


def test_an_actor_feels_the_mean_of_its_kinds_of_equipment():
    def felt(data: dict[str, Any]) -> None:
        data["ripeness"]["feels"]["B"]["equipment"] = [-2, -2]

    b = next(x for x in ripe(felt).actors if x.actor == "B")
    assert b.parts["equipment"].mid == pytest.approx(-2 * (10 + 0) / 2)


def test_each_donor_stands_by_itself_under_every_fate_it_has():
    def second(data: dict[str, Any]) -> None:
        fates = {"continues": [1, 1], "shrinks": [0.5, 0.5]}
        other = {"from": "B", "to": "A", "amount": [4, 6], "unit": "bn a year", "fates": fates}
        data["ripeness"]["aid"].append(other)

    for fate in ("continues", "stops"):  # the fate assumed changes the run, not the table
        friend, other = ripe(second, aid=fate).donors
        assert (friend.donor, friend.now.mid) == ("a friend", 10)
        assert {k: v.mid for k, v in friend.fates.items()} == {"continues": 10, "stops": 0}
        assert list(other.fates) == ["continues", "shrinks"]
        assert other.fates["shrinks"].mid == pytest.approx(other.now.mid / 2)


def test_a_lever_on_the_page_is_the_difference_of_two_runs():
    calm, cut = ripe(), ripe(aid="stops")
    told = next(x for x in calm.levers if x.lever == "aid stops")
    ends = [next(a for a in r.actors if a.actor == "A").worth.mid[-1] for r in (calm, cut)]
    assert told.change["A"].mid == pytest.approx(ends[1] - ends[0])
    assert "B" not in told.change
    assert not any(x.lever == "aid stops" for x in cut.levers)
    assert not any("oil" in x.lever for x in calm.levers)  # no books, nothing to move


def test_time_favours_the_side_whose_no_deal_rises():
    whom = ripe().favoured
    assert (whom.actor, whom.until, whom.share) == ("B", 24, 1.0)


def test_milestones_stand_beside_the_models_share_of_that_month():
    first, second = ripe().milestones
    assert (first.month, first.would_accept) == (1, 0.0)
    assert (second.month, second.would_accept) == (24, 1.0)


@pytest.mark.parametrize(("lever", "value"), [("aid", "stops"), ("pace", 3.0)])
def test_levers_that_hurt_open_the_window_sooner(lever, value):
    before, after = ripe().deals[0].share, ripe(**{lever: value}).deals[0].share
    assert all(x >= y for x, y in zip(after, before, strict=True))
    assert sum(after) > sum(before)


def test_without_pace_the_front_stands_still():
    held = ripe(pace=0.0).areas[0].held
    assert set(held.mid) == {0.1}


def test_the_straight_line_repeats_the_last_known_month():
    """A warning beside the fan: 20 km2 a month of a thousand from 100 held; none where no past is given."""

    def past(data: dict[str, Any]) -> None:
        area = data["ripeness"]["areas"][0]
        for name in ("slow", "fast", "stay", "fast_now"):
            del area[name]
        area["series"] = {"2019-12": 20, "2019-10": 300, "2019-11": 7}

    line = ripe(past).areas[0].line
    assert line[0] == pytest.approx(0.1)
    assert line[10] == pytest.approx(0.3)
    assert ripe().areas[0].line == ()


def test_a_space_too_large_to_list_is_said_to_be_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    def limits(case: Case) -> str:
        page = LENS.view(case, LENS.apply(case, Options(draws=20)))
        blocks = next(s for s in page.sections if s.id == "limits").blocks
        return " ".join(b.body for b in blocks if isinstance(b, Caveat))

    case = Case.model_validate(CASE)
    assert "random sample" not in limits(case)
    monkeypatch.setattr(listing, "LISTED", 2)
    monkeypatch.setattr(listing, "SAMPLE", 1)
    assert "among 1 of 3 deals" in limits(case)


def test_base_rates_stand_beside_it_for_a_war_of_this_age():
    result = ripe()
    assert result.war_years == pytest.approx(3.5, abs=0.01)
    assert [r.within_12 for r in result.base_rates] == [0.17, 0.14, 0.12]


def test_all_problems_of_a_block_come_at_once():
    def spoil(data: dict[str, Any]) -> None:
        block = data["ripeness"]
        block["areas"][0] |= {"by": "X", "held": [0, 5000], "series": {"2020-03": 4}}
        block["feels"]["Z"] = {"month": [0, 1]}
        block["feels"]["A"]["areas"] = {"south": [1, 1]}
        block["milestones"][0]["deal"] = "none"
        block["aid"][0]["fates"] = {"stops": [0, 0]}

    with pytest.raises(InputProblems) as caught:
        ripe(spoil)
    said = str(caught.value)
    for words in (
        "`X`",
        "off its scale",
        "2020-03",
        "both a series",
        "`Z`",
        "`south`",
        "deal `none`",
        "continues",
    ):
        assert words in said


def test_a_case_without_the_block_or_with_unknown_deals_is_refused():
    without = Case.model_validate({k: v for k, v in CASE.items() if k != "ripeness"})
    assert "ripeness" in LENS.missing(without)
    with pytest.raises(UsageError, match="ripeness"):
        LENS.apply(without, Options())
    for deal in ("none", "war=yes", "line=maybe"):
        with pytest.raises(UsageError, match="Remedy"):
            ripe(deal=(deal,))


@pytest.fixture(scope="module", params=["iran-iraq-1987", "kosovo-1999"])
def history(request: pytest.FixtureRequest):
    case = load_case(request.param)
    return case, LENS.apply(case, Options(draws=600))


def test_the_same_text_is_refused_and_then_accepted(history):
    case, run = history
    for m in run.result.milestones:
        assert (m.would_accept > 0.5) == m.accepted
    page = LENS.view(case, run)
    said = " ".join(b.body for s in page.sections for b in s.blocks if hasattr(b, "body"))
    assert "knew that" in said


def test_same_seed_same_result(history):
    case, run = history
    again = LENS.apply(case, Options(draws=600)).result
    assert dataclasses.asdict(again) == dataclasses.asdict(run.result)


def test_the_page_repeats_the_result(history):
    case, run = history
    page = LENS.view(case, run)
    window = next(s for s in page.sections if s.id == "window")
    lines, table = window.blocks
    assert [s.y for s in lines.series[: len(run.result.deals)]] == [d.share for d in run.result.deals]
    assert [row[1].sort for row in table.rows] == [d.share[0] for d in run.result.deals]
    assert "validated for predicting when wars end" in page.lead


def test_measures_are_named_once_and_bounded(history):
    measures = history[1].result.measures()
    assert len({m.name for m in measures}) == len(measures)
    assert all(m.formula and m.inputs for m in measures)


def test_a_lever_leaves_the_other_draws_as_they_are():
    case = load_case("iran-iraq-1987")
    enc = encode(case)
    start = draw(enc, 50, 1).worth
    calm = look_ahead(case, start, 12, Levers(), 1)
    quick = look_ahead(case, start, 12, Levers(pace=2.0), 1)
    assert np.array_equal(calm.parts["people"], quick.parts["people"])
    assert np.array_equal(calm.parts["time"], quick.parts["time"])
    assert not np.array_equal(calm.parts["front"], quick.parts["front"])
    assert np.allclose(calm.worth - start[:, None, :], sum(calm.parts.values()))


BOOKS: dict[str, Any] = {
    "gap": [0.5, 0.5], "inflation": [8.5, 8.5], "rate": [18, 18], "buffer": [2, 2], "deficit": [2.6, 2.6],
    "borrowing": [1.8, 1.8], "oil": [69, 69], "oil_reference": [58, 58], "oil_share": [0.05, 0.05],
    "discount": [12, 12], "spending": [0, 0], "sanctions": [0, 0], "sanctions_lag": [1, 1], "war": [6, 7],
    "relief": {"discount": [6, 6], "sanctions": [1, 1], "options": {"line": {"half": [0.5, 0.5]}}},
}  # fmt: skip


def with_books(data: dict[str, Any]) -> None:
    data["ripeness"]["books"] = {"A": copy.deepcopy(BOOKS)}
    data["ripeness"]["feels"]["A"]["pressure"] = [-0.2, -0.2]


def test_books_follow_the_published_arithmetic():
    money = ripe(with_books).money[0]
    assert money.buffer.mid[:2] == pytest.approx([2.0, 1.7875])
    assert money.buffer.mid[4] == pytest.approx(1.15)
    assert money.runway is not None
    assert money.runway.mid == pytest.approx(2.3529, abs=1e-4)
    assert money.emptied == 0.0


def test_relief_saves_the_discount_and_takes_pressure_away():
    ramp = ripe(with_books).money[0].off_ramp
    assert ramp is not None
    assert ramp.money.mid == pytest.approx(0.05 * 6)
    assert ramp.pressure.mid > 0
    assert ramp.points is not None
    implied, stated = ramp.options["line", "half"]
    assert implied.mid == pytest.approx(0.5 * ramp.points.mid)
    assert stated.mid == 50  # from war, worth 0 to A, to half


def test_a_deal_with_relief_is_shown_at_the_worth_of_the_money_too():
    """By the orders half is worth 50 to A and no deal 80: refused; nor would a few points of relief help."""
    result = ripe(with_books)
    by_orders, by_books = result.money[0].off_ramp.deals["half"]
    assert by_orders == result.deals[0].share[0]
    assert by_books <= by_orders

    def poor(data: dict[str, Any]) -> None:
        with_books(data)
        data["no_deal"]["worth"]["A"] = {"worth": [40, 40]}

    by_orders, by_books = ripe(poor).money[0].off_ramp.deals["half"]
    assert (by_orders, by_books) == (1.0, 0.0)  # 50 beats 40; money alone is worth less than 40


def test_growth_below_trend_widens_the_deficit_where_a_case_says_so():
    def linked(data: dict[str, Any]) -> None:
        with_books(data)
        data["ripeness"]["books"]["A"]["coefficients"] = {"gap_share": [0.5, 0.5]}

    plain, with_growth = ripe(with_books).money[0], ripe(linked).money[0]
    # the first quarter starts half a point above trend: 2.65 less 0.25, so 0.6 over what can be borrowed
    assert with_growth.buffer.mid[1] == pytest.approx(2 - 0.6 / 4)
    assert with_growth.runway.mid == pytest.approx(2 / 0.6)
    assert with_growth.buffer.mid[-1] < plain.buffer.mid[-1]


def test_cheaper_oil_lowers_the_worth_of_no_deal_and_the_runway():
    calm, cheap = ripe(with_books), ripe(with_books, oil=-14.0)
    assert cheap.money[0].buffer.mid[4] == pytest.approx(0.45)
    a = [next(x for x in r.actors if x.actor == "A").worth.mid[-1] for r in (calm, cheap)]
    assert a[1] < a[0]


def test_sanctions_that_bite_more_widen_the_discount():
    calm, hard = ripe(with_books), ripe(with_books, sanctions=0.5)
    assert hard.money[0].buffer.mid[-1] <= calm.money[0].buffer.mid[-1]


def test_where_nobodys_rises_the_page_says_so_with_its_probability():
    """Neither stands to gain: the share is of paths in which nobody is better off at the end."""
    case = load_case("kosovo-1999")
    made = LENS.apply(case, Options(draws=400))
    whom = made.result.favoured
    assert (whom.actor, whom.until) == ("", made.result.months)
    assert 0.5 < whom.share <= 1
    page = LENS.view(case, made)
    assert page.title.startswith("By September 1999 waiting pays nobody")
    assert page.headline[0].share == whom.share


def test_settlement_on_the_modelled_no_deal_shows_the_stated_one_beside():
    """What stands beside the model is the answer of a run on the stated worth, draw for draw."""
    from detente.lenses import settlement

    case = load_case("kosovo-1999")
    by_hand, modelled = (
        settlement.LENS.apply(case, settlement.Options(draws=200, no_deal=way)) for way in ("stated", "model")
    )
    assert by_hand.result.beside is None
    beside = modelled.result.beside
    assert beside is not None
    assert beside.interests == by_hand.result.interests
    assert [w.actor for w in beside.worth] == list(by_hand.result.required)
    year = {a.actor: a for a in LENS.apply(case, Options(draws=200)).result.actors}
    for w in beside.worth:
        assert w.modelled != w.stated
        assert w.stated[1] == pytest.approx(year[w.actor].stated.mid, abs=1)
        assert w.modelled[1] == pytest.approx(year[w.actor].year.mid, abs=1)
    sections = {s.id: s for s in settlement.LENS.view(case, modelled).sections}
    assert "never been validated" in str(sections["no_deal"].blocks)
    assert "no_deal" not in {s.id for s in settlement.LENS.view(case, by_hand).sections}
