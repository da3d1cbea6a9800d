"""Other ideas of stability for a small conflict that is written out: far-sighted, by coalitions, as one."""

from __future__ import annotations

import numpy as np

from detente.lenses.stability.board import Board
from detente.lenses.stability.result_parts import EquilibriumJump, Further
from detente.methods.graph_model import CONCEPTS
from detente.methods.graph_model.coalitions import (
    COALITION_CONCEPTS,
    MAX_DMS,
    jumps,
    solve_bound,
    solve_coalitions,
)
from detente.methods.graph_model.forms import Bools, OptionForm
from detente.methods.graph_model.limited import farsighted
from detente.methods.graph_model.simultaneous import simultaneous

SMALL = 1024
"""Judgement: tables of states by states for all coalitions of a conflict this large take seconds."""

HORIZONS = (2, 3, 4)
"""Moves looked ahead, as the published tables have them; one move ahead is Nash."""


def look_further(board: Board) -> Further | None:
    """Return the equilibria under other ideas of stability; None for a large conflict."""
    if board.form.n_states > SMALL or len(board.dms) > MAX_DMS:
        return None
    found: dict[str, Bools] = {}
    tied = False
    if len(board.dms) == 2:
        if isinstance(board.form, OptionForm):
            either = board.solved.stable("seq") | simultaneous(board.form, board.ranks)
            found["seq_or_sim"] = _everybody(either)
        ahead = farsighted(board.form, board.ranks)
        found |= {f"l{h}": _everybody(ahead.limited(h)) for h in HORIZONS}
        found["nonmyopic"] = _everybody(ahead.nonmyopic())
        tied = ahead.tied
    groups = solve_coalitions(board.form, board.ranks)
    found |= {concept: groups.universal(concept) for concept in COALITION_CONCEPTS}
    if board.partition and isinstance(board.form, OptionForm):
        found |= {
            f"bound_{c}": _everybody(solve_bound(board.form, board.ranks, board.partition, c))
            for c in CONCEPTS
        }
    settled = board.solved.equilibria(board.concept).tolist()
    return Further(
        equilibria={name: tuple((np.flatnonzero(cells) + 1).tolist()) for name, cells in found.items()},
        jumps=tuple(
            EquilibriumJump(j.coalition, j.source + 1, j.target + 1)
            for j in jumps(board.form, board.ranks, settled)
        ),
        tied=tied,
    )


def _everybody(stable: Bools) -> Bools:
    """Return which states are stable for all."""
    return np.asarray(stable.all(axis=0))
