"""Strength of preference: stability that rests on a sanction which hurts badly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.methods.graph_model.engine import engine
from detente.methods.graph_model.forms import Bools, Form
from detente.methods.graph_model.stability import Stability, checked_ranks, solve

SPLIT = ("gmr", "smr", "seq", "sseq")
"""Concepts that come in strong and weak; Nash stability has no sanction to be strong."""


@dataclass(frozen=True, slots=True)
class Strength:
    """General stability, and the part of it that rests on strong sanctions.

    Parameters
    ----------
    general : Stability
        Without regard to strength.
    strong : numpy.ndarray of bool, shape (4, decision makers, states)
        In the order of `SPLIT`.
    """

    general: Stability
    strong: Bools

    def strongly(self, concept: str) -> Bools:
        """Return which states are strongly stable for whom."""
        found: Bools = self.strong[SPLIT.index(concept)]
        return found

    def weakly(self, concept: str) -> Bools:
        """Return which states are stable for whom, but not strongly."""
        return np.asarray(self.general.stable(concept) & ~self.strongly(concept))


def solve_strength(form: Form, ranks: NDArray[np.integer], blocks: NDArray[np.integer]) -> Strength:
    """Return stability split into strong and weak.

    Parameters
    ----------
    form : OptionForm or GraphForm
        The conflict.
    ranks : array of int, shape (decision makers, states)
        Dense ranks.
    blocks : array of int, shape (decision makers, states)
        Block of each state, higher is better, never falling as ranks rise; one state is greatly preferred
        to another if its block is higher. A strong sanction ends, with every escape, in a lower block.

    Raises
    ------
    ValueError
        If a block cuts across the ranking.

    References
    ----------
    Hamouda, Kilgour & Hipel 2004, doi:10.1023/B:GRUP.0000045751.21207.35.

    Examples
    --------
    In the prisoners' dilemma cooperation is stable; strongly so if mutual defection is far worse.

    >>> from detente.methods.graph_model.forms import OptionForm
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> ranks = np.array([[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> mild, great = solve_strength(form, ranks, ranks * 0), solve_strength(form, ranks, ranks // 2)
    >>> mild.strongly("seq")[:, 3].tolist(), great.strongly("seq")[:, 3].tolist()
    ([False, False], [True, True])
    """
    table, cut = checked_ranks(form, ranks), np.asarray(blocks, dtype=np.int32)
    if cut.shape != table.shape:
        raise ValueError(f"blocks need the shape of the ranks, {table.shape}, not {cut.shape}")
    machine = engine(form, table)
    strong = np.zeros((len(SPLIT), *table.shape), dtype=np.bool_)
    for dm in range(form.dms):
        top = _tops(table[dm], cut[dm])
        own, block = machine.own(dm), machine.spread(cut[dm])
        for n, concept in enumerate(SPLIT):
            answer = machine.worst_answer if concept in ("gmr", "smr") else machine.worst_credible
            value = answer(dm, machine.best_reach(dm, block) if concept in ("smr", "sseq") else block)
            # A block counts as its highest rank: a state is greatly preferred to it from one place above.
            sanction = machine.spread(top[machine.gather(value)] + 1)
            threshold = machine.gather(machine.best_move(dm, np.minimum(own, sanction)))
            strong[n, dm] = threshold <= table[dm]
    return Strength(solve(form, table), strong)


def _tops(ranks: NDArray[np.int32], blocks: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the highest rank in each block, or in blocks below it where it is empty."""
    order = np.argsort(ranks, kind="stable")
    rising, places = blocks[order], ranks[order]
    same = np.diff(places) == 0
    if blocks.min() < 0 or (np.diff(rising) < 0).any() or (np.diff(rising)[same] != 0).any():
        raise ValueError("blocks are whole numbers from 0 that never fall as ranks rise, equal on ties")
    top = np.full(int(blocks.max()) + 1, -1, dtype=np.int32)
    np.maximum.at(top, rising, places)
    return np.maximum.accumulate(top)
