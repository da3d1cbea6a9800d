"""Compiled filter that keeps the points no other point dominates; equal points are all kept."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Table = NDArray[Any]


@njit(cache=True, nogil=True)
def sweep_two(points: Table, keep: Table) -> None:
    """Two actors: points sorted by the first, then the second, both falling; one pass."""
    best, top, tied = np.int64(-(2**62)), np.int64(0), np.int64(0)
    for k in range(points.shape[0]):
        if k == 0 or points[k, 0] != top:
            best = max(best, tied) if k else best
            top, tied = points[k, 0], points[k, 1]
        keep[k] = points[k, 1] > best and points[k, 1] == tied


@njit(cache=True, nogil=True)
def sweep_many(points: Table, keep: Table) -> None:
    """Any number of actors: points sorted by falling sum, so that a later one never dominates an earlier.

    The front found so far is searched with the most recent killer first: most points fall to few others.
    """
    actors = points.shape[1]
    front = np.empty(points.shape[0], np.int64)
    size = 0
    for k in range(points.shape[0]):
        keep[k] = True
        for j in range(size):
            other = front[j]
            above, differs = True, False
            for p in range(actors):
                if points[other, p] < points[k, p]:
                    above = False
                    break
                differs |= points[other, p] > points[k, p]
            if above and differs:
                keep[k] = False
                for back in range(j, 0, -1):
                    front[back] = front[back - 1]
                front[0] = other
                break
        if keep[k]:
            front[size] = k
            size += 1
