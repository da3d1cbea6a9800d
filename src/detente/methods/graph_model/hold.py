"""Whether one state holds under many sets of preferences, found by looking only where it could fail."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray

from detente.methods.graph_model.forms import Bools, Ints, OptionForm
from detente.methods.graph_model.many import GMR, NASH, SMR, SSEQ, checked
from detente.methods.threads import fold

Floats = NDArray[np.float64]
Masks = tuple[Ints, Ints, Ints]
"""For each decision maker the options it may switch either way, only take, and only drop, as bits."""

BLOCK = 16
"""Draws a thread takes at a time; judgement: a fraction of a millisecond to a few."""


def holds_many(form: OptionForm, points: Floats, focus: int, concepts: Sequence[str]) -> Bools:
    """Return whether one state is stable for each decision maker under each set of preferences.

    The same as the `focus` of `solve_many`, where no other state is asked about. A decision maker can only
    want to leave towards what it likes better; from there the others' answers are followed until one hurts
    it. Most conflicts are settled after a few states, where `solve_many` visits all.

    Parameters
    ----------
    form : OptionForm
        The conflict.
    points : numpy.ndarray of float, shape (draws, decision makers, states)
        Utilities, higher is better; equal ones are ties.
    focus : int
        The state.
    concepts : sequence of str
        Any of the five.

    Returns
    -------
    numpy.ndarray of bool, shape (draws, concepts, decision makers)

    Raises
    ------
    ValueError
        If shapes disagree, a number is missing, or a concept is unknown.

    References
    ----------
    Fang, Hipel & Kilgour 1993, Interactive Decision Making, Wiley, ch. 3.

    Examples
    --------
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> dilemma = np.array([[[1, 0, 3, 2], [1, 3, 0, 2]], [[1, 0, 2, 3], [1, 2, 0, 3]]], dtype=float)
    >>> holds_many(form, dilemma, 3, ["nash", "seq"]).tolist()
    [[[False, False], [True, True]], [[True, True], [True, True]]]
    """
    numbers = checked(form, points, concepts)
    masks, code = _masks(form), int(form.codes[focus])
    held = np.zeros((len(points), len(numbers), form.dms), dtype=np.bool_)

    def work(_: None, start: int) -> None:
        rows = slice(start, start + BLOCK)
        some = np.ascontiguousarray(points[rows], dtype=np.float64)
        _hold(some, (form.codes, form.feasible, masks), code, numbers, held[rows])

    fold(range(0, len(points), BLOCK), lambda: None, work)
    return held


def _masks(form: OptionForm) -> Masks:
    def of(way: str) -> Ints:
        bits = [[1 << k for k in form.own(dm) if form.direction[k] == way] for dm in range(form.dms)]
        return np.array([sum(own) for own in bits], dtype=np.int64)

    return of("both"), of("fwd"), of("back")


Game = tuple[Ints, Bools, Masks]
"""Codes of the states, which codes exist, and who may switch what."""


@njit(cache=True, nogil=True)
def _hold(points: Floats, game: Game, focus: int, concepts: Ints, held: Bools) -> None:
    codes, feasible, _ = game
    cells = np.full((points.shape[1], feasible.size), -np.inf)
    seen = np.zeros(feasible.size, np.int64)
    stack = np.empty(feasible.size, np.int64)
    mark = 0
    for draw in range(points.shape[0]):
        for dm in range(points.shape[1]):
            for n in range(codes.size):
                cells[dm, codes[n]] = points[draw, dm, n]
        for c in range(concepts.size):
            for dm in range(points.shape[1]):
                held[draw, c, dm], mark = _holds(cells, game, (focus, dm, concepts[c]), (seen, stack, mark))


@njit(cache=True, nogil=True)
def _allowed(masks: Masks, dm: int, state: int) -> int:
    """Return the options a decision maker may switch in a state, as bits."""
    return int(masks[0][dm] | (masks[1][dm] & ~state) | (masks[2][dm] & state))


@njit(cache=True, nogil=True)
def _holds(
    cells: Floats, game: Game, asked: tuple[int, int, int], room: tuple[Ints, Ints, int]
) -> tuple[bool, int]:
    """Return whether the focus holds for a decision maker, and the last mark used."""
    _, feasible, masks = game
    focus, dm, concept = asked
    seen, stack, mark = room
    own, ways = cells[dm], _allowed(masks, dm, focus)
    moved = ways
    while moved:
        target = focus ^ moved
        if feasible[target] and own[target] > own[focus]:
            mark += 1
            if concept == NASH or not _answered(
                cells, game, (target, dm, concept, focus), (seen, stack, mark)
            ):
                return False, mark
        moved = (moved - 1) & ways
    return True, mark


@njit(cache=True, nogil=True)
def _answered(
    cells: Floats, game: Game, asked: tuple[int, int, int, int], room: tuple[Ints, Ints, int]
) -> bool:
    """Whether the others can answer a move so that its maker ends no better than at the focus."""
    _, feasible, masks = game
    start, dm, concept, focus = asked
    seen, stack, mark = room
    stack[0], seen[start], top = start, mark, 1
    escapes = concept in (SMR, SSEQ)
    any_move = concept in (GMR, SMR)
    while top:
        top -= 1
        state = stack[top]
        for other in range(cells.shape[0]):
            if other == dm:
                continue
            ways = _allowed(masks, other, state)
            moved = ways
            while moved:
                target = state ^ moved
                moved = (moved - 1) & ways
                if not feasible[target] or seen[target] == mark:
                    continue
                if not any_move and cells[other, target] <= cells[other, state]:
                    continue
                if _hurts(cells[dm], game, (target, dm, focus), escapes):
                    return True
                seen[target] = mark
                stack[top] = target
                top += 1
    return False


@njit(cache=True, nogil=True)
def _hurts(own: Floats, game: Game, asked: tuple[int, int, int], escapes: bool) -> bool:
    """Whether a state is no better for a decision maker than the focus, with what it can still do there."""
    _, feasible, masks = game
    state, dm, focus = asked
    if own[state] > own[focus]:
        return False
    ways = _allowed(masks, dm, state)
    moved = ways if escapes else 0
    while moved:
        target = state ^ moved
        if feasible[target] and own[target] > own[focus]:
            return False
        moved = (moved - 1) & ways
    return True
