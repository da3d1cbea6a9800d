"""Words for months, points and runways on the ripeness page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from detente import words
from detente.lenses.ripeness.result_material import Span

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def month_name(start: date, month: int) -> str:
    """Return the calendar month so many months after a day.

    Examples
    --------
    >>> month_name(date(2025, 8, 14), 6), month_name(date(1987, 12, 31), 0)
    ('February 2026', 'December 1987')
    """
    at = start.month - 1 + month
    return f"{_MONTHS[at % 12]} {start.year + at // 12}"


def points(value: float) -> str:
    """Return points with a sign.

    Examples
    --------
    >>> points(-6.2), points(0.3)
    ('−6 points', 'no points')
    """
    n = abs(round(value))
    if n == 0:
        return "no points"
    return f"{words.signed(value)} {'point' if n == 1 else 'points'}"


def points_range(value: Span) -> str:
    """Return an interval of signed points.

    Examples
    --------
    >>> points_range(Span(-12.4, -6, 1.2)), points_range(Span(0, 0, 0.2))
    ('−12 to +1', '0')
    """
    low, high = words.signed(value.low), words.signed(value.high)
    return low if low == high else f"{low} to {high}"


def whole(value: Span) -> str:
    """Return an interval in whole numbers, the median first.

    Examples
    --------
    >>> whole(Span(33.0, 48.9, 65.0))
    '49 (33 to 65)'
    """
    low, mid, high = (_plain(v, 0) for v in (value.low, value.mid, value.high))
    return f"{mid} ({low} to {high})"


def _plain(value: float, digits: int) -> str:
    """Return a number with a true minus, and none before zero."""
    text = f"{abs(value):.{digits}f}"
    return f"−{text}" if value < 0 and text.strip("0.") else text


def decimal(value: Span) -> str:
    """Return an interval with one decimal, the median first.

    Examples
    --------
    >>> decimal(Span(0.76, 1.09, 1.85))
    '1.1 (0.8 to 1.9)'
    """
    low, mid, high = (_plain(v, 1) for v in (value.low, value.mid, value.high))
    return f"{mid} ({low} to {high})"


def part(share: float) -> str:
    """Return a share of things counted or measured as whole per cent.

    Examples
    --------
    >>> part(0.745), part(1.0)
    ('74%', '100%')
    """
    return f"{100 * share:.0f}%"


def runs(start: date, spells: Sequence[tuple[int, int]], last: int) -> str:
    """Return runs of months in words; a run to the end is open.

    Examples
    --------
    >>> runs(date(2025, 8, 14), ((0, 24),), 24), runs(date(2025, 8, 14), (), 24)
    ('throughout', 'in no month')
    >>> runs(date(2025, 8, 14), ((3, 5), (9, 24)), 24)
    'November 2025 to January 2026; from May 2026 on'
    """
    if tuple(spells) == ((0, last),):
        return "throughout"
    if not spells:
        return "in no month"
    return "; ".join(_run(start, first, end, last) for first, end in spells)


def _run(start: date, first: int, end: int, last: int) -> str:
    if end == last:
        return f"from {month_name(start, first)} on"
    if first == end:
        return month_name(start, first)
    return f"{month_name(start, first)} to {month_name(start, end)}"
