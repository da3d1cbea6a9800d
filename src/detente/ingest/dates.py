"""Dates a sentence names, as far as they can be told from the day the document appeared."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_ROWS = (
    "jan january январ; feb february феврал; mar march март; apr april апрел; may май мая; jun june июн; "
    "jul july июл; aug august август; sep sept september сентябр; oct october октябр; nov november ноябр; "
    "dec december декабр"
)
_MONTHS = {name: n for n, row in enumerate(_ROWS.split(";"), 1) for name in row.split()}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMES = "|".join(sorted((n for n in _MONTHS if n.isascii()), key=len, reverse=True))
_RUSSIAN = "январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_FIND = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"
    rf"|\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{_NAMES})\b\.?(?:,?\s(?P<y1>\d{{4}}))?"
    rf"|\b(?P<m2>{_NAMES})\b\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<y2>\d{{4}}))?"
    rf"|\b(?P<d3>\d{{1,2}})\s(?P<m3>{_RUSSIAN})\w*(?:\s(?P<y3>\d{{4}}))?"
    rf"|\b(?P<m4>{_NAMES})\b\s(?P<y4>\d{{4}})"
    rf"|\bin\s(?P<m5>{_NAMES})\b|\bв\s(?P<m6>{_RUSSIAN})е\b"
    rf"|\b(?:on\s|last\s|next\s)?(?P<day>{'|'.join(_DAYS)})\b|\b(?P<rel>yesterday|today|tomorrow|вчера|сегодня)\b"
    rf"|\b(?:in|since|until|by|of)\s(?P<y5>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)

_TIME = (
    r"(?:(?:late|early|earlier|later|last|next|this|that|the same|the (?:next|following|previous))\s)+"
    r"(?:day|night|morning|afternoon|evening|week|weekend|month|year|spring|summer|autumn|fall|winter)\b"
    r"|\d{1,2}\.\d{1,2}\.\d{4}\b"
    r"|во?\s(?:прошл\w+\s)?(?:понедельник|вторник|сред[уы]|четверг|пятниц[уы]|суббот[уы]|воскресенье)"
    r"|на\s(?:прошлой|этой)\sнеделе|в\s(?:прошлом|этом)\s(?:месяце|году)|накануне|позже|ранее"
)
_BEFORE_DATE = re.compile(
    r"(?:(?:late|early|earlier|later)\s)?(?:on|in|by|from|since|until|before|after|during|around)\s"
    r"(?:the\s(?:evening|morning|night|eve)\sof\s)?|(?:к|до|с|после)\s",
    re.IGNORECASE,
)
_TIMED = re.compile(_TIME, re.IGNORECASE)
_REST = re.compile(r"(?:\sг(?:\.|ода))?,?\s+(?=\w)")
_NAMED = re.compile(r"(?:the|a|an|its|his|her|their|some|several)\s|[A-ZА-ЯЁа-яё]")
"""What begins a name after a bare date, so that "9 May memorandum" stays whole."""


def _is_bare(found: re.Match[str] | None) -> bool:
    """Whether a date stands without a preposition."""
    return found is not None and any(found.groupdict().get(part) for part in ("iso", "d1", "d2", "m4"))


def undated(phrase: str) -> str:
    """Return a phrase without the day or time it begins with, where somebody is named after it.

    Examples
    --------
    >>> undated("On 12 August 2025 the ministry"), undated("Last week European officials")
    ('the ministry', 'European officials')
    >>> undated("The 12 August memorandum"), undated("17 ministers")
    ('The 12 August memorandum', '17 ministers')
    """
    before = _BEFORE_DATE.match(phrase)
    starts = (before.end(), 0) if before else (0,)
    for pattern, start in ((p, n) for p in (_FIND, _TIMED) for n in starts):
        date_ = pattern.match(phrase, start)
        rest = _REST.match(phrase, date_.end()) if date_ else None
        if rest and (start or not _is_bare(date_) or _NAMED.match(phrase, rest.end())):
            return undated(phrase[rest.end() :])
    return phrase


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text: as written, and 2031, 2031-05 or 2031-05-09."""

    text: str
    when: str
    start: int
    end: int


def dates(text: str, published: str = "") -> tuple[Dated, ...]:
    """Return the dates of a text.

    Months and days without a year, and names of days, are told from the day of publication: the nearest such
    day before it, unless the sentence speaks of what is coming. Without that day they are left out.

    Examples
    --------
    >>> [d.when for d in dates("On 9 May 2031, in April and on Friday", "2031-05-10")]
    ['2031-05-09', '2031-04', '2031-05-09']
    >>> dates("in April")
    ()
    """
    today = _day(published)
    coming = bool(re.search(r"\b(?:will|would|due to|next|is to|are to|scheduled|upcoming)\b", text))
    found = []
    for match in _FIND.finditer(text):
        if when := _when(match, today, coming):
            found.append(Dated(match[0], when, match.start(), match.end()))
    return tuple(found)


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(published)
    except ValueError:
        return None


def _when(match: re.Match[str], today: date | None, coming: bool) -> str:
    got = {key: value for key, value in match.groupdict().items() if value}
    if "iso" in got:
        return got["iso"] if _day(got["iso"]) else ""
    if "day" in got or "rel" in got:
        return _relative(got, today, coming)
    if "y5" in got:
        return got["y5"]
    named = next(value for key, value in got.items() if key[0] == "m").lower()
    month = _MONTHS.get(named) or next(n for name, n in _MONTHS.items() if name[:3] == named[:3])
    year = next((int(value) for key, value in got.items() if key[0] == "y"), 0)
    day = next((int(value) for key, value in got.items() if key[0] == "d"), 0)
    if not year and today is None:
        return ""
    if not year and today is not None:
        year = _nearest_year(month, today, coming)
    if not day:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= monthrange(year, month)[1] else ""


def _nearest_year(month: int, today: date, coming: bool) -> int:
    """Return the year of a month named alone: this year's, or the neighbour's where that lies nearer."""
    if coming:
        return today.year + (month < today.month - 6)
    return today.year - (month > today.month + 1)


def _relative(got: dict[str, str], today: date | None, coming: bool) -> str:
    if today is None:
        return ""
    if rel := got.get("rel", "").lower():
        away = {"yesterday": -1, "вчера": -1, "tomorrow": 1}.get(rel, 0)
    else:
        away = _DAYS.index(got["day"].lower()) - today.weekday()
        away = away if away <= 0 else away - 7
        away = away + 7 if coming and away <= 0 else away
    return (today + timedelta(days=away)).isoformat()


def about(found: tuple[Dated, ...], published: str) -> str:
    """Return the day a statement is about: the last full day it names up to publication, else publication.

    Examples
    --------
    >>> about(dates("shelled on 3 May 2031"), "2031-05-09"), about((), "2031-05-09")
    ('2031-05-03', '2031-05-09')
    """
    days = [d.when for d in found if len(d.when) == 10 and (not published or d.when <= published)]
    return max(days) if days else published
