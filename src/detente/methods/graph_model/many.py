"""Stability under many sets of preferences at once: how often a state holds when preferences are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.methods.graph_model.forms import Bools, Ints, OptionForm
from detente.methods.graph_model.option_engine import fibre_tables, own_bits
from detente.methods.graph_model.option_kernels import close, close_moves, place, sweep
from detente.methods.graph_model.stability import CONCEPTS
from detente.methods.threads import fold

Floats = NDArray[np.float64]

NASH, GMR, SMR, SEQ, SSEQ = range(5)


@dataclass(frozen=True, slots=True)
class Held:
    """What was found over the draws.

    Parameters
    ----------
    concepts : tuple of str
    focus : numpy.ndarray of bool, shape (draws, concepts, decision makers)
        Whether the focus is stable for each decision maker.
    equilibria : numpy.ndarray of int, shape (concepts, states)
        In how many draws each state is an equilibrium.
    """

    concepts: tuple[str, ...]
    focus: Bools
    equilibria: NDArray[np.int64]


def solve_many(form: OptionForm, points: Floats, focus: int, concepts: Sequence[str] = CONCEPTS) -> Held:
    """Return how often states are stable when preferences are drawn.

    The same as `solve` on the dense ranks of every draw, but compiled as a whole and without ranks: the
    threshold identity needs nothing but comparisons.

    Parameters
    ----------
    form : OptionForm
        The conflict.
    points : numpy.ndarray of float, shape (draws, decision makers, states)
        Utilities, higher is better; equal ones are ties.
    focus : int
        State to report on draw by draw.
    concepts : sequence of str
        Any of the five.

    Raises
    ------
    ValueError
        If shapes disagree, a number is missing, or a concept is unknown.

    Examples
    --------
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> dilemma = np.array([[[1, 0, 3, 2], [1, 3, 0, 2]], [[1, 0, 2, 3], [1, 2, 0, 3]]], dtype=float)
    >>> found = solve_many(form, dilemma, 3, ["nash"])
    >>> found.focus[:, 0].tolist(), found.equilibria.tolist()
    ([[False, False], [True, True]], [[2, 0, 0, 1]])
    """
    numbers = checked(form, points, concepts)
    board = _board(form)
    held = np.zeros((len(points), len(numbers), form.dms), dtype=np.bool_)

    def work(counts: NDArray[np.int64], draw: int) -> None:
        stable = _solve_one(points[draw].astype(np.float64), numbers, form.codes, form.feasible, board)
        held[draw] = stable[:, :, focus]
        counts += stable.all(axis=1)

    shape = (len(numbers), form.n_states)
    counts = fold(range(len(points)), lambda: np.zeros(shape, dtype=np.int64), work)
    return Held(tuple(concepts), held, np.sum(counts, axis=0))


def checked(form: OptionForm, points: Floats, concepts: Sequence[str]) -> NDArray[np.int64]:
    """Return the concepts by number.

    Raises
    ------
    ValueError
        If shapes disagree, a number is missing, or a concept is unknown.
    """
    if points.ndim != 3 or points.shape[1:] != (form.dms, form.n_states):
        raise ValueError(f"points need shape (draws, {form.dms}, {form.n_states}), not {points.shape}")
    if not np.isfinite(points).all():
        raise ValueError("every state needs a finite number of points")
    if set(concepts) - set(CONCEPTS):
        raise ValueError(f"concepts are {', '.join(CONCEPTS)}")
    return np.array([CONCEPTS.index(c) for c in concepts])


Board = tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints]


def _board(form: OptionForm) -> Board:
    """Return who owns which options and how codes fall into fibres, as plain arrays."""
    own = [own_bits(form, dm) for dm in range(form.dms)]
    tables = [fibre_tables(form, dm) for dm in range(form.dms)]
    ends = np.cumsum([0, *(bits.size for bits, _ in own)])
    return (
        ends,
        np.concatenate([bits for bits, _ in own]),
        np.concatenate([ways for _, ways in own]),
        np.stack([t[0] for t in tables]),
        np.stack([t[1] for t in tables]),
        np.array([t[2] for t in tables]),
        np.array([t[3] for t in tables]),
    )


@njit(cache=True, nogil=True)
def _reset(values: Floats, feasible: Bools, neutral: float) -> None:
    for s in range(values.size):
        if not feasible[s]:
            values[s] = neutral


@njit(cache=True, nogil=True)
def _reach(values: Floats, feasible: Bools, board: Board, dm: int) -> None:
    """Replace each value by the best the decision maker can reach from there, staying included."""
    first, last = board[0][dm], board[0][dm + 1]
    close(values, board[1][first:last], board[2][first:last])
    _reset(values, feasible, -np.inf)


@njit(cache=True, nogil=True)
def _answered(values: Floats, feasible: Bools, board: Board, dm: int) -> Floats:
    """Return the worst the others can jointly reach from each state, staying included."""
    worst = -values
    _reset(worst, feasible, -np.inf)
    changed = True
    while changed:
        before = worst.copy()
        for j in range(board[0].size - 1):
            if j != dm:
                _reach(worst, feasible, board, j)
        changed = not np.array_equal(before, worst)
    return -worst


@njit(cache=True, nogil=True)
def _credibly_answered(
    values: Floats, levels: Floats, starts: Ints, members: Ints, locked: tuple[Ints, Ints, int]
) -> Floats:
    """Return the worst the others can jointly reach from each state by improvements."""
    bits, fibres, dm = locked
    worst = values.copy()
    fell = True
    while fell:
        fell = False
        for j in range(bits.size):
            if j != dm:
                own = (starts[j, : fibres[j] + 1], members[j])
                fell |= sweep(worst, levels[j], own, bits[j], np.inf)
    return worst


@njit(cache=True, nogil=True)
def _solve_one(points: Floats, concepts: Ints, codes: Ints, feasible: Bools, board: Board) -> Bools:
    """Return stability under one set of preferences: (concepts, decision makers, states)."""
    dms, states = points.shape
    cells = np.full((dms, feasible.size), -np.inf)
    starts = np.zeros((dms, board[6].max() + 1), np.int32)
    members = np.zeros((dms, states), np.int32)
    levels = np.zeros((dms, states))
    for j in range(dms):
        for n in range(states):
            cells[j, codes[n]] = points[j, n]
        order = np.argsort(points[j])
        first, placed = place(codes, order, board[3][j], board[4][j], board[6][j])
        starts[j, : first.size] = first
        members[j] = placed
        for n in range(states):
            levels[j, n] = cells[j, placed[n]]
    stable = np.zeros((concepts.size, dms, states), np.bool_)
    for dm in range(dms):
        own = cells[dm]
        best = own.copy()
        _reach(best, feasible, board, dm)
        for c in range(concepts.size):
            base = best if concepts[c] == SMR or concepts[c] == SSEQ else own
            if concepts[c] == NASH:
                worth = own.copy()
            elif concepts[c] == GMR or concepts[c] == SMR:
                worth = np.minimum(own, _answered(base, feasible, board, dm))
            else:
                locked = (board[5], board[6], dm)
                worth = np.minimum(own, _credibly_answered(base, levels, starts, members, locked))
            _reset(worth, feasible, -np.inf)
            threshold = np.full(feasible.size, -np.inf)
            first, last = board[0][dm], board[0][dm + 1]
            close_moves(worth, threshold, board[1][first:last], board[2][first:last])
            for n in range(states):
                stable[c, dm, n] = threshold[codes[n]] <= own[codes[n]]
    return stable
