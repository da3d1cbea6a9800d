"""The stakes as a table: what each decides, where the bargaining stands, who must move."""

from __future__ import annotations

from detente.case.model import Case
from detente.case.parties import Stake
from detente.lenses.settlement.result import Settlement
from detente.page import Cell, Section, Table, Text
from detente.table.names import Names
from detente.words import count, listed


def stakes(case: Case, r: Settlement) -> Section:
    """Return one row a stake, under the widest reading of the red lines."""
    rows = tuple(_row(case, Names(case), r, stake) for stake in case.stakes)
    columns = ("Stake", "What it decides", "Where the bargaining stands", "Who must move")
    lead = f"Red lines read as: {Names(case).reading(r.widest.reading)}"
    number = count(len(case.stakes), "key stake").capitalize()
    return Section("stakes", number, lead, (Table("The stakes", columns, rows),))


def context(case: Case) -> Section:
    """Return where things stood on the case's date, stake by stake, with the evidence."""
    blocks = tuple(Text(f"{s.name}. {s.context}", s.evidence) for s in case.stakes if s.context)
    return Section("context", "Where things stood", case.summary, blocks, annex=True)


def _row(case: Case, names: Names, r: Settlement, stake: Stake) -> tuple[Cell, ...]:
    issues = [i.id for i in case.issues if i.stake == stake.id]
    used = [i for i in issues if i in r.issues]
    return (
        Cell(stake.name),
        Cell(stake.decides, refs=stake.evidence),
        Cell(_standing(names, r, issues, used)),
        Cell(_movers(names, r, used)),
    )


def _standing(names: Names, r: Settlement, issues: list[str], used: list[str]) -> str:
    common = dict(r.widest.lines.common)
    parts = []
    for issue in used:
        options = common[issue]
        if not options:
            parts.append(f"{names.issue(issue)}: no option all required parties accept")
        elif len(options) == len(names.case.issue(issue).options):
            parts.append(f"{names.issue(issue)}: no red line")
        else:
            parts.append(f"{names.issue(issue)}: {listed([names.option(issue, o) for o in options], 'or')}")
    left = [i for i in issues if i not in used]
    if left:
        parts.append(f"No red line coded: {listed([names.issue(i) for i in left])}")
    return ". ".join(parts) + "." if parts else "Nothing coded."


def _movers(names: Names, r: Settlement, used: list[str]) -> str:
    """Return who appears, on these issues, in some smallest set of red lines that would open a deal."""
    if r.widest.lines.zone:
        return "Nobody has to"
    lines = {c.line for x in r.widest.lines.relaxations for c in x.concessions if c.line[1] in used}
    actors = [a for a in r.required if any(line[0] == a for line in lines)]
    return listed([names.actor(a) for a in actors], "or") if actors else "Nobody has to"
