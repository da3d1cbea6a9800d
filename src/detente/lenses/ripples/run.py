"""Runs the ripples lens: scenarios to networks, networks to tension, commitments to cover and bills."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.case import Case
from detente.case.relations import Relations
from detente.case.relations_check import relations_problems
from detente.errors import InputProblems, UsageError
from detente.lenses.ripples.commitments import coalition, donors, guarantees
from detente.lenses.ripples.draws import Draws
from detente.lenses.ripples.measures import measures
from detente.lenses.ripples.options import Options
from detente.lenses.ripples.result import (
    NodeResult,
    Ripples,
    ScenarioResult,
    TieResult,
    TriadResult,
    interval,
)
from detente.lenses.ripples.scenarios import Scenario, scenarios
from detente.methods.relations.balance import EXACT_UP_TO, frustration, pull, triangles
from detente.methods.relations.diffusion import final_camps, signed_diffusion
from detente.methods.relations.splits import least_frustration

Floats = NDArray[np.float64]

SPLITS = 2e8
"""Node flips spent on the frustration index of one scenario (judgement: about a second on two cores)."""

FEWEST = 50
"""Draws the frustration index is computed for at least (judgement: enough for a 5th percentile)."""

ROUNDS, STEP = 4, 0.5
"""Reach and pace of the diffusion of leanings: four ties far, half renewed a round (judgement)."""

STILL = 1e-9
"""Changes below this are rounding."""

STIR = 0.02
"""Changes of room below this are no change: two points of a hundred (judgement)."""


@dataclass(frozen=True, slots=True)
class _Net:
    """One scenario's drawn networks with what is computed from them, before it is summed up."""

    scenario: Scenario
    W: Floats
    pull: Floats
    frustration: Floats
    flips: Floats
    exact: bool
    room: Floats
    lean: Floats | None
    triples: NDArray[np.int64]


def run(case: Case, options: Options) -> Ripples:
    """Compute the ripples of a case.

    Raises
    ------
    UsageError
        If the case has no relations block, or a deal asked for does not exist.
    InputProblems
        If the relations block is wrong; carries every problem.
    """
    relations = case.relations
    if relations is None:
        raise UsageError("the case has no `relations` block. Remedy: add ties, commitments and effects")
    problems = relations_problems(case, relations)
    if any(p.severity == "error" for p in problems):
        raise InputProblems("the relations block cannot be used", problems)
    draws = Draws(case, relations, options.draws, options.seed)
    nets = tuple(_net(draws, s, options) for s in scenarios(case, relations, options.deal))
    used = len(nets[0].frustration) if len(draws.nodes) <= EXACT_UP_TO else 0
    names = {a.id: a.name for a in case.actors} | {t.id: t.name for t in relations.third_parties}
    found = Ripples(
        names={node: names[node] for node in _named(relations)},
        scenarios=tuple(_scenario(draws, net, nets) for net in nets),
        draws=options.draws,
        frustration_draws=used,
        exact=all(net.exact for net in nets),
    )
    return replace(found, headline=tuple(m for s in found.scenarios[1:] for m in measures(found, s)))


def _named(relations: Relations) -> tuple[str, ...]:
    bound = [who for c in relations.commitments for who in (*c.from_, *c.to)]
    return tuple(dict.fromkeys((*relations.nodes, *bound)))


def _net(draws: Draws, scenario: Scenario, options: Options) -> _Net:
    W = draws.network(scenario)
    triples = triangles(np.asarray((W != 0).any(axis=0), dtype=np.float64))
    index, flips, exact = _frustration(draws, scenario, W)
    lean = _lean(draws.relations, draws.nodes, W, options.dynamics)
    return _Net(scenario, W, pull(W), index, flips, exact, _room(W, triples), lean, triples)


def _frustration(draws: Draws, scenario: Scenario, W: Floats) -> tuple[Floats, Floats, bool]:
    """Return the weighted and the counted frustration of each draw, and whether both are proven."""
    n = W.shape[-1]
    if n > EXACT_UP_TO:
        middle = draws.middle(scenario)
        weighed, counted = frustration(middle), frustration(np.sign(middle))
        return np.array([weighed.index]), np.array([counted.index]), weighed.exact and counted.exact
    used = W[: max(FEWEST, int(SPLITS / (n * 2 ** (n - 1))))]
    return least_frustration(used)[0], least_frustration(np.sign(used))[0], True


def _room(W: Floats, triples: NDArray[np.int64]) -> Floats:
    """Return the balanced part of the strength of each node's triangles; NaN where it has none."""
    i, j, k = triples.T
    product = W[:, i, j] * W[:, j, k] * W[:, i, k]
    strength = np.cbrt(np.abs(product))
    member = np.zeros((len(triples), W.shape[-1]))
    member[np.arange(len(triples))[:, None], triples] = 1
    total, tense = strength @ member, (strength * (product < 0)) @ member
    return np.asarray(1 - np.divide(tense, total, out=np.full_like(total, np.nan), where=total > 0))


def _lean(relations: Relations, nodes: tuple[str, ...], W: Floats, dynamics: str) -> Floats | None:
    """Return how each node leans between the poles, 1 towards the first; None without poles."""
    if relations.poles is None:
        return None
    first, second = (nodes.index(p) for p in relations.poles)
    if dynamics == "balance":
        camps = final_camps(W)
        return np.asarray(camps * camps[:, [first]])
    start = np.zeros(W.shape[:2])
    start[:, first], start[:, second] = 1, -1
    return signed_diffusion(W, start, STEP, ROUNDS)


def _scenario(draws: Draws, net: _Net, nets: tuple[_Net, ...]) -> ScenarioResult:
    today, no_deal = nets[0], nets[1]
    s = net.scenario
    paid, totals = donors(draws, s, today.scenario, no_deal.scenario)
    chains = (coalition(draws, s, net.W, c) for c in draws.relations.commitments if c.needs_all)
    return ScenarioResult(
        id=s.id,
        label=s.label,
        kind=s.kind,
        ties=_ties(draws.nodes, net, today),
        triads=_triads(draws.nodes, net),
        nodes=tuple(_node(net, today, k, node) for k, node in enumerate(draws.nodes)),
        guarantees=guarantees(draws, s),
        donors=paid,
        coalitions=tuple(c for c in chains if c is not None),
        frustration=interval(net.frustration),
        flips=interval(net.flips),
        against_today=interval(net.frustration - today.frustration),
        against_no_deal=interval(net.frustration - no_deal.frustration),
        totals=totals,
        open_issues=s.open_issues,
        terms=s.terms,
        in_force=tuple(c.id for c in draws.relations.commitments if draws.in_force(s, c)),
    )


def _ties(nodes: tuple[str, ...], net: _Net, today: _Net) -> tuple[TieResult, ...]:
    """Return every pair that is tied under the scenario or today."""
    tied = ((net.W != 0) | (today.W != 0)).any(axis=0)
    return tuple(
        TieResult(
            pair=(nodes[i], nodes[j]),
            weight=interval(100 * net.W[:, i, j]),
            change=interval(100 * (net.W - today.W)[:, i, j]),
            pull=interval(net.pull[:, i, j]),
            against=float((net.pull[:, i, j] * net.W[:, i, j] < -STILL).mean()),
        )
        for i, j in np.argwhere(np.triu(tied, 1)).tolist()
    )


def _triads(nodes: tuple[str, ...], net: _Net) -> tuple[TriadResult, ...]:
    i, j, k = net.triples.T
    product = net.W[:, i, j] * net.W[:, j, k] * net.W[:, i, k]
    strength, tense = np.cbrt(np.abs(product)).mean(axis=0), (product < 0).mean(axis=0)
    return tuple(
        TriadResult((nodes[a], nodes[b], nodes[c]), float(tense[t]), float(strength[t]))
        for t, (a, b, c) in enumerate(net.triples.tolist())
    )


def _node(net: _Net, today: _Net, k: int, node: str) -> NodeResult:
    room, before = net.room[:, k], today.room[:, k]
    seen = np.isfinite(room)
    both = seen & np.isfinite(before)
    change = room[both] - before[both]
    lean = None if net.lean is None or today.lean is None else (net.lean[:, k], today.lean[:, k])
    return NodeResult(
        id=node,
        room=interval(room[seen]) if seen.any() else None,
        room_change=interval(change) if both.any() else None,
        gains=float((change > STIR).mean()) if both.any() else 0.0,
        loses=float((change < -STIR).mean()) if both.any() else 0.0,
        lean=None if lean is None else interval(lean[0]),
        lean_change=None if lean is None else interval(lean[0] - lean[1]),
    )
