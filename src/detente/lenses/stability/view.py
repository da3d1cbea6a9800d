"""Writes the stability page: the answer in plain words, then the tables that carry it."""

from __future__ import annotations

from detente import words
from detente.lens import Run
from detente.lenses.stability import Options
from detente.lenses.stability import view_states as states
from detente.lenses.stability import view_tables as tables
from detente.lenses.stability import view_words as say
from detente.lenses.stability.result import StabilityResult
from detente.lenses.stability.result_parts import Focus
from detente.lenses.stability.view_lead import headline, lead, title
from detente.page import Block, Caveat, Page, Section, Text

GROUPS = 3
"""Groups told of; judgement: small ones come first, and the others mostly add somebody to them."""


def view(run: Run[Options, StabilityResult]) -> Page:
    """Return the page of a run."""
    return view_result(run.result)


def view_result(result: StabilityResult) -> Page:
    """Return the page of a result, of a case or of a file."""
    focus = result.focus
    sections: list[Section] = []
    if focus is not None:
        sections += _about_focus(result, focus)
    if result.supports:
        sections.append(_supports(result))
    if result.compared:
        sections.append(Section("compared", "The deals side by side", blocks=(tables.compared(result),)))
    settles = _settles(result), _equilibria(result)
    sections.append(Section("equilibria", "Where it could settle", *settles, annex=result.generated))
    sections += _in_full(result)
    sections.append(Section("moves", "What each can do", blocks=(tables.moves(result),), annex=True))
    if result.deal:
        sections.append(Section("deal", "What was looked at", blocks=tuple(_deal(result)), annex=True))
    sections.append(Section("limits", "How far this goes", blocks=tuple(_limits(result))))
    return Page(title(result), lead(result), tuple(sections), headline(result))


def _about_focus(result: StabilityResult, focus: Focus) -> list[Section]:
    told = tuple(Text(say.hold(result, hold)) for hold in focus.holds)
    ways = (*tables.ways_to_leave(result, focus), *tables.picture(result, focus))
    found = [
        Section("who", "Who could walk away, and what stops them", blocks=(*told, *_together(result, focus))),
        Section("matrix", "How firmly it holds", blocks=(tables.matrix(result, focus),), annex=True),
    ]
    return [*found, Section("ways", "Ways out and answers", blocks=ways, annex=True)] if ways else found


def _together(result: StabilityResult, focus: Focus) -> tuple[Block, ...]:
    if not focus.jumps:
        return (
            Text(f"No group of two or more would all gain by leaving {say.focus_name(result)} together."),
        )
    groups = [say.jump(result, j) for j in focus.jumps[:GROUPS]]
    left = len(focus.jumps) - len(groups)
    more = f" {words.sentence(words.count(left, 'more group'))} would gain by leaving." if left else ""
    return (Text(f"{' '.join(groups)}{more}"),)


def _supports(result: StabilityResult) -> Section:
    helping = [s for s in result.supports[1:] if s.share.value > result.supports[0].share.value]
    tried = len(result.supports) - 1
    told = f"{_of(len(helping), tried)} shown would keep the deal in more of the draws than as signed."
    return Section("supports", "What would make it hold", told, (tables.supports(result),))


def _of(n: int, changes: int) -> str:
    """Return how many of some changes, in words that fit one and none as well."""
    if not n:
        return "No change"
    if changes == 1:
        return "The one change"
    return (
        f"{'All' if n == changes else words.sentence(words.number(n))} of the {words.number(changes)} changes"
    )


def _settles(result: StabilityResult) -> str:
    drift = result.focus.drift if result.focus else ()
    if not drift:
        return ""
    steps = ", then ".join(say.could(result, move) for move in drift)
    return f"A shortest way by improvements from {say.focus_name(result)} to a stable state: {steps}."


def _in_full(result: StabilityResult) -> list[Section]:
    """Return what somebody who works with the conflict itself looks up: every state, other ideas."""
    found = []
    if table := states.every_state(result):
        found.append(Section("states", "State by state", blocks=(table,)))
    if result.further is not None:
        table = states.further(result, result.further)
        found.append(Section("further", "Other ideas of stability", blocks=(table,)))
    return found


def _equilibria(result: StabilityResult) -> tuple[Block, ...]:
    if result.ranked:
        return (states.equilibria(result),)
    return (Text("No state is stable for everybody under any of the concepts."),)


def _deal(result: StabilityResult) -> list[Block]:
    signed = [f"{c.issue_name}: {c.option_name}" for c in result.deal if not c.assumed]
    assumed = [f"{c.issue_name}: {c.option_name}" for c in result.deal if c.assumed]
    blocks: list[Block] = [Text(f"The deal says: {'; '.join(signed)}.")]
    if assumed:
        blocks.append(
            Caveat(f"It leaves these issues open; what holds if talks fail was taken: {'; '.join(assumed)}.")
        )
    terms = [o for o in result.options if o.kind == "term" and o.owner is not None]
    kept = [f"{result.dms[o.owner]} {o.kept}" for o in terms if o.owner is not None]
    blocks.append(Text(f"Full compliance means: {'; '.join(kept)}."))
    return blocks


def _limits(result: StabilityResult) -> list[Block]:
    blocks: list[Block] = [Caveat(note) for note in result.notes]
    if result.generated:
        known = [o.basis for o in result.options]
        said = (
            ("stated", "is stated", "are stated"),
            ("inferred", "is inferred", "are inferred"),
            ("guess", "is a guess", "are guesses"),
        )
        parts = [words.count(n, one, more) for basis, one, more in said if (n := known.count(basis))]
        blocks.append(
            Caveat(
                f"Of the {words.count(len(known), 'move')} in this conflict {words.listed(parts)}; their "
                "effects are ranges, drawn together with the preferences."
            )
        )
        blocks.append(
            Caveat(
                "Shares are shares of draws of the case's preferences, not chances that somebody keeps a "
                "deal. The model says what the stated interests imply; it was never validated as a forecast."
            )
        )
    blocks.append(
        Caveat(
            "Only preference orders count: how much worse an answer makes things plays no part in stability, "
            "and everybody is taken to know everybody's order."
        )
    )
    return blocks
