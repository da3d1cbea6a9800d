"""Lotteries over the places actors hold: every place with its weight raised to a power."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods.spatial.anchors import checked

Array = NDArray[np.float64]

LEVEL = 1e-9
"""Points this near to each other on the scale are one point."""


def places(position: ArrayLike, merge: float) -> tuple[Array, NDArray[np.bool_]]:
    """Return the distinct places of one row of positions, and who stands at each.

    A place joins positions within `merge` points of their neighbour and lies in their middle, whatever the
    weights, so that splitting an actor in two changes nothing.

    Parameters
    ----------
    position : array (n,)
    merge : float
        Points.

    Returns
    -------
    array (g,), bool array (n, g)

    Examples
    --------
    >>> places([100, 0, 0.4], 0.5)[0]
    array([  0.2, 100. ])
    """
    x = np.asarray(position, dtype=float)
    order = np.argsort(x, kind="stable")
    ranked = x[order]
    fresh = np.concatenate([[True], np.diff(ranked) > max(merge, LEVEL)])
    starts = np.flatnonzero(fresh)
    ends = np.append(starts[1:], x.size) - 1
    group = np.empty(x.size, dtype=np.int64)
    group[order] = fresh.cumsum() - 1
    return (ranked[starts] + ranked[ends]) / 2, group[:, None] == np.arange(starts.size)


def lottery(position: ArrayLike, weight: ArrayLike, power: float, merge: float) -> tuple[Array, Array]:
    """Return the places held and their probabilities: the weight at a place, raised to a power.

    Parameters
    ----------
    position : array (n,)
    weight : array (n,) or (B, n)
    power : float
        Exponent on the weight at a place; below 1 flattens.
    merge : float
        Points within which neighbours share a place.

    Returns
    -------
    array (g,), array (g,) or (B, g)

    Examples
    --------
    >>> lottery([0, 50, 100], [0.248, 0.093, 0.336], 0.5, 0.5)[1].round(4)
    array([0.3602, 0.2206, 0.4192])
    """
    place, member = places(position, merge)
    raised = (checked(position, weight)[1] @ member) ** power
    return place, raised / raised.sum(axis=-1, keepdims=True)


@dataclass(frozen=True, slots=True)
class Tickets:
    """Lotteries of many draws, flattened: place, probability, and the draw each belongs to."""

    place: Array
    probability: Array
    draw: NDArray[np.int64]


def tickets(x: Array, w: Array, power: float, merge: float) -> Tickets:
    """Return the lotteries of draws that differ in positions too.

    Parameters
    ----------
    x, w : array (B, n)
        Positions and weights.
    power, merge : float
        As in `lottery`.

    Examples
    --------
    >>> tickets(np.array([[0.0, 100.0], [50.0, 50.0]]), np.ones((2, 2)), 1.0, 0.0).probability
    array([0.5, 0.5, 1. ])
    """
    order = np.argsort(x, axis=1, kind="stable")
    x, w = np.take_along_axis(x, order, 1), np.take_along_axis(w, order, 1)
    fresh = np.ones(x.shape, dtype=bool)
    fresh[:, 1:] = np.diff(x, axis=1) > max(merge, LEVEL)
    starts = np.flatnonzero(fresh)
    ends = np.append(starts[1:], x.size) - 1
    draw = starts // x.shape[1]
    raised = np.add.reduceat(w.ravel(), starts) ** power
    total = np.bincount(draw, raised, minlength=len(x))
    return Tickets((x.ravel()[starts] + x.ravel()[ends]) / 2, raised / total[draw], draw)


def steps(points: Array, place: Array, probability: Array) -> Array:
    """Return the step function of a lottery at increasing points, shape (m,).

    Examples
    --------
    >>> steps(np.array([0.0, 50.0, 100.0]), np.array([10.0, 100.0]), np.array([0.3, 0.7]))
    array([0. , 0.3, 1. ])
    """
    first = np.searchsorted(points, place - LEVEL, side="left")
    jumps: Array = np.bincount(first, probability, minlength=points.size + 1)[: points.size].cumsum()
    return jumps
