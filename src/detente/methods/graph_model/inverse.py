"""The inverse question: what would have to change for a target state to be stable."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.errors import TooLarge
from detente.methods.graph_model.forms import Form, OptionForm
from detente.methods.graph_model.paths import Walkers, search
from detente.methods.graph_model.stability import NO_MOVE, checked_ranks
from detente.methods.graph_model.statements import Negation, Statement, rank_codes

MAX_RELEVANT = 22
"""Judgement: 2**22 sets of states are counted in seconds."""

MAX_SETS = 20_000
"""Judgement: nobody reads more ways to persuade than a few; beyond this many the search stops."""

States = frozenset[int]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One move away from a target, and what would spoil it.

    Parameters
    ----------
    move : int
        State the decision maker could move to.
    spoilers : tuple of frozenset of int
        Minimal sets of states: if all of one set are no better than the target, the move is no threat.
        One that is empty spoils the move whatever the ranking.
    """

    move: int
    spoilers: tuple[States, ...]


def obstacles(
    form: Form, ranks: NDArray[np.integer], dm: int, target: int, concept: str
) -> tuple[Obstacle, ...]:
    """Return what stands between a target state and its stability for one decision maker.

    Only the ranks of the others are used: with them fixed, stability of the target depends on nothing
    but the set of states the decision maker finds no better than it, and grows with that set.

    Examples
    --------
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> obstacles(form, np.array([[1, 0, 3, 2], [1, 3, 0, 2]]), 0, 3, "seq")
    (Obstacle(move=2, spoilers=(frozenset({0}), frozenset({2}))),)
    """
    table = checked_ranks(form, ranks)
    others = tuple(j for j in range(form.dms) if j != dm)
    walkers = Walkers(form, table, others, concept in ("seq", "sseq"))
    found = []
    for move in form.targets(dm, target).tolist():
        spoilers = [frozenset([move])]
        if concept != "nash":
            ends = np.flatnonzero(search(walkers, move).distance >= 0).tolist()
            escapes = concept in ("smr", "sseq")
            spoilers += [
                frozenset([end, *(form.targets(dm, end).tolist() if escapes else ())]) - {target}
                for end in ends
            ]
        found.append(Obstacle(move, minimal(spoilers)))
    return tuple(found)


def minimal(sets: Iterable[States]) -> tuple[States, ...]:
    """Return the sets that contain no other, small ones first.

    Examples
    --------
    >>> minimal([frozenset({1, 2}), frozenset({1}), frozenset({3, 4})])
    (frozenset({1}), frozenset({3, 4}))
    """
    kept: list[States] = []
    for candidate in sorted(set(sets), key=lambda s: (len(s), sorted(s))):
        if not any(smaller <= candidate for smaller in kept):
            kept.append(candidate)
    return tuple(kept)


def margin(found: Sequence[Obstacle], ranks: NDArray[np.integer], target: int) -> int:
    """Return the rank places of slack of the target; negative: how far it must rise alone.

    `ranks` has shape (states,), those of the decision maker the obstacles belong to. Exact in both forms;
    the largest whole number where every move is spoilt whatever the ranking.
    """

    def worst(obstacle: Obstacle) -> int:
        return min(max((int(ranks[s]) for s in spoiler), default=-1) for spoiler in obstacle.spoilers)

    threshold = max((worst(obstacle) for obstacle in found), default=-1)
    return NO_MOVE if threshold < 0 else int(ranks[target]) - threshold


def count_rankings(found: Sequence[Obstacle], n_states: int) -> tuple[int, int]:
    """Return how many of all strict rankings of the states make the target stable: (count, all).

    Exact and without listing rankings: with V the states that matter, v of them, a set L of those no
    better than the target is left by ``m! / (v + 1)! * |L|! (v - |L|)!`` rankings.

    Raises
    ------
    TooLarge
        If more than 22 states matter.

    References
    ----------
    Kinsara, Kilgour & Hipel 2015, doi:10.1109/TSMC.2014.2376473 (the question).

    Examples
    --------
    >>> count_rankings((Obstacle(2, (frozenset({0}), frozenset({2}))),), 4)
    (16, 24)
    """
    relevant = sorted(set().union(*(s for o in found for s in o.spoilers)))
    v = len(relevant)
    if v > MAX_RELEVANT:
        raise TooLarge(f"{v} states matter; rankings are counted up to {MAX_RELEVANT}. Remedy: use `margin`")
    bit = {state: 1 << n for n, state in enumerate(relevant)}
    sets = np.arange(1 << v, dtype=np.uint32)
    valid = np.ones(sets.size, dtype=np.bool_)
    for obstacle in found:
        spoiled = np.zeros(sets.size, dtype=np.bool_)
        for spoiler in obstacle.spoilers:
            mask = np.uint32(sum(bit[s] for s in spoiler))
            spoiled |= (sets & mask) == mask
        valid &= spoiled
    sizes = np.bincount(np.bitwise_count(sets[valid]), minlength=v + 1).tolist()
    total = math.factorial(n_states)
    weight = sum(n * math.factorial(k) * math.factorial(v - k) for k, n in enumerate(sizes))
    return total // math.factorial(v + 1) * weight, total


def ways_to_persuade(found: Sequence[Obstacle]) -> tuple[States, ...]:
    """Return the minimal sets of states that must be no better than the target for it to be stable.

    Raises
    ------
    TooLarge
        If there are more than 20,000 on the way.

    Examples
    --------
    >>> ways_to_persuade((Obstacle(2, (frozenset({0}), frozenset({2}))), Obstacle(1, (frozenset({0, 1}),))))
    (frozenset({0, 1}),)
    """
    sets: tuple[States, ...] = (frozenset(),)
    for obstacle in found:
        sets = minimal(s | spoiler for s in sets for spoiler in obstacle.spoilers)
        if len(sets) > MAX_SETS:
            raise TooLarge(f"more than {MAX_SETS:,} ways to persuade. Remedy: use `margin`")
    return sets


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one statement of a prioritised list that makes a target stable.

    Parameters
    ----------
    kind : {"drop", "negate", "move"}
        What happens to the statement.
    statement : int
        Which, counted from 0, most important first.
    place : int
        Where it then stands; its own place unless it is moved.
    """

    kind: Literal["drop", "negate", "move"]
    statement: int
    place: int


def statement_changes(
    form: OptionForm, statements: Sequence[Statement], found: Sequence[Obstacle], target: int
) -> tuple[Change, ...]:
    """Return every change of a single statement after which the target is stable, shortest moves first.

    Examples
    --------
    >>> from detente.methods.graph_model.statements import Taken
    >>> form = OptionForm(1, (0,), ("both",), np.ones(2, dtype=bool))
    >>> blocked = obstacles(form, np.array([[0, 1]]), 0, 0, "nash")
    >>> [change.kind for change in statement_changes(form, [Taken(0)], blocked, 0)]
    ['drop', 'negate']
    """
    states = sorted({target}.union(*(s for o in found for s in o.spoilers)))
    codes = form.codes[states]
    ranks = np.zeros(form.n_states, dtype=np.int32)

    def works(changed: Sequence[Statement]) -> bool:
        ranks[states] = rank_codes(codes, changed)
        return margin(found, ranks, target) >= 0

    result = []
    for k, statement in enumerate(statements):
        rest = [*statements[:k], *statements[k + 1 :]]
        if works(rest):
            result.append(Change("drop", k, k))
        if works([*statements[:k], Negation(statement), *statements[k + 1 :]]):
            result.append(Change("negate", k, k))
        result += [
            Change("move", k, j)
            for j in range(len(statements))
            if j != k and works([*rest[:j], statement, *rest[j:]])
        ]
    return tuple(sorted(result, key=lambda c: (c.kind != "move", abs(c.place - c.statement), c.statement)))
