"""Numbers with their units, as a ledger would file them; dates, clock times and names are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace


def _table(text: str) -> dict[str, float]:
    """Return words and their values from `value: word word; ...`."""
    rows = (row.split(":") for row in text.split(";"))
    return {word: float(value) for value, names in rows for word in names.split()}


_WORDS = _table(
    "2: two два две двух; 3: three три трех трёх; 4: four четыре четырех; 5: five пять пяти;"
    "6: six шесть шести; 7: seven семь семи; 8: eight восемь; 9: nine девять; 10: ten десять; 11: eleven;"
    "12: twelve dozen; 13: thirteen; 14: fourteen; 15: fifteen; 16: sixteen; 17: seventeen;"
    "18: eighteen; 19: nineteen;"
    "20: twenty; 30: thirty; 40: forty; 50: fifty; 60: sixty; 70: seventy; 80: eighty; 90: ninety;"
    "100: hundred"
)
_SCALES = _table(
    "1e3: thousand тыс тысяч тысячи; 1e6: million mn млн миллион миллионов миллиона;"
    "1e9: billion bn млрд миллиардов миллиарда; 1e12: trillion trn трлн триллионов триллиона"
)
_SHORT = {1e6: "m", 1e9: "bn", 1e12: "trn"}
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "₴": "UAH", "₽": "RUB"}
_MONEY = (
    (r"(?:us )?dollars?|доллар\w*|долл\.?", "USD"),
    (r"euros?|евро", "EUR"),
    (r"(?:sterling )?pounds?|фунт\w*", "GBP"),
    (r"roubles?|rubles?|рубл\w*|руб\.?", "RUB"),
    (r"hryvnias?|гривен\w*|гривн\w*", "UAH"),
    (r"yuan", "CNY"),
    (r"rupees?", "INR"),
    (r"crowns?|крон\w*", "crowns"),
    (r"francs?", "francs"),
    (r"lira", "TRY"),
    (r"shekels?", "ILS"),
)
_UNITS = (
    (r"%|per cent|percent|percentage points?|процент\w*", "percent"),
    (r"square (?:kilomet(?:re|er)s?|km)|sq\.? km|km2|km²|кв\.? км|квадратн\w+ километр\w*", "km2"),
    (r"kilomet(?:re|er)s?|km|км|километр\w*", "km"),
    (r"square miles?", "mi2"),
    (r"miles?", "mi"),
    (r"hectares?|га", "ha"),
    (r"minutes?|минут\w*", "minute"),
    (r"hours?|час(?:а|ов)?", "hour"),
    (r"days?|дн(?:я|ей|и)|день|суток", "day"),
    (r"weeks?|недел\w*", "week"),
    (r"months?|месяц\w*", "month"),
    (r"years?|год(?:а|у|ов)?|лет", "year"),
    (r"tonnes?|tons?|тонн\w*", "tonne"),
)
_NUMBER = r"\d{1,3}(?:[,  ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_SPELLED = "|".join(sorted(_WORDS, key=len, reverse=True))
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_CURRENCY = "".join(map(re.escape, _SIGNS))
_FIND = re.compile(
    rf"(?<![\w.,-])(?P<sign>[{_CURRENCY}])?(?P<a>{_NUMBER}|\b(?:{_SPELLED})\b)"
    rf"(?:(?P<to>\s?(?:-|–|to|and|до|или|or)\s?)(?P<b>{_NUMBER}|\b(?:{_SPELLED})\b))?"
    rf"(?:[\s-]?(?P<scale>(?:{_SCALE})\b\.?))?(?=[\s-]?(?P<noun>[%°]|[^\W\d_][\w.²-]*(?:\s[^\W\d_][\w.²-]*){{0,3}})|)",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|"
    r"apr|jun|jul|aug|sept?|oct|nov|dec|январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|августа?|"
    r"сентябр[ья]|октябр[ья]|ноябр[ья]|декабр[ья])\b\.?"
)
_DATES = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|–|to|and|и|до)\s?\d{{1,2}})?\s(?:of\s)?{_MONTH}(?:,?\s\d{{4}})?"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|–|to|and)\s?\d{{1,2}})?(?:,?\s\d{{4}})?\b"
    r"(?!\s?(?:percent|per cent|%))"
    rf"|{_MONTH}\s\d{{4}}|\b\d{{4}}-\d{{2}}(?:-\d{{2}})?\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b"
    r"|\b\d{1,2}:\d{2}\b"
    r"|\b(?:19|20)\d\ds?\b(?!\s?(?:percent|per cent|%|sq|km|men|troops|soldiers|people))",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:article|chapter|section|point|paragraph|protocol|licen[cs]e|no\.?|nr\.?|number|annex|version|item|phase|"
    r"stage|group of|option|scenario|under|over|aged?|resolution|channel|route|highway|line|wave|round|page|"
    r"статья|статьи|пункт|№)\s\d+(?:\.\d+)*\b(?!\s?(?:percent|per cent|%|days?|km)|,\d)"
    r"|\b[A-Z]+-?\d+\b|\b\d+(?:st|nd|rd|th)\b|\+?\d[\d -]{7,}\d",
    re.IGNORECASE,
)
_NOT_NOUNS = re.compile(
    r"^(?:and|or|of|in|on|at|to|from|by|for|with|as|is|was|are|were|have|has|had|a|an|the|that|this|who|which|will|"
    r"would|could|can|may|more|less|per|since|until|after|before|against|between|into|over|under|out|up|и|в|на|с|по|"
    r"за|до|из|от)\b",
    re.IGNORECASE,
)
_SKIPPED = re.compile("more|other|further|additional|new|such|same|full|whole|so-called|main|key|separate")


_OF = re.compile(rf"\s(?:out )?of (?:its |the |their |all )?(?:{_NUMBER}) ([^\W\d_]+)")
"""What is counted, where only the whole is named: "90 of its 135 votes"."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Parameters
    ----------
    value : float
        The value, or the middle of a range, in the unit.
    unit : str
        percent, km2, day, EUR bn ..., or what is counted.
    start, end : int
        Place in the text searched.
    text : str
        As written.
    low, high : float or None
        Ends of a range.
    """

    value: float
    unit: str
    start: int
    end: int
    text: str
    low: float | None = None
    high: float | None = None


def numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text.

    Examples
    --------
    >>> text = "On 9 May 6,350 square kilometres, 4.5 billion euros and two villages"
    >>> [(n.value, n.unit) for n in numbers(text)]
    [(6350.0, 'km2'), (4.5, 'EUR bn'), (2.0, 'villages')]
    >>> [(n.low, n.high, n.unit) for n in numbers("a halt of 24 to 48 hours under Article 73")]
    [(24.0, 48.0, 'hour')]
    """
    figures = any(c.isdigit() for c in text)
    taken = [m.span() for pattern in (_DATES, _NAMED) for m in pattern.finditer(text)] if figures else []
    found: list[Number] = []
    for match in _FIND.finditer(text):
        if any(a < match.end("a") and match.start("a") < b for a, b in taken) or _definite(match):
            continue
        if number := _number(match):
            found.append(_completed(number, found))
    return tuple(found)


def _definite(match: re.Match[str]) -> bool:
    """Whether a spelled number only points at things known, as in "the two presidents"."""
    before = match.string[max(0, match.start() - 8) : match.start()].lower()
    return match["a"].lower() in _WORDS and bool(
        re.search(r"\b(?:the|both|these|those|its|their|all)\s$", before)
    )


def _completed(number: Number, before: list[Number]) -> Number:
    """Return a large sum without currency in that of the sum before it."""
    last = next((n.unit for n in reversed(before) if n.unit.split(" ")[0] in _CODES), "")
    if number.unit or not last or number.value < 1e6:
        return number
    size = max(x for x in _SHORT if x <= number.value)
    return replace(number, value=round(number.value / size, 9), unit=f"{last.split(' ')[0]} {_SHORT[size]}")


def _value(text: str) -> float:
    if text.lower() in _WORDS:
        return float(_WORDS[text.lower()])
    plain = re.sub(r"[,  ](?=\d{3}(?:\D|$))", "", text).replace(",", ".")
    return float(plain)


def _number(match: re.Match[str]) -> Number | None:
    """Return what a match means; None for bare small words that count nothing."""
    low, high = _value(match["a"]), _value(match["b"]) if match["b"] else None
    joined = (match["to"] or "").strip().lower()
    if high is not None and (joined in ("and", "or", "и", "или") or high <= low):
        high = None
    scale = _SCALES.get((match["scale"] or "").lower().rstrip("."), 1.0)
    unit, length = _unit(match["noun"] or "", match["sign"] or "")
    if not unit and (whole := _OF.match(match.string, match.end())):
        unit, length = whole[1].lower(), 0
    if scale > 1e3 and unit:
        short = f"{unit} {_SHORT[scale]}" if unit in _CODES else unit
        factor = 1.0 if unit in _CODES else scale
    else:
        short, factor = unit, scale
    if not unit and scale == 1.0 and (match["a"].lower() in _WORDS or low < 13):
        return None
    end = (
        match.start("noun") + length
        if length
        else max(match.end("a"), match.end("scale"), match.end("b") if high else 0)
    )
    text = match.string[match.start() : end].rstrip(" .")
    value = (low + high) / 2 if high is not None else low
    ends = (low * factor, high * factor) if high is not None else (None, None)
    return Number(round(value * factor, 9), short, match.start(), match.start() + len(text), text, *ends)


_CODES = frozenset((*_SIGNS.values(), *(code for _, code in _MONEY)))
_KNOWN = tuple((re.compile(rf"(?:{p})(?![^\W\d_])", re.IGNORECASE), u) for p, u in (*_MONEY, *_UNITS))


def _unit(noun: str, sign: str) -> tuple[str, int]:
    """Return the unit and how many characters of the words behind the number it takes."""
    if sign:
        return _SIGNS[sign], 0
    noun = noun.rstrip(".")
    for pattern, unit in _KNOWN:
        if match := pattern.match(noun):
            return _per(unit, noun, match.end())
    words = noun.split()
    while words and (_SKIPPED.fullmatch(words[0].lower()) or words[0][:1].isupper()):
        words.pop(0)
    if not words or _NOT_NOUNS.match(words[0]):
        return "", 0
    kept = words[:1]
    for word in words[1:3]:
        if (
            _NOT_NOUNS.match(word)
            or word.endswith(("ed", "ing", "ly"))
            or kept[-1].endswith(("s", "men", "people"))
        ):
            break
        kept.append(word)
    return kept[-1].lower(), noun.find(kept[-1]) + len(kept[-1])


def _per(unit: str, noun: str, end: int) -> tuple[str, int]:
    """Return a unit with what it is counted by: dollars a barrel, killed a day."""
    match = re.match(
        r"\s(?:a|an|per|each|в)\s(barrel|tonne|ton|day|month|year|week|hour|день|месяц|год)\b", noun[end:]
    )
    if not match or unit in ("percent", "km2", "day", "month"):
        return unit, end
    per = {"barrel": "bbl", "ton": "tonne", "день": "day", "месяц": "month", "год": "year"}.get(
        match[1], match[1]
    )
    return f"{unit}/{per}", end + match.end()
