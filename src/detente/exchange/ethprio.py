"""A user's own copy of the ETH/PRIO Civil Conflict Ceasefire data: local and general halts."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from detente.exchange.published import Layout, Lifetimes, Row, convert, nothing, read_rows, whole, yes
from detente.methods.durability.estimate import spells

_FLAGS = ("partial", "p_humanitarian", "p_holiday", "written", "mediator_nego", "mediator_send", "implement",
          "enforcement")  # fmt: skip

CEASEFIRES = Layout(
    "ETH/PRIO Civil Conflict Ceasefire Dataset",
    ("cc", "cf_id", "cf_dec_yr", "cf_dec_month", "cf_dec_day",
     "cf_effect_yr", "cf_effect_month", "cf_effect_day", "end_yr", "end_month", "end_day", *_FLAGS),
    "the article's replication page, doi:10.1177/00220027221129195",
)  # fmt: skip
CEASEFIRES_END = date(2020, 12, 31)
"""Last day the data observe."""

MID_MONTH = 15
"""Day taken where only the month is known: the middle, so that the error has no direction."""


@dataclass(frozen=True, slots=True)
class _Halt:
    cluster: str
    name: str
    days: float
    ended: bool
    flags: tuple[bool, ...]


def read_ceasefires(path: Path, open_ended: bool = True) -> Lifetimes:
    """Read ceasefires: from taking effect (or, if blank, from declaration) to the recorded end.

    One ceasefire has a row for each declaring side; rows of one `cf_id` in one country and year count once,
    with the longest lifetime among them. An end that is not recorded is censored on the last day observed.
    That flatters, since some of those ends are simply unknown: pass ``open_ended=False`` to leave them out,
    and show both.

    Parameters
    ----------
    path : Path
        CSV with the published column names.
    open_ended : bool
        Keep ceasefires without a recorded end, censored.

    Raises
    ------
    InputProblems
        If columns are missing or cells cannot be read.
    """
    rows = read_rows(path, CEASEFIRES)
    converted = [halt for halt in convert(path, CEASEFIRES, rows, _halt) if halt is not None]
    once: dict[str, _Halt] = {}
    for halt in converted:
        before = once.get(halt.name)
        if before is None or halt.days > before.days:
            once[halt.name] = halt
    kept = [h for h in once.values() if h.ended or open_ended]
    if not kept:
        return nothing(len(rows))
    matrix = np.array([h.flags for h in kept], dtype=float)
    return Lifetimes(
        tuple(h.name for h in kept),
        spells([h.days for h in kept], [h.ended for h in kept]),
        {name: matrix[:, k] for k, name in enumerate(_FLAGS)},
        tuple(h.cluster for h in kept),
        len(rows) - len(converted),
    )


def _halt(row: Row) -> _Halt | None:
    start = _date(row, "cf_effect") or _date(row, "cf_dec")
    if start is None or start > CEASEFIRES_END:
        return None
    end = _date(row, "end")
    if end is not None and end < start:
        raise ValueError("the ceasefire ends before it takes effect")
    ended = end is not None and end <= CEASEFIRES_END
    last = end if end is not None and ended else CEASEFIRES_END
    days = max(float((last - start).days), 0.5)
    flags = tuple(yes(row[name], name) for name in _FLAGS)
    return _Halt(row["cc"], f"{row['cc']} {row['cf_id']} ({start.year})", days, ended, flags)


def _date(row: Row, name: str) -> date | None:
    parts = [_part(row[f"{name}_{unit}"], f"{name}_{unit}") for unit in ("yr", "month", "day")]
    year, month, day = parts
    if year is None or month is None:
        return None
    if not (1900 < year < 2100 and 1 <= month <= 12):
        raise ValueError(f"{name} is not a date: year {year}, month {month}")
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day or MID_MONTH, last))


def _part(text: str, name: str) -> int | None:
    """Return a part of a date; blank, 0 and negative codes mean unknown."""
    if not text:
        return None
    number = whole(text, name)
    return number if number > 0 else None
