"""The deal space at the middle of the draws: options that cannot be, exact counts, solutions with proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from detente.errors import TooLarge
from detente.methods.dealspace.certificate import Certificate
from detente.methods.dealspace.concepts import Optimum
from detente.methods.dealspace.counting import Counts, count_accepted
from detente.methods.dealspace.front import pareto_front
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.presolve import presolve
from detente.methods.dealspace.rule import ACTORS, Rule, quorum, unanimity
from detente.methods.dealspace.solutions import solve
from detente.methods.dealspace.supported import supported
from detente.methods.dealspace.utilities import Utilities, utilities_of
from detente.methods.redlines import Agreement, joint
from detente.methods.space import Allowed
from detente.table.draws import Draws
from detente.table.encode import Encoded

SHOWN = 3
"""Tied deals named for one standard. Judgement."""

FRONT_ACTORS = 5
"""Most actors whose efficient deals are counted; with more they number 10^5 and answer nobody. Judgement."""

FRONT = 200_000
"""Most efficient utility vectors kept. Judgement: seconds."""


WEIGHTINGS = 20_000
"""Weightings of the actors drawn where the efficient deals are too many. Judgement: a second or two."""


@dataclass(frozen=True, slots=True)
class DeadOption:
    """An option in no deal that would carry, and how far below no deal it leaves whom, in points, at best."""

    issue: str
    option: str
    why: str
    short: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What can be said of the table before any search.

    Parameters
    ----------
    dead : tuple of DeadOption
    dominated : tuple of (issue, option, by)
        Options no efficient deal has, because another serves everybody who must accept at least as well.
    groups : tuple of tuple of str
        Issues tied together by rules or interactions; different groups can be settled apart.
    """

    dead: tuple[DeadOption, ...]
    dominated: tuple[tuple[str, str, str], ...]
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """What one standard picks, with its certificate.

    Parameters
    ----------
    concept, definition : str
    deals : tuple of tuple of str
        The first tied deals, option ids in the order of the issues.
    ties : int
    gains : tuple of (actor, float)
        Gain over no deal, in points, in the first deal.
    ideal : tuple of (actor, float)
        Largest gain over the deals everybody accepts.
    value, bound, gap : float
        In points; the product of gains in points for Nash, with bound and gap as logarithms.
    method : str
    work : int
        Deals or branches looked at.
    digest : str
        Fingerprint of the exact input.
    resolution : float
        Largest rounding of a deal's worth, in points.
    not_proved : tuple of str
    """

    concept: str
    definition: str
    deals: tuple[tuple[str, ...], ...]
    ties: int
    gains: tuple[tuple[str, float], ...]
    ideal: tuple[tuple[str, float], ...]
    value: float
    bound: float
    gap: float
    method: str
    work: int
    digest: str
    resolution: float
    not_proved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Middle:
    """The exact answer at the mean of the draws, over one set of deals.

    Parameters
    ----------
    reading : str
        Whose red lines the deals are inside; "" for red lines aside.
    deals : int
        Deals in the set.
    alone : tuple of (actor, int)
        How many of them each actor takes over no deal; empty where only the joint count could be had.
    carried : int or None
        How many would carry; None where too many different sums make an exact count impossible.
    step : float
        Points to which worths were rounded before counting; 0 where they were not.
    efficient : (deals, vectors) or None
        Efficient deals among those everybody accepts, and their different worths.
    supported : int or None
        Where the efficient deals are too many: how many different ones a sample of weightings finds.
    solutions : tuple of Proved
    """

    reading: str
    deals: int
    alone: tuple[tuple[str, int], ...]
    carried: int | None
    step: float
    efficient: tuple[int, int] | None
    supported: int | None
    solutions: tuple[Proved, ...]


def middle_utilities(enc: Encoded, draws: Draws, rows: Sequence[int]) -> Utilities:
    """Return the mean of the draws as exact utilities of some actors, in micro-points."""
    mean, rows = draws.middle(), list(rows)
    points = [mean.points[0, rows, i, :m].T for i, m in enumerate(enc.scoped.sizes)]
    effects = [(issues, table[0]) for issues, table in mean.tables(rows, enc.scoped.sizes)]
    return utilities_of(enc.scoped, points, mean.worth[0, rows], effects)


def voters(agreement: Agreement) -> list[int]:
    """Return the rows of all whose acceptance counts, those with a veto first."""
    return [*agreement.vetoes, *(agreement.others if agreement.more else ())]


def rule_of(agreement: Agreement) -> Rule:
    """Return the acceptance rule over `voters`."""
    rows = voters(agreement)
    if not agreement.more:
        return unanimity(len(rows))
    return quorum(len(rows), range(len(agreement.vetoes)), len(agreement.vetoes) + agreement.more)


def findings(enc: Encoded, draws: Draws, agreement: Agreement) -> Findings:
    """Return dead and dominated options, and groups of issues, at the middle of the draws."""
    rows = voters(agreement)
    utilities = middle_utilities(enc, draws, rows)
    found = presolve(utilities, rule_of(agreement))
    name = [[o.id for o in issue.options] for issue in enc.issues]
    return Findings(
        tuple(
            DeadOption(
                enc.issues[d.issue].id,
                name[d.issue][d.option],
                d.why,
                tuple(
                    (enc.actors[rows[p]].id, s / utilities.unit)
                    for p, s in zip(d.actors, d.short, strict=True)
                ),
            )
            for d in found.dead
        ),
        tuple((enc.issues[i].id, name[i][o], name[i][by]) for i, o, by in found.dominated),
        tuple(tuple(enc.issues[i].id for i in group) for group in found.components),
    )


def middle(enc: Encoded, draws: Draws, agreement: Agreement, reading: str = "") -> Middle:
    """Count and solve the deal space at the mean of the draws, exactly, at any size.

    Counts are under the acceptance rule, quorum included; the standards weigh the gains of all whose
    acceptance counts, over the deals all of them accept.

    Parameters
    ----------
    enc : Encoded
    draws : Draws
    agreement : Agreement
    reading : str
        Look only at deals inside these red lines of those who must accept; "" for all deals.
    """
    rows = voters(agreement)
    if len(rows) > ACTORS:
        return Middle(reading, 0, (), None, 0.0, None, None, ())
    utilities = middle_utilities(enc, draws, rows)
    allowed = joint(enc.scoped, enc.accepts[reading], agreement.vetoes) if reading else None
    counts = _counts(utilities, allowed)
    zones = counts.zones if counts else ()
    ids = [enc.actors[p].id for p in rows]
    front, sample = _efficient(utilities, allowed)
    return Middle(
        reading=reading,
        deals=layers_of(utilities, allowed).count(),
        alone=tuple((a, zones[1 << k]) for k, a in enumerate(ids)) if zones else (),
        carried=_carried(counts, rule_of(agreement)),
        step=counts.step if counts else 0.0,
        efficient=front,
        supported=sample,
        solutions=_solutions(enc, utilities, ids, allowed),
    )


def _counts(utilities: Utilities, allowed: Allowed | None) -> Counts | None:
    try:
        return count_accepted(utilities, allowed)
    except TooLarge:
        return None


def _carried(counts: Counts | None, rule: Rule) -> int | None:
    """Return the deals that carry: superset counts turned back into counts of exactly who accepts."""
    if counts is None:
        return None
    if not rule.carries[:-1].any():
        return counts.everybody
    if not counts.zones:
        return None
    exactly = list(counts.zones)
    for p in range(rule.actors):
        for mask in range(1 << rule.actors):
            if not mask >> p & 1:
                exactly[mask] -= exactly[mask | 1 << p]
    return sum(n for n, carries in zip(exactly, rule.carries, strict=True) if carries)


def _efficient(utilities: Utilities, allowed: Allowed | None) -> tuple[tuple[int, int] | None, int | None]:
    """Return the number of efficient deals and vectors, or how many supported ones a sample finds."""
    graph = layers_of(utilities, allowed)
    if utilities.actors <= FRONT_ACTORS:
        try:
            front = pareto_front(graph, rational=True, cap=FRONT)
            return (front.total, len(front.vectors)), None
        except TooLarge:
            pass
    return None, len(supported(graph, WEIGHTINGS, np.random.default_rng(0)).deals) if graph.count() else 0


def _solutions(
    enc: Encoded, utilities: Utilities, ids: Sequence[str], allowed: Allowed | None
) -> tuple[Proved, ...]:
    found = solve(utilities, allowed=allowed)
    by_concept = {c.concept: c for c in found.certificates}
    return tuple(_proved(enc, utilities, ids, (o, by_concept[o.concept])) for o in found.optima)


def _proved(
    enc: Encoded, utilities: Utilities, ids: Sequence[str], found: tuple[Optimum, Certificate]
) -> Proved:
    optimum, proof = found
    unit = utilities.unit
    gains = utilities.gains(optimum.deals[:1])[0]
    scale = {"kalai_smorodinsky": 1, "nash": unit ** int(sum(g > 0 for g in gains.tolist()))}.get(
        proof.concept, unit
    )
    shift = log(scale) if proof.concept == "nash" else 0.0
    bound = proof.bound - shift if proof.concept == "nash" else proof.bound / scale
    return Proved(
        concept=proof.concept,
        definition=proof.definition,
        deals=tuple(tuple(o.id for o in enc.options(deal)) for deal in optimum.deals[:SHOWN]),
        ties=optimum.ties,
        gains=tuple((a, g / unit) for a, g in zip(ids, gains.tolist(), strict=True)),
        ideal=tuple((a, g / unit) for a, g in zip(ids, proof.ideal, strict=True)),
        value=float(optimum.value / scale),
        bound=float(bound),
        gap=proof.gap if proof.concept == "nash" else proof.gap / scale,
        method=proof.method,
        work=proof.work,
        digest=proof.digest,
        resolution=proof.resolution,
        not_proved=proof.not_proved,
    )
