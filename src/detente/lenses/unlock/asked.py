"""The question of one unlock: whose movements, under which reading, towards which deals; and its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from detente.lenses.unlock.result import Instead, Move, Package
from detente.methods.agreement import Agreement
from detente.methods.dealspace import unlock as moves
from detente.methods.dealspace.unlock_moves import FULL, Remedy, salience_remedies, value_remedies
from detente.methods.dealspace.utilities import Utilities
from detente.table.draws import Draws
from detente.table.encode import Encoded
from detente.table.middle import middle_utilities
from detente.table.verdicts import Share, share

Deal = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Who may move, under which reading.

    Parameters
    ----------
    enc : Encoded
    draws : Draws
    reading : str
    rule : Agreement
    movers : tuple of int
        Rows of the actors that may move.
    """

    enc: Encoded
    draws: Draws
    reading: str
    rule: Agreement
    movers: tuple[int, ...]

    @property
    def unit(self) -> int:
        """Units in a point."""
        return self.utilities(self.rule.coalitions[0]).unit

    def ids(self, rows: Sequence[int]) -> tuple[str, ...]:
        """Return the ids of actors."""
        return tuple(self.enc.actors[p].id for p in rows)

    def utilities(self, members: Sequence[int]) -> Utilities:
        """Return the mean utilities of some actors."""
        return middle_utilities(self.enc, self.draws, members)

    def demands(self, members: Sequence[int]) -> moves.Demands:
        """Return red lines and mean utilities of some actors."""
        accepts = self.enc.accepts[self.reading]
        return moves.Demands(self.utilities(members), [accepts[p] for p in members])

    def packages(self) -> list[Package]:
        """Return all minimal packages, over every smallest coalition that is enough."""
        out = []
        for members in self.rule.coalitions:
            may = [k for k, p in enumerate(members) if p in self.movers]
            out += [self._package(members, p) for p in moves.unlock(self.demands(members), may)]
        if len(self.rule.coalitions) > 1:
            out.sort(key=lambda p: sum(len(m.drops) + (m.short > 0) for m in p.moves))
        return out

    def carry(self, deal: Deal) -> Package:
        """Return the package that carries one deal; of several coalitions, the one with fewest movements."""
        found = [
            (members, moves.package_for(self.demands(members), deal)) for members in self.rule.coalitions
        ]
        return self._package(*min(found, key=lambda pair: (pair[1].moves, sum(pair[1].price))))

    def _package(self, members: Sequence[int], p: moves.Package) -> Package:
        unit, ids = self.unit, self.ids(members)
        made = tuple(
            Move(
                actor,
                tuple((actor, self.enc.issues[i].id) for who, i in p.drops if who == k),
                p.short[k] / unit,
                p.price[k] / unit,
                p.spare[k] / unit,
                self._instead(members[k], p.deal) if p.short[k] else (),
            )
            for k, actor in enumerate(ids)
        )
        deal = tuple(o.id for o in self.enc.options(np.array(p.deal)))
        return Package(made, deal, p.opens, self._holds(members, p))

    def _holds(self, members: Sequence[int], p: moves.Package) -> Share:
        """Return how often the deal beats no deal for all members once the shortfalls are covered."""
        rows = list(members)
        worth = self.draws.worth[:, rows] - np.array(p.short) / self.unit
        gains = self.draws.utilities(np.array([p.deal]))[:, rows, 0] - worth
        return share(float((gains >= -0.5 / self.unit).all(axis=1).mean()), len(gains))

    def _instead(self, actor: int, deal: Deal) -> tuple[Instead, ...]:
        """Return the smallest change of a salience and of a value that would do, exactly.

        Weights are what the best option of each issue brings; what is left of 100 lies idle, and what options
        bring together counts against the worth of no deal.
        """
        u = self.utilities([actor])
        tops = [Fraction(int(table.max()), u.unit) for table in u.points]
        parts = [Fraction(int(table[o, 0]), u.unit) for table, o in zip(u.points, deal, strict=True)]
        value = [100 * part / top if top else Fraction(0) for part, top in zip(parts, tops, strict=True)]
        together = Fraction(int(u.totals([deal])[0, 0]), u.unit) - sum(parts, Fraction(0))
        worth = Fraction(u.reserve[0] or 0, u.unit) - together
        idle = max(Fraction(0), FULL - sum(tops, Fraction(0)))
        weights, values = [*tops, idle], [*value, Fraction(0)]
        found = [
            next((r for r in make(weights, values, worth) if r.issue < len(deal)), None)
            for make in (salience_remedies, value_remedies)
        ]
        return tuple(self._shown(r, weights, deal) for r in found if r is not None)

    def _shown(self, r: Remedy, weights: Sequence[Fraction], deal: Deal) -> Instead:
        issue = self.enc.issues[r.issue]
        before, after = r.before, r.after
        if r.kind == "salience":
            rest = sum(weights, Fraction(0)) - r.before
            before, after = 100 * r.before / (rest + r.before), 100 * r.after / (rest + r.after)
        return Instead(r.kind, issue.id, issue.options[deal[r.issue]].id, float(before), float(after))
