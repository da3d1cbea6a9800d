"""Properties that the definitions of the relations methods promise."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from detente.methods.relations.balance import frustration, pull, triads, triangles
from detente.methods.relations.burden import burden_shares, cover, rank_correlation
from detente.methods.relations.diffusion import final_camps, signed_diffusion
from detente.methods.relations.program import frustrated_weight, solve
from detente.methods.relations.similarity import portfolio_kappa, portfolio_pi, portfolio_s, tau_b

portfolios = st.integers(2, 12).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(0, 3), min_size=n, max_size=n)] * 2)
)


@st.composite
def networks(draw, most=8, weighted=True):
    n = draw(st.integers(1, most))
    values = st.sampled_from([-1.0, -0.5, 0.0, 0.25, 1.0]) if weighted else st.sampled_from([-1.0, 0.0, 1.0])
    upper = np.triu(draw(arrays(np.float64, (n, n), elements=values)), 1)
    return upper + upper.T


def brute_frustration(ties):
    """Slow reference: the definition, over all splits."""
    n = len(ties)
    best = np.inf
    for rest in itertools.product((0, 1), repeat=n - 1):
        camp = (0, *rest)
        cost = sum(
            abs(ties[i, j])
            for i in range(n)
            for j in range(i)
            if (ties[i, j] < 0) == (camp[i] == camp[j]) and ties[i, j] != 0
        )
        best = min(best, cost)
    return best


@given(portfolios)
def test_similarity_measures_are_symmetric_and_bounded(pair):
    x, y = pair
    for measure in (lambda a, b: portfolio_s(a, b, 3), portfolio_kappa, portfolio_pi, tau_b):
        try:
            there, back = measure(x, y), measure(y, x)
        except ValueError:
            continue
        assert there == pytest.approx(back)
        assert there <= 1 + 1e-12
    assert portfolio_s(x, y, 3) >= -1


@given(portfolios)
def test_pi_never_exceeds_kappa(pair):
    try:
        assert portfolio_pi(*pair) <= portfolio_kappa(*pair) + 1e-12
    except ValueError:
        assert len(set(pair[0] + pair[1])) == 1


@given(portfolios)
def test_equal_portfolios_agree_fully(pair):
    x, _ = pair
    assert portfolio_s(x, x, 3) == 1
    if len(set(x)) > 1:
        assert portfolio_kappa(x, x) == portfolio_pi(x, x) == 1
        assert tau_b(x, x) == pytest.approx(1)


@settings(deadline=None)
@given(networks())
def test_frustration_equals_its_definition(ties):
    result = frustration(ties)
    assert result.index == pytest.approx(brute_frustration(ties), abs=1e-9)
    assert frustrated_weight(ties, result.camps) == pytest.approx(result.index, abs=1e-9)
    assert result.camps[0] == 0


@settings(deadline=None, max_examples=25)
@given(networks())
def test_integer_program_equals_enumeration(ties):
    index, lower, camps = solve(ties, triangles(ties), 20.0)
    assert index == pytest.approx(frustration(ties).index, abs=1e-6)
    assert lower <= index + 1e-9
    assert camps[0] == 0


@settings(deadline=None)
@given(networks(), st.data())
def test_switching_one_node_leaves_balance_as_it_is(ties, data):
    """Reversing all ties of a node changes neither frustration nor the balance of any triangle."""
    node = data.draw(st.integers(0, len(ties) - 1))
    side = np.ones(len(ties))
    side[node] = -1
    switched = ties * side[:, None] * side
    assert frustration(switched).index == pytest.approx(frustration(ties).index)
    assert np.array_equal(triads(switched).sign, triads(ties).sign)


@settings(deadline=None)
@given(networks(weighted=False))
def test_flipping_one_tie_moves_the_index_by_at_most_one(ties):
    before = frustration(ties).index
    for i, j in np.argwhere(np.triu(ties)):
        flipped = ties.copy()
        flipped[i, j] = flipped[j, i] = -ties[i, j]
        assert abs(frustration(flipped).index - before) <= 1


@settings(deadline=None)
@given(st.integers(2, 8), st.data())
def test_two_camps_have_no_frustration_and_no_tension(n, data):
    camp = np.array(data.draw(st.lists(st.sampled_from([-1.0, 1.0]), min_size=n, max_size=n)))
    ties = np.outer(camp, camp) * (1 - np.eye(n))
    assert frustration(ties).index == 0
    assert (triads(ties).sign > 0).all()
    assert (pull(ties) * ties >= 0).all()
    if n > 2:
        assert np.array_equal(final_camps(ties), camp * camp[0])


@given(networks())
def test_pull_equals_its_definition(ties):
    n = len(ties)
    found = pull(ties)
    for i, j in itertools.permutations(range(n), 2):
        third = [ties[i, k] * ties[k, j] for k in range(n) if k not in (i, j)]
        assert found[i, j] == pytest.approx(sum(third) / (n - 2) if n > 2 else 0)


@given(networks(), st.floats(0, 1), st.integers(0, 6), st.data())
def test_diffusion_never_leaves_the_span_of_its_start(ties, step, rounds, data):
    start = data.draw(arrays(np.float64, len(ties), elements=st.floats(-1, 1)))
    end = signed_diffusion(ties, start, step, rounds)
    assert np.abs(end).max() <= np.abs(start).max() + 1e-12
    assert np.allclose(signed_diffusion(ties, -start, step, rounds), -end)


@given(st.integers(2, 7), st.data())
def test_diffusion_over_friends_keeps_agreement(n, data):
    level = data.draw(st.floats(-1, 1))
    ties = np.ones((n, n)) - np.eye(n)
    assert np.allclose(signed_diffusion(ties, np.full(n, level)), level)


loads = st.lists(st.floats(0, 100), min_size=1, max_size=5)


def brute_cover(capability, load, priority):
    """Slow reference: serve rank by rank."""
    left, out = capability, [1.0] * len(load)
    for rank in sorted(set(priority), reverse=True):
        group = [k for k in range(len(load)) if priority[k] == rank]
        wanted = sum(load[k] for k in group)
        for k in group:
            if load[k] > 0:
                out[k] = min(1.0, max(left, 0) / wanted)
        left -= wanted
    return out


@given(st.floats(0, 150), loads, st.data())
def test_cover_equals_serving_rank_by_rank(capability, load, data):
    priority = data.draw(
        st.lists(st.sampled_from([10.0, 50.0, 90.0]), min_size=len(load), max_size=len(load))
    )
    found = cover(capability, load, priority)
    assert np.allclose(found, brute_cover(capability, load, priority), atol=1e-9)
    assert (cover(capability + 10, load, priority) >= found - 1e-12).all()
    more = cover(capability, [*load, 20.0], [*priority, 60.0])[:-1]
    assert (more <= found + 1e-12).all()


@given(st.lists(st.floats(0, 1000), min_size=2, max_size=8), st.data())
def test_burden_shares_add_up(given_, data):
    means = data.draw(st.lists(st.floats(1, 1000), min_size=len(given_), max_size=len(given_)))
    shares = burden_shares(given_, means)
    assert shares.means_share.sum() == pytest.approx(1)
    assert shares.share.sum() == pytest.approx(1 if sum(given_) > 0 else 0)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=9), st.data())
def test_rank_correlation_sees_only_the_order(x, data):
    y = data.draw(st.lists(st.integers(0, 9), min_size=len(x), max_size=len(x)))
    if len(set(x)) == 1 or len(set(y)) == 1:
        with pytest.raises(ValueError, match="variation"):
            rank_correlation(x, y)
        return
    value = rank_correlation(x, y)
    assert -1 <= value <= 1
    assert rank_correlation([v**3 for v in x], y) == pytest.approx(value)
