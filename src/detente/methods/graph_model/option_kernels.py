"""Compiled loops over the codes of an option form: closing over own moves, and over improvements."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.methods.graph_model.forms import Ints

Values = NDArray[Any]
"""Ranks or utilities."""

BOTH, FWD, BACK = 0, 1, 2
"""Directions as the compiled loops know them."""


@njit(cache=True, nogil=True)
def _switch(values: Values, step: int, way: int) -> None:
    """Let one option be switched: values travel back along the moves it allows, the larger one wins."""
    for base in range(0, values.size, 2 * step):
        if way == BOTH:
            for a in range(base, base + step):
                best = max(values[a], values[a + step])
                values[a] = best
                values[a + step] = best
        elif way == FWD:
            for a in range(base, base + step):
                values[a] = max(values[a], values[a + step])
        else:
            for a in range(base, base + step):
                values[a + step] = max(values[a], values[a + step])


@njit(cache=True, nogil=True)
def close(values: Values, bits: Ints, ways: Ints) -> None:
    """Replace each value by the maximum over the state and everything its owner can move to.

    One pass per own option. Cells that do not exist pass values across, since a move may switch several
    options at once; the caller resets them afterwards.
    """
    for n in range(bits.size):
        _switch(values, 1 << bits[n], ways[n])


@njit(cache=True, nogil=True)
def close_moves(values: Values, found: Values, bits: Ints, ways: Ints) -> None:
    """Put into `found` the maximum over the owner's moves, the state itself left out; spoils `values`."""
    for n in range(bits.size):
        step, way = 1 << bits[n], ways[n]
        for base in range(0, values.size, 2 * step):
            if way != BACK:
                for a in range(base, base + step):
                    found[a] = max(found[a], values[a + step])
            if way != FWD:
                for a in range(base, base + step):
                    found[a + step] = max(found[a + step], values[a])
        _switch(values, step, way)


@njit(cache=True, nogil=True)
def count_order(keys: Ints, n_keys: int) -> NDArray[np.int32]:
    """Return positions in ascending order of small non-negative integer keys; equal keys keep their order."""
    starts = np.zeros(n_keys + 1, np.int32)
    for n in range(keys.size):
        starts[keys[n] + 1] += 1
    for k in range(n_keys):
        starts[k + 1] += starts[k]
    order = np.empty(keys.size, np.int32)
    for n in range(keys.size):
        order[starts[keys[n]]] = n
        starts[keys[n]] += 1
    return order


@njit(cache=True, nogil=True)
def place(
    codes: Ints, order: Ints, low: Ints, high: Ints, fibres: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Group codes into fibres, keeping `order` inside each: (where each fibre starts, codes)."""
    width = low.size
    starts = np.zeros(fibres + 1, np.int32)
    for n in range(codes.size):
        starts[(low[codes[n] % width] | high[codes[n] // width]) + 1] += 1
    for f in range(fibres):
        starts[f + 1] += starts[f]
    fill = starts.copy()
    members = np.empty(codes.size, np.int32)
    for n in order:
        f = low[codes[n] % width] | high[codes[n] // width]
        members[fill[f]] = codes[n]
        fill[f] += 1
    return starts, members


@njit(cache=True, nogil=True)
def sweep(
    values: Values, levels: Values, fibres: tuple[Ints, Ints], locked: int, highest: np.int32 | float
) -> bool:
    """Lower each value to the minimum over the owner's improvements from there; say whether any fell.

    `fibres` are where each starts and their codes, in ascending order of the owner's ranks, `levels`. The
    lowest `locked` bits of a fibre's number are its one-way options already used; moves lead to fibres
    that have used more.
    """
    starts, members = fibres
    fell = False
    full = (1 << locked) - 1
    for f in range(starts.size - 1):
        used = f & full
        towards = used
        while towards <= full:
            g = f - used + towards
            j, best = starts[g + 1] - 1, highest
            for i in range(starts[f + 1] - 1, starts[f] - 1, -1):
                while j >= starts[g] and levels[j] > levels[i]:
                    best = min(best, values[members[j]])
                    j -= 1
                if best < values[members[i]]:
                    values[members[i]] = best
                    fell = True
            towards = (towards + 1) | used
    return fell


@njit(cache=True, nogil=True)
def walk(order: Ints, values: Ints, ranks: Ints, fibres: tuple[Ints, Ints, Ints, Ints, Ints, Ints]) -> Ints:
    """Return what repeated sweeps of all movers end with, visiting each (code, mover) once.

    `order` lists the codes in ascending order of value. From each code not yet labelled the movers'
    improvements are followed backwards; whatever can improve to it, a prefix of its fibre, takes its
    value, which is the lowest that will ever arrive. One pointer per fibre marks what is labelled.
    """
    low, high, locked, first, starts, members = fibres
    movers, width = low.shape
    result = np.full(values.size, 2**31 - 1, values.dtype)
    done = starts.copy()
    stack = np.empty(order.size, np.int32)
    for seed in order:
        if result[seed] != 2**31 - 1:
            continue
        result[seed] = values[seed]
        stack[0] = seed
        top = 1
        while top:
            top -= 1
            x = stack[top]
            for h in range(movers):
                f = low[h, x % width] | high[h, x // width]
                used = f & ((1 << locked[h]) - 1)
                before = used
                while before >= 0:
                    g = first[h] + f - used + before
                    while done[g] < starts[g + 1] and ranks[h, members[h, done[g]]] < ranks[h, x]:
                        s = members[h, done[g]]
                        done[g] += 1
                        if result[s] == 2**31 - 1:
                            result[s] = values[seed]
                            stack[top] = s
                            top += 1
                    before = (before - 1) & used if before else -1
    return result
