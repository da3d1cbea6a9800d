"""Properties of Nash bargaining: better outside options pull, zones nest, symmetry holds."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.methods.spatial.nash import Bargain, bargain

ACTOR = st.tuples(st.integers(0, 100), st.integers(1, 20), st.integers(1, 20), st.integers(30, 150))
ACTORS = st.lists(ACTOR, min_size=2, max_size=5)


def solve(rows: list[tuple[int, int, int, int]]) -> Bargain:
    x, c, s, reach = np.array(rows, dtype=float).T
    return bargain(x, c, s, s * reach**2, (0.0, 100.0))


@given(ACTORS, st.integers(1, 20))
def test_a_better_outside_option_pulls_the_deal_towards_its_owner(
    rows: list[tuple[int, int, int, int]], step: int
) -> None:
    before = solve(rows)
    x, c, s, reach = rows[0]
    after = solve([(x, c, s, max(10, reach - step)), *rows[1:]])
    assume(after.exists[0])
    assert before.exists[0]
    assert after.low[0] >= before.low[0]
    assert after.high[0] <= before.high[0]
    side = np.sign(x - before.point[0])
    assert side * (after.point[0] - before.point[0]) >= -1e-9


@given(ACTORS)
def test_the_point_lies_inside_the_zone_and_between_the_positions(
    rows: list[tuple[int, int, int, int]],
) -> None:
    found = solve(rows)
    assume(found.exists[0])
    assert found.low[0] <= found.point[0] <= found.high[0]
    held = [r[0] for r in rows]
    assert min(held) - 1e-9 <= found.point[0] <= max(held) + 1e-9


@given(ACTORS)
def test_order_reflection_and_units_of_capability(rows: list[tuple[int, int, int, int]]) -> None:
    found = solve(rows)
    assert solve(rows[::-1]).exists[0] == found.exists[0]
    assume(found.exists[0])
    mirrored = solve([(100 - x, c, s, r) for x, c, s, r in rows])
    scaled = solve([(x, 3 * c, s, r) for x, c, s, r in rows])
    assert np.isclose(mirrored.point[0], 100 - found.point[0], atol=1e-7)
    assert np.isclose(scaled.point[0], found.point[0], atol=1e-7)
    assert np.isclose(solve(rows[::-1]).point[0], found.point[0], atol=1e-7)
