"""The ratification lens: gates by the terms of the deal, readings side by side, a page in agreement."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest

from detente.case import Case
from detente.case.load import load_case
from detente.errors import UsageError
from detente.lenses import ratification
from detente.lenses.ratification import Options
from detente.lenses.ratification.gates import Builder
from detente.lenses.ratification.result import Ratified
from detente.lenses.ratification.run import chance_of, run
from detente.lenses.ratification.space import _ladders, _terms
from detente.methods.space import enumerate_deals
from detente.page import Bars, Caveat, Fact, Table, Text
from detente.table.encode import encode
from detente.words import percent

FEW = Options(draws=16_000)


@pytest.fixture(scope="module")
def minsk() -> Case:
    return load_case("minsk-2015")


@pytest.fixture(scope="module")
def friday() -> Case:
    return load_case("good-friday-1998")


@pytest.fixture(scope="module")
def result(minsk: Case) -> Ratified:
    return run(minsk, FEW)


def test_terms_choose_the_route_and_its_gates(minsk: Case) -> None:
    rules = minsk.ratification
    assert rules is not None
    builder = Builder(rules, minsk.as_of)
    amendment = builder.routes({"rank": "constitution"}, "law")
    assert [[s.gate.id for s in r.steps] for r in amendment] == [["court", "first", "second"]]
    assert [r.id for r in builder.routes({"rank": "law"}, "law")] == ["statute"]
    assert [r.id for r in builder.routes({}, "law")] == []


def test_a_remembered_gate_equals_a_fresh_one_for_every_deal_and_reading() -> None:
    for name in ("knesset-1978", "good-friday-1998", "colombia-2016", "jcpoa-2015"):
        case = load_case(name)
        rules = case.ratification
        assert rules is not None
        kept = Builder(rules, case.as_of)
        for reading in rules.readings:
            for deal in case.deals:
                fresh = Builder(rules, case.as_of)
                assert kept.routes(deal.options, reading) == fresh.routes(deal.options, reading)


def test_a_gate_may_be_needed_under_one_reading_only(friday: Case) -> None:
    deal = run(friday, FEW).deals[0]
    law, both = deal.readings
    assert [g.id for g in law.routes[0].gates] == ["north", "south"]
    assert [g.id for g in both.routes[0].gates] == ["north", "unionists", "south"]
    assert both.overall.value <= law.overall.value


def test_polls_grow_old_until_the_vote(friday: Case) -> None:
    rules = friday.ratification
    assert rules is not None
    steps = Builder(rules, friday.as_of).routes({"prisoners": "two_years"}, "both")[0].steps
    north, unionists = steps[0].gate, steps[1].gate
    assert (north.days_low, unionists.days_low) == (1, 1)  # type: ignore[union-attr]
    assert north.electorates[0].polls[0].age == 2  # type: ignore[union-attr]


def test_measures_name_every_deal_and_reading(result: Ratified) -> None:
    names = [m.name for m in result.measures()]
    assert "ratified.amendment.law" in names
    assert "route.amendment.law.amendment" in names
    assert "ratifiable_and_accepted.law.stated" in names
    assert len(set(names)) == len(names)
    for m in result.measures():
        if m.unit == "probability":
            assert m.value is not None
            assert m.low is not None
            assert m.high is not None
            assert 0 <= m.low <= m.high <= 1
            assert 0 <= m.value <= 1


def test_the_overlap_with_the_red_lines_counts_deals(result: Ratified) -> None:
    (overlap,) = result.overlaps
    assert (result.feasible, overlap.accepted) == (3, 1)
    assert overlap.both <= min(overlap.ratifiable, overlap.accepted)


def test_reach_is_the_best_chance_with_an_option(result: Ratified, minsk: Case) -> None:
    for r in result.reach:
        alone = chance_of(minsk, {r.issue: r.option}, r.reading, FEW)
        assert r.best == alone  # the case has one issue, so the best deal with an option is that option


def test_the_same_seed_gives_the_same_result(minsk: Case) -> None:
    assert run(minsk, FEW) == run(minsk, FEW)
    assert run(minsk, FEW) != run(minsk, Options(draws=16_000, seed=2))


def test_swaps_only_help_and_respect_the_rules() -> None:
    found = run(load_case("knesset-1978"), FEW)
    for one in found.deals:
        for r in one.readings:
            assert all(s.chance.value > r.overall.value for s in r.swaps)
            assert [s.chance.value for s in r.swaps] == sorted(
                (s.chance.value for s in r.swaps), reverse=True
            )


def test_unknown_names_are_refused_with_the_known_ones(minsk: Case) -> None:
    with pytest.raises(UsageError, match="choose from law"):
        run(minsk, Options(reading=("other",)))
    with pytest.raises(UsageError, match="named deals are: amendment, statute"):
        run(minsk, Options(deal=("nothing",)))


def test_a_case_without_gates_is_told_so(minsk: Case) -> None:
    bare = minsk.model_copy(update={"ratification": None})
    assert "ratification" in ratification.LENS.missing(bare)
    assert ratification.LENS.missing(minsk) == ""
    with pytest.raises(UsageError, match="no `ratification` block"):
        run(bare, FEW)


def test_the_page_agrees_with_the_result(minsk: Case) -> None:
    made = ratification.LENS.apply(minsk, FEW)
    page = ratification.LENS.view(minsk, made)
    best = max((r.overall.value, d.deal.label) for d in made.result.deals for r in d.readings)
    assert best[1] in page.title
    table = page.sections[0].blocks[0]
    assert isinstance(table, Table)
    for row, one in zip(table.rows, made.result.deals, strict=True):
        assert row[0].text == one.deal.label
        assert row[1].text.startswith(percent(one.readings[0].overall.value))
    assert all(isinstance(f, Fact) and f.share is not None for f in page.headline)
    kinds = {type(b) for s in page.sections for b in s.blocks}
    assert {Table, Text, Caveat, Bars} <= kinds
    assert "never been validated" in page.sections[-1].lead


def test_every_constant_of_the_model_is_printed(minsk: Case) -> None:
    made = ratification.LENS.apply(minsk, FEW)
    last = ratification.LENS.view(minsk, made).sections[-1].blocks[-1]
    assert isinstance(last, Table)
    assert {row[0].text for row in last.rows} == {c.text for c in made.result.constants}


def test_readings_that_make_no_difference_share_one_ladder() -> None:
    case = load_case("colombia-2016")
    rules = case.ratification
    assert rules is not None
    same = rules.model_copy(
        update={"readings": {"one_road": rules.readings["one_road"], "again": rules.readings["one_road"]}}
    )
    twin = case.model_copy(update={"ratification": same})
    page = ratification.LENS.view(twin, ratification.LENS.apply(twin, Options(draws=4_000, deal=("accord",))))
    ladders = [
        b for s in page.sections for b in s.blocks if isinstance(b, Table) and b.title.startswith("Route")
    ]
    assert len(ladders) == 1


def test_options_survive_a_round_trip() -> None:
    assert Options.model_validate(Options().model_dump()) == Options()
    assert asdict(ratification.LENS)["name"] == "ratification"


def test_deals_that_share_a_ladder_meet_equal_gates() -> None:
    """The slow reference: routes built for every pattern of terms, against those of its stand-in."""
    for name in ("colombia-2016", "alaska-2025"):
        case = load_case(name)
        rules = case.ratification
        assert rules is not None
        builder, enc = Builder(rules, case.as_of), encode(case)
        looked = [k for k, issue in enumerate(enc.issues) if issue.id in builder.issues]
        patterns = np.unique(enumerate_deals(enc.scoped)[:, looked], axis=0)
        for reading in rules.readings:
            first, ladder = _ladders(enc, builder, patterns, looked, reading)
            for row in range(0, len(patterns), max(1, len(patterns) // 200)):
                own, stand_in = (_terms(enc, looked, patterns[k]) for k in (row, first[ladder[row]]))
                assert builder.routes(own, reading) == builder.routes(stand_in, reading)


def test_a_vote_far_from_its_threshold_is_said_to_hang_on_nobody() -> None:
    """The page names whoever decides only where somebody does in a share of draws that prints."""
    case = load_case("alaska-2025")
    text = str(ratification.LENS.view(case, ratification.LENS.apply(case, FEW)))
    assert "There no bloc often decides alone" in text
    assert "(under 1% of draws)" not in text


def test_every_vote_says_who_in_it_decides(friday: Case) -> None:
    """Parts stand for each bloc, member or electorate; the one named is the one that decides most often."""
    cases = [friday, *(load_case(name) for name in ("alaska-2025", "jcpoa-2015", "cyprus-2004"))]
    seen = set()
    for case in cases:
        for one in run(case, FEW).deals:
            for gate in (g for r in one.readings for route in r.routes for g in route.gates):
                if gate.parts:
                    seen.add(gate.kind)
                if gate.swing is not None:
                    assert gate.swing[1] == max(p.decides for p in gate.parts)
                    assert gate.swing[0] in {p.name for p in gate.parts}
                for part in gate.parts:
                    assert part.low <= part.mid <= part.high
                    assert 0 <= part.decides <= 1
    assert seen == {"assembly", "referendum", "council", "reversed"}


def test_leaving_a_term_out_is_tried_where_no_option_helps_more() -> None:
    case = load_case("alaska-2025")
    (deal,) = run(case, FEW.model_copy(update={"deal": ("us_april",)})).deals
    rules = case.ratification
    assert rules is not None
    for r in deal.readings:
        for swap in (s for s in r.swaps if s.new == ""):
            without = {i: o for i, o in deal.deal.terms.items() if i != swap.issue}
            assert chance_of(case, without, r.reading, FEW) == swap.chance


def test_options_beyond_a_partys_red_lines_name_the_party() -> None:
    case = load_case("alaska-2025")
    found = {(r.issue, r.option): r for r in run(case, FEW).reach}
    for (issue, option), r in found.items():
        for actor in case.required:
            view = case.preferences[actor.id].get(issue)
            accepts = [] if view is None else [view.accepts.get(reading) for reading in case.readings]
            refuses = [names is not None and option not in names for names in accepts]
            assert (actor.id in r.refused) == (bool(refuses) and all(refuses))
            assert (actor.id in r.bending) == (any(refuses) and not all(refuses))


def test_a_vote_on_polls_carries_their_past_failures() -> None:
    for name, polled in (("colombia-2016", True), ("minsk-2015", False)):
        case = load_case(name)
        page = ratification.LENS.view(case, ratification.LENS.apply(case, FEW))
        assert ("wrong by ten points" in str(page)) == polled
