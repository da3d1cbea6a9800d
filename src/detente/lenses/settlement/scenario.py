"""Settlement for scenarios of other tools: points instead of orders, so one exact answer and no draws."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detente.exchange.scenarios import read_scenario
from detente.lens import Measure, Run
from detente.lenses.settlement import Options
from detente.lenses.settlement.standards import CONCEPT_NAMES
from detente.lenses.settlement.view_exact import proof_of, value_of
from detente.methods.dealspace.rule import unanimity
from detente.page import Block, Caveat, Cell, Fact, Page, Section, Table, Text
from detente.table.exact import DeadOption, Findings, Proved, presolved
from detente.table.middle import Middle, answer
from detente.table.show import range_of
from detente.table.verdicts import Share
from detente.words import count, listed, number, sentence

SHOWN = 12
"""Dead or dominated options named one by one. Judgement."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """The exact answer for a scenario, under its own rule, and what can be said before any search."""

    title: str
    format: str
    actors: tuple[str, ...]
    issues: tuple[str, ...]
    rule: str
    answer: Middle
    findings: Findings
    dropped: tuple[str, ...]

    def measures(self) -> tuple[Measure, ...]:
        """Return the counts."""
        known, exact = self.answer, "exact count"
        if known.step:
            exact += f", points rounded to {known.step:g}"
        found = [Measure("deals", "Deals the rules leave", known.deals, "deals", formula="exact count")]
        if known.carried is not None:
            label = f"Deals that carry: {self.rule}"
            found.append(Measure("acceptable", label, known.carried, "deals", formula=exact))
        if known.unanimous is not None:
            label = "Deals everybody accepts"
            found.append(Measure("unanimous", label, known.unanimous, "deals", formula=exact))
        return tuple(found)


def run(path: Path, options: Options) -> Scenario:
    """Answer for a scenario folder of another tool.

    Raises
    ------
    InputProblems
        With everything that is wrong with its files.
    """
    read = read_scenario(path)
    utilities = read.utilities()
    rule = read.rule or unanimity(len(read.names.actors))
    names = read.names
    return Scenario(
        title=read.title,
        format=read.format,
        actors=names.actors,
        issues=names.issues,
        rule=rule.text,
        answer=answer(utilities, rule, (names.actors, names.options)),
        findings=presolved(
            utilities, rule, names.actors, list(zip(names.issues, names.options, strict=True))
        ),
        dropped=read.dropped,
    )


def view(run: Run[Options, Scenario]) -> Page:
    """Return the page of a scenario; computes nothing new."""
    r = run.result
    known = r.answer
    if known.carried is None:
        title = f"{count(known.deals, 'deal')}{'' if known.sampled is None else ', ' + _about(known.sampled)}"
    elif known.carried:
        title = f"{sentence(count(known.carried, 'deal'))} of {known.deals:,} would carry"
    else:
        title = f"No deal of {known.deals:,} would carry"
    how = f"An exact count, points rounded to {known.step:g}." if known.step else "An exact count."
    facts = () if known.carried is None else (Fact(f"{known.carried:,} of {known.deals:,}", r.rule, how),)
    sections = [_acceptance(r), _solutions(r), _findings(r)]
    if r.dropped:
        notes = tuple(map(Text, r.dropped))
        sections.append(Section("dropped", "Taken for granted or left out", blocks=notes))
    size = f"{listed(list(r.actors))}; {number(len(r.issues))} issues"
    lead = f"{r.title}, a {r.format} scenario: {size}. Rule: {r.rule}."
    return Page(title, lead, tuple(s for s in sections if s.blocks), facts)


def _about(share: Share) -> str:
    return f"of which {range_of(share)} would carry, by a sample of 200,000"


def _acceptance(r: Scenario) -> Section:
    known = r.answer
    blocks: list[Block] = []
    if known.alone:
        rows = tuple((Cell(a), Cell(f"{n:,}", sort=n)) for a, n in known.alone)
        blocks.append(Table("What each accepts alone", ("Who", "Deals"), rows, numeric=("Deals",)))
    if known.unanimous is not None:
        blocks.append(Text(f"Everybody accepts {count(known.unanimous, 'deal')}."))
    elif known.sampled is not None:
        low, high = known.sampled.low, known.sampled.high
        blocks.append(
            Text(
                "Too many different sums of points to count who accepts. Of 200,000 deals drawn evenly "
                f"{100 * known.sampled.value:.3g}% would carry (95% interval {100 * low:.2g} to "
                f"{100 * high:.2g}%)."
            )
        )
    blocks += [Text(f"No deal suits {listed(list(members))} together.") for members in known.blocking]
    if known.efficient:
        deals, vectors = known.efficient
        blocks.append(
            Text(
                f"Efficient among those everybody accepts: {count(deals, 'deal')} "
                f"({vectors:,} different worths), exact."
            )
        )
    elif known.supported:
        blocks.append(
            Text(
                f"The efficient deals are too many to list; a sample of weightings finds {known.supported:,} "
                "that are best by some, all deals taken."
            )
        )
    return Section("acceptance", "Who could accept what", blocks=tuple(blocks))


def _solutions(r: Scenario) -> Section:
    rows = tuple(_row(p) for p in r.answer.solutions)
    columns = ("Standard", "Deal", "Value", "Ties", "Proof")
    table = Table("Solutions over the deals everybody accepts", columns, rows, numeric=("Ties",))
    blocks: tuple[Block, ...] = (
        (table, Caveat("No standard predicts what negotiators will do."))
        if rows
        else (Text("No deal suits everybody, so no standard picks one; nothing is put in its place."),)
    )
    return Section("solutions", "What standards of fairness would pick", blocks=blocks)


def _row(p: Proved) -> tuple[Cell, ...]:
    shown = "; ".join(listed(list(deal)) for deal in p.deals)
    return (
        Cell(CONCEPT_NAMES[p.concept]),
        Cell(shown + (" ..." if p.ties > len(p.deals) else "")),
        Cell(value_of(p)),
        Cell(f"{p.ties:,}", sort=p.ties),
        Cell(proof_of(p)),
    )


def _findings(r: Scenario) -> Section:
    """Return options no deal that carries can have, options no efficient deal has, and separate issues."""
    found = r.findings
    said = [_dead(d) for d in found.dead[:SHOWN]]
    if len(found.dead) > SHOWN:
        said.append(
            f"{sentence(count(len(found.dead) - SHOWN, 'more option'))} can be in no deal that carries."
        )
    said += [
        f"{issue}: “{option}” is in no efficient deal; “{by}” is at least as good for everybody."
        for issue, option, by in found.dominated[:SHOWN]
    ]
    if len(found.groups) > 1:
        apart = sentence(number(len(found.groups)))
        said.append(f"{apart} groups of issues are tied by no rule and can be settled apart.")
    return Section("findings", "Before any search", blocks=tuple(map(Text, said)))


def _dead(d: DeadOption) -> str:
    if not d.short:
        return f"{d.issue}: “{d.option}” can be in no deal that carries."
    short = listed([f"{a} ({s:g} points short at best)" for a, s in d.short])
    return f"{d.issue}: “{d.option}” can be in no deal that carries, because of {short}."
