"""From a case's gates and routes to the chance that a deal passes at home."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from detente.case import ratification as block
from detente.case.model import Case
from detente.errors import UsageError
from detente.lenses.ratification.gates import Builder
from detente.lenses.ratification.options import Options
from detente.lenses.ratification.result import (
    Count,
    DealResult,
    GateResult,
    Ratified,
    ReadingResult,
    RouteResult,
    Swap,
)
from detente.lenses.ratification.space import overlaps_and_reach
from detente.methods.ratification import constants
from detente.methods.ratification.gates import Assembly, Council, Reversed
from detente.methods.ratification.ladder import GateOutcome, Route, RouteOutcome, chance, climb
from detente.methods.ratification.referendum import Referendum
from detente.methods.ratification.worlds import Estimate, Worlds
from detente.table.asked import Asked, allowed, asked_deals
from detente.table.encode import Encoded, encode

OUTER = 128
"""Settings of what is not known. Judgement: the 5th and 95th percentile rest on six settings each."""

HELPS = 0.005
"""A change of a term counts as helping from half a percentage point on: below, it prints as no change."""


def run(case: Case, options: Options) -> Ratified:
    """Compute the ratification lens.

    Raises
    ------
    UsageError
        If the case has no ratification block, or a deal or reading asked for does not exist.
    """
    rules = rules_of(case)
    readings = _readings(rules, options.reading)
    worlds = worlds_of(options)
    builder, enc = Builder(rules, case.as_of), encode(case, "all")
    deals = tuple(
        DealResult(deal, tuple(_reading(builder, enc, deal, reading, worlds) for reading in readings))
        for deal in asked_deals(case, options.deal)
    )
    overlaps, reach, feasible = overlaps_and_reach(case, builder, readings, worlds)
    return Ratified(deals, overlaps, reach, feasible, constants.ALL, worlds.size, options.seed)


def rules_of(case: Case) -> block.Ratification:
    """Return the case's ratification block, or refuse."""
    if case.ratification is None:
        raise UsageError(
            "the case has no `ratification` block. Remedy: describe gates and routes in case.yaml"
        )
    return case.ratification


def worlds_of(options: Options) -> Worlds:
    """Return the drawn futures an option set asks for."""
    return Worlds(options.seed, OUTER, max(1, options.draws // OUTER))


def chance_of(case: Case, terms: Mapping[str, str], reading: str, options: Options) -> Estimate:
    """Return the chance of one deal under one reading: for other parts of the program, and for many deals."""
    return chance(Builder(rules_of(case), case.as_of).routes(terms, reading), worlds_of(options))


def deciding_gate(case: Case, terms: Mapping[str, str], reading: str, options: Options) -> str:
    """Return the name of the gate that decides the fate of one deal most often, or "" where none does."""
    rules = rules_of(case)
    found = climb(Builder(rules, case.as_of).routes(terms, reading), worlds_of(options)).pivotal
    return rules.gate(found).name if found else ""


def _readings(rules: block.Ratification, asked: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [r for r in asked if r not in rules.readings]
    if unknown:
        raise UsageError(
            f"ratification has no reading '{unknown[0]}'. Remedy: choose from {', '.join(rules.readings)}"
        )
    return asked or tuple(rules.readings)


def _reading(builder: Builder, enc: Encoded, deal: Asked, reading: str, worlds: Worlds) -> ReadingResult:
    rules = builder.case
    routes = builder.routes(deal.terms, reading)
    outcome = climb(routes, worlds)
    found = tuple(
        _route(rules, route, told, worlds) for route, told in zip(routes, outcome.routes, strict=True)
    )
    closed = tuple(r.name for r in rules.routes if r.id not in {route.id for route in routes})
    swaps = _swaps(builder, enc, deal, reading, worlds)
    pivotal = rules.gate(outcome.pivotal).name if outcome.pivotal else ""
    return ReadingResult(
        reading, outcome.overall, outcome.unrelated, outcome.together, found, closed, pivotal, swaps
    )


def _route(rules: block.Ratification, route: Route, told: RouteOutcome, worlds: Worlds) -> RouteResult:
    name = next(r.name for r in rules.routes if r.id == route.id)
    gates = tuple(
        _gate(rules.gate(outcome.id), step.gate, outcome, worlds)
        for step, outcome in zip(route.steps, told.gates, strict=True)
    )
    return RouteResult(route.id, name, told.chance, gates, told.days)


def _gate(written: block.Gate, gate: object, told: GateOutcome, worlds: Worlds) -> GateResult:
    counts: tuple[Count, ...] = ()
    swing: tuple[str, float] | None = None
    if isinstance(gate, Assembly) and isinstance(written, block.AssemblyGate):
        counts = (_votes(written.name, gate, worlds, 1.0),)
        swing = _most([b.name for b in written.blocs], gate.decides(worlds)) if len(gate.blocs) > 1 else None
    elif isinstance(gate, Reversed) and isinstance(written, block.ReversedGate):
        names = [h.name for h in written.hurdles]
        counts = tuple(_votes(n, h, worlds, -1.0) for n, h in zip(names, gate.hurdles, strict=True))
    elif isinstance(gate, Referendum) and isinstance(written, block.ReferendumGate):
        counts = tuple(
            _count(e.name, 100 * share, 100 * gate.rule.share, "% yes")
            for e, share in zip(written.electorates, gate.shares(worlds), strict=True)
        )
    elif isinstance(gate, Council) and isinstance(written, block.CouncilGate):
        counts = (_count(written.name, gate.agree(worlds).sum(axis=0), gate.need, "members"),)
        names = [m.name for m in written.members for _ in range(m.count)]
        swing = _most(names, gate.blocks(worlds))
    return GateResult(
        written.id, written.name, written.kind, told.alone, told.reached, told.gain, counts, swing
    )


def _votes(name: str, vote: Assembly, worlds: Worlds, favour: float) -> Count:
    yes = vote.votes(worlds, favour).sum(axis=0)
    if vote.majority.seats:
        return _count(name, yes, vote.majority.seats, "votes" if favour > 0 else "votes against")
    room = sum(b.seats - b.absent for b in vote.blocs)
    share = 100 * yes / np.maximum(yes + np.clip(room - yes, 0, None), 1e-12)
    return _count(name, share, 100 * vote.majority.cast, "% of votes cast")


def _count(name: str, values: np.ndarray, need: float, unit: str) -> Count:
    low, mid, high = (float(x) for x in np.percentile(values, (5, 50, 95)))
    return Count(name, low, mid, high, float(need), unit)


def _most(names: list[str], shares: tuple[float, ...]) -> tuple[str, float] | None:
    best = int(np.argmax(shares))
    return (names[best], shares[best]) if shares[best] > 0 else None


def _swaps(builder: Builder, enc: Encoded, deal: Asked, reading: str, worlds: Worlds) -> tuple[Swap, ...]:
    """Change one term at a time to each option the rules allow; keep the best on each issue if it helps."""
    now = chance(builder.routes(deal.terms, reading), worlds)
    found = []
    for issue, old in deal.options:
        options = [o.id for o in enc.case.issue(issue).options if o.id != old]
        tried = [
            Swap(issue, old, new, chance(builder.routes(terms, reading), worlds))
            for new in options
            if allowed(enc, terms := {**deal.terms, issue: new})
        ]
        best = max(tried, key=lambda s: s.chance.value, default=None)
        if best is not None and best.chance.value > now.value + HELPS:
            found.append(best)
    return tuple(sorted(found, key=lambda s: -s.chance.value))
