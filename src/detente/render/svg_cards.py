"""Headline numbers as one picture and as one table, for saving; the page itself shows them as cards."""

from __future__ import annotations

from collections.abc import Sequence

from detente.page import Cell, Fact, Table
from detente.render.svg import ACCENT, MUTED, SIZE, Picture, lines_of_text, number, tag, wrap

_GAP = 28.0
_LINE = SIZE + 2
_HEAD = 19.0
"""Pixels of the words a reader remembers."""
_LINES = 8
"""Most lines of one part of a card. Judgement: twice what a judgement in one sentence takes."""


def cards_table(facts: Sequence[Fact], title: str) -> Table:
    """Return headline numbers as rows: the word, the number, what it says, and how good the evidence is.

    Examples
    --------
    >>> cards_table([Fact("Likely", "67%", "The halt holds.")], "Numbers").rows[0][1].text
    '67%'
    """
    rows = tuple(
        (Cell(f.headline), Cell(f.value, f.share), Cell(f.body, refs=f.refs), Cell(f.evidence)) for f in facts
    )
    return Table(title, ("Headline", "Number", "What it says", "Evidence"), rows)


def cards_picture(facts: Sequence[Fact], title: str, width: float) -> Picture:
    """Return cards side by side, at most four in a row.

    Parameters
    ----------
    facts : sequence of Fact
    title : str
        What the picture is called.
    width : float
        Pixels at which the picture will be shown.
    """
    across = len(facts) if len(facts) in (1, 2, 4) else 3
    wide = (width - (across - 1) * _GAP) / across
    drawn, top = [], 2.0
    for first in range(0, len(facts), across):
        made = [_card(fact, wide) for fact in facts[first : first + across]]
        for k, (body, _) in enumerate(made):
            drawn.append(f'<g transform="translate({number(k * (wide + _GAP))} {number(top)})">{body}</g>')
        top += max((height for _, height in made), default=0.0) + 16
    spoken = " ".join(f"{f.headline}: {f.value}. {f.body}" for f in facts)
    return Picture(width, top, "".join(drawn), title, spoken)


def _card(fact: Fact, width: float) -> tuple[str, float]:
    """Return one card drawn from its upper left corner, and its height."""
    drawn = [tag("rect", width=width, height=3.0, fill=ACCENT, class_="accent")]
    y = 8.0
    for line in wrap(fact.headline, width, 2, _HEAD * 1.05):
        y += _HEAD + 3
        drawn.append(tag("text", line, y=y, font_size=_HEAD, font_weight="700"))
    y += 3
    drawn.append(_words(fact.value, width, y, fill_opacity=MUTED))
    y += _LINE * len(wrap(fact.value, width, _LINES)) + 4
    if fact.share is not None:
        drawn.append(_strip(fact, fact.share, width, y))
        y += 34
    drawn.append(_words(fact.body, width, y))
    y += _LINE * len(wrap(fact.body, width, _LINES)) + 4
    evidence = f"Evidence: {fact.evidence}" if fact.evidence else ""
    drawn.append(_words(evidence, width, y, fill_opacity=MUTED))
    return "".join(drawn), y + _LINE * len(wrap(evidence, width, _LINES))


def _words(text: str, width: float, top: float, **look: object) -> str:
    return lines_of_text(wrap(text, width, _LINES), 0, top + SIZE, **look)


def _strip(fact: Fact, share: float, width: float, top: float) -> str:
    """Return the number and its range on a bar from 0 to 100 per cent."""
    low = share if fact.low is None else fact.low
    high = share if fact.high is None else fact.high
    bar = {"y": top + 3, "height": 8.0}
    ends = zip(("0%", "50%", "100%"), (0.0, width / 2, width), ("start", "middle", "end"), strict=True)
    return "".join(
        (
            tag("rect", width=width, rx="4", fill_opacity="0.08", **bar),
            tag("rect", x=width * low, width=width * (high - low), fill=ACCENT, fill_opacity="0.4", **bar),
            tag(
                "rect",
                x=min(max(width * share - 1.5, 0.0), width - 3),
                y=top,
                width=3.0,
                height=14.0,
                fill=ACCENT,
                class_="accent",
            ),
            *(
                tag("text", text, x=x, y=top + 14 + SIZE, text_anchor=anchor, fill_opacity=MUTED)
                for text, x, anchor in ends
            ),
        )
    )
