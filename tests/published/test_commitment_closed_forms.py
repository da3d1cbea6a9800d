"""The closed forms give the values worked out on the project's reference page, section 2."""

from __future__ import annotations

import pytest

from detente.methods.commitment.attrition import war_of_attrition
from detente.methods.commitment.battles import chance_to_win
from detente.methods.commitment.fearon import bargaining_range, best_offer
from detente.methods.commitment.learning import Belief, battles_to_settle
from detente.methods.commitment.powell import (
    critical_shift,
    needed_enforcement,
    peace_value,
    shift,
    war_unavoidable,
)


@pytest.mark.parametrize(
    ("p", "cost", "highest", "demand", "risk"),
    [(0.5, 0.1, 0.3, 0.6, 0.3333), (0.6, 0.05, 0.4, 0.775, 0.4375), (0.5, 0.3, 0.3, 0.5, 0.0)],
)
def test_fearon_best_offer(p: float, cost: float, highest: float, demand: float, risk: float) -> None:
    offer = best_offer(p, cost, highest)
    assert offer.demand == pytest.approx(demand, abs=1e-9)
    assert offer.risk == pytest.approx(risk, abs=5e-5)


def test_fearon_range() -> None:
    assert bargaining_range(0.5, 0.1, 0.2) == pytest.approx((0.4, 0.7))


def test_powell_example() -> None:
    s = shift(0.3, 0.6, 0.1, 0.9)
    assert float(s.war_falling) == pytest.approx(6.3)
    assert float(peace_value(s)) == pytest.approx(5.14)
    assert bool(war_unavoidable(s))
    assert 1 - float(critical_shift(s)) == pytest.approx(0.54321, abs=5e-6)
    assert float(needed_enforcement(s)) == pytest.approx(0.47737, abs=5e-6)


@pytest.mark.parametrize(("blocked", "worth"), [(0.4, 6.112), (0.5, 6.355), (0.6, 6.598)])
def test_powell_peace_value_by_enforcement(blocked: float, worth: float) -> None:
    assert float(peace_value(shift(0.3, 0.6, 0.1, 0.9), blocked)) == pytest.approx(worth, abs=5e-4)


def test_war_of_attrition() -> None:
    war = war_of_attrition(0.08, 0.12, 1.0, 0.9)
    found = (war.first, war.second, war.ends, war.ended_by(1), war.first_quits_first)
    assert found == pytest.approx((0.13333, 0.08, 0.21333, 0.19211, 0.625), abs=5e-6)


def test_learning_until_beliefs_meet() -> None:
    assert battles_to_settle(Belief(8, 2), Belief(2, 8), 0.2) == 20


@pytest.mark.parametrize(("p", "chance"), [(0.45, 0.2683), (0.5, 0.5), (0.55, 0.7317)])
def test_forts(p: float, chance: float) -> None:
    assert chance_to_win(5, 10, p) == pytest.approx(chance, abs=5e-5)
