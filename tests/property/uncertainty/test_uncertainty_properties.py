"""What the definitions promise of rank indices, crossings, values of knowing and boxes, whatever the data."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.uncertainty import information, prim, rank_indices, spread
from detente.methods.uncertainty.crossing import crossing

seeds = st.integers(0, 10_000)


def sample(seed: int, n: int, k: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.uniform(size=(n, k))
    return x, x[:, 0] * 3 + rng.normal(0, 0.5, n)


@given(seeds, st.floats(0.1, 50), st.floats(-1e3, 1e3))
@settings(max_examples=25)
def test_indices_ignore_units(seed: int, factor: float, shift: float) -> None:
    x, y = sample(seed, 120, 3)
    plain = rank_indices.first_order(x, y).share
    assert np.allclose(rank_indices.first_order(np.exp(x), y).share, plain)
    assert np.allclose(rank_indices.first_order(x, factor * y + shift).share, plain, atol=1e-6)
    assert np.allclose(rank_indices.first_order(x[:, ::-1], y).share[::-1], plain)
    assert (plain <= 1 + 1e-9).all()


def test_indices_refuse_what_they_cannot_use() -> None:
    with pytest.raises(ValueError, match="too few"):
        rank_indices.first_order(np.zeros((10, 2)), np.zeros(10))
    with pytest.raises(ValueError, match="shape"):
        rank_indices.first_order(np.zeros((50, 2)), np.zeros(40))
    with pytest.raises(ValueError, match="finite"):
        rank_indices.first_order(np.zeros((50, 2)), np.full(50, np.nan))
    assert rank_indices.first_order(np.zeros((50, 2)), np.ones(50)).share.tolist() == [0, 0]


@given(st.floats(-50, 50), st.floats(1, 100), st.booleans(), st.floats(0.01, 0.99))
def test_a_crossing_is_bracketed_and_narrow(start: float, width: float, rising: bool, where: float) -> None:
    level = start + where * width

    def above(v: float) -> bool:
        return (v >= level) == rising

    found = crossing(above, (start, above(start)), (start + width, above(start + width)))
    assert found is not None
    assert found.low <= level <= found.high
    assert found.high - found.low <= width / 100
    assert found.rising is rising
    back = crossing(above, (start + width, above(start + width)), (start, above(start)))
    assert back is not None
    assert back.rising is not rising


@given(seeds, st.integers(40, 200))
@settings(max_examples=25)
def test_knowing_is_never_worth_more_than_all_wrong_calls(seed: int, n: int) -> None:
    x, y = sample(seed, n, 3)
    yes = y > np.median(y)
    found = information.knowing(x, yes)
    assert (found.drop <= found.wrong + 1e-12).all()
    assert np.allclose(information.knowing(x[:, ::-1], yes).drop[::-1], found.drop)


@given(seeds, st.sampled_from([0.05, 0.1]), st.integers(60, 300))
@settings(max_examples=25)
def test_peels_are_nested_patient_and_never_lower_the_density(seed: int, alpha: float, n: int) -> None:
    x, y = sample(seed, n, 3)
    yes = y > np.quantile(y, 0.7)
    boxes = prim.trajectory(x, yes, alpha, 0.1)
    assert (boxes[0].mass, boxes[0].coverage) == (1, 1)
    for one, two in itertools.pairwise(boxes):
        assert not (two.holds(x) & ~one.holds(x)).any()
        assert two.density >= one.density
        assert two.coverage <= one.coverage
        assert (two.low != one.low).sum() + (two.high != one.high).sum() == 1
        # At most a share alpha goes at once; with distinct values, one draw more by rounding.
        assert one.mass - two.mass <= alpha * one.mass + 1.5 / n
        assert two.mass >= 0.1
    grown = prim.pasted(boxes[-1], x, yes)
    assert grown.density >= boxes[-1].density
    assert grown.mass >= boxes[-1].mass


@given(seeds)
@settings(max_examples=25)
def test_restrictions_that_stay_are_no_chance(seed: int) -> None:
    x, y = sample(seed, 200, 3)
    yes = y > np.quantile(y, 0.7)
    box = prim.discover(x, yes)
    assert all(p <= prim.CHANCE for p in prim.by_chance(box, x, yes).values())


def test_ties_are_cut_off_together() -> None:
    x = np.repeat([[0.0], [1.0], [2.0]], 20, axis=0)
    box = prim.trajectory(x, x[:, 0] == 2)[-1]
    assert box.density == 1
    assert box.low[0] == 2


def test_outcomes_that_never_vary_are_refused() -> None:
    for yes in (np.zeros(20, dtype=bool), np.ones(20, dtype=bool)):
        with pytest.raises(ValueError, match="no box"):
            prim.trajectory(np.zeros((20, 1)), yes)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=80), st.floats(0.05, 0.95))
def test_a_quantile_lies_in_its_interval(values: list[float], level: float) -> None:
    found = spread.quantile(values, level)
    assert min(values) <= found.low <= found.high <= max(values)
