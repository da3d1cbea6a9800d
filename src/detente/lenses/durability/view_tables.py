"""Tables and curves of the durability page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente import words
from detente.lenses.durability.result import YEAR, Chance, Curve, DealHeld, Effect, Held, Like
from detente.page import Cell, Lines, Series, Table
from detente.table.show import mark_of

SPANS = {30: "30 days", 90: "90 days", 180: "180 days", YEAR: "1 year", 730: "2 years", 1825: "5 years"}
"""What each horizon is called."""


def spread(c: Chance) -> str:
    """Return a chance with its interval, as "31%, range 16% to 50%"."""
    value, low, high = words.percent(c.value), words.percent(c.low), words.percent(c.high)
    return value if low == high == value else f"{value}, range {low} to {high}"


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
        Cell(spread(c), sort=c.value, mark=mark_of(c.value), trace=f"holds.{one.deal.id}.{day}")
        for day in one.horizons
        for c in (one.curve.at(day),)
    ]


def compared(result: Held, deals: Sequence[DealHeld]) -> Lines:
    """Return the curves of the deals with their intervals, and of each class of past halts alone."""
    alike: dict[object, list[DealHeld]] = {}
    for one in deals:
        alike.setdefault(one.curve.chances if one.curve else (), []).append(one)
    shown = [
        (words.listed([d.deal.label for d in same]), same[0].curve)
        for same in alike.values()
        if same[0].curve is not None
    ]
    series = [_banded(name, curve) for name, curve in shown]
    seen = {one.base.group: one.base_curve for one in deals if one.base and one.base_curve}
    series += [
        Series(f"Class alone: {group}", c.days, tuple(x.value for x in c.chances))
        for group, c in seen.items()
    ]
    note = f"Chance to hold, {result.definition}. Bands: 5th to 95th percentile over draws of each deal."
    return Lines("Chance to hold, day by day", "days", "still holds", tuple(series), False, note, "chance")


def _banded(name: str, curve: Curve) -> Series:
    middle, low, high = zip(*((c.value, c.low, c.high) for c in curve.chances), strict=True)
    return Series(name, curve.days, middle, low, high)


def curves(result: Held, one: DealHeld) -> Lines:
    """Return the survival curve of a deal with its interval, its class alone, and the class as measured."""
    series = []
    for curve, name in ((one.curve, "This deal"), (one.base_curve, "Its class of past halts, modelled")):
        if curve is not None:
            series.append(_banded(name, curve))
    if one.seen:
        x, y = zip(*one.seen, strict=True)
        series.append(Series("The class as measured", x, y))
    seen = " As measured: Kaplan-Meier at the horizons, never peacekeepers." if one.seen else ""
    note = f"Chance to hold, {result.definition}. Bands: 5th to 95th percentile over draws.{seen}"
    return Lines(
        f"{one.deal.label}: chance to hold", "days", "still holds", tuple(series), False, note, "chance"
    )


def effects(deals: Sequence[DealHeld]) -> Table:
    """Return each term once, with its ratio, and each deal's chance to hold a year without it and with it."""
    found: dict[tuple[str, float, tuple[float, float]], dict[str, Effect]] = {}
    for one in deals:
        for e in one.effects:
            found.setdefault((e.text, e.ratio, e.amount), {})[one.deal.id] = e
    rows = tuple(_effect(next(iter(by_deal.values())), by_deal, deals) for by_deal in found.values())
    columns = ("Term", "Hazard ratio (95% range)", *(one.deal.label for one in deals), "Ratio from")
    note = (
        "A ratio below one lengthens the halt. Part of it: how much of the feature the terms bring."
        if rows
        else "No deal has a term with a ratio; its class alone speaks."
    )
    return Table("A year without the term, and with it", columns, rows, note=note)


def _effect(e: Effect, by_deal: Mapping[str, Effect], deals: Sequence[DealHeld]) -> tuple[Cell, ...]:
    part = "" if e.amount == (1.0, 1.0) else f" (part of it: {_amount(e.amount)})"
    return (
        Cell(words.sentence(e.text) + part),
        Cell(f"{e.ratio:.2f} ({e.low:.2f} to {e.high:.2f})", sort=e.ratio),
        *(_with_and_without(by_deal.get(one.deal.id)) for one in deals),
        Cell(e.source),
    )


def _with_and_without(e: Effect | None) -> Cell:
    if e is None:
        return Cell("–")
    without, with_it = words.percent(e.without.value), words.percent(e.with_it.value)
    return Cell(f"{without} → {with_it}", sort=e.with_it.value - e.without.value)


def _amount(amount: tuple[float, float]) -> str:
    low, high = (f"{100 * a:.0f}%" for a in amount)
    return "in full" if amount == (1.0, 1.0) else low if low == high else f"{low} to {high}"


def engines(deals: Sequence[DealHeld]) -> Table:
    """Return what other models say of deals that are alike to them, with what they count."""
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
        for e in deals[0].engines
    )
    columns = ("Model", *(SPANS[d] for d in deals[0].horizons), "A lifetime runs", "Saw")
    return Table(words.sentence(words.listed([one.deal.label for one in deals])), columns, rows)


def alike(title: str, rows: Sequence[Like]) -> Table:
    """Return earlier halts by name."""
    return Table(
        title,
        ("Halt", "What it was", "What became of it"),
        tuple((Cell(r.name, refs=r.evidence), Cell(words.sentence(r.what)), Cell(r.fate)) for r in rows),
    )
