"""A strip: who stands where above a scale, how likely each stretch is on it, and its named places below."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from detente.page import Stand, Strip, Tick
from detente.render.numbers import Style, finite
from detente.render.plain import clean
from detente.render.svg import MUTED, SIZE, Picture, measure, number, tag, tone, wrap

_TALL = 46.0  # pixels of the likeliest stretch
_LARGEST = 11.0  # radius of the heaviest
_GAP = 5.0
_LINE = SIZE + 5

Across = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class _Laid:
    """Something laid on a row: its row from the scale outwards, its place, and where its text begins."""

    row: int
    at: float
    text: float


def strip_picture(block: Strip, width: float) -> Picture:
    """Return actors as circles over a profile of chances, with the named places under the scale.

    Parameters
    ----------
    block : Strip
    width : float
        Pixels at which the picture will be shown.

    Raises
    ------
    ValueError
        If a number is not finite.
    """
    finite((v for s in block.stands for v in (s.at, s.weight)), block.title)
    finite((v for t in block.ticks for v in (t.at, t.chance)), block.title)
    finite(block.shares, block.title)
    edge, low = _LARGEST + 2, min(block.low, block.start)
    span = (max(block.high, block.start + len(block.shares) * block.stretch) - low) or 1.0

    def across(value: float) -> float:
        return edge + min(max((value - low) / span, 0.0), 1.0) * (width - 2 * edge)

    crowd, top = _crowd(block.stands, across, width)
    base = top + _TALL
    line = tag("path", d=f"M{number(edge)} {number(base)}H{number(width - edge)}", stroke="currentColor")
    places, bottom = _places(block, across, base, width)
    body = "".join([*crowd, *_profile(block, across, base), line, *places])
    return Picture(width, bottom, body, block.title, _spoken(block))


def _crowd(stands: Sequence[Stand], across: Across, width: float) -> tuple[list[str], float]:
    """Return the circles with their names, the heaviest nearest to the scale, and where they end."""
    order = sorted(stands, key=lambda s: (-s.weight, s.at))
    largest = max((s.weight for s in order), default=1.0) or 1.0
    radii = [max(3.0, _LARGEST * math.sqrt(max(s.weight, 0.0) / largest)) for s in order]
    names = ["".join(wrap(s.label, 0.5 * width, 1)) for s in order]
    laid = list(_lay([(across(s.at), r, n) for s, r, n in zip(order, radii, names, strict=True)], width))
    rows = [
        max((r for r, at in zip(radii, laid, strict=True) if at.row == k), default=0.0) for k in _rows(laid)
    ]
    heights = [max(2 * r, _LINE) + 3 for r in rows]
    top, drawn = sum(heights) + 2, []
    for at, r, name in zip(laid, radii, names, strict=True):
        y = top - sum(heights[: at.row]) - heights[at.row] / 2
        drawn.append(tag("circle", cx=at.at, cy=y, r=r, class_="g0", fill=tone(0), fill_opacity="0.8"))
        drawn.append(tag("text", name, x=at.text, y=y + 4))
    return drawn, top


def _rows(laid: Sequence[_Laid]) -> range:
    return range(max((at.row for at in laid), default=-1) + 1)


def _lay(marks: Sequence[tuple[float, float, str]], width: float) -> Iterator[_Laid]:
    """Yield a free row and side for each mark, in their order: right of it, or left near the right edge."""
    taken: list[list[tuple[float, float]]] = []
    for x, r, name in marks:
        long = measure(name)
        right = x + r + _GAP + long <= width
        left = x - r if right else max(0.0, x - r - _GAP - long)
        end = x + r + _GAP + long if right else x + r
        row = next(
            (k for k, row in enumerate(taken) if all(end + 8 < a or b + 8 < left for a, b in row)), None
        )
        if row is None:
            row = len(taken)
            taken.append([])
        taken[row].append((left, end))
        yield _Laid(row, x, x + r + _GAP if right else left)


def _profile(block: Strip, across: Across, base: float) -> list[str]:
    """Return one column a stretch, the likeliest in full height."""
    top = max(block.shares, default=0.0) or 1.0
    drawn = []
    for k, share in enumerate(block.shares):
        left, right = (across(block.start + (k + end) * block.stretch) for end in (0, 1))
        tall = max(share, 0.0) / top * (_TALL - 6)
        drawn.append(
            tag("rect", x=left + 0.5, y=base - tall, width=max(right - left - 1, 0.5), height=tall,
                class_="g1", fill=tone(1), fill_opacity="0.45")
        )  # fmt: skip
    return drawn


def _places(block: Strip, across: Across, base: float, width: float) -> tuple[list[str], float]:
    """Return the named places with their chances, each on the first row where it has room."""
    drawn, taken = [], list[list[tuple[float, float]]]()
    for t in block.ticks:
        chance, name = _words(block, t, min(width, 320.0))
        x, long = across(t.at), measure(f"{chance} {name}") + 8
        left = min(max(0.0, x - long / 2), max(0.0, width - long))
        row = next((k for k, r in enumerate(taken) if all(left > b or left + long < a for a, b in r)), None)
        if row is None:
            row = len(taken)
            taken.append([])
        taken[row].append((left, left + long))
        y = base + 22 + row * _LINE
        down = f"M{number(x)} {number(base)}V{number(y - SIZE)}"
        drawn.append(tag("path", d=down, stroke="currentColor", stroke_opacity="0.45"))
        if t.base:
            corners = ((x, base + 1), (x - 5, base + 9), (x + 5, base + 9))
            drawn.append(tag("polygon", points=" ".join(f"{number(a)},{number(b)}" for a, b in corners)))
        loud = {"font_weight": "600"} if t.base else {"fill_opacity": MUTED}
        drawn.append(tag("text", chance, x=left, y=y, font_weight="600", class_="halo"))
        drawn.append(tag("text", name, x=left + measure(f"{chance} "), y=y, class_="halo", **loud))
    return drawn, base + 22 + max(len(taken), 1) * _LINE - SIZE + 4


def _words(block: Strip, tick: Tick, room: float) -> tuple[str, str]:
    """Return the chance and the name of a place as they are written under it."""
    chance = Style("chance").write(tick.chance)
    note = f" ({clean(block.base_label)})" if tick.base and block.base_label else ""
    lines = wrap(f"{clean(tick.label)}{note}", room - measure(f"{chance}  "), 1)
    return chance, lines[0] if lines else ""


def _spoken(block: Strip) -> str:
    """Return who stands where and the likeliest place, in words."""
    stood = "; ".join(f"{clean(s.label)} at {s.at:g}" for s in block.stands)
    best = max(block.ticks, key=lambda t: t.chance, default=None)
    likely = f" Likeliest place: {clean(best.label)}, {Style('chance').write(best.chance)}." if best else ""
    return f"{stood}.{likely}" if stood else likely.strip()
