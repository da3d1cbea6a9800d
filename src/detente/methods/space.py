"""The deal space: how many deals the rules leave, exactly, and which they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from detente.errors import TooLarge

Clause = tuple[tuple[int, tuple[int, ...]], ...]
"""Pairs (issue, options): a deal that has one of the options on every issue named is infeasible."""

Allowed = Sequence[NDArray[np.bool_]]
"""For each issue one boolean per option: may the option be used?"""


@dataclass(frozen=True)
class Space:
    """Issues with options, and the combinations that cannot stand.

    Parameters
    ----------
    sizes : tuple of int
        Number of options of each issue.
    forbidden : tuple of Clause
        Combinations that are infeasible; a clause on one issue forbids options outright.

    Raises
    ------
    ValueError
        If an issue has no option, or a clause names an issue or option that does not exist.

    Examples
    --------
    Two issues of three options; the first of each do not go together:

    >>> space = Space((3, 3), ((((0, (0,)), (1, (0,)))),))
    >>> space.combinations, count_deals(space)
    (9, 8)
    """

    sizes: tuple[int, ...]
    forbidden: tuple[Clause, ...] = ()

    def __post_init__(self) -> None:
        if not self.sizes or min(self.sizes) < 1:
            raise ValueError("every issue needs at least one option")
        for clause in self.forbidden:
            issues = [issue for issue, _ in clause]
            if not clause or len(set(issues)) < len(issues):
                raise ValueError("a forbidden combination names each of its issues once, and at least one")
            for issue, options in clause:
                if not 0 <= issue < len(self.sizes) or not all(0 <= o < self.sizes[issue] for o in options):
                    raise ValueError(f"a forbidden combination names an unknown issue or option: {clause}")

    @property
    def combinations(self) -> int:
        """Number of deals before any rule, as an exact integer."""
        total = 1
        for size in self.sizes:
            total *= size
        return total

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Issues in the order that keeps few clauses open at a time (greedy)."""
        left = set(range(len(self.sizes)))
        order: list[int] = []
        while left:
            best = min(left, key=lambda issue: (self._open_after([*order, issue]), issue))
            order.append(best)
            left.remove(best)
        return tuple(order)

    def _open_after(self, placed: list[int]) -> int:
        done = set(placed)
        touched = [{issue for issue, _ in clause} for clause in self.forbidden]
        return sum(1 for issues in touched if issues & done and not issues <= done)


def free(space: Space) -> list[NDArray[np.bool_]]:
    """Return the masks that allow every option."""
    return [np.ones(size, dtype=bool) for size in space.sizes]


@dataclass(frozen=True, slots=True)
class _Placing:
    """One issue being placed: which clauses each option keeps alive, which it closes."""

    issue: int
    keeps: tuple[int, ...]  # per option: clauses still fully matched if this option is taken
    closes: int  # clauses whose last issue this is


@lru_cache(maxsize=256)
def placings(space: Space) -> tuple[_Placing, ...]:
    """Return how clauses live and die along the elimination order, as bit masks."""
    every = (1 << len(space.forbidden)) - 1
    steps = []
    last = {c: max(space.order.index(i) for i, _ in clause) for c, clause in enumerate(space.forbidden)}
    for position, issue in enumerate(space.order):
        keeps = [every] * space.sizes[issue]
        for c, clause in enumerate(space.forbidden):
            for where, options in clause:
                if where == issue:
                    keeps = [k if o in options else k & ~(1 << c) for o, k in enumerate(keeps)]
        closes = sum(1 << c for c, at in last.items() if at == position)
        steps.append(_Placing(issue, tuple(keeps), closes))
    return tuple(steps)


def count_deals(space: Space, allowed: Allowed | None = None) -> int:
    """Count the feasible deals exactly, without enumerating them.

    Dynamic programming along an elimination order of the issues; the state is the set of forbidden
    combinations that the issues placed so far still match. Exact at any size (Python integers).

    Parameters
    ----------
    space : Space
    allowed : sequence of (m_i,) bool arrays, optional
        Options that may be used; all by default.

    Examples
    --------
    >>> count_deals(Space((10,) * 20))
    100000000000000000000
    """
    masks = free(space) if allowed is None else allowed
    return _counted(space, tuple([np.asarray(mask, dtype=np.bool_).tobytes() for mask in masks]))


@lru_cache(maxsize=4096)
def _counted(space: Space, masks: tuple[bytes, ...]) -> int:
    """Count with a byte for each option that may be used; kept, as what-if questions ask the same again."""
    usable = [[option for option, allowed in enumerate(mask) if allowed] for mask in masks]
    states = {(1 << len(space.forbidden)) - 1: 1}
    for step in placings(space):
        grown: dict[int, int] = {}
        for live, number in states.items():
            for option in usable[step.issue]:
                after = live & step.keeps[option]
                if not after & step.closes:
                    grown[after] = grown.get(after, 0) + number
        states = grown
    return sum(states.values())


def enumerate_deals(
    space: Space, allowed: Allowed | None = None, limit: int = 5_000_000
) -> NDArray[np.int16]:
    """List the feasible deals in the order of the issues (last issue fastest).

    Prefixes that already match a forbidden combination are dropped at once.

    Parameters
    ----------
    space : Space
    allowed : sequence of (m_i,) bool arrays, optional
    limit : int
        Most deals to list.

    Returns
    -------
    (D, I) int16 array
        One row a deal: the option on each issue, counted from 0.

    Raises
    ------
    TooLarge
        If there are more deals than `limit`; counted before anything is listed.

    Examples
    --------
    >>> enumerate_deals(Space((2, 2), ((((0, (0,)), (1, (0,)))),))).tolist()
    [[0, 1], [1, 0], [1, 1]]
    """
    total = count_deals(space, allowed)
    if total > limit:
        raise TooLarge(
            f"{total:,} deals are more than the {limit:,} that can be listed one by one. "
            "Remedy: count instead, fix some issues, or narrow the win-sets"
        )
    masks = free(space) if allowed is None else allowed
    rows = np.zeros((min(total, 1), len(space.sizes)), dtype=np.int16)
    if not total:
        return rows
    # The narrowest issues first: no prefix then outgrows the answer by more than the rules still to come.
    placed: set[int] = set()
    for issue in sorted(range(len(space.sizes)), key=lambda i: (int(masks[i].sum()), i)):
        usable = np.flatnonzero(masks[issue]).astype(np.int16)
        rows = np.repeat(rows, len(usable), axis=0)
        rows[:, issue] = np.tile(usable, len(rows) // len(usable))
        placed.add(issue)
        for clause in space.forbidden:
            issues = {i for i, _ in clause}
            if issue in issues and issues <= placed:
                rows = rows[~matches(rows, clause)]
    return np.ascontiguousarray(rows[np.lexsort(rows.T[::-1])])


def matches(deals: NDArray[np.integer], clause: Clause) -> NDArray[np.bool_]:
    """Return which deals (D, I) match every part of a clause.

    Examples
    --------
    >>> matches(np.array([[0, 1], [1, 1]]), ((0, (1,)), (1, (1, 2)))).tolist()
    [False, True]
    """
    hit = np.ones(len(deals), dtype=bool)
    for issue, options in clause:
        hit &= np.isin(deals[:, issue], options)
    return hit


def broken(space: Space, deal: Sequence[int]) -> Iterator[Clause]:
    """Yield the forbidden combinations a deal matches; a feasible deal matches none.

    Examples
    --------
    >>> list(broken(Space((2, 2), ((((0, (0,)), (1, (0,)))),)), [0, 0]))
    [((0, (0,)), (1, (0,)))]
    """
    row = np.asarray(deal)[None, :]
    for clause in space.forbidden:
        if matches(row, clause)[0]:
            yield clause


def sample_deals(space: Space, n: int, rng: np.random.Generator) -> NDArray[np.int16]:
    """Draw feasible deals uniformly at random, with replacement, from a space of any size.

    The exact counts of completions from each state (as in `count_deals`) give the chance of each option.

    Parameters
    ----------
    space : Space
    n : int
    rng : numpy.random.Generator

    Raises
    ------
    ValueError
        If no deal is feasible.

    Examples
    --------
    >>> deals = sample_deals(Space((10,) * 20), 5, np.random.default_rng(1))
    >>> deals.shape
    (5, 20)
    """
    steps = placings(space)
    ahead = _completions(space, steps)
    start = (1 << len(space.forbidden)) - 1
    if not ahead[0].get(start):
        raise ValueError("no deal is feasible")
    rows = np.empty((n, len(space.sizes)), dtype=np.int16)
    waiting = {start: np.arange(n)}  # rows by the state they are in: all in one state draw together
    for number, step in enumerate(steps):
        moved: dict[int, list[NDArray[np.intp]]] = {}
        for live, which in waiting.items():
            after = [live & keep for keep in step.keeps]
            weights = [0 if a & step.closes else ahead[number + 1].get(a, 0) for a in after]
            total = sum(weights)
            chance = np.array([w / total for w in weights])
            option = rng.choice(len(chance), size=len(which), p=chance / chance.sum())
            rows[which, step.issue] = option
            for o in np.unique(option).tolist():
                moved.setdefault(after[o], []).append(which[option == o])
        waiting = {live: np.concatenate(parts) for live, parts in moved.items()}
    return rows


def _completions(space: Space, steps: tuple[_Placing, ...]) -> list[dict[int, int]]:
    """Return, before each step and for each state that can occur, the number of ways to finish."""
    reach: list[set[int]] = [{(1 << len(space.forbidden)) - 1}]
    for step in steps:
        reach.append({s & k for s in reach[-1] for k in step.keeps if not s & k & step.closes})
    ahead: list[dict[int, int]] = [dict.fromkeys(reach[-1], 1)]
    for step, states in zip(reversed(steps), reversed(reach[:-1]), strict=True):
        later = ahead[0]
        ahead.insert(
            0, {s: sum(later.get(s & k, 0) for k in step.keeps if not s & k & step.closes) for s in states}
        )
    return ahead
