"""Writes the durability page: how long, by which class of past halts, and what stops renewed war."""

from __future__ import annotations

from detente import words
from detente.case import Case
from detente.lens import Run
from detente.lenses.durability import view_tables as tables
from detente.lenses.durability.options import Options
from detente.lenses.durability.result import YEAR, DealHeld, Held
from detente.lenses.durability.view_commitment import commitment
from detente.page import Block, Caveat, Fact, Page, Section, Text
from detente.table.names import Names

UNVALIDATED = (
    "This model has never been validated on single deals. Its default class is civil-war ceasefires of 1989 "
    "to 1999; no open set of ceasefires between states covers the first year."
)

SIGNED = (
    "Past halts were judged once both sides had agreed to them; whether anybody would agree to these terms "
    "is not asked here."
)

KINDS_DIFFER = (
    "Deals read as different kinds of halt are judged by different classes of past halts. Sides that could "
    "reach a settlement may have been easier cases, so the gap is not the effect of calling a text one."
)

SELECTION = (
    "Nothing here is causal. Ceasefire, peacekeeping and withdrawal clauses go into the hard cases, so that "
    "in the raw data agreements with them end sooner; the ratios used lean on fits with controls and stay "
    "wide."
)

CONTESTED = (
    "Whether stronger agreements last longer is contested: Fortna (2003) finds that they do, Lo, Hashimoto "
    "and Reiter (2008) next to no effect. The range of the ratio holds both views."
)

NO_PARTIAL = (
    "No class of partial or local halts is packaged; general truces stand in, with a ratio that is a "
    "judgement. `detente refit ethprio FILE` makes a class from your own copy of the ETH/PRIO data."
)

SHOWN = 3
"""Headline facts; deals with the same curve share one."""

GIVEN = {
    "in_force": "if it took effect",
    "held": "once it had held so long",
    "announced": "once announced, whether or not it takes effect",
}
"""What each definition takes as given, for the headline."""

KINDS = {
    "none": "no halt",
    "partial": "a partial or local halt",
    "truce": "a general truce without settlement",
    "settlement": "a settlement",
}
"""What each kind of halt is called."""


def view(case: Case, run: Run[Options, Held]) -> Page:
    """Return the page of a run."""
    result, names = run.result, Names(case)
    lasting = [one for one in result.deals if one.curve is not None]
    sections = [
        Section(
            "horizons",
            "How long",
            _counted(result),
            (tables.compared(result, lasting), tables.horizons(result, lasting)),
        )
        if lasting
        else Section("horizons", "How long", _counted(result)),
        *(_deal(names, result, k) for k in range(len(result.deals))),
        *_terms(lasting),
        *_models(lasting),
        *commitment(result.deals),
        *_alike(result),
        Section("limits", "How far this goes", UNVALIDATED, tuple(_limits(case, result))),
    ]
    return Page(
        _title(result, lasting), _lead(result, lasting), tuple(sections), tuple(_facts(result, lasting))
    )


def _counted(result: Held) -> str:
    return f"Every chance to hold on this page is {result.definition}."


def _title(result: Held, lasting: list[DealHeld]) -> str:
    if not lasting:
        return "No deal compared contains a halt that could last"
    best, worst = max(lasting, key=_year), min(lasting, key=_year)
    given = GIVEN[result.kind_of_count]
    if len(lasting) == 1:
        return f"{best.deal.label}: {given}, the chance that it holds a year is {_chance(best)}"
    if words.percent(_year(best)) == words.percent(_year(worst)):
        return f"All deals compared are alike: {given}, the chance that one holds a year is {_chance(best)}"
    if _overlap(best, worst):
        low, high = words.percent(_year(worst)), words.percent(_year(best))
        return (
            f"{words.sentence(given)}, the chance that a deal holds a year is {low} to {high} by deal; the "
            "ranges overlap"
        )
    longest = f"{words.within(best.deal.label)} would most likely hold a year: {_chance(best)}"
    return f"{words.sentence(given)}, {longest}"


def _chance(one: DealHeld) -> str:
    """Return the chance of a year, with its range."""
    return tables.spread(one.curve.at(YEAR)) if one.curve is not None else ""


def _overlap(best: DealHeld, worst: DealHeld) -> bool:
    """Tell whether two deals' ranges at a year overlap, so that a headline must not rank them."""
    if best.curve is None or worst.curve is None:
        return False
    return best.curve.at(YEAR).low <= worst.curve.at(YEAR).high


def _year(one: DealHeld) -> float:
    return one.curve.at(YEAR).value if one.curve is not None else 0.0


def _lead(result: Held, lasting: list[DealHeld]) -> str:
    without = [one.deal.label for one in result.deals if one.curve is None]
    parts = []
    if lasting:
        low, high = (min(map(_year, lasting)), max(map(_year, lasting)))
        spread = words.percent(low) if low == high else f"{words.percent(low)} to {words.percent(high)}"
        parts.append(f"{words.sentence(result.definition)}, the chance to hold for a year is {spread}.")
    if len({one.kind for one in lasting}) > 1:
        parts.append(KINDS_DIFFER)
    if without:
        parts.append(f"No halt, and so nothing to last: {words.listed(without)}.")
    parts += [SIGNED, UNVALIDATED]
    return " ".join(parts)


def _facts(result: Held, lasting: list[DealHeld]) -> list[Fact]:
    facts = []
    distinct = {one.curve.chances: one for one in reversed(lasting) if one.curve is not None}
    for one in sorted(distinct.values(), key=_year, reverse=True)[:SHOWN]:
        c, base = one.curve, one.base_curve
        if c is None or base is None or one.base is None:
            continue
        year = c.at(YEAR)
        facts.append(
            Fact(
                words.sentence(words.likelihood_range(year.low, year.high)),
                tables.spread(year),
                f"{one.deal.label} still holds after a year, {result.definition}; "
                f"its class of past halts alone: {words.percent(base.at(YEAR).value)}",
                share=year.value,
                low=year.low,
                high=year.high,
                evidence=f"Class: {one.base.group}, {one.base.events} failures seen.",
                trace=f"holds.{one.deal.id}.{YEAR}",
            )
        )
    return facts


def _deal(names: Names, result: Held, k: int) -> Section:
    """Return one deal: its kind, its terms and its curve; a curve already drawn is pointed to."""
    one = result.deals[k]
    terms = "; ".join(f"{names.issue(i)}: {names.option(i, o)}" for i, o in one.deal.options)
    blocks: list[Block] = [Text(f"Terms: {terms}.")]
    if one.deal.open:
        blocks.append(
            Caveat(f"Left open: {names.issues(one.deal.open)}. Terms that depend on these are not counted.")
        )
    if one.curve is None or one.base is None:
        blocks.append(
            Text("The case reads these terms as no halt; there is nothing whose lasting could be judged.")
        )
        return Section(f"deal_{one.deal.id}", one.deal.label, "", tuple(blocks), annex=True)
    same = next((d for d in result.deals[:k] if d.curve and d.curve.chances == one.curve.chances), None)
    if same is None:
        blocks.append(tables.curves(result, one))
    else:
        blocks.append(Text(f"The curve is that of {same.deal.label}: nothing that counts here differs."))
    if one.kind == "partial" and not one.own_class:
        blocks.append(Caveat(NO_PARTIAL))
    lead = _deal_lead(result, one)
    return Section(f"deal_{one.deal.id}", one.deal.label, lead, tuple(blocks), annex=True)


def _terms(lasting: list[DealHeld]) -> list[Section]:
    if not lasting:
        return []
    lead = (
        "Each deal's chance to hold a year without the term, then with it; all its other terms as they are."
    )
    return [Section("terms", "What the terms do", lead, (tables.effects(lasting),))]


def _models(lasting: list[DealHeld]) -> list[Section]:
    """Return the other models once for each set of answers, with how far they lie apart."""
    groups: dict[object, list[DealHeld]] = {}
    for one in lasting:
        groups.setdefault(one.engines, []).append(one)
    if not groups:
        return []
    blocks = tuple(
        block for alike in groups.values() for block in (tables.engines(alike), Text(_disagreement(alike)))
    )
    lead = "They count different things: read the column on lifetimes before comparing."
    return [Section("models", "The same question put to other models", lead, blocks, annex=True)]


def _deal_lead(result: Held, one: DealHeld) -> str:
    if one.curve is None or one.base is None:
        return ""
    year = one.curve.at(YEAR)
    return (
        f"Read as {KINDS[one.kind]}. Chance to hold for a year: "
        f"{words.likelihood_range(year.low, year.high)} ({tables.spread(year)}), {result.definition}. "
        f"Judged by: {one.base.group} ({one.base.source}, {words.count(one.base.events, 'failure')} seen)."
    )


def _disagreement(alike: list[DealHeld]) -> str:
    """Return how far the models lie apart at a year, among those that can say."""
    k = alike[0].horizons.index(YEAR)
    told = [(c.value, e.name) for e in alike[0].engines if (c := e.chances[k]) is not None]
    own = words.listed(list(dict.fromkeys(words.percent(_year(one)) for one in alike)))
    low, high = min(told), max(told)
    return (
        f"After a year the other models say between {words.percent(low[0])} ({low[1]}) and "
        f"{words.percent(high[0])} ({high[1]}); this page says {own}."
    )


def _alike(result: Held) -> list[Section]:
    if not (result.own or result.like):
        return []
    blocks: list[Block] = [
        tables.alike(title, rows)
        for title, rows in (("In this conflict", result.own), ("Elsewhere", result.like))
        if rows
    ]
    lead = (
        "Earlier halts by name, and what was known of them on the date of the case. Chosen because a halt "
        "was reached and remembered; a list says nothing about how often halts hold."
    )
    return [Section("alike", "Cases like this", lead, tuple(blocks))]


def _limits(case: Case, result: Held) -> list[Block]:
    strong = any(e.source.startswith("judgement; contested") for one in result.deals for e in one.effects)
    blocks: list[Block] = [
        Caveat(f"Announced, in force and held are three things. {_counted(result)}"),
        Caveat(SELECTION),
        *([Caveat(CONTESTED)] if strong else []),
        Caveat(
            "How much of each feature a deal has, and what kind of halt it is, are judgements of "
            f"{case.analyst}."
        ),
        Text(
            f"{result.draws:,} draws, seed {result.seed}; intervals run from the 5th to the 95th percentile. "
            f"{words.sampling(result.draws)}."
        ),
    ]
    return blocks
