"""Symmetries of the expected utility model: order, units, power in common, reflection (pairwise only)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.spatial import eum

SEEDS = st.integers(0, 10_000)


def draw(seed: int) -> tuple[np.ndarray, ...]:
    """Return real-valued inputs: exact ties, which are broken by input order, then have probability zero."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 8))
    return rng.uniform(0, 100, n), rng.uniform(0.1, 1, n), rng.uniform(0.1, 1, n)


def first_round(x: np.ndarray, c: np.ndarray, s: np.ndarray, reading: str) -> np.ndarray:
    # Later rounds meet exact ties (actors who took the same place), which input order decides.
    return eum.play(x, c, s, reading, rounds=1).position[-1]  # type: ignore[arg-type]


@pytest.mark.parametrize("reading", ["scholz", "pairwise"])
@settings(deadline=None, max_examples=40)
@given(seed=SEEDS)
def test_order_and_units_do_not_matter(reading: str, seed: int) -> None:
    x, c, s = draw(seed)
    found = first_round(x, c, s, reading)
    order = np.random.default_rng(seed + 1).permutation(x.size)
    assert first_round(x[order], c[order], s[order], reading) == pytest.approx(found[order], abs=1e-6)
    assert first_round(x, 3 * c, s, reading) == pytest.approx(found, abs=1e-6)
    if reading == "pairwise":  # the other reading chooses compromises by a position, so units matter there
        assert first_round(2 * x + 7, c, s, reading) == pytest.approx(2 * found + 7, abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(seed=SEEDS)
def test_reflection_holds_in_the_pairwise_reading(seed: int) -> None:
    x, c, s = draw(seed)
    found = first_round(x, c, s, "pairwise")
    assert first_round(100 - x, c, s, "pairwise") == pytest.approx(100 - found, abs=1e-6)


def test_reflection_fails_in_the_published_replication() -> None:
    """The published key for compromises is a position, so it prefers low numbers."""
    broken = 0
    for seed in range(200):
        x, c, s = draw(seed)
        found = first_round(x, c, s, "scholz")
        broken += not np.allclose(first_round(100 - x, c, s, "scholz"), 100 - found, atol=1e-6)
    assert broken > 0
