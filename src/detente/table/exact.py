"""A deal space in whole units answered exactly, in names: what can never be, and what each standard picks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from detente.errors import TooLarge
from detente.methods.dealspace.certificate import Certificate
from detente.methods.dealspace.concepts import Optimum
from detente.methods.dealspace.front import pareto_front
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.presolve import presolve
from detente.methods.dealspace.rule import Rule
from detente.methods.dealspace.solutions import solve
from detente.methods.dealspace.supported import supported
from detente.methods.dealspace.utilities import Utilities
from detente.methods.space import Allowed

SHOWN = 3
"""Tied deals named for one standard. Judgement."""

FRONT_ACTORS = 5
"""Most actors whose efficient deals are counted; with more they number 10^5 and answer nobody. Judgement."""

FRONT = 50_000
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


def presolved(
    utilities: Utilities, rule: Rule, ids: Sequence[str], issues: Sequence[tuple[str, Sequence[str]]]
) -> Findings:
    """Return what can be said before any search, in names.

    Parameters
    ----------
    utilities : Utilities
    rule : Rule
    ids : sequence of str
        Names of the actors.
    issues : sequence of (name, names of the options)
    """
    found = presolve(utilities, rule)
    return Findings(
        tuple(
            DeadOption(
                issues[d.issue][0],
                issues[d.issue][1][d.option],
                d.why,
                tuple((ids[p], s / utilities.unit) for p, s in zip(d.actors, d.short, strict=True)),
            )
            for d in found.dead
        ),
        tuple((issues[i][0], issues[i][1][o], issues[i][1][by]) for i, o, by in found.dominated),
        tuple(tuple(issues[i][0] for i in group) for group in found.components),
    )


def efficient_deals(
    utilities: Utilities, allowed: Allowed | None
) -> tuple[tuple[int, int] | None, int | None]:
    """Return the number of efficient deals and vectors, or how many supported ones a sample finds."""
    graph = layers_of(utilities, allowed)
    if utilities.actors <= FRONT_ACTORS:
        try:
            front = pareto_front(graph, rational=True, cap=FRONT)
            return (front.total, len(front.vectors)), None
        except TooLarge:
            pass
    return None, len(supported(graph, WEIGHTINGS, np.random.default_rng(0)).deals) if graph.count() else 0


def proved(
    options: Sequence[Sequence[str]],
    utilities: Utilities,
    ids: Sequence[str],
    allowed: Allowed | None = None,
) -> tuple[Proved, ...]:
    """Return what each standard picks, with its certificate, in names.

    Parameters
    ----------
    options : per issue, names of its options
    utilities : Utilities
    ids : sequence of str
        Names of the actors.
    allowed : per issue (m_i,) bool, optional
    """
    found = solve(utilities, allowed=allowed)
    by_concept = {c.concept: c for c in found.certificates}
    return tuple(_proved(options, utilities, ids, (o, by_concept[o.concept])) for o in found.optima)


def _proved(
    options: Sequence[Sequence[str]],
    utilities: Utilities,
    ids: Sequence[str],
    found: tuple[Optimum, Certificate],
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
        deals=tuple(
            tuple(options[i][o] for i, o in enumerate(deal)) for deal in optimum.deals[:SHOWN].tolist()
        ),
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
