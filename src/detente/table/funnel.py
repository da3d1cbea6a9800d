"""Red lines by name: how many deals each step leaves, what killed the rest, what would have to move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
from detente.methods.space import Space, count_deals
from detente.table.concessions import Moves, Relaxation, moves_of, opened_mildly, priced
from detente.table.draws import Draws
from detente.table.encode import Encoded


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
class RedLines:
    """The exact answer under one reading.

    `single_issues` counts, for each issue, the deals there would be without any red line on it;
    `common` lists, for each issue, the options that every required actor and enough others accept.
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
    lines, moves = counted(enc, reading, agreement)
    return replace(lines, relaxations=priced(moves, enc, reading, draws))


def counted(enc: Encoded, reading: str, agreement: Agreement) -> tuple[RedLines, Moves]:
    """Return what does not depend on anybody's draws: all counts, and the moves that `priced` prices."""
    accepts, required = enc.accepts[reading], agreement.vetoes
    bound = sorted(set(enc.bound) | set(required))
    counts = coalition_counts(enc.scoped, accepts, bound)
    name = [a.id for a in enc.actors]
    stages = (*rule_stages(enc), *_actor_stages(enc, reading, required))
    if agreement.more:
        stages = (*stages, Stage("quorum", "", zone(enc, reading, agreement)))
    lines = RedLines(
        stages=stages,
        coalitions=tuple(Coalition(tuple(name[p] for p in members), n) for members, n in counts.items()),
        relaxations=(),
        by_issue=tuple(
            (tuple(enc.issues[i].id for i in issues), opens)
            for issues, opens in relaxations_by_issue(enc.scoped, accepts, agreement)
        ),
        single_issues=tuple(
            (issue.id, count_agreed(enc.scoped, accepts, agreement, [(p, i) for p in agreement.counted]))
            for i, issue in enumerate(enc.issues)
        ),
        common=tuple(
            (issue.id, tuple(o.id for o, fine in zip(issue.options, enough, strict=True) if fine))
            for issue, enough in zip(enc.issues, _enough(accepts, agreement), strict=True)
        ),
        zone=stages[-1].count,
    )
    found = relaxations_of(enc.scoped, accepts, agreement)
    made = [moves_of(enc, accepts, agreement, r.lines) for r in found]
    mild = [opened_mildly(enc, accepts, agreement, moves) for moves in made]
    return lines, tuple((m, r.opens, n) for m, r, n in zip(made, found, mild, strict=True))


def _enough(accepts: Accepts, agreement: Agreement) -> list[NDArray[np.bool_]]:
    """Return, issue by issue, the options enough actors accept."""
    return [agreement.carries(np.array(masks), axis=0) for masks in zip(*accepts, strict=True)]


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
