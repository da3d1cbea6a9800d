"""Writes the page of a Monte Carlo study: how far a headline number spreads over the stated ranges."""

from __future__ import annotations

from detente.methods.uncertainty.spread import Estimate
from detente.page import Block, Caveat, Cell, Fact, Lines, Page, Section, Series, Table, Text
from detente.studies import words as say
from detente.studies.compare_view import said
from detente.studies.montecarlo import FEWEST, LEVELS, MonteCarlo, Spread
from detente.studies.question import SHARES
from detente.words import percent


def view(found: MonteCarlo) -> Page:
    """Return the page; computes nothing new."""
    sections = [
        *(_spread(found, s, k) for k, s in enumerate(found.spreads)),
        Section("limits", "How far this goes", blocks=_limits(found)),
    ]
    lead = f"{say.base(found.question)} {say.WORLD}"
    return Page(_title(found.spreads[0]), lead, tuple(sections), _facts(found))


def _title(s: Spread) -> str:
    if not s.quantiles:
        return f"Too few worlds have the number: {len(s.values)} of {s.worlds}"
    low, high = s.quantiles[0].value, s.quantiles[-1].value
    if low == high:
        return f"The answer hardly moves: {_said(s, low)} in nine of ten worlds"
    return f"In nine of ten worlds the answer lies between {_said(s, low)} and {_said(s, high)}"


def _said(s: Spread, value: float) -> str:
    return said(value, s.measure.unit)


def _facts(found: MonteCarlo) -> tuple[Fact, ...]:
    first = found.spreads[0]
    if first.above is None:
        return ()
    a = first.above
    body = f"The headline holds ({say.line(found.question)}); 95% interval for {found.worlds:,} worlds."
    value = f"{percent(a.value)} ({percent(a.low)} to {percent(a.high)})"
    return (Fact(value, "of worlds", body, a.value, a.low, a.high),)


def _spread(found: MonteCarlo, s: Spread, k: int) -> Section:
    on_file = (
        f"On file: {_said(s, s.measure.value)}. " if s.measure.value is not None else "Not there on file. "
    )
    missing = s.worlds - len(s.values)
    gone = f" The number does not exist in {missing:,} of {s.worlds:,} worlds." if missing else ""
    if not s.quantiles:
        lead = f"{on_file}Fewer than {FEWEST} worlds have the number.{gone}"
        return Section(f"spread-{k}", s.measure.label, lead)
    middle = s.quantiles[2]
    lead = f"{on_file}Middle of the worlds: {_interval(s, middle)}.{gone}"
    return Section(f"spread-{k}", s.measure.label, lead, (_cumulative(s), _table(s)))


def _interval(s: Spread, e: Estimate) -> str:
    low, mid, high = (_said(s, v) for v in (e.low, e.value, e.high))
    return mid if low == high else f"{mid} ({low} to {high})"


def _cumulative(s: Spread) -> Lines:
    n = len(s.values)
    points = [(v, (i + 1) / n) for i, v in enumerate(s.values) if i + 1 == n or s.values[i + 1] != v]
    start = (s.values[0], 0.0)
    x, y = zip(start, *points, strict=True)
    scale = 100.0 if s.measure.unit in SHARES else 1.0
    label = f"{s.measure.unit}, %" if s.measure.unit in SHARES else s.measure.unit
    series = (Series("worlds", tuple(scale * v for v in x), y),)
    return Lines("Share of worlds at or below", label, "share of worlds", series, True, unit="share")


def _table(s: Spread) -> Table:
    rows = [
        (Cell(f"{100 * level:.0f}% of worlds lie at or below"), Cell(_interval(s, q), q.value))
        for level, q in zip(LEVELS, s.quantiles, strict=True)
    ]
    if s.mean is not None and s.mean_error is not None:
        rows.append((Cell("Mean, ± 95 %"), Cell(f"{_said(s, s.mean)} (± {_error(s, s.mean_error)})", s.mean)))
    return Table(
        "Quantiles", ("", "Value"), tuple(rows), "In brackets: 95% Monte Carlo interval.", ("Value",)
    )


def _error(s: Spread, error: float) -> str:
    if s.measure.unit in SHARES:
        return f"{196 * error:.1f} points"
    return f"{1.96 * error:.2g}"


def _limits(found: MonteCarlo) -> tuple[Block, ...]:
    return (
        say.INDEPENDENT,
        Caveat(
            "Intervals say how well this sample knows the spread, not how well the ranges know the world."
        ),
        Text(f"{found.inputs:,} inputs drawn, {found.worlds:,} worlds, seed {found.seed}."),
    )
