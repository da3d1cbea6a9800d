"""Stability from relations alone, for preferences that no single ranking can hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.methods.graph_model.forms import Bools
from detente.methods.graph_model.reach import legal_reach, some_path


@dataclass(frozen=True, slots=True)
class Relations:
    """What players can do and how they look at it; every array has shape (players, states, states).

    Parameters
    ----------
    steps : numpy.ndarray of bool
        Moves from the row state to the column state.
    tempting : numpy.ndarray of bool
        The column state counts as an improvement on the row state for the one whose stability is asked.
    credible : numpy.ndarray of bool
        The column state counts as an improvement for one who sanctions.
    deterring : numpy.ndarray of bool
        The column state, as the end of a sanction, deters from leaving the row state.
    """

    steps: Bools
    tempting: Bools
    credible: Bools
    deterring: Bools


def stable_under(relations: Relations, concept: str) -> Bools:
    """Return which states are stable for whom under `nash`, `gmr`, `smr`, `seq` or `sseq`.

    This is the definition itself, written with tables of states by states.

    Examples
    --------
    >>> from detente.methods.graph_model.reach import preferred
    >>> steps = np.array([[[0, 1], [0, 0]]], dtype=bool)
    >>> better = preferred(np.array([[0, 1]]))
    >>> stable_under(Relations(steps, better, better, ~better), "gmr").tolist()
    [[False, True]]
    """
    players = relations.steps.shape[0]
    rows = [_stable(relations, player, concept) for player in range(players)]
    return np.array(rows)


def _stable(relations: Relations, player: int, concept: str) -> Bools:
    leaving = relations.steps[player] & relations.tempting[player]
    if concept == "nash":
        return np.asarray(~leaving.any(axis=1))
    others = [j for j in range(relations.steps.shape[0]) if j != player]
    steps = relations.steps[others]
    if concept in ("seq", "sseq"):
        steps = steps & relations.credible[others]
    deters = relations.deterring[player]
    if concept in ("smr", "sseq"):
        escapes = some_path(relations.steps[player], ~deters.T).T
        deters = deters & ~escapes
    unanswered = ~some_path(legal_reach(steps), deters.T).T
    return np.asarray(~(leaving & unanswered).any(axis=1))
