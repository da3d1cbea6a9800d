"""Runs the ripeness lens: draws of what actors want, paths of what waiting brings, and when they meet."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.case import Case
from detente.case.ripeness import Ripeness
from detente.case.ripeness_check import ripeness_problems
from detente.errors import InputProblems, UsageError
from detente.lenses.ripeness.deals import Followed, followed
from detente.lenses.ripeness.forces import donors, forces, levers
from detente.lenses.ripeness.material import Table, areas, attrition, monies
from detente.lenses.ripeness.measures import measures
from detente.lenses.ripeness.options import Options
from detente.lenses.ripeness.result import (
    EVEN,
    ActorTime,
    DealTime,
    Favoured,
    MilestoneTime,
    Ripe,
    WindowTime,
)
from detente.lenses.ripeness.result_material import fan, span
from detente.methods.agreement import Agreement
from detente.methods.redlines import agreed
from detente.methods.ripeness.base_rates import base_rates
from detente.methods.ripeness.window import any_ripe, ripe, spells
from detente.methods.ripeness.worth import favour
from detente.methods.space import count_deals
from detente.table.agreeing import agreement, quorum_of
from detente.table.draws import Draws, draw
from detente.table.encode import Encoded, encode
from detente.table.listing import listed_deals
from detente.table.outlook import Outlook, look_ahead
from detente.table.outlook_inputs import Levers

Floats = NDArray[np.float64]

HORIZONS = (3, 6, 12, 24)
"""Months at which the page says who is better off (as the question asks)."""

YEAR = 365.25
"""Days in a year."""


@dataclass(frozen=True, slots=True)
class Look:
    """Everything one run has in hand."""

    case: Case
    block: Ripeness
    options: Options
    enc: Encoded
    draws: Draws
    outlook: Outlook
    levers: Levers

    @property
    def months(self) -> int:
        """How far ahead this run looks."""
        return int(self.outlook.worth.shape[1]) - 1

    @property
    def rule(self) -> Agreement:
        """Whose acceptance makes a deal."""
        return agreement(self.enc)

    @property
    def counted(self) -> list[int]:
        """Rows of the actors whose acceptance counts."""
        return list(self.rule.counted)


def run(case: Case, options: Options) -> Ripe:
    """Compute the ripeness lens.

    Raises
    ------
    UsageError
        If the case has no ripeness block or nobody's consent is required, or a deal does not exist.
    InputProblems
        If the ripeness block is wrong; carries every problem.
    """
    block = case.ripeness
    if block is None:
        raise UsageError("the case has no `ripeness` block. Remedy: add what moves the worth of no deal")
    if not case.required:
        raise UsageError("no actor's consent is required in this case. Remedy: mark one with consent: true")
    problems = ripeness_problems(case, block)
    if any(p.severity == "error" for p in problems):
        raise InputProblems("the ripeness block cannot be used", problems)
    enc = encode(case)
    draws = draw(enc, options.draws, options.seed)
    moved = Levers(options.aid, options.oil, options.sanctions, options.pace)
    outlook = look_ahead(case, draws.worth, options.months or block.months, moved, options.seed)
    found = _found(Look(case, block, options, enc, draws, outlook, moved))
    return replace(found, headline=measures(case, found))


def _found(look: Look) -> Ripe:
    chosen = followed(look.case, look.enc, look.draws, look.options.deal)
    deals = listed_deals(look.enc, look.rule.vetoes, look.options.seed)
    ids = [a.id for a in look.case.actors]
    whom = favour(look.outlook.worth, look.enc.required)
    start = look.block.start or look.case.as_of
    years = None if look.block.war_since is None else (start - look.block.war_since).days / YEAR
    return Ripe(
        months=look.months,
        draws=look.options.draws,
        actors=tuple(_actor(look, p) for p in range(len(ids)) if ids[p] in look.block.feels),
        windows=_windows(look, deals),
        deals=tuple(_deal(look, d) for d in chosen),
        areas=areas(look.block, look.outlook),
        money=monies(look.case, look.outlook, Table(look.draws, look.enc, chosen), look.options),
        forces=forces(look.block, look.outlook),
        donors=donors(look.case, look.block, (look.options.draws, look.options.seed)),
        levers=levers(look.case, look.draws.worth, look.outlook, look.levers, look.options.seed),
        favoured=Favoured(ids[whom.actor] if whom.actor >= 0 else "", whom.until, whom.share),
        attrition=attrition(look.enc, look.draws, look.outlook),
        base_rates=() if years is None else base_rates(max(0.0, years)),
        war_years=years,
        milestones=_milestones(look, chosen),
        quorum=quorum_of(look.enc, look.rule),
        looked=len(deals),
        in_scope=count_deals(look.enc.scoped),
    )


def _actor(look: Look, p: int) -> ActorTime:
    worth = look.outlook.worth[:, :, p]
    return ActorTime(
        actor=look.case.actors[p].id,
        required=p in look.enc.required,
        stated=span(worth[:, 0]),
        worth=fan(worth),
        year=span(look.outlook.no_deal()[:, p]),
        parts={
            kind: span(path[:, -1, p]) for kind, path in look.outlook.parts.items() if path[:, :, p].any()
        },
        better={m: float((worth[:, m] > worth[:, 0]).mean()) for m in HORIZONS if m <= look.months},
    )


def _windows(look: Look, deals: NDArray[np.int16]) -> tuple[WindowTime, ...]:
    """Return when some of the deals is ripe: red lines aside first, then inside each reading."""
    points, columns = look.draws.columns(deals, look.counted)
    worth = look.outlook.worth[:, :, look.counted]
    masks = {"": np.ones(len(deals), dtype=bool)}
    masks |= {r: agreed(accepts, look.rule, deals) for r, accepts in look.enc.accepts.items()}
    found = []
    for reading, mask in masks.items():
        share = any_ripe(points, columns[mask], worth, look.rule.numbered).mean(axis=0)
        found.append(WindowTime(reading, int(mask.sum()), _floats(share), spells(share, EVEN)))
    return tuple(found)


def _deal(look: Look, deal: Followed) -> DealTime:
    value = look.draws.utilities(deal.row[None], look.counted)[:, :, 0]
    worth = look.outlook.worth[:, :, look.counted]
    share = ripe(value, worth, look.rule.numbered).mean(axis=0)
    ids = [look.enc.actors[p].id for p in look.counted]
    options = look.enc.options(deal.row)
    return DealTime(
        id=deal.id,
        label=deal.label,
        options={i.id: o.id for i, o in zip(look.enc.issues, options, strict=True)},
        filled=deal.filled,
        values={who: span(value[:, k]) for k, who in enumerate(ids)},
        share=_floats(share),
        refuses={who: float((~ripe(value[:, [k]], worth[:, :1, [k]])).mean()) for k, who in enumerate(ids)},
        spells=spells(share, EVEN),
    )


def _milestones(look: Look, deals: tuple[Followed, ...]) -> tuple[MilestoneTime, ...]:
    start = look.block.start or look.case.as_of
    rows = {d.id: d for d in deals}
    ids = [a.id for a in look.case.actors]
    found = []
    for item in look.block.milestones:
        month = round((item.on - start).days / (YEAR / 12))
        if item.deal in rows and 0 <= month <= look.months:
            value = look.draws.utilities(rows[item.deal].row[None])[:, :, 0]
            then = look.outlook.worth[:, [month]]
            own = ids.index(item.actor)
            found.append(
                MilestoneTime(
                    month,
                    item.on.isoformat(),
                    item.actor,
                    item.deal,
                    item.accepted,
                    item.text,
                    float(ripe(value[:, [own]], then[:, :, [own]]).mean()),
                    float(ripe(value, then, look.rule).mean()),
                )
            )
    return tuple(found)


def _floats(values: Floats) -> tuple[float, ...]:
    return tuple(float(v) for v in values)
