"""The settlement lens at the speed of a slider: only what an edit touches is computed anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.lenses.settlement import Options
from detente.lenses.settlement.result import Central, ReadingResult, Settlement
from detente.lenses.settlement.run import Desk, Later, run, used
from detente.methods.agreement import Agreement
from detente.methods.smaa import SmaaResult, Stated
from detente.methods.smaa_again import ROOM, Bits, accepting, agreement, halves
from detente.methods.space import count_deals, enumerate_deals
from detente.table.agreeing import agreement as listed_agreement
from detente.table.concessions import priced
from detente.table.draws import Drawn, Draws, draw, drawn
from detente.table.encode import Encoded, encode
from detente.table.exact import Findings
from detente.table.funnel import RedLines, counted
from detente.table.listing import LISTED
from detente.table.typed import find_later, parse_readings
from detente.table.verdicts import Evaluated, Stand

T = TypeVar("T")

_DEALS, _ANSWERS, _UNITS = 4, 3, 4
"""How many tables of deals, of an actor's answers, and of draws are kept. Judgement: memory against speed."""


class Again(Desk):
    """Answers for one variant after another; keeps tables of deals and each actor's answers.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> case, again = load_case("minsk-2015"), Again()
    >>> again(case, Options(draws=50)).interests == run(case, Options(draws=50)).interests
    True
    """

    def __init__(self) -> None:
        self._kept: dict[str, OrderedDict[Hashable, Any]] = {}

    def __call__(self, case: Case, options: Options) -> Settlement:
        """Return the settlement, without the solution concepts; every measure is that of `run`."""
        return run(case, options, self)

    def behind(self, case: Case, options: Options, other: Settlement) -> Settlement:
        """Return the settlement of a case with the deals that another result shows, as they stand here."""
        here, found = self._once("behind", (case.digest, options), 2, lambda: self._base(case, options))
        enc = found.enc
        shown = other.widest.misses or other.widest.efficient
        known = [{o.id for o in issue.options} for issue in enc.issues]
        named = [d.options for d in shown if all(o in ids for o, ids in zip(d.options, known, strict=True))]
        wanted = [enc.index(dict(zip(other.issues, options, strict=True))) for options in named]
        rows = [int(row) for deal in wanted for row in np.flatnonzero((found.deals == deal).all(axis=1))]
        views = found.views(rows, here.widest.reading) if rows else ()
        missed = bool(other.widest.misses)
        last = replace(here.widest, misses=views if missed else (), efficient=() if missed else views)
        return replace(here, readings=(*here.readings[:-1], last))

    def _base(self, case: Case, options: Options) -> tuple[Settlement, Evaluated]:
        enc = encode(case, options.issues, find_later(case, options.added), parse_readings(options.rule))
        rule = listed_agreement(enc, options.coalition)
        draws, _ = used(enc, self.draw(enc, options), options)
        return self(case, options), self.look(enc, rule, draws, options.seed)

    def _once(self, kind: str, key: Hashable, most: int, make: Callable[[], T]) -> T:
        """Return what was made for this key before, or make it; the oldest goes first."""
        shelf = self._kept.setdefault(kind, OrderedDict())
        if key not in shelf:
            shelf[key] = make()
            while len(shelf) > most:
                shelf.popitem(last=False)
        shelf.move_to_end(key)
        found: T = shelf[key]
        return found

    def draw(self, enc: Encoded, options: Options) -> Draws:
        """Return draws; worths of options are kept, so that an edit of saliences or no deal only weighs."""

        def units(given: Stated, n: int, seed: int, quasi: bool) -> Drawn:
            values = tuple(v.tobytes() for v in (given.value_low, given.value_high) if v is not None)
            key = (given.tier.shape, given.tier.tobytes(), values, n, seed, quasi)
            return self._once("units", key, _UNITS, lambda: drawn(given, n, seed, quasi))

        return draw(enc, options.draws, options.seed, options.quasi, units)

    def look(self, enc: Encoded, rule: Agreement, draws: Draws, seed: int) -> Evaluated:
        """Return deals with the shares that headline numbers need; with a quorum, all of them as ever."""
        if rule.more or count_deals(enc.scoped) > min(LISTED, ROOM // len(draws.worth)):
            return super().look(enc, rule, draws, seed)
        table = (enc.scoped.sizes, enc.scoped.forbidden, tuple((e.actor, e.clause) for e in draws.effects))
        deals = self._once("deals", table, _DEALS, lambda: enumerate_deals(enc.scoped))
        if not len(deals):
            return super().look(enc, rule, draws, seed)
        whole, columns = draws.columns(deals)
        cut = self._once("halves", table, _DEALS, lambda: halves(columns))

        def answers(p: int) -> Bits:
            points, worth = whole[:, p], draws.worth[:, p]
            key = (table, points.tobytes(), worth.tobytes())
            return self._once(f"answers {p}", key, _ANSWERS, lambda: accepting(cut, points, worth))

        groups = [self.crossed(enc, deals, r, rule) == 0 for r in enc.accepts]
        groups.append(np.ones(len(deals), dtype=bool))
        together, zopa = agreement(tuple(answers(p) for p in rule.vetoes), np.array(groups), len(draws.worth))
        none = np.zeros((0, 0))
        result = SmaaResult(len(draws.worth), none, together, none, none, zopa, none, none, none)
        return _Few(enc, rule, deals, draws, result, (len(draws.worth),) * len(groups))

    def lines(self, enc: Encoded, reading: str, rule: Agreement, draws: Draws) -> RedLines:
        """Return the exact answer under one reading; only what concessions cost is computed each time."""
        named = (_Same(enc.case.issues), _Same(enc.actors), enc.later, enc.clause_rules)
        key = (reading, rule, named, enc.space, enc.scoped, _accept_key(enc), _tiers(enc))
        lines, moves = self._once("lines", key, 2 * len(enc.accepts), lambda: counted(enc, reading, rule))
        return replace(lines, relaxations=priced(moves, enc, reading, draws))

    def crossed(
        self, enc: Encoded, deals: NDArray[np.integer], reading: str, rule: Agreement
    ) -> NDArray[np.int64]:
        """Return how many red lines each deal crosses; kept as long as no red line moves."""
        key = (reading, rule, enc.scoped, _accept_key(enc), len(deals))
        make = super().crossed
        return self._once("crossed", key, 2 * len(enc.accepts), lambda: make(enc, deals, reading, rule))

    def later(self, case: Case, options: Options, enc: Encoded, rule: Agreement) -> Later:
        """Return what later options and events would open; kept as long as no order, line or rule moves."""
        parts = (case.issues, case.actors, case.readings, case.rules, case.later_options, case.signposts)
        asked = (options.issues, options.added, options.rule)
        key = (*map(_Same, parts), asked, rule, _accept_key(enc), _tiers(enc))
        make = super().later
        return self._once("later", key, _DEALS, lambda: make(case, options, enc, rule))

    def central(self, found: Evaluated, group: int, reading: str) -> tuple[Central, ...]:
        """Leave the solution concepts out: no headline number rests on them."""
        return ()

    def further(self, found: Evaluated, rule: Agreement, readings: Sequence[ReadingResult]) -> dict[str, Any]:
        """Leave the rest out too."""
        return {"findings": Findings((), (), ()), "middle": (), "options": (), "pairs": (), "weights": ()}


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """One object in memory, kept alive: an edit leaves the parts it does not touch as they are."""

    part: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.part is self.part

    def __hash__(self) -> int:
        return id(self.part)


def _accept_key(enc: Encoded) -> Hashable:
    return tuple(m.tobytes() for table in enc.accepts.values() for masks in table for m in masks)


def _tiers(enc: Encoded) -> Hashable:
    return tuple(view.tier.tobytes() for views in enc.views for view in views)


@dataclass(frozen=True, slots=True)
class _Few(Evaluated):
    """Deals whose acceptance by single actors is worked out only where it is shown."""

    def stands(self, rows: Sequence[int]) -> list[Stand]:
        """Return how actors stand to a few deals, in integer micro-points as everywhere."""
        gains = self.draws.gains(self.deals[list(rows)])
        needed = np.zeros(gains.shape[1], dtype=bool)
        needed[list(self.required)] = True
        short = np.where(needed[None, :, None], np.minimum(gains, 0), 0)
        refused = np.asarray(short < 0).any(axis=1, keepdims=True)
        first = np.where(refused, short.argmin(axis=1)[:, None], -1)
        who = np.arange(gains.shape[1])[None, :, None] == first
        accept, refuses = (gains >= 0).mean(axis=0), who.mean(axis=0)
        return [(accept[:, k], refuses[:, k]) for k in range(len(rows))]
