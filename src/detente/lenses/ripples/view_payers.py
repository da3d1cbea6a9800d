"""Who pays under each outcome: a picture and a table for each unit."""

from __future__ import annotations

from detente import words
from detente.lenses.ripples import view_words as say
from detente.lenses.ripples.result import DonorResult, Ripples
from detente.page import Cell, Range, RangeGroup, Ranges, Table


def payers(result: Ripples) -> tuple[Ranges | Table, ...]:
    """Return a picture and a table for each unit."""
    found: list[Ranges | Table] = []
    for unit in result.today.totals:
        donors = tuple(dict.fromkeys(d.donor for d in result.today.donors if d.unit == unit))
        groups = tuple(
            RangeGroup(
                result.names[who],
                tuple(
                    Range(s.label, d.amount.low, d.amount.mid, d.amount.high)
                    for s in result.scenarios
                    for d in s.donors
                    if (d.donor, d.unit) == (who, unit)
                ),
            )
            for who in donors
        )
        found += [Ranges("Support by donor", unit, groups), _shares(result, unit, donors)]
    return tuple(found)


def _shares(result: Ripples, unit: str, donors: tuple[str, ...]) -> Table:
    """Return what each donor gives; outcomes that read the same share a row."""
    rows: dict[tuple[str, ...], tuple[DonorResult, list[str]]] = {}
    for who in donors:
        for s in result.scenarios:
            for d in s.donors:
                if (d.donor, d.unit) == (who, unit):
                    rows.setdefault((who, *_said(d)), (d, []))[1].append(s.label)
    columns = (
        "Donor",
        "Under",
        "Amount",
        "Share of all donors",
        "Against no deal",
        "Share over size of economy",
    )
    cells = tuple(_row(result, key, *found) for key, found in rows.items())
    note = "Share over size of economy: 1 is in proportion, 2 is twice as much."
    return Table(f"Who pays, {unit}", columns, cells, note, columns[2:])


def _said(d: DonorResult) -> tuple[str, ...]:
    return (
        say.amounts(d.amount),
        say.shares(d.share),
        say.amounts(d.against_no_deal, signed=True),
        say.span(d.ratio) if d.ratio else "size not given",
    )


def _row(result: Ripples, key: tuple[str, ...], d: DonorResult, labels: list[str]) -> tuple[Cell, ...]:
    every = len(labels) == len(result.scenarios)
    sorts = (d.amount.mid, d.share.mid, d.against_no_deal.mid, d.ratio.mid if d.ratio else None)
    return (
        Cell(result.names[d.donor]),
        Cell("every outcome" if every else words.listed([words.within(label) for label in labels])),
        *(Cell(text, sort) for text, sort in zip(key[1:], sorts, strict=True)),
    )
