"""How a disturbance travels over signed ties: diffusion over friends and enemies, and dX/dt = X^2."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods.relations.balance import signed_matrix

Floats = NDArray[np.float64]


def signed_diffusion(weights: ArrayLike, start: ArrayLike, step: float = 0.5, rounds: int = 4) -> Floats:
    """Return where leanings settle after some rounds of listening to friends and against enemies.

    Parameters
    ----------
    weights : array_like, shape (..., n, n)
        Signed ties; leading axes are draws.
    start : array_like, shape (..., n)
        Leanings before, on -1 .. 1.
    step : float
        Share `a` of a leaning that is renewed each round, on 0 .. 1.
    rounds : int
        Number of rounds, not negative.

    Returns
    -------
    ndarray, shape (..., n)
        x after x(t+1) = (1 - a) x + a W x / |W|, |W| the row sums of absolute ties. A node without ties
        keeps its leaning. Values never leave the span of the largest absolute start.

    Raises
    ------
    ValueError
        If `step` or `rounds` leave their range or shapes do not fit.

    Notes
    -----
    Discrete form of the signed consensus of C. Altafini, "Consensus problems on networks with antagonistic
    interactions", IEEE Trans. Automatic Control 58 (2013), 935-946, doi:10.1109/TAC.2012.2224251: on a
    balanced connected network the leanings end equal in size, with opposite signs in the two camps.

    Examples
    --------
    >>> signed_diffusion([[0, 1, -1], [1, 0, -1], [-1, -1, 0]], [1, 0, 0], step=0.5, rounds=100).round(3)
    array([ 0.333, 0.333, -0.333])
    """
    W, x = np.asarray(weights, dtype=np.float64), np.asarray(start, dtype=np.float64)
    if not 0 <= step <= 1 or rounds < 0:
        raise ValueError("the step lies on 0..1 and rounds are not negative")
    if W.ndim < 2 or W.shape[-1] != W.shape[-2] or x.shape[-1] != W.shape[-1]:
        raise ValueError("one leaning for each node of the network")
    if not (np.isfinite(W).all() and np.isfinite(x).all()):
        raise ValueError("a tie or a leaning is not a number")
    size = np.abs(W).sum(axis=-1)
    share = np.divide(W, size[..., None], out=np.zeros_like(W), where=size[..., None] > 0)
    share = share + np.eye(W.shape[-1]) * (size == 0)[..., None]
    for _ in range(rounds):
        x = (1 - step) * x + step * (share @ x[..., None])[..., 0]
    return x


def balance_flow(start: ArrayLike, time: float) -> Floats:
    """Return X(t) of dX/dt = X^2 in closed form.

    Parameters
    ----------
    start : array_like, shape (n, n)
        Symmetric ties at time 0, self-ties allowed.
    time : float
        Before the blow-up at one over the largest eigenvalue.

    Raises
    ------
    ValueError
        If the matrix is not symmetric and finite, or `time` is negative or not before the blow-up.

    Notes
    -----
    X(t) = X(0) (I - X(0) t)^-1: Marvel, Kleinberg, Kleinberg and Strogatz, "Continuous-time model of
    structural balance", PNAS 108 (2011), 1771-1776, doi:10.1073/pnas.1013213108.

    Examples
    --------
    >>> balance_flow([[1.0]], 0.5).tolist()
    [[2.0]]
    """
    X = _symmetric(start)
    if not 0 <= time < blow_up(X):
        raise ValueError(f"time lies from 0 to before the blow-up at {blow_up(X):g}, not at {time:g}")
    return np.asarray(np.linalg.solve(np.eye(X.shape[0]) - X * time, X), dtype=np.float64)


def blow_up(start: ArrayLike) -> float:
    """Return the time at which dX/dt = X^2 diverges: one over the largest eigenvalue, or infinity.

    Examples
    --------
    >>> blow_up([[0.0, 1.0], [1.0, 0.0]])
    1.0
    """
    largest = float(np.linalg.eigvalsh(_symmetric(start))[-1])
    return 1 / largest if largest > 0 else float("inf")


def final_camps(draws: ArrayLike) -> Floats:
    """Return the two camps dX/dt = X^2 ends in: the signs of the leading eigenvector.

    Parameters
    ----------
    draws : array_like, shape (..., n, n)
        Symmetric ties; leading axes are draws.

    Returns
    -------
    ndarray, shape (..., n)
        1 or -1 for each node, with node 0 in camp 1; 0 where the eigenvector leaves a node undecided, and 0
        everywhere when no eigenvalue is positive or the largest is not single, for then the limit is not
        determined.

    Raises
    ------
    ValueError
        If a tie is not a number.

    Notes
    -----
    Marvel et al. (2011), doi:10.1073/pnas.1013213108: generic starts end in one camp or two, the sign
    pattern of the leading eigenvector's outer product. A property of the equation, not a forecast.

    Examples
    --------
    >>> final_camps([[0, 1, -1], [1, 0, -1], [-1, -1, 0]])
    array([ 1., 1., -1.])
    """
    X = np.asarray(draws, dtype=np.float64)
    if not np.isfinite(X).all():
        raise ValueError("a tie is not a number")
    values, vectors = np.linalg.eigh(X)
    lead = vectors[..., -1]
    scale = np.abs(X).max(axis=(-1, -2), initial=0.0)
    gap = values[..., -1] - values[..., -2] if X.shape[-1] > 1 else values[..., -1]
    decided = (values[..., -1] > 1e-12 * scale) & (gap > 1e-9 * scale)
    sign = np.sign(np.where(np.abs(lead) > 1e-9, lead, 0.0)) * decided[..., None]
    first = np.where(sign[..., :1] != 0, sign[..., :1], 1.0)
    return np.asarray(sign * first + 0.0)


def _symmetric(start: ArrayLike) -> Floats:
    X = np.asarray(start, dtype=np.float64)
    if X.ndim != 2 or X.shape[0] != X.shape[1]:
        raise ValueError(f"ties form a square table, not one of shape {X.shape}")
    signed_matrix(X - np.diag(X.diagonal()))
    return X
