"""A plot with two scales: its margins, hairlines and tick labels; lines and scatters share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.render.numbers import Style, ticks
from detente.render.svg import MUTED, SIZE, measure, number, tag, wrap

_TOP = 26.0
_BELOW = 38.0


@dataclass(frozen=True, slots=True)
class Side:
    """One scale of a plot: its ends, its ticks, how they are written, and its name."""

    low: float
    high: float
    ticks: tuple[float, ...]
    style: Style
    name: str


@dataclass(frozen=True, slots=True)
class Plane:
    """The plot's rectangle in pixels and the two scales on it."""

    left: float
    right: float
    bottom: float
    x: Side
    y: Side

    def across(self, value: float) -> float:
        """Return the pixel of a value on the horizontal scale."""
        return self.left + (value - self.x.low) / (self.x.high - self.x.low) * (self.right - self.left)

    def up(self, value: float) -> float:
        """Return the pixel of a value on the vertical scale."""
        return self.bottom - (value - self.y.low) / (self.y.high - self.y.low) * (self.bottom - _TOP)

    @property
    def height(self) -> float:
        """Pixels of the whole picture."""
        return self.bottom + _BELOW


def whole(values: Sequence[float], style: Style, name: str, count: float) -> Side:
    """Return a side that ends on round numbers.

    Examples
    --------
    >>> whole([-3, 17], Style(), "gain", 4).ticks
    (-5.0, 0.0, 5.0, 10.0, 15.0, 20.0)
    """
    covered = ticks(min(values, default=0.0), max(values, default=1.0), max(2, int(count)))
    return Side(covered[0], covered[-1], covered, style, name)


def exact(values: Sequence[float], style: Style, name: str, count: float) -> Side:
    """Return a side from the least to the greatest value; few distinct values are themselves the ticks.

    Examples
    --------
    >>> exact([0, 30, 90, 365], Style(), "days", 5).ticks
    (0, 30, 90, 365)
    """
    low, high = min(values, default=0.0), max(values, default=1.0)
    high = high if high > low else low + 1.0
    distinct = tuple(sorted(set(values)))
    round_ones = tuple(t for t in ticks(low, high, max(2, int(count))) if low <= t <= high)
    return Side(low, high, distinct if 1 < len(distinct) <= 7 else round_ones, style, name)


def plane(width: float, room: float, height: float, sides: tuple[Side, Side]) -> Plane:
    """Return the plot with room at the left for its tick labels and at the right for names."""
    x, y = sides
    left = max((measure(y.style.tick(t)) for t in y.ticks), default=0.0) + 10
    return Plane(left, width - room, _TOP + height, x, y)


def frame(plot: Plane, width: float, upright: bool) -> str:
    """Return hairlines, tick labels and the names of both scales; upright hairlines only on request."""
    drawn = [tag("text", line, x=0.0, y=SIZE, fill_opacity=MUTED) for line in wrap(plot.y.name, width, 1)]
    for value in plot.y.ticks:
        y = plot.up(value)
        drawn.append(_hairline(f"M{number(plot.left)} {number(y)}H{number(plot.right)}"))
        written = plot.y.style.tick(value)
        drawn.append(tag("text", written, x=plot.left - 8, y=y + 4, text_anchor="end", fill_opacity=MUTED))
    free = -1e9
    for value in plot.x.ticks:
        x, written = plot.across(value), plot.x.style.tick(value)
        if upright:
            drawn.append(_hairline(f"M{number(x)} {number(_TOP)}V{number(plot.bottom)}"))
        half = measure(written) / 2
        if x - half > free:
            free = x + half + 6
            drawn.append(
                tag("text", written, x=x, y=plot.bottom + 16, text_anchor="middle", fill_opacity=MUTED)
            )
    names = wrap(plot.x.name, width - plot.left, 1)
    drawn += [tag("text", line, x=plot.left, y=plot.bottom + 33, fill_opacity=MUTED) for line in names]
    return "".join(drawn)


def _hairline(path: str) -> str:
    return tag("path", d=path, stroke="currentColor", stroke_opacity="0.14")
