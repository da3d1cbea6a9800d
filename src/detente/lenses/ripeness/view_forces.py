"""Tables of what the war uses up, of aid donor by donor, and of what each lever would do."""

from __future__ import annotations

from detente import words
from detente.lenses.ripeness import view_words as say
from detente.lenses.ripeness.result_material import ForceTime, LeverTime, Span
from detente.lenses.ripeness.view_time import Shown
from detente.page import Block, Cell, Table

FATES = {"continues": "If it continues", "shrinks": "If it shrinks", "stops": "If it stops"}
"""What a column of each fate is called."""


def forces(shown: Shown) -> tuple[Block, ...]:
    """Return the tables of people and equipment, and of aid; each only where the case has something."""
    found: list[Block] = []
    if shown.result.forces:
        found.append(_forces(shown))
    if shown.result.donors:
        found.append(_donors(shown))
    return tuple(found)


def _forces(shown: Shown) -> Table:
    last = shown.result.months
    marks = tuple(dict.fromkeys((min(12, last), last)))
    rows = tuple(
        (
            Cell(shown.name(f.actor)),
            Cell(_what(shown, f)),
            Cell(say.whole(f.lost), f.lost.mid),
            Cell(say.whole(f.replaced), f.replaced.mid),
            *(Cell(_part(f.used.at(m)), f.used.mid[m]) for m in marks),
            Cell(words.percent(f.emptied), f.emptied),
        )
        for f in shown.result.forces
    )
    used = tuple(f"Reserve used in {m} months" for m in marks)
    columns = ("Actor", "What", "Lost a month", "Replaced a month", *used, f"Used up within {last} months")
    note = "The reserve is what losses beyond replacement are drawn from. Last column: share of paths."
    return Table("People and equipment", columns, rows, numeric=columns[2:], note=note)


def _what(shown: Shown, f: ForceTime) -> str:
    block = shown.case.ripeness
    if not f.what or block is None:
        return "Soldiers, thousands"
    return next(e.name for e in block.equipment if e.id == f.what)


def _part(value: Span) -> str:
    low, mid, high = (say.part(v) for v in (value.low, value.mid, value.high))
    return f"{mid} ({low} to {high})"


def _donors(shown: Shown) -> Table:
    fates = [f for f in FATES if any(f in d.fates for d in shown.result.donors)]
    rows = tuple(
        (
            Cell(shown.name(d.donor)),
            Cell(shown.name(d.to)),
            Cell(f"{say.whole(d.now)} {d.unit}", d.now.mid),
            *(
                Cell(say.whole(d.fates[f]), d.fates[f].mid) if f in d.fates else Cell("not described")
                for f in fates
            ),
        )
        for d in shown.result.donors
    )
    columns = ("Donor", "To", "Now", *(f"{FATES[f]}, in a year" for f in fates))
    return Table("Aid, donor by donor", columns, rows)


def levers(shown: Shown) -> tuple[Block, ...]:
    """Return what each lever would change, one at a time; nothing where the case feeds none."""
    told = [one for one in shown.result.levers if one.change]
    if not told:
        return ()
    who = [a.actor for a in shown.result.actors if any(a.actor in one.change for one in told)]
    rows = tuple((Cell(words.sentence(one.lever)), *(_change(one, a) for a in who)) for one in told)
    last = say.month_name(shown.start, shown.result.months)
    note = (
        f"Change of the worth of no deal by {last}, in points of each actor's own scale: 5th to 95th "
        "percentile of paths. Each lever alone, on the same draws."
    )
    return (Table("What each lever would do", ("Lever", *map(shown.name, who)), rows, note=note),)


def _change(one: LeverTime, actor: str) -> Cell:
    span = one.change.get(actor)
    return Cell("–") if span is None else Cell(say.points_range(span), span.mid)
