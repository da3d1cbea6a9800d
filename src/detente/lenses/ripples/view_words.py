"""Words for ties, triads and directions; bands are ours (judgement) and serve reading, no calculation."""

from __future__ import annotations

from collections.abc import Mapping

from detente import words
from detente.lenses.ripples.result import CLEAR, Interval, NodeResult, TriadResult

LEANING = 0.05
"""Changes of leaning below this (of 2 from pole to pole) are not mentioned: judgement."""

MOVED = 5.0
"""Changes of a tie below this (of 200 from end to end) are called none: judgement."""

LITTLE = "little change"

_BANDS = (
    (-60.0, "hostile"),
    (-25.0, "adversarial"),
    (-5.0, "cool"),
    (5.0, "neutral"),
    (25.0, "cordial"),
    (60.0, "friendly"),
    (101.0, "close"),
)


def tie(weight: float) -> str:
    """Return the word for a tie on -100 .. 100.

    Examples
    --------
    >>> tie(-90), tie(0), tie(40)
    ('hostile', 'neutral', 'friendly')
    """
    return next(word for edge, word in _BANDS if weight < edge)


def tie_range(weight: Interval) -> str:
    """Return the words for a tie, two where its interval crosses a band.

    Examples
    --------
    >>> tie_range(Interval(10, 20, 40)), tie_range(Interval(-95, -90, -85))
    ('cordial to friendly', 'hostile')
    """
    low, high = tie(weight.low), tie(weight.high)
    return low if low == high else f"{low} to {high}"


def number(value: float) -> str:
    """Return a number with two decimals and a true minus.

    Examples
    --------
    >>> number(-0.078), number(2.8)
    ('−0.08', '2.80')
    """
    return f"{value:.2f}".replace("-", "−")


def decimal(value: float, signed: bool = False) -> str:
    """Return a number with one decimal and a true minus.

    Examples
    --------
    >>> decimal(0.78, signed=True), decimal(-0.31), decimal(0.04, signed=True)
    ('+0.8', '−0.3', '0.0')
    """
    text = f"{abs(value):.1f}"
    if text == "0.0":
        return text
    return f"{'−' if value < 0 else '+' if signed else ''}{text}"


def span(value: Interval, signed: bool = False) -> str:
    """Return an interval, one number where both ends read the same.

    Examples
    --------
    >>> span(Interval(0.3, 0.8, 1.2), signed=True), span(Interval(0, 0, 0))
    ('+0.3 to +1.2', '0.0')
    """
    low, high = decimal(value.low, signed), decimal(value.high, signed)
    return low if low == high else f"{low} to {high}"


def amounts(value: Interval, signed: bool = False) -> str:
    """Return an interval of amounts; whole numbers where ten or more are at stake.

    Examples
    --------
    >>> amounts(Interval(28.2, 44.3, 59.8)), amounts(Interval(0.1, 1, 2.9))
    ('28 to 60', '0.1 to 2.9')
    >>> amounts(Interval(-19, -9, -1), signed=True)
    '−19 to −1'
    """
    if max(abs(value.low), abs(value.high)) < 10:
        return span(value, signed)
    low, high = (amount(v, signed) for v in (value.low, value.high))
    return low if low == high else f"{low} to {high}"


def amount(value: float, signed: bool = False) -> str:
    """Return a whole amount with a true minus.

    Examples
    --------
    >>> amount(44.3), amount(-18.7), amount(2.6, signed=True)
    ('44', '−19', '+3')
    """
    n = round(value)
    return f"{'−' if n < 0 else '+' if signed and n else ''}{abs(n)}"


def shares(found: Interval) -> str:
    """Return an interval of shares, one number where both ends read the same.

    Examples
    --------
    >>> shares(Interval(0.56, 0.78, 1.0)), shares(Interval(1, 1, 1))
    ('56% to 100%', '100%')
    """
    low, high = part(found.low), part(found.high)
    return low if low == high else f"{low} to {high}"


def warmth(change: Interval) -> str:
    """Return the direction in which a tie moves, or "" where that is small or open.

    Examples
    --------
    >>> warmth(Interval(43, 60, 78)), warmth(Interval(-9, 0, 9)), warmth(Interval(-29, -12, -6))
    ('warmer', '', 'colder')
    """
    if abs(change.mid) < MOVED:
        return ""
    return "warmer" if change.mid > 0 else "colder"


def of_them(n: int) -> str:
    """Return how many of some.

    Examples
    --------
    >>> of_them(0), of_them(4)
    ('none of them', 'four of them')
    """
    return f"{words.number(n) if n else 'none'} of them"


def part(share: float) -> str:
    """Return a share as whole per cent; not a probability, so not capped.

    Examples
    --------
    >>> part(1.0), part(0.563)
    ('100%', '56%')
    """
    return f"{100 * share:.0f}%"


def draws_of(share: float) -> str:
    """Return a share of draws; never worded as a chance of an event.

    Examples
    --------
    >>> draws_of(0.98)
    'in 98% of draws'
    """
    return f"in {part(share)} of draws"


def leaning(node: NodeResult, poles: tuple[str, str]) -> str:
    """Return how a node's leaning between the poles moves, or "" where that is small or unclear.

    Examples
    --------
    >>> some = Interval(0.1, 0.2, 0.3)
    >>> leaning(NodeResult("CHN", None, None, 0, 0, some, Interval(-0.4, -0.3, -0.2)), ("Russia", "Ukraine"))
    'less on the side of Russia'
    """
    lean, change = node.lean, node.lean_change
    if lean is None or change is None or abs(change.mid) < LEANING or change.low < 0 < change.high:
        return ""
    before = lean.mid - change.mid
    pole = poles[0] if before > 0 else poles[1]
    return f"{'more' if before * change.mid > 0 else 'less'} on the side of {pole}"


def room(node: NodeResult) -> tuple[str, str]:
    """Return what happens to a node's room, and the mark of its cell.

    Examples
    --------
    >>> room(NodeResult("IND", Interval(0, 0, 0), Interval(0, 0, 0), 0.9, 0.1, None, None))
    ('gains room', 'yes')
    """
    if node.room_change is None:
        return "in no triangle", ""
    if node.gains > CLEAR:
        return "gains room", "yes"
    if node.loses > CLEAR:
        return "loses room", "no"
    if node.gains + node.loses < 1 - CLEAR:
        return LITTLE, ""
    return "not clear", "part"


def triad(found: TriadResult, names: Mapping[str, str]) -> str:
    """Return a triangle as a list of names.

    Examples
    --------
    >>> triad(TriadResult(("A", "B", "C"), 0.9, 0.5), {"A": "Avalon", "B": "Bern", "C": "Cork"})
    'Avalon, Bern and Cork'
    """
    return words.listed([names[node] for node in found.nodes])
