"""Stability of every state for every decision maker, with margins, by the threshold identity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods.graph_model.engine import Engine, engine
from detente.methods.graph_model.forms import Bools, Form, Ints
from detente.methods.threads import fold

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
"""Nash; general and symmetric metarationality; sequential and symmetric sequential stability."""

SIDE_BY_SIDE = 2**15
"""States from which decision makers are worked on by several threads; below it starting them costs more."""

NO_MOVE = np.iinfo(np.int32).max
"""Margin of a state its decision maker cannot leave."""


@dataclass(frozen=True, slots=True)
class Stability:
    """Margins of every state under each concept.

    Parameters
    ----------
    concepts : tuple of str
        The concepts solved.
    margins : numpy.ndarray of int32, shape (concepts, decision makers, states)
        Rank places of slack: from zero up the state is stable, below zero it must rise that many
        places in the decision maker's ranking to become so. `NO_MOVE` where there is no move at all.
        Exact in option form; in graph form slack is a lower bound.
    """

    concepts: tuple[str, ...]
    margins: NDArray[np.int32]

    def of(self, concept: str) -> NDArray[np.int32]:
        """Return the margins under one concept, shape (decision makers, states)."""
        found: NDArray[np.int32] = self.margins[self.concepts.index(concept)]
        return found

    def stable(self, concept: str) -> Bools:
        """Return which states are stable for whom, shape (decision makers, states)."""
        return np.asarray(self.of(concept) >= 0)

    def equilibria(self, concept: str) -> Ints:
        """Return the states stable for everybody, ascending."""
        return np.flatnonzero(self.stable(concept).all(axis=0))


def solve(form: Form, ranks: ArrayLike, concepts: Sequence[str] = CONCEPTS) -> Stability:
    r"""Return the stability of every state for every decision maker.

    For total preorders each concept gives every improvement q a sanction value v(q) that does not
    depend on the state s it starts from, and s is stable for i iff

    .. math:: W_i(s) = \max_{q \in R_i(s)} \min(p_i(q), v_i(q)) \le p_i(s)

    The margin is :math:`p_i(s) - W_i(s)`.

    Parameters
    ----------
    form : OptionForm or GraphForm
        The conflict.
    ranks : array of int, shape (decision makers, states)
        Dense ranks 0, 1, ..., higher is better, ties allowed.
    concepts : sequence of str
        Any of `CONCEPTS`.

    Raises
    ------
    ValueError
        If the ranks do not fit the form or leave gaps, or a concept is unknown.

    References
    ----------
    Fang, Hipel & Kilgour 1993, Interactive Decision Making, Wiley. Rego & Vieira 2017 (symmetric
    sequential), doi:10.1007/s10726-016-9520-8.

    Examples
    --------
    The prisoners' dilemma: nobody confesses only under concepts that look two steps ahead.

    >>> from detente.methods.graph_model.forms import OptionForm
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> found = solve(form, [[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> {c: found.equilibria(c).tolist() for c in ("nash", "seq")}
    {'nash': [0], 'seq': [0, 3]}
    """
    unknown = set(concepts) - set(CONCEPTS)
    if unknown:
        raise ValueError(f"unknown concepts {sorted(unknown)}; known are {', '.join(CONCEPTS)}")
    table = checked_ranks(form, ranks)
    machine = engine(form, table)
    margins = np.empty((len(concepts), form.dms, form.n_states), dtype=np.int32)

    def fill(dm: int) -> None:
        for n, concept in enumerate(concepts):
            threshold = machine.gather(threshold_of(machine, dm, concept))
            margins[n, dm] = np.where(threshold < 0, NO_MOVE, table[dm] - threshold)

    if form.n_states < SIDE_BY_SIDE:
        for dm in range(form.dms):
            fill(dm)
    else:
        machine.prepare()
        fold(range(form.dms), lambda: None, lambda _, dm: fill(dm))
    return Stability(tuple(concepts), margins)


def threshold_of(machine: Engine, dm: int, concept: str) -> Ints:
    """Return W of one decision maker over an engine's cells; negative where there is no move."""
    own = machine.own(dm)
    if concept == "nash":
        return machine.best_move(dm, own)
    answer = machine.worst_answer if concept in ("gmr", "smr") else machine.worst_credible
    sanction = answer(dm, machine.best_reach(dm, own) if concept in ("smr", "sseq") else own)
    return machine.best_move(dm, np.minimum(own, sanction))


def checked_ranks(form: Form, ranks: ArrayLike) -> NDArray[np.int32]:
    """Return ranks as int32 after checking shape and density.

    Raises
    ------
    ValueError
        If the shape is not (decision makers, states) or a row is not 0, 1, ... without gaps.
    """
    table = np.asarray(ranks)
    if table.shape != (form.dms, form.n_states):
        raise ValueError(f"ranks need shape ({form.dms}, {form.n_states}), not {table.shape}")
    if not np.issubdtype(table.dtype, np.integer):
        raise ValueError("ranks are whole numbers; make them with `dense`")
    for dm, row in enumerate(table):
        if row.min() != 0 or row.max() >= row.size or not np.bincount(row).all():
            raise ValueError(f"the ranks of decision maker {dm} leave gaps; make them with `dense`")
    return table.astype(np.int32)
