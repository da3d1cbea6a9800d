"""From a case to its settlement: the exact funnel first, then the draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.case.parties import LaterOption
from detente.lenses.settlement import Options
from detente.lenses.settlement.acceptability import central, option_shares, pair_shares
from detente.lenses.settlement.result import (
    Beside,
    Central,
    LaterResult,
    ReadingResult,
    Settlement,
    SignpostResult,
    Worth,
)
from detente.methods.agreement import Agreement
from detente.methods.pareto import efficient
from detente.methods.smaa import CONCEPTS
from detente.methods.space import count_deals
from detente.table.agreeing import agreement, quorum_of
from detente.table.draws import Draws, draw
from detente.table.encode import Encoded, encode, with_adds
from detente.table.funnel import RedLines, red_lines, zone
from detente.table.look import look
from detente.table.middle import Middle, findings, middle
from detente.table.nearest import crossed, leading_rows, nearest_rows
from detente.table.typed import find_later, parse_readings
from detente.table.verdicts import DealView, Evaluated, share

Later = tuple[tuple[LaterResult, ...], tuple[SignpostResult, ...]]

CENTRAL = 2
"""Deals for which central weights are shown. Judgement."""


class Desk:
    """Where the parts of an answer are computed; another desk may keep some, or leave some out."""

    def draw(self, enc: Encoded, options: Options) -> Draws:
        """Return draws of what was stated."""
        return draw(enc, options.draws, options.seed, options.quasi)

    def look(self, enc: Encoded, rule: Agreement, draws: Draws, seed: int) -> Evaluated:
        """Return the deal space looked at draw by draw."""
        return look(enc, rule, draws, seed)

    def crossed(
        self, enc: Encoded, deals: NDArray[np.integer], reading: str, rule: Agreement
    ) -> NDArray[np.int64]:
        """Return how many red lines each deal crosses under one reading."""
        return crossed(enc.accepts[reading], deals, rule)

    def later(self, case: Case, options: Options, enc: Encoded, rule: Agreement) -> Later:
        """Return what options not on the table, and what events, would open; no draw matters to that."""
        more = [o for o in case.later_options if o not in find_later(case, options.added)]
        openings = tuple(_later(case, options, o, rule) for o in more)
        return openings, tuple(_signpost(enc, s.id, rule) for s in case.signposts)

    def lines(self, enc: Encoded, reading: str, rule: Agreement, draws: Draws) -> RedLines:
        """Return the exact answer under one reading."""
        return red_lines(enc, reading, rule, draws)

    def central(self, found: Evaluated, group: int, reading: str) -> tuple[Central, ...]:
        """Return the deal each solution concept picks most often."""
        return _central(found, group, reading)

    def further(self, found: Evaluated, rule: Agreement, readings: Sequence[ReadingResult]) -> dict[str, Any]:
        """Return what no headline number rests on: the middle of the draws, options, pairs, weights."""
        shown = readings[-1].misses or readings[-1].efficient
        return {
            "findings": findings(found.enc, found.draws, rule),
            "middle": _middles(found.enc, found.draws, rule, readings),
            "options": option_shares(found),
            "pairs": pair_shares(found),
            "weights": central(found, shown[:CENTRAL]),
        }


def run(case: Case, options: Options, desk: Desk | None = None) -> Settlement:
    """Compute the settlement lens.

    Parameters
    ----------
    case : Case
    options : Options
    desk : Desk, optional
        Where its parts are computed.

    Raises
    ------
    UsageError
        If the options name an actor, option or reading the case does not have.
    """
    desk = desk or Desk()
    later = find_later(case, options.added)
    enc = encode(case, options.issues, later, parse_readings(options.rule))
    rule = agreement(enc, options.coalition)
    stated = desk.draw(enc, options)
    draws, months = used(enc, stated, options)
    found = desk.look(enc, rule, draws, options.seed)
    groups = len(case.readings)
    openings, signposts = desk.later(case, options, enc, rule)
    readings = tuple(_reading(desk, found, rule, (r, g)) for g, r in enumerate(case.readings))
    return Settlement(
        issues=tuple(i.id for i in enc.issues),
        added=tuple(((o.issue, o.id), o.short or o.text) for o in later),
        required=tuple(enc.actors[p].id for p in rule.vetoes),
        combinations=enc.space.combinations,
        feasible=count_deals(enc.space),
        in_scope=count_deals(enc.scoped),
        listed=len(found.deals),
        solved=found.solved[groups],
        quorum=quorum_of(enc, rule),
        draws=options.draws,
        seed=options.seed,
        no_deal=options.no_deal,
        readings=readings,
        interests=share(found.result.zopa[groups], _weighed(found, groups)),
        interest_central=desk.central(found, groups, ""),
        later=openings,
        signposts=signposts,
        basis=tuple((b, n) for b, n in case.basis_counts.items()),
        beside=_beside(enc, rule, (stated, draws), months, options.seed) if months else None,
        **desk.further(found, rule, readings),
    )


def used(enc: Encoded, stated: Draws, options: Options) -> tuple[Draws, int]:
    """Return draws with the worth of no deal as stated, or as modelled and over how many months."""
    if options.no_deal == "stated":
        return stated, 0
    from detente.table.outlook import modelled_worth
    from detente.table.outlook_inputs import Levers

    worth, months = modelled_worth(enc.case, stated.worth, Levers(), options.seed)
    return replace(stated, worth=worth), months


def _beside(enc: Encoded, rule: Agreement, pair: tuple[Draws, Draws], months: int, seed: int) -> Beside:
    """Return the stated worth of no deal beside the modelled one, and the answer on it."""
    stated, used = pair
    found, groups = look(enc, rule, stated, seed), len(enc.case.readings)
    worth = tuple(
        Worth(enc.actors[p].id, _ends(stated.worth[:, p]), _ends(used.worth[:, p])) for p in rule.vetoes
    )
    return Beside(months, worth, share(found.result.zopa[groups], _weighed(found, groups)))


def _ends(values: NDArray[np.float64]) -> tuple[float, float, float]:
    low, mid, high = (float(v) for v in np.percentile(values, (5, 50, 95)))
    return low, mid, high


def _weighed(found: Evaluated, group: int) -> int:
    """Return how many draws a share of the group rests on."""
    return found.solved[group] or found.result.draws


def _middles(
    enc: Encoded, draws: Draws, rule: Agreement, readings: Sequence[ReadingResult]
) -> tuple[Middle, ...]:
    """Return the exact answer at the middle: red lines aside, then inside each reading that leaves deals."""
    inside = [r.reading for r in readings if r.lines.zone]
    return tuple(middle(enc, draws, rule, reading) for reading in ("", *inside))


def _reading(desk: Desk, found: Evaluated, rule: Agreement, which: tuple[str, int]) -> ReadingResult:
    enc, (reading, group) = found.enc, which
    lines = desk.lines(enc, reading, rule, found.draws)
    over = desk.crossed(enc, found.deals, reading, rule)
    return ReadingResult(
        reading=reading,
        label=enc.case.readings[reading].label,
        lines=lines,
        possible=share(found.result.zopa[group], _weighed(found, group)),
        efficient=_efficient(found, np.flatnonzero(over == 0), reading),
        central=desk.central(found, group, reading),
        misses=() if lines.zone else found.views(nearest_rows(found, over), reading),
    )


def _efficient(found: Evaluated, rows: NDArray[np.intp], reading: str) -> tuple[DealView, ...]:
    """Return those of the deals inside the red lines that none improves on, at the mean of the draws."""
    if not len(rows):
        return ()
    totals = found.draws.middle().utilities(found.deals[rows])[0, list(found.required)]
    best = rows[efficient(np.rint(1e6 * totals).astype(np.int64).T)]
    return found.views(leading_rows(found, best), reading)


def _central(found: Evaluated, group: int, reading: str) -> tuple[Central, ...]:
    """Return the deal each solution concept picks most often, where it ever picks one."""
    chosen = found.result.solution[group]
    undefined = float(1 - found.result.zopa[group])
    rows = [int(np.argmax(shares)) for shares in chosen]
    reading = reading or list(found.enc.accepts)[-1]
    return tuple(
        Central(
            concept, found.views([row], reading)[0], share(shares[row], _weighed(found, group)), undefined
        )
        for concept, shares, row in zip(CONCEPTS, chosen, rows, strict=True)
        if shares[row] > 0
    )


def _later(case: Case, options: Options, option: LaterOption, rule: Agreement) -> LaterResult:
    """Return what one option not on the table would open, beside those already asked for."""
    names = parse_readings(options.rule)
    base = find_later(case, options.added)
    before = encode(case, options.issues, base, names)
    after = encode(case, options.issues, (*base, *find_later(case, [f"{option.issue}={option.id}"])), names)
    zones = tuple((r, zone(after, r, rule), zone(before, r, rule)) for r in case.readings)
    return LaterResult(option.issue, option.id, zones)


def _signpost(enc: Encoded, signpost: str, rule: Agreement) -> SignpostResult:
    """Return what an event would open if it made actors accept what the case says it would."""
    adds = next(s.adds for s in enc.case.signposts if s.id == signpost)
    after = with_adds(enc, adds)
    zones = tuple((r, zone(after, r, rule), zone(enc, r, rule)) for r in enc.accepts)
    return SignpostResult(signpost, zones)
