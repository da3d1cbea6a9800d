"""The funnel as one picture, for saving; the page itself shows it as a list."""

from __future__ import annotations

from detente.page import Funnel
from detente.render.svg import ACCENT, MUTED, SIZE, Picture, lines_of_text, measure, tag, wrap

_LINE = SIZE + 4
_BAR = 8.0


def funnel_picture(block: Funnel, width: float) -> Picture:
    """Return one row for each step: its count, its name, what removed the rest, and a bar in proportion.

    Parameters
    ----------
    block : Funnel
    width : float
        Pixels at which the picture will be shown.
    """
    most = max((step.count for step in block.steps), default=0) or 1
    left = max((measure(f"{step.count:,}") for step in block.steps), default=0.0) * 1.25 + 14
    top, drawn = 2.0, []
    for step in block.steps:
        base = top + SIZE
        drawn.append(
            tag("text", f"{step.count:,}", x=left - 14, y=base, text_anchor="end", font_weight="600")
        )
        names = wrap(step.label, width - left)
        drawn.append(lines_of_text(names, left, base, font_weight="600"))
        killers = wrap(step.killer, width - left, 3)
        drawn.append(lines_of_text(killers, left, base + _LINE * len(names), fill_opacity=MUTED))
        top += _LINE * (len(names) + len(killers)) + 2
        full = {"x": left, "y": top, "height": _BAR, "rx": "2"}
        drawn.append(tag("rect", width=width - left, fill_opacity="0.08", **full))
        drawn.append(tag("rect", width=(width - left) * step.count / most, fill=ACCENT, **full))
        top += _BAR + 12
    spoken = "; ".join(f"{step.label}: {step.count:,}" for step in block.steps)
    return Picture(width, top, "".join(drawn), block.title, f"{spoken}.")
