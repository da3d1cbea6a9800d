"""Where the lenses disagree: what the leading deal says, where the bargaining points, and why they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from detente.brief.gates import EVEN, Gate
from detente.case.model import Case
from detente.lens import Run
from detente.lenses.forecast.result import Forecast, IssueForecast
from detente.lenses.settlement.result import Settlement
from detente.page import Block, Cell, Section, Table
from detente.table.names import Names
from detente.table.show import LETTERS, beyond
from detente.words import listed, percent, sentence


def disagree(case: Case, runs: Sequence[Run[Any, Any]], passed: Sequence[Gate]) -> Section:
    """Return the disagreements of a full brief; empty where there is none or too little to compare."""
    by_lens: Mapping[str, Any] = {run.lens: run.result for run in runs}
    blocks: list[Block] = []
    r = by_lens["settlement"]
    if "forecast" in by_lens and r.leading is not None:
        blocks += _issues(Names(case, dict(r.added)), r, by_lens["forecast"])
    blocks += _deals(r, passed)
    if not blocks:
        return Section("disagree", "Where the lenses disagree")
    lead = (
        "Different questions, different answers; none is averaged away. The settlement lens keeps to red "
        "lines, the forecast knows only power and salience, and a deal can pass one gate and fail another."
    )
    return Section("disagree", "Where the lenses disagree", lead, tuple(blocks), annex=True)


def _issues(names: Names, r: Settlement, forecast: Forecast) -> list[Block]:
    """Return the issues on which the leading deal and the likeliest outcome of bargaining differ."""
    assert r.leading is not None
    leading = dict(zip(r.issues, r.leading.options, strict=True))
    common = dict(r.widest.lines.common)
    rows = []
    for found in forecast.issues:
        if found.issue not in leading:
            continue
        likely = found.favourite
        if leading[found.issue] in likely.place.options:
            continue
        reason = _reason(names, r, found, common[found.issue])
        rows.append(
            (
                Cell(found.name),
                Cell(names.option(found.issue, leading[found.issue])),
                Cell(f"{likely.place.label} ({percent(likely.chance)} given agreement)"),
                Cell(reason),
            )
        )
    columns = ("Issue", "Leading deal (A) has", "Bargaining points to", "Why")
    return [Table("Settlement and forecast", columns, tuple(rows))] if rows else []


def _reason(names: Names, r: Settlement, found: IssueForecast, common: Sequence[str]) -> str:
    """Return why a forecast of power and salience lands elsewhere than the deal inside red lines."""
    options = found.favourite.place.options
    accepts = r.widest.reading
    refusing = [
        actor
        for actor in (*r.required, *(beyond(r.required, r.quorum)[0] if r.quorum else ()))
        for view in [names.case.preferences.get(actor, {}).get(found.issue)]
        if view is not None and accepts in view.accepts and not set(options) & set(view.accepts[accepts])
    ]
    if set(options) & set(common):
        return "Both lie inside the red lines; the deal is the one most often acceptable"
    if refusing:
        return f"Bargaining points beyond the red line of {names.actors(refusing)}"
    return f"{names.actor(found.levers[0].actor)} pulls hardest of single actors"


def _deals(r: Settlement, passed: Sequence[Gate]) -> list[Block]:
    """Return the deals some gates let pass and others stop, and why they stop there."""
    deals = r.widest.misses or r.widest.efficient
    rows = []
    for k, letter in enumerate(LETTERS[: len(deals)]):
        through = [f"{g.short} ({percent(g.chances[k][0])})" for g in passed if g.chances[k][0] > EVEN]
        stopped = [g for g in passed if g.chances[k][0] <= EVEN]
        if through and stopped:
            missed = [f"{g.short} ({percent(g.chances[k][0])})" for g in stopped]
            why = "; ".join(g.why[k] for g in stopped if g.why and g.why[k])
            rows.append((Cell(letter), Cell(listed(through)), Cell(listed(missed)), Cell(sentence(why))))
    columns = ("Deal", "More likely than not", "Not", "Why")
    return [Table("Ratification, stability and durability", columns, tuple(rows))] if rows else []
