"""Small vector primitives: escaped tags, text measured without a font, and the frame of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from markupsafe import escape

from detente.render.plain import clean

TONES = ("#2c7cac", "#8f3512", "#5b7c51", "#6d3496", "#80701f", "#c6437d", "#0b515c", "#605f60")
"""Colours of groups on white, as on the page; any two stay apart for colour-blind readers (see the tests)."""
ACCENT = "#1c6ea4"
MUTED = "0.72"
"""Opacity of secondary text: still 4.5 to 1 on white and on near-black."""
SIZE = 13.0
"""Pixels of figure text; pictures are drawn at their real width, so this is what is read."""

# Advance widths in em of the page's own letters (Source Sans Pro, semibold), rounded up to a few classes.
_THIN, _NARROW, _WIDE, _FULL = frozenset("iIl.,:;'|!j"), frozenset('ftr()[]/-" '), frozenset("mwMW@%—…"), 1.05


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing and the words that stand for it when it cannot be seen."""

    width: float
    height: float
    body: str
    title: str
    description: str = ""

    def svg(self, key: str) -> str:
        """Return the element; `key` makes its ids unique in a page."""
        ids = f"{key}-t {key}-d"
        title = tag("title", self.title, id=f"{key}-t")
        description = tag("desc", self.description, id=f"{key}-d")
        size = f"{number(self.width)} {number(self.height)}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{number(self.width)}"'
            f' height="{number(self.height)}" role="img" aria-labelledby="{ids}" font-size="{number(SIZE)}"'
            f' fill="currentColor">{title}{description}{self.body}</svg>'
        )


def number(value: float) -> str:
    """Return a coordinate, short and the same on every machine.

    Examples
    --------
    >>> number(12.0), number(0.26), number(-0.01)
    ('12', '0.3', '0')
    """
    text = f"{value:.1f}"
    return "0" if text in ("-0.0", "0.0") else text.removesuffix(".0")


def tag(name: str, content: object = None, **attributes: object) -> str:
    """Return one element; attribute names write `_` for `-`, text and values are escaped.

    Examples
    --------
    >>> tag("text", "<b>", x=3.0, text_anchor="end")
    '<text x="3" text-anchor="end">&lt;b&gt;</text>'
    """
    parts = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    return (
        f"<{name}{parts}/>" if content is None else f"<{name}{parts}>{escape(clean(str(content)))}</{name}>"
    )


def _attribute(key: str, value: object) -> str:
    text = number(value) if isinstance(value, float) else clean(str(value))
    return f' {key.rstrip("_").replace("_", "-")}="{escape(text)}"'


def measure(text: str, size: float = SIZE) -> float:
    """Return a generous estimate of the width of a text in pixels; no font is read.

    Examples
    --------
    >>> 20 < measure("Kyiv") < 40
    True
    """
    return size * sum(map(_advance, text))


def _advance(char: str) -> float:
    if char in _THIN:
        return 0.3
    if char in _NARROW:
        return 0.38
    if char in _WIDE:
        return 0.96
    if char.isupper():
        return 0.69
    return _FULL if east_asian_width(char) in "WF" else 0.57


def wrap(text: str, width: float, lines: int = 2, size: float = SIZE) -> tuple[str, ...]:
    """Return the text in at most `lines` lines no wider than `width`; what does not fit ends in an ellipsis.

    Examples
    --------
    >>> wrap("Front-line freeze with status deferred", 120)
    ('Front-line freeze', 'with status…')
    """
    done: list[str] = []
    for word in clean(text).split():
        joined = f"{done[-1]} {word}" if done else word
        if done and measure(joined, size) <= width:
            done[-1] = joined
        elif len(done) < lines:
            done.append(word)
        else:
            done[-1] += "…"
            break
    return tuple(_fit(line, width, size) for line in done)


def _fit(line: str, width: float, size: float) -> str:
    if measure(line, size) <= width:
        return line
    kept, used = 0, measure("…", size)
    for char in line:
        used += size * _advance(char)
        if used > width:
            break
        kept += 1
    return line[:kept].rstrip("… ") + "…"


def lines_of_text(lines: Sequence[str], x: float, y: float, **attributes: object) -> str:
    """Return stacked lines of text, the first with its baseline at `y`."""
    return "".join(tag("text", line, x=x, y=y + i * (SIZE + 2), **attributes) for i, line in enumerate(lines))


def tone(group: int) -> str:
    """Return the colour of the n-th group."""
    return TONES[group % len(TONES)]
