"""Writes the ripples page: tension and direction, said in words, never a chance of realignment."""

from __future__ import annotations

from detente import words
from detente.case import Case
from detente.case.relations import Commitment, Relations
from detente.errors import UsageError
from detente.lens import Run
from detente.lenses.ripples import view_tables as tables
from detente.lenses.ripples import view_words as say
from detente.lenses.ripples.options import Options
from detente.lenses.ripples.result import BAND, Ripples, ScenarioResult
from detente.lenses.ripples.view_lead import headline, lead, most_tense, title
from detente.lenses.ripples.view_payers import payers
from detente.lenses.ripples.view_watched import watched
from detente.page import Block, Caveat, Page, Section, Text
from detente.table.names import Names

NO_FORECAST = (
    "No validated forecast of alliance shifts exists. This page shows structural tension and its direction "
    "under the analyst's ranges; shares are shares of draws, not chances that anybody changes sides."
)


STRAINED = (
    "A tie is strained when friends and enemies in common push against it: a friend of one's enemy, an enemy "
    "of one's friend."
)


def view(case: Case, run: Run[Options, Ripples]) -> Page:
    """Return the page of a run."""
    relations, result = case.relations, run.result
    if relations is None:
        raise UsageError("the case has no `relations` block any more; run the lens again on this case")
    most = most_tense(result)
    names = Names(case)
    said = {**result.names, **{a.id: names.the_actor(a.id) for a in case.actors}}
    sections = [
        *_terms(result),
        *_watched(relations, result),
        Section(
            "tension",
            "What each outcome does to the network",
            STRAINED,
            (tables.compared(result),),
        ),
        *_before_and_after(relations, result, most),
        *(_outcome(relations, result, s, most) for s in result.scenarios[1:]),
        *_commitments(relations, result),
        Section(
            "room",
            "Who gains or loses room",
            blocks=(tables.third_parties(case, result), *_weakest(relations, result)),
            annex=bool(relations.watched),
        ),
        *_context(relations, result),
        Section("limits", "How far this goes", blocks=tuple(_limits(run.options, result))),
    ]
    return Page(
        title(result), f"{lead(result, said)} {NO_FORECAST}", tuple(sections), headline(relations, result)
    )


def _terms(result: Ripples) -> list[Section]:
    """Return what the deals say that are called by a letter."""
    told = tuple(Text(f"{s.label}: {s.terms}.") for s in result.deals if s.terms)
    return [Section("terms", "The deals compared", blocks=told)] if told else []


def _watched(relations: Relations, result: Ripples) -> list[Section]:
    found = watched(relations, result)
    return [Section("asked", "What readers ask first", blocks=(found,))] if found else []


def _before_and_after(relations: Relations, result: Ripples, most: ScenarioResult | None) -> list[Section]:
    """Return the network today, and beside it the network under the deal that raises tension most."""
    shown = [(result.today, "The network today")]
    shown += [(most, f"The network then: {words.within(most.label)}")] if most else []
    return [
        Section(
            f"network-{s.id}",
            title,
            blocks=(tables.network(relations, result, s, title),),
            annex=True,
            half=True,
        )
        for s, title in shown
    ]


def _outcome(
    relations: Relations, result: Ripples, s: ScenarioResult, most: ScenarioResult | None
) -> Section:
    fresh, eased, triads = result.new_tensions(s), result.eased(s), result.new_unbalanced(s)
    clear = result.clear_tensions(s)
    sure = f" ({say.of_them(len(clear))} clearly)" if fresh else ""
    told = (
        f"In most draws {words.count(len(fresh), 'tie')} would be newly strained{sure} and "
        f"{words.count(len(eased), 'tie')} would ease; "
        f"{words.count(len(triads), 'triangle')} would become unbalanced."
    )
    name = f"The network then: {words.within(s.label)}"
    shown = () if s is most else (tables.network(relations, result, s, name),)
    blocks: list[Block] = [*shown, tables.ties(relations, result, s)]
    if triads:
        strongest = sorted(triads, key=lambda t: -t.strength)[:3]
        named = "; ".join(f"{say.triad(t, result.names)} ({say.draws_of(t.unbalanced)})" for t in strongest)
        blocks.append(Text(f"Strongest of the triangles that become unbalanced: {named}."))
    if s.open_issues:
        blocks.append(
            Caveat(
                f"The deal leaves {words.count(len(s.open_issues), 'issue')} open that would move ties; "
                "nothing is changed for them."
            )
        )
    return Section(f"outcome-{s.id}", s.label, told, tuple(blocks), annex=s is not most)


def _commitments(relations: Relations, result: Ripples) -> list[Section]:
    sections = []
    covered = tables.guarantees(relations, result)
    if covered:
        sections.append(Section("guarantees", "Are the promises covered", blocks=(covered,)))
    paid = payers(result)
    if paid:
        sections.append(Section("payers", "Who pays", blocks=paid))
    return sections


def _weakest(relations: Relations, result: Ripples) -> list[Text]:
    """Return a sentence on each coalition that one member can end; outcomes that read the same share it."""
    names = {c.id: c for c in relations.commitments}
    said: dict[tuple[str, str], list[str]] = {}
    for s in result.scenarios:
        for chain in s.coalitions:
            targets = words.listed([result.names[who] for who in names[chain.commitment].to])
            link = f"{result.names[chain.weakest]}, whose tie to {targets} is {say.tie_range(chain.tie)}"
            said.setdefault((chain.commitment, link if chain.in_force else ""), []).append(s.label)
    return [
        Text(_link(names[commitment], link, labels), names[commitment].evidence)
        for (commitment, link), labels in said.items()
        if link or names[commitment].in_force
    ]


def _link(c: Commitment, link: str, labels: list[str]) -> str:
    under = words.listed([words.within(label) for label in labels])
    if not link:
        return f"{c.name}: ended under {under}."
    return f"{c.name}: every member has to agree. The weakest link is {link} (under {under})."


def _context(relations: Relations, result: Ripples) -> list[Section]:
    found = tables.context(relations, result)
    return [Section("context", "Public measures", blocks=(found,), annex=True)] if found else []


def _limits(options: Options, result: Ripples) -> list[Block]:
    limits = [
        f"Intervals: {BAND}; {result.draws:,} draws, seed {options.seed}. {words.sampling(result.draws)}.",
        "The ties are the analyst's judgement; nobody measures them.",
        "Less tension is not better: two armed camps are perfectly balanced. Tension says whose friendships "
        "and enmities stop fitting together, not what to wish for.",
        "States live with unbalanced triangles for decades. A strained tie is a cost, not a break.",
        "Similarity of alliance portfolios by the S score is not used: counted over wide non-aggression "
        "pacts it makes opponents look alike.",
    ]
    if not result.exact:
        limits.append("The network is too large for the time allowed: tension is at most what is shown.")
    if not result.frustration_draws:
        limits.append(
            "Above twenty nodes tension is computed at the middle of the ranges, without an interval."
        )
    elif result.frustration_draws < result.draws:
        limits.append(f"Tension uses the first {result.frustration_draws:,} draws.")
    return [Caveat(text) for text in limits]
