"""Draws preferences and counts in how many of them a generated conflict holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.lenses.stability.board import Sampled
from detente.lenses.stability.generate import Generated
from detente.methods.graph_model import CONCEPTS
from detente.methods.graph_model.many import Held, solve_many
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
        found = self._held(conflict, len(self.draws.points), CONCEPTS)
        n, headline = len(found.focus), CONCEPTS.index(self.concept)
        everybody = found.focus.all(axis=2).mean(axis=0)
        return Sampled(
            focus={c: share(float(p), n) for c, p in zip(CONCEPTS, everybody, strict=True)},
            holds=tuple(share(float(p), n) for p in found.focus[:, headline].mean(axis=0)),
            equilibria=found.equilibria[headline] / n,
            draws=n,
        )

    def compliance(self, conflict: Generated, most: int) -> tuple[Share, Floats]:
        """Return in what share of the first draws compliance holds, and for each decision maker."""
        found = self._held(conflict, most, (self.concept,)).focus[:, 0]
        return share(float(found.all(axis=1).mean()), len(found)), found.mean(axis=0)

    def _held(self, conflict: Generated, most: int, concepts: Sequence[str]) -> Held:
        """Solve the first draws in blocks that fit into memory."""
        n = min(most, len(self.draws.points))
        units = self._units(conflict)[:n]
        block = max(1, CELLS // (conflict.form.n_states * len(conflict.dms)))
        parts = []
        for at in range(0, n, block):
            rows = slice(at, min(at + block, n))
            points = conflict.utilities(self.draws.part(rows), units[rows])
            parts.append(solve_many(conflict.form, points, COMPLIANCE, concepts))
        return Held(
            tuple(concepts),
            np.concatenate([p.focus for p in parts]),
            np.sum([p.equilibria for p in parts], axis=0),
        )

    def _units(self, conflict: Generated) -> Floats:
        """Return where effects lie in their ranges, (draws, moves)."""
        n = len(self.draws.points)
        columns = [np.random.default_rng([self.seed, *move.id.encode()]).random(n) for move in conflict.moves]
        return np.stack(columns, axis=1)
