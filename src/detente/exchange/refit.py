"""Refits the durability figures on a user's own copy of a published data set, and shows them beside ours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from detente import words
from detente.errors import UsageError
from detente.exchange import ethprio, ucdp
from detente.exchange.published import Lifetimes
from detente.methods.durability import estimate
from detente.methods.durability.cox import RatioRow
from detente.methods.durability.pieces import EDGES, HORIZONS, Counts, count_pieces, crude
from detente.page import Block, Caveat, Cell, Page, Section, Table

READERS = {
    "ucdp-agreements": ucdp.read_agreements,
    "ucdp-terminations": ucdp.read_terminations,
    "ethprio": ethprio.read_ceasefires,
}
"""Data sets by the name a user types."""

CAUTIONS = {
    "ucdp-agreements": "A lifetime is that of the agreement, which is not that of quiet. Agreements of one "
    "process repeat, so that intervals are too narrow.",
    "ucdp-terminations": "A termination needs a quiet calendar year: nothing is known below one year.",
    "ethprio": "Ends that are not recorded are censored on the last day observed, which flatters.",
}


@dataclass(frozen=True, slots=True)
class Refit:
    """Figures from a user's own file.

    Parameters
    ----------
    source : str
    n, events, skipped : int
        Lifetimes, failures, rows left out.
    failed : tuple of (day, share)
        Kaplan-Meier.
    counts : Counts
        Events and days at risk by piece.
    ratios : tuple of RatioRow
        Hazard ratios with 95 % intervals robust by cluster.
    names : tuple of str
        The lifetimes by name.
    """

    source: str
    n: int
    events: int
    skipped: int
    failed: tuple[tuple[int, float], ...]
    counts: Counts
    ratios: tuple[RatioRow, ...]
    names: tuple[str, ...]


def refit(source: str, path: Path) -> Refit:
    """Read a user's file and fit it.

    Parameters
    ----------
    source : str
        One of `READERS`.
    path : Path
        CSV with the published column names.

    Raises
    ------
    UsageError
        If the data set is not known, or the file holds no failure to learn from.
    InputProblems
        If the file cannot be read.
    MissingExtra
        If lifelines is not installed.
    """
    if source not in READERS:
        raise UsageError(f"there is no data set '{source}'. Remedy: choose from {', '.join(READERS)}")
    found = READERS[source](path)
    s = found.spells
    if not s.failed.any():
        raise UsageError(f"{path} holds no lifetime that ended. Remedy: check that it is the whole file")
    days = [day for day in HORIZONS if source != "ucdp-terminations" or day >= 365]
    shares = estimate.kaplan_meier(s, days)
    return Refit(
        source,
        len(found.names),
        int(s.failed.sum()),
        found.skipped,
        tuple((day, float(share)) for day, share in zip(days, shares, strict=True)),
        count_pieces(s.entry, s.leave, s.failed),
        _ratios(found),
        found.names,
    )


def _ratios(found: Lifetimes) -> tuple[RatioRow, ...]:
    varying = {name: x for name, x in found.covariates.items() if np.unique(x).size > 1}
    if not varying:
        return ()
    fit = estimate.cox(found.spells, varying)
    errors = np.sqrt(np.diag(estimate.cluster_robust(fit, found.spells, varying, found.cluster)))
    return tuple(
        RatioRow(name, *(float(np.exp(b + z * e)) for z in (0.0, -1.96, 1.96)))
        for name, b, e in zip(fit.names, fit.coef, errors, strict=True)
    )


def page(made: Refit) -> Page:
    """Return the figures as a page."""
    lead = (
        f"{words.sentence(words.count(made.n, 'lifetime'))}, {words.count(made.events, 'failure')}; "
        f"{words.count(made.skipped, 'row')} left out for want of a date."
    )
    blocks: list[Block] = [
        Table(
            "Share failed (Kaplan-Meier)",
            tuple(f"{day} days" for day, _ in made.failed),
            (tuple(Cell(f"{share:.3f}", sort=share) for _, share in made.failed),),
        ),
        _pieces(made.counts),
    ]
    if made.ratios:
        blocks.append(_table(made.ratios))
    blocks.append(Caveat(CAUTIONS[made.source]))
    blocks.append(Caveat("Ratios describe who got a clause as much as what it does; nothing here is causal."))
    return Page(
        f"Refit on your own file: {made.source}", lead, (Section("refit", "Figures", "", tuple(blocks)),)
    )


def _pieces(counts: Counts) -> Table:
    ends = [*(f"{int(e)}" for e in EDGES[1:]), "on"]
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
    return Table("Hazard by piece of time", columns, rows, numeric=columns[1:])


def _table(ratios: tuple[RatioRow, ...]) -> Table:
    rows = tuple(
        (
            Cell(r.name.replace("_", " ")),
            Cell(f"{r.ratio:.2f}", sort=r.ratio),
            Cell(f"{r.low:.2f} to {r.high:.2f}"),
        )
        for r in ratios
    )
    return Table("Cox model", ("Feature", "Hazard ratio", "95 % interval, robust by cluster"), rows)
