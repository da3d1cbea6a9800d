"""Joint reach of a group as a table: which states legal sequences of its members' moves lead to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.errors import TooLarge
from detente.methods.graph_model.forms import Bools, Form, Ints, moves_of

MAX_STATES = 4096
"""Judgement: tables of states by states beyond this take minutes and gigabytes."""


def step_tables(form: Form) -> Bools:
    """Return who can move where in one step: (decision makers, states, states).

    Raises
    ------
    TooLarge
        If the form has more than 4096 states.

    Examples
    --------
    >>> from detente.methods.graph_model.forms import GraphForm
    >>> step_tables(GraphForm.from_moves(2, [[(0, 1)], []])).astype(int).tolist()
    [[[0, 1], [0, 0]], [[0, 0], [0, 0]]]
    """
    if form.n_states > MAX_STATES:
        raise TooLarge(
            f"{form.n_states:,} states; analyses of coalitions and unknown preferences stop at "
            f"{MAX_STATES:,}. Remedy: rule out states or merge options"
        )
    tables = np.zeros((form.dms, form.n_states, form.n_states), dtype=np.bool_)
    for dm in range(form.dms):
        tables[(dm, *moves_of(form, dm))] = True
    return tables


def legal_reach(steps: Sequence[Bools] | Bools) -> Bools:
    """Return which states legal sequences lead to: at least one step, no mover twice in a row.

    Parameters
    ----------
    steps : array of bool, shape (movers, states, states)
        Who can move from where (rows) to where (columns).

    Examples
    --------
    Two movers on three states: the first must wait for the second before moving again.

    >>> steps = np.zeros((2, 3, 3), dtype=bool)
    >>> steps[0, 0, 1] = steps[0, 1, 2] = True
    >>> legal_reach(steps).astype(int).tolist()
    [[0, 1, 0], [0, 0, 1], [0, 0, 0]]
    """
    table = np.asarray(steps)
    if table.shape[0] == 0:
        return np.zeros(table.shape[1:], dtype=np.bool_)
    width = -(-table.shape[2] // 64)
    packed = np.zeros((*table.shape[:2], width * 8), dtype=np.uint8)
    bits = np.packbits(table, axis=2, bitorder="little")
    packed[..., : bits.shape[2]] = bits
    found = _walk_all(packed.view(np.uint64))
    back = np.unpackbits(found.view(np.uint8), axis=1, bitorder="little")
    return back[:, : table.shape[2]].astype(np.bool_)


@njit(cache=True, nogil=True)
def _walk_all(steps: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Walk from every state over pairs (state, last mover); rows are sets of states, 64 to a word."""
    movers, states, words = steps.shape
    result = np.zeros((states, words), np.uint64)
    stack = np.empty((movers * states + 1, 2), np.int32)
    for source in range(states):
        seen = np.zeros((movers, words), np.uint64)
        stack[0, 0], stack[0, 1] = source, -1
        top = 1
        while top:
            top -= 1
            x, last = stack[top, 0], stack[top, 1]
            for h in range(movers):
                if h == last:
                    continue
                for w in range(words):
                    fresh = steps[h, x, w] & ~seen[h, w]
                    seen[h, w] |= fresh
                    bit = 0
                    while fresh:
                        if fresh & np.uint64(1):
                            stack[top, 0], stack[top, 1] = 64 * w + bit, h
                            top += 1
                        fresh >>= np.uint64(1)
                        bit += 1
        for h in range(movers):
            result[source] |= seen[h]
    return result


def some_path(left: Bools, right: Bools) -> Bools:
    """Return the Boolean product: where a middle state joins a row of `left` to a column of `right`.

    Examples
    --------
    >>> some_path(np.array([[True, False]]), np.array([[False, True], [True, True]])).tolist()
    [[False, True]]
    """
    return np.asarray(left.astype(np.float32) @ right.astype(np.float32) > 0.5)


def preferred(ranks: Ints) -> Bools:
    """Return where the column state is strictly better than the row state, for each row of ranks.

    Examples
    --------
    >>> preferred(np.array([[0, 1]])).astype(int).tolist()
    [[[0, 1], [0, 0]]]
    """
    return np.asarray(ranks[:, None, :] > ranks[:, :, None])
