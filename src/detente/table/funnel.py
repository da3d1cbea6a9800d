"""Red lines by name: how many deals each step leaves, what killed the rest, what would have to move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.methods.agreement import Agreement
from detente.methods.redlines import (
    Accepts,
    coalition_counts,
    count_agreed,
    joint,
    relaxations_by_issue,
    relaxations_of,
)
from detente.methods.space import Allowed, Space, count_deals
from detente.table.draws import Draws
from detente.table.encode import Encoded

RedLine = tuple[str, str]
"""(actor, issue) by id."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the funnel.

    `kind` is combinations, rules, scope, actor or quorum; `actor` names whose red lines act at an actor step.
    `killers` are the rules or issues whose absence alone would leave most, with what they would leave.
    """

    kind: str
    actor: str
    count: int
    killers: tuple[str, ...] = ()
    without_killer: int = 0


@dataclass(frozen=True, slots=True)
class Coalition:
    """How many deals all members accept."""

    members: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Concession:
    """What dropping one red line costs its actor, in points of its own 0..100 scale.

    `option` is the mildest option beyond the line that the opened deals use; the cost is the points of
    the worst option the actor accepted less the points of that one (5, 50 and 95% of draws).
    """

    line: RedLine
    option: str
    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A smallest set of red lines whose dropping opens deals, and what each costs."""

    concessions: tuple[Concession, ...]
    opens: int


@dataclass(frozen=True, slots=True)
class RedLines:
    """The exact answer under one reading.

    `single_issues` counts, for each issue, the deals there would be without any red line on it;
    `common` lists, for each issue, the options every required actor accepts.
    """

    stages: tuple[Stage, ...]
    coalitions: tuple[Coalition, ...]
    relaxations: tuple[Relaxation, ...]
    by_issue: tuple[tuple[tuple[str, ...], int], ...]
    single_issues: tuple[tuple[str, int], ...]
    common: tuple[tuple[str, tuple[str, ...]], ...]
    zone: int


def red_lines(enc: Encoded, reading: str, agreement: Agreement, draws: Draws) -> RedLines:
    """Count every step of the funnel under a reading and find all smallest sets of movements.

    Parameters
    ----------
    enc : Encoded
    reading : str
        Which win-sets count.
    agreement : Agreement
        Rows of the actors who must accept, and the quorum.
    draws : Draws
        For what a concession costs.
    """
    accepts, required = enc.accepts[reading], agreement.vetoes
    bound = sorted(set(enc.bound) | set(required))
    counts = coalition_counts(enc.scoped, accepts, bound)
    name = [a.id for a in enc.actors]
    found = relaxations_of(enc.scoped, accepts, agreement)
    stages = (*rule_stages(enc), *_actor_stages(enc, reading, required))
    if agreement.more:
        stages = (*stages, Stage("quorum", "", zone(enc, reading, agreement)))
    return RedLines(
        stages=stages,
        coalitions=tuple(Coalition(tuple(name[p] for p in members), n) for members, n in counts.items()),
        relaxations=tuple(
            Relaxation(_concessions(enc, accepts, agreement, r.lines, draws), r.opens) for r in found
        ),
        by_issue=tuple(
            (tuple(enc.issues[i].id for i in issues), opens)
            for issues, opens in relaxations_by_issue(enc.scoped, accepts, required)
        ),
        single_issues=tuple(
            (
                issue.id,
                count_deals(enc.scoped, joint(enc.scoped, accepts, required, [(p, i) for p in required])),
            )
            for i, issue in enumerate(enc.issues)
        ),
        common=tuple(
            (issue.id, tuple(o.id for o, fine in zip(issue.options, mask, strict=True) if fine))
            for issue, mask in zip(enc.issues, joint(enc.scoped, accepts, required), strict=True)
        ),
        zone=stages[-1].count,
    )


def zone(enc: Encoded, reading: str, agreement: Agreement) -> int:
    """Return how many deals lie inside the red lines of all who must accept, and of enough others."""
    return count_agreed(enc.scoped, enc.accepts[reading], agreement)


def rule_stages(enc: Encoded) -> tuple[Stage, ...]:
    """Return the steps before anybody's red lines: combinations, rules, and what counts as a deal."""
    feasible, in_scope = count_deals(enc.space), count_deals(enc.scoped)
    hard = len(enc.space.forbidden)
    rules = list(dict.fromkeys(enc.clause_rules[:hard]))
    stages = [
        Stage("combinations", "", enc.space.combinations),
        Stage("rules", "", feasible, *_killer({r: count_deals(_without(enc, r)) for r in rules}, feasible)),
    ]
    if len(enc.scoped.forbidden) > hard:
        stages.append(Stage("scope", "", in_scope, tuple(dict.fromkeys(enc.clause_rules[hard:])), feasible))
    return tuple(stages)


def _without(enc: Encoded, rule: str) -> Space:
    kept = tuple(c for c, r in zip(enc.space.forbidden, enc.clause_rules, strict=False) if r != rule)
    return Space(enc.space.sizes, kept)


def _killer(without: dict[str, int], count: int) -> tuple[tuple[str, ...], int]:
    """Return all names whose absence would leave most (ties together), if more than now."""
    best = max(without.values(), default=count)
    return (tuple(n for n, left in without.items() if left == best), best) if best > count else ((), count)


def _actor_stages(enc: Encoded, reading: str, required: Sequence[int]) -> list[Stage]:
    """Return one step per required actor, in file order; each counts the deals all so far accept."""
    accepts = enc.accepts[reading]
    stages = []
    for k, actor in enumerate(required):
        so_far = required[: k + 1]
        count = count_deals(enc.scoped, joint(enc.scoped, accepts, so_far))
        without = {
            issue.id: count_deals(enc.scoped, joint(enc.scoped, accepts, so_far, [(actor, i)]))
            for i, issue in enumerate(enc.issues)
        }
        stages.append(Stage("actor", enc.actors[actor].id, count, *_killer(without, count)))
    return stages


def _concessions(
    enc: Encoded, accepts: Accepts, agreement: Agreement, lines: Sequence[tuple[int, int]], draws: Draws
) -> tuple[Concession, ...]:
    """Price the lines over the deals of the smallest coalition that all their owners belong to."""
    owners = {p for p, _ in lines}
    members = next(c for c in agreement.coalitions if owners <= set(c))
    opened = joint(enc.scoped, accepts, members, lines)
    return tuple(_concession(enc, accepts[p][i], opened, (p, i), draws) for p, i in lines)


def _concession(
    enc: Encoded, mask: NDArray[np.bool_], opened: Allowed, line: tuple[int, int], draws: Draws
) -> Concession:
    """Price one red line (`mask` is what the actor accepted) given the options of the deals opened."""
    actor, issue = line
    beyond = [o for o in np.flatnonzero(~mask).tolist() if _used(enc.scoped, opened, issue, o)]
    points = draws.points[:, actor, issue, : len(mask)]
    tiers = enc.views[actor][issue].tier
    mildest = min(beyond, key=lambda o: (tiers[o], o))
    lost = (points[:, mask].min(axis=1) if mask.any() else points.max(axis=1)) - points[:, mildest]
    low, mid, high = np.quantile(lost, (0.05, 0.5, 0.95))
    where = (enc.actors[actor].id, enc.issues[issue].id)
    return Concession(where, enc.issues[issue].options[mildest].id, float(low), float(mid), float(high))


def _used(space: Space, opened: Allowed, issue: int, option: int) -> bool:
    """Return whether some deal opened has the option."""
    only = np.arange(space.sizes[issue]) == option
    return count_deals(space, [m & only if i == issue else m for i, m in enumerate(opened)]) > 0
