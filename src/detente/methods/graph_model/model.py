"""A conflict with names: what analyses, files and pages pass around."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.methods.graph_model.forms import Bools, Form, OptionForm
from detente.methods.graph_model.misperception import without_unseen
from detente.methods.graph_model.stability import checked_ranks
from detente.methods.graph_model.statements import Statement


@dataclass(frozen=True, slots=True)
class ConflictModel:
    """An option-form conflict, its decision makers' preferences, and everybody's names.

    Parameters
    ----------
    title : str
        What the conflict is called.
    form : OptionForm
        Options, owners, directions, feasible states.
    ranks : numpy.ndarray of int32, shape (decision makers, states)
        Dense ranks, higher is better.
    dms, options : tuple of str
        Names, in the order of the form.
    statements : tuple of tuple of Statement
        Each decision maker's prioritised statements, where its ranks come from some; empty otherwise.
    wording : tuple of tuple of str
        The same as text.
    unseen : numpy.ndarray of bool, shape (decision makers, states), or None
        States a decision maker does not think of.
    status_quo : int or None
        State where things stand now.
    partition : tuple of tuple of int
        Decision makers that act as one player, if the model says so.
    notes : tuple of str
        What a reader of the file changed or left out, for the page.

    Examples
    --------
    >>> form = OptionForm(1, (0,), ("both",), np.ones(2, dtype=bool))
    >>> ConflictModel("Door", form, np.array([[0, 1]]), ("Guard",), ("open",)).taken(1)
    ('open',)
    """

    title: str
    form: OptionForm
    ranks: NDArray[np.int32]
    dms: tuple[str, ...]
    options: tuple[str, ...]
    statements: tuple[tuple[Statement, ...], ...] = ()
    wording: tuple[tuple[str, ...], ...] = ()
    unseen: Bools | None = None
    status_quo: int | None = None
    partition: tuple[tuple[int, ...], ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.dms) != self.form.dms or len(self.options) != self.form.n_options:
            raise ValueError("give one name to each decision maker and each option")
        object.__setattr__(self, "ranks", checked_ranks(self.form, self.ranks))

    @property
    def perceived(self) -> Form:
        """The form with moves from and to unseen states left out."""
        if self.unseen is None or not self.unseen.any():
            return self.form
        return without_unseen(self.form, self.unseen)

    def taken(self, state: int) -> tuple[str, ...]:
        """Return the names of the options taken in a state."""
        code = int(self.form.codes[state])
        return tuple(name for k, name in enumerate(self.options) if code >> k & 1)
