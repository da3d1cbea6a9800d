"""From a case to its settlement: the exact funnel first, then the draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.lenses.settlement import Options
from detente.lenses.settlement.result import Central, LaterResult, ReadingResult, Settlement, SignpostResult
from detente.methods.pareto import efficient
from detente.methods.smaa import CONCEPTS
from detente.methods.space import count_deals
from detente.table.draws import Draws, draw
from detente.table.encode import Encoded, encode, with_adds
from detente.table.funnel import red_lines, zone
from detente.table.listing import evaluate_deals, inside, listed_deals, required_rows
from detente.table.typed import find_later, parse_readings
from detente.table.verdicts import DealView, Evaluated, share

SHOWN = 4
"""Nearest misses and efficient deals shown. Judgement: what a reader compares at a glance."""


def run(case: Case, options: Options) -> Settlement:
    """Compute the settlement lens.

    Raises
    ------
    UsageError
        If the options name an actor, option or reading the case does not have.
    """
    later = find_later(case, options.added)
    enc = encode(case, options.issues, later, parse_readings(options.rule))
    required = required_rows(enc, options.coalition)
    draws = _draws(enc, options)
    deals = listed_deals(enc, required, options.seed)
    found = evaluate_deals(enc, required, deals, draws)
    groups = len(case.readings)
    return Settlement(
        issues=tuple(i.id for i in enc.issues),
        added=tuple(((o.issue, o.id), o.short or o.text) for o in later),
        required=tuple(enc.actors[p].id for p in required),
        combinations=enc.space.combinations,
        feasible=count_deals(enc.space),
        in_scope=count_deals(enc.scoped),
        listed=len(deals),
        draws=options.draws,
        seed=options.seed,
        no_deal=options.no_deal,
        readings=tuple(_reading(found, r, g) for g, r in enumerate(case.readings)),
        interests=share(found.result.zopa[groups], options.draws),
        interest_central=_central(found, groups, ""),
        later=tuple(
            _later(case, options, o.issue, o.id, required) for o in case.later_options if o not in later
        ),
        signposts=tuple(_signpost(enc, s.id, required) for s in case.signposts),
        basis=tuple((b, n) for b, n in case.basis_counts.items()),
    )


def _draws(enc: Encoded, options: Options) -> Draws:
    """Return draws, with the worth of no deal as stated or as modelled over the year ahead."""
    draws = draw(enc, options.draws, options.seed)
    if options.no_deal == "stated":
        return draws
    from detente.table.outlook import AHEAD, look_ahead
    from detente.table.outlook_inputs import Levers

    return replace(draws, worth=look_ahead(enc.case, draws.worth, AHEAD, Levers(), options.seed).no_deal())


def _reading(found: Evaluated, reading: str, group: int) -> ReadingResult:
    enc, required = found.enc, found.required
    lines = red_lines(enc, reading, required, found.draws)
    zone_rows = inside(enc, enc.accepts[reading], required, found.deals)
    return ReadingResult(
        reading=reading,
        lines=lines,
        possible=share(found.result.zopa[group], found.result.draws),
        efficient=_efficient(found, zone_rows, reading),
        central=_central(found, group, reading),
        misses=() if lines.zone else _misses(found, reading),
    )


def _efficient(found: Evaluated, zone_rows: NDArray[np.bool_], reading: str) -> tuple[DealView, ...]:
    """Return the deals inside the red lines that no deal inside improves on, at the mean of the draws."""
    rows = np.flatnonzero(zone_rows)
    if not len(rows):
        return ()
    points = np.rint(1e6 * found.draws.points.mean(axis=0)).astype(np.int64)[list(found.required)]
    deals = found.deals[rows]
    totals = sum(points[:, i, deals[:, i]] for i in range(deals.shape[1])).T
    best = rows[efficient(totals)]
    return found.views(_leading(found, best), reading)


def _leading(found: Evaluated, rows: NDArray[np.intp]) -> list[int]:
    """Return the few rows most often acceptable; ties in the order of the deal space."""
    order = np.lexsort((rows, -found.result.together[rows]))
    return [int(r) for r in rows[order][:SHOWN]]


def _central(found: Evaluated, group: int, reading: str) -> tuple[Central, ...]:
    """Return the deal each solution concept picks most often, where it ever picks one."""
    chosen = found.result.solution[group]
    undefined = float(1 - found.result.zopa[group])
    rows = [int(np.argmax(shares)) for shares in chosen]
    reading = reading or list(found.enc.accepts)[-1]
    return tuple(
        Central(concept, found.views([row], reading)[0], share(shares[row], found.result.draws), undefined)
        for concept, shares, row in zip(CONCEPTS, chosen, rows, strict=True)
        if shares[row] > 0
    )


def _misses(found: Evaluated, reading: str) -> tuple[DealView, ...]:
    """Return deals that cross the fewest red lines, the most acceptable first, each unlike the others.

    A deal is shown if it differs from every deal already shown on at least two issues; where that leaves
    fewer than `SHOWN`, the remaining places go to the next most acceptable.
    """
    accepts = found.enc.accepts[reading]
    crossed = sum(
        (~accepts[p][i][found.deals[:, i]]).astype(np.int64)
        for p in found.required
        for i in range(found.deals.shape[1])
    )
    rows = np.flatnonzero(crossed == np.min(crossed))
    rows = rows[np.lexsort((rows, -found.result.together[rows]))]
    shown: list[int] = []
    for least in (2, 1):
        for row in rows:
            unlike = all((found.deals[row] != found.deals[s]).sum() >= least for s in shown)
            if len(shown) < SHOWN and unlike:
                shown.append(int(row))
    place = {int(row): k for k, row in enumerate(rows)}
    return found.views(sorted(shown, key=place.__getitem__), reading)


def _later(case: Case, options: Options, issue: str, option: str, required: Sequence[int]) -> LaterResult:
    """Return what one option not on the table would open, beside those already asked for."""
    names = parse_readings(options.rule)
    base = find_later(case, options.added)
    before = encode(case, options.issues, base, names)
    after = encode(case, options.issues, (*base, *find_later(case, [f"{issue}={option}"])), names)
    zones = tuple((r, zone(after, r, required), zone(before, r, required)) for r in case.readings)
    return LaterResult(issue, option, zones)


def _signpost(enc: Encoded, signpost: str, required: Sequence[int]) -> SignpostResult:
    """Return what an event would open if it made actors accept what the case says it would."""
    adds = next(s.adds for s in enc.case.signposts if s.id == signpost)
    after = with_adds(enc, adds)
    zones = tuple((r, zone(after, r, required), zone(enc, r, required)) for r in enc.accepts)
    return SignpostResult(signpost, zones)
