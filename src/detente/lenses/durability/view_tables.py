"""Tables and curves of the durability page."""

from __future__ import annotations

from collections.abc import Sequence

from detente import words
from detente.lenses.durability.result import YEAR, Chance, Committed, DealHeld, Held, Like
from detente.page import Cell, Lines, Range, RangeGroup, Ranges, Series, Table

SPANS = {30: "30 days", 90: "90 days", 180: "180 days", YEAR: "1 year", 730: "2 years", 1825: "5 years"}
"""What each horizon is called."""


def spread(c: Chance) -> str:
    """Return a chance with its interval, as "31%, range 16% to 50%"."""
    value, low, high = words.percent(c.value), words.percent(c.low), words.percent(c.high)
    return value if low == high == value else f"{value}, range {low} to {high}"


def _mark(value: float) -> str:
    return "yes" if value >= 0.55 else "part" if value >= 0.45 else "no"


def horizons(result: Held, deals: Sequence[DealHeld]) -> Table:
    """Return deals as rows and horizons as columns, each class alone under its deals."""
    rows = []
    for one in deals:
        rows.append((Cell(one.deal.label), *_cells(one, result)))
    days = deals[0].horizons
    seen = {one.base.group: one.base_curve for one in deals if one.base and one.base_curve}
    for group, curve in seen.items():
        cells = (Cell(words.percent(curve.at(d).value), sort=curve.at(d).value) for d in days)
        rows.append((Cell(f"For comparison, the class alone: {group}"), *cells))
    columns = ("Deal", *(SPANS[d] for d in days))
    note = f"Chance to hold, {result.definition}; range: 5th to 95th percentile over draws."
    return Table("Chance that it still holds", columns, tuple(rows), note=note)


def _cells(one: DealHeld, result: Held) -> list[Cell]:
    if one.curve is None:
        return []
    return [
        Cell(spread(c), sort=c.value, mark=_mark(c.value), trace=f"holds.{one.deal.id}.{day}")
        for day in one.horizons
        for c in (one.curve.at(day),)
    ]


def curves(result: Held, one: DealHeld) -> Lines:
    """Return the survival curve of a deal with its interval, its class alone, and the class as measured."""
    series = []
    for curve, name in ((one.curve, "This deal"), (one.base_curve, "Its class of past halts, modelled")):
        if curve is not None:
            series.append(
                Series(
                    name,
                    tuple(curve.days),
                    tuple(c.value for c in curve.chances),
                    tuple(c.low for c in curve.chances),
                    tuple(c.high for c in curve.chances),
                )
            )
    if one.seen:
        x, y = zip(*one.seen, strict=True)
        series.append(Series("The class as measured (Kaplan-Meier, never peacekeepers)", x, y))
    note = f"Chance to hold, {result.definition}. Bands: 5th to 95th percentile over draws."
    return Lines(
        f"{one.deal.label}: chance to hold", "days", "still holds", tuple(series), True, note, "chance"
    )


def effects(one: DealHeld) -> Table:
    """Return each term with its ratio, how much of it there is, and the year's chance with and without it."""
    rows = tuple(
        (
            Cell(words.sentence(e.text)),
            Cell(_amount(e.amount)),
            Cell(f"{e.ratio:.2f} ({e.low:.2f} to {e.high:.2f})", sort=e.ratio),
            Cell(words.percent(e.without.value), sort=e.without.value),
            Cell(words.percent(e.with_it.value), sort=e.with_it.value),
            Cell(e.source),
        )
        for e in one.effects
    )
    columns = (
        "Term",
        "How much of it",
        "Hazard ratio (95 % range)",
        "A year without it",
        "With it",
        "Ratio from",
    )
    note = (
        "A ratio below one lengthens the halt. Without it: every other term as in the deal."
        if rows
        else "The deal has no term with a ratio; its class alone speaks."
    )
    return Table("What the terms do", columns, rows, note=note)


def _amount(amount: tuple[float, float]) -> str:
    low, high = (f"{100 * a:.0f}%" for a in amount)
    return "in full" if amount == (1.0, 1.0) else low if low == high else f"{low} to {high}"


def engines(one: DealHeld) -> Table:
    """Return what other models say, with what they count."""
    rows = tuple(
        (
            Cell(e.name),
            *(
                Cell("cannot say") if c is None else Cell(words.percent(c.value), sort=c.value)
                for c in e.chances
            ),
            Cell(e.lifetime),
            Cell(e.seen),
        )
        for e in one.engines
    )
    columns = ("Model", *(SPANS[d] for d in one.horizons), "A lifetime runs", "Saw")
    return Table("The same question put to other models", columns, rows)


def enforcement(c: Committed) -> Ranges:
    """Return what has to be blocked beside what is blocked."""
    rows = (
        Range("To block before some division can be kept", c.needed.low, c.needed.value, c.needed.high),
        Range(
            "To block before war stops paying here",
            c.needed_here.low,
            c.needed_here.value,
            c.needed_here.high,
        ),
        Range("Blocked by this deal", c.provided.low, c.provided.value, c.provided.high),
    )
    title = f"Part of the shift in power towards {c.rising}"
    return Ranges(
        title, "share", (RangeGroup(c.rising, rows),), note="5th percentile, middle, 95th percentile."
    )


def guards(c: Committed) -> Table:
    """Return each guarantee and what its absence would do."""
    rows = tuple(
        (
            Cell(g.name),
            Cell(_amount(g.blocks)),
            Cell(words.percent(g.renewed_without), sort=g.renewed_without),
            Cell(words.percent(g.unkeepable_without), sort=g.unkeepable_without),
        )
        for g in c.guards
    )
    columns = ("Guarantee", "Blocks", "War pays without it", "No division kept without it")
    note = (
        f"Shares of draws; with all of them war pays in {words.percent(c.renewed)} and no division is kept "
        f"in {words.percent(c.unkeepable)}."
    )
    return Table("What each guarantee is worth", columns, rows, note=note)


def alike(title: str, rows: Sequence[Like]) -> Table:
    """Return earlier halts by name."""
    return Table(
        title,
        ("Halt", "What it was", "What became of it"),
        tuple((Cell(r.name, refs=r.evidence), Cell(words.sentence(r.what)), Cell(r.fate)) for r in rows),
    )
