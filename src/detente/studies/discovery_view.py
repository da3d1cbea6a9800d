"""Writes the page of scenario discovery: which combinations of inputs make the headline hold, or fail."""

from __future__ import annotations

from detente.page import Block, Caveat, Cell, Fact, Page, Section, Table, Text
from detente.studies import words as say
from detente.studies.discovery import Discovery, Restriction, Scenario
from detente.words import count, listed, percent, sentence


def view(found: Discovery) -> Page:
    """Return the page; computes nothing new."""
    sections = [
        *(_scenario(found, s) for s in found.scenarios),
        Section("limits", "How far this goes", blocks=_limits(found)),
    ]
    lead = f"{say.base(found.question)} {_shared(found)}"
    return Page(
        _title(found), lead, tuple(sections), tuple(_fact(s) for s in found.scenarios if s.restrictions)
    )


def _title(found: Discovery) -> str:
    if not found.answers or not found.inputs:
        return "No uncertain input moves the answer"
    if found.yes in (0, found.answers):
        return f"The headline {'holds' if found.yes else 'fails'} in every world drawn"
    boxes = [s for s in found.scenarios if s.restrictions]
    if not boxes:
        return "No combination of inputs tells the worlds apart"
    rarest = min(boxes, key=lambda s: s.mass)
    return f"The headline {_fate(rarest)} mostly where {spoken(rarest)}"


def _shared(found: Discovery) -> str:
    where = f"It counts as held {say.line(found.question)}"
    if not found.answers:
        return f"{where}."
    shares = {0: "in none", found.answers: "in all"}
    share = shares.get(found.yes, f"as in {percent(found.yes / found.answers)}")
    return f"{where}, {share} of {found.answers:,} worlds. {say.WORLD}"


def _fate(s: Scenario) -> str:
    return "holds" if s.holds else "fails"


def spoken(s: Scenario) -> str:
    """Return the restrictions of a box in words."""
    return listed([one(r) for r in s.restrictions])


def one(r: Restriction) -> str:
    """Return one restriction in words.

    Examples
    --------
    >>> from detente.studies.uncertain import Uncertain
    >>> u = Uncertain(("p",), "Worth of no deal", -10, 10, None, None, "points", "guess", "")
    >>> one(Restriction(u, None, 2.0)), one(Restriction(u, -4.0, 2.0))
    ('“Worth of no deal” is at most 2 points', '“Worth of no deal” is between −4 and 2 points')
    """
    u = r.input
    if r.low is not None and r.high is not None:
        return f"“{u.label}” is between {say.bare(u, r.low)} and {say.place(u, r.high)}"
    if r.high is not None:
        return f"“{u.label}” is at most {say.place(u, r.high)}"
    return f"“{u.label}” is at least {say.place(u, r.low or 0.0)}"


def _fact(s: Scenario) -> Fact:
    told = f"of worlds where {spoken(s)}."
    return Fact(percent(s.density), f"the headline {_fate(s)}", sentence(told), share=s.density)


def _scenario(found: Discovery, s: Scenario) -> Section:
    title = f"Where it {_fate(s)}"
    if not s.restrictions:
        text = (
            f"It {_fate(s)} in {percent(s.density)} of all worlds; no narrower combination of ranges says "
            "more than chance would."
        )
        return Section(f"scenario-{_fate(s)}", title, text)
    lead = (
        f"Where {spoken(s)}, the headline {_fate(s)} in {percent(s.density)} of worlds (density). These are "
        f"{percent(s.mass)} of all worlds, and {percent(s.coverage)} of those in which it {_fate(s)} "
        "(coverage)."
    )
    columns = ("Input", "Stated range", "Here", "Known as")
    rows = tuple(
        (Cell(r.input.label), Cell(say.stated(r.input)), Cell(_here(r)), Cell(r.input.basis or "not graded"))
        for r in s.restrictions
    )
    return Section(f"scenario-{_fate(s)}", title, lead, (Table("What the box says", columns, rows),))


def _here(r: Restriction) -> str:
    return one(r).removeprefix(f"{say.named(r.input)} is ")


def _limits(found: Discovery) -> tuple[Block, ...]:
    return (
        Caveat(
            "A box is a summary of these worlds, found by looking at them: its density flatters a little. "
            "Restrictions that chance would serve as well in one case of twenty are dropped."
        ),
        say.INDEPENDENT,
        Text(
            f"{sentence(count(found.inputs, 'input'))} drawn, {found.worlds:,} worlds, seed {found.seed}; "
            "boxes by patient rule induction."
        ),
    )
