"""The stakes as a table: what each decides, where the bargaining stands, who must move."""

from __future__ import annotations

from detente.brief.narrative import silent
from detente.case.model import Case
from detente.case.parties import Stake
from detente.lenses.settlement.result import Settlement
from detente.page import Cell, Section, Table, Text
from detente.table.names import Names
from detente.table.show import beyond
from detente.words import count, listed, sentence


def stakes(case: Case, r: Settlement) -> Section:
    """Return one row a stake, under the widest reading of the red lines."""
    names = Names(case)
    rows = tuple(_row(case, names, r, stake) for stake in case.stakes)
    columns = ("Stake", "What it decides", "Where the parties could meet", "Who must move")
    lead = f"Read with {names.reading_name(r.widest.reading)}."
    title = f"{sentence(count(len(case.stakes), 'key stake'))}"
    return Section("stakes", title, lead, (Table(title, columns, rows),))


def context(case: Case) -> Section:
    """Return where things stood on the case's date, stake by stake, with the evidence."""
    blocks = tuple(Text(f"{s.name}. {s.context}", s.evidence) for s in case.stakes if s.context)
    said = blocks if blocks or case.summary else silent("where things stood")
    return Section("context", "Where things stood", case.summary, said, annex=True)


def _row(case: Case, names: Names, r: Settlement, stake: Stake) -> tuple[Cell, ...]:
    used = [i.id for i in case.issues if i.stake == stake.id and i.id in r.issues]
    return (
        Cell(stake.name),
        Cell(stake.decides),
        Cell(_standing(names, r, used)),
        Cell(_movers(names, r, used)),
    )


def _standing(names: Names, r: Settlement, used: list[str]) -> str:
    """Return, issue by issue, the options all required actors accept."""
    common = dict(r.widest.lines.common)
    parts = []
    for issue in used:
        options = common[issue]
        if not options:
            parts.append(f"{names.issue(issue)}: nowhere")
        elif len(options) == len(names.case.issue(issue).options):
            parts.append(f"{names.issue(issue)}: on any option")
        else:
            parts.append(f"{names.issue(issue)}: {listed([names.option(issue, o) for o in options], 'or')}")
    return "; ".join(parts) + "." if parts else "No red line is coded here."


def _movers(names: Names, r: Settlement, used: list[str]) -> str:
    """Return who appears, on these issues, in some smallest set of red lines that would open a deal."""
    if r.widest.lines.zone:
        return "Nobody"
    lines = {c.line for x in r.widest.lines.relaxations for c in x.concessions if c.line[1] in used}
    asked = [*r.required, *(beyond(r.required, r.quorum)[0] if r.quorum else ())]
    actors = [a for a in asked if any(line[0] == a for line in lines)]
    return listed([names.actor(a) for a in actors], "or") if actors else "Nobody"
