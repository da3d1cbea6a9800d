"""Settlement for scenarios of other tools: points instead of orders, so one exact answer and no draws."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from detente.errors import TooLarge
from detente.exchange.scenarios import read_scenario
from detente.lens import Measure, Run
from detente.lenses.settlement import Options
from detente.lenses.settlement.standards import CONCEPT_NAMES
from detente.methods.dealspace.certificate import Certificate
from detente.methods.dealspace.concepts import Optimum
from detente.methods.dealspace.layers import Layers, layers_of
from detente.methods.dealspace.rule import Rule, accepted_by, blocking, unanimity
from detente.methods.dealspace.scan import Scan, scan
from detente.methods.dealspace.solutions import solve
from detente.page import Block, Caveat, Cell, Fact, Page, Section, Table, Text
from detente.words import count, listed, number, sentence

SHOWN = 5
"""Tied deals shown for one concept. Judgement."""


@dataclass(frozen=True, slots=True)
class Solution:
    """What one concept chooses: some of the tied deals by option names, and its certificate."""

    concept: str
    deals: tuple[tuple[str, ...], ...]
    ties: int
    value: Fraction
    gap: float
    method: str
    not_proved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """The exact answer for a scenario.

    `acceptable` counts deals under the scenario's own rule, `unanimous` those everybody accepts; both are
    None where there are too many deals to look at one by one. `alone` counts what each accepts alone.
    """

    title: str
    format: str
    actors: tuple[str, ...]
    issues: tuple[str, ...]
    rule: str
    deals: int
    acceptable: int | None
    unanimous: int | None
    alone: tuple[int, ...]
    blocking: tuple[tuple[str, ...], ...]
    solutions: tuple[Solution, ...]
    dropped: tuple[str, ...]

    def measures(self) -> tuple[Measure, ...]:
        """Return the counts."""
        found = [Measure("deals", "Deals the rules leave", self.deals, "deals", formula="exact count")]
        if self.acceptable is not None:
            label = f"Deals that carry: {self.rule}"
            found.append(
                Measure("acceptable", label, self.acceptable, "deals", formula="every deal looked at")
            )
        if self.unanimous is not None:
            label = "Deals everybody accepts"
            found.append(Measure("unanimous", label, self.unanimous, "deals", formula="every deal looked at"))
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
    graph = layers_of(utilities)
    rule = read.rule or unanimity(len(read.names.actors))
    looked = _looked(graph, rule)
    zones = accepted_by(looked.exactly, graph.actors) if looked else []
    names = read.names.actors
    answer = solve(utilities)
    by_concept = {c.concept: c for c in answer.certificates}
    return Scenario(
        title=read.title,
        format=read.format,
        actors=read.names.actors,
        issues=read.names.issues,
        rule=rule.text,
        deals=graph.count(),
        acceptable=looked.accepted if looked else None,
        unanimous=zones[-1] if looked else None,
        alone=tuple(zones[1 << p] for p in range(len(names))) if looked else (),
        blocking=tuple(tuple(names[p] for p in members) for members in blocking(zones)) if looked else (),
        solutions=tuple(_solution(o, by_concept[o.concept], read.names.options) for o in answer.optima),
        dropped=read.dropped,
    )


def _looked(graph: Layers, rule: Rule) -> Scan | None:
    """Return what a look at every deal shows, or None where there are too many."""
    try:
        return scan(graph, rule)
    except TooLarge:
        return None


def _solution(o: Optimum, proof: Certificate, options: tuple[tuple[str, ...], ...]) -> Solution:
    deals = tuple(tuple(options[i][c] for i, c in enumerate(deal)) for deal in o.deals[:SHOWN].tolist())
    return Solution(o.concept, deals, o.ties, o.value, proof.gap, proof.method, proof.not_proved)


def view(run: Run[Options, Scenario]) -> Page:
    """Return the page of a scenario; computes nothing new."""
    r = run.result
    carried = r.acceptable if r.acceptable is not None else None
    if carried is None:
        title = f"{count(r.deals, 'deal')}, too many to look at one by one; solutions by proof"
    elif carried:
        title = f"{sentence(count(carried, 'deal'))} of {r.deals:,} would carry"
    else:
        title = f"No deal of {r.deals:,} would carry"
    facts = () if carried is None else (Fact(f"{carried:,} of {r.deals:,}", r.rule, "An exact count."),)
    blocks: list[Block] = []
    if r.alone:
        rows = tuple((Cell(a), Cell(f"{n:,}", sort=n)) for a, n in zip(r.actors, r.alone, strict=True))
        blocks.append(Table("What each accepts alone", ("Who", "Deals"), rows, numeric=("Deals",)))
    blocks += [Text(f"No deal suits {listed(list(members))} together.") for members in r.blocking]
    sections = [Section("acceptance", "Who could accept what", blocks=tuple(blocks)), _solutions(r)]
    if r.dropped:
        sections.append(
            Section("dropped", "Taken for granted or left out", blocks=tuple(map(Text, r.dropped)))
        )
    size = f"{listed(list(r.actors))}; {number(len(r.issues))} issues"
    lead = f"{r.title}, a {r.format} scenario: {size}. Rule: {r.rule}."
    return Page(title, lead, tuple(s for s in sections if s.blocks), facts)


def _solutions(r: Scenario) -> Section:
    rows = tuple(
        (
            Cell(CONCEPT_NAMES[s.concept]),
            Cell(
                "; ".join(listed(list(deal)) for deal in s.deals) + (" ..." if s.ties > len(s.deals) else "")
            ),
            Cell(f"{s.ties:,}", sort=s.ties),
            Cell(
                "proved" if s.gap == 0 and not s.not_proved else f"gap {s.gap:.3g}; {'; '.join(s.not_proved)}"
            ),
        )
        for s in r.solutions
    )
    columns = ("Standard", "Deal", "Ties", "Proof")
    table = Table("Solutions over the deals everybody accepts", columns, rows, numeric=("Ties",))
    blocks: tuple[Block, ...] = (
        (table, Caveat("No standard predicts what negotiators will do."))
        if rows
        else (Text("No deal suits everybody, so no standard picks one; nothing is put in its place."),)
    )
    return Section("solutions", "What standards of fairness would pick", blocks=blocks)
