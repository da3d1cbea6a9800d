"""From a case to its settlement: the exact funnel first, then the draws."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.errors import UsageError
from detente.lenses.settlement import Options
from detente.lenses.settlement.result import Central, LaterResult, ReadingResult, Settlement, SignpostResult
from detente.methods.pareto import efficient
from detente.methods.redlines import joint
from detente.methods.smaa import CONCEPTS, evaluate
from detente.methods.space import count_deals, enumerate_deals, sample_deals
from detente.table.draws import Draws, draw
from detente.table.encode import Encoded, encode, find_later, parse_readings, with_adds
from detente.table.funnel import red_lines, zone
from detente.table.verdicts import DealView, Evaluated, share

LISTED = 250_000
"""Most deals looked at draw by draw; a larger space is sampled. Judgement: seconds on two cores."""

SAMPLE = 20_000
"""Deals sampled from a larger space, beside those inside the red lines. Judgement."""

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
    required = _required(enc, options.coalition)
    draws = draw(enc, options.draws, options.seed)
    deals = _listed(enc, required, options.seed)
    found = _evaluate(enc, required, deals, draws)
    groups = len(case.readings)
    return Settlement(
        issues=tuple(i.id for i in enc.issues),
        required=tuple(enc.actors[p].id for p in required),
        combinations=enc.space.combinations,
        feasible=count_deals(enc.space),
        in_scope=count_deals(enc.scoped),
        listed=len(deals),
        draws=options.draws,
        seed=options.seed,
        readings=tuple(_reading(found, r, g) for g, r in enumerate(case.readings)),
        interests=share(found.result.zopa[groups], options.draws),
        interest_central=_central(found, groups, ""),
        later=tuple(
            _later(case, options, o.issue, o.id, required) for o in case.later_options if o not in later
        ),
        signposts=tuple(_signpost(enc, s.id, required) for s in case.signposts),
        basis=tuple((b, n) for b, n in case.basis_counts.items()),
    )


def _required(enc: Encoded, coalition: Sequence[str]) -> tuple[int, ...]:
    """Return the rows of the actors who must accept."""
    names = [a.id for a in enc.actors]
    unknown = [c for c in coalition if c not in names]
    if unknown:
        raise UsageError(f"no actor {', '.join(unknown)} in the case. Remedy: choose from {', '.join(names)}")
    return tuple(names.index(c) for c in dict.fromkeys(coalition)) or enc.required


def _listed(enc: Encoded, required: Sequence[int], seed: int) -> NDArray[np.int16]:
    """Return the deals to look at draw by draw: all of them, or a sample and all inside the red lines."""
    if count_deals(enc.scoped) <= LISTED:
        return enumerate_deals(enc.scoped)
    inside = [
        enumerate_deals(enc.scoped, joint(enc.scoped, accepts, required), LISTED)
        for accepts in enc.accepts.values()
        if count_deals(enc.scoped, joint(enc.scoped, accepts, required)) <= LISTED
    ]
    drawn = sample_deals(enc.scoped, SAMPLE, np.random.default_rng(seed))
    return np.unique(np.concatenate([drawn, *inside]), axis=0)


def _evaluate(enc: Encoded, required: tuple[int, ...], deals: NDArray[np.int16], draws: Draws) -> Evaluated:
    """Look at the deals draw by draw: inside each reading's red lines, then red lines aside."""
    groups = [_inside(enc, enc.accepts[r], required, deals) for r in enc.accepts]
    groups.append(np.ones(len(deals), dtype=bool))
    needed = np.isin(np.arange(len(enc.actors)), required)
    if not len(deals):
        raise UsageError(
            "the rules leave no deal at all. Remedy: detente check names the rules that contradict"
        )
    return Evaluated(
        enc, required, deals, draws, evaluate(draws.points, draws.worth, deals, needed, np.array(groups))
    )


def _inside(
    enc: Encoded,
    accepts: Sequence[Sequence[NDArray[np.bool_]]],
    required: Sequence[int],
    deals: NDArray[np.int16],
) -> NDArray[np.bool_]:
    masks = joint(enc.scoped, accepts, required)
    fits = [mask[deals[:, i]] for i, mask in enumerate(masks)]
    return np.asarray(np.logical_and.reduce(fits))


def _reading(found: Evaluated, reading: str, group: int) -> ReadingResult:
    enc, required = found.enc, found.required
    lines = red_lines(enc, reading, required, found.draws)
    inside = _inside(enc, enc.accepts[reading], required, found.deals)
    return ReadingResult(
        reading=reading,
        lines=lines,
        possible=share(found.result.zopa[group], found.result.draws),
        efficient=_efficient(found, inside, reading),
        central=_central(found, group, reading),
        misses=() if lines.zone else _misses(found, reading),
    )


def _efficient(found: Evaluated, inside: NDArray[np.bool_], reading: str) -> tuple[DealView, ...]:
    """Return the deals inside the red lines that no deal inside improves on, at the mean of the draws."""
    rows = np.flatnonzero(inside)
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
    return found.views(shown, reading)


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
