"""The commitment models keep what their definitions promise, for any numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.methods.commitment import battles, fearon, learning, powell
from detente.methods.commitment.attrition import war_of_attrition

share = st.floats(0.01, 0.99)


@st.composite
def shifts(draw: st.DrawFn) -> powell.Shift:
    low, high = sorted((draw(share), draw(share)))
    return powell.shift(low, high, draw(share), draw(share))


@given(shifts(), st.floats(0, 1))
def test_war_is_unavoidable_exactly_when_peace_is_worth_less_than_war(s: powell.Shift, e: float) -> None:
    peace, war = float(powell.peace_value(s, e)), float(s.war_falling)
    if abs(peace - war) > 1e-9 * max(peace, war):
        assert bool(powell.war_unavoidable(s, e)) == (peace < war)


@given(shifts())
def test_needed_enforcement_is_enough_and_no_more_than_needed(s: powell.Shift) -> None:
    need = float(powell.needed_enforcement(s))
    gain = float(s.war_rising_later() - s.war_rising_now)
    if need < 1 - 1e-6:
        assert not bool(powell.war_unavoidable(s, min(1.0, need + 1e-6)))
    if need > 1e-3 and gain > 1e-3:
        assert bool(powell.war_unavoidable(s, need - 1e-3))


@given(shifts(), share, st.floats(0, 1), st.floats(0, 1))
def test_more_enforcement_never_makes_renewed_war_pay(
    s: powell.Shift, part: float, e: float, f: float
) -> None:
    less, more = sorted((e, f))
    assert bool(powell.renewed_war_pays(s, part, less)) or not bool(powell.renewed_war_pays(s, part, more))


@given(shifts(), share)
def test_enforcement_for_a_share_is_the_turning_point(s: powell.Shift, part: float) -> None:
    need = float(powell.enforcement_for_share(s, part))
    if need <= 1 - 1e-6:
        assert not bool(powell.renewed_war_pays(s, part, need + 1e-6))
    if need > 1:
        assert bool(powell.renewed_war_pays(s, part, 1.0)) or need < 1 + 1e-9


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5), st.floats(0, 1))
def test_another_measure_never_blocks_less_and_never_more_than_all(shares: list[float], extra: float) -> None:
    before = powell.combined(np.array([shares]))[0]
    after = powell.combined(np.array([[*shares, extra]]))[0]
    assert before - 1e-12 <= after <= 1


@given(share, share, share)
def test_the_best_offer_beats_every_other_offer(p: float, cost: float, highest: float) -> None:
    def worth(y: float) -> float:
        risk = min(y / highest, 1.0)
        return (1 - risk) * (p + y) + risk * (p - cost)

    best = fearon.best_offer(p, cost, highest).demand - p
    grid = np.linspace(0, 1 - p, 101)
    assert worth(best) >= max(worth(float(y)) for y in grid) - 1e-9


@given(share, share, share, share, st.floats(0, 50))
def test_attrition_hazards_make_the_other_side_indifferent(
    c1: float, c2: float, v1: float, v2: float, years: float
) -> None:
    war = war_of_attrition(c1, c2, v1, v2)
    assert war.second * v1 == pytest.approx(c1)
    assert war.first * v2 == pytest.approx(c2)
    assert 0 <= war.ended_by(years) <= war.ended_by(years + 1) <= 1


@given(st.integers(1, 30), st.integers(1, 30), st.integers(2, 40), st.floats(0.05, 0.6), st.data())
def test_beliefs_have_met_after_the_stated_number_of_battles_whoever_wins(
    wins_a: int, wins_b: int, firmness: int, costs: float, data: st.DataObject
) -> None:
    wins_a, wins_b = min(wins_a, firmness - 1), min(wins_b, firmness - 1)
    a, b = learning.Belief(wins_a, firmness - wins_a), learning.Belief(wins_b, firmness - wins_b)
    n = learning.battles_to_settle(a, b, costs)
    won = data.draw(st.integers(0, n))
    assert learning.ready_to_settle(a.after(won, n - won), b.after(won, n - won), costs)
    if n > 0:
        assert not learning.ready_to_settle(a.after(0, n - 1), b.after(0, n - 1), costs - 1e-6)


@given(st.integers(2, 25), st.floats(0.02, 0.98), st.data())
def test_the_walk_solves_its_own_recursion(total: int, p: float, data: st.DataObject) -> None:
    k = data.draw(st.integers(1, total - 1))
    here = battles.chance_to_win(k, total, p)
    step = p * battles.chance_to_win(k + 1, total, p) + (1 - p) * battles.chance_to_win(k - 1, total, p)
    assert here == pytest.approx(step, abs=1e-9)


def test_long_fronts_do_not_overflow() -> None:
    assert battles.chance_to_win(500, 1000, 0.05) == pytest.approx(0.0, abs=1e-300)
    assert battles.chance_to_win(500, 1000, 0.95) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "call",
    [
        lambda: powell.shift(0.6, 0.3, 0.1, 0.9),
        lambda: powell.shift(0.3, 0.6, 0.1, 1.0),
        lambda: powell.shift(0.3, float("nan"), 0.1, 0.9),
        lambda: fearon.best_offer(1.2, 0.1, 0.3),
        lambda: fearon.best_offer(0.5, 0.1, 0.0),
        lambda: learning.battles_to_settle(learning.Belief(8, 2), learning.Belief(2, 9), 0.2),
        lambda: learning.battles_to_settle(learning.Belief(8, 2), learning.Belief(2, 8), 0.0),
        lambda: learning.Belief(0, 1),
        lambda: battles.chance_to_win(11, 10, 0.5),
        lambda: battles.chance_to_win(1, 10, float("nan")),
        lambda: war_of_attrition(0.1, 0.1, 0.0, 1.0),
    ],
)
def test_nonsense_is_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        call()  # type: ignore[operator]
