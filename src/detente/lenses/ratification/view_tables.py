"""Tables of the ratification page."""

from __future__ import annotations

from dataclasses import replace

from detente import words
from detente.case.ratification import Gate, Ratification
from detente.lenses.ratification.result import Count, GateResult, Ratified, Reach, ReadingResult, RouteResult
from detente.methods.ratification.worlds import Estimate
from detente.page import Bar, Bars, Cell, Table
from detente.table.names import Names, lowered
from detente.table.show import mark_of

KINDS = {
    "assembly": "vote of an assembly",
    "referendum": "referendum",
    "council": "vote of a council",
    "court": "opinion of a court",
    "signature": "signature",
    "precondition": "precondition",
    "reversed": "reversed rule: opponents need the majority",
    "hold": "the halt must hold until the end",
}
"""What each kind of gate is called."""


def spread(e: Estimate) -> str:
    """Return a chance with its interval, as "12%, range 3% to 30%"."""
    low, high = words.percent(e.low), words.percent(e.high)
    value = words.percent(e.value)
    return value if low == high == value else f"{value}, range {low} to {high}"


def chances(rules: Ratification, result: Ratified) -> Table:
    """Return deals as rows, readings as columns."""
    readings = [r.reading for r in result.deals[0].readings]
    rows = tuple(
        (
            Cell(one.deal.label),
            *(
                Cell(
                    spread(r.overall),
                    sort=r.overall.value,
                    mark=mark_of(r.overall.value),
                    trace=f"ratified.{one.deal.id}.{r.reading}",
                )
                for r in one.readings
            ),
        )
        for one in result.deals
    )
    columns = ("Deal", *(rules.readings[r].label for r in readings))
    note = (
        "Chance that at least one open route is passed; range: 5th to 95th percentile over what is not known."
    )
    return Table("Chance of ratification", columns, rows, note=note)


def ladder(rules: Ratification, label: str, route: RouteResult) -> Table:
    """Return a route as a ladder: one row a gate, what it needs, and how far the deal gets."""
    rows = tuple(
        (
            Cell(f"{number}. {gate.name}", refs=rules.gate(gate.id).evidence),
            Cell(_needs(gate, rules.gate(gate.id))),
            Cell(_expected(gate)),
            Cell(spread(gate.alone), sort=gate.alone.value),
            Cell(spread(gate.reached), sort=gate.reached.value, mark=mark_of(gate.reached.value)),
        )
        for number, gate in enumerate(route.gates, 1)
    )
    median, low, high = route.days
    shown = words.span(*(f"{d:.0f}" for d in (median, low, high)))
    days = f"Days needed: about {shown}." if high > 0 else "No time is stated."
    columns = ("Step", "Needs", "Expected (90% range)", "Chance alone", "Gets this far")
    return Table(f"Route: {route.name} (under {label})", columns, rows, note=days)


def _needs(gate: GateResult, written: Gate) -> str:
    kind = KINDS[gate.kind]
    if not gate.counts or gate.kind == "reversed":
        hurdles = "; ".join(f"{c.label}: {c.need:g} {c.unit}" for c in gate.counts)
        return f"{kind} ({hurdles})" if hurdles else kind
    first = gate.counts[0]
    over = "more than " if first.unit.startswith("%") else ""
    text = f"{over}{first.need:g}{'' if first.unit.startswith('%') else ' '}{first.unit}"
    if getattr(written, "regions", 0) > 1:
        text += f" in each of {written.regions}"  # type: ignore[union-attr]
    return f"{kind}: {text}"


def _expected(gate: GateResult) -> str:
    said = "; ".join(_count(c, len(gate.counts) > 1) for c in gate.counts)
    return said or ("from past truces" if gate.kind == "hold" else "a chance given by the analyst")


def _count(c: Count, named: bool) -> str:
    unit = c.unit if c.unit.startswith("%") else f" {c.unit}"
    numbers = f"{c.mid:.0f}{unit} ({c.low:.0f} to {c.high:.0f})"
    return f"{c.label}: {numbers}" if named else numbers


def swaps(names: Names, label: str, r: ReadingResult) -> Table:
    """Return the single changes that help, most helpful first."""
    rows = tuple(
        (
            Cell(names.issue(s.issue)),
            Cell(names.option(s.issue, s.old)),
            Cell(names.option(s.issue, s.new) if s.new else "left out of the deal"),
            Cell(spread(s.chance), sort=s.chance.value, mark=mark_of(s.chance.value)),
        )
        for s in r.swaps
    )
    columns = ("Term changed", "From", "To", "Chance then")
    note = (
        "One term at a time: every option the rules of the case allow, or the term left out; the best on "
        "each issue, if it helps."
    )
    return Table(f"The terms whose change helps most (under {label})", columns, rows, note=note)


def overlaps(rules: Ratification, names: Names, result: Ratified) -> Table:
    """Return how many deals could be ratified, agreed, or both."""
    rows = tuple(
        (
            Cell(rules.readings[o.reading].label),
            Cell(words.sentence(names.reading_name(o.red_lines))),
            Cell(f"{o.ratifiable:,}", sort=o.ratifiable),
            Cell(f"{o.accepted:,}", sort=o.accepted),
            Cell(
                f"{o.both:,}",
                sort=o.both,
                mark="yes" if o.both else "no",
                trace=f"ratifiable_and_accepted.{o.reading}.{o.red_lines}",
            ),
        )
        for o in result.overlaps
    )
    columns = ("Rules read as", "Red lines read as", "Ratifiable", "Inside the red lines", "Both")
    return Table("Deals", columns, rows, numeric=columns[2:])


def reach(rules: Ratification, names: Names, result: Ratified) -> Bars:
    """Return the best chance of any feasible deal with each option, and whose red lines the option crosses.

    Readings of the rules that agree share a bar.
    """
    found: dict[Reach, list[str]] = {}
    for r in result.reach:
        found.setdefault(replace(r, reading=""), []).append(rules.readings[r.reading].label)
    every = len({r.reading for r in result.reach})
    bars = tuple(
        Bar(
            f"{names.issue(r.issue)}: {lowered(names.option(r.issue, r.option), names.proper)}",
            r.best.value,
            r.best.low,
            r.best.high,
            note="; ".join([*([] if len(labels) == every else [words.listed(labels)]), *_refused(names, r)]),
        )
        for r, labels in found.items()
    )
    note = (
        "Bar: the highest chance at home of any deal the rules allow that has the option; core issues only. "
        "Below it: whose red lines the option crosses under every reading, or only as published. Without a "
        "name it crosses none."
    )
    if result.quorum:
        note += " Those a quorum counts are named where too many of them refuse it."
    return Bars("What could be ratified, against what the parties accept", "chance", bars, note=note)


def _refused(names: Names, r: Reach) -> list[str]:
    said = [f"refused by {names.actors(r.refused)}"] if r.refused else []
    return said + ([f"{names.actors(r.bending)} might bend"] if r.bending else [])


def constants(result: Ratified) -> Table:
    """Return every number of the model that is not the analyst's."""
    rows = tuple(
        (Cell(c.text), Cell(f"{c.low:g}" if c.low == c.high else f"{c.low:g} to {c.high:g}"), Cell(c.source))
        for c in result.constants
    )
    return Table("Constants of the model", ("What", "Value", "Source"), rows)
