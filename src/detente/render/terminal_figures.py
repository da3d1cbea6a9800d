"""Figures in characters: tracks, bars and short rows of numbers."""

from __future__ import annotations

from typing import assert_never

from rich.cells import cell_len, set_cell_size
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text as Line

from detente.page import Bars, Funnel, Lines, Map, Network, Ranges, Scatter, Strip, Timeline
from detente.render.numbers import SHARES, Style, digits_for
from detente.render.plain import clean
from detente.render.tables import Figure, bars_style, data_table, lines_style, ranges_style
from detente.render.terminal_tables import Cite, grid

_COLOURS = ("blue", "yellow", "green", "magenta", "cyan", "red", "bright_blue", "white")
_BLOCKS = " ▁▂▃▄▅▆▇█"


def figure(block: Figure, width: int, cite: Cite) -> RenderableType:
    """Return any figure; those that characters cannot draw are shown as the table behind them.

    Parameters
    ----------
    block : Figure
        What to show.
    width : int
        Columns of the terminal.
    cite : callable
        Evidence ids to " [1, 2]".
    """
    shown: RenderableType
    match block:
        case Funnel():
            shown = funnel(block, width)
        case Bars():
            shown = bars(block, width)
        case Ranges():
            shown = ranges(block, width)
        case Lines():
            shown = lines(block, width)
        case Timeline():
            shown = timeline(block, cite)
        case Strip():
            shown = strip(block)
        case Scatter() | Network() | Map():
            shown = grid(data_table(block), width, cite)
        case _:
            assert_never(block)
    return shown


def track(low: float, mid: float, high: float, width: int, zero: float | None = None) -> Line:
    """Return an interval on 0..1 as characters: a thin rule, the interval, its middle.

    Examples
    --------
    >>> track(0.25, 0.5, 0.75, 13).plain
    '···━━━●━━━···'
    >>> track(0.5, 0.75, 1.0, 13, zero=0.25).plain
    '···│··━━━●━━━'
    """
    last = width - 1
    a, b, c = (round(min(max(v, 0.0), 1.0) * last) for v in (low, mid, high))
    cells = ["━" if a <= i <= c else "·" for i in range(width)]
    if zero is not None:
        cells[round(min(max(zero, 0.0), 1.0) * last)] = "│"
    cells[b] = "●"
    line = Line("".join(cells), "dim")
    line.stylize("not dim", a, c + 1)
    return line


def _headed(title: str, unit: str, note: str, rows: list[RenderableType]) -> RenderableType:
    head = Line("  ").join(
        [Line(clean(title), "bold")] * bool(title) + [Line(clean(unit), "dim")] * bool(unit)
    )
    return Group(*[head] * bool(head.plain), *rows, *[Line(clean(note), "dim")] * bool(note))


def _column(labels: list[str], width: int) -> int:
    return min(max(map(cell_len, labels), default=0), max(width * 2 // 5, 12))


def _label(text: str, width: int) -> str:
    return text if cell_len(text) > width else set_cell_size(text, width)


def ranges(block: Ranges, width: int) -> RenderableType:
    """Return one track for each interval, on one scale, with the reference as a bar."""
    style = ranges_style(block)
    every = [v for g in block.groups for r in g.ranges for v in (r.low, r.high)] + [block.reference]
    bottom, span = min(every), (max(every) - min(every)) or 1.0
    labels = [f"  {clean(r.label)}" for g in block.groups for r in g.ranges]
    column = _column(labels, width)
    long = max(width - column - 26, 12)
    rows: list[RenderableType] = []
    for i, group in enumerate(block.groups):
        rows.append(Line(clean(group.name), f"bold {_COLOURS[i % 8]}"))
        for r in group.ranges:
            low, mid, high, zero = ((v - bottom) / span for v in (r.low, r.mid, r.high, block.reference))
            drawn = track(low, mid, high, long, zero)
            numbers = f" {style.write(r.mid)}"
            label = _label(f"  {clean(r.label)}", column)
            spread = (f" ({style.span(r.low, r.high)})", "dim")
            if cell_len(label) > column:
                rows += [Line(label), Line.assemble(" " * column, " ", drawn, (numbers, "bold"), spread)]
            else:
                rows.append(Line.assemble(label, " ", drawn, (numbers, "bold"), spread))
    key = f"│ {clean(block.reference_label)}" if block.reference_label else ""
    return _headed(block.title, "" if block.unit in SHARES else block.unit, block.note or key, rows)


def bars(block: Bars, width: int) -> RenderableType:
    """Return bars from the left; the number and its interval stand behind."""
    style = bars_style(block)
    labels = [clean(b.label) for b in block.bars]
    column, top = _column(labels, width), max((abs(b.value) for b in block.bars), default=1.0) or 1.0
    rows: list[RenderableType] = []
    for b, text in zip(block.bars, labels, strict=True):
        spread = f" ({style.span(b.low, b.high)})" if b.low is not None and b.high is not None else ""
        bar = "━" * round(abs(b.value) / top * max(width - column - 30, 8))
        note = f"  {clean(b.note)}" if b.note else ""
        label = _label(text, column)
        rows.append(
            Line.assemble(
                label, " ", (bar or "╴", "blue"), (f" {style.write(b.value)}", "bold"), (spread + note, "dim")
            )
        )
    return _headed(block.title, "" if block.unit in SHARES else block.unit, block.note, rows)


def funnel(block: Funnel, width: int) -> RenderableType:
    """Return a count, a bar and a reason for each step."""
    most = max((s.count for s in block.steps), default=0) or 1
    column = max((len(f"{s.count:,}") for s in block.steps), default=1)
    rows: list[RenderableType] = []
    for s in block.steps:
        style = "bold" if s.count else "bold red"
        rows.append(Line.assemble((f"{s.count:>{column},}", style), "  ", clean(s.label)))
        bar = "━" * round(s.count / most * (width - column - 4)) or ("╴" if s.count else "")
        below = [Line(bar, "blue")] if bar else []
        below += [Line(clean(s.killer), "dim")] if s.killer else []
        rows.append(Padding(Group(*below), (0, 0, 0, column + 2)))
    return _headed(block.title, "", block.note, rows)


def lines(block: Lines, width: int) -> RenderableType:
    """Return a small profile of each line with its first and last number."""
    style = lines_style(block)
    across = Style(digits=digits_for([x for s in block.series for x in s.x] or [0.0]))
    values = [y for s in block.series for y in s.y] or [0.0]
    low, span = min(values), (max(values) - min(values)) or 1.0
    column = _column([clean(s.name) for s in block.series], width)
    rows: list[RenderableType] = []
    for n, s in enumerate(block.series):
        if not s.x:
            continue
        step = max(1, -(-len(s.y) // max(width - column - 40, 8)))
        profile = "".join(_BLOCKS[1 + round((y - low) / span * 7)] for y in s.y[::step])
        ends = " to ".join(f"{style.write(s.y[i])} at {across.write(s.x[i])}" for i in (0, -1))
        rows.append(Line.assemble(_label(clean(s.name), column), " ", (profile, _COLOURS[n % 8]), f" {ends}"))
    named = ", by ".join(part for part in (block.y_label, block.x_label) if part)
    return _headed(block.title, named, block.note, rows)


def strip(block: Strip) -> RenderableType:
    """Return the profile of a scale, who stands where, and the chance of each named place."""
    share, chance = Style("share"), Style("chance")
    top = max(block.shares, default=0.0) or 1.0
    profile = "".join(_BLOCKS[round(p / top * 8)] for p in block.shares)
    rows: list[RenderableType] = [Line.assemble(f"{block.low:g} ", (profile, "blue"), f" {block.high:g}")]
    for s in sorted(block.stands, key=lambda s: -s.weight):
        rows.append(
            Line.assemble("● ", clean(s.label), f" at {s.at:g}", (f" {share.write(s.weight)}", "dim"))
        )
    for t in block.ticks:
        note = f"  {clean(block.base_label)}" if t.base else ""
        mark = ("▲ " if t.base else "│ ", "dim")
        told = (f" {chance.write(t.chance)}", "bold")
        rows.append(Line.assemble(mark, clean(t.label), f" at {t.at:g}", told, (note, "dim")))
    return _headed(block.title, "", block.note, rows)


def timeline(block: Timeline, cite: Cite) -> RenderableType:
    """Return dated lines, filled where past."""
    rows: list[RenderableType] = []
    for event in block.events:
        rows.append(Line.assemble("● " if event.done else "○ ", (clean(event.when), "bold")))
        rows.append(Padding(Line.assemble(clean(event.body), (cite(event.refs), "cyan")), (0, 0, 0, 2)))
    return _headed(block.title, "", block.note, rows)
