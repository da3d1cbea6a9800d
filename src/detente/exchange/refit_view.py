"""Shows a refit beside the packaged figures, and as classes a case can take."""

from __future__ import annotations

import numpy as np

from detente import words
from detente.exchange.refit import CAUTIONS, LIFETIMES, Group, Refit
from detente.methods.durability.cox import RatioRow, fits
from detente.methods.durability.pieces import EDGES, crude
from detente.methods.durability.references import AGREEMENTS, TERMINATIONS, kaplan_meier
from detente.page import Block, Caveat, Cell, Page, Section, Table, Text

PACKAGED = {"ucdp-agreements": AGREEMENTS, "ucdp-terminations": TERMINATIONS}
"""The packaged set to hold a refit against; the others have none."""

FITS = {"ucdp-agreements": "ucdp_agreements", "ucdp-terminations": "ucdp_terminations"}
"""The packaged Cox model to hold a refit against."""


def page(made: Refit) -> Page:
    """Return the figures as a page."""
    lead = (
        f"{words.sentence(words.count(made.n, 'lifetime'))}, {words.count(made.events, 'failure')}; "
        f"{words.count(made.skipped, 'row')} left out for want of a date. A lifetime runs "
        f"{LIFETIMES[made.source]}."
    )
    blocks: list[Block] = [_failed(made), _pieces(made.groups[0])]
    if made.ratios:
        blocks.append(_ratios(made))
    blocks += [Caveat(CAUTIONS[made.source])]
    if made.ratios:
        blocks.append(Caveat("Ratios describe who got a clause as much as what it does; nothing is causal."))
    sections = [Section("refit", "Figures", "", tuple(blocks))]
    if made.source != "ucdp-terminations":  # blind in the first year, so no class to start a deal from
        sections.append(_classes(made))
    return Page(f"Refit on your own file: {made.source}", lead, tuple(sections))


def _failed(made: Refit) -> Table:
    rows = []
    for group in made.groups:
        label = f"{words.sentence(group.name)} ({group.n}, {words.count(group.events, 'failure')})"
        rows.append((Cell(label), *(Cell(f"{share:.3f}", sort=share) for _, share in group.failed)))
        packaged = dict(kaplan_meier(PACKAGED.get(made.source, ""), group.name))
        if packaged:
            cells = (Cell(f"{packaged[day]:.3f}" if day in packaged else "–") for day, _ in group.failed)
            rows.append((Cell("  as packaged"), *cells))
    columns = tuple(f"{day:,} days" for day, _ in made.groups[0].failed)
    return Table("Share failed (Kaplan-Meier)", ("Kind", *columns), tuple(rows), numeric=columns)


def _pieces(group: Group) -> Table:
    ends = [*(f"{int(e)}" for e in EDGES[1:]), "on"]
    counts = group.counts
    rows = tuple(
        (
            Cell(f"{int(start)} to {end} days" if end != "on" else f"from {int(start)} days on"),
            Cell(f"{events:g}"),
            Cell(f"{days:,.0f}"),
            Cell("unknown" if np.isnan(rate) else f"{1000 * rate:.3f}"),
        )
        for start, end, events, days, rate in zip(
            EDGES, ends, counts.events, counts.days, crude(counts), strict=True
        )
    )
    columns = ("Piece", "Failures", "Days at risk", "Failures per 1,000 days")
    return Table("Hazard by piece of time, all lifetimes", columns, rows, numeric=columns[1:])


def _ratios(made: Refit) -> Table:
    fit = FITS.get(made.source)
    packaged = {row.name: row for row in fits()[fit].rows} if fit else {}
    rows = tuple(
        (
            Cell(r.name.replace("_", " ")),
            Cell(f"{r.ratio:.2f}", sort=r.ratio),
            Cell(f"{r.low:.2f} to {r.high:.2f}"),
            *([Cell(_beside(packaged.get(r.name)))] if packaged else []),
        )
        for r in made.ratios
    )
    columns = ("Feature", "Hazard ratio", "95% interval, robust by cluster")
    return Table("Cox model", (*columns, *(["As packaged"] if packaged else [])), rows)


def _beside(row: RatioRow | None) -> str:
    return "–" if row is None else f"{row.ratio:.2f}"


def _classes(made: Refit) -> Section:
    """Return each kind as the lines a case takes under `durability.classes`."""
    rows = tuple(
        (
            Cell(words.sentence(group.name)),
            Cell(f"events: {_listed(group.counts.events)}"),
            Cell(f"days: {_listed(group.counts.days)}"),
        )
        for group in made.groups
    )
    lead = (
        "To judge deals of your case by one of these, add it under `durability.classes` with the kind of "
        "halt it stands for, its name, its source and what a lifetime is."
    )
    table = Table("Failures and days at risk by piece", ("Kind", "Line one", "Line two"), rows)
    how = Text("Pieces: 0 to 30 days, to 90, to 365, to 1,825, and on. The numbers are sums, not rows.")
    return Section("classes", "As classes for a case", lead, (table, how))


def _listed(values: np.ndarray) -> str:
    return "[" + ", ".join(f"{v:.0f}" for v in values) + "]"
