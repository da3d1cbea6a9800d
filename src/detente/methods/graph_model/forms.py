"""The two forms of a conflict: options that owners switch, or states joined by explicit moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from detente.errors import TooLarge

Direction = Literal["both", "fwd", "back"]
Ints = NDArray[np.integer]
Bools = NDArray[np.bool_]

MAX_OPTIONS = 24
"""Judgement: 2**24 cells need about 1 GB for two decision makers; beyond it a model wants coarser options."""

NOBODY = -1
"""Owner of an option that no decision maker can change."""


class Form(Protocol):
    """What both forms offer: a number of decision makers, of states, and the moves out of a state."""

    @property
    def dms(self) -> int:
        """Return the number of decision makers."""
        ...

    @property
    def n_states(self) -> int:
        """Return the number of states."""
        ...

    def targets(self, dm: int, state: int) -> Ints:
        """Return the states a decision maker can move to in one step, ascending."""
        ...


@dataclass(frozen=True, slots=True)
class OptionForm:
    """A conflict given by yes/no options; moves are implicit.

    A state is the code ``sum of 2**k`` over the options k taken; feasible codes in ascending order
    are numbered 0, 1, ... and every other function speaks of states by that number.

    Parameters
    ----------
    dms : int
        Number of decision makers.
    owner : tuple of int
        Owner of each option, -1 for nobody.
    direction : tuple of {"both", "fwd", "back"}
        "fwd" options can only be taken, "back" options only be dropped.
    feasible : numpy.ndarray of bool, shape (2**options,)
        Which codes exist.

    Raises
    ------
    ValueError
        If lengths disagree, an owner does not exist, or no state is feasible.
    TooLarge
        If there are more than 24 options.

    Examples
    --------
    >>> form = OptionForm(2, (0, 1), ("both", "fwd"), np.array([True, True, True, False]))
    >>> form.n_states, form.pattern(1), form.targets(1, 0).tolist(), form.targets(1, 2).tolist()
    (3, 'YN', [2], [])
    """

    dms: int
    owner: tuple[int, ...]
    direction: tuple[Direction, ...]
    feasible: Bools
    codes: NDArray[np.int32] = field(init=False)
    """Feasible codes, ascending."""

    def __post_init__(self) -> None:
        n_options = len(self.owner)
        if n_options > MAX_OPTIONS:
            raise TooLarge(
                f"{n_options} options make 2^{n_options} states; the limit is {MAX_OPTIONS} options. "
                "Remedy: merge options that are always taken together, or drop one"
            )
        if len(self.direction) != n_options:
            raise ValueError(f"{n_options} owners but {len(self.direction)} directions")
        if any(not NOBODY <= o < self.dms for o in self.owner):
            raise ValueError(f"owners must be {NOBODY} (nobody) or 0..{self.dms - 1}: {self.owner}")
        if self.feasible.shape != (2**n_options,) or self.feasible.dtype != np.bool_:
            raise ValueError(f"feasible must hold 2^{n_options} truth values")
        codes = np.flatnonzero(self.feasible).astype(np.int32)
        if not codes.size:
            raise ValueError("no state is feasible")
        object.__setattr__(self, "codes", codes)

    @property
    def n_options(self) -> int:
        """Number of options."""
        return len(self.owner)

    @property
    def n_states(self) -> int:
        """Number of feasible states."""
        return int(self.codes.size)

    def own(self, dm: int) -> tuple[int, ...]:
        """Return the options a decision maker owns."""
        return tuple(k for k, owner in enumerate(self.owner) if owner == dm)

    def pattern(self, state: int) -> str:
        """Return Y or N for each option, first option first."""
        code = int(self.codes[state])
        return "".join("Y" if code >> k & 1 else "N" for k in range(self.n_options))

    def state(self, code: int) -> int:
        """Return the number of a feasible code."""
        if not (0 <= code < self.feasible.size and self.feasible[code]):
            raise ValueError(f"code {code} is not a feasible state")
        return int(np.searchsorted(self.codes, code))

    def targets(self, dm: int, state: int) -> Ints:
        """Return the states a decision maker can move to in one step, ascending."""
        code = int(self.codes[state])
        reached = np.array([code], dtype=np.int64)
        for k in self.own(dm):
            taken = bool(code >> k & 1)
            if self.direction[k] != ("fwd" if taken else "back"):
                reached = np.concatenate([reached, reached ^ (1 << k)])
        reached = np.sort(reached[1:])
        return np.searchsorted(self.codes, reached[self.feasible[reached]])


@dataclass(frozen=True, slots=True)
class GraphForm:
    """A conflict given by states and explicit moves, which need not be transitive.

    Parameters
    ----------
    dms : int
        Number of decision makers.
    n_states : int
        Number of states, numbered from 0.
    starts : numpy.ndarray of int, shape (dms, n_states + 1)
        Moves of decision maker i out of state s are ``arcs[i][starts[i, s]:starts[i, s + 1]]``.
    arcs : tuple of numpy.ndarray of int
        Targets, ascending within each state.

    Examples
    --------
    >>> form = GraphForm.from_moves(3, [[(0, 1), (1, 2)], [(2, 0)]])
    >>> form.targets(0, 1).tolist(), form.targets(1, 1).tolist()
    ([2], [])
    """

    dms: int
    n_states: int
    starts: NDArray[np.int64]
    arcs: tuple[NDArray[np.int32], ...]

    @classmethod
    def from_moves(cls, n_states: int, moves: Sequence[Iterable[tuple[int, int]]]) -> GraphForm:
        """Build from one list of (from, to) pairs for each decision maker; duplicates count once.

        Raises
        ------
        ValueError
            If a pair names a state that does not exist or moves nowhere.
        """
        starts = np.zeros((len(moves), n_states + 1), dtype=np.int64)
        arcs = []
        for dm, pairs in enumerate(moves):
            table = np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2)
            if table.size and (table.min() < 0 or table.max() >= n_states):
                raise ValueError(f"a move of decision maker {dm} names a state outside 0..{n_states - 1}")
            if (table[:, 0] == table[:, 1]).any():
                raise ValueError(f"a move of decision maker {dm} stays where it is")
            starts[dm, 1:] = np.cumsum(np.bincount(table[:, 0], minlength=n_states))
            arcs.append(table[:, 1].astype(np.int32))
        return cls(len(moves), n_states, starts, tuple(arcs))

    def targets(self, dm: int, state: int) -> Ints:
        """Return the states a decision maker can move to in one step, ascending."""
        return self.arcs[dm][self.starts[dm, state] : self.starts[dm, state + 1]]

    def sources(self, dm: int) -> NDArray[np.int32]:
        """Return the state each arc of a decision maker leaves."""
        counts = np.diff(self.starts[dm])
        return np.repeat(np.arange(self.n_states, dtype=np.int32), counts)


def moves_of(form: Form, dm: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return all moves of a decision maker as (from, to) arrays, ascending by both.

    Examples
    --------
    >>> form = OptionForm(1, (0,), ("both",), np.array([True, True]))
    >>> [a.tolist() for a in moves_of(form, 0)]
    [[0, 1], [1, 0]]
    """
    if isinstance(form, GraphForm):
        return form.sources(dm), form.arcs[dm]
    if not isinstance(form, OptionForm):
        raise TypeError(f"no moves known of {type(form).__name__}")
    patterns = np.zeros(1, dtype=np.int64)
    for k in form.own(dm):
        patterns = np.concatenate([patterns, patterns | 1 << k])
    sources, targets = [], []
    for pattern in patterns[1:].tolist():
        locked = [k for k in form.own(dm) if pattern >> k & 1 and form.direction[k] != "both"]
        there = form.codes ^ pattern
        free = form.feasible[there]
        for k in locked:
            free = free & ((form.codes >> k & 1) == (form.direction[k] == "back"))
        sources.append(np.flatnonzero(free))
        targets.append(np.searchsorted(form.codes, there[free]))
    if not sources:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)
    both = np.concatenate(sources), np.concatenate(targets)
    order = np.lexsort((both[1], both[0]))
    return both[0][order].astype(np.int32), both[1][order].astype(np.int32)


def as_graph(form: Form) -> GraphForm:
    """Return the same conflict with its moves written out.

    Examples
    --------
    >>> form = OptionForm(2, (0, 1), ("both", "fwd"), np.array([True, True, True, False]))
    >>> as_graph(form).targets(0, 0).tolist()
    [1]
    """
    if isinstance(form, GraphForm):
        return form
    starts = np.zeros((form.dms, form.n_states + 1), dtype=np.int64)
    arcs = []
    for dm in range(form.dms):
        sources, targets = moves_of(form, dm)
        starts[dm, 1:] = np.cumsum(np.bincount(sources, minlength=form.n_states))
        arcs.append(targets)
    return GraphForm(form.dms, form.n_states, starts, tuple(arcs))
