"""The frustration index as an integer program, for networks too large to enumerate."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = tuple[list[int], list[int], list[float], list[float]]


def solve(W: Floats, triples: Ints, seconds: float) -> tuple[float, float, NDArray[np.int8]]:
    """Return index, proven lower bound and camps of the least frustrated two-way split.

    Parameters
    ----------
    W : ndarray, shape (n, n)
        Symmetric signed ties.
    triples : ndarray of int64, shape (T, 3)
        Triangles; each unbalanced one must hold a frustrated tie, which tightens the bound.
    seconds : float
        Time limit.

    Raises
    ------
    ValueError
        If the solver finds no split within the limit.

    Notes
    -----
    Variables: camp x_i in {0, 1}, frustration f_e >= 0 of each tie. Friendly: f >= x_i - x_j and
    f >= x_j - x_i; hostile: f >= x_i + x_j - 1 and f >= 1 - x_i - x_j. Minimise sum |w_e| f_e. Aref, Mason
    and Wilson (2020), doi:10.1002/net.21907. HiGHS through scipy.optimize.milp.

    Examples
    --------
    >>> W = np.array([[0.0, 1, 1], [1, 0, -1], [1, -1, 0]])
    >>> solve(W, np.array([[0, 1, 2]]), 5.0)[0]
    1.0
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    n = W.shape[0]
    ties = np.argwhere(np.triu(W, 1))
    if not len(ties):
        return 0.0, 0.0, np.zeros(n, dtype=np.int8)
    cost = np.concatenate([np.zeros(n), np.abs(W[ties[:, 0], ties[:, 1]])])
    row, column, value, floor = _rows(W, ties, triples)
    size = n + len(ties)
    upper = np.ones(size)
    upper[int(np.abs(W).sum(axis=1).argmax())] = 0.0  # the busiest node names camp 0: no mirror images
    answer: Any = milp(
        cost,
        integrality=np.r_[np.ones(n), np.zeros(len(ties))],
        bounds=Bounds(np.zeros(size), upper),
        constraints=LinearConstraint(
            csr_array((value, (row, column)), shape=(len(floor), size)), lb=np.array(floor)
        ),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if answer.x is None:
        raise ValueError(f"no split found within {seconds:g} seconds; allow more time")
    camps = np.rint(answer.x[:n]).astype(np.int8)
    camps ^= camps[0]
    index = frustrated_weight(W, camps)
    return index, min(index, float(answer.mip_dual_bound)), camps


def frustrated_weight(W: Floats, camps: NDArray[np.int8]) -> float:
    """Return the weight of hostile ties inside camps and friendly ties across.

    Examples
    --------
    >>> frustrated_weight(np.array([[0.0, 2.0], [2.0, 0.0]]), np.array([0, 1], dtype=np.int8))
    2.0
    """
    side = 1.0 - 2.0 * camps
    return float(np.maximum(-W * side[:, None] * side, 0).sum() / 2)


def _rows(W: Floats, ties: Ints, triples: Ints) -> Rows:
    """Return the constraints `>= floor` as sparse triplets."""
    n = W.shape[0]
    place = {(int(i), int(j)): n + e for e, (i, j) in enumerate(ties)}
    lines: list[tuple[list[tuple[int, float]], float]] = []
    for (i, j), f in place.items():
        if W[i, j] > 0:
            lines += [([(f, 1), (i, -1), (j, 1)], 0), ([(f, 1), (i, 1), (j, -1)], 0)]
        else:
            lines += [([(f, 1), (i, -1), (j, -1)], -1), ([(f, 1), (i, 1), (j, 1)], 1)]
    for i, j, k in triples.tolist():
        if W[i, j] * W[j, k] * W[i, k] < 0:
            lines.append(([(place[i, j], 1), (place[j, k], 1), (place[i, k], 1)], 1))
    entries = [(r, c, v) for r, (line, _) in enumerate(lines) for c, v in line]
    return (
        [r for r, _, _ in entries],
        [c for _, c, _ in entries],
        [v for _, _, v in entries],
        [floor for _, floor in lines],
    )
