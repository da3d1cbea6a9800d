"""The analyst's words as sections of the brief; where a case has none, the section says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from detente.case.base import Judgement, Pattern
from detente.case.model import Case
from detente.case.narrative import Alternative, Perspective
from detente.page import Block, Cell, Section, Table, Text
from detente.table.names import Names
from detente.words import listed, sentence

_Held = TypeVar("_Held", Alternative, Perspective)

KNOWN = "How known"
"""Column that says whether a judgement is stated, inferred or a guess."""


def narrative(case: Case) -> tuple[Section, ...]:
    """Return the sections no lens computes, in a reader's order.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> [s.id for s in narrative(load_case("minsk-2015"))][:3]
    ['alternatives', 'trade-offs', 'goals']
    """
    names = Names(case)
    made = (_alternatives, _trade_offs, _goals, _perspectives, _phasing, _accompanying, _risks, _questions)
    return tuple(build(case, names) for build in (*made, _local))


def silent(what: str) -> tuple[Block, ...]:
    """Return the one line that stands where a case has no input."""
    return (Text(f"This case says nothing on {what}."),)


def _section(key: str, title: str, lead: str, table: Table, what: str) -> Section:
    """Return a section around a table, or around the line that the case says nothing."""
    if not table.rows:
        return Section(key, title, "", silent(what), annex=True)
    return Section(key, title, lead, (table,), annex=True)


def _people(names: Names, given: Iterable[str]) -> str:
    """Return who is meant as prose: actors by their names, everybody else as written."""
    known = {a.id for a in names.case.actors}
    return listed([names.actor(x) if x in known else x for x in given])


def _known(item: Judgement) -> Cell:
    return Cell(item.basis)


def _when(names: Names, pattern: Pattern) -> str:
    """Return which deals something belongs to; nothing where it belongs to all."""
    parts = (
        f"{names.issues([issue])}: {listed([names.option(issue, o) for o in options], 'or')}"
        for issue, options in pattern.items()
    )
    return f"Only with {'; '.join(parts)}." if pattern else ""


def _said(text: str, *more: str) -> str:
    """Return sentences in a row, each with its stop."""
    return " ".join(f"{part.rstrip('.')}." for part in (text, *more) if part)


def _alternatives(case: Case, names: Names) -> Section:
    rows = tuple(
        (Cell(names.actor(x.actor)), Cell(x.text, refs=x.evidence), Cell(x.leads_to), _known(x))
        for x in _by_actor(case, case.alternatives)
    )
    trends = [
        f"{names.actor(actor)}: {worth.trend.rstrip('.')}"
        for actor, worth in case.no_deal.worth.items()
        if worth.trend
    ]
    note = f"Where no deal is heading. {'; '.join(trends)}." if trends else ""
    table = Table("Alternatives to talks", ("Who", "Instead of a deal", "Leads to", KNOWN), rows, note)
    lead = "What each can do if it walks away, and where that leads. Its worth enters every count above."
    return _section("alternatives", "Alternatives to talks", lead, table, "what the actors could do instead")


def _by_actor(case: Case, items: Iterable[_Held]) -> list[_Held]:
    """Return items in the order of the actors."""
    order = {a.id: k for k, a in enumerate(case.actors)}
    return sorted(items, key=lambda x: order[x.actor])


def _trade_offs(case: Case, names: Names) -> Section:
    rows = tuple(
        (
            Cell(_said(x.text), refs=x.evidence),
            Cell(x.gain),
            Cell(x.price),
            Cell(_people(names, x.falls_on)),
            _known(x),
        )
        for x in case.trade_offs
    )
    columns = ("The choice", "What it brings", "What it costs", "Who pays", KNOWN)
    return _section(
        "trade-offs",
        "Trade-offs",
        "Where more of one good thing is less of another.",
        Table("Trade-offs", columns, rows),
        "hard choices between its issues",
    )


def _goals(case: Case, names: Names) -> Section:
    rows = tuple(
        (Cell(names.actor(a.id)), Cell(goal.text, refs=goal.evidence), _known(goal))
        for a in case.actors
        for goal in a.goals
    )
    lead = f"Asked for: {case.purpose}" if case.purpose else "This case does not say who asks, or why."
    title = "What each side wants"
    return _section("goals", title, lead, Table(title, ("Who", "Wants", KNOWN), rows), "what each side wants")


def _perspectives(case: Case, names: Names) -> Section:
    rows = tuple(
        (Cell(names.actor(x.actor)), Cell(_said(x.text), refs=x.evidence), Cell(x.fears), _known(x))
        for x in _by_actor(case, case.perspectives)
    )
    title = "How each side sees it"
    lead = "In neutral paraphrase, as each would say it; a view reported here is not shared here."
    table = Table(title, ("Who", "What the conflict is about", "What it fears", KNOWN), rows)
    return _section("perspectives", title, lead, table, "how each side itself sees the conflict")


def _phasing(case: Case, names: Names) -> Section:
    steps = sorted(case.phasing, key=lambda s: (s.begins, s.done))
    place = {step.id: k for k, step in enumerate(steps, 1)}
    rows = tuple(
        (
            Cell(str(place[step.id]), sort=place[step.id]),
            Cell(_days(step.begins, step.done), sort=step.begins),
            Cell(_said(step.text, _when(names, step.when)), refs=step.evidence),
            Cell(_people(names, step.who)),
            Cell(_people(names, step.verified_by) or "nobody named", mark="" if step.verified_by else "no"),
            Cell(listed([str(place[b]) for b in sorted(step.after, key=place.__getitem__)])),
            Cell(step.otherwise),
            _known(step),
        )
        for step in steps
    )
    columns = ("Step", "Day", "What", "Who does it", "Who verifies", "After step", "If not done", KNOWN)
    title = "Steps in order"
    lead = "Days count from signature. A step waits for those it comes after."
    return _section("phasing", title, lead, Table(title, columns, rows), "the steps of carrying a deal out")


def _days(first: int, last: int) -> str:
    """Return days in words.

    Examples
    --------
    >>> _days(0, 0), _days(2, 30), _days(-7, -1)
    ('0', '2 to 30', '7 to 1 before')
    """
    if last < 0:
        return f"{-first} before" if first == last else f"{-first} to {-last} before"
    if first < 0:
        return f"{-first} before to {last}"
    return str(first) if first == last else f"{first} to {last}"


def _accompanying(case: Case, names: Names) -> Section:
    rows = tuple(
        (
            Cell(_said(x.text, _when(names, x.when)), refs=x.evidence),
            Cell(_people(names, x.who)),
            Cell(x.supports),
            _known(x),
        )
        for x in case.accompanying
    )
    title = "Measures beside the deal"
    lead = "They settle no issue; they help a deal to be reached or kept."
    table = Table(title, ("Measure", "Who", "What it supports", KNOWN), rows)
    return _section("accompanying", title, lead, table, "measures beside the deal")


def _risks(case: Case, names: Names) -> Section:
    rows = tuple(
        (
            Cell(_said(x.text, _when(names, x.when)), refs=x.evidence),
            Cell(sentence(_people(names, x.falls_on))),
            Cell(x.mitigation or "nothing known", mark="" if x.mitigation else "no"),
            _known(x),
        )
        for x in case.risks
    )
    table = Table("Risks", ("What could go wrong", "For whom", "What would lessen it", KNOWN), rows)
    lead = "Of signing and of not signing; what each lens says of its own limits stands under that lens."
    return _section("risks", "Risks", lead, table, "risks and what would lessen them")


def _questions(case: Case, names: Names) -> Section:
    del names
    rows = tuple(
        (Cell(x.text, refs=x.evidence), Cell(x.matters), Cell(x.settle), _known(x)) for x in case.questions
    )
    table = Table("Open questions", ("Not known", "What depends on it", "How to find out", KNOWN), rows)
    return _section("questions", "Open questions", "", table, "what is not known and matters")


def _local(case: Case, names: Names) -> Section:
    del names
    rows = tuple(
        (Cell(x.who), Cell(_said(x.text), refs=x.evidence), Cell(x.heard), _known(x))
        for x in case.local_voices
    )
    title = "People who would live with the deal"
    table = Table(
        title, ("Who", "What they say", "How it is known, or how they could take part", KNOWN), rows
    )
    return _section("local", title, "", table, "the people who would live with the deal")
