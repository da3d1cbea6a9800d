"""Lines and scatters by Vega-Lite, drawn without a browser; the library is loaded only when one occurs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from markupsafe import escape

from detente.page import Lines, Scatter, Series
from detente.render.numbers import SHARE, Style, digits_for, finite, ticks
from detente.render.plain import clean, shorten
from detente.render.svg import SIZE, measure, tone
from detente.render.tables import lines_style

# Pinned so that a newer library does not move a picture.
VEGA_LITE = "6.4"
_DASHES = ([1, 0], [7, 3], [2, 3], [9, 3, 2, 3], [4, 2], [12, 4], [1, 3], [6, 2, 1, 2, 1, 2])
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-left", "stroke")
_LABEL = 26

Spec = dict[str, Any]


def lines_spec(block: Lines, width: float) -> Spec:
    """Return the Vega-Lite specification of lines with bands, named at their right ends.

    Parameters
    ----------
    block : Lines
        Series over one horizontal scale.
    width : float
        Pixels of the whole picture.

    Raises
    ------
    ValueError
        If a value is not a finite number.
    """
    style = lines_style(block)
    xs = finite((x for s in block.series for x in s.x), block.title)
    names = [shorten(clean(series.name), _LABEL) for series in block.series]
    room = max((measure(name) for name in names), default=0.0) + 14
    height = round(min(260.0, width * 0.55))
    domain = _domain([v for s in block.series for v in (*s.y, *s.low, *s.high)], block.unit, height)
    layers = [_band(s, i, block.step) for i, s in enumerate(block.series) if s.low and s.high]
    layers += [_line(s, i, block.step) for i, s in enumerate(block.series)]
    layers += _names(block.series, names, domain, height)
    x = {
        "field": "x",
        "type": "quantitative",
        "scale": _x_scale(xs),
        "axis": _axis(block.x_label, width / 110),
    }
    vertical = _axis("", height / 55) | _labels(style)
    y = {"type": "quantitative", "scale": {"domain": domain, "nice": False}, "axis": vertical}
    return _frame(width, room, height) | {"layer": layers, "encoding": {"x": x, "y": y}}


def _x_scale(xs: Sequence[float]) -> Spec:
    return {"domain": [min(xs, default=0.0), max(xs, default=1.0)], "nice": False, "zero": False}


def _domain(values: Sequence[float], unit: str, height: float) -> list[float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    if unit == SHARE and low >= 0 and high <= 1:
        return [0.0, 1.0]
    covered = ticks(low, high, max(2, int(height / 55)))
    return [covered[0], covered[-1]]


def _labels(style: Style) -> Spec:
    form = ".0%" if style.unit == SHARE else f",.{style.digits}f"
    return {"format": form}


def _axis(title: str, count: float) -> Spec:
    return {"title": shorten(clean(title), 60) or None, "tickCount": max(2, int(count))}


def _frame(width: float, right: float, height: float) -> Spec:
    """Return everything but marks: fixed paddings, so that no font on the machine moves the plot."""
    left, bottom = 46.0, 40.0
    ink = {
        "labelColor": "currentColor",
        "titleColor": "currentColor",
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
    }
    lines = {
        "gridColor": "currentColor",
        "gridOpacity": 0.14,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": round(width - left - right),
        "height": height,
        "padding": {"left": left, "right": right, "top": 8, "bottom": bottom},
        "autosize": {"type": "none"},
        "background": None,
        "config": {
            "aria": False,
            "font": "sans-serif",
            "view": {"stroke": None},
            "axis": ink | lines | {"titleFontWeight": "normal", "labelOpacity": 0.72, "titleOpacity": 0.72},
            "axisX": {"grid": False},
            "text": {"color": "currentColor", "fontSize": SIZE},
        },
    }


def _rows(series: Series) -> list[Spec]:
    bounds = zip(series.low, series.high, strict=True) if series.low and series.high else None
    rows: list[Spec] = [{"x": x, "y": y} for x, y in zip(series.x, series.y, strict=True)]
    for row, (low, high) in zip(rows, bounds or (), strict=bounds is not None):
        row |= {"low": low, "high": high}
    return rows


def _line(series: Series, index: int, step: bool) -> Spec:
    mark: Spec = {"type": "line", "color": tone(index), "strokeWidth": 2.25, "strokeDash": _DASHES[index % 8]}
    if step:
        mark["interpolate"] = "step-after"
    return {"data": {"values": _rows(series)}, "mark": mark, "encoding": {"y": {"field": "y"}}}


def _band(series: Series, index: int, step: bool) -> Spec:
    mark: Spec = {"type": "area", "color": tone(index), "opacity": 0.16}
    if step:
        mark["interpolate"] = "step-after"
    return {
        "data": {"values": _rows(series)},
        "mark": mark,
        "encoding": {"y": {"field": "low"}, "y2": {"field": "high"}},
    }


def _names(
    series: Sequence[Series], names: Sequence[str], domain: Sequence[float], height: float
) -> list[Spec]:
    """Return one label at each line's end, moved apart where they would touch."""
    ends = [(s.x[-1], s.y[-1]) for s in series if s.x]
    apart = (SIZE + 3) / height * (domain[1] - domain[0])
    order = sorted(range(len(ends)), key=lambda i: (ends[i][1], i))
    heights: dict[int, float] = {}
    floor = domain[0] - apart
    for i in order:
        floor = max(ends[i][1], floor + apart)
        heights[i] = floor
    ceiling = domain[1] + apart / 2
    for i in reversed(order):
        heights[i] = ceiling = min(heights[i], ceiling)
        ceiling -= apart
    last = max((x for x, _ in ends), default=0.0)
    named = [name for name, s in zip(names, series, strict=True) if s.x]
    return [
        {
            "data": {"values": [{"x": last, "y": heights[i], "name": named[i]}]},
            "mark": {
                "type": "text",
                "align": "left",
                "dx": 8,
                "baseline": "middle",
                "fontWeight": 600,
                "fill": tone(i),
            },
            "encoding": {"y": {"field": "y"}, "text": {"field": "name"}},
        }
        for i in range(len(ends))
    ]


def scatter_spec(block: Scatter, width: float) -> Spec:
    """Return the Vega-Lite specification of a scatter: one colour and shape for each group.

    Parameters
    ----------
    block : Scatter
        Labelled marks in a plane.
    width : float
        Pixels of the whole picture.

    Raises
    ------
    ValueError
        If a value is not a finite number.
    """
    xs = finite((p.x for p in block.points), block.title)
    ys = finite((p.y for p in block.points), block.title)
    finite((p.size for p in block.points), block.title)
    height = round(min(320.0, width * 0.7))
    groups = list(dict.fromkeys(point.group for point in block.points))
    largest = max((p.size for p in block.points), default=1.0) or 1.0
    layers = [_marks(block, group, i, largest) for i, group in enumerate(groups)]
    if len(block.points) <= _LABEL:
        layers.append(_point_names(block, width))
    x = {"field": "x", "type": "quantitative", "axis": _axis(block.x_label, width / 110) | {"grid": True}}
    y = {"field": "y", "type": "quantitative", "axis": _axis("", height / 55)}
    x["scale"], y["scale"] = _padded(xs, width / 110), _padded(ys, height / 55)
    return _frame(width, 60.0, height) | {"layer": layers, "encoding": {"x": x, "y": y}}


def _padded(values: Sequence[float], count: float) -> Spec:
    covered = ticks(min(values, default=0.0), max(values, default=1.0), max(2, int(count)))
    return {"domain": [covered[0], covered[-1]], "nice": False, "zero": False}


def _marks(block: Scatter, group: str, index: int, largest: float) -> Spec:
    rows = [
        {"x": p.x, "y": p.y, "area": 30 + 130 * p.size / largest} for p in block.points if p.group == group
    ]
    return {
        "data": {"values": rows},
        "mark": {
            "type": "point",
            "filled": True,
            "opacity": 0.75,
            "color": tone(index),
            "shape": _SHAPES[index % 8],
        },
        "encoding": {"size": {"field": "area", "type": "quantitative", "scale": None}},
    }


def _point_names(block: Scatter, width: float) -> Spec:
    length = 16 if width < 420 else _LABEL
    rows = [{"x": p.x, "y": p.y, "name": shorten(clean(p.label), length)} for p in block.points]
    mark = {"type": "text", "align": "left", "dx": 9, "baseline": "middle", "opacity": 0.85}
    return {"data": {"values": rows}, "mark": mark, "encoding": {"text": {"field": "name"}}}


def draw(spec: Spec, title: str, description: str, key: str) -> str:
    """Return the picture of a specification with an accessible name and ids that are unique in a page."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    head, _, body = svg.partition(">")
    size = re.search(r'viewBox="([\d. ]+)"', head)
    if size is None:
        raise ValueError(f"the figure {title!r} could not be drawn")
    _, _, width, height = size.group(1).split()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size.group(1)}" width="{width}" height="{height}"'
        f' role="img" aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{escape(clean(title))}</title>'
        f'<desc id="{key}-d">{escape(clean(description))}</desc>{body}'
    )


def spoken_lines(block: Lines) -> str:
    """Return the lines in words: where each starts and ends."""
    style = lines_style(block)
    across = Style(digits=digits_for([x for s in block.series for x in s.x] or [0.0]))
    parts = [
        f"{s.name}: {style.write(s.y[0])} at {across.write(s.x[0])},"
        f" {style.write(s.y[-1])} at {across.write(s.x[-1])}"
        for s in block.series
        if s.x
    ]
    return "; ".join(parts) + "."


def spoken_scatter(block: Scatter) -> str:
    """Return the scatter in words: how many marks; the table has each."""
    return f"{len(block.points)} marks, {block.x_label} across and {block.y_label} up; all are in the table."
