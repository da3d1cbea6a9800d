"""What it would take, in words: packages of movements, their prices, and what a new option would need."""

from __future__ import annotations

from detente.case.model import Case
from detente.lens import Run
from detente.lenses.unlock import Options
from detente.lenses.unlock.result import Instead, Move, Package, Unlocked
from detente.page import Block, Caveat, Cell, Page, Section, Table, Text
from detente.table.names import Names
from detente.table.show import range_of
from detente.words import count, listed, number, percent, points, sentence, whole


def view(case: Case, run: Run[Options, Unlocked]) -> Page:
    """Return the page; computes nothing new."""
    r, names = run.result, Names(case, dict(run.result.added))
    sections = (_packages(names, r), _miss(names, r), _covers(names, r), _options(names, r), _named(names, r))
    return Page(_headline(names, r), _lead(names, r), tuple(s for s in sections if s.blocks))


def _headline(names: Names, r: Unlocked) -> str:
    if not r.packages:
        return f"No movement by {names.actors(r.movers)} alone would open a deal"
    if not _moving(r.packages[0]):
        return "Nothing has to move: a deal is possible as things stand"
    what = "This deal" if r.target else "A deal"
    return f"{what} would take: {_said(names, r.packages[0])}"


def _moving(p: Package) -> list[Move]:
    return [m for m in p.moves if m.drops or m.short > 0]


def _said(names: Names, p: Package) -> str:
    return "; ".join(_moves(names, m) for m in _moving(p)) or "nothing"


def _moves(names: Names, m: Move) -> str:
    said = []
    if m.drops:
        lines = "its red line" if len(m.drops) == 1 else "its red lines"
        said.append(f"drops {lines} on {names.issues(i for _, i in m.drops)}")
    if m.short > 0:
        said.append(f"lowers what no deal is worth to it by {points(m.short)}, or is paid as much")
    return f"{names.actor(m.actor)} {listed(said)}"


def _lead(names: Names, r: Unlocked) -> str:
    lead = f"Read with {names.reading_name(r.reading)}; only {names.actors(r.movers)} may move."
    if len(r.packages) > 1:
        found = sentence(count(r.total, "minimal package"))
        shown = "" if r.total == len(r.packages) else f", {number(len(r.packages))} shown"
        lead += f" {found}{shown}; runner-up: {_said(names, r.packages[1])}."
    return lead


def _packages(names: Names, r: Unlocked) -> Section:
    rows = tuple(_row(names, r, number, p) for number, p in enumerate(r.packages, 1))
    columns = ("", "Who moves how", "Price", "Left above no deal", "Opens", "Holds", "Cheapest deal opened")
    blocks = (
        Table("Minimal packages of movements", columns, rows, numeric=("Opens", "Holds")),
        Caveat(
            "Packages and prices are exact at the mean of the draws. “Opens” counts deals that beat no deal "
            "there besides fitting the red lines, so fewer than red lines alone would open. "
            "“Holds” is the share of draws in which the deal then beats no deal for all of them. Prices are "
            "in points of each party's own 0 to 100 scale and cannot be compared between parties. What is "
            "left above no deal is what a party could pay another with."
        ),
    )
    return Section("packages", "What it would take", blocks=blocks if rows else ())


def _row(names: Names, r: Unlocked, place: int, p: Package) -> tuple[Cell, ...]:
    return (
        Cell(str(place)),
        Cell(sentence(_said(names, p))),
        Cell("; ".join(f"{names.actor(m.actor)} {whole(m.price)}" for m in p.moves)),
        Cell("; ".join(f"{names.actor(m.actor)} {whole(m.spare)}" for m in p.moves)),
        Cell("not counted" if p.opens is None else f"{p.opens:,}", sort=p.opens),
        Cell(range_of(p.holds), sort=p.holds.value),
        Cell(names.deal(r.issues, p.deal)),
    )


def _miss(names: Names, r: Unlocked) -> Section:
    if r.miss is None:
        return Section("miss", "The leading nearest miss")
    prices = listed([f"{names.actor(m.actor)} {whole(m.price)}" for m in r.miss.moves if m.price > 0])
    paid = (
        f" It costs, in points of each one's own scale: {prices}." if prices else " It costs nobody anything."
    )
    text = (
        f"It would carry if {_said(names, r.miss)}.{paid} It then beats no deal for all of them in "
        f"{range_of(r.miss.holds)} of draws."
    )
    blocks: tuple[Block, ...] = (Text(text), Text(f"The deal: {names.deal(r.issues, r.miss.deal)}."))
    return Section("miss", "What would carry the leading nearest miss", blocks=blocks)


def _covers(names: Names, r: Unlocked) -> Section:
    """Return the other ways to cover a shortfall: a salience or a value that changes."""
    shown = [(str(k), p) for k, p in enumerate(r.packages, 1)]
    shown += [("miss", r.miss)] if r.miss else []
    rows = tuple(
        (
            Cell(label),
            Cell(names.actor(m.actor)),
            Cell(whole(m.short), sort=m.short),
            Cell(_instead(names, m, "salience")),
            Cell(_instead(names, m, "value")),
        )
        for label, p in shown
        for m in p.moves
        if m.short > 0
    )
    columns = ("Package", "Who", "Points short", "Or it weighs", "Or it values")
    table = Table("Instead of lowering no deal, or of a payment", columns, rows, numeric=("Points short",))
    text = Text("The smallest change of one weight, and of the worth of one option of the deal, just enough.")
    return Section("covers", "Other ways to cover a shortfall", blocks=(text, table) if rows else ())


def _instead(names: Names, m: Move, kind: str) -> str:
    found: Instead | None = next((x for x in m.instead if x.kind == kind), None)
    if found is None:
        return "no single one is enough"
    if kind == "salience":
        return f"{names.issue(found.issue)} at {found.after:.0f}% instead of {found.before:.0f}%"
    option = names.option(found.issue, found.option)
    return f"“{option}” at {found.after:.0f} of 100 instead of {found.before:.0f}"


def _options(names: Names, r: Unlocked) -> Section:
    """Return what a new option would need; nothing where a deal is possible without one."""
    if r.packages and not _moving(r.packages[0]):
        return Section("options", "What a new option would need")
    rows = tuple(
        (
            Cell(names.issue(x.issue)),
            Cell(listed([f"{names.actor(a)} {whole(n)}" for a, n in x.needs])),
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


def _named(names: Names, r: Unlocked) -> Section:
    blocks = []
    for x in r.named:
        what = f"With “{names.option(x.issue, x.option)}” ({names.issue(x.issue)}) on the table"
        if x.package is None:
            said = f"no movement by {names.actors(r.movers)} alone would open a deal"
        elif not _moving(x.package):
            beat = "that beat no deal at the mean of the draws"
            said = f"nothing has to move: {count(x.package.opens or 0, 'deal')} inside the red lines {beat}"
        else:
            said = f"it would take: {_said(names, x.package)}"
        blocks.append(Text(f"{what}: {said}."))
    return Section("named", "Options the case names that were not on the table", blocks=tuple(blocks))
