"""Saaty 1977, doi:10.1016/0022-2496(77)90033-5: distances from Philadelphia, judged in pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.methods.pairwise import MOST, compare

# Cairo, Tokyo, Chicago, San Francisco, London, Montreal.
JUDGED = np.array(
    [
        [1, 1 / 3, 8, 3, 3, 7],
        [3, 1, 9, 3, 3, 9],
        [1 / 8, 1 / 9, 1, 1 / 6, 1 / 5, 2],
        [1 / 3, 1 / 3, 6, 1, 1 / 3, 6],
        [1 / 3, 1 / 3, 5, 3, 1, 6],
        [1 / 7, 1 / 9, 1 / 2, 1 / 6, 1 / 6, 1],
    ]
)


def test_the_published_weights_and_eigenvalue() -> None:
    found = compare(JUDGED)
    assert found.weights == pytest.approx([0.263, 0.397, 0.033, 0.116, 0.164, 0.027], abs=0.002)
    assert 6 + 5 * found.ratio * 1.24 == pytest.approx(6.45, abs=0.01)
    assert found.worst is not None


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=MOST))
def test_consistent_answers_give_back_their_weights(weights: list[float]) -> None:
    w = np.array(weights)
    found = compare(w[:, None] / w[None, :])
    assert found.weights == pytest.approx(w / w.sum(), rel=1e-6)
    assert found.ratio == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    "matrix",
    [np.zeros((2, 2)), np.array([[1, 2], [2, 1]]), np.ones((11, 11)), np.ones((2, 3)), np.ones((0, 0))],
)
def test_what_is_no_comparison_is_refused(matrix: np.ndarray) -> None:
    with pytest.raises(ValueError, match="compar"):
        compare(matrix)
