"""Nash bargaining: its limits, its refusals, and a plain search for the maximum."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from detente.methods.spatial.nash import bargain, with_others

X, C, S = np.array([0.0, 40.0, 100.0]), np.array([2.0, 1.0, 1.0]), np.array([1.0, 0.5, 0.8])


def test_as_no_deal_gets_worse_for_all_the_compromise_returns() -> None:
    compromise = np.average(X, weights=C * S)
    gaps = [abs(bargain(X, C, S, np.full(3, D)).point[0] - compromise) for D in (1e4, 1e5, 1e6, 1e9)]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 1e-6 * 100


def test_losses_in_proportion_to_salience_lead_to_the_capability_mean() -> None:
    found = bargain(X, C, S, S * 1e10)
    assert found.point[0] == pytest.approx(np.average(X, weights=C), abs=1e-4)


def test_an_empty_zone_gives_no_point() -> None:
    found = bargain(X, C, S, [900.0, 900.0, 900.0])
    assert found.low[0] >= found.high[0]
    assert not found.exists[0]
    assert np.isnan(found.point[0])
    assert found.share == 0


def test_zones_that_only_touch_are_empty() -> None:
    assert not bargain([0.0, 100.0], [1, 1], [1, 1], [2500.0, 2500.0]).exists[0]
    assert bargain([0.0, 100.0], [1, 1], [1, 1], [2501.0, 2501.0]).exists[0]


def test_no_deal_better_than_anything_leaves_no_zone() -> None:
    assert not bargain([0.0, 10.0], [1, 1], [1, 0], [5000.0, -1.0], (0, 100)).exists[0]


def test_the_scale_can_cut_the_zone_at_an_end() -> None:
    found = bargain([-30.0, -10.0], [1, 1], [1, 1], [5000.0, 5000.0], (0.0, 100.0))
    assert found.exists[0]
    assert found.point[0] == pytest.approx(0.0, abs=1e-9)


def test_who_does_not_care_does_not_pull() -> None:
    two = bargain([20.0, 60.0], [1, 3], [1, 1], [4000.0, 4000.0], (0, 100))
    three = bargain([20.0, 60.0, 95.0], [1, 3, 9], [1, 1, 0], [4000.0, 4000.0, 10.0], (0, 100))
    assert three.point == pytest.approx(two.point)


@pytest.mark.parametrize(
    ("c", "s", "D", "says"),
    [
        ([0, 1], [1, 1], [1, 1], "capability above zero"),
        ([1, 1], [0, 0], [1, 1], "somebody must care"),
        ([1, 1], [1, 1], [np.nan, 1], "finite"),
    ],
)
def test_refusals(c: list[float], s: list[float], D: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        bargain([0, 1], c, s, D)


def test_many_draws_equal_a_plain_search() -> None:
    rng = np.random.default_rng(5)
    x, c, s = rng.uniform(0, 100, (40, 4)), rng.uniform(0.1, 2, (40, 4)), rng.uniform(0.1, 1, (40, 4))
    D = s * rng.uniform(20, 90, (40, 4)) ** 2
    found = bargain(x, c, s, D, (0, 100))
    assert 0 < found.share < 1
    for b in np.flatnonzero(found.exists):

        def loss(z: float, b: int = b) -> float:
            return -float((c[b] * np.log(np.maximum(D[b] - s[b] * (z - x[b]) ** 2, 1e-300))).sum())

        best = minimize_scalar(loss, bounds=(found.low[b], found.high[b]), options={"xatol": 1e-9})
        assert found.point[b] == pytest.approx(best.x, abs=1e-4)


def test_enough_others_bound_the_zone_and_the_point_as_a_search_along_the_line_finds() -> None:
    rng = np.random.default_rng(7)
    line = np.linspace(0, 100, 20_001)
    zones = 0
    for _ in range(60):
        required = tuple(rng.uniform(a, b, 2) for a, b in ((0, 100), (1, 5), (0.2, 1), (900, 4000)))
        others = tuple(rng.uniform(a, b, 3) for a, b in ((0, 100), (1, 5), (0.2, 1), (-200, 1500)))
        least = int(rng.integers(0, 4))
        found = with_others(required, others, least, (0, 100))
        gains, theirs = (
            D[:, None] - s[:, None] * (line - x[:, None]) ** 2 for x, _, s, D in (required, others)
        )
        fits = (gains > 0).all(axis=0) & ((theirs > 0).sum(axis=0) >= least)
        if not fits.any():
            assert not found.exists[0] or found.high[0] - found.low[0] < 0.01
            continue
        zones += 1
        assert found.exists[0]
        assert (found.low[0], found.high[0]) == pytest.approx((line[fits].min(), line[fits].max()), abs=0.01)
        worth = np.where(
            fits, (required[1][:, None] * np.log(np.where(gains > 0, gains, 1))).sum(axis=0), -np.inf
        )
        best = worth.max()
        at = np.interp(
            found.point[0], line, (required[1][:, None] * np.log(np.maximum(gains, 1e-9))).sum(axis=0)
        )
        assert at >= best - 0.01
    assert zones > 10


def test_more_others_than_there_are_can_never_accept() -> None:
    with pytest.raises(ValueError, match="can never accept"):
        with_others((X, C, S, S * 1e4), ([50.0], [1.0], [1.0], [100.0]), 2)
