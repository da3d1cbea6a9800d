"""The material side of waiting: ground, money, people and aid, and who would be worn down first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.case import Case
from detente.case.ripeness import Area, Relief, Ripeness
from detente.lenses.ripeness.deals import Followed
from detente.lenses.ripeness.options import Options
from detente.lenses.ripeness.result_material import (
    AreaTime,
    AttritionTime,
    MoneyTime,
    OffRamp,
    Span,
    fan,
    span,
)
from detente.methods.commitment.attrition import war_of_attrition
from detente.methods.ripeness.window import ripe
from detente.methods.space import count_deals, enumerate_deals, sample_deals
from detente.table.agreeing import agreement
from detente.table.draws import Draws
from detente.table.encode import Encoded
from detente.table.outlook import Outlook, relieved
from detente.table.outlook_inputs import Levers, Money

Floats = NDArray[np.float64]

LOOK, SAMPLE = 300, 4000
"""Paths and deals used to find what is at stake between two actors (judgement: a second)."""

LEAST = 0.1
"""Points a year below which a cost of waiting counts as this much, so that a hazard exists (judgement)."""


def areas(block: Ripeness, outlook: Outlook) -> tuple[AreaTime, ...]:
    """Return the share of each area under the control of its advancing side."""
    return tuple(
        AreaTime(
            a.id,
            fan(outlook.held[:, :, k] / a.size),
            float((outlook.held[:, -1, k] >= a.size * (1 - 1e-9)).mean()),
            _straight(a, float(np.median(outlook.held[:, 0, k])), outlook.held.shape[1]),
        )
        for k, a in enumerate(block.areas)
    )


def _straight(area: Area, start: float, steps: int) -> tuple[float, ...]:
    """Return shares if the last known month's gain went on unchanged; empty where no past is given."""
    if not area.series:
        return ()
    gain = area.series[max(area.series)]
    return tuple(min(1.0, max(0.0, (start + gain * month) / area.size)) for month in range(steps))


@dataclass(frozen=True, slots=True)
class Table:
    """What the deals are worth: utilities drawn, and the deals followed."""

    draws: Draws
    enc: Encoded
    deals: Sequence[Followed]


def monies(case: Case, outlook: Outlook, table: Table, options: Options) -> tuple[MoneyTime, ...]:
    """Return each economy: buffer, pressure, runway and what relief is worth."""
    found = []
    for who, m in outlook.money.items():
        buffer = np.concatenate([m.buffer[:, None], m.track.buffer], axis=1)
        total = np.concatenate([m.first[:, None], m.parts.total], axis=1)
        years = m.runway[np.isfinite(m.runway)]
        last = {
            "inflation": m.parts.inflation,
            "slack": m.parts.slack,
            "buffer": m.parts.buffer,
            "labour": m.parts.labour,
        }
        found.append(
            MoneyTime(
                actor=who,
                buffer=fan(buffer),
                pressure=fan(total),
                parts={name: span(part[:, -1]) for name, part in last.items()},
                runway=span(years) if years.size else None,
                endless=float(np.isinf(m.runway).mean()),
                emptied=float((m.track.buffer[:, -1] <= 0).mean()),
                off_ramp=_off_ramp(case, who, (m, outlook), table, options),
            )
        )
    return tuple(found)


def _off_ramp(
    case: Case, who: str, paths: tuple[Money, Outlook], table: Table, options: Options
) -> OffRamp | None:
    block = case.ripeness
    relief = block.books[who].relief if block is not None else None
    if block is None or relief is None:
        return None
    m, outlook = paths
    levers = Levers(options.aid, options.oil, options.sanctions, options.pace)
    months = options.months or block.months
    free = relieved(case, who, (months, options.draws, options.seed), levers)
    year = slice(0, 4)
    saved = (m.track.deficit - free.track.deficit)[:, year].mean(axis=1)
    eased = (m.parts.total - free.parts.total)[:, min(3, m.parts.total.shape[1] - 1)]
    feels = block.feels.get(who)
    points = None
    if feels is not None and feels.pressure is not None:
        weight = np.random.default_rng([options.seed, 6]).uniform(
            feels.pressure.low, feels.pressure.high, len(eased)
        )
        points = -weight * eased
    return OffRamp(
        money=span(saved),
        war=span(m.war),
        pressure=span(eased),
        points=None if points is None else span(points),
        options={} if points is None else _options(relief, who, points, table),
        deals={} if points is None else _valued(relief, who, points, (table, outlook)),
    )


def _stated(table: Table, p: int, i: int, k: int) -> Floats:
    """Return the points an option gains on an issue over no deal, by the case's orders."""
    points = table.draws.points
    return np.asarray(points[:, p, i, k] - points[:, p, i, int(table.enc.no_deal[i])])


def _options(
    relief: Relief, who: str, points: Floats, table: Table
) -> dict[tuple[str, str], tuple[Span, Span]]:
    """Return, for each option that brings relief, the points the model implies and the case states."""
    p = [a.id for a in table.enc.actors].index(who)
    out = {}
    for i, issue in enumerate(table.enc.issues):
        for option, share in relief.options.get(issue.id, {}).items():
            k = next(n for n, o in enumerate(issue.options) if o.id == option)
            out[issue.id, option] = (span(share.mid * points), span(_stated(table, p, i, k)))
    return out


def _valued(
    relief: Relief, who: str, points: Floats, found: tuple[Table, Outlook]
) -> dict[str, tuple[float, float]]:
    """Return, for each deal that brings relief, how often all prefer it today, valued either way."""
    table, outlook = found
    enc = table.enc
    rule = agreement(enc)
    p = [a.id for a in enc.actors].index(who)
    out = {}
    for deal in table.deals:
        change = np.zeros(len(points))
        for i, issue in enumerate(enc.issues):
            k = int(deal.row[i])
            share = relief.options.get(issue.id, {}).get(issue.options[k].id)
            if share is not None:
                change += share.mid * points - _stated(table, p, i, k)
        if change.any() and p in rule.counted:
            value = table.draws.utilities(deal.row[None])[:, :, 0]
            moved = value.copy()
            moved[:, p] += change
            now = outlook.worth[:, :1]
            out[deal.id] = (float(ripe(value, now, rule).mean()), float(ripe(moved, now, rule).mean()))
    return out


def attrition(enc: Encoded, draws: Draws, outlook: Outlook) -> AttritionTime | None:
    """Return the war of attrition between the first two parties whose consent is needed.

    The cost of waiting is what people, aid, the economy and time take in a year; the prize is the gap between
    one's own best deal and the other's.
    """
    pair = [p for p in enc.required if enc.actors[p].role == "party"][:2]
    if len(pair) < 2 or outlook.worth.shape[1] <= 12:
        return None
    n = min(LOOK, len(draws.points))
    cost = _cost(outlook, pair)[:n]
    prize = _prize(enc, draws.part(slice(n)), pair)
    war = [war_of_attrition(*cost[k], *prize[k]) for k in range(n)]
    first, second = np.array([w.first for w in war]), np.array([w.second for w in war])
    return AttritionTime(
        actors=(enc.actors[pair[0]].id, enc.actors[pair[1]].id),
        first=span(first),
        second=span(second),
        within_year=span(np.array([w.ended_by(1) for w in war])),
        first_share=span(np.array([w.first_quits_first for w in war])),
    )


def _cost(outlook: Outlook, pair: list[int]) -> Floats:
    """Return points lost in the first year to everything but the front, shape (paths, 2)."""
    kinds = [path for kind, path in outlook.parts.items() if kind != "front"]
    lost = -sum((path[:, 12][:, pair] for path in kinds), np.zeros((len(outlook.worth), 2)))
    return np.maximum(lost, LEAST)


def _prize(enc: Encoded, draws: Draws, pair: list[int]) -> Floats:
    """Return each side's gap between its best deal and the other's best deal, shape (paths, 2)."""
    if count_deals(enc.scoped) <= SAMPLE:
        deals = enumerate_deals(enc.scoped)
    else:
        deals = sample_deals(enc.scoped, SAMPLE, np.random.default_rng(0))
    total = draws.utilities(deals, pair)
    best = total.argmax(axis=2)
    paths = np.arange(len(total))
    own = total.max(axis=2)
    other = np.stack([total[paths, 0, best[:, 1]], total[paths, 1, best[:, 0]]], axis=1)
    return np.asarray(np.maximum(own - other, LEAST))
