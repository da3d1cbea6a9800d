"""Figures and tables of the front, money, people, base rates and constants, each from the result alone."""

from __future__ import annotations

from detente import words
from detente.lenses.ripeness import view_words as say
from detente.lenses.ripeness.constants import constants
from detente.lenses.ripeness.result_material import AttritionTime, Fan, MoneyTime
from detente.lenses.ripeness.view_time import Shown
from detente.page import Block, Cell, Lines, Series, Table, Text

PARTS = {"inflation": "inflation", "slack": "slack output", "buffer": "spent reserves", "labour": "labour"}
"""Plain names of the parts of economic pressure."""


def front_lines(shown: Shown) -> Lines:
    """Return the share of each area under the control of its advancing side, and the naive straight line."""
    months = tuple(float(m) for m in range(shown.result.months + 1))
    last = f"within {shown.result.months} months"
    done = [
        f"{shown.area(a.area)}: wholly taken {last} in {words.percent(a.complete)} of paths"
        for a in shown.result.areas
    ]
    lines = [a for a in shown.result.areas if a.line]
    warn = " Straight lines: the last known month's gain repeated; drawn as a warning, not as a forecast."
    return Lines(
        "Share of the area under the control of the advancing side",
        f"Months after {say.month_name(shown.start, 0)}",
        "share of the area",
        (
            *(_series(shown.area(a.area), months, a.held) for a in shown.result.areas),
            *(Series(f"{shown.area(a.area)}: straight line", months, a.line) for a in lines),
        ),
        unit="share",
        note="; ".join(done) + "." + (warn if lines else ""),
    )


def _series(name: str, x: tuple[float, ...], band: Fan) -> Series:
    return Series(name, x, band.mid, band.low, band.high)


def money(shown: Shown) -> tuple[Block, ...]:
    """Return the fan of reserves, the pressure in parts, and what relief is worth."""
    quarters = tuple(3.0 * q for q in range(len(shown.result.money[0].buffer.mid)))
    label = f"Months after {say.month_name(shown.start, 0)}"
    buffers = Lines(
        "Liquid reserves",
        label,
        "% of product",
        tuple(_series(shown.name(m.actor), quarters, m.buffer) for m in shown.result.money),
        unit="%",
    )
    pressures = Lines(
        "Pressure on the economy",
        label,
        "points",
        tuple(_series(shown.name(m.actor), quarters, m.pressure) for m in shown.result.money),
        unit="points",
        note="Excess inflation, slack output, spent reserves and lost labour; their weights are judgement.",
    )
    ramps = [table for m in shown.result.money if (table := _off_ramp(shown, m)) is not None]
    return (buffers, pressures, _runways(shown), *ramps)


def _runways(shown: Shown) -> Table:
    rows = tuple(
        (
            Cell(shown.name(m.actor)),
            Cell(
                f"{say.decimal(m.runway)} years" if m.runway else "not drawn",
                m.runway.mid if m.runway else None,
            ),
            Cell(words.percent(m.endless), m.endless),
            Cell(words.percent(m.emptied), m.emptied, trace=f"buffer_empty.{m.actor}"),
            Cell("; ".join(f"{PARTS[name]} {say.decimal(s)}" for name, s in m.parts.items())),
        )
        for m in shown.result.money
    )
    return Table(
        "Runway at today's deficit",
        (
            "Economy",
            "Runway",
            "Reserves not drawn",
            f"Empty within {shown.result.months} months",
            "Pressure at the end",
        ),
        rows,
        note="Runway: over the paths that draw on reserves, were today's deficit to last. Empty: with the "
        "deficit as the books move it.",
    )


def _off_ramp(shown: Shown, m: MoneyTime) -> Table | None:
    ramp = m.off_ramp
    if ramp is None:
        return None
    rows = [
        (Cell("Full relief, first year"), Cell(f"{say.decimal(ramp.money)}% of product a year"), Cell("")),
        (Cell("What the war takes"), Cell(f"{say.decimal(ramp.war)}% of product a year"), Cell("")),
        (
            Cell("Pressure relief takes away in a year"),
            Cell(f"{say.decimal(ramp.pressure)} points"),
            Cell(""),
        ),
    ]
    rows += [
        (
            Cell(f"{shown.case.option(issue, option).label}, in points of its own scale"),
            Cell(f"{say.decimal(implied)} points"),
            Cell(f"{say.decimal(stated)} points"),
        )
        for (issue, option), (implied, stated) in ramp.options.items()
    ]
    labels = {d.id: d.label for d in shown.result.deals}
    rows += [
        (
            Cell(f"{labels[deal]}: better than no deal today for all who must agree"),
            Cell(f"{words.percent(by_books)} of paths", by_books),
            Cell(f"{words.percent(by_case)} of paths", by_case),
        )
        for deal, (by_case, by_books) in ramp.deals.items()
    ]
    return Table(
        f"The way out for {shown.name(m.actor)}: sanctions relief against the cost of war",
        ("What", "By the books", "By the case's orders"),
        tuple(rows),
        note="By the books: money only, at the actor's own weight, in a deal's terms on sanctions. By the "
        "case's orders: as everywhere else on this page. Where they differ widely the order holds more than "
        "money, or one of the two should be looked at again.",
    )


def base_rates(shown: Shown) -> tuple[Block, ...]:
    """Return how often wars of this age ended, and the war-of-attrition hazards beside them."""
    found: list[Block] = []
    result = shown.result
    if result.base_rates:
        rows = tuple(
            (
                Cell(words.sentence(r.group)),
                Cell(f"{words.percent(r.within_12)} ({_between(r.range_12)})", r.within_12),
                Cell(str(r.ended_12), r.ended_12),
                Cell(words.percent(r.within_24), r.within_24),
            )
            for r in result.base_rates
        )
        found.append(
            Table(
                "Wars that had lasted three and a half years",
                ("Which", "Ended within a year", "How many", "Within two"),
                rows,
                numeric=("How many", "Within two"),
                note="Own count from UCDP data, 1946 to 2020; range: 90% score interval. Each row is "
                "part of the one above it."
                + (f" This one has lasted {result.war_years:.1f} years." if result.war_years else ""),
            )
        )
    if result.attrition is not None:
        found.append(_attrition(shown, result.attrition))
    return tuple(found)


def _between(ends: tuple[float, float]) -> str:
    return " to ".join(words.percent(end) for end in ends)


def _attrition(shown: Shown, a: AttritionTime) -> Text:
    first, second = (shown.name(who) for who in a.actors)
    within = f"{words.percent(a.within_year.low)} to {words.percent(a.within_year.high)}"
    return Text(
        f"As a war of attrition: {first} would give up at a rate of {_rate(a.first.mid)} a year and {second} "
        f"at {_rate(a.second.mid)}; the chance that it ends within a year would be "
        f"{words.percent(a.within_year.mid)} ({within}). In this model a side's own costs set the other "
        "side's rate; it illustrates, it does not forecast."
    )


def _rate(value: float) -> str:
    return f"{value:.2f}"


def milestones(shown: Shown) -> Table:
    """Return what was answered when, beside the model's shares for that month."""
    labels = {d.id: d.label for d in shown.result.deals}
    rows = tuple(
        (
            Cell(m.on),
            Cell(f"{shown.name(m.actor)} {'accepted' if m.accepted else 'refused'}: {m.text}"),
            Cell(labels[m.deal]),
            Cell(words.percent(m.would_accept), m.would_accept, _agrees(m.accepted, m.would_accept)),
            Cell(words.percent(m.all_accept), m.all_accept),
        )
        for m in shown.result.milestones
    )
    columns = ("Day", "What was said", "Deal", "Paths in which it accepts", "All who must agree accept")
    return Table("Answers given, and the model's shares for that month", columns, rows)


def _agrees(accepted: bool, share: float) -> str:
    return "yes" if accepted == (share > 0.5) else "no"


def constant_table() -> Table:
    """Return every constant with its source."""
    rows = tuple((Cell(name), Cell(value), Cell(source)) for name, value, source in constants())
    return Table("Constants and where they come from", ("Constant", "Value", "Source"), rows)
