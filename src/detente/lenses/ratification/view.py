"""Writes the ratification page: the chance of each deal, the ladder of each route, what stands in the way."""

from __future__ import annotations

from dataclasses import replace

from detente import words
from detente.case import Case
from detente.case.ratification import Ratification
from detente.lens import Run
from detente.lenses.ratification import view_tables as tables
from detente.lenses.ratification.options import Options
from detente.lenses.ratification.result import DealResult, GateResult, Ratified, ReadingResult
from detente.lenses.ratification.run import HELPS, rules_of
from detente.methods.ratification.worlds import Estimate
from detente.page import Block, Caveat, Fact, Page, Section, Text
from detente.table.names import Names
from detente.table.show import besides

EVEN = 0.5

DECIDES = 0.01
"""A bloc, member or electorate is named from this share of draws on: below, it prints as "under 1%"."""

UNVALIDATED = (
    "This model has never been validated. It turns the analyst's ranges into a probability and adds nothing "
    "to what the analyst knows; a handful of past votes, chosen because there was a vote, illustrate it and "
    "test nothing."
)


POLLS = (
    "Polls before a referendum have at times been wrong by ten points and more, about three times the spread "
    "drawn here. A chance near 0 or 100% that rests on polls alone deserves less trust than it suggests."
)


def view(case: Case, run: Run[Options, Ratified]) -> Page:
    """Return the page of a run."""
    rules, result, names = rules_of(case), run.result, Names(case)
    best, _ = max(_pairs(result), key=lambda pair: pair[1].overall.value)
    sections = [
        Section("chances", "The chance of each deal", blocks=(tables.chances(rules, result),)),
        *(replace(_deal(rules, names, one), annex=one is not best) for one in result.deals),
        *_space(rules, names, result),
        Section("limits", "How far this goes", UNVALIDATED, tuple(_limits(case, result))),
    ]
    return Page(_title(rules, result), _lead(rules, result), tuple(sections), tuple(_facts(rules, result)))


def _pairs(result: Ratified) -> list[tuple[DealResult, ReadingResult]]:
    return [(one, r) for one in result.deals for r in one.readings]


def _title(rules: Ratification, result: Ratified) -> str:
    deal, best = max(_pairs(result), key=lambda pair: pair[1].overall.value)
    label = words.within(deal.deal.label)
    if len(result.deals) == 1:
        ends = [r.overall for r in deal.readings]
        word = words.likelihood_range(min(e.low for e in ends), max(e.high for e in ends))
        differ = len({_word(e) for e in ends}) > 1
        return f"Ratification of {label}: {word}{', by how the rules are read' if differ else ''}"
    if best.overall.value < EVEN:
        return (
            f"No deal compared is more likely than not to be ratified; the best chance is that of {label} "
            f"({words.percent(best.overall.value)})"
        )
    return f"Most likely to be ratified of those compared: {label} ({_word(best.overall)})"


def _lead(rules: Ratification, result: Ratified) -> str:
    passing = [one.deal.label for one in result.deals if any(r.overall.value >= EVEN for r in one.readings)]
    if passing:
        likely = f"More likely than not to be ratified under some reading: {words.listed(passing)}."
    elif len(result.deals) == 1:
        likely = "It reaches an even chance under no reading."
    else:
        likely = (
            f"Of {words.number(len(result.deals))} deals compared, none reaches an even chance under any "
        )
        likely += "reading."
    readings = [r.reading for r in result.deals[0].readings]
    named = words.listed([f"“{rules.readings[r].label}”" for r in readings])
    return (
        f"{likely} A deal passes if every gate of some open route is passed. "
        f"{_stand(len(readings))}: {named}."
    )


def _stand(n: int) -> str:
    if n == 1:
        return "The rules are read in one way"
    return f"{words.sentence(words.count(n, 'reading'))} of the rules stand side by side"


def _facts(rules: Ratification, result: Ratified) -> list[Fact]:
    """Return the most likely deal under each reading; readings that say the same of it share a fact."""
    found: dict[tuple[str, float, float, float], tuple[DealResult, Estimate, list[str]]] = {}
    for k, reading in enumerate(r.reading for r in result.deals[0].readings):
        one = max(result.deals, key=lambda d: d.readings[k].overall.value)
        e = one.readings[k].overall
        found.setdefault((one.deal.id, e.value, e.low, e.high), (one, e, []))[2].append(reading)
    most = ", the most likely of those compared" if len(result.deals) > 1 else ""
    return [
        Fact(
            words.sentence(_word(e)),
            tables.spread(e),
            f"{one.deal.label}{most}, under {_under(rules, readings)}",
            share=e.value,
            low=e.low,
            high=e.high,
            trace=f"ratified.{one.deal.id}.{readings[0]}",
        )
        for one, e, readings in found.values()
    ]


def _under(rules: Ratification, readings: list[str]) -> str:
    """Return some readings of the rules as prose; all of several are said together."""
    if len(readings) == len(rules.readings) > 1:
        return "both readings" if len(readings) == 2 else f"all {words.number(len(readings))} readings"
    return words.listed([f"“{rules.readings[r].label}”" for r in readings])


def _word(e: Estimate) -> str:
    return words.likelihood_range(e.low, e.high)


def _deal(rules: Ratification, names: Names, one: DealResult) -> Section:
    blocks: list[Block] = []
    terms = "; ".join(f"{names.issue(i)}: {names.option(i, o)}" for i, o in one.deal.options)
    blocks.append(Text(f"Terms: {terms}."))
    if one.deal.open:
        left = names.issues(one.deal.open)
        blocks.append(Caveat(f"Left open: {left}. Rules that depend on these treat them as not agreed."))
    for label, r in _distinct(rules, one):
        blocks += _reading(names, rules, label, r)
    return Section(f"deal_{one.deal.id}", one.deal.label, _deal_lead(rules, one), tuple(blocks))


def _distinct(rules: Ratification, one: DealResult) -> list[tuple[str, ReadingResult]]:
    """Return what differs, with the readings it holds under; readings that make no difference share one."""
    found: dict[ReadingResult, list[str]] = {}
    for r in one.readings:
        found.setdefault(replace(r, reading=""), []).append(r.reading)
    return [(_under(rules, readings), r) for r, readings in found.items()]


def _deal_lead(rules: Ratification, one: DealResult) -> str:
    told = [
        f"under {label} {_word(r.overall)} ({tables.spread(r.overall)})" for label, r in _distinct(rules, one)
    ]
    return f"Chance of ratification: {'; '.join(told)}."


def _reading(names: Names, rules: Ratification, label: str, r: ReadingResult) -> list[Block]:
    if not r.routes:
        return [Text(f"Under {label} no route is open to this deal.")]
    blocks: list[Block] = [tables.ladder(rules, label, route) for route in r.routes]
    blocks.append(Text(_way(label, r)))
    if r.swaps:
        blocks.append(tables.swaps(names, label, r))
    elif r.overall.value < EVEN:
        blocks.append(Text(f"Under {label} no change of a single term would help."))
    return blocks


def _way(label: str, r: ReadingResult) -> str:
    said = [*_hinges(r), *_together(r)]
    if r.closed:
        said.append(f"Not open to this deal: {words.listed(r.closed)}.")
    return f"Under {label}: " + " ".join(dict.fromkeys(said))


def _hinges(r: ReadingResult) -> list[str]:
    """Return what the answer hangs on: the gate whose certainty adds most, and who decides there."""
    gates = [g for route in r.routes for g in route.gates]
    best = max(gates, key=lambda g: g.gain, default=None)
    if best is None:
        return []
    if best.gain < HELPS:
        still = words.percent(r.overall.value)
        return [
            f"No gate decides alone: were any one certain, the chance would still be {still}. {_hardest(r)}"
        ]
    after = words.percent(min(1.0, r.overall.value + best.gain))
    if after == words.percent(r.overall.value):
        return ["No gate stands much in the way.", *_swing(best)]
    said = [
        f"The gate that matters most is “{best.name}”: were it certain, the chance would be {after} instead "
        f"of {words.percent(r.overall.value)}."
    ]
    return said + _swing(best)


def _hardest(r: ReadingResult) -> str:
    """Return the gate least likely to be passed on the likeliest route."""
    route = max(r.routes, key=lambda one: one.chance.value)
    gate = min(route.gates, key=lambda g: g.alone.value)
    return f"The hardest is “{gate.name}” ({words.percent(gate.alone.value)} alone)."


def _swing(gate: GateResult) -> list[str]:
    """Return who decides at a gate, or that nobody there could alone."""
    if gate.swing is not None and gate.swing[1] >= DECIDES:
        return [
            f"There the vote most often hangs on {gate.swing[0]} ({words.percent(gate.swing[1])} of draws)."
        ]
    if gate.kind == "council":
        return ["There no member often stands alone in the way."]
    if len(gate.parts) > 1:
        who = "electorate" if gate.kind == "referendum" else "bloc"
        return [f"There no {who} often decides alone: the vote is too far from the threshold."]
    return []


def _together(r: ReadingResult) -> list[str]:
    low, high = (words.percent(p) for p in sorted((r.unrelated, r.together)))
    if sum(len(route.gates) for route in r.routes) < 2:
        return []
    if low == high:
        return ["Whether its gates move together makes no difference at this precision."]
    return [
        "If its gates had nothing to do with each other, or rose and fell fully together, the chance would "
        f"lie between {low} and {high}."
    ]


def _space(rules: Ratification, names: Names, result: Ratified) -> list[Section]:
    if not result.overlaps:
        return []
    lead = (
        f"Of {words.count(result.feasible, 'deal')} the rules of the case allow, so many have at least an "
        "even chance of ratification, lie inside the red lines of all who must consent, or both."
    )
    lead = " ".join(filter(None, (lead, besides(names, result.quorum))))
    blocks: list[Block] = [tables.overlaps(rules, names, result)]
    if result.reach:
        blocks.append(tables.reach(rules, names, result))
    title = "What could be ratified, and what could be agreed"
    return [Section("space", title, lead, tuple(blocks), annex=True)]


def _polled(result: Ratified) -> bool:
    gates = (gate for _, r in _pairs(result) for route in r.routes for gate in route.gates)
    return any(gate.kind == "referendum" for gate in gates)


def _limits(case: Case, result: Ratified) -> list[Block]:
    error = max(r.overall.error for _, r in _pairs(result))
    blocks: list[Block] = [
        Caveat(
            f"Every range of votes, chance and turnout is a judgement of {case.analyst}; the interval shows "
            "how far the answer moves with them, not whether they are right."
        ),
        Caveat(
            "How far gates move together is not known. The chance shown draws it; beside each answer stands "
            "the chance with unrelated gates and with gates of one mood moving fully together."
        ),
        *([Caveat(POLLS)] if _polled(result) else []),
        Caveat(
            "Trying a second route after losing the first is counted as if the loss had changed nothing, and "
            "governments tend to avoid votes they would lose."
        ),
        Text(
            f"Shares of {result.draws:,} drawn futures, seed {result.seed}; Monte Carlo error "
            f"{'at most' if error >= 0.0005 else 'under'} {max(100 * error, 0.1):.1f} points."
        ),
        tables.constants(result),
    ]
    return blocks
