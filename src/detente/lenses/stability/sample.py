"""Draws preferences and counts in how many of them a generated conflict holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.lenses.stability.board import Sampled
from detente.lenses.stability.generate import Generated
from detente.methods.graph_model import CONCEPTS
from detente.methods.graph_model.hold import holds_many
from detente.methods.graph_model.many import solve_many
from detente.table.draws import Draws
from detente.table.verdicts import Share, share

Floats = NDArray[np.float64]

CELLS = 2**21
"""Numbers solved in one block: 16 MB."""

COMPLIANCE = 0
"""The state in which nobody breaks anything."""


@dataclass(frozen=True, slots=True)
class Sampler:
    """Draws of preferences, and of the places of effects in their ranges.

    Parameters
    ----------
    draws : Draws
        Points and worth of no deal.
    seed : int
        Seed of the effects; each move has its own stream, so that adding one leaves the others alone.
    concept : str
        Headline concept.
    """

    draws: Draws
    seed: int
    concept: str

    def central(self, conflict: Generated) -> Floats:
        """Return the points of every state at the mean of the draws, (decision makers, states)."""
        middle = np.full((1, len(conflict.moves)), 0.5)
        found: Floats = conflict.utilities(self.draws.middle(), middle)[0]
        return found

    def sample(self, conflict: Generated) -> Sampled:
        """Return the shares of all draws in which things hold."""
        n = len(self.draws.points)
        focus, counts = [], []
        for points in self._blocks(conflict, n):
            focus.append(holds_many(conflict.form, points, COMPLIANCE, CONCEPTS))
            counts.append(solve_many(conflict.form, points, COMPLIANCE, (self.concept,)).equilibria[0])
        held = np.concatenate(focus)
        everybody = held.all(axis=2).mean(axis=0)
        return Sampled(
            focus={c: share(float(p), n) for c, p in zip(CONCEPTS, everybody, strict=True)},
            holds=tuple(share(float(p), n) for p in held[:, CONCEPTS.index(self.concept)].mean(axis=0)),
            equilibria=np.sum(counts, axis=0) / n,
            draws=n,
        )

    def compliance(self, conflict: Generated, most: int) -> tuple[Share, Floats]:
        """Return in what share of the first draws compliance holds, and for each decision maker."""
        parts = [
            holds_many(conflict.form, points, COMPLIANCE, (self.concept,))
            for points in self._blocks(conflict, min(most, len(self.draws.points)))
        ]
        found = np.concatenate(parts)[:, 0]
        return share(float(found.all(axis=1).mean()), len(found)), found.mean(axis=0)

    def _blocks(self, conflict: Generated, n: int) -> Iterator[Floats]:
        """Yield the points of every state in the first draws, in blocks that fit into memory."""
        units = self._units(conflict)
        block = max(1, CELLS // (conflict.form.n_states * len(conflict.dms)))
        for at in range(0, n, block):
            rows = slice(at, min(at + block, n))
            yield conflict.utilities(self.draws.part(rows), units[rows])

    def _units(self, conflict: Generated) -> Floats:
        """Return where effects lie in their ranges, (draws, moves)."""
        n = len(self.draws.points)
        columns = [np.random.default_rng([self.seed, *move.id.encode()]).random(n) for move in conflict.moves]
        return np.stack(columns, axis=1)
