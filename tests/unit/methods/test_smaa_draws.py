"""Draws keep to what was stated: orders, ties, ranges, sums; and refuse what contradicts itself."""

from __future__ import annotations

import numpy as np
import pytest

from detente.methods.smaa import Stated, central_weights, draw_points, evaluate, gain_quantiles


def stated(tier, low=10.0, high=60.0, values=None) -> Stated:
    tier = np.array(tier, dtype=np.int8)
    shape = tier.shape[:2]
    ends = (None, None) if values is None else (values[..., 0], values[..., 1])
    return Stated(tier, np.full(shape, low), np.full(shape, high), *ends)


def rng(seed: int = 5) -> np.random.Generator:
    return np.random.default_rng(seed)


def ranges(*pairs) -> np.ndarray:
    """One actor, one issue: ranges of options, None where unstated."""
    filled = [(np.nan, np.nan) if pair is None else pair for pair in pairs]
    return np.array(filled, dtype=float)[None, None]


def test_orders_ties_and_totals() -> None:
    case = stated([[[0, 1, 1, 2], [1, 0, -1, -1], [0, 0, 0, -1]]])
    points = draw_points(case, 400, rng())
    assert points.shape == (400, 1, 3, 4)
    first, second, tied = points[:, 0, 0], points[:, 0, 1], points[:, 0, 2]
    np.testing.assert_array_equal(first[:, 1], first[:, 2])
    assert (first[:, 0] > first[:, 1]).all()
    assert (first[:, 1] > first[:, 3]).all()
    assert (first[:, 3] == 0).all()
    assert (second[:, [0, 2, 3]] == 0).all()
    assert (tied == 0).all(), "an issue without a preference takes no weight"
    np.testing.assert_allclose(first[:, 0] + second[:, 1], 100)
    assert first[:, 0].std() > 5, "weights vary within their ranges"


def test_intermediate_tiers_are_order_statistics_of_uniforms() -> None:
    values = draw_points(stated([[[0, 1, 2, 3, 4]]]), 40_000, rng())[:, 0, 0] / 100
    np.testing.assert_allclose(values.mean(axis=0), [1, 0.75, 0.5, 0.25, 0], atol=0.005)
    k, n = np.array([3, 2, 1]), 3
    np.testing.assert_allclose(values.var(axis=0)[1:4], k * (n + 1 - k) / ((n + 1) ** 2 * (n + 2)), rtol=0.03)


@pytest.mark.parametrize(
    "boxes",
    [
        [(60, 100), None, (20, 70), (0, 30)],
        [None, (40, 90), (50, 80), None],
        [(30, 40), (30, 40), (10, 35), (10, 35)],
        [(80, 80), (20, 90), (40, 40), None, None, (5, 10)],
    ],
)
def test_value_ranges_are_drawn_uniformly_from_the_order_polytope(boxes) -> None:
    case = stated([[list(range(len(boxes)))]], values=ranges(*boxes))
    drawn = draw_points(case, 60_000, rng())[:, 0, 0] / 100
    low = np.array([b[0] if b else 0 for b in boxes]) / 100
    high = np.array([b[1] if b else 100 for b in boxes]) / 100
    if boxes[0] is None:
        low[0] = 1
    if boxes[-1] is None:
        high[-1] = 0
    assert (np.diff(drawn, axis=1) <= 0).all()
    assert (drawn >= low - 1e-12).all()
    assert (drawn <= high + 1e-12).all()
    tries = low + rng(9).random((1_500_000, len(boxes))) * (high - low)
    kept = tries[(np.diff(tries, axis=1) <= 0).all(axis=1)]
    assert len(kept) > 5_000
    np.testing.assert_allclose(drawn.mean(axis=0), kept.mean(axis=0), atol=0.004)
    np.testing.assert_allclose(np.cov(drawn.T), np.cov(kept.T), atol=0.001)


def test_same_seed_same_bytes_and_quasi_is_closer() -> None:
    case = stated([[[0, 1, 2, 3], [0, 1, 2, 3]]])
    assert draw_points(case, 50, rng()).tobytes() == draw_points(case, 50, rng()).tobytes()
    quasi = [draw_points(case, 1000, rng(s), quasi=True) for s in range(8)]
    plain = [draw_points(case, 1000, rng(s)) for s in range(8)]
    assert quasi[0].tobytes() == draw_points(case, 1000, rng(0), quasi=True).tobytes()
    spread = [np.std([draws[:, 0, 0, 1].mean() for draws in sets]) for sets in (quasi, plain)]
    assert spread[0] < spread[1] / 3


def test_what_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="contradict the order"):
        draw_points(stated([[[0, 1]]], values=ranges((10, 20), (30, 40))), 5, rng())
    with pytest.raises(ValueError, match="contradict the order"):
        draw_points(stated([[[0, 1, 1, 2]]], values=ranges(None, (10, 20), (30, 40), None)), 5, rng())
    with pytest.raises(ValueError, match="leave 0 to 100"):
        draw_points(stated([[[0, 1]]], values=ranges((90, 120), None)), 5, rng())
    with pytest.raises(ValueError, match="without a gap"):
        stated([[[0, 2]]])
    with pytest.raises(ValueError, match="low <= high"):
        stated([[[0, 1]]], low=3, high=2)
    with pytest.raises(ValueError, match="finite"):
        stated([[[0, 1]]], high=np.nan)
    with pytest.raises(ValueError, match="both ends"):
        stated([[[0, 1]]], values=ranges((10, np.nan), None))
    with pytest.raises(ValueError, match="no issue a salience"):
        draw_points(stated([[[0, 1]]], low=0, high=0), 5, rng())
    with pytest.raises(ValueError, match="at least once"):
        draw_points(stated([[[0, 1]]]), 0, rng())


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 5000.0])
def test_numbers_that_are_not_points_are_refused(bad: float) -> None:
    points, worth = np.ones((4, 1, 1, 2)), np.zeros((4, 1))
    deals, required, groups = np.array([[0], [1]]), np.array([True]), np.ones((1, 2), dtype=bool)
    for spoiled in (points, worth):
        before = spoiled.flat[0]
        spoiled.flat[0] = bad
        with pytest.raises(ValueError, match=r"finite|points"):
            evaluate(points, worth, deals, required, groups)
        spoiled.flat[0] = before
    evaluate(points, worth, deals, required, groups)


def test_wrong_shapes_are_refused() -> None:
    points, worth = np.ones((4, 2, 1, 2)), np.zeros((4, 2))
    deals, required, groups = np.array([[0], [1]]), np.array([True, True]), np.ones((1, 2), dtype=bool)
    with pytest.raises(ValueError, match="option that does not exist"):
        evaluate(points, worth, deals + 1, required, groups)
    with pytest.raises(ValueError, match="at least one actor"):
        evaluate(points, worth, deals, ~required, groups)
    with pytest.raises(ValueError, match="one column for each issue"):
        evaluate(points, worth, deals[:, [0, 0]], required, groups)
    with pytest.raises(ValueError, match="group, deal"):
        evaluate(points, worth, deals, required, groups[:, :1])
    with pytest.raises(ValueError, match="draw, actor"):
        evaluate(points, worth[:, :1], deals, required, groups)
    crowd = np.ones((4, 13, 1, 2)), np.zeros((4, 13)), deals, np.ones(13, dtype=bool), groups
    with pytest.raises(ValueError, match="at most 12"):
        evaluate(*crowd)
    with pytest.raises(ValueError, match="at least one draw"):
        evaluate(points, worth, deals[:0], required, groups[:, :0])


def test_quantiles_and_central_weights_equal_their_definition() -> None:
    points = draw_points(stated([[[0, 1, 2], [2, 0, 1]], [[2, 1, 0], [0, 1, 2]]]), 501, rng())
    worth = rng(8).uniform(30, 60, (501, 2))
    deals = np.array([[0, 1], [1, 1]])
    quantiles, weights = gain_quantiles(points, worth, deals), central_weights(points, worth, deals)
    for d, deal in enumerate(deals):
        for p in range(2):
            gains = points[:, p, 0, deal[0]] + points[:, p, 1, deal[1]] - worth[:, p]
            np.testing.assert_allclose(quantiles[:, d, p], np.quantile(gains, [0.05, 0.5, 0.95]))
            mine = points[gains >= 0][:, p].max(axis=2).mean(axis=0)
            np.testing.assert_allclose(weights[d, p], mine, equal_nan=True)
    never = central_weights(points, np.full((501, 2), 200.0), deals)
    assert np.isnan(never).all()
    with pytest.raises(ValueError, match="finite"):
        gain_quantiles(points, worth * np.nan, deals)
