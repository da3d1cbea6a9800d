"""What would keep a decision maker at the focus: changes of its own preferences, and how many rankings do."""

from __future__ import annotations

from detente.errors import TooLarge
from detente.lenses.stability.board import Board
from detente.methods.graph_model.inverse import (
    Change,
    count_rankings,
    obstacles,
    statement_changes,
    ways_to_persuade,
)

SHOWN = 3
"""Changes told of one decision maker; judgement: the cheapest ones carry the answer."""

SEARCHED = 2**14
"""States up to which changes are looked for; judgement: beyond it they take minutes."""

COUNTED = 2**9
"""States up to which rankings are counted; judgement: beyond it too many states matter."""


def changes(board: Board, dm: int, focus: int) -> tuple[str, ...]:
    """Return changes of preferences that would keep the decision maker, to be read after "if it".

    Where its preferences are statements, single changes of one; where they are a ranking, the smallest
    sets of states that would have to stand no higher than the focus.
    """
    if board.points is not None or board.form.n_states > SEARCHED:
        return ()
    blocked = obstacles(board.form, board.ranks, dm, focus, board.concept)
    if board.statements:
        found = statement_changes(board.options_form, board.statements[dm], blocked, focus)
        return tuple(_statement(c, board.wording[dm][c.statement]) for c in found[:SHOWN])
    try:
        ways = ways_to_persuade(blocked)
    except TooLarge:
        return ()
    return tuple(_ranking(sorted(w), focus) for w in ways[:SHOWN] if w)


def _statement(change: Change, text: str) -> str:
    if change.kind == "drop":
        return f'gave up "{text}"'
    if change.kind == "negate":
        return f'wanted the opposite of "{text}"'
    return f'put "{text}" in place {change.place + 1} instead of {change.statement + 1}'


def _ranking(states: list[int], focus: int) -> str:
    numbers = [str(s + 1) for s in states]
    named = f"state {numbers[0]}" if len(numbers) == 1 else f"states {', '.join(numbers)}"
    return f"ranked {named} no higher than state {focus + 1}"


def rankings(board: Board, dm: int, focus: int) -> float | None:
    """Return the share of all strict rankings of one decision maker that would keep it, counted exactly."""
    if board.points is not None or board.form.n_states > COUNTED:
        return None
    try:
        kept, total = count_rankings(
            obstacles(board.form, board.ranks, dm, focus, board.concept), board.form.n_states
        )
    except TooLarge:
        return None
    return kept / total
