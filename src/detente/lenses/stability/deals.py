"""One case with its draws: the deal asked about, the deals it names, and what other guarantees would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from detente.case.conflict import Conflict, Response, Term
from detente.case.model import Case
from detente.errors import UsageError
from detente.lenses.stability import Options
from detente.lenses.stability.analysis import equilibria, listed_states, look_at_focus, rank_equilibria
from detente.lenses.stability.board import Board
from detente.lenses.stability.generate import Generated, complete, generate
from detente.lenses.stability.result import StabilityResult
from detente.lenses.stability.result_deals import Choice, Compared, Support
from detente.lenses.stability.result_parts import OptionKind, OptionView
from detente.lenses.stability.sample import COMPLIANCE, Sampler
from detente.methods.graph_model import CONCEPTS, solve
from detente.methods.graph_model.ranking import dense
from detente.methods.space import count_deals
from detente.table.draws import draw
from detente.table.encode import Encoded, encode
from detente.table.names import Names
from detente.table.typed import find_later, read_deal

SUPPORT_DRAWS = 60
"""Draws on which every other guarantee is tried, to find the best; judgement: a fifth more is told apart."""

COMBINATIONS = 48
"""Sets of other guarantees and monitoring tried; beyond it only one issue is changed at a time. Judgement."""

SUPPORTS = 6
"""Supports shown, and taken over all draws; judgement."""


class DealTable:
    """A case ready to be asked about deals.

    Parameters
    ----------
    case : Case
    conflict : Conflict
        Its `conflict` block, with terms.
    options : Options
    """

    def __init__(self, case: Case, conflict: Conflict, options: Options) -> None:
        later = find_later(case, options.added)
        self.case, self.conflict, self.options = case, conflict, options
        self.enc: Encoded = encode(case, "all", later)
        self.names = Names(case, {(o.issue, o.id): o.short or o.text for o in later})
        self.sampler = Sampler(draw(self.enc, options.draws, options.seed), options.seed, options.concept)

    def answer(self, typed: tuple[str, ...]) -> StabilityResult:
        """Answer for one deal, typed as issue=option items or as the id of a named one."""
        found = self.look(self._title(typed), read_deal(self.case, typed))
        return replace(found, compared=self.compared())

    def look(self, title: str, deal: Mapping[str, str]) -> StabilityResult:
        """Look closely at one deal, without comparing it to those the case names."""
        row, left_open = complete(self.enc, deal)
        conflict = generate(self.enc, self.conflict, row)
        board = self._board(conflict)
        full = {i.id: i.options[o].id for i, o in zip(self.enc.issues, row, strict=True)}
        return StabilityResult(
            title=title,
            generated=True,
            concept=self.options.concept,
            deal=tuple(self._choice(i, o, i in left_open) for i, o in full.items()),
            actors=tuple(self.enc.actors[d].id for d in conflict.dms),
            dms=board.dms,
            options=board.options,
            states=listed_states(board),
            equilibria=equilibria(board),
            focus=look_at_focus(board),
            ranked=rank_equilibria(board),
            supports=self._supports(full),
            compared=(),
            draws=self.options.draws,
            support_draws=min(SUPPORT_DRAWS, self.options.draws),
            seed=self.options.seed,
            notes=(),
        )

    def breakable(self, deal: Mapping[str, str]) -> bool:
        """Whether some term of the conflict applies to a deal."""
        try:
            generate(self.enc, self.conflict, complete(self.enc, deal)[0])
        except UsageError:
            return False
        return True

    def _choice(self, issue: str, option: str, assumed: bool = False) -> Choice:
        return Choice(issue, option, self.names.issue(issue), self.names.option(issue, option), assumed)

    def _title(self, typed: tuple[str, ...]) -> str:
        named = [d.name for d in self.case.deals if d.id in typed]
        if not named:
            return "The deal as typed"
        return named[-1] if len(typed) == 1 else f"{named[-1]}, changed"

    def _board(self, conflict: Generated) -> Board:
        points = self.sampler.central(conflict)
        return Board(
            options_form=conflict.form,
            form=conflict.form,
            ranks=np.stack([dense(row) for row in points]),
            points=points,
            dms=tuple(self.enc.actors[d].name for d in conflict.dms),
            options=tuple(_option(m, o) for m, o in zip(conflict.moves, conflict.form.owner, strict=True)),
            focus=COMPLIANCE,
            concept=self.options.concept,
            sampled=self.sampler.sample(conflict),
            plain=conflict.plain,
        )

    def compared(self) -> tuple[Compared, ...]:
        """Return how the deals the case names hold."""
        return tuple(
            self._compare(d.id, d.name, complete(self.enc, d.options)[0], self.options.draws)
            for d in self.case.deals
        )

    def _compare(self, name: str, title: str, row: NDArray[np.int16], draws: int) -> Compared:
        try:
            conflict = generate(self.enc, self.conflict, row)
        except UsageError:
            return Compared(name, title, CONCEPTS, None, "", ())
        ranks = np.stack([dense(points) for points in self.sampler.central(conflict)])
        margins = solve(conflict.form, ranks).margins[:, :, COMPLIANCE]
        held = margins[CONCEPTS.index(self.options.concept)] >= 0
        shared, each = self.sampler.compliance(conflict, draws)
        dms = [self.enc.actors[d].name for d in conflict.dms]
        return Compared(
            id=name,
            name=title,
            concepts=tuple(c for c, row in zip(CONCEPTS, margins, strict=True) if (row >= 0).all()),
            share=shared,
            first=dms[int(np.argmin(each))] if each.min() < 1 else "",
            leavers=tuple(d for d, stays in zip(dms, held, strict=True) if not stays),
        )

    def _supports(self, deal: Mapping[str, str]) -> tuple[Support, ...]:
        """Try other options on the issues that decide which answers exist, as far as the rules allow.

        All are tried on the first draws; the best of them, and the deal as signed, on all.
        """
        tried = [c for c in self._alternatives(deal) if self._allowed({**deal, **c})]
        screened = [(c, self._support(deal, c, SUPPORT_DRAWS)) for c in tried]
        best = sorted(((c, s) for c, s in screened if s is not None), key=lambda pair: _helps(pair[1]))
        signed = self._support(deal, {}, self.options.draws)
        if signed is None or not best:
            return ()
        again = [self._support(deal, c, self.options.draws) for c, _ in best[:SUPPORTS]]
        return (signed, *sorted((s for s in again if s is not None), key=_helps))

    def _allowed(self, deal: Mapping[str, str]) -> bool:
        row = self.enc.index(deal)
        masks = [np.arange(len(i.options)) == o for i, o in zip(self.enc.issues, row, strict=True)]
        return bool(count_deals(self.enc.space, masks))

    def _support(self, deal: Mapping[str, str], changed: Mapping[str, str], draws: int) -> Support | None:
        seen = self._compare("", "", self.enc.index({**deal, **changed}), draws)
        if seen.share is None:
            return None
        choices = tuple(self._choice(i, o) for i, o in changed.items())
        return Support(choices, self.options.concept in seen.concepts, seen.share, seen.leavers)

    def _alternatives(self, deal: Mapping[str, str]) -> list[dict[str, str]]:
        decisive = {issue for response in self.conflict.responses for issue in response.when}
        grids = [[(i.id, o.id) for o in i.options] for i in self.enc.issues if i.id in decisive]
        if not grids:
            return []
        if int(np.prod([len(g) for g in grids])) > COMBINATIONS:
            sets = [{i: o} for grid in grids for i, o in grid]
        else:
            sets = [dict(combination) for combination in product(*grids)]
        changed = [{i: o for i, o in each.items() if deal[i] != o} for each in sets]
        return [each for each in changed if each]


def _helps(support: Support) -> tuple[bool, float, int]:
    """Return the key that puts what helps most first."""
    return (not support.stable, -support.share.value, len(support.changes))


def _option(move: Term | Response, owner: int) -> OptionView:
    kept = move.term if isinstance(move, Term) else ""
    kind: OptionKind = "term" if isinstance(move, Term) else "response"
    return OptionView(move.id, owner, move.text, kept, kind, move.basis, move.evidence)
