"""Compiled inner loop of the counting: one array of counts added to another, shifted and saturated."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from detente.methods.dealspace.solutions_kernel import Table


class Shift(NamedTuple):
    """Where each index of each axis goes: `place[p, j]` of the target, or -1 where the cell is dropped.

    On the last axis the cells `low` to `high` move by a fixed distance: they are added as one run.
    """

    place: Table  # (P, longest axis) int64
    low: int
    high: int


@njit(cache=True, nogil=True)
def _add_run(source: Table, target: Table, modulus: np.int64) -> None:
    for j in range(source.size):
        total = target[j] + source[j]
        target[j] = total - modulus if total >= modulus else total


@njit(cache=True, nogil=True)
def add_shifted(source: Table, target: Table, shift: Shift, sizes: Table, modulus: np.int64) -> None:
    """Add the counts of `source` to `target` (both flat, last axis contiguous) modulo a number < 2^62.

    `sizes` holds the axis lengths of the source in row 0 and of the target in row 1.
    """
    actors, last = sizes.shape[1], sizes[0, sizes.shape[1] - 1]
    index = np.zeros(actors, np.int64)
    place = shift.place
    for start in range(0, source.size, last):
        base, alive = np.int64(0), True
        for p in range(actors - 1):
            alive &= place[p, index[p]] >= 0
            base = (base + place[p, index[p]]) * sizes[1, p + 1]
        if alive:
            for j in range(last):
                if shift.low <= j < shift.high:
                    continue
                to = place[actors - 1, j]
                if to >= 0:
                    total = target[base + to] + source[start + j]
                    target[base + to] = total - modulus if total >= modulus else total
            if shift.high > shift.low:
                to = base + place[actors - 1, shift.low]
                _add_run(
                    source[start + shift.low : start + shift.high],
                    target[to : to + shift.high - shift.low],
                    modulus,
                )
        for p in range(actors - 2, -1, -1):
            index[p] += 1
            if index[p] < sizes[0, p]:
                break
            index[p] = 0
