"""Numbers in figures: ticks cover, decimals tell apart, signs are true."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.render.numbers import Style, digits_for, finite, ticks

number = st.floats(-1e6, 1e6)


@given(number, number, st.integers(2, 8))
def test_ticks_cover_the_interval_evenly_and_are_few(a: float, b: float, count: int) -> None:
    low, high = min(a, b), max(a, b)
    assume(high == low or high - low > 1e-6 * max(abs(low), abs(high), 1.0))
    marks = ticks(low, high, count)
    slack = 1e-8 * (marks[-1] - marks[0])
    assert marks[0] <= low + slack
    assert marks[-1] >= high - slack
    gaps = [later - earlier for earlier, later in itertools.pairwise(marks)]
    assert max(gaps) == pytest.approx(min(gaps), rel=1e-4)
    assert 2 <= len(marks) <= 2 * count + 3


@given(st.lists(st.floats(0.01, 1e4), min_size=2, max_size=6, unique=True))
def test_the_ends_of_a_scale_are_written_differently(values: list[float]) -> None:
    assume(max(values) - min(values) > 1e-3)
    style = Style(digits=digits_for(values))
    assert style.write(min(values)) != style.write(max(values))


def test_signs_are_true_and_zero_has_none() -> None:
    gains = Style("gain", 1, signed=True)
    assert [gains.write(v) for v in (-2.0, -0.01, 0.0, 2.0)] == ["−2.0", "0.0", "0.0", "+2.0"]


def test_small_counted_shares_are_not_shown_as_none() -> None:
    assert [Style("share").write(v) for v in (0.0, 0.001, 0.999, 1.0)] == [
        "0%",
        "under 1%",
        "over 99%",
        "100%",
    ]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_figure_refuses_what_is_not_a_number(value: float) -> None:
    with pytest.raises(ValueError, match="'Gains' was given a value that is not a finite number"):
        finite([1.0, value], "Gains")
