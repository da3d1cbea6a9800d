"""Settlement in words: the judgement, the funnel, what blocks, what would unblock, the deals."""

from __future__ import annotations

from detente.case.model import Case
from detente.lens import Run
from detente.lenses.settlement import Options
from detente.lenses.settlement.result import ReadingResult, Settlement
from detente.lenses.settlement.standards import CONCEPT_NAMES
from detente.lenses.settlement.view_exact import acceptability, exact, rested
from detente.lenses.settlement.view_no_deal import beside
from detente.page import Block, Caveat, Cell, Fact, Funnel, Page, Section, Step, Table, Text
from detente.table.concessions import Relaxation
from detente.table.funnel import Stage
from detente.table.names import Names, is_plural, lowered
from detente.table.show import deal_table, gain_ranges, parties, range_of
from detente.table.verdicts import Share
from detente.words import count, day, likelihood, likelihood_range, listed, number, percent, sentence

EVEN = 0.5
"""Below an even chance to beat no deal, a deal inside the red lines is not said without its doubt."""


def view(case: Case, run: Run[Options, Settlement]) -> Page:
    """Return the page of a settlement; computes nothing new."""
    r, names = run.result, Names(case, dict(run.result.added))
    sections = (
        *(_funnel(names, r, reading) for reading in r.readings),
        _deals(names, r),
        _gains(names, r),
        beside(names, r),
        _blocks(names, r, r.widest),
        _unblocks(names, r),
        _watched(names, r),
        *(_blocks(names, r, x) for x in r.readings[:-1]),
        _coalitions(names, r),
        _solutions(names, r),
        exact(names, r),
        acceptability(names, r),
    )
    return Page(headline(names, r), lead(names, r), tuple(s for s in sections if s.blocks), facts(names, r))


def headline(names: Names, r: Settlement) -> str:
    """Return the judgement in one sentence."""
    who = parties(names, r.required, r.quorum)
    open_to = [x for x in r.readings if x.lines.zone]
    if len(open_to) == len(r.readings):
        zone = open_to[0].lines.zone
        fits = f"{sentence(count(zone, 'deal'))} would fit inside the red lines of {who}"
        return fits + _seldom(r, open_to[0], "it" if zone == 1 else "any")
    if open_to:
        return f"{sentence(who)} share a deal only if their red lines bend{_seldom(r, open_to[0], 'it')}"
    blocking = r.widest.blocking
    if len(blocking) == 1:
        keep = "keep" if is_plural(names.issue(blocking[0])) else "keeps"
        apart = f"{names.the_issue(blocking[0])} {keep} them apart"
        return f"No deal on the table fits the red lines of {who}: {apart}"
    return f"No deal on the table fits the red lines of {who}"


def _seldom(r: Settlement, reading: ReadingResult, which: str) -> str:
    """Return that what fits the red lines is still likely to be worse than no deal for somebody, or ""."""
    if reading.possible.high >= EVEN:
        return ""
    word = likelihood(reading.possible.value)
    said = f"there is {word}" if word == likelihood(0.0) else f"it is {word}"
    return f", but {said} that {which} beats no deal for {_all(r)}"


def lead(names: Names, r: Settlement) -> str:
    """Return the few sentences under the headline."""
    zones = [x.lines.zone for x in r.readings]
    both = "both " if len(r.required) == 2 and not r.quorum else ""
    who = f"{both}{parties(names, r.required, r.quorum)}"
    called = [_called(names, x) for x in r.readings]
    total = f"Of {count(r.in_scope, 'possible package')}"
    if not any(zones):
        under = f"{'either ' if len(called) == 2 else ''}with {listed(called, 'or with')}"
        parts = [f"{total}, none is acceptable to {who}, {under}."]
    else:
        said = [f"{f'{z:,}' if z else 'none'} with {c}" for z, c in zip(zones, called, strict=True)]
        parts = [f"{total}, {who} could accept {listed(said)}."]
    parts.append(_key(names, r))
    parts.append(
        f"Red lines aside, some package beats no deal for {_all(r)} in {percent(r.interests.value)} of "
        f"{r.draws:,} simulated versions of what they want."
    )
    return " ".join(p for p in parts if p)


def _key(names: Names, r: Settlement) -> str:
    """Return what movement would open a deal, where there is none."""
    widest = r.widest
    if widest.lines.zone:
        return ""
    if not widest.blocking:
        issues = names.issues(widest.lines.by_issue[0][0])
        return f"No single issue unlocks it: red lines would have to move on {issues} together."
    opens = dict(widest.lines.single_issues)
    opened = [
        f"on {names.the_issue(i)} alone would open {count(opens[i], 'package')}" for i in widest.blocking
    ]
    under = f"With {_called(names, widest)}, movement" if len(r.readings) > 1 else "Movement"
    return f"{under} {listed(opened)}; on any other single issue, none."


def _all(r: Settlement) -> str:
    return "all who must agree" if r.quorum else "both" if len(r.required) == 2 else "all"


def _called(names: Names, reading: ReadingResult) -> str:
    return names.reading_name(reading.reading)


def facts(names: Names, r: Settlement) -> tuple[Fact, ...]:
    """Return the judgement cards."""
    widest = r.widest
    cards = [
        Fact(
            f"{widest.lines.zone or 'None'} of {r.in_scope:,}",
            "; ".join(f"{_called(names, x)}: {x.lines.zone:,}" for x in r.readings),
            f"Packages inside the red lines of {parties(names, r.required, r.quorum)}. An exact count.",
            evidence=_evidence(names, r, widest.reading),
            trace=f"settlement.zone.{widest.reading}",
        ),
        _card(
            r.interests,
            f"Red lines aside, at least one package beats no deal for {_all(r)}. Model result.",
            _evidence(names, r),
            "settlement.interests",
        ),
    ]
    if r.leading is not None:
        what = "The nearest miss" if widest.misses else "The leading deal"
        body = f"{what}, deal A below, beats no deal for {_all(r)}, red lines aside. Model result."
        cards.append(_card(r.leading.accepted, body, _evidence(names, r), "settlement.leading"))
    return tuple(cards)


def _card(share: Share, body: str, evidence: str, trace: str) -> Fact:
    return Fact(
        sentence(likelihood_range(share.low, share.high)),
        f"{range_of(share)} of draws",
        body,
        share.value,
        share.low,
        share.high,
        evidence,
        trace=trace,
    )


def _evidence(names: Names, r: Settlement, reading: str = "") -> str:
    """Return how well the inputs of a number are known; guesses it hangs on are named first."""
    case = names.case
    counts = case.basis_counts
    inputs = f"{counts['stated']} of {sum(counts.values())} preferences stated, {counts['inferred']} inferred"
    inputs += f", {counts['guess']} guessed"
    if not reading and r.no_deal == "model":
        return f"low, as what no deal is worth comes from a model never validated; {inputs}"
    if reading:
        guessed = ["this reading of the red lines"] if case.readings[reading].basis == "guess" else []
    else:
        worth = case.no_deal.worth
        guessed = ["what no deal is worth"] if any(w.basis == "guess" for w in worth.values()) else []
    return f"low, as {guessed[0]} is our guess; {inputs}" if guessed else inputs


def _funnel(names: Names, r: Settlement, reading: ReadingResult) -> Section:
    stages = reading.lines.stages
    first = next((s.actor for s in stages if s.kind == "actor"), "")
    steps = tuple(
        Step(
            _step(names, r, s, first),
            s.count,
            _killer(names, s, stages[max(k - 1, 0)].count),
            f"settlement.stage.{reading.reading}.{k}",
        )
        for k, s in enumerate(stages)
    )
    title = sentence(_called(names, reading))
    said = names.reading(reading.reading)
    lead = "" if said.lower().rstrip(".") == _called(names, reading).lower() else said
    return Section(
        f"funnel-{reading.reading}", f"What is left: {_called(names, reading)}", lead, (Funnel(title, steps),)
    )


def _step(names: Names, r: Settlement, stage: Stage, first: str) -> str:
    if stage.kind == "quorum" and r.quorum:
        return f"At least {number(r.quorum[1])} of {names.actors(r.quorum[0])} could accept"
    as_well = "" if stage.actor == first else " as well"
    return {
        "combinations": "All packages",
        "rules": "Free of contradiction",
        "scope": "A deal in the sense of this case",
        "actor": f"{names.actor(stage.actor)} could accept{as_well}" if stage.actor else "",
    }[stage.kind]


def _killer(names: Names, stage: Stage, before: int) -> str:
    if not stage.killers:
        emptied = stage.kind == "actor" and before > stage.count == 0
        return "over several issues at once: without any one of them, still none" if emptied else ""
    if stage.kind == "actor":
        return f"mostly over {names.issues(stage.killers)}: without that, {stage.without_killer:,}"
    return " ".join(names.rule(k) for k in stage.killers)


def _deals(names: Names, r: Settlement) -> Section:
    widest = r.widest
    if widest.misses:
        least = len(widest.misses[0].broken)
        table = deal_table(names, "Nearest misses", r.issues, widest.misses, "lines")
        rule = (
            f"With {_called(names, widest)}, packages that cross only {count(least, 'red line')}, most often "
            "acceptable first, near-twins left out."
        )
        return Section("deals", "The nearest misses", rule, (table,))
    table = deal_table(names, "Efficient deals", r.issues, widest.efficient, "first")
    rule = (
        f"Packages that all who must agree could accept with {_called(names, widest)} and that none improves "
        "on for all of them, at the middle of the draws; most often acceptable first."
    )
    return Section("deals", "The leading deals", rule, (table,) if widest.efficient else ())


def _gains(names: Names, r: Settlement) -> Section:
    deals = r.widest.misses or r.widest.efficient
    actors = [
        a.id for a in names.case.actors if a.id in r.required or a.role in ("party", "mediator", "guarantor")
    ]
    block = gain_ranges(names, "Gain over no deal", deals, actors)
    text = "A party signs only if it does better than walking away. Everything right of the line is a gain."
    needed = {*r.required, *(r.quorum[0] if r.quorum else ())}
    if not needed >= set(actors):
        text += f" Consent is needed from {parties(names, r.required, r.quorum)}; the others need not sign."
    return Section("gains", "Who gains from each deal", text, (block,) if block.groups else ())


FEW = 4
"""Up to this many smallest sets are said in sentences, more in a table. Judgement."""


def _blocks(names: Names, r: Settlement, reading: ReadingResult) -> Section:
    """Return every smallest set of red lines; only the widest reading belongs to the summary."""
    widest = reading is r.widest
    name = "blocks" if widest else f"blocks-{reading.reading}"
    title = "What blocks it" if widest else f"What blocks it: {_called(names, reading)}"
    found = reading.lines.relaxations
    if reading.lines.zone:
        return Section(name, title)
    ways = count(len(found), "way")
    lead = (
        f"With {_called(names, reading)}, {ways} to open a deal without dropping more than needed. "
        "Cost: points of the mover's own 0 to 100, middle draw and 90% of draws."
    )
    if len(found) <= FEW:
        return Section(name, title, lead, tuple(Text(_way(names, x)) for x in found), annex=not widest)
    columns = (
        "Red lines to drop",
        "How far at least",
        "Cost of that to the one who moves",
        "Opens",
        "So far only",
    )
    rows = tuple(_relaxation(names, x) for x in found)
    table = Table(
        "Smallest sets of red lines that would have to move", columns, rows, numeric=("Opens", "So far only")
    )
    return Section(name, title, lead, (table,), annex=not widest)


def _way(names: Names, x: Relaxation) -> str:
    moves = [
        f"{names.line(c.line)} (cost {c.mid:.0f}, {c.low:.0f}–{c.high:.0f}, for "
        f"“{names.option(c.line[1], c.option)}”)"
        for c in x.concessions
    ]
    return f"Drop the red line of {listed(moves)}: opens {x.opens:,}{_no_further(x)}."


def _no_further(x: Relaxation) -> str:
    """Return how many of the deals opened ask for no more than the options priced, where not all do."""
    if x.mild == x.opens:
        return ""
    return f", {f'{x.mild:,}' if x.mild else 'none'} of them with no more than that"


def _relaxation(names: Names, x: Relaxation) -> tuple[Cell, ...]:
    far = "; ".join(names.option(c.line[1], c.option) for c in x.concessions)
    cost = "; ".join(
        f"{names.actor(c.line[0])} {c.mid:.0f} ({c.low:.0f}–{c.high:.0f})" for c in x.concessions
    )
    return (
        Cell(sentence(names.lines(c.line for c in x.concessions)), sort=len(x.concessions)),
        Cell(far),
        Cell(cost),
        Cell(f"{x.opens:,}", sort=x.opens),
        Cell(f"{x.mild:,}", sort=x.mild),
    )


def _unblocks(names: Names, r: Settlement) -> Section:
    """Return what would open or close deals, as fresh counts, and what is watched but would not."""
    watch = {s.id: s for s in names.case.signposts}
    blocks: list[Block] = []
    idle = []
    for x in r.signposts:
        sign = watch[x.signpost]
        if any(after != before for _, after, before in x.zones):
            by = f" (by {day(sign.by)})" if sign.by else ""
            blocks.append(Text(f"{sign.text.rstrip('.')}{by}: {_changes(names, x.zones)}.", sign.evidence))
        else:
            idle.append(sign.text.rstrip("."))
    for y in r.later:
        new = next(o for o in names.case.later_options if (o.issue, o.id) == (y.issue, y.option))
        said = f"Not on the table: {lowered(new.text, names.proper).rstrip('.')} ({lowered(new.floated)})"
        blocks.append(Text(f"{said}: {_changes(names, y.zones)}."))
    if idle:
        number = count(len(idle), "other event" if r.signposts[len(idle) :] else "event")
        blocks.append(Text(f"{sentence(number)} we watch would open none alone; see below."))
    lead = "Deals open to all required parties before and after; each a fresh count."
    return Section("unblocks", "What would change our mind", lead, tuple(blocks))


def _watched(names: Names, r: Settlement) -> Section:
    """Return the events to watch for that would open no deal by themselves."""
    idle = {x.signpost for x in r.signposts if all(after == before for _, after, before in x.zones)}
    blocks = tuple(
        Text(f"{s.text.rstrip('.')}{f' (by {day(s.by)})' if s.by else ''}.", s.evidence)
        for s in names.case.signposts
        if s.id in idle
    )
    return Section("watched", "Watched, but opening no deal alone", "", blocks, annex=True)


def _changes(names: Names, zones: tuple[tuple[str, int, int], ...]) -> str:
    """Return counts before and after, reading by reading, as prose."""
    moved = [
        f"from {before:,} to {count(after, 'deal')} with {names.reading_name(x)}"
        for x, after, before in zones
        if after != before
    ]
    return "; ".join(moved) or "no change under any reading"


def _coalitions(names: Names, r: Settlement) -> Section:
    rows = []
    for k, c in enumerate(r.readings[0].lines.coalitions):
        shared = tuple(
            Cell(f"{x.lines.coalitions[k].count:,}", sort=x.lines.coalitions[k].count) for x in r.readings
        )
        rows.append((Cell(sentence(names.actors(c.members))), *shared))
    columns = ("Who", *(sentence(names.reading_name(x.reading)) for x in r.readings))
    table = Table("Packages everyone named could accept", columns, tuple(rows), numeric=columns[1:])
    return Section("coalitions", "Who could agree with whom", "", (table,), annex=True)


def _solutions(names: Names, r: Settlement) -> Section:
    blocks: list[Block] = []
    groups = [(x.central, sentence(names.reading_name(x.reading))) for x in r.readings if x.lines.zone]
    groups.append((r.interest_central, "Red lines aside"))
    groups = [(central, title) for central, title in groups if central]
    if not groups:
        return Section("solutions", "What standards of fairness would pick")
    for central, title in groups:
        rows = tuple(
            (
                Cell(CONCEPT_NAMES[c.concept]),
                Cell(range_of(c.share), sort=c.share.value),
                Cell(names.deal(r.issues, c.deal.options)),
            )
            for c in central
        )
        blocks.append(
            Table(
                f"{title}: the deal each standard picks most often",
                ("Standard", "Share of draws", "Deal"),
                rows,
            )
        )
    blocks.append(
        Caveat(
            "No standard predicts what negotiators will do. Egalitarian and utilitarian compare points of "
            "different parties, which only the analyst can justify. A low share: no single deal stands out."
        )
    )
    if rests := rested(r):
        blocks.append(Text(rests))
    return Section("solutions", "What standards of fairness would pick", "", tuple(blocks), annex=True)
