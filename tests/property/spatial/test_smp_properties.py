"""Properties of the Spatial Model of Politics that its rounding and its third parties would break."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.spatial import smp, smp_kernel

SEEDS = st.integers(0, 10_000)
QUICK = settings(deadline=None, max_examples=40)


def draw(seed: int) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 8))
    return rng.uniform(0, 100, n), rng.uniform(0.1, 1, n), rng.uniform(0.1, 1, n)


def first_turn(x: np.ndarray, c: np.ndarray, s: np.ndarray) -> np.ndarray:
    return smp.play(x, c, s, turns=1).position[-1, :, 0]


@QUICK
@given(seed=SEEDS)
def test_order_reflection_and_units_of_power_do_not_matter(seed: int) -> None:
    x, c, s = draw(seed)
    found = first_turn(x, c, s)
    order = np.random.default_rng(seed + 1).permutation(x.size)
    assert first_turn(x[order], c[order], s[order]) == pytest.approx(found[order], abs=1e-4)
    assert first_turn(100 - x, c, s) == pytest.approx(100 - found, abs=1e-4)
    # Two constants of the model (1e-8, 1e-10) carry units of power; large units make them vanish.
    assert first_turn(x, 1000 * c, s) == pytest.approx(first_turn(x, 3000 * c, s), abs=1e-4)


def test_rounding_half_up_breaks_reflection() -> None:
    low, high = smp_kernel.rounded_off(0.00005, 1), smp_kernel.rounded_off(0.99995, 1)
    assert (low, high) == (0.0001, 1.0)
    assert smp_kernel.rounded_off(0.00005, 0) == 0.00005


def chance(x: np.ndarray, c: np.ndarray, s: np.ndarray, third: int) -> float:
    n = x.size
    apart, view = np.empty((n, n)), np.empty((n, n))
    smp_kernel.distances(x[:, None] / 100, s[:, None].copy(), apart)
    smp_kernel.outlook(apart, np.zeros(n), 0, 1 / 3, view)
    return float(smp_kernel.contest(view, c * s, (0, 1), 0, third))


@QUICK
@given(seed=SEEDS, strength=st.floats(0.1, 50), nearness=st.floats(0, 0.45))
def test_an_added_ally_never_lowers_the_chance_when_corrected(
    seed: int, strength: float, nearness: float
) -> None:
    x, c, s = draw(seed)
    ally = x[0] + nearness * (x[1] - x[0])  # nearer to the challenger than to the target
    more = np.append(x, ally), np.append(c, strength), np.append(s, 0.5)
    before = chance(x, c, s, smp_kernel.PREFERRED)
    assert chance(*more, smp_kernel.PREFERRED) >= before - 1e-12


def test_an_added_ally_can_lower_the_chance_in_the_original() -> None:
    x, c, s = np.array([0.0, 100.0]), np.array([100.0, 100.0]), np.array([0.8, 0.8])
    with_ally = np.array([0.0, 100.0, 5.0]), np.array([100.0, 100.0, 1000.0]), np.full(3, 0.8)
    assert chance(*with_ally, smp_kernel.SEMI) < chance(x, c, s, smp_kernel.SEMI)
