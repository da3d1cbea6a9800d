"""How sure we are of the inputs: every judgement with its basis, reason and evidence."""

from __future__ import annotations

from detente.case.model import Case
from detente.page import Bar, Bars, Caveat, Cell, Section, Table
from detente.table.names import Names


def inputs(case: Case) -> Section:
    """Return the judgements behind the brief, and what share is stated, inferred or guessed."""
    names = Names(case)
    counts = case.basis_counts
    total = sum(counts.values())
    bars = tuple(Bar(basis, n / total, note=f"{n} of {total}") for basis, n in counts.items())
    rows = tuple(
        (
            Cell(names.actor(actor)),
            Cell(names.issue(issue)),
            Cell(_order(names, issue, view.tiers)),
            Cell(f"{view.salience.low:.0f}–{view.salience.high:.0f}", sort=view.salience.mid),
            Cell(view.basis),
            Cell(view.note, refs=view.evidence),
        )
        for actor, by_issue in case.preferences.items()
        for issue, view in by_issue.items()
    )
    columns = ("Who", "Issue", "Order, best first", "Salience", "Basis", "Why")
    return Section(
        "inputs",
        "How sure we are of the inputs",
        f"Judgements by {case.analyst}. The list of all preferences is on the screen and left out on paper.",
        (
            Bars("Share of judgements by basis", "share", bars),
            Table("Every preference", columns, rows, numeric=("Salience",), paper=False),
            Caveat(case.wording) if case.wording else Caveat("No wording policy is given in the case."),
        ),
        annex=True,
    )


def _order(names: Names, issue: str, tiers: tuple[tuple[str, ...], ...]) -> str:
    return " › ".join(" = ".join(names.option(issue, o) for o in tier) for tier in tiers)
