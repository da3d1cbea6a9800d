"""The settlement at the speed of a slider: every number is that of the whole computation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case.load import bundled_cases, load_case
from detente.case.model import Case
from detente.case.overlay import apply_typed
from detente.lenses.settlement import LENS, Options
from detente.lenses.settlement.again import Again
from detente.lenses.settlement.result import Settlement
from detente.methods.smaa import evaluate
from detente.methods.smaa_again import accepting, agreement, halves, unpacked

NAMES = [name for name, _, _ in bundled_cases() if not LENS.missing(load_case(name))]


def same(one: Settlement, other: Settlement) -> None:
    assert one.measures() == other.measures()
    for a, b in zip(one.readings, other.readings, strict=True):
        assert replace(a, central=()) == replace(b, central=())
    assert (one.later, one.signposts, one.leading) == (other.later, other.signposts, other.leading)


@pytest.mark.parametrize("name", NAMES)
def test_every_case_has_the_same_numbers(name: str) -> None:
    case, options = load_case(name), Options(draws=60)
    same(Again()(case, options), LENS.run(case, options))


def test_one_desk_answers_for_one_variant_after_another(alaska: Case) -> None:
    again, options = Again(), Options(draws=120)
    for edits in (
        [],
        ["no_deal.RUS.shift=-30 to -20"],
        ["preferences.UKR.line.salience=10 to 20"],
        ["preferences.RUS.line.accepts.flexible=[freeze, return]"],
        ["rules.K7.reading=B"],
        ["actors.USA.consent=true"],
        ["preferences.RUS.form.order=[open, continue, sectoral, temporary, with_settlement]"],
        [],
    ):
        case = apply_typed(alaska, edits)
        same(again(case, options), LENS.run(case, options))


@settings(max_examples=25)
@given(data=st.data())
def test_shares_are_those_of_the_definition(data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    actors, draws = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 70))
    rng = np.random.default_rng(data.draw(st.integers(0, 999)))
    points = rng.uniform(0, 30, (draws, actors, len(sizes), max(sizes)))
    worth = rng.uniform(0, 60, (draws, actors))
    deals = np.unique(np.stack([rng.integers(0, m, 9) for m in sizes], axis=1), axis=0)
    groups = rng.random((2, len(deals))) < 0.5
    cut = halves(deals)
    assert (np.concatenate([cut.heads[cut.head], cut.tails[cut.tail]], axis=1) == deals).all()
    answers = tuple(accepting(cut, points[:, p], worth[:, p]) for p in range(actors))
    together, zopa = agreement(answers, groups, draws)
    whole = evaluate(points, worth, deals, np.ones(actors, dtype=bool), groups)
    assert np.array_equal(together, whole.together)
    assert np.array_equal(zopa, whole.zopa)
    told = [unpacked(a, draws).mean(axis=1) for a in answers]
    assert all(np.array_equal(a, whole.accept[:, p]) for p, a in enumerate(told))
