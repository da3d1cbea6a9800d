"""Past halts by name, and what was known of them on a given day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

TENTHS = 10
"""Years from which a tenth of a year says nothing more."""

FRESH = 90
"""Days a halt must be old to stand for comparison. Judgement: a younger one is the halt in question, or shows
nothing yet."""


@dataclass(frozen=True, slots=True)
class Precedent:
    """One halt: when it began, what came with it, and when it ended.

    `conflict` is interstate, civil or disputed; `kind` is truce or settlement; `ended` is None while it
    holds. Coded by one person who knew the outcomes; chosen because a halt was reached, so the list says
    nothing about how often halts are reached or hold.
    """

    id: str
    name: str
    conflict: str
    kind: str
    outside: str
    began: date
    ended: date | None
    sources: tuple[str, ...]

    def fate(self, on: date) -> str:
        """Return what was known of it on a day, in words.

        Examples
        --------
        >>> minsk = next(p for p in halts() if p.id == "minsk2_2015")
        >>> minsk.fate(date(2020, 1, 1)), minsk.fate(date(2025, 8, 14))
        ('not ended after 4.9 years', 'ended after 7.0 years')
        """
        if self.ended is not None and self.ended <= on:
            return f"ended after {years((self.ended - self.began).days)} years"
        return f"not ended after {years((on - self.began).days)} years"


def years(days: int) -> str:
    """Return days as years, with a tenth below ten years only.

    Examples
    --------
    >>> years(1060), years(13500)
    ('2.9', '37')
    """
    span = days / 365.25
    return f"{span:.1f}" if span < TENTHS else f"{span:.0f}"


@cache
def halts() -> tuple[Precedent, ...]:
    """Return every packaged halt, oldest first."""
    text = files("detente.methods.durability").joinpath("data/precedents.json").read_text("utf-8")
    found = [
        Precedent(
            **{k: raw[k] for k in ("id", "name", "conflict", "kind", "outside")},
            began=date.fromisoformat(raw["began"]),
            ended=date.fromisoformat(raw["ended"]) if raw["ended"] else None,
            sources=tuple(raw["sources"]),
        )
        for raw in json.loads(text)
    ]
    return tuple(sorted(found, key=lambda p: p.began))


def like(conflict: str, kind: str, on: date) -> tuple[Precedent, ...]:
    """Return halts well under way on a day that share the kind of war or the kind of deal, closest first.

    Examples
    --------
    >>> [p.name for p in like("interstate", "truce", date(1999, 1, 1))]
    ['Korean armistice', 'Iran-Iraq ceasefire (Resolution 598)', 'Camp David / Egypt-Israel']
    >>> [p.name for p in like("civil", "settlement", date(1998, 5, 21)) if p.began.year == 1998]
    []
    """
    known = [p for p in halts() if (on - p.began).days >= FRESH]
    shared = [(_shared(p, conflict, kind), p) for p in known]
    best = sorted((pair for pair in shared if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].began))
    return tuple(p for _, p in best)


def _shared(p: Precedent, conflict: str, kind: str) -> float:
    same_war = 1.0 if p.conflict == conflict else 0.5 if p.conflict == "disputed" else 0.0
    return same_war + (0.75 if p.kind == kind else 0.0)
