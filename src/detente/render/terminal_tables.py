"""Tables in characters: columns where they fit, one card for each row where they do not."""

from __future__ import annotations

from collections.abc import Callable

from rich.box import Box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Line

from detente.page import Cell, Table
from detente.render.plain import clean

Cite = Callable[[tuple[str, ...]], str]

_MARKS = {"yes": ("✓ ", "green"), "no": ("✗ ", "red"), "part": ("◐ ", "yellow")}
_LEAST = 13
# One hairline under the header and nothing else.
_HAIRLINE = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")


def grid(table: Table, width: int, cite: Cite) -> RenderableType:
    """Return a table, or cards where its columns would be too narrow to read.

    Parameters
    ----------
    table : Table
        Rows under named columns.
    width : int
        Columns of the terminal.
    cite : callable
        Evidence ids to " [1, 2]".
    """
    columns = [_words(table, i, cite) for i in range(len(table.columns))]
    needed = sum(min(max(map(len, words), default=0), _LEAST) + 3 for words in columns)
    body = _columns(table, cite) if needed <= width else _cards(table, cite)
    parts: list[RenderableType] = [Line(clean(table.title), "bold")] if table.title else []
    parts.append(body)
    if table.note:
        parts.append(Line(clean(table.note), "dim"))
    return Group(*parts)


def _words(table: Table, column: int, cite: Cite) -> list[str]:
    return [table.columns[column], *(_cell(row[column], cite).plain for row in table.rows)]


def _cell(cell: Cell, cite: Cite) -> Line:
    mark, style = _MARKS.get(cell.mark, ("", ""))
    return Line.assemble((mark, style), clean(cell.text), (cite(cell.refs), "cyan"))


def _columns(table: Table, cite: Cite) -> RenderableType:
    shown = Grid(box=_HAIRLINE, show_edge=False, pad_edge=False, header_style="dim", border_style="dim")
    for name in table.columns:
        justify = "right" if name in table.numeric else "left"
        shown.add_column(Line(clean(name)), justify=justify, overflow="fold")  # type: ignore[arg-type]
    for row in table.rows:
        shown.add_row(*(_cell(cell, cite) for cell in row))
    return shown


def _cards(table: Table, cite: Cite) -> RenderableType:
    """Return one block of "name: value" lines for each row, numbers first."""
    parts: list[RenderableType] = []
    order = sorted(range(1, len(table.columns)), key=lambda i: table.columns[i] not in table.numeric)
    for row in table.rows:
        head = _cell(row[0], cite)
        head.stylize("bold")
        parts.append(head)
        for i in order:
            value = _cell(row[i], cite)
            if value.plain:
                label = (f"{clean(table.columns[i])}: ", "dim") if table.columns[i] else ""
                parts.append(Padding(Line.assemble(label, value), (0, 0, 0, 2)))
    return Group(*parts)
