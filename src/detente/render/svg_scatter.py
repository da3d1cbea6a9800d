"""Marks in a plane, told apart by shape as well as by colour, labelled where there is room."""

from __future__ import annotations

import math
from dataclasses import dataclass

from detente.page import Point, Scatter
from detente.render.numbers import Style, digits_for, finite
from detente.render.plain import clean, shorten
from detente.render.svg import MUTED, SIZE, Picture, measure, number, tag, tone
from detente.render.svg_plane import Plane, frame, plane, whole

_CROWD = 40
"""Above so many marks none is labelled; the table names them."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle that a label or mark occupies."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: _Box) -> bool:
        """Return whether two rectangles overlap."""
        apart = self.right < other.left or other.right < self.left
        return not (apart or self.bottom < other.top or other.bottom < self.top)


def scatter_picture(block: Scatter, width: float) -> Picture:
    """Return labelled marks; area grows with size, shape and colour tell groups apart.

    Parameters
    ----------
    block : Scatter
        Points on two scales.
    width : float
        Pixels at which the picture will be shown.

    Raises
    ------
    ValueError
        If a number is not finite.
    """
    xs = finite((p.x for p in block.points), block.title)
    ys = finite((p.y for p in block.points), block.title)
    sizes = finite((p.size for p in block.points), block.title)
    groups = list(dict.fromkeys(p.group for p in block.points))
    height = round(min(320.0, 0.62 * width))
    across = whole(xs, Style(digits=digits_for(xs or (0.0,))), block.x_label, width / 100)
    up = whole(ys, Style(digits=digits_for(ys or (0.0,))), block.y_label, height / 55)
    plot = plane(width, 16.0, height, (across, up))
    largest = max(sizes, default=1.0) or 1.0
    body = [frame(plot, width, upright=True)]
    for p in block.points:
        body.append(_mark(_place(p, plot), _radius(p, largest), groups.index(p.group)))
    body += _labels(block.points, plot, width, largest)
    key, bottom = _key(groups, width, plot.height + 8)
    spoken = f"{len(block.points)} marks; {block.x_label} across, {block.y_label} up; the table has each."
    return Picture(width, bottom, "".join(body) + key, block.title, spoken)


def _place(point: Point, plot: Plane) -> tuple[float, float]:
    return plot.across(point.x), plot.up(point.y)


def _radius(point: Point, largest: float) -> float:
    """Return a radius whose square, the area, grows with the size."""
    return 3.5 + 4.0 * math.sqrt(max(point.size, 0.0) / largest)


def _mark(at: tuple[float, float], r: float, group: int) -> str:
    """Return a mark: four shapes, full and then hollow, so that eight groups differ without colour."""
    x, y = at
    colour = {"class_": f"g{group % 8}", "fill": tone(group), "fill_opacity": "0.75"}
    if group % 8 >= 4:
        colour = {"class_": f"l{group % 8}", "stroke": tone(group), "stroke_width": "2", "fill": "none"}
    if group % 4 == 0:
        return tag("circle", cx=x, cy=y, r=r, **colour)
    if group % 4 == 1:
        return tag("rect", x=x - r * 0.9, y=y - r * 0.9, width=r * 1.8, height=r * 1.8, **colour)
    corners = (
        ((0, -1.3), (1.2, 0.9), (-1.2, 0.9)) if group % 4 == 2 else ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0))
    )
    return tag(
        "polygon", points=" ".join(f"{number(x + a * r)},{number(y + b * r)}" for a, b in corners), **colour
    )


def _labels(points: tuple[Point, ...], plot: Plane, width: float, largest: float) -> list[str]:
    """Return labels at the first free side of their mark; one without a free side is left to the table."""
    if len(points) > _CROWD:
        return []
    taken = []
    for p in points:
        (x, y), r = _place(p, plot), _radius(p, largest)
        taken.append(_Box(x - r, y - r, x + r, y + r))
    drawn = []
    for p in points:
        (x, y), r = _place(p, plot), _radius(p, largest)
        text = shorten(clean(p.label), 24)
        long = measure(text)
        for left, base in (
            (x + r + 4, y + 4),
            (x - r - 4 - long, y + 4),
            (x - long / 2, y - r - 4),
            (x - long / 2, y + r + SIZE),
        ):
            box = _Box(left, base - SIZE + 2, left + long, base + 2)
            if left >= plot.left and box.right <= width and not any(box.touches(other) for other in taken):
                taken.append(box)
                drawn.append(tag("text", text, x=left, y=base, class_="halo"))
                break
    return drawn


def _key(groups: list[str], width: float, y: float) -> tuple[str, float]:
    """Return which shape is which group, and the height it ends at; one unnamed group needs no key."""
    if groups in ([], [""]):
        return "", y - 8
    x, drawn = 0.0, []
    for i, group in enumerate(groups):
        word = shorten(clean(group), 30) or "other"
        if x and x + 20 + measure(word) > width:
            x, y = 0.0, y + 19
        drawn.append(_mark((x + 6, y), 5.0, i))
        drawn.append(tag("text", word, x=x + 18, y=y + 4, fill_opacity=MUTED))
        x += 18 + measure(word) + 20
    return "".join(drawn), y + 12
