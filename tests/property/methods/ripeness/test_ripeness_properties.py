"""Properties that the definitions of the time methods promise."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from detente.methods.agreement import Agreement
from detente.methods.ripeness.backtest import crps
from detente.methods.ripeness.economy import Economy, Shocks, State, run
from detente.methods.ripeness.front import Horizon, held, monthly_gains
from detente.methods.ripeness.pace import expected_weights, fit_pace, given_pace, responsibilities
from detente.methods.ripeness.pressure import Weights, labour, phased, pressure
from detente.methods.ripeness.window import any_ripe, first_month, ripe, spells
from detente.methods.ripeness.worth import favour, monthly, worth_paths

series = st.lists(st.floats(1, 2000), min_size=1, max_size=7)


@given(series, st.lists(st.floats(5, 900), min_size=4, max_size=8))
def test_forward_backward_equals_the_sum_over_all_regime_sequences(months, history):
    """Slow reference: enumerate every sequence of regimes."""
    state, logs = fit_pace(history), np.log(months)
    emit, move, first = expected_weights(logs, state)
    gamma, xi = np.zeros((len(logs), 2)), np.zeros((2, 2))
    total = 0.0
    for seq in itertools.product((0, 1), repeat=len(logs)):
        weight = first[seq[0]] * np.prod([emit[t, k] for t, k in enumerate(seq)])
        weight *= np.prod([move[a, b] for a, b in itertools.pairwise(seq)])
        total += weight
        for t, k in enumerate(seq):
            gamma[t, k] += weight
        for a, b in itertools.pairwise(seq):
            xi[a, b] += weight
    found_gamma, found_xi = responsibilities(logs, state)
    assert np.allclose(found_gamma, gamma / total, atol=1e-8)
    assert np.allclose(found_xi, xi / total, atol=1e-8)


@settings(max_examples=40)
@given(series)
def test_a_fitted_pace_is_proper(months):
    pace = fit_pace(months)
    assert pace.mean[0] <= pace.mean[1]
    assert (pace.scale > 0).all()
    assert (pace.moves > 0).all()
    assert pace.now.sum() == pytest.approx(1)
    assert sum(pace.reversed) == pytest.approx(25 + len(months))


@settings(max_examples=25)
@given(st.integers(0, 1000), st.floats(0, 100))
def test_ground_held_stays_inside_its_area(seed, start):
    pace = given_pace((5, 50), (100, 400), 0.8, 0.5)
    gains = monthly_gains([pace, pace], Horizon(6, 20), np.random.default_rng(seed))
    path = held([start, 0.0], gains, [100.0, 300.0])
    assert (path >= 0).all()
    assert (path[:, :, 0] <= 100).all()
    assert (path[:, :, 1] <= 300).all()
    again = monthly_gains([pace, pace], Horizon(6, 20), np.random.default_rng(seed))
    assert np.array_equal(gains, again)


def test_a_stated_pace_keeps_its_ranges():
    """Nine months of ten in the stated range, in each regime."""
    for now, (low, high) in ((0.0, (50, 200)), (1.0, (300, 800))):
        pace = given_pace((50, 200), (300, 800), 1.0, now)
        drawn = np.abs(monthly_gains([pace], Horizon(3, 20_000), np.random.default_rng(5)))
        assert ((drawn >= low) & (drawn <= high)).mean() == pytest.approx(0.9, abs=0.01)


def test_the_fit_finds_the_regimes_it_was_drawn_from():
    rng = np.random.default_rng(8)
    regime = np.repeat([0, 1, 0, 1], 30)
    gains = np.exp(np.where(regime == 0, np.log(100), np.log(600)) + 0.25 * rng.standard_normal(120))
    pace = fit_pace(gains)
    assert np.exp(pace.mean) == pytest.approx([100, 600], rel=0.1)
    assert pace.now[1] > 0.99
    assert pace.moves[0, 0] / pace.moves[0].sum() > 0.9


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=12), st.floats(-100, 100))
def test_crps_equals_its_definition(drawn, outcome):
    x = np.array(drawn)
    expected = np.abs(x - outcome).mean() - 0.5 * np.abs(x[:, None] - x).mean()
    assert crps(drawn, outcome) == pytest.approx(expected, abs=1e-9)
    assert crps(drawn, outcome) >= -1e-9


@given(st.floats(20, 120), st.floats(0, 30), st.floats(0, 2))
def test_cheaper_oil_and_sanctions_never_help(oil, less, sanctions):
    economy = Economy(deficit=2.6, oil_share=0.05, oil_reference=58, borrowing=1.8)
    start = State(0.5, 8.5, 18, 2)
    base = run(economy, start, Shocks(np.full(8, oil), 12, 0, 0))
    cheap = run(economy, start, Shocks(np.full(8, oil - less), 12, 0, 0))
    hit = run(economy, start, Shocks(np.full(8, oil), 12, 0, sanctions))
    assert (cheap.buffer <= base.buffer + 1e-12).all()
    assert (cheap.runway <= base.runway + 1e-12).all()
    assert hit.gap[0, 0] <= base.gap[0, 0] + 1e-12
    assert (np.diff(base.buffer) <= 1e-12).all()


@given(arrays(np.float64, 4, elements=st.floats(0, 3)))
def test_pressure_is_the_sum_of_its_parts_and_never_negative(squeeze):
    economy = Economy(deficit=2.6, oil_share=0.05, oil_reference=58, borrowing=1.8)
    track = run(economy, State(0.5, 8.5, 18, 2), Shocks(np.full(4, 69.0), 12, 0, 0))
    found = pressure(track, 4.0, 2.0, squeeze, Weights())
    parts = (found.inflation, found.slack, found.buffer, found.labour)
    assert all((p >= 0).all() for p in parts)
    assert np.allclose(found.total, sum(parts))


@given(st.floats(0, 5), st.floats(1, 8))
def test_phased_measures_grow_to_their_full_size(level, lag):
    path = phased(level, lag, 12)[0]
    assert (np.diff(path) >= -1e-12).all()
    assert path[-1] == pytest.approx(level)


def test_a_labour_force_never_turns_negative():
    assert (labour(10.0, 0.0, 30.0, 0.0, 4) >= 0).all()


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_any_ripe_equals_looking_at_every_deal(seed):
    rng = np.random.default_rng(seed)
    points = rng.uniform(0, 50, (6, 2, 3, 3))
    deals = np.array(list(itertools.product(range(3), repeat=3)))
    worth = rng.uniform(40, 110, (6, 5, 2))
    U = sum(points[:, :, i, :][:, :, deals[:, i]] for i in range(3))
    slow = (U[:, None] >= worth[..., None]).all(axis=2).any(axis=2)
    assert np.array_equal(any_ripe(points, deals, worth), slow)
    one = ripe(U[:, :, 4], worth)
    assert not (one & ~slow).any()


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.integers(0, 3))
def test_any_ripe_under_a_quorum_equals_looking_at_every_deal(seed, least):
    rng = np.random.default_rng(seed)
    points, worth = rng.integers(0, 9, (6, 4, 3, 3)) * 1.0, rng.integers(5, 22, (6, 5, 4)) * 1.0
    deals = np.array(list(itertools.product(range(3), repeat=3)))
    vetoes = tuple(np.flatnonzero(rng.random(4) < 0.4).tolist())
    rule = Agreement(vetoes, (0, 1, 2), least)
    U = sum(points[:, :, i, :][:, :, deals[:, i]] for i in range(3))
    slow = np.zeros((6, 5), dtype=bool)
    for d in range(len(deals)):
        one = ripe(U[:, :, d], worth, rule)
        for path, month in np.ndindex(6, 5):
            accepts = [U[path, a, d] >= worth[path, month, a] for a in range(4)]
            carried = all(accepts[a] for a in vetoes) and sum(accepts[:3]) >= least
            assert one[path, month] == carried
        slow |= one
    assert np.array_equal(any_ripe(points, deals, worth, rule), slow)


@given(arrays(np.float64, (3, 4, 2), elements=st.floats(0, 100)), st.floats(0, 20))
def test_a_better_deal_is_never_less_ripe(worth, more):
    deal = np.full((3, 2), 50.0)
    assert not (ripe(deal, worth) & ~ripe(deal + more, worth)).any()


@given(st.lists(st.booleans(), max_size=12))
def test_spells_are_the_runs_of_true(flags):
    covered = {m for a, b in spells([float(f) for f in flags], 0.5) for m in range(a, b + 1)}
    assert covered == {m for m, f in enumerate(flags) if f}
    if flags:
        assert first_month(np.array([flags]))[0] == (flags.index(True) if True in flags else np.inf)


@given(arrays(np.float64, (2, 3, 2), elements=st.floats(-10, 10)))
def test_worth_moves_only_with_the_change_of_its_drivers(drivers):
    start, weights = np.array([[50.0], [60.0]]), np.ones((2, 1, 2))
    path = worth_paths(start, drivers, weights)
    assert np.allclose(path[:, 0], start)
    assert np.allclose(worth_paths(start, drivers + 7, weights), path)


def test_quarters_pass_through_their_ends():
    path = monthly(np.array([[4.0, 1.0]]), [1.0], 6)[0]
    assert path[[0, 3, 6]].tolist() == [1.0, 4.0, 1.0]
    with pytest.raises(ValueError, match="do not reach"):
        monthly(np.array([[4.0]]), [1.0], 6)


@given(st.permutations([0, 1, 2]))
def test_time_favours_the_same_actor_whatever_the_order(order):
    worth = np.zeros((5, 4, 3))
    worth[:, :, 1] = [0, 2, 6, 5]
    worth[:, :, 2] = [0, -1, -2, -3]
    found = favour(worth[:, :, order], (0, 1, 2))
    assert order[found.actor] == 1
    assert (found.until, found.share) == (2, 1.0)
    assert favour(-np.abs(worth), (0, 2)).actor == -1
