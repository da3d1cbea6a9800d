"""Structural balance of signed networks: triads, pull on ties, and the frustration index."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.errors import TooLarge
from detente.methods.relations.splits import least_frustration

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EXACT_UP_TO = 20
"""Nodes up to which all two-way splits are enumerated: 2^19 splits (conflict-models.md, section 5)."""

MILP_UP_TO = 400
"""Nodes beyond which no integer program is started: judgement, memory of the constraint matrix."""


@dataclass(frozen=True, slots=True)
class Frustration:
    """How far a signed network is from two friendly camps.

    Parameters
    ----------
    index : float
        Smallest total weight of ties whose sign must flip; a count where all weights are 1.
    lower : float
        Proven lower bound; equal to `index` where `exact`.
    exact : bool
        Whether `index` is proven smallest.
    camps : ndarray of int8, shape (n,)
        One best split, 0 or 1; node 0 is in camp 0.
    """

    index: float
    lower: float
    exact: bool
    camps: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Triads:
    """Triangles of ties of one network.

    Parameters
    ----------
    nodes : ndarray of int64, shape (T, 3)
        Nodes of each triangle, ascending.
    sign : ndarray of int64, shape (T,)
        1 where balanced (an even number of hostile ties), -1 where not.
    strength : ndarray of float64, shape (T,)
        Geometric mean of the three absolute weights.
    """

    nodes: Ints
    sign: Ints
    strength: Floats

    @property
    def balanced(self) -> int:
        """Number of balanced triangles."""
        return int((self.sign > 0).sum())


def triads(weights: ArrayLike) -> Triads:
    """Return every triangle of ties with its balance.

    Parameters
    ----------
    weights : array_like, shape (n, n)
        Symmetric signed ties; 0 where there is none; the diagonal is 0.

    Raises
    ------
    ValueError
        If the matrix is not square, symmetric, finite, or has ties of a node to itself.

    Notes
    -----
    D. Cartwright and F. Harary, "Structural balance: a generalization of Heider's theory",
    Psychological Review 63 (1956), 277-293, doi:10.1037/h0046049.

    Examples
    --------
    Two friends who disagree about a third:

    >>> found = triads([[0, 1, 1], [1, 0, -1], [1, -1, 0]])
    >>> found.nodes.tolist(), found.sign.tolist()
    ([[0, 1, 2]], [-1])
    """
    W = signed_matrix(weights)
    nodes = triangles(W)
    i, j, k = nodes.T
    product = W[i, j] * W[j, k] * W[i, k]
    return Triads(nodes, np.sign(product).astype(np.int64), np.cbrt(np.abs(product)))


def triangles(weights: Floats) -> Ints:
    """Return the node triples all of whose three ties exist, ascending, shape (T, 3).

    Examples
    --------
    >>> triangles(np.ones((3, 3)) - np.eye(3)).tolist()
    [[0, 1, 2]]
    """
    tied = np.triu(weights != 0, 1)
    found = [(i, j, k) for i, j in np.argwhere(tied) for k in np.flatnonzero(tied[i] & tied[j])]
    return np.array(found, dtype=np.int64).reshape(-1, 3)


def pull(weights: ArrayLike) -> Floats:
    """Return how friends and enemies in common push each tie.

    Parameters
    ----------
    weights : array_like, shape (..., n, n)
        Symmetric signed ties on -1 .. 1; leading axes are draws.

    Returns
    -------
    ndarray, shape (..., n, n)
        Sum over third nodes k of w_ik w_kj, over n - 2: the right-hand side of dX/dt = X^2 without
        self-ties. Positive draws the pair together, negative drives it apart; diagonal 0.

    Raises
    ------
    ValueError
        If a tie is not a number.

    Notes
    -----
    K. Kulakowski, P. Gawronski and P. Gronek (2005), doi:10.1142/S012918310500742X; S. A. Marvel,
    J. Kleinberg, R. D. Kleinberg and S. H. Strogatz (2011), doi:10.1073/pnas.1013213108.

    Examples
    --------
    A friend's enemy is pushed away:

    >>> float(pull([[0, 1, 1], [1, 0, -1], [1, -1, 0]])[0, 2])
    -1.0
    """
    W = np.asarray(weights, dtype=np.float64)
    if not np.isfinite(W).all():
        raise ValueError("a tie is not a number")
    n = W.shape[-1]
    if n < 3:
        return np.zeros_like(W)
    return np.asarray((W @ W) * (1 - np.eye(n)) / (n - 2))


def frustration(weights: ArrayLike, seconds: float = 20.0) -> Frustration:
    """Return the frustration (line) index: the least weight of ties that must flip for balance.

    Parameters
    ----------
    weights : array_like, shape (n, n)
        Symmetric signed ties; pass signs (-1, 0, 1) to count ties instead of weighing them.
    seconds : float
        Time limit of the integer program used above 20 nodes; when it strikes, the result is a bound
        and says so.

    Raises
    ------
    ValueError
        If the matrix is not a symmetric signed network.
    TooLarge
        Above 400 nodes.

    Notes
    -----
    Up to 20 nodes all two-way splits are enumerated in Gray-code order; beyond, the AND model of S. Aref,
    A. J. Mason and M. C. Wilson, "A modeling and computational study of the frustration index in signed
    networks", Networks 75 (2020), 95-110, doi:10.1002/net.21907, solved by HiGHS. The index itself:
    F. Harary (1959), doi:10.1002/bs.3830040405.

    Examples
    --------
    >>> result = frustration([[0, 1, 1], [1, 0, -1], [1, -1, 0]])
    >>> result.index, result.exact
    (1.0, True)
    """
    W = signed_matrix(weights)
    n = W.shape[0]
    if n > MILP_UP_TO:
        raise TooLarge(f"a network of {n} nodes is above the limit of {MILP_UP_TO}; keep the main actors")
    if n <= EXACT_UP_TO:
        index, code = least_frustration(W[None])
        camps = (code[0] >> np.arange(n) & 1).astype(np.int8)
        return Frustration(float(index[0]), float(index[0]), True, camps)
    from detente.methods.relations.program import solve

    index_, lower, camps = solve(W, triangles(W), seconds)
    return Frustration(index_, lower, bool(index_ - lower <= 1e-6 * max(1.0, index_)), camps)


def signed_matrix(weights: ArrayLike) -> Floats:
    """Return the ties as a float matrix after checking that it is a signed network.

    Raises
    ------
    ValueError
        If it is not square, symmetric and finite with an empty diagonal.

    Examples
    --------
    >>> signed_matrix([[0, 1], [-1, 0]])
    Traceback (most recent call last):
        ...
    ValueError: ties are asymmetric: node 0 to 1 is 1, back it is -1
    """
    W = np.asarray(weights, dtype=np.float64)
    if W.ndim != 2 or W.shape[0] != W.shape[1] or W.shape[0] < 1:
        raise ValueError(f"ties form a square table, not one of shape {W.shape}")
    if not np.isfinite(W).all():
        raise ValueError("a tie is not a number")
    if W.diagonal().any():
        raise ValueError(f"node {int(np.flatnonzero(W.diagonal())[0])} has a tie to itself")
    uneven = np.argwhere(W != W.T)
    if uneven.size:
        i, j = (int(v) for v in uneven[0])
        raise ValueError(f"ties are asymmetric: node {i} to {j} is {W[i, j]:g}, back it is {W[j, i]:g}")
    return W
