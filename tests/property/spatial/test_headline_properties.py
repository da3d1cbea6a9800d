"""Properties of the headline: order, reflection, shift, scale and splitting of actors."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.methods.spatial import anchors, levers, mixture, scoring

Rows = list[tuple[int, int]]
ROWS = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 50)), min_size=1, max_size=9)
CENTRES = (anchors.weighted_mean, anchors.weighted_median, anchors.midrange, anchors.huber)


def arrays(rows: Rows) -> tuple[np.ndarray, np.ndarray]:
    x, w = np.array(rows, dtype=float).T
    return x, w


@given(ROWS, st.randoms(use_true_random=False))
def test_order_of_actors_does_not_matter(rows: Rows, random: object) -> None:
    x, w = arrays(rows)
    random.shuffle(rows)  # type: ignore[attr-defined]
    x2, w2 = arrays(rows)
    for centre in CENTRES:
        assert np.isclose(centre(x, w), centre(x2, w2), atol=1e-9)
    assert np.allclose(mixture.cdf(scoring.GRID, x, w), mixture.cdf(scoring.GRID, x2, w2), atol=1e-12)


@given(ROWS)
def test_reflection_of_the_scale_reflects_the_forecast(rows: Rows) -> None:
    x, w = arrays(rows)
    for centre in CENTRES:
        assert np.isclose(centre(100 - x, w), 100 - centre(x, w), atol=1e-9)
    # Reflected, "at or below z" becomes "at or above 100 - z"; between positions both agree.
    halves = np.arange(0.5, 100)
    f, g = mixture.cdf(halves, x, w), mixture.cdf(100 - halves[::-1], 100 - x, w)
    assert np.allclose(g, 1 - f[::-1], atol=1e-9)


@given(ROWS, st.floats(0.1, 50), st.floats(-20, 20))
def test_shift_and_scale_carry_over(rows: Rows, factor: float, shift: float) -> None:
    x, w = arrays(rows)
    for centre in (anchors.weighted_mean, anchors.weighted_median, anchors.midrange):
        assert np.isclose(centre(factor * x + shift, w), factor * centre(x, w) + shift, atol=1e-6)
        assert np.isclose(centre(x, factor * w), centre(x, w), atol=1e-9)


@given(ROWS, st.integers(0, 8))
def test_splitting_an_actor_changes_nothing(rows: Rows, which: int) -> None:
    x, w = arrays(rows)
    i = which % x.size
    half = np.append(w, w[i] / 2)
    half[i] /= 2
    twice = np.append(x, x[i])
    assert np.isclose(anchors.weighted_mean(twice, half), anchors.weighted_mean(x, w))
    assert np.isclose(anchors.weighted_median(twice, half), anchors.weighted_median(x, w))
    assert np.allclose(mixture.cdf(scoring.GRID, twice, half), mixture.cdf(scoring.GRID, x, w), atol=1e-12)


@given(ROWS)
def test_levers_are_the_derivatives(rows: Rows) -> None:
    x, w = arrays(rows)
    found = levers.levers(x, w)
    step = 1e-6
    for i in range(x.size):
        dx, dw = x.copy(), w.copy()
        dx[i] += step
        dw[i] += step
        base = anchors.weighted_mean(x, w)
        assert np.isclose((anchors.weighted_mean(dx, w) - base) / step, found.by_position[i], atol=1e-4)
        assert np.isclose((anchors.weighted_mean(x, dw) - base) / step, found.by_weight[i], atol=1e-3)


@given(ROWS)
def test_a_distribution_rises_from_nothing_to_one(rows: Rows) -> None:
    x, w = arrays(rows)
    f = mixture.cdf(scoring.GRID, x, w)
    assert (np.diff(f) >= -1e-12).all()
    assert np.isclose(f[-1], 1, atol=1e-12)
    assert (f[x.min() > scoring.GRID] == 0).all()


@given(st.integers(1, 8), st.integers(0, 10_000))
def test_a_step_of_weight_moves_the_compromise_as_told(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, w, more = rng.uniform(0, 100, n), rng.uniform(0.1, 5, n), rng.uniform(0, 5, n)
    told = levers.heavier(x, w, more)
    for i in range(n):
        raised = w.copy()
        raised[i] += more[i]
        moved = anchors.weighted_mean(x, raised) - anchors.weighted_mean(x, w)
        assert np.isclose(told[i], moved, atol=1e-9)
