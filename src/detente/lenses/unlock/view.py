"""What it would take, in words: packages of movements, their prices, and what a new option would need."""

from __future__ import annotations

from detente.case.model import Case
from detente.lens import Run
from detente.lenses.unlock import Options
from detente.lenses.unlock.result import Move, Package, Unlocked
from detente.page import Caveat, Cell, Page, Section, Table, Text
from detente.table.names import Names
from detente.words import count, listed, percent, sentence


def view(case: Case, run: Run[Options, Unlocked]) -> Page:
    """Return the page; computes nothing new."""
    r, names = run.result, Names(case, dict(run.result.added))
    sections = (_packages(names, r), _options(names, r))
    return Page(_headline(names, r), _lead(names, r), tuple(s for s in sections if s.blocks))


def _headline(names: Names, r: Unlocked) -> str:
    if not r.packages:
        return f"No movement by {names.actors(r.movers)} alone would open a deal"
    first = r.packages[0]
    if not any(m.drops or m.short > 0 for m in first.moves):
        return "Nothing has to move: a deal is possible as things stand"
    what = "This deal" if r.target else "A deal"
    return f"{what} would take: {_said(names, first)}"


def _said(names: Names, p: Package) -> str:
    parts = [_moves(names, m) for m in p.moves if m.drops or m.short > 0]
    return "; ".join(parts) or "nothing"


def _moves(names: Names, m: Move) -> str:
    said = []
    if m.drops:
        said.append(f"drops {names.issues(i for _, i in m.drops)}")
    if m.short > 0:
        said.append(f"accepts {m.short:.1f} points less than no deal, or is paid as much")
    return f"{names.actor(m.actor)} {listed(said)}"


def _lead(names: Names, r: Unlocked) -> str:
    lead = f"Read with {names.reading_name(r.reading)}; only {names.actors(r.movers)} may move."
    if len(r.packages) > 1:
        shown = sentence(count(len(r.packages), "minimal package"))
        lead += f" {shown} shown; runner-up: {_said(names, r.packages[1])}."
    return lead


def _packages(names: Names, r: Unlocked) -> Section:
    rows = tuple(
        (
            Cell(sentence(_said(names, p))),
            Cell("; ".join(f"{names.actor(m.actor)} {m.price:.1f}" for m in p.moves)),
            Cell("; ".join(f"{names.actor(m.actor)} {m.spare:.1f}" for m in p.moves)),
            Cell("too many to count" if p.opens is None else f"{p.opens:,}", sort=p.opens),
            Cell(names.deal(r.issues, p.deal)),
        )
        for p in r.packages
    )
    columns = ("Who moves how", "Price", "Left above no deal", "Opens", "Cheapest deal opened")
    blocks = (
        Table("Minimal packages of movements", columns, rows, numeric=("Opens",)),
        Caveat(
            "Exact at the mean of the draws, not in every draw. Prices are in points of each party's own "
            "0 to 100 scale and cannot be compared between parties."
        ),
    )
    return Section("packages", "What it would take", blocks=blocks if rows else ())


def _options(names: Names, r: Unlocked) -> Section:
    rows = tuple(
        (
            Cell(names.issue(x.issue)),
            Cell(listed([f"{names.actor(a)} {n:.1f}" for a, n in x.needs])),
            Cell(percent(min(1.0, max(0.0, x.share))), sort=x.share),
        )
        for x in r.options
    )
    table = Table(
        "A new option on one issue",
        ("Issue", "Points it must bring", "Of the way from worst to best, for whoever needs most"),
        rows,
    )
    text = Text("The least demanding option that would make a deal possible, every other red line standing.")
    return Section("options", "What a new option would need", blocks=(text, table) if rows else ())
