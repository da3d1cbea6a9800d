"""Anchors, levers, mixture and scores: what they refuse, and the clever code against the plain one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr

from detente.methods.spatial import anchors, levers, lottery, mixture, scoring


@pytest.mark.parametrize(
    ("position", "weight", "says"),
    [
        ([], [], "at least one actor"),
        ([0.0, np.nan], [1.0, 1.0], "finite"),
        ([0.0, 1.0], [1.0, -1.0], "negative"),
        ([0.0, 1.0], [0.0, 0.0], "not all zero"),
    ],
)
def test_bad_inputs_are_refused_in_words(position: list[float], weight: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        anchors.weighted_mean(position, weight)


def plain_cdf(points: np.ndarray, x: np.ndarray, w: np.ndarray, m: mixture.Mixture) -> np.ndarray:
    """Evaluate the definition one draw and one point at a time."""
    total = np.zeros(points.size)
    for row, weight in zip(x, w, strict=True):
        held = sorted(set(row))
        mass = np.array([weight[row == p].sum() for p in held]) ** m.power
        mu, (lo, hi) = np.average(row, weights=weight), (row.min(), row.max())
        a, b = ndtr((lo - mu) / m.sigma), ndtr((hi - mu) / m.sigma)
        for k, z in enumerate(points):
            drawn = mass[np.array(held) <= z].sum() / mass.sum()
            normal = 0.0 if z < lo else 1.0 if z >= hi else (ndtr((z - mu) / m.sigma) - a) / (b - a)
            total[k] += m.lottery * drawn + (1 - m.lottery) * normal
    return total / len(x)


@pytest.mark.parametrize("sigma", [3.0, 20.0, 60.0])
@pytest.mark.parametrize("shared", [True, False])
def test_fast_mixture_equals_the_definition(sigma: float, shared: bool) -> None:
    rng = np.random.default_rng(7)
    x = rng.integers(0, 21, (60, 6)) * 5.0
    if shared:
        x = np.tile(x[:1], (60, 1))
    w = rng.uniform(0.01, 1, (60, 6))
    m = mixture.Mixture(0.4, 0.7, sigma, merge=0.0)
    points = np.linspace(0, 100, 41)
    fast = mixture.cdf(points, x[0] if shared else x, w, m)
    assert fast == pytest.approx(plain_cdf(points, x, w, m), abs=1e-12)


def test_draws_in_blocks_equal_draws_at_once() -> None:
    rng = np.random.default_rng(3)
    x, w = rng.uniform(0, 100, (5000, 4)), rng.uniform(0.1, 1, (5000, 4))
    halves = [mixture.cdf(scoring.GRID, x[i::2], w[i::2]) for i in (0, 1)]
    assert mixture.cdf(scoring.GRID, x, w) == pytest.approx((halves[0] + halves[1]) / 2, abs=1e-12)


def test_mean_is_the_area_above_the_distribution_function() -> None:
    x, w = np.array([5.0, 40.0, 90.0]), np.array([1.0, 3.0, 2.0])
    area, _ = quad(lambda z: 1 - float(mixture.cdf([z], x, w)[0]), 0, 100, points=[5, 40, 90], limit=200)
    assert mixture.mean(x, w) == pytest.approx(area, abs=1e-6)


def test_samples_follow_the_distribution_function() -> None:
    rng = np.random.default_rng(11)
    x, w = np.array([10.0, 30.0, 80.0]), np.array([1.0, 2.0, 1.0])
    drawn = mixture.sample(np.tile(x, (40_000, 1)), w, rng)
    seen = scoring.empirical(drawn)
    # Kolmogorov bound at the 1e-6 level for 40,000 draws.
    assert np.abs(seen - mixture.cdf(scoring.GRID, x, w)).max() < 0.0135


def test_consensus_is_certain() -> None:
    f = mixture.cdf(scoring.GRID, [40.0, 40.0], [[1.0, 2.0], [2.0, 1.0]])
    assert f[39] == 0
    assert f[40] == 1
    assert mixture.mean([40.0, 40.0], [1.0, 2.0]) == pytest.approx(40.0)


def test_near_neighbours_share_a_place() -> None:
    place, probability = lottery.lottery([0.0, 0.4, 100.0], [1.0, 1.0, 2.0], 1.0, 0.5)
    assert place.tolist() == [0.2, 100.0]
    assert probability.tolist() == [0.5, 0.5]


def test_each_actor_alone_can_carry_the_compromise_where_arithmetic_allows() -> None:
    x, w = np.array([0.0, 50.0, 100.0]), np.array([1.0, 2.0, 1.0])
    need = levers.carry(x, w, 60.0)
    for i in range(3):
        moved = x.copy()
        moved[i] = need.position[i]
        assert anchors.weighted_mean(moved, w) == pytest.approx(60.0)
    for i in (0, 2):  # less of the one end, or more of the other
        grown = w.copy()
        grown[i] = need.weight[i]
        assert anchors.weighted_mean(x, grown) == pytest.approx(60.0)
    assert np.isinf(need.weight[1])


def test_pull_is_what_leaving_would_undo() -> None:
    x, w = np.array([0.0, 50.0, 100.0]), np.array([1.0, 2.0, 3.0])
    found = levers.levers(x, w)
    without = anchors.weighted_mean(x[:2], w[:2])
    assert found.pull[2] == pytest.approx(float(found.compromise - without))
    assert levers.levers([5.0], [1.0]).pull.tolist() == [0.0]


def test_pivot_names_both_sides_of_a_gap() -> None:
    found = levers.pivot([0, 10, 40], [1, 1, 2])
    assert (found.position, found.actors, found.down, found.up) == (25.0, (1, 2), 0.0, 0.0)


def test_a_rough_mixture_is_refused() -> None:
    with pytest.raises(ValueError, match=r"lies on 0\.\.1"):
        mixture.Mixture(lottery=1.2)
    with pytest.raises(ValueError, match="positive"):
        mixture.Mixture(sigma=0)


def test_crps_of_a_point_is_its_error() -> None:
    assert scoring.crps(scoring.point([20.0, 90.0]), [50.0, 50.0]).tolist() == [30.0, 40.0]
    with pytest.raises(ValueError, match="101 points"):
        scoring.crps(np.zeros(10), 50.0)


def test_folds_never_split_a_group() -> None:
    groups = [f"p{i // 3}" for i in range(60)]
    folds = scoring.grouped_folds(groups, 5, np.random.default_rng(2))
    assert all(len(set(folds[i : i + 3])) == 1 for i in range(0, 60, 3))
    assert np.bincount(folds).tolist() == [12] * 5
    with pytest.raises(ValueError, match="cannot be dealt"):
        scoring.grouped_folds(["a", "b"], 3, np.random.default_rng(2))


def test_clusters_widen_the_interval_of_a_difference() -> None:
    rng = np.random.default_rng(4)
    gap = np.repeat(rng.normal(size=20), 10)
    zero = np.zeros(200)
    whole = scoring.paired_difference(gap, zero, [str(i // 10) for i in range(200)], np.random.default_rng(1))
    rows = scoring.paired_difference(gap, zero, [str(i) for i in range(200)], np.random.default_rng(1))
    assert whole.high - whole.low > 2 * (rows.high - rows.low)


@pytest.mark.parametrize("draws", [1, 3000])
@pytest.mark.parametrize("with_others", [True, False])
def test_actors_on_one_point_leave_a_step_there(draws: int, with_others: bool) -> None:
    x, w = np.full((draws, 3), 40.0), np.ones((draws, 3))
    if with_others:  # draws that do spread must not be touched by those that do not
        x[::2] = 0.0, 40.0, 100.0
    points = np.linspace(0, 100, 41)
    with np.errstate(all="raise"):
        fast = mixture.cdf(points, x, w)
    step = (points >= 40).astype(float)
    spread = mixture.cdf(points, [0.0, 40.0, 100.0], np.ones(3))
    share = np.mean(np.ptp(x, axis=1) > 0)
    assert fast == pytest.approx(share * spread + (1 - share) * step, abs=1e-12)
