"""Integer programming, an independent formulation, agrees with looking at every deal."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.dealspace.concepts import exact_key
from detente.methods.dealspace.milp import best_least, best_product, best_sum, find_accepted


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_best_deals(data, spaces, brute) -> None:
    utilities = data.draw(spaces())
    truth = brute(utilities)
    ones = np.ones(utilities.actors)
    found = best_sum(utilities, ones)
    if not len(truth.rational):
        assert found.deal is None
        assert best_least(utilities, ones).deal is None
        return
    expected = truth.solutions()
    assert found.deal.tolist() in expected["utilitarian"]
    ideal = np.array(truth.ideal, dtype=float)
    for p in range(utilities.actors):
        best = best_sum(utilities, (np.arange(utilities.actors) == p).astype(float))
        assert utilities.gains(best.deal[None, :])[0, p] == truth.ideal[p]
    for concept, scale in (("kalai_smorodinsky", ideal), ("egalitarian", (ideal > 0).astype(float))):
        best = best_least(utilities, scale)
        keys = [
            exact_key(concept, utilities.gains(np.array([deal]))[0].tolist(), truth.ideal)[:1]
            for deal in (best.deal.tolist(), expected[concept][0])
        ]
        assert keys[0] == keys[1], "the least value is right; ties are not its business"
        if keys[0]:
            assert best.bound == pytest.approx(float(keys[0][0]), abs=1e-4 * max(1, float(keys[0][0])))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_best_product(data, spaces, brute) -> None:
    utilities = data.draw(spaces())
    truth = brute(utilities)
    able = np.array(truth.ideal) > 0 if len(truth.rational) else np.ones(utilities.actors, dtype=bool)
    found = best_product(utilities, able)
    gains = truth.gains[truth.rational][:, able]
    gains = gains[(gains > 0).all(axis=1)]
    if not len(gains):
        assert found.deal is None
        return
    mine = utilities.gains(found.deal[None, :])[0][able]
    best = max(sum(log(g) for g in row) for row in gains.tolist())
    assert sum(log(g) for g in mine.tolist()) == pytest.approx(best, abs=2e-6)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_rules(data, spaces, rules, brute) -> None:
    utilities = data.draw(spaces())
    rule, truth = data.draw(rules(utilities.actors)), brute(utilities)
    carried = truth.deals[rule.carries[truth.masks]].tolist()
    found = find_accepted(utilities, rule)
    assert (found.deal is None) == (not carried)
    assert found.deal is None or found.deal.tolist() in carried
