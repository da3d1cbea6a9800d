"""Branch and bound finds what looking at every deal finds, and proves it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.dealspace.branch import branch
from detente.methods.dealspace.branch_ground import prepare
from detente.methods.dealspace.concepts import CONCEPTS
from detente.methods.dealspace.incumbents import incumbents
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.scan import scan
from detente.methods.dealspace.sweeps import furthest
from detente.methods.dealspace.utilities import utilities_of
from detente.methods.space import Space


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_small_spaces(data, spaces, brute) -> None:
    utilities = data.draw(spaces())
    truth = brute(utilities)
    ground = prepare(layers_of(utilities))
    assert ground.proved
    if not len(truth.rational):
        assert ground.ideal is None
        assert all(branch(ground, concept).optimum is None for concept in CONCEPTS)
        return
    assert ground.ideal is not None
    assert ground.ideal.tolist() == truth.ideal
    expected = truth.solutions()
    for concept in CONCEPTS:
        found = branch(ground, concept)
        assert found.proved
        assert found.all_ties
        assert found.optimum is not None
        assert found.optimum.deals.tolist() == expected[concept]
        assert found.optimum.ties == len(expected[concept])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("whole", [True, False])
def test_larger_spaces_agree_with_the_scan(seed: int, whole: bool) -> None:
    rng = np.random.default_rng(seed)
    issues, actors = 6, int(rng.integers(2, 7))
    tables = rng.integers(0, 8, (issues, 6, actors)) if whole else rng.random((issues, 6, actors)) * 10
    effects = [((0, 3), rng.integers(-2, 3, (6, 6, actors)))]
    rules = ((((1, (0, 1)), (4, (2, 3)))), ((2, (5,)), (5, (0,))))
    reserve = tables.mean(1).sum(0) * 0.9
    utilities = utilities_of(Space((6,) * issues, rules), list(tables), np.floor(reserve), effects)
    graph = layers_of(utilities)
    truth, ground = scan(graph), prepare(graph)
    assert ground.ideal is not None
    assert ground.ideal.tolist() == truth.ideal.tolist()
    for optimum in truth.optima:
        found = branch(ground, optimum.concept)
        assert found.proved
        assert found.optimum is not None
        assert found.optimum.value == optimum.value
        assert found.optimum.deals.tolist() == optimum.deals.tolist()


def test_a_bound_can_be_added_up_by_anyone() -> None:
    """The root weights L prove the bound: for a least ratio L.ideal = 1 and no deal has a larger L.g."""
    rng = np.random.default_rng(11)
    utilities = utilities_of(Space((10,) * 20), list(rng.random((20, 10, 4))), [9.0] * 4)
    graph = layers_of(utilities)
    ground = prepare(graph)
    assert ground.ideal is not None
    found = branch(ground, "kalai_smorodinsky")
    weights = found.weights / (found.weights @ ground.ideal)
    reserve = np.array(utilities.reserve)
    total = sum((table @ weights).max() for table in utilities.points) - weights @ reserve
    assert found.optimum is not None
    assert float(found.optimum.value) <= total <= found.root * (1 + 1e-6)
    assert furthest(graph, weights[:, None])[0][0, 0] - weights @ reserve == pytest.approx(total)


def test_where_no_deal_suits_everybody_the_weights_prove_it() -> None:
    utilities = utilities_of(Space((5,) * 12), [[[o, 4 - o] for o in range(5)]] * 12, [25, 24])
    ground = prepare(layers_of(utilities))
    assert ground.ideal is None
    assert ground.proved
    best = sum((table @ ground.weights).max() for table in utilities.points)
    assert best < ground.weights @ np.array([25, 24])


def test_a_budget_leaves_a_bound_and_says_so() -> None:
    rng = np.random.default_rng(5)
    utilities = utilities_of(Space((5,) * 40), list(rng.random((40, 5, 8))), [20.0] * 8)
    ground = prepare(layers_of(utilities), budget=20_000)
    found = branch(ground, "egalitarian")
    assert not found.proved
    assert not found.all_ties
    assert found.optimum is not None
    assert found.bound > float(found.optimum.value)


def test_too_many_ties_are_said_and_the_value_is_still_proved() -> None:
    utilities = utilities_of(Space((10,) * 20), [[[o, 9 - o] for o in range(10)]] * 20, [0, 0])
    ground = prepare(layers_of(utilities))
    for concept, value in (("nash", 8100), ("kalai_smorodinsky", 0.5), ("utilitarian", 180)):
        found = branch(ground, concept)
        assert found.optimum is not None
        assert float(found.optimum.value) == value
        assert found.proved
        assert not found.all_ties
        assert found.optimum.ties == 10_000


def test_nash_where_no_deal_helps_everybody() -> None:
    utilities = utilities_of(Space((3,)), [[[5, 0, 0], [1, 1, 0], [0, 0, 3]]], [0, 0, 0])
    found = branch(prepare(layers_of(utilities)), "nash")
    assert found.optimum is not None
    assert found.optimum.deals.tolist() == [[1]]


def test_an_actor_without_a_worth_is_named() -> None:
    utilities = utilities_of(Space((2,)), [[[1, 0], [0, 1]]], [0, -np.inf])
    with pytest.raises(ValueError, match=r"actors \[1\] have no worth"):
        prepare(layers_of(utilities))


def test_incumbents_are_deals_everybody_accepts(spaces) -> None:
    rng = np.random.default_rng(3)
    utilities = utilities_of(Space((4,) * 5), list(rng.integers(0, 9, (5, 4, 3))), [12, 12, 12])
    every = utilities.gains(np.array(list(np.ndindex(*[4] * 5))))
    for goal in ("least", "product", "sum"):
        pool = incumbents(layers_of(utilities), np.eye(3) + 0.3, np.ones(3), goal)
        assert len(pool)
        assert (pool >= 0).all()
        assert all((every == row).all(axis=1).any() for row in pool)
