"""Intervals by actor and horizontal bars, drawn at a given width."""

from __future__ import annotations

from detente.page import Bars, Ranges
from detente.render.numbers import Style
from detente.render.svg import ACCENT, MUTED, Picture, number, tag, tone
from detente.render.svg_axis import DEPTH, Scale, axis, rule, scale
from detente.render.svg_rows import Band, Mark, place
from detente.render.tables import bars_style, ranges_style

_BAR = 9.0


def ranges_picture(block: Ranges, width: float) -> Picture:
    """Return intervals around a reference line, one colour for each group.

    Parameters
    ----------
    block : Ranges
        Groups of intervals on one scale.
    width : float
        Pixels at which the picture will be shown.

    Raises
    ------
    ValueError
        If a value is not a finite number.
    """
    style = ranges_style(block)
    bands = tuple(
        Band(g.name, tuple(Mark(r.label, r.low, r.mid, r.high, style.write(r.mid)) for r in g.ranges))
        for g in block.groups
        if g.ranges
    )
    if not bands:
        return _empty(block.title, width)
    placed = place(bands, width)
    named = block.reference_label or style.write(block.reference)
    across = scale(bands, placed, width, block.reference, style)
    body = [axis(across, placed, style, (block.reference, named))]
    for i, (band, rows) in enumerate(zip(bands, placed.middles, strict=True)):
        body += [_range(mark, y, across, i) for mark, y in zip(band.marks, rows, strict=True)]
    body += [rule(across.at(block.reference), placed, stroke_width="1.5"), placed.labels]
    return Picture(width, placed.height + DEPTH, "".join(body), block.title, _spoken(bands, style))


def _range(mark: Mark, y: float, across: Scale, group: int) -> str:
    left, middle, right = across.at(mark.low), across.at(mark.mid), across.at(mark.high)
    colour = {"class_": f"g{group % 8}", "fill": tone(group)}
    body = tag(
        "rect",
        x=left,
        y=y - _BAR / 2,
        width=max(right - left, 1.0),
        height=_BAR,
        rx="4",
        fill_opacity="0.4",
        **colour,
    )
    tick = tag("rect", x=middle - 1.5, y=y - 7.5, width=3.0, height=15.0, **colour)
    return body + tick + tag("text", mark.text, x=right + 7, y=y + 4, font_weight="600", **colour)


def bars_picture(block: Bars, width: float) -> Picture:
    """Return bars from zero with their intervals as thin lines.

    Parameters
    ----------
    block : Bars
        Values on one scale.
    width : float
        Pixels at which the picture will be shown.

    Raises
    ------
    ValueError
        If a value is not a finite number.
    """
    style = bars_style(block)
    if not block.bars:
        return _empty(block.title, width)
    marks = tuple(
        Mark(
            b.label,
            min(b.value, b.value if b.low is None else b.low),
            b.value,
            max(b.value, b.value if b.high is None else b.high),
            style.write(b.value),
            b.note,
        )
        for b in block.bars
    )
    bands = (Band("", marks),)
    placed = place(bands, width)
    across = scale(bands, placed, width, 0.0, style)
    body = [axis(across, placed, style)]
    body += [_bar(mark, y, across) for mark, y in zip(marks, placed.middles[0], strict=True)]
    body += [rule(across.at(0.0), placed, stroke_width="1.5"), placed.labels]
    return Picture(width, placed.height + DEPTH, "".join(body), block.title, _spoken(bands, style))


def _bar(mark: Mark, y: float, across: Scale) -> str:
    zero, end = across.at(0.0), across.at(mark.mid)
    low, high = across.at(mark.low), across.at(mark.high)
    bar = tag(
        "rect",
        x=min(zero, end),
        y=y - _BAR / 2,
        width=max(abs(end - zero), 1.0),
        height=_BAR,
        class_="accent",
        fill=ACCENT,
        fill_opacity="0.75",
    )
    whisker = ""
    if high > low:
        ends = f"M{number(low)} {number(y - 4)}v8M{number(high)} {number(y - 4)}v8"
        path = f"M{number(low)} {number(y)}H{number(high)}{ends}"
        whisker = tag("path", d=path, stroke="currentColor", stroke_width="1.25", fill="none")
    text = tag("text", mark.text, x=max(end, high, zero) + 7, y=y + 4, font_weight="600")
    return bar + whisker + text


def _spoken(bands: tuple[Band, ...], style: Style) -> str:
    """Return the picture in words; long figures are named, their numbers stand in the table below."""
    parts = [
        f"{' '.join(part for part in (band.name, mark.label) if part)}: {mark.text}"
        + (f" ({style.span(mark.low, mark.high)})" if mark.high > mark.low else "")
        for band in bands
        for mark in band.marks
    ]
    more = f"; and {len(parts) - 12} more in the table" if len(parts) > 12 else ""
    return "; ".join(parts[:12]) + more + "."


def _empty(title: str, width: float) -> Picture:
    text = tag("text", "Nothing to show here.", x=0.0, y=16.0, fill_opacity=MUTED)
    return Picture(width, 24.0, text, title, "Nothing to show here.")
