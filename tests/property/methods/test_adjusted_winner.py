"""Adjusted Winner keeps its promises: equal scores, no envy, nothing better for both, one split at most."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.dealspace.adjusted_winner import adjusted_winner


@st.composite
def points(draw, issues: int):
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=issues - 1, max_size=issues - 1)))
    return [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]


@settings(max_examples=150, deadline=None)
@given(st.data(), st.integers(1, 7))
def test_promises(data, issues: int) -> None:
    a, b = data.draw(points(issues)), data.draw(points(issues))
    found = adjusted_winner(a, b)
    assert found.points[0] == found.points[1] >= 50, "equitable and envy-free"
    parts = [i for i, share in enumerate(found.shares) if 0 < share < 1]
    assert parts == ([] if found.split is None else [found.split])
    assert all(0 <= share <= 1 for share in found.shares)
    assert found.points[0] == sum(p * s for p, s in zip(a, found.shares, strict=True))
    assert found.points == adjusted_winner(b, a).points, "the order of the actors does not matter"
    for i, give in enumerate(found.shares):
        for j, take in enumerate(found.shares):
            if give > 0 and take < 1:
                assert a[i] * b[j] >= a[j] * b[i], "no swap between two issues helps both"


def test_the_scores_are_the_best_equal_scores() -> None:
    """Against a fine grid of divisions of three issues."""
    a, b = [50, 30, 20], [20, 35, 45]
    best = adjusted_winner(a, b).points[0]
    steps = [Fraction(k, 20) for k in range(21)]
    grid = [(x, y, z) for x in steps for y in steps for z in steps]
    least = max(
        min(
            sum(p * s for p, s in zip(a, shares, strict=True)),
            sum(p * (1 - s) for p, s in zip(b, shares, strict=True)),
        )
        for shares in grid
    )
    assert least <= best <= least + 2


@pytest.mark.parametrize(
    ("a", "b"),
    [([50, 50], [100]), ([50, 40], [50, 50]), ([-1, 101], [50, 50]), ([float("nan"), 1], [50, 50])],
)
def test_what_is_not_a_hundred_points_is_refused(a, b) -> None:
    with pytest.raises(ValueError, match=r"100 points|same issues|finite"):
        adjusted_winner(a, b)
