"""The timeline as one picture, for saving; the page itself shows it as a list."""

from __future__ import annotations

from detente.page import Timeline
from detente.render.svg import ACCENT, MUTED, SIZE, Picture, lines_of_text, tag, wrap

_LEFT, _RADIUS = 26.0, 5.0
_LINE = SIZE + 2
_LINES = 6
"""Most lines of one event. Judgement: twice what a sentence takes."""


def timeline_picture(block: Timeline, width: float) -> Picture:
    """Return events down a line: what has happened as a full ring, what is expected as a dashed one.

    Parameters
    ----------
    block : Timeline
    width : float
        Pixels at which the picture will be shown.
    """
    top, drawn, rings = 2.0, [], []
    for event in block.events:
        dash = None if event.done else "2 2"
        ring = {"fill": "none", "stroke": ACCENT, "stroke_width": "2", "stroke_dasharray": dash}
        rings.append(tag("circle", cx=_RADIUS + 3, cy=top + SIZE / 2 + 2, r=_RADIUS, **ring))
        drawn.append(tag("text", event.when, x=_LEFT, y=top + SIZE, fill_opacity=MUTED))
        body = wrap(event.body, width - _LEFT, _LINES)
        drawn.append(lines_of_text(body, _LEFT, top + _LINE + SIZE))
        top += _LINE * (1 + len(body)) + 12
    spine = [
        tag("rect", x=_RADIUS + 2.5, y=2.0, width=1.0, height=max(top - 12, 0.0), fill_opacity="0.2"),
    ]
    spoken = "; ".join(
        f"{e.when}: {e.body.rstrip('.')} ({'happened' if e.done else 'expected'})" for e in block.events
    )
    return Picture(width, top, "".join(spine + rings + drawn), block.title, f"{spoken}.")
