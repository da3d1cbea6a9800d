"""Draws over the stated ranges: one network and one set of commitments a draw, shared by all scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detente.case import Case
from detente.case.base import Range
from detente.case.relations import Commitment, CommitmentChange, Part, Relations, Tie, TieChange
from detente.lenses.ripples.scenarios import Scenario

Floats = NDArray[np.float64]

UNSTATED = 50.0
"""Priority of a commitment for which none is stated: the middle of the scale (judgement)."""


@dataclass(frozen=True)
class Draws:
    """A sample of everything uncertain in a relations block.

    The same draw of a tie, an effect or an amount serves every scenario, so that differences between
    scenarios come from the deal and not from the dice.

    Parameters
    ----------
    case, relations
        What is sampled.
    n : int
        Number of draws.
    seed : int
    """

    case: Case
    relations: Relations
    n: int
    seed: int

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """Everyone with a tie."""
        return self.relations.nodes

    @cached_property
    def _sample(self) -> dict[int, Floats]:
        """Draws of every range, by identity of the part that holds it, in file order."""
        rng = np.random.default_rng(self.seed)
        r = self.relations
        changes = [*(e for e in r.effects), r.if_talks_fail]
        sample = {id(t): self._draw(rng, t.weight) for t in r.ties}
        sample |= {id(t): self._draw(rng, t.change) for c in changes for t in c.ties}
        parts = [part for c in r.commitments for part in c.from_.values()]
        for part in parts:
            for value in (part.value, part.load, part.priority):
                if value is not None:
                    sample[id(value)] = self._draw(rng, value)
        ranges = [f for c in changes for m in c.commitments for f in m.times.values()]
        ranges += [m.value for m in r.means.values()]
        return sample | {id(f): self._draw(rng, f) for f in ranges} | self._capabilities(rng)

    def _capabilities(self, rng: np.random.Generator) -> dict[int, Floats]:
        owners = [a.capability for a in self.case.actors] + [
            t.capability for t in self.relations.third_parties
        ]
        return {id(c): self._draw(rng, c) for c in owners if c is not None}

    def _draw(self, rng: np.random.Generator, span: object) -> Floats:
        low, high = float(span.low), float(span.high)  # type: ignore[attr-defined]
        return low + (high - low) * rng.random(self.n)

    def network(self, scenario: Scenario) -> Floats:
        """Return the ties of a scenario on -1 .. 1, shape (draws, n, n)."""
        W = np.zeros((self.n, len(self.nodes), len(self.nodes)))
        for tie, (i, j) in self._placed(scenario):
            W[:, i, j] += self._sample[id(tie)] / 100
            W[:, j, i] = W[:, i, j]
        return np.clip(W, -1, 1)

    def middle(self, scenario: Scenario) -> Floats:
        """Return the ties of a scenario at the middle of every range, shape (n, n)."""
        W = np.zeros((len(self.nodes), len(self.nodes)))
        for tie, (i, j) in self._placed(scenario):
            W[i, j] += (tie.weight if isinstance(tie, Tie) else tie.change).mid / 100
            W[j, i] = W[i, j]
        return np.clip(W, -1, 1)

    def _placed(self, scenario: Scenario) -> list[tuple[Tie | TieChange, tuple[int, int]]]:
        """Return ties, then changes of ties, each with the numbers of its ends."""
        place = {node: k for k, node in enumerate(self.nodes)}
        found: list[Tie | TieChange] = [*self.relations.ties]
        found += [t for c in scenario.consequences for t in c.ties]
        return [(t, (place[t.between[0]], place[t.between[1]])) for t in found]

    def in_force(self, scenario: Scenario, commitment: Commitment) -> bool:
        """Return whether a commitment holds under a scenario; where options differ, ending wins."""
        moves = {m.becomes for m in self._moves(scenario, commitment)}
        return "ends" not in moves and (commitment.in_force or "starts" in moves)

    def value(self, scenario: Scenario, commitment: Commitment, who: str) -> Floats:
        """Return the drawn amount of one member under a scenario; 0 where none is given."""
        return self._scaled(scenario, commitment, who, commitment.from_[who].value)

    def load(self, scenario: Scenario, commitment: Commitment, who: str) -> Floats:
        """Return the drawn load of one member under a scenario; 0 where none is given."""
        return self._scaled(scenario, commitment, who, commitment.from_[who].load)

    def priority(self, part: Part) -> Floats:
        """Return the drawn priority of a commitment for one member."""
        if part.priority is None:
            return np.full(self.n, UNSTATED)
        return self._sample[id(part.priority)]

    def capability(self, who: str) -> Floats | None:
        """Return the drawn capability of an actor or third party; None where none is given."""
        given = {a.id: a.capability for a in self.case.actors}
        owned = given | {t.id: t.capability for t in self.relations.third_parties}
        found = owned.get(who)
        return None if found is None else self._sample[id(found)]

    def means(self, who: str) -> Floats | None:
        """Return the drawn size of a donor's economy; None where none is given."""
        found = self.relations.means.get(who)
        return None if found is None else self._sample[id(found.value)]

    def _scaled(self, scenario: Scenario, c: Commitment, who: str, base: Range | None) -> Floats:
        if base is None or not self.in_force(scenario, c):
            return np.zeros(self.n)
        amount = self._sample[id(base)]
        for move in self._moves(scenario, c):
            if who in move.times:
                amount = amount * self._sample[id(move.times[who])]
        return amount

    def _moves(self, scenario: Scenario, commitment: Commitment) -> list[CommitmentChange]:
        moves = [m for c in scenario.consequences for m in c.commitments]
        return [m for m in moves if m.commitment == commitment.id]
