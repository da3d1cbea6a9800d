"""What an analysis starts from: a conflict with names, its ranks, points where there are any, its focus."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detente.lenses.stability.result_parts import Move, OptionView, Switch
from detente.methods.graph_model import CONCEPTS, Stability, solve
from detente.methods.graph_model.forms import Form, OptionForm
from detente.methods.graph_model.paths import Step
from detente.methods.graph_model.statements import Statement
from detente.table.verdicts import Share


@dataclass(frozen=True, slots=True)
class Sampled:
    """Shares of draws.

    Parameters
    ----------
    focus : dict of concept to Share
        In which the focus is an equilibrium.
    holds : tuple of Share
        In which each decision maker would not leave the focus, under the headline concept.
    equilibria : numpy.ndarray of float, shape (states,)
        In which each state is an equilibrium of the headline concept.
    draws : int
    """

    focus: dict[str, Share]
    holds: tuple[Share, ...]
    equilibria: NDArray[np.float64]
    draws: int


@dataclass(frozen=True)
class Board:
    """A conflict ready to be analysed.

    Parameters
    ----------
    options_form : OptionForm
        Options and feasible states, for names of states.
    form : OptionForm or GraphForm
        What is solved; differs where somebody does not see some states.
    ranks : numpy.ndarray of int32, shape (decision makers, states)
    points : numpy.ndarray of float, shape (decision makers, states), or None
        Points of each state on each decision maker's own scale.
    dms : tuple of str
    options : tuple of OptionView
    focus : int or None
        State asked about, from 0.
    concept : str
        Headline concept.
    sampled : Sampled or None
    plain : numpy.ndarray of bool, shape (states,), or None
        States worth naming; the others only repeat them. None for all.
    statements, wording : tuple
        Prioritised statements and their text, where ranks come from some.
    partition : tuple of tuple of int
        Decision makers that act as one player, where a file says so.
    """

    options_form: OptionForm
    form: Form
    ranks: NDArray[np.int32]
    points: NDArray[np.float64] | None
    dms: tuple[str, ...]
    options: tuple[OptionView, ...]
    focus: int | None
    concept: str
    sampled: Sampled | None = None
    plain: NDArray[np.bool_] | None = None
    statements: tuple[tuple[Statement, ...], ...] = ()
    wording: tuple[tuple[str, ...], ...] = ()
    partition: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def solved(self) -> Stability:
        """Stability of every state."""
        return solve(self.form, self.ranks, CONCEPTS)

    def move(self, step: Step) -> Move:
        """Return a step with what it switches and ordered numbers."""
        codes = self.options_form.codes
        before, after = int(codes[step.source]), int(codes[step.target])
        switches = tuple(
            Switch(k, bool(after >> k & 1)) for k in range(len(self.options)) if (before ^ after) >> k & 1
        )
        return Move(step.dm, step.source + 1, step.target + 1, switches)

    def taken(self, state: int) -> tuple[int, ...]:
        """Return the options taken in a state."""
        code = int(self.options_form.codes[state])
        return tuple(k for k in range(len(self.options)) if code >> k & 1)
