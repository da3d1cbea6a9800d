"""Packages on record: what somebody has proposed, and who could accept it."""

from __future__ import annotations

from detente.case.model import Case
from detente.case.parties import NamedDeal
from detente.lenses.locate.result import Location
from detente.lenses.locate.run import place
from detente.page import Cell, Section, Table
from detente.table.encode import Encoded, encode
from detente.table.names import Names
from detente.words import sentence


def packages(case: Case) -> Section:
    """Return one row for each package the case names; empty where it names none."""
    names, enc = Names(case), encode(case)
    rows = tuple(
        _row(names, enc, deal) for deal in case.deals if any(i.id in deal.options for i in enc.issues)
    )
    columns = ("Package", "Leaves open", *(sentence(names.reading_name(r)) for r in case.readings))
    lead = (
        "A party is named as refusing when no way to fill what the package leaves open suits its red lines."
    )
    table = Table("Who would refuse", columns, rows)
    return Section("packages", "Packages on record", lead, (table,) if rows else ())


def _row(names: Names, enc: Encoded, deal: NamedDeal) -> tuple[Cell, ...]:
    location, _ = place(enc, deal.options)
    verdicts = (_verdict(names, location, reading) for reading in enc.accepts)
    left = names.issues(location.open_issues) or "nothing"
    return (Cell(deal.name, refs=deal.evidence), Cell(left), *verdicts)


def _verdict(names: Names, location: Location, reading: str) -> Cell:
    if not location.completions:
        return Cell("excluded by the rules: " + " ".join(names.rule(r) for r in location.broken), mark="no")
    refusing = [v for v in location.verdicts if v.reading == reading and not v.accepts]
    if not refusing:
        return Cell("nobody outright", mark="part")
    said = (
        f"{names.actor(v.actor)} ({names.issues(i for _, i in v.crossed) or 'combinations'})"
        for v in refusing
    )
    return Cell("; ".join(said), mark="no")
