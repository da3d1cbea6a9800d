"""Every two-way split of a signed network, visited in Gray-code order to find the least frustrated."""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def least_frustration(draws: Floats) -> tuple[Floats, Ints]:
    """Return the least frustration of each drawn network, and one split that attains it.

    Parameters
    ----------
    draws : ndarray of float64, shape (D, n, n)
        Symmetric signed networks, n at most 62.

    Returns
    -------
    index : ndarray, shape (D,)
        Least total weight of hostile ties inside camps and friendly ties across.
    code : ndarray of int64, shape (D,)
        Bit i says in which camp node i is; node 0 is in camp 0.

    Notes
    -----
    One node changes camp from one split to the next, so a visit costs one matrix row (n operations), not
    one pass over all ties. Ties between splits go to the first found. Rounding from the running sum is
    removed by adding up the best split afresh.

    Examples
    --------
    >>> index, code = least_frustration(np.array([[[0.0, 1, 1], [1, 0, -1], [1, -1, 0]]]))
    >>> index.tolist()
    [1.0]
    """
    W = np.ascontiguousarray(draws, dtype=np.float64)
    code = _search(W)
    n = W.shape[1]
    side = 1.0 - 2.0 * (code[:, None] >> np.arange(n) & 1)
    agree = W * side[:, :, None] * side[:, None, :]
    return np.maximum(-agree, 0).sum(axis=(1, 2)) / 2, code


@njit(cache=True, parallel=True)
def _search(W: Floats) -> Ints:
    draws = W.shape[0]
    best_code = np.zeros(draws, dtype=np.int64)
    for d in prange(draws):
        best_code[d] = _search_one(W[d])
    return best_code


@njit(cache=True)
def _search_one(W: Floats) -> int:
    # Frustration differs from -sum(w s_i s_j)/2 by a constant, so the largest agreement wins.
    n = W.shape[0]
    side = np.ones(n)
    field = np.zeros(n)  # sum of w_ij s_j, kept up to date
    for i in range(n):
        for j in range(n):
            field[i] += W[i, j]
    agreement, best, code, best_code = 0.0, 0.0, 0, 0
    for step in range(1, 1 << (n - 1)):
        flip = 1  # node 0 stays; flip the node of the lowest set bit
        while not step >> (flip - 1) & 1:
            flip += 1
        agreement -= 2.0 * side[flip] * field[flip]
        side[flip] = -side[flip]
        for j in range(n):
            field[j] += 2.0 * W[j, flip] * side[flip]
        code ^= 1 << flip
        if agreement > best + 1e-9:
            best, best_code = agreement, code
    return best_code
