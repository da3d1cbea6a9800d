"""Lines with bands, each named at its end or below, told apart by dash as well as by colour."""

from __future__ import annotations

from collections.abc import Sequence

from detente.page import Lines, Series
from detente.render.numbers import Style, digits_for, finite
from detente.render.plain import clean
from detente.render.svg import SIZE, Picture, lines_of_text, measure, number, tag, tone, wrap
from detente.render.svg_plane import Plane, Side, exact, frame, plane, whole
from detente.render.tables import lines_style

_DASHES = (None, "7 3", "2 3", "9 3 2 3", "4 2", "12 4", "1 3", "6 2 1 2 1 2")
_LINE = SIZE + 3
_SAMPLE = 34.0
"""Pixels of a line shown beside its name: one period of the longest dash."""
_EDGE = 12.0
"""Pixels left of a plot's end where no names stand: half a tick label."""
_TREAD = 1.5
"""Pixels below which a change is not drawn by itself."""


def lines_picture(block: Lines, width: float) -> Picture:
    """Return lines over one horizontal scale, stepped where survival is shown.

    Parameters
    ----------
    block : Lines
        Series, each with an optional band.
    width : float
        Pixels at which the picture will be shown.

    Raises
    ------
    ValueError
        If a value is not finite or a series has unequal lengths.
    """
    style = lines_style(block)
    xs = finite((x for s in block.series for x in s.x), block.title)
    across = Style(digits=digits_for(xs or (0.0,)))
    drawn = [s for s in block.series if s.x]
    height = round(min(240.0, 0.5 * width))
    names = _beside([s.name for s in drawn], 0.32 * width, height)
    room = max((measure(line) for lines in names for line in lines), default=_EDGE) + 12
    side = exact(xs, across, block.x_label, (width - room) / 80)
    plot = plane(width, room, height, (side, _vertical(block, style, height / 50)))
    body = [frame(plot, width, upright=False)]
    body += [_band(s, i, plot, block.step) for i, s in enumerate(drawn) if s.low and s.high]
    body += [_line(s, i, plot, block.step) for i, s in enumerate(drawn)]
    if names:
        body += _names([(plot.up(s.y[-1]), lines) for s, lines in zip(drawn, names, strict=True)], plot)
        bottom = plot.height
    else:
        key, bottom = _key(drawn, width, plot.height)
        body += key
    return Picture(width, bottom, "".join(body), block.title, _spoken(drawn, style, across))


def _beside(names: Sequence[str], width: float, height: float) -> list[tuple[str, ...]]:
    """Return names as they fit beside a plot, in lines; nothing where one would have to be cut."""
    for most in (2, 3):
        found = [wrap(name, width, most) for name in names]
        uncut = all(
            " ".join(lines) == " ".join(clean(name).split()) for lines, name in zip(found, names, strict=True)
        )
        if uncut and _LINE * sum(map(len, found)) <= height + _LINE:
            return found
    return []


def _key(series: Sequence[Series], width: float, top: float) -> tuple[list[str], float]:
    """Return names below the plot, each after a piece of its line, the line that ends highest first."""
    drawn, y = [], top + 4
    for i in sorted(range(len(series)), key=lambda i: (-series[i].y[-1], i)):
        lines = wrap(series[i].name, width - _SAMPLE - 10)
        drawn.append(tag("path", d=f"M0 {number(y + SIZE / 2 + 1)}H{number(_SAMPLE)}", **_stroke(i)))
        look = {"class_": f"g{i % 8}", "fill": tone(i), "font_weight": "600"}
        drawn.append(lines_of_text(lines, _SAMPLE + 10, y + SIZE, **look))
        y += _LINE * len(lines) + 2
    return drawn, y + 4


def _vertical(block: Lines, style: Style, count: float) -> Side:
    """Return the vertical scale; shares always have the whole of 0 to 1, so that slopes compare."""
    values = [v for s in block.series for v in (*s.y, *s.low, *s.high)]
    shares = style.is_share and all(0 <= v <= 1 for v in values)
    return whole([0.0, 1.0] if shares else values, style, block.y_label, count)


def _points(xs: Sequence[float], ys: Sequence[float], plot: Plane) -> list[tuple[float, float]]:
    """Return the corners in pixels, without those too close to the one before for an eye to part them."""
    every = [(plot.across(x), plot.up(y)) for x, y in zip(xs, ys, strict=True)]
    kept = every[:1]
    for point in every[1:-1]:
        if point[0] - kept[-1][0] >= _TREAD or abs(point[1] - kept[-1][1]) >= _TREAD:
            kept.append(point)
    return kept + every[1:][-1:]


def _walk(points: Sequence[tuple[float, float]], step: bool, back: bool = False) -> str:
    """Return the way from the first point to the last; a stepped level lasts until the next point."""
    (x, y), *rest = points
    pieces = [f"{number(x)} {number(y)}"]
    for across, up in rest:
        if step:
            tread, riser = f"H{number(across)}", f"V{number(up)}"
            pieces += [riser, tread] if back else [tread, riser]
        else:
            pieces.append(f"L{number(across)} {number(up)}")
    return "".join(pieces)


def _line(series: Series, index: int, plot: Plane, step: bool) -> str:
    return tag(
        "path",
        d="M" + _walk(_points(series.x, series.y, plot), step),
        stroke_linejoin="round",
        **_stroke(index),
    )


def _stroke(index: int) -> dict[str, str | None]:
    """Return colour and dash of a line."""
    return {
        "class_": f"l{index % 8}",
        "stroke": tone(index),
        "stroke_width": "2.2",
        "stroke_dasharray": _DASHES[index % 8],
        "fill": "none",
    }


def _band(series: Series, index: int, plot: Plane, step: bool) -> str:
    upper = _walk(_points(series.x, series.high, plot), step)
    lower = _walk(_points(series.x, series.low, plot)[::-1], step, back=True)
    return tag("path", d=f"M{upper}L{lower}Z", class_=f"g{index % 8}", fill=tone(index), fill_opacity="0.14")


def _names(ends: Sequence[tuple[float, tuple[str, ...]]], plot: Plane) -> list[str]:
    """Return each name beside its line's end, moved apart where two would touch."""
    order = sorted(range(len(ends)), key=lambda i: (ends[i][0], i))
    tops: dict[int, float] = {}
    free = -1e9
    for i in order:
        tops[i] = max(ends[i][0] - _LINE * len(ends[i][1]) / 2, free)
        free = tops[i] + _LINE * len(ends[i][1])
    limit = plot.bottom + _LINE / 2
    for i in reversed(order):
        tops[i] = min(tops[i], limit - _LINE * len(ends[i][1]))
        limit = tops[i]
    return [
        lines_of_text(
            lines, plot.right + 8, tops[i] + SIZE, class_=f"g{i % 8}", fill=tone(i), font_weight="600"
        )
        for i, (_, lines) in enumerate(ends)
    ]


def _spoken(series: Sequence[Series], style: Style, across: Style) -> str:
    """Return where each line starts and ends, in words."""
    parts = [
        f"{s.name}: " + " to ".join(f"{style.write(s.y[i])} at {across.write(s.x[i])}" for i in (0, -1))
        for s in series
    ]
    return "; ".join(parts) + "."
