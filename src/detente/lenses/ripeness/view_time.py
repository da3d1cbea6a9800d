"""Figures and tables of windows and of the worth of no deal, each from the result alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente import words
from detente.case import Case
from detente.lenses.ripeness import view_words as say
from detente.lenses.ripeness.result import ActorTime, Ripe
from detente.page import Block, Cell, Lines, Series, Table

KINDS = {
    "front": "front",
    "people": "people",
    "equipment": "equipment",
    "aid": "aid",
    "economy": "economy",
    "time": "waiting itself",
}
"""Plain names of what moves the worth of no deal."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A result with what is needed to name things in it."""

    case: Case
    result: Ripe
    start: date

    def name(self, actor: str) -> str:
        """Return an actor's plain name, or the words themselves where it is no actor."""
        return next((a.name for a in self.case.actors if a.id == actor), actor)

    def reading(self, reading: str) -> str:
        """Return a reading of the red lines in words."""
        return self.case.readings[reading].label

    def area(self, area: str) -> str:
        """Return an area's plain name."""
        block = self.case.ripeness
        return next(a.name for a in block.areas if a.id == area) if block else area


def window_lines(shown: Shown) -> Lines:
    """Return the share of paths in which each deal, and any deal, is acceptable to all, by month."""
    months = tuple(float(m) for m in range(shown.result.months + 1))
    series = [Series(d.label, months, d.share) for d in shown.result.deals]
    series += [
        Series(
            "Some deal, red lines aside" if not w.reading else f"Some deal inside {shown.reading(w.reading)}",
            months,
            w.share,
        )
        for w in shown.result.windows
    ]
    return Lines(
        "All who must agree prefer it to no deal",
        f"Months after {say.month_name(shown.start, 0)}",
        "share of paths",
        tuple(series),
        unit="share",
    )


def window_table(shown: Shown) -> Table:
    """Return each deal's share now and later, when it is ripe, and who refuses it today."""
    marks = tuple(m for m in (0, 6, 12, 24) if m <= shown.result.months)
    rows = []
    for d in shown.result.deals:
        who = max(d.refuses, key=lambda k: d.refuses[k])
        refusal = (
            f"{shown.name(who)} ({words.percent(d.refuses[who])} of paths)" if d.refuses[who] else "nobody"
        )
        rows.append(
            (
                Cell(d.label),
                *(Cell(words.percent(d.share[m]), d.share[m], trace=f"ripe.{d.id}.{m}") for m in marks),
                Cell(say.runs(shown.start, d.spells, shown.result.months)),
                Cell(refusal),
                Cell(words.listed([shown.case.issue(i).name for i in d.filled]) or "nothing"),
            )
        )
    shares = tuple("Now" if m == 0 else f"In {m} months" for m in marks)
    return Table(
        "Deals against no deal, red lines aside",
        ("Deal", *shares, "Ripe more likely than not", "Refuses today most often", "Left open and filled"),
        tuple(rows),
        note="Issues a deal leaves open take the completion that is acceptable most often today.",
        numeric=shares,
    )


def worth(shown: Shown) -> tuple[Block, ...]:
    """Return the fan of no deal beside the deals for each required actor, and the table of who gains."""
    figures = [_worth_lines(shown, a) for a in shown.result.actors if a.required]
    return (*figures, _worth_table(shown))


def _worth_lines(shown: Shown, a: ActorTime) -> Lines:
    months = tuple(float(m) for m in range(shown.result.months + 1))
    flat = [
        Series(d.label, months, (d.values[a.actor].mid,) * len(months))
        for d in shown.result.deals
        if a.actor in d.values
    ]
    return Lines(
        f"No deal beside the deals: {shown.name(a.actor)}",
        f"Months after {say.month_name(shown.start, 0)}",
        "points of its own scale",
        (Series("No deal", months, a.worth.mid, a.worth.low, a.worth.high), *flat),
        unit="points",
        note="The band holds nine paths of ten; deals are drawn at their median.",
    )


def _worth_table(shown: Shown) -> Table:
    rows = []
    marks = dict.fromkeys((6, shown.result.months))
    better = [m for m in marks if all(m in a.better for a in shown.result.actors)]
    for a in shown.result.actors:
        last = {kind: say.points_range(s) for kind, s in a.parts.items()}
        moved = "; ".join(f"{KINDS[kind]} {text}" for kind, text in last.items())
        rows.append(
            (
                Cell(shown.name(a.actor)),
                Cell(say.whole(a.stated), a.stated.mid, trace=f"no_deal_stated.{a.actor}"),
                Cell(say.whole(a.year), a.year.mid, trace=f"no_deal_year.{a.actor}"),
                Cell(say.whole(a.worth.at(shown.result.months)), a.worth.mid[-1]),
                *(Cell(words.percent(a.better[m]), a.better[m]) for m in better),
                Cell(moved or "nothing given"),
            )
        )
    return Table(
        "Worth of no deal, points of each actor's own scale",
        (
            "Actor",
            "As stated",
            "Year ahead",
            f"In {shown.result.months} months",
            *(f"Better off in {m} months" for m in better),
            "Moved by",
        ),
        tuple(rows),
        note="100 is an actor's best option on every issue, 0 its worst"
        f"{_below(shown)}. Scales cannot be compared. Better "
        f"off: share of paths in which no deal is worth more than in {say.month_name(shown.start, 0)}.",
        numeric=("As stated", "Year ahead", *(f"Better off in {m} months" for m in better)),
    )


def _below(shown: Shown) -> str:
    """Return what a worth below the scale means, where one occurs."""
    lowest = min((min(a.worth.low) for a in shown.result.actors), default=0.0)
    return "; below 0, waiting costs more than every issue is worth" if lowest < 0 else ""
