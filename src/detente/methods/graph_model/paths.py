"""Shortest ways through a conflict: from one state, by legal moves or by improvements only."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.methods.graph_model.forms import Form, Ints, moves_of

Pair = tuple[int, int]
"""A state and who moved last; -1 where nobody has."""


@dataclass(frozen=True, slots=True)
class Step:
    """One move of one decision maker."""

    dm: int
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Walkers:
    """Who moves, and how: a group of decision makers, by improvements only or by any legal move."""

    form: Form
    ranks: NDArray[np.integer]
    group: tuple[int, ...]
    improving: bool = False

    def steps(self, state: int, last: int) -> list[tuple[int, Ints]]:
        """Return where each member that did not move last can go."""
        found = []
        for dm in self.group:
            if dm != last:
                targets = self.form.targets(dm, state)
                if self.improving:
                    targets = targets[self.ranks[dm, targets] > self.ranks[dm, state]]
                found.append((dm, targets))
        return found


@dataclass(frozen=True, slots=True)
class Paths:
    """Shortest legal sequences from one state.

    Parameters
    ----------
    start : int
        Where they begin.
    distance : numpy.ndarray of int, shape (states,)
        Fewest moves, at least one; -1 where no sequence leads.
    found : int or None
        The goal that ended the search, if one was given and met.
    """

    start: int
    distance: NDArray[np.int32]
    found: int | None
    _last: dict[int, Pair]
    _before: dict[Pair, Pair]

    def to(self, state: int) -> tuple[Step, ...]:
        """Return the moves of a shortest sequence to a state that one leads to."""
        steps: list[Step] = []
        pair = self._last[state]
        while pair in self._before:
            previous = self._before[pair]
            steps.append(Step(pair[1], previous[0], pair[0]))
            pair = previous
        return tuple(reversed(steps))


def search(walkers: Walkers, start: int, goal: Callable[[int], bool] | None = None) -> Paths:
    """Walk outwards from a state over pairs (state, last mover), nearest first.

    Parameters
    ----------
    walkers : Walkers
        Who moves and how; nobody moves twice in a row.
    start : int
        Where to begin.
    goal : callable, optional
        Stop at the first state reached for which it is true.

    References
    ----------
    Li, Kilgour & Hipel 2005, doi:10.1057/palgrave.jors.2601870 (status quo analysis).

    Examples
    --------
    >>> from detente.methods.graph_model.forms import GraphForm
    >>> form = GraphForm.from_moves(3, [[(0, 1)], [(1, 2)]])
    >>> found = search(Walkers(form, np.zeros((2, 3), dtype=int), (0, 1)), 0)
    >>> found.distance.tolist(), found.to(2)
    ([-1, 1, 2], (Step(dm=0, source=0, target=1), Step(dm=1, source=1, target=2)))
    """
    distance = np.full(walkers.form.n_states, -1, dtype=np.int32)
    first: Pair = (start, -1)
    last: dict[int, Pair] = {}
    before: dict[Pair, Pair] = {}
    queue: deque[tuple[Pair, int]] = deque([(first, 0)])
    while queue:
        pair, depth = queue.popleft()
        for dm, targets in walkers.steps(*pair):
            for target in targets.tolist():
                if (target, dm) in before:
                    continue
                before[target, dm] = pair
                queue.append(((target, dm), depth + 1))
                if distance[target] < 0:
                    distance[target] = depth + 1
                    last[target] = (target, dm)
                    if goal is not None and goal(target):
                        return Paths(start, distance, target, last, before)
    return Paths(start, distance, None, last, before)


def distances(walkers: Walkers, start: int) -> NDArray[np.int32]:
    """Return the fewest moves of a legal sequence to every state; -1 where none leads.

    The same as `search(...).distance`, layer by layer over all moves at once.

    Examples
    --------
    >>> from detente.methods.graph_model.forms import GraphForm
    >>> form = GraphForm.from_moves(3, [[(0, 1)], [(1, 2)]])
    >>> distances(Walkers(form, np.zeros((2, 3), dtype=int), (0, 1)), 0).tolist()
    [-1, 1, 2]
    """
    moves = [moves_of(walkers.form, dm) for dm in walkers.group]
    if walkers.improving:
        rows = [walkers.ranks[dm] for dm in walkers.group]
        better = [row[target] > row[source] for row, (source, target) in zip(rows, moves, strict=True)]
        moves = [(s[keep], t[keep]) for keep, (s, t) in zip(better, moves, strict=True)]
    found = np.full(walkers.form.n_states, -1, dtype=np.int32)
    seen = np.zeros((len(moves), walkers.form.n_states), dtype=np.bool_)
    depth = 0
    here = np.zeros(walkers.form.n_states, dtype=np.bool_)
    here[start] = True
    reach = [here] * len(moves)
    while any(cells.any() for cells in reach):
        depth += 1
        edge = np.zeros_like(seen)
        for n, (source, target) in enumerate(moves):
            edge[n, target[reach[n][source]]] = True
        edge &= ~seen
        seen |= edge
        found[(found < 0) & edge.any(axis=0)] = depth
        # Whoever moved last waits: a mover goes on from where another has just arrived.
        reach = [np.asarray(np.delete(edge, n, axis=0).any(axis=0)) for n in range(len(moves))]
    return found


def from_status_quo(
    form: Form, ranks: NDArray[np.integer], status_quo: int, equilibria: Sequence[int]
) -> dict[int, tuple[tuple[Step, ...] | None, tuple[Step, ...] | None]]:
    """Return the shortest way to each equilibrium: (by any legal moves, by improvements only).

    None where no such way leads; an empty way for the status quo itself.

    Examples
    --------
    >>> from detente.methods.graph_model.forms import GraphForm
    >>> form = GraphForm.from_moves(2, [[(0, 1)], []])
    >>> from_status_quo(form, np.array([[1, 0], [0, 0]]), 0, [1])
    {1: ((Step(dm=0, source=0, target=1),), None)}
    """
    everybody = tuple(range(form.dms))
    ways = [search(Walkers(form, ranks, everybody, improving), status_quo) for improving in (False, True)]

    def way(paths: Paths, state: int) -> tuple[Step, ...] | None:
        if state == status_quo:
            return ()
        return paths.to(state) if paths.distance[state] >= 0 else None

    return {state: (way(ways[0], state), way(ways[1], state)) for state in equilibria}
