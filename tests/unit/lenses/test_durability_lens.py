"""The durability lens: every number says what it counts from; terms, engines, guarantees and named halts."""

from __future__ import annotations

from itertools import pairwise
from math import exp
from typing import Any

import pytest

from detente.case import Case
from detente.case.durability import Commitment, Durability
from detente.case.load import load_case
from detente.errors import UsageError
from detente.lenses import durability
from detente.lenses.durability import Options
from detente.lenses.durability.result import Chance, Curve, DealHeld, Held
from detente.lenses.durability.run import run
from detente.page import Caveat, Lines, Ranges, Table
from detente.words import percent

FEW = Options(draws=2_000)
POWELL: dict[str, Any] = {
    "rising": "EGY", "falling": "ISR", "now": [40, 50], "later": [60, 80],
    "destroyed": [5, 15], "discount": [85, 95],
    "guards": [
        {"id": "zones", "name": "Zones", "when": {"settlements": ["removed"]}, "blocks": [60, 90]},
        {"id": "force", "name": "A force", "blocks": [20, 40]},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def camp_david() -> Case:
    return load_case("knesset-1978")


@pytest.fixture(scope="module")
def guarded(camp_david: Case) -> Case:
    return _with(camp_david, commitment=Commitment.model_validate(POWELL))


def _with(case: Case, **changes: Any) -> Case:
    assert case.durability is not None
    return case.model_copy(update={"durability": case.durability.model_copy(update=changes)})


def _deal(case: Case, text: str, options: Options = FEW) -> DealHeld:
    return run(case, options.model_copy(update={"deal": (text,)})).deals[0]


def _curve(one: DealHeld) -> Curve:
    assert one.curve is not None
    return one.curve


def test_a_curve_never_rises_and_starts_at_one(camp_david: Case) -> None:
    chances = _curve(_deal(camp_david, "package")).chances
    assert chances[0] == Chance(1, 1, 1)
    assert all(b.value <= a.value for a, b in pairwise(chances))
    assert all(c.low <= c.value <= c.high for c in chances)


def test_terms_choose_the_class(camp_david: Case) -> None:
    settled, truce = _deal(camp_david, "package"), _deal(camp_david, "settlements=stay")
    assert settled.base is not None
    assert truce.base is not None
    assert settled.base.group.startswith("settlement")
    assert truce.base.group.startswith("truce")
    assert _curve(settled).at(365).value > _curve(truce).at(365).value


def test_no_halt_has_nothing_to_last(camp_david: Case) -> None:
    fighting = _with(
        camp_david, kinds=Durability.model_validate({"war": "civil", "kinds": [{"kind": "none"}]}).kinds
    )
    one = _deal(fighting, "package")
    assert (one.kind, one.curve) == ("none", None)
    page = durability.LENS.view(fighting, durability.LENS.apply(fighting, FEW))
    assert page.title == "No deal compared contains a halt that could last"
    assert not page.headline


def test_a_partial_halt_is_judged_as_a_truce_with_a_worse_ratio(camp_david: Case) -> None:
    def only(kind: str) -> Case:
        return _with(
            camp_david, kinds=Durability.model_validate({"war": "civil", "kinds": [{"kind": kind}]}).kinds
        )

    partial, truce = _deal(only("partial"), "package"), _deal(only("truce"), "package")
    assert partial.base == truce.base
    assert _curve(partial).at(365).value < _curve(truce).at(365).value


def test_every_effect_moves_the_year_the_way_its_ratio_says(camp_david: Case) -> None:
    effects = _deal(camp_david, "package", Options(draws=8_000)).effects
    assert {e.text for e in effects} >= {
        "UN personnel in a zone of Sinai",
        "a war between states, not a civil war",
    }
    for e in effects:
        if not 0.9 < e.ratio < 1.1:
            assert (e.with_it.value > e.without.value) == (e.ratio < 1)


def test_counting_from_a_day_held_beats_counting_from_the_start(camp_david: Case) -> None:
    start = _curve(_deal(camp_david, "package")).at(365).value
    held = (
        _curve(_deal(camp_david, "package", Options(draws=2_000, definition="held", held_days=90)))
        .at(365)
        .value
    )
    assert held > start


def test_announced_needs_the_chance_of_taking_effect(camp_david: Case) -> None:
    asked = Options(draws=2_000, definition="announced")
    with pytest.raises(UsageError, match="takes_effect"):
        run(camp_david, asked)
    block = Durability.model_validate(
        {"war": "civil", "kinds": [{"kind": "truce"}], "takes_effect": [50, 50]}
    )
    half = _with(camp_david, takes_effect=block.takes_effect)
    at_once, later = _curve(_deal(half, "package")), _curve(_deal(half, "package", asked))
    assert later.at(365).value == pytest.approx(at_once.at(365).value / 2)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (FEW, "counted from the day it takes effect"),
        (Options(draws=500, definition="held", held_days=45), "counted from the day it has held for 45 days"),
    ],
)
def test_every_number_names_what_it_counts_from(camp_david: Case, options: Options, words: str) -> None:
    made = durability.LENS.apply(camp_david, options)
    assert made.result.definition == words
    assert all(words in m.label for m in made.result.measures() if m.name.startswith("holds."))
    page = durability.LENS.view(camp_david, made)
    assert all(words in f.body for f in page.headline)
    curves = [b for s in page.sections for b in s.blocks if isinstance(b, Lines)]
    assert curves
    assert all(words in c.note for c in curves)
    tables = [b for s in page.sections for b in s.blocks if isinstance(b, Table) and "still holds" in b.title]
    assert all(words in t.note for t in tables)


def test_other_models_stand_beside_and_say_when_they_cannot(camp_david: Case) -> None:
    one = _deal(camp_david, "package")
    ended = next(e for e in one.engines if e.name.startswith("Ended wars"))
    assert ended.chances[0] is None
    assert "first year is unknown" in ended.lifetime
    assert {e.name for e in one.engines} >= {
        "Cox model, all controls at their mean",
        "Weibull model of ceasefires",
    }
    for engine in one.engines:
        told = [c.value for c in engine.chances if c is not None]
        assert told == sorted(told, reverse=True)


def test_the_class_alone_stands_beside_as_measured(camp_david: Case) -> None:
    one = _deal(camp_david, "package")
    assert one.seen[0] == (0.0, 1.0)
    assert dict(one.seen)[365.0] == pytest.approx(1 - 0.3333)
    assert one.base_curve is not None


def test_guarantees_lower_the_share_in_which_war_pays(guarded: Case) -> None:
    c = _deal(guarded, "package").commitment
    assert c is not None
    assert (c.rising, c.falling, c.fitted) == (
        "Egypt (President Sadat)",
        "Israel (Prime Minister Begin)",
        True,
    )
    assert c.renewed < c.renewed_bare
    assert c.unkeepable <= c.unkeepable_bare
    assert [g.name for g in c.guards] == ["Zones", "A force"]
    assert all(g.renewed_without >= c.renewed for g in c.guards)
    fewer = _deal(guarded, "settlements=stay").commitment
    assert fewer is not None
    assert [g.name for g in fewer.guards] == ["A force"]
    assert fewer.renewed >= c.renewed


def test_a_deal_may_change_the_shift_and_fix_the_division(camp_david: Case) -> None:
    written = Commitment.model_validate(
        {**POWELL, "guards": [],
         "shifts": [{"when": {"settlements": ["removed"]}, "later": [90, 95]}],
         "shares": [{"when": {"vote": ["package"]}, "share": [99, 100]}]}
    )  # fmt: skip
    case = _with(camp_david, commitment=written)
    generous, other = _deal(case, "package").commitment, _deal(case, "separate").commitment
    assert generous is not None
    assert other is not None
    assert (generous.fitted, generous.renewed) == (False, 0.0)
    assert other.fitted
    plain = _with(camp_david, commitment=written.model_copy(update={"shifts": ()}))
    smaller = _deal(plain, "separate").commitment
    assert smaller is not None
    assert smaller.renewed < other.renewed


def test_named_halts_are_cut_at_the_date_of_the_case(camp_david: Case) -> None:
    found = run(camp_david, FEW).like
    assert [x.name for x in found] == ["Korean armistice"]
    assert "not ended after 25" in found[0].fate


def test_own_precedents_say_how_long_they_lasted(camp_david: Case) -> None:
    block = Durability.model_validate(
        {
            "war": "interstate",
            "kinds": [{"kind": "truce"}],
            "precedents": [
                {"id": "a", "name": "First", "began": "1978-01-01", "ended": "1978-01-31"},
                {"id": "b", "name": "Second", "began": "1974-01-18"},
            ],
        }
    )
    own = run(_with(camp_david, precedents=block.precedents), FEW).own
    assert [x.fate for x in own] == ["ended after 30 days", "not ended after 4.7 years"]


def test_the_same_seed_gives_the_same_result(guarded: Case) -> None:
    assert run(guarded, FEW) == run(guarded, FEW)
    assert run(guarded, FEW) != run(guarded, Options(draws=2_000, seed=2))


def test_two_deals_meet_the_same_luck(camp_david: Case) -> None:
    twice = run(camp_david, FEW.model_copy(update={"deal": ("package", "separate")}))
    assert _curve(twice.deals[0]).chances == _curve(twice.deals[1]).chances


def test_a_case_without_the_block_is_told_so(camp_david: Case) -> None:
    bare = camp_david.model_copy(update={"durability": None})
    assert "durability" in durability.LENS.missing(bare)
    assert durability.LENS.missing(camp_david) == ""
    with pytest.raises(UsageError, match="no `durability` block"):
        run(bare, FEW)


def test_measures_have_names_of_their_own(guarded: Case) -> None:
    held: Held = run(guarded, FEW)
    names = [m.name for m in held.measures()]
    assert len(set(names)) == len(names)
    assert {"holds.package.365", "renewed_war_pays.package", "enforcement_needed.package"} <= set(names)


def test_the_page_says_selection_validation_and_agrees_with_the_numbers(guarded: Case) -> None:
    made = durability.LENS.apply(guarded, FEW)
    page = durability.LENS.view(guarded, made)
    caveats = " ".join(b.body for s in page.sections for b in s.blocks if isinstance(b, Caveat))
    assert "Nothing here is causal" in caveats
    assert "contested" in caveats
    assert "never been validated" in page.lead
    year = _curve(made.result.deals[0]).at(365)
    assert any(f.value.startswith(percent(year.value)) for f in page.headline)
    blocks = [b for s in page.sections for b in s.blocks]
    assert any(isinstance(b, Ranges) for b in blocks)
    commitment = made.result.deals[0].commitment
    assert commitment is not None
    told = next(s for s in page.sections if s.id == "commitment").lead
    assert f"renewed war would pay it in {percent(commitment.renewed)}" in told


def test_deals_whose_ranges_overlap_are_not_ranked_in_the_headline() -> None:
    case = load_case("alaska-2025")
    page = durability.LENS.view(case, durability.LENS.apply(case, durability.Options(draws=1_000)))
    assert page.title.endswith("the ranges overlap")
    assert not any(deal.name in page.title for deal in case.deals)
    assert "judged by different classes" in page.lead


def test_deals_with_one_curve_share_its_figure_and_terms_stand_side_by_side() -> None:
    case = load_case("alaska-2025")
    made = durability.LENS.apply(case, durability.Options(draws=1_000))
    page = durability.LENS.view(case, made)
    curves = {one.curve.chances for one in made.result.deals if one.curve}
    single = [s for s in page.sections if s.id.startswith("deal_")]
    drawn = [b for s in single for b in s.blocks if isinstance(b, Lines)]
    assert len(drawn) == len(curves) < len(made.result.deals)
    together = next(b for s in page.sections if s.id == "horizons" for b in s.blocks if isinstance(b, Lines))
    assert sum(not s.name.startswith("Class alone") for s in together.series) == len(curves)
    terms = next(s for s in page.sections if s.id == "terms").blocks[0]
    assert isinstance(terms, Table)
    assert terms.columns[2:-1] == tuple(one.deal.label for one in made.result.deals)
    models = next(s for s in page.sections if s.id == "models")
    assert sum(isinstance(b, Table) for b in models.blocks) == len({d.engines for d in made.result.deals})


OWN: dict[str, Any] = {
    "kind": "partial", "name": "partial halts of my own", "source": "my count", "lifetime": "until broken",
    "events": [4, 3, 2, 1, 0], "days": [900, 1500, 4000, 9000, 100],
}  # fmt: skip


def _partial(case: Case, **changes: Any) -> Case:
    kinds = [{"kind": "partial"}]
    written = {"war": "civil", "kinds": kinds, "classes": [{**OWN, **changes}]}
    return case.model_copy(update={"durability": Durability.model_validate(written)})


def test_a_class_of_the_cases_own_judges_its_kind_without_the_packaged_ratio(camp_david: Case) -> None:
    """The class alone is the answer, and near the crude hazards by hand; the packaged class stands beside."""
    one = _deal(_partial(camp_david), "package", Options(draws=8_000))
    assert one.base is not None
    assert (one.base.group, one.base.source, one.base.lifetime) == (
        "partial halts of my own", "my count", "until broken",
    )  # fmt: skip
    assert one.effects == ()
    assert one.seen == ()
    by_hand = exp(-(30 * 4 / 900 + 60 * 3 / 1500))
    assert _curve(one).at(90).value == pytest.approx(by_hand, abs=0.02)
    assert [e.name for e in one.engines][:2] == [
        "Its class alone: partial halts of my own",
        "The packaged class alone: truce, peacekeepers absent",
    ]
    packaged = _deal(_with(_partial(camp_david), classes=()), "package")
    assert [e.ratio for e in packaged.effects] == [1.5]


def test_the_caveat_on_partial_halts_goes_with_a_class_of_ones_own(camp_david: Case) -> None:
    for case, warned in ((_partial(camp_david), False), (_with(_partial(camp_david), classes=()), True)):
        page = durability.LENS.view(case, durability.LENS.apply(case, FEW))
        assert ("No class of partial or local halts" in str(page)) == warned


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"events": [-1, 0, 0, 0, 0]}, "counted from 0 up"),
        ({"days": [900, 0, 4000, 9000, 100]}, "no days at risk"),
        ({"events": [0, 0, 0, 0, 0]}, "and a failure"),
    ],
)
def test_an_impossible_class_is_refused(camp_david: Case, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        _partial(camp_david, **changes)
    with pytest.raises(ValueError, match="two entries"):
        Durability.model_validate({"war": "civil", "kinds": [{"kind": "truce"}], "classes": [OWN, OWN]})


def test_the_headline_says_what_its_definition_takes_as_given() -> None:
    case = load_case("alaska-2025")
    for kind, given in (
        ("in_force", "If it took effect"),
        ("announced", "Once announced"),
        ("held", "Once it had"),
    ):
        asked = durability.Options.model_validate({"draws": 500, "definition": kind})
        page = durability.LENS.view(case, durability.LENS.apply(case, asked))
        assert page.title.startswith(given)
