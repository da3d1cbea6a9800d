"""Where the rows and labels of a horizontal figure go; bars and ranges share it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detente.render.svg import MUTED, SIZE, lines_of_text, measure, tag, wrap

_LINE = SIZE + 3
_ROW = 19.0
_GAP = 12.0
_NARROW = 420.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One row: its label, its numbers and how the middle is written."""

    label: str
    low: float
    mid: float
    high: float
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of one colour."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Labels drawn, the middle of every row, band by band, and the stretches that rules may cross."""

    left: float
    height: float
    labels: str
    middles: tuple[tuple[float, ...], ...]
    spans: tuple[tuple[float, float], ...]


def place(bands: Sequence[Band], width: float) -> Placed:
    """Return labels and rows: beside the marks, above them where narrow, in two columns where short."""
    labels = [mark.label for band in bands for mark in band.marks]
    if any(labels) and all(len(label) <= 3 for label in labels):
        return _in_columns(bands, width)
    return _above(bands, width) if width < _NARROW else _beside(bands, width)


def _in_columns(bands: Sequence[Band], width: float) -> Placed:
    names = min(max(measure(b.name, 1.16 * SIZE) for b in bands), 0.3 * width)
    top, drawn, middles = 2.0, [], []
    for band in bands:
        rows = tuple(top + _ROW * (i + 0.5) for i in range(len(band.marks)))
        middles.append(rows)
        lines = wrap(band.name, names, 3)
        middle = top + _ROW * len(rows) / 2
        start = middle - _LINE * (len(lines) - 1) / 2 + 4
        drawn.append(lines_of_text(lines, names, start, text_anchor="end", font_weight="600"))
        drawn += [
            tag("text", m.label, x=names + 20, y=y + 4, text_anchor="end")
            for m, y in zip(band.marks, rows, strict=True)
        ]
        top = max(rows[-1] + _ROW / 2, start + _LINE * (len(lines) - 1)) + _GAP
    return Placed(names + 30, top - _GAP, "".join(drawn), tuple(middles), _whole(middles))


def _titled(band: Band) -> tuple[str, tuple[str, ...]]:
    """Return heading and row labels; a band of one unnamed row needs no heading."""
    if len(band.marks) == 1 and not band.marks[0].label:
        return "", (band.name,)
    return band.name, tuple(mark.label for mark in band.marks)


def _beside(bands: Sequence[Band], width: float) -> Placed:
    texts = [text for band in bands for text in _titled(band)[1]] + [m.note for b in bands for m in b.marks]
    column = min(max(map(measure, texts), default=0.0) + 2, 0.42 * width)

    def row(lines: tuple[str, ...], notes: tuple[str, ...], top: float) -> tuple[float, float, float]:
        count = len(lines) + len(notes)
        height = max(_ROW, _LINE * count + 6)
        return top + height / 2 - _LINE * (count - 1) / 2 + 4, top + height / 2, top + height

    drawn, middles, height = _stacked(bands, column, row)
    return Placed(column + 14, height, drawn, middles, _whole(middles))


def _above(bands: Sequence[Band], width: float) -> Placed:
    def row(lines: tuple[str, ...], notes: tuple[str, ...], top: float) -> tuple[float, float, float]:
        below = top + _LINE * (len(lines) + len(notes))
        return top + SIZE, below + _ROW / 2, below + _ROW + 4

    drawn, middles, height = _stacked(bands, width, row)
    each = tuple((y - _ROW / 2, y + _ROW / 2) for rows in middles for y in rows)
    return Placed(2.0, height, drawn, middles, each)


def _whole(middles: Sequence[Sequence[float]]) -> tuple[tuple[float, float], ...]:
    """Return one stretch for each band."""
    return tuple((rows[0] - _ROW / 2, rows[-1] + _ROW / 2) for rows in middles)


def _stacked(
    bands: Sequence[Band],
    column: float,
    row: Callable[[tuple[str, ...], tuple[str, ...], float], tuple[float, float, float]],
) -> tuple[str, tuple[tuple[float, ...], ...], float]:
    """Return drawn labels, row middles and height; `row` gives first baseline, middle and bottom of a row."""
    top, drawn, middles = 2.0, [], []
    for band in bands:
        heading, labels = _titled(band)
        if heading:
            drawn.append(lines_of_text(wrap(heading, 2 * column, 1), 0.0, top + SIZE, font_weight="600"))
            top += _LINE + 4
        rows = []
        for label, mark in zip(labels, band.marks, strict=True):
            lines, notes = wrap(label, column), wrap(mark.note, column)
            first, middle, top = row(lines, notes, top)
            drawn.append(lines_of_text(lines, 0.0, first))
            drawn.append(lines_of_text(notes, 0.0, first + _LINE * len(lines), fill_opacity=MUTED))
            rows.append(middle)
        middles.append(tuple(rows))
        top += _GAP if heading else 0
    return "".join(drawn), tuple(middles), top
