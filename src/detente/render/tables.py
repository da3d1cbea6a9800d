"""The numbers behind every figure as a table: shown, read aloud and downloaded from one place."""

from __future__ import annotations

from typing import assert_never

from detente.page import (
    Bars,
    Cell,
    Funnel,
    Lines,
    Map,
    Network,
    Ranges,
    Scatter,
    Strip,
    Table,
    Timeline,
)
from detente.render.numbers import SHARES, Style, digits_for, finite

Figure = Bars | Ranges | Lines | Scatter | Strip | Network | Map | Funnel | Timeline


def data_table(figure: Figure) -> Table:
    """Return the numbers a figure draws, one row per mark.

    Examples
    --------
    >>> from detente.page import Step
    >>> table = data_table(Funnel("Deals", (Step("All", 10), Step("Feasible", 4, "rules"))))
    >>> [[cell.text for cell in row] for row in table.rows]
    [['All', '10', ''], ['Feasible', '4', 'rules']]
    """
    table: Table
    match figure:
        case Bars():
            table = _bars(figure)
        case Ranges():
            table = _ranges(figure)
        case Lines():
            table = _lines(figure)
        case Scatter():
            table = _scatter(figure)
        case Strip():
            table = _strip(figure)
        case Map():
            table = _map(figure)
        case Network():
            table = _network(figure)
        case Funnel():
            table = _funnel(figure)
        case Timeline():
            table = _timeline(figure)
        case _:
            assert_never(figure)
    return table


def bars_style(block: Bars) -> Style:
    """Return how the numbers of these bars are written."""
    values = finite((v for b in block.bars for v in (b.value, b.low, b.high) if v is not None), block.title)
    return Style(block.unit, 0 if block.unit in SHARES else digits_for(values or (0.0,)))


def ranges_style(block: Ranges) -> Style:
    """Return how the numbers of these ranges are written: as gains where they are measured from 0."""
    every = finite((v for g in block.groups for r in g.ranges for v in (r.low, r.mid, r.high)), block.title)
    signed = block.reference == 0 and bool(block.reference_label) and block.unit not in SHARES
    return Style(block.unit, 0 if block.unit in SHARES else digits_for(every or (0.0,)), signed)


def lines_style(block: Lines) -> Style:
    """Return how the vertical numbers of these lines are written."""
    values = finite((v for s in block.series for v in (*s.y, *s.low, *s.high)), block.title)
    return Style(block.unit, 0 if block.unit in SHARES else digits_for(values or (0.0,)))


def _header(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit and unit not in (*SHARES, "%") else name


def _bars(block: Bars) -> Table:
    style = bars_style(block)
    value = _header("Value", block.unit)
    rows = tuple(
        (Cell(b.label), Cell(style.write(b.value), b.value), _interval(b.low, b.high, style), Cell(b.note))
        for b in block.bars
    )
    return _dropping_blank(Table(block.title, ("", value, "Range", "Note"), rows, block.note, (value,)))


def _interval(low: float | None, high: float | None, style: Style) -> Cell:
    return Cell("") if low is None or high is None else Cell(style.span(low, high), low)


def _dropping_blank(table: Table) -> Table:
    """Return the table without columns that hold nothing in any row."""
    keep = [i for i in range(len(table.columns)) if i == 0 or any(row[i].text for row in table.rows)]
    rows = tuple(tuple(row[i] for i in keep) for row in table.rows)
    return Table(table.title, tuple(table.columns[i] for i in keep), rows, table.note, table.numeric)


def _ranges(block: Ranges) -> Table:
    style = ranges_style(block)
    columns = ("", "Case", "Low", _header("Middle", block.unit), "High")
    rows = tuple(
        (Cell(g.name), Cell(r.label), *(Cell(style.write(v), v) for v in (r.low, r.mid, r.high)))
        for g in block.groups
        for r in g.ranges
    )
    return _dropping_blank(Table(block.title, columns, rows, block.note, columns[2:]))


def _lines(block: Lines) -> Table:
    style = lines_style(block)
    xs = finite((x for s in block.series for x in s.x), block.title)
    across = Style(digits=digits_for(xs or (0.0,)))
    columns = ("", block.x_label or "x", block.y_label or "y", "Range")
    rows = tuple(
        (
            Cell(s.name),
            Cell(across.write(x), x),
            Cell(style.write(y), y),
            _interval(s.low[i], s.high[i], style) if s.low and s.high else Cell(""),
        )
        for s in block.series
        for i, (x, y) in enumerate(zip(s.x, s.y, strict=True))
    )
    return _dropping_blank(Table(block.title, columns, rows, block.note, columns[1:3]))


def _scatter(block: Scatter) -> Table:
    xs = finite((p.x for p in block.points), block.title)
    ys = finite((p.y for p in block.points), block.title)
    across, up = (Style(digits=digits_for(v or (0.0,))) for v in (xs, ys))
    columns = ("", block.x_label or "x", block.y_label or "y", "Group")
    rows = tuple(
        (Cell(p.label), Cell(across.write(p.x), p.x), Cell(up.write(p.y), p.y), Cell(p.group))
        for p in block.points
    )
    return _dropping_blank(Table(block.title, columns, rows, block.note, columns[1:3]))


def _strip(block: Strip) -> Table:
    finite((v for s in block.stands for v in (s.at, s.weight)), block.title)
    finite((v for t in block.ticks for v in (t.at, t.chance)), block.title)
    at = Style(digits=digits_for([*(s.at for s in block.stands), *(t.at for t in block.ticks)] or [0.0]))
    share, chance = Style("share"), Style("chance")
    rows = [
        (Cell("stands at"), Cell(s.label), Cell(at.write(s.at), s.at), Cell(share.write(s.weight), s.weight))
        for s in block.stands
    ]
    rows += [
        (
            Cell(f"nearest place ({block.base_label})" if t.base else "nearest place"),
            Cell(t.label),
            Cell(at.write(t.at), t.at),
            Cell(chance.write(t.chance), t.chance),
        )
        for t in block.ticks
    ]
    for k, p in enumerate(block.shares):
        low, high = (block.start + (k + end) * block.stretch for end in (0, 1))
        told = f"{max(low, block.low):g} to {min(high, block.high):g}"
        rows.append((Cell("stretch"), Cell(told), Cell(""), Cell(chance.write(p), p)))
    columns = ("", "Who or what", "Place", "Share of weight, or chance")
    return Table(block.title, columns, tuple(rows), block.note, columns[2:])


def _network(block: Network) -> Table:
    names = {node.id: node.label for node in block.nodes}
    weights = finite((e.weight for e in block.edges), block.title)
    style = Style(digits=digits_for(weights or (0.0,)), signed=True)
    rows = tuple(
        (
            Cell(names[e.source]),
            Cell(names[e.target]),
            Cell(", ".join(part for part in (kind(e.weight, e.tense), e.label) if part)),
            Cell(style.write(e.weight), e.weight),
        )
        for e in block.edges
        if not e.same
    )
    if block.directed:  # moves from state to state, neither friendly nor hostile
        moves = tuple((Cell(names[e.source]), Cell(names[e.target]), Cell(e.label)) for e in block.edges)
        return Table(block.title, ("From", "To", "Who moves"), moves, block.note)
    return Table(block.title, ("One", "Other", "Tie", "Strength"), rows, block.note, ("Strength",))


def _map(block: Map) -> Table:
    """Return, area by area and panel by panel, who controls how much besides whom it belongs to."""
    told = [{(area, holder): share for area, holder, share in layer.shares} for layer in block.layers]
    keys = dict.fromkeys(key for layer in told for key in layer)
    named = {area.id: area for area in block.areas}
    rows = tuple(
        (
            Cell(named[area].name),
            Cell((block.colours or block.holders)[named[area].belongs]),
            Cell(block.holders[holder]),
            *(
                Cell(Style("share").write(layer.get((area, holder), 0.0)), layer.get((area, holder), 0.0))
                for layer in told
            ),
        )
        for area, holder in keys
        if area in named
    )
    titles = tuple(layer.title or "Share of the area" for layer in block.layers)
    columns = ("Area", "Drawn as" if block.colours else "Recognised as", "Under control of", *titles)
    note = " ".join(part for part in (block.note, block.policy) if part)
    return Table(block.title, columns, rows, note, titles)


def kind(weight: float, tense: bool) -> str:
    """Return the plain word for a tie.

    Examples
    --------
    >>> kind(1, False), kind(-0.4, False), kind(0.2, True)
    ('agreement', 'conflict', 'agreement under strain')
    """
    word = "conflict" if weight < 0 else "agreement"
    return f"{word} under strain" if tense else word


def _funnel(block: Funnel) -> Table:
    rows = tuple(
        (Cell(s.label), Cell(f"{s.count:,}", s.count, trace=s.trace), Cell(s.killer)) for s in block.steps
    )
    return Table(block.title, ("Step", "Left", "What removed the rest"), rows, block.note, ("Left",))


def _timeline(block: Timeline) -> Table:
    rows = tuple((Cell(e.when), Cell(e.body, refs=e.refs)) for e in block.events)
    return Table(block.title, ("When", "What"), rows, block.note)
