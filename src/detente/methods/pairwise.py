"""Weights from comparisons in pairs, with how consistent they are (Saaty 1977)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RANDOM_INDEX = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Mean consistency index of random matrices by size (Saaty 1980, The Analytic Hierarchy Process)."""

TOLERABLE = 0.10
"""Consistency ratio up to which Saaty calls judgements acceptable."""

MOST = len(RANDOM_INDEX) - 1
"""Most things compared: beyond ten nobody keeps the pairs in mind."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Weights and their consistency.

    Parameters
    ----------
    weights : (n,) float
        Sum to 1.
    ratio : float
        Consistency ratio: 0 is perfect, above `TOLERABLE` the comparisons contradict each other.
    worst : (i, j, k, implied, said) or None
        The three things that fit together least: i over j and j over k imply `implied` for i over k,
        `said` was said. None where all fit.
    """

    weights: Floats
    ratio: float
    worst: tuple[int, int, int, float, float] | None


def compare(matrix: Floats) -> Compared:
    """Return the weights behind a matrix of comparisons.

    The principal eigenvector gives the weights, its eigenvalue the consistency: (lambda - n) / (n - 1),
    held against what random answers give.

    Parameters
    ----------
    matrix : (n, n) float
        How many times more i weighs than j; positive, with ``matrix[j, i] = 1 / matrix[i, j]``.

    Raises
    ------
    ValueError
        If it is not such a matrix, or n is not 1 to `MOST`.

    References
    ----------
    Saaty 1977, A scaling method for priorities in hierarchical structures,
    doi:10.1016/0022-2496(77)90033-5.

    Examples
    --------
    >>> found = compare(np.array([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]]))
    >>> found.weights.round(2).tolist(), abs(found.ratio) < 1e-9, found.worst
    ([0.6, 0.3, 0.1], True, None)
    """
    n = len(matrix)
    if not 1 <= n <= MOST:
        raise ValueError(f"between 1 and {MOST} things can be compared, not {n}")
    if matrix.shape != (n, n) or not np.isfinite(matrix).all() or (matrix <= 0).any():
        raise ValueError("comparisons are positive numbers, one for each pair")
    if not np.allclose(matrix * matrix.T, 1.0):
        raise ValueError("comparing the other way round must give the inverse")
    values, vectors = np.linalg.eig(matrix)
    first = int(np.argmax(values.real))
    weights = np.abs(vectors[:, first].real)
    index = (float(values[first].real) - n) / (n - 1) if n > 2 else 0.0
    ratio = index / RANDOM_INDEX[n] if n > 2 else 0.0
    return Compared(weights / weights.sum(), max(0.0, ratio), _worst(matrix))


def _worst(matrix: Floats) -> tuple[int, int, int, float, float] | None:
    """Return the triple whose third comparison is furthest from what the other two imply."""
    found, most = None, 1e-9
    for i, j, k in combinations(range(len(matrix)), 3):
        implied = float(matrix[i, j] * matrix[j, k])
        off = abs(float(np.log(implied / matrix[i, k])))
        if off > most:
            found, most = (i, j, k, implied, float(matrix[i, k])), off
    return found
