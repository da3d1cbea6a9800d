"""A package in words: who accepts it, who refuses first and why, what beats it."""

from __future__ import annotations

from detente.case.model import Case
from detente.lens import Run
from detente.lenses.locate import Options
from detente.lenses.locate.result import Location, Verdict
from detente.page import Block, Caveat, Cell, Fact, Page, Section, Table, Text
from detente.table.names import Names
from detente.table.show import gain_ranges, parties, range_of
from detente.words import count, likelihood_range, listed, percent, sentence, signed

DRAWS_LEAD = (
    "Red lines aside: here an option beyond one is only low in the order, and others can make up for it. "
    "A share is of draws of what each may want, not of people or of votes."
)


def view(case: Case, run: Run[Options, Location]) -> Page:
    """Return the page of a package; computes nothing new."""
    r, names = run.result, Names(case, dict(run.result.added))
    sections = (_package(names, r), _acceptance(names, r), _draws(names, r), _rivals(names, r))
    return Page(
        _headline(names, r), _lead(names, r), tuple(s for s in sections if s.blocks), _facts(names, r)
    )


def _headline(names: Names, r: Location) -> str:
    if not r.completions:
        return "The rules exclude this package"
    widest = _of(r, r.verdicts[-1].reading) if r.verdicts else []
    refusing = [v.actor for v in widest if v.actor in r.required and not v.accepts]
    if refusing:
        reading = names.reading_name(widest[0].reading)
        return f"{sentence(names.actors(refusing))} would refuse this package even with {reading}"
    return "No required party's widest red lines exclude this package"


def _of(r: Location, reading: str) -> list[Verdict]:
    return [v for v in r.verdicts if v.reading == reading]


def _lead(names: Names, r: Location) -> str:
    if not r.completions:
        return " ".join(names.rule(rule) for rule in r.broken)
    parts = []
    if r.open_issues:
        ways = count(r.completions, "way")
        parts.append(f"It leaves open {names.issues(r.open_issues)}; {ways} to fill that fit the rules.")
    if not r.in_scope:
        parts.append("It does not count as a deal in the sense of this case.")
    shown = r.shown
    if shown is not None and shown.refuses_first:
        worst = next((x for x in r.worst if x.actor == shown.refuses_first), None)
        why = f", mostly over {names.issues([worst.issue])}" if worst is not None and worst.points < 0 else ""
        parts.append(
            f"Red lines aside, the first to refuse over the draws is {names.actor(shown.refuses_first)} "
            f"({percent(shown.refuses_share)}){why}."
        )
    if r.left_out:
        parts.append(f"Not looked at here: {names.issues(r.left_out)}.")
    return " ".join(parts)


def _facts(names: Names, r: Location) -> tuple[Fact, ...]:
    if r.shown is None:
        return ()
    share = r.shown.accepted
    return (
        Fact(
            sentence(likelihood_range(share.low, share.high)),
            f"{range_of(share)} of draws",
            f"{sentence(parties(names, r.required, r.quorum))} {_all(r)}prefer it to no deal, red lines "
            "aside. Model result.",
            share.value,
            share.low,
            share.high,
            trace="locate.accepted",
        ),
        Fact(
            f"Place {r.rank:,} of {r.of:,}",
            f"by how often all {'who must agree' if r.quorum else 'required parties'} accept",
            "Deals with an equal share take the same place; those within its Monte Carlo interval cannot be "
            "told apart.",
        ),
    )


def _all(r: Location) -> str:
    return "" if r.quorum else "both " if len(r.required) == 2 else "all "


def _package(names: Names, r: Location) -> Section:
    given = dict(r.given)
    shown = dict(zip(r.issues, r.shown.options, strict=True)) if r.shown is not None else {}
    rows = tuple(
        (
            Cell(names.issue(i)),
            Cell(names.option(i, given[i]) if i in given else "left open"),
            Cell(names.option(i, shown[i]) if i in shown else ""),
        )
        for i in r.issues
    )
    columns = ("Issue", "As given", "As looked at: the completion most often acceptable")
    return Section("package", "The package", blocks=(Table("The package", columns, rows),))


def _acceptance(names: Names, r: Location) -> Section:
    readings = list(dict.fromkeys(v.reading for v in r.verdicts))
    rows = []
    for actor in dict.fromkeys(v.actor for v in r.verdicts):
        cells = [_verdict(names, r, v) for v in r.verdicts if v.actor == actor]
        rows.append((Cell(names.actor(actor)), *cells))
    columns = ("Who", *(sentence(names.reading_name(x)) for x in readings))
    return Section(
        "acceptance",
        "Who could accept it",
        blocks=(Table("By red lines", columns, tuple(rows)),) if rows else (),
    )


def _verdict(names: Names, r: Location, v: Verdict) -> Cell:
    if v.accepts == r.completions and v.accepts:
        return Cell("yes", mark="yes")
    if v.accepts:
        return Cell(f"in {v.accepts:,} of {r.completions:,} completions", mark="part")
    why = f": {names.issues(i for _, i in v.crossed)}" if v.crossed else ": some combination"
    return Cell(f"no{why}", mark="no")


def _draws(names: Names, r: Location) -> Section:
    if r.shown is None:
        return Section("draws", "")
    losses = {x.actor: x for x in r.worst}
    rows = []
    for actor, share in r.shown.by_actor:
        loss = losses.get(actor)
        text = (
            f"{names.issue(loss.issue)} ({signed(loss.points)})"
            if loss is not None and loss.points < 0
            else ""
        )
        rows.append((Cell(names.actor(actor)), Cell(range_of(share), sort=share.value), Cell(text)))
    table = Table("Share of draws", ("Who", "Prefers it to no deal", "Loses most on"), tuple(rows))
    actors = [a for a, _ in r.shown.by_actor if a in r.required]
    blocks: tuple[Block, ...] = (table, gain_ranges(names, "Gain over no deal", (r.shown,), actors))
    return Section("draws", "How it does over the draws", DRAWS_LEAD, blocks)


def _rivals(names: Names, r: Location) -> Section:
    if r.shown is None:
        return Section("rivals", "")
    if r.better is None:
        return Section(
            "rivals",
            "What beats it",
            blocks=(Text("No deal would suit a required party better and none worse."),),
        )
    gains = listed([f"{names.actor(a)} {signed(g)}" for a, g in r.better.gains])
    options = names.deal(r.issues, r.better.options)
    return Section(
        "rivals",
        "What beats it",
        f"{sentence(count(r.dominated_by, 'deal'))} would suit a required party better and none worse.",
        (
            Text(f"For one: {options}."),
            Text(f"Change in points of each party's own scale, at the middle of the draws: {gains}."),
            Caveat("“Better” here leaves red lines aside; a rival may cross some."),
        ),
    )
