"""From a case's gates and routes to the chance that a deal passes at home."""

from __future__ import annotations

from collections.abc import Mapping

from detente.case import ratification as block
from detente.case.model import Case
from detente.errors import UsageError
from detente.lenses.ratification.gates import Builder
from detente.lenses.ratification.options import Options
from detente.lenses.ratification.parts import measured
from detente.lenses.ratification.result import (
    DealResult,
    GateResult,
    Ratified,
    ReadingResult,
    RouteResult,
    Swap,
)
from detente.lenses.ratification.space import overlaps_and_reach
from detente.methods.ratification import constants
from detente.methods.ratification.ladder import GateOutcome, Route, RouteOutcome, chance, climb
from detente.methods.ratification.worlds import Estimate, Worlds
from detente.table.agreeing import agreement, quorum_of
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
    besides = quorum_of(enc, agreement(enc))
    shown = {reading: rules.readings[reading].label for reading in readings}
    return Ratified(
        deals, overlaps, reach, feasible, constants.ALL, worlds.size, options.seed, besides, shown
    )


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
    counts, found = measured(written, gate, worlds)
    most = max(found, key=lambda p: p.decides, default=None)
    swing = (most.name, most.decides) if most is not None and most.decides > 0 and len(found) > 1 else None
    return GateResult(
        written.id, written.name, written.kind, told.alone, told.reached, told.gain, counts, found, swing
    )


def _swaps(builder: Builder, enc: Encoded, deal: Asked, reading: str, worlds: Worlds) -> tuple[Swap, ...]:
    """Change one term at a time to each option the rules allow, or drop it; keep the best if it helps."""
    now = chance(builder.routes(deal.terms, reading), worlds)
    found = []
    for issue, old in deal.options:
        options = [o.id for o in enc.case.issue(issue).options if o.id != old]
        without = {i: o for i, o in deal.terms.items() if i != issue}
        changed = [(new, {**without, issue: new}) for new in options] + [("", without)]
        tried = [
            Swap(issue, old, new, chance(builder.routes(terms, reading), worlds))
            for new, terms in changed
            if terms and allowed(enc, terms)
        ]
        best = max(tried, key=lambda s: s.chance.value, default=None)
        if best is not None and best.chance.value > now.value + HELPS:
            found.append(best)
    return tuple(sorted(found, key=lambda s: -s.chance.value))
