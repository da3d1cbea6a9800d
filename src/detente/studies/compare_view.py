"""Shows variants beside the case on file: what was changed, what moved, and what did not."""

from __future__ import annotations

from collections.abc import Iterable

from detente.case.edits import shown
from detente.case.inputs_names import label_of
from detente.lens import Measure
from detente.page import Caveat, Cell, Page, Section, Table, Text
from detente.registry import LENSES
from detente.studies.compare import Compared, Comparison, name_of
from detente.words import count, listed, percent, sentence, signed

_SHARES = ("share of draws", "share", "chance", "probability")


def view(found: Comparison) -> Page:
    """Return the page of a comparison; computes nothing new."""
    moved = [row for row in found.rows if row.moved]
    title = f"{sentence(count(len(moved), 'headline number'))} of {len(found.rows)} moved"
    lead = (
        f"{listed(found.names()[1:])} beside {_against(found)}. One seed drew both, so a difference comes "
        "from the assumptions, not from the draws."
    )
    sections = [_changed(found), *_by_lens(found), _still(found)]
    return Page(title, lead, tuple(s for s in sections if s.blocks))


def _against(found: Comparison) -> str:
    return "the case on file" if found.case.variant is None else f"the variant {found.names()[0]}"


def _changed(found: Comparison) -> Section:
    rows = tuple(
        (
            Cell(name_of(variant, n)),
            Cell(label_of(found.case, edit.path)),
            Cell(shown(edit.was)),
            Cell(shown(edit.value)),
            Cell(edit.why or "no reason given"),
        )
        for n, variant in enumerate((found.case, *found.variants))
        for edit in (variant.variant.edits if variant.variant else ())
    )
    columns = ("Variant", "Assumption", "On file", "Variant says", "Why")
    return Section("changed", "What was changed", "", (Table("Changes", columns, rows),) if rows else ())


def _by_lens(found: Comparison) -> Iterable[Section]:
    """Yield a section for each lens of which something moved."""
    for lens in LENSES:
        rows = [row for row in found.rows if row.lens == lens.name and row.moved]
        if rows:
            columns = _columns(found)
            named = [row.label for row in rows]
            cells = (_row(row, named.count(row.label) > 1) for row in rows)
            table = Table("What moved", columns, tuple(cells), numeric=columns[1:])
            yield Section(lens.name, lens.question, "", (table,))


def _columns(found: Comparison) -> tuple[str, ...]:
    first, *others = found.names()
    return (
        "",
        first,
        *(c for name in others for c in (name, f"{name}, change" if len(others) > 1 else "Change")),
    )


def _row(row: Compared, alike: bool) -> tuple[Cell, ...]:
    """Return a row; where labels are alike, the measure's own name tells them apart."""
    cells = [Cell(f"{row.label} ({row.name})" if alike else row.label), _value(row.values[0], row.unit)]
    for measure, delta in zip(row.values[1:], row.deltas, strict=True):
        cells += [_value(measure, row.unit), Cell(change(delta, row.unit), sort=delta)]
    return tuple(cells)


def _value(measure: Measure | None, unit: str) -> Cell:
    value = measure.value if measure else None
    return Cell(said(value, unit), sort=value)


def said(value: float | None, unit: str) -> str:
    """Return a headline number with its unit.

    Examples
    --------
    >>> said(0.27, "share of draws"), said(10500, "deals"), said(3.456, "points"), said(None, "deals")
    ('27%', '10,500', '3.5', 'none')
    """
    if value is None:
        return "none"
    if unit in _SHARES:
        return percent(value)
    return (
        f"{value:,.0f}"
        if float(value).is_integer()
        else f"{value:,.1f}"
        if abs(value) >= 1
        else f"{value:.2g}"
    )


def change(delta: float | None, unit: str) -> str:
    """Return a difference with its sign, in words where there is none.

    Examples
    --------
    >>> change(0.043, "share of draws"), change(-12, "deals"), change(0.0, "deals"), change(None, "deals")
    ('+4 points', '−12', 'no change', '')
    >>> change(0.002, "share of draws"), change(-0.25, "points")
    ('under one point up', '−0.25')
    """
    if delta is None:
        return ""
    if delta == 0:
        return "no change"
    if unit in _SHARES:
        points = 100 * delta
        return (
            f"{signed(points)} point{'' if abs(round(points)) == 1 else 's'}"
            if abs(points) >= 1
            else f"under one point {'up' if delta > 0 else 'down'}"
        )
    if float(delta).is_integer():
        return f"{signed(delta)}"
    return f"{'+' if delta > 0 else '−'}{said(abs(delta), unit)}"


def _still(found: Comparison) -> Section:
    """Return what did not move, by name: that too is an answer."""
    by_lens = [
        (lens.question, [row for row in found.rows if row.lens == lens.name and not row.moved])
        for lens in LENSES
    ]
    blocks = [
        Text(f"{q} {sentence(listed(list(dict.fromkeys(r.label for r in rows))))}.")
        for q, rows in by_lens
        if rows
    ]
    caveat = Caveat("A number that does not move under these edits can still move under others.")
    return Section("still", "What did not move", "", (*blocks, caveat) if blocks else (), annex=True)
