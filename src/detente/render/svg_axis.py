"""The horizontal scale of a figure: its ticks, hairlines and the strong line marks are read against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.render.numbers import Style, ticks
from detente.render.svg import MUTED, measure, number, tag
from detente.render.svg_rows import Band, Placed

DEPTH = 24.0
"""Pixels below the rows that the tick labels take."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear map from values to pixels, with the ticks that lie on it."""

    left: float
    right: float
    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Return the pixel of a value."""
        return self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)


def scale(bands: Sequence[Band], placed: Placed, width: float, anchor: float, style: Style) -> Scale:
    """Return the scale that holds all marks and the anchor, with room for the values written at its right."""
    marks = [mark for band in bands for mark in band.marks]
    low, high = min(anchor, *(m.low for m in marks)), max(anchor, *(m.high for m in marks))
    if high <= low:
        high = low + (abs(low) or 1.0)
    right = width - max(measure(m.text, 13.0) for m in marks) - 12
    covered = ticks(low, high, max(3, int((right - placed.left) / 70)))
    inside = tuple(t for t in covered if low - 1e-9 <= t <= high + 1e-9)
    left = max(placed.left, max((measure(style.tick(t)) / 2 for t in inside[:1]), default=0.0))
    return Scale(left, right, low, high, inside)


def axis(across: Scale, placed: Placed, style: Style, named: tuple[float, str] | None = None) -> str:
    """Return hairlines and tick labels; a named value replaces the tick labels it would touch."""
    taken: list[tuple[float, float]] = []
    drawn = []
    base = placed.height + 15
    if named is not None:
        half = measure(named[1]) / 2
        middle = max(across.at(named[0]), half)
        taken.append((middle - half - 8, middle + half + 8))
        drawn.append(tag("text", named[1], x=middle, y=base, text_anchor="middle"))
    for value in across.ticks:
        x = across.at(value)
        drawn.append(rule(x, placed, stroke_opacity="0.14"))
        half = measure(style.tick(value)) / 2
        if all(x + half < low or x - half > high for low, high in taken):
            taken.append((x - half - 8, x + half + 8))
            label = tag("text", style.tick(value), x=x, y=base, text_anchor="middle", fill_opacity=MUTED)
            drawn.append(label)
    return "".join(drawn)


def rule(x: float, placed: Placed, **stroke: str) -> str:
    """Return a vertical line through the rows, leaving out the labels between them."""
    path = "".join(f"M{number(x)} {number(top)}V{number(bottom)}" for top, bottom in placed.spans)
    return tag("path", d=path, stroke="currentColor", **stroke)
