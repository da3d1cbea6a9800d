"""The parts of a stability result: options, states, stories, verdicts, equilibria, supports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.table.verdicts import Share

OptionKind = Literal["term", "response", "option", "name"]
"""A breach of a term, an answer to one, an option of a written conflict, or a bare name from a file."""

Number = int
"""Ordered number of a state, from 1, as the file format numbers them."""

NAMES = {
    "nash": "Nash",
    "gmr": "general metarational",
    "smr": "symmetric metarational",
    "seq": "sequential",
    "sseq": "symmetric sequential",
}
"""What stability concepts are called in the literature."""


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option: whose it is and what it is called.

    Parameters
    ----------
    id : str
        Its id in the case; its name in a conflict from a file.
    owner : int or None
        Its decision maker; None where it is in nobody's hands.
    text : str
        What taking it means, to be read after "could"; in a conflict from a file, its name.
    kept : str
        For a term, what keeping it means, to be read after the owner's name.
    kind : str
        See `OptionKind`.
    basis : str
        How the case knows that it can be taken, and with what effect; "" in a conflict from a file.
    evidence : tuple of str
        Ids of evidence items.
    """

    id: str
    owner: int | None
    text: str
    kept: str
    kind: OptionKind
    basis: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class States:
    """The states that are listed, each array in their order.

    Parameters
    ----------
    number : numpy.ndarray of int, shape (listed,)
        Ordered numbers.
    pattern : tuple of str
        Y or N for each option, first option first.
    ranks : numpy.ndarray of int, shape (decision makers, listed)
        Higher is better.
    stable : dict of concept to numpy.ndarray of bool, shape (decision makers, listed)
    margins : dict of concept to numpy.ndarray of float, shape (decision makers, listed)
        Rank places of slack, negative for a deficit; null where there is no move at all.
    complete : bool
        Whether every state is listed; a very large conflict lists its equilibria only.
    """

    number: NDArray[np.int64]
    pattern: tuple[str, ...]
    ranks: NDArray[np.int32]
    stable: dict[str, NDArray[np.bool_]]
    margins: dict[str, NDArray[np.float64]]
    complete: bool


@dataclass(frozen=True, slots=True)
class Switch:
    """One option taken or dropped."""

    option: int
    on: bool


@dataclass(frozen=True, slots=True)
class Move:
    """One decision maker's move between two states."""

    dm: int
    source: Number
    target: Number
    switches: tuple[Switch, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A way for a decision maker to leave the focus, and what becomes of it.

    Parameters
    ----------
    move : Move
        The improvement.
    answer : tuple of Move
        Moves of the others that spoil it; empty where nothing does.
    escape : Move or None
        The best way out that the leaver has left, which fails.
    gain : float or None
        Points the move brings before any answer, on the leaver's own scale; None without a scale.
    end : float or None
        Points at the end against where it started.
    places : int
        Rank places at the end against where it started.
    """

    move: Move
    answer: tuple[Move, ...]
    escape: Move | None
    gain: float | None
    end: float | None
    places: int

    @property
    def pays(self) -> bool:
        """Whether leaving is worthwhile."""
        return not self.answer


@dataclass(frozen=True, slots=True)
class Hold:
    """How the focus holds for one decision maker under the headline concept.

    Parameters
    ----------
    dm : int
    stable : bool
    margin : int or None
        Rank places of slack; None where there is no move at all.
    slack : float or None
        Points between the focus and the best that leaving can secure; None without a scale or a move.
    share : Share or None
        Draws in which it holds; None where nothing is drawn.
    stories : tuple of Story
        Ways to leave, the most tempting first.
    needs : tuple of int
        Options of others without which it would no longer hold, each taken alone.
    changes : tuple of str
        Where a conflict is written out and it does not hold: changes of its preferences after which it
        would. Single changes of statements; for a ranking, smallest sets of states to rank no higher.
    rankings : float or None
        Share of all its strict rankings of the states that would make it hold, the others' kept; counted
        exactly. None for a conflict made from a deal, and where too many states matter.
    """

    dm: int
    stable: bool
    margin: int | None
    slack: float | None
    share: Share | None
    stories: tuple[Story, ...]
    needs: tuple[int, ...]
    changes: tuple[str, ...]
    rankings: float | None = None


@dataclass(frozen=True, slots=True)
class ConceptVerdict:
    """Whether the focus is an equilibrium under one concept, for whom not, and in what share of draws."""

    concept: str
    stable: bool
    leavers: tuple[int, ...]
    margin: int | None
    share: Share | None


@dataclass(frozen=True, slots=True)
class Jump:
    """A group that would leave together, and where to."""

    members: tuple[int, ...]
    target: Number


@dataclass(frozen=True, slots=True)
class Focus:
    """The state asked about: full compliance with a deal, or where things stand.

    Parameters
    ----------
    state : int
        Its ordered number.
    verdicts : tuple of ConceptVerdict
        In the order of the concepts.
    holds : tuple of Hold
        One for each decision maker.
    first : int or None
        Decision maker that breaks first: in most draws, then with the most to gain; None if nobody does.
    drift : tuple of Move
        A shortest way by improvements to an equilibrium of the headline concept; empty if it is one.
    jumps : tuple of Jump
        Groups of two or more that would all gain by leaving together.
    """

    state: Number
    verdicts: tuple[ConceptVerdict, ...]
    holds: tuple[Hold, ...]
    first: int | None
    drift: tuple[Move, ...]
    jumps: tuple[Jump, ...]


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """An equilibrium, with what ranks it.

    Parameters
    ----------
    state : int
        Ordered number.
    taken : tuple of int
        Options taken.
    concepts : tuple of str
        Concepts under which it is one.
    margin : int or None
        Smallest slack under the headline concept; None where nobody can move.
    together : bool
        Whether no group of two or more would all gain by leaving it.
    moves : int or None
        Fewest improvements that lead to it from the focus; None if none do or there is no focus.
    share : Share or None
        Draws in which it is an equilibrium of the headline concept.
    by_any : int or None
        Fewest legal moves that lead to it from the focus, whether they improve or not.
    way : tuple of Move
        A shortest way by improvements; empty where none leads, and in large conflicts.
    """

    state: Number
    taken: tuple[int, ...]
    concepts: tuple[str, ...]
    margin: int | None
    together: bool
    moves: int | None
    share: Share | None
    by_any: int | None = None
    way: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class EquilibriumJump:
    """A group's joint improvement from one equilibrium of the headline concept to another."""

    members: tuple[int, ...]
    source: Number
    target: Number


@dataclass(frozen=True, slots=True)
class Further:
    """Other ideas of stability, for a small conflict that is written out.

    Parameters
    ----------
    equilibria : dict of name to tuple of int
        Ordered numbers. For two decision makers `seq_or_sim` (sequential, or undone by a simultaneous
        move), `l2` to `l4` (looking so many moves ahead) and `nonmyopic`; `cnash`, `cgmr`, `csmr`, `cseq`
        (no coalition leaves); `bound_nash` and so on where the file says who acts as one.
    jumps : tuple of EquilibriumJump
        Groups that would leave one equilibrium for another.
    tied : bool
        Whether ties may decide what looking ahead finds: it then stays, and takes the lowest state number.
    """

    equilibria: dict[str, tuple[Number, ...]]
    jumps: tuple[EquilibriumJump, ...]
    tied: bool
