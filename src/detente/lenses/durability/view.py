"""Writes the durability page: how long, by which class of past halts, and what stops renewed war."""

from __future__ import annotations

from detente import words
from detente.case import Case
from detente.lens import Run
from detente.lenses.durability import view_tables as tables
from detente.lenses.durability.options import Options
from detente.lenses.durability.result import YEAR, Committed, DealHeld, Held
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

SHOWN = 3
"""Headline facts; deals with the same curve share one."""

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
        Section("horizons", "How long", _counted(result), (tables.horizons(result, lasting),))
        if lasting
        else Section("horizons", "How long", _counted(result)),
        *(_deal(names, result, one) for one in result.deals),
        *_alike(result),
        Section("limits", "How far this goes", UNVALIDATED, tuple(_limits(case, result))),
    ]
    return Page(_title(lasting), _lead(result, lasting), tuple(sections), tuple(_facts(result, lasting)))


def _counted(result: Held) -> str:
    return f"Every chance to hold on this page is {result.definition}."


def _title(lasting: list[DealHeld]) -> str:
    if not lasting:
        return "No deal compared contains a halt that could last"
    best, worst = max(lasting, key=_year), min(lasting, key=_year)
    if len(lasting) == 1:
        return f"{best.deal.label}: if it takes effect, {words.likelihood(_year(best))} to hold for a year"
    if words.percent(_year(best)) == words.percent(_year(worst)):
        return f"All deals compared are alike: {words.likelihood(_year(best))} to hold for a year"
    if _overlap(best, worst):
        low, high = words.percent(_year(worst)), words.percent(_year(best))
        return f"If it took effect: {low} to hold for a year, up to {high} by deal; the ranges overlap"
    return (
        f"If it took effect, longest: {best.deal.label}, {words.likelihood(_year(best))} to hold for a year"
    )


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


def _deal(names: Names, result: Held, one: DealHeld) -> Section:
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
        return Section(f"deal_{one.deal.id}", one.deal.label, "", tuple(blocks))
    blocks += [tables.curves(result, one), tables.effects(one), tables.engines(one), Text(_disagreement(one))]
    if one.kind == "partial":
        blocks.append(
            Caveat(
                "No class of partial or local halts is packaged; general truces stand in, with a ratio that "
                "is a judgement. Read the ETH/PRIO ceasefire data for a class of its own."
            )
        )
    if one.commitment is not None:
        blocks += _commitment(one.commitment)
    return Section(f"deal_{one.deal.id}", one.deal.label, _deal_lead(result, one), tuple(blocks))


def _deal_lead(result: Held, one: DealHeld) -> str:
    if one.curve is None or one.base is None:
        return ""
    year = one.curve.at(YEAR)
    return (
        f"Read as {KINDS[one.kind]}. {words.sentence(words.likelihood(year.value))} to hold for a year "
        f"({tables.spread(year)}), {result.definition}. Judged by: {one.base.group} ({one.base.source}, "
        f"{words.count(one.base.events, 'failure')} seen)."
    )


def _disagreement(one: DealHeld) -> str:
    """Return how far the models lie apart at a year, among those that can say."""
    k = one.horizons.index(YEAR)
    told = [(c.value, e.name) for e in one.engines if (c := e.chances[k]) is not None]
    own = _year(one)
    low, high = min(told), max(told)
    return (
        f"After a year the other models say between {words.percent(low[0])} ({low[1]}) and "
        f"{words.percent(high[0])} ({high[1]}); this page says {words.percent(own)}. They count different "
        "things: read the column on lifetimes."
    )


def _commitment(c: Committed) -> list[Block]:
    fitted = (
        " What the deal leaves each side is not given; it is drawn from all divisions that fit today's "
        "balance."
        if c.fitted
        else ""
    )
    lead = (
        f"If power shifts towards {c.rising} after the halt, renewed war would pay it in "
        f"{words.percent(c.renewed)} of draws with the guarantees of this deal, and in "
        f"{words.percent(c.renewed_bare)} with none. No division at all could be kept in "
        f"{words.percent(c.unkeepable)} of draws with them, and in {words.percent(c.unkeepable_bare)} with "
        f"none.{fitted}"
    )
    blocked = (
        f"Blocked by the guarantees of this deal: {tables.spread(c.provided)}."
        if c.guards
        else "The deal has none of the guarantees the case lists, so nothing is blocked."
    )
    need = (
        f"Part of the shift to block before renewed war stops paying: {tables.spread(c.needed_here)}. "
        f"{blocked}"
    )
    blocks: list[Block] = [Text(lead), Text(need), tables.enforcement(c)]
    if c.guards:
        blocks.append(tables.guards(c))
    blocks.append(
        Caveat(
            "Shares of draws over the analyst's ranges, not chances of war: the model compares the worth of "
            "war and peace (Powell 2006, Fearon 1995) and knows nothing of leaders, mistakes or third "
            "parties."
        )
    )
    return blocks


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
            f"{result.draws:,} draws, seed {result.seed}; intervals run from the 5th to the 95th percentile."
        ),
    ]
    return blocks
