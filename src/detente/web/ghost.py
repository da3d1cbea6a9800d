"""Ranges with the case on file behind them: a grey ghost, a dashed tick, and the difference at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente.page import Range, Ranges
from detente.render.svg import Picture, measure, tag, tone
from detente.words import signed

_ROW, _GAP, _LEFT, _RIGHT, _FOOT = 24.0, 16.0, 4.0, 52.0, 26.0
_BAR, _GHOST = 15.0, 7.0


def ghosted(block: Ranges, base: Ranges | None, width: float) -> Picture:
    """Return ranges over those of the case on file, matched by what each stands for.

    Parameters
    ----------
    block : Ranges
        Of the variant.
    base : Ranges or None
        Of the case on file; a range without its like there has no ghost.
    width : float
        Pixels at which the picture will be shown.
    """
    ghosts = {(g.name, r.key or r.label): r for g in (base.groups if base else ()) for r in g.ranges}
    rows = [r for g in block.groups for r in g.ranges]
    shown = [
        *rows,
        *(x for g in block.groups for r in g.ranges if (x := ghosts.get((g.name, r.key or r.label)))),
    ]
    low = min([block.reference, *(r.low for r in shown)], default=0.0)
    high = max([block.reference, *(r.high for r in shown)], default=1.0)
    names = max((measure(g.name) for g in block.groups), default=0.0)
    left = _LEFT + names + 12 + max((measure(r.label) for r in rows), default=0.0) + 12
    span = max(high - low, 1e-9)

    def at(x: float) -> float:
        return left + (x - low) / span * max(width - left - _RIGHT, 40.0)

    body, y = [], 6.0
    marks, words = [], []
    for index, group in enumerate(block.groups):
        colour = {"class_": f"g{index % 8}", "fill": tone(index)}
        marks.append(tag("text", group.name, x=_LEFT, y=y + _ROW / 2 + 4))
        for r in group.ranges:
            middle = y + _ROW / 2
            ghost = ghosts.get((group.name, r.key or r.label))
            marks.append(tag("text", r.label, x=left - 12, y=middle + 4, text_anchor="end", opacity="0.72"))
            marks += _bar(r, ghost, middle, at, colour)
            words.append(_spoken(group.name, r, ghost))
            y += _ROW
        y += _GAP
    for tick in _ticks(low, high):
        body.append(
            tag("line", x1=at(tick), x2=at(tick), y1=2.0, y2=y, stroke="currentColor", stroke_opacity="0.14")
        )
        marks.append(
            tag(
                "text",
                f"{tick:g}".replace("-", "−"),
                x=at(tick),
                y=y + 18,
                text_anchor="middle",
                opacity="0.72",
            )
        )
    zero = at(block.reference)
    body.append(tag("line", x1=zero, x2=zero, y1=2.0, y2=y, stroke="currentColor", stroke_width="1.5"))
    return Picture(width, y + _FOOT, "".join([*body, *marks]), block.title, " ".join(words))


def _bar(
    r: Range, ghost: Range | None, y: float, at: Callable[[float], float], colour: Mapping[str, str]
) -> list[str]:
    parts = []
    if ghost is not None:
        parts.append(_pill(ghost, at, y, _GHOST, rx="3.5", fill="currentColor", fill_opacity="0.34"))
    parts.append(_pill(r, at, y, _BAR, rx="7", fill_opacity="0.42", **colour))
    if ghost is not None:
        x = at(ghost.mid)
        parts.append(
            tag("line", x1=x, x2=x, y1=y - 11, y2=y + 11, stroke="currentColor", stroke_dasharray="2 2")
        )
    parts.append(tag("rect", x=at(r.mid) - 1.5, y=y - 9, width=3.0, height=18.0, **colour))
    end = max(at(r.high), at(ghost.high) if ghost else 0.0)
    text = _change(r, ghost)
    return [*parts, tag("text", text, x=end + 8, y=y + 4, font_weight="600", **colour)] if text else parts


def _pill(r: Range, at: Callable[[float], float], y: float, height: float, **look: str) -> str:
    """Return a range from end to end, at least a pixel wide."""
    width = max(at(r.high) - at(r.low), 1.0)
    return tag("rect", x=at(r.low), y=y - height / 2, width=width, height=height, **look)


def _change(r: Range, ghost: Range | None) -> str:
    """Return the middle where nothing stands behind it, else how far it moved."""
    if ghost is None:
        return signed(r.mid)
    moved = signed(r.mid - ghost.mid)
    return "" if moved == "0" else moved


def _spoken(name: str, r: Range, ghost: Range | None) -> str:
    said = f"{name}, {r.label}: {signed(r.low)} to {signed(r.high)}, middle {signed(r.mid)}"
    return f"{said}; on file {signed(ghost.mid)}." if ghost else f"{said}."


def _ticks(low: float, high: float) -> list[float]:
    """Return round numbers along the scale, about five.

    Examples
    --------
    >>> _ticks(-11, 48)
    [0.0, 20.0, 40.0]
    """
    span = max(high - low, 1e-9)
    step = next(s * 10.0**e for e in range(-6, 9) for s in (1, 2, 5) if span / (s * 10.0**e) <= 5)
    first = int(-(-low // step))
    return [k * step for k in range(first, int(high // step) + 1)]
