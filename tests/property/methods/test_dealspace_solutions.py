"""All methods give the same solutions, certificates hold, and false ones are caught."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.methods.dealspace.certificate import check
from detente.methods.dealspace.concepts import CONCEPTS
from detente.methods.dealspace.front import improvements
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.solutions import forecast, solve
from detente.methods.dealspace.supported import supported
from detente.methods.dealspace.utilities import utilities_of
from detente.methods.space import Space


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_methods_agree_and_certificates_hold(data, spaces, brute) -> None:
    utilities = data.draw(spaces())
    over = data.draw(st.sampled_from(["acceptable", "all"]))
    truth = brute(utilities)
    answers = {m: solve(utilities, m, ideal_over=over) for m in ("scan", "branch", "milp")}
    for method, answer in answers.items():
        assert [c.concept for c in answer.certificates] == list(CONCEPTS)
        if not len(truth.rational):
            assert answer.optima == ()
            assert all(c.value is None for c in answer.certificates)
            continue
        by_name = {o.concept: o for o in answer.optima}
        for certificate in answer.certificates:
            concept = certificate.concept
            mine, best = by_name.get(concept), answers["scan"].of(concept)
            assert best is not None
            if mine is None:
                assert method == "milp"
                assert certificate.not_proved
                continue
            if method == "milp":
                assert float(mine.value) == pytest.approx(float(best.value), rel=1e-5)
                continue
            assert mine.value == best.value
            assert mine.deals.tolist() == best.deals.tolist()
            assert certificate.gap == 0
            assert certificate.not_proved == ()
            assert check(certificate, mine, utilities).failures == ()


def claim():
    rng = np.random.default_rng(4)
    utilities = utilities_of(Space((4,) * 4), list(rng.integers(0, 9, (4, 4, 3))), [10, 10, 10])
    answer = solve(utilities, "branch")
    return utilities, answer.certificates[1], answer.of("kalai_smorodinsky")


def test_false_claims_are_caught() -> None:
    utilities, certificate, optimum = claim()
    assert check(certificate, optimum, utilities).failures == ()
    richer = utilities.with_reserve([1, 1, 1])
    assert "for another input" in " ".join(check(certificate, optimum, richer).failures)
    worse = replace(optimum, deals=(optimum.deals + 1) % 4)
    assert check(certificate, worse, utilities).failures
    higher = replace(certificate, value=certificate.value * 2)
    assert "value claimed" in " ".join(check(higher, optimum, utilities).failures)
    lower = replace(certificate, weights=tuple(-w for w in certificate.weights))
    assert check(lower, optimum, utilities).root_gap > 0
    padded = replace(optimum, ties=optimum.ties + 3, deals=np.vstack([optimum.deals] * 2))
    assert "ties" in " ".join(check(certificate, padded, utilities).failures)
    ruled = utilities_of(
        Space((4,) * 4, (tuple((i, (int(o),)) for i, o in enumerate(optimum.deals[0])),)),
        utilities.points,
        list(utilities.reserve),
    )
    assert "breaks a rule" in " ".join(check(certificate, optimum, ruled).failures)


def test_the_method_is_chosen_by_predicted_cost_and_can_be_forced() -> None:
    small = utilities_of(Space((4,) * 4), [np.ones((4, 2))] * 4, [0, 0])
    huge = utilities_of(Space((10,) * 20), [np.ones((10, 2))] * 20, [0, 0])
    tied = utilities_of(
        Space((10,) * 14),
        [np.ones((10, 2))] * 14,
        [0, 0],
        [((i, j), np.zeros((10, 10, 2))) for i in range(14) for j in range(i)],
    )
    assert forecast(small).method == "scan"
    assert forecast(small, "branch").method == "branch"
    assert forecast(huge).method == "branch"
    assert "one by one" in forecast(huge).reason
    assert forecast(tied).method == "milp"
    assert forecast(huge).deals == 10**20


def test_an_actor_that_accepts_anything_is_named() -> None:
    with pytest.raises(UsageError, match=r"\[1\]"):
        solve(utilities_of(Space((2,)), [np.ones((2, 2))], [0, -np.inf]))
    with pytest.raises(UsageError, match="at most 12"):
        solve(utilities_of(Space((2,)), [np.ones((2, 13))], [0] * 13))


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_improvements(data, spaces, brute) -> None:
    utilities = data.draw(spaces())
    truth = brute(utilities)
    if not len(truth.deals):
        return
    row = data.draw(st.integers(0, len(truth.deals) - 1))
    totals = utilities.totals(truth.deals)
    better = improvements(layers_of(utilities), totals[row].tolist())
    above = [d for d in range(len(totals)) if (totals[d] >= totals[row]).all()]
    assert {tuple(totals[d]) for d in truth.efficient(above)} == {tuple(v) for v in better.vectors.tolist()}


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_supported_deals_are_efficient_and_best_by_some_weighting(data, spaces, brute) -> None:
    utilities = data.draw(spaces())
    truth = brute(utilities)
    graph = layers_of(utilities)
    if not len(truth.deals):
        with pytest.raises(ValueError, match="feasible"):
            supported(graph, 5, np.random.default_rng(1))
        return
    found = supported(graph, 40, np.random.default_rng(1))
    totals = utilities.totals(truth.deals)
    front = {tuple(totals[d]) for d in truth.efficient(range(len(totals)))}
    assert {tuple(row) for row in found.totals.tolist()} <= front
    assert utilities.totals(found.deals).tolist() == found.totals.tolist()
    assert found.share.sum() == pytest.approx(1)
    assert found.share.tolist() == sorted(found.share, reverse=True)
    assert len({tuple(row) for row in found.totals.tolist()}) == len(found.totals)


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_options_nobody_tells_apart_multiply_ties_and_change_no_value(data, spaces) -> None:
    plain = data.draw(spaces())
    doubled = [np.vstack([t, t[:1]]) / plain.unit for t in plain.points]
    rules = tuple(
        tuple((i, (*o, plain.space.sizes[i]) if 0 in o else o) for i, o in clause)
        for clause in plain.space.forbidden
    )
    effects = []
    for w in plain.interactions:
        table = w.points / plain.unit
        for axis in range(len(w.issues)):
            table = np.concatenate([table, np.take(table, [0], axis=axis)], axis=axis)
        effects.append((w.issues, table))
    reserve = np.array([-np.inf if d is None else d / plain.unit for d in plain.reserve])
    twice = utilities_of(Space(tuple(m + 1 for m in plain.space.sizes), rules), doubled, reserve, effects)
    one, two = solve(plain), solve(twice)
    for a, b in zip(one.optima, two.optima, strict=True):
        assert [t / plain.unit for t in a.totals] == [t / twice.unit for t in b.totals]
        assert b.ties == sum(2 ** deal.count(0) for deal in a.deals.tolist())
        assert len(b.deals) == b.ties
        assert len({tuple(d) for d in b.deals.tolist()}) == b.ties
