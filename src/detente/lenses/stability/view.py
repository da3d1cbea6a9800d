"""Writes the stability page: the answer in plain words, then the tables that carry it."""

from __future__ import annotations

from detente import words
from detente.lens import Run
from detente.lenses.stability import Options
from detente.lenses.stability import view_tables as tables
from detente.lenses.stability import view_words as say
from detente.lenses.stability.result import StabilityResult
from detente.lenses.stability.result_parts import ConceptVerdict, Focus, Hold
from detente.page import Block, Caveat, Fact, Page, Section, Text
from detente.table.verdicts import Share


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
    sections.append(Section("equilibria", "Where it could settle", *settles, annex=True))
    sections.append(Section("moves", "What each can do", blocks=(tables.moves(result),), annex=True))
    if result.deal:
        sections.append(Section("deal", "What was looked at", blocks=tuple(_deal(result))))
    sections.append(Section("limits", "How far this goes", blocks=tuple(_limits(result))))
    return Page(_title(result), _lead(result), tuple(sections), _headline(result))


def _headline_verdict(result: StabilityResult, focus: Focus) -> ConceptVerdict:
    return next(v for v in focus.verdicts if v.concept == result.concept)


def _title(result: StabilityResult) -> str:
    focus = result.focus
    if focus is None:
        found = len(result.equilibria[result.concept])
        return f"{result.title}: {words.count(found, 'equilibrium', 'equilibria')}"
    verdict = _headline_verdict(result, focus)
    if not verdict.stable:
        who = words.listed([result.dms[d] for d in verdict.leavers])
        return f"{result.title}: {who} would leave {say.focus_name(result)}"
    unanswered = next(v for v in focus.verdicts if v.concept == "nash")
    if unanswered.stable:
        return f"{result.title}: nobody gains by leaving {say.focus_name(result)}"
    held = words.listed([result.dms[d] for d in unanswered.leavers])
    return f"{result.title}: held because others could answer {held}"


def _lead(result: StabilityResult) -> str:
    focus = result.focus
    counts = f"{len(result.states.number):,} states" if result.states.complete else "its equilibria"
    if focus is None:
        found = words.count(len(result.equilibria[result.concept]), "equilibrium", "equilibria")
        return (
            f"{words.sentence(found)}, {say.ANSWERS[result.concept]}. The conflict does not say where things "
            f"stand, so the page shows where they could settle, over {counts}."
        )
    verdict = _headline_verdict(result, focus)
    stands = "is stable" if verdict.stable else "is not stable"
    often = "" if verdict.share is None else f", and in {say.share(verdict.share)}"
    at = " at the mean of the draws" if verdict.share is not None else ""
    return (
        f"{words.sentence(say.focus_name(result))} {stands}{at}{often}, {say.ANSWERS[result.concept]}."
        f"{_first(result, focus)}"
    )


def _first(result: StabilityResult, focus: Focus) -> str:
    if focus.first is None:
        return " Nobody would leave it."
    hold = focus.holds[focus.first]
    name = result.dms[focus.first]
    if hold.share is None:
        return f" {name} has the most to gain by leaving."
    return f" {name} breaks first: it would leave in {_left(hold.share)}.{_rival(result, hold, hold.share)}"


def _left(kept: Share) -> str:
    """Return the share of draws in which somebody leaves, from the share in which it stays."""
    return say.share(Share(1 - kept.value, 1 - kept.high, 1 - kept.low))


def _rival(result: StabilityResult, first: Hold, kept: Share) -> str:
    """Return a sentence that takes the order back where somebody else's interval overlaps."""
    others = result.focus.holds if result.focus else ()
    close = [h.dm for h in others if h.dm != first.dm and h.share is not None and h.share.low <= kept.high]
    if not close:
        return ""
    names = words.listed([result.dms[dm] for dm in close])
    return f" The order is not settled: the interval of {names} overlaps with that."


def _headline(result: StabilityResult) -> tuple[Fact, ...]:
    focus = result.focus
    if focus is None:
        return ()
    verdict = _headline_verdict(result, focus)
    facts = [_stands(result, verdict)]
    if focus.first is not None:
        hold = focus.holds[focus.first]
        left = "" if hold.share is None else f"leaves in {_left(hold.share)}"
        facts.append(Fact(f"{result.dms[hold.dm]} first", left, say.hold(result, hold)))
    if result.supports:
        facts.append(_best_support(result))
    return tuple(facts)


def _stands(result: StabilityResult, verdict: ConceptVerdict) -> Fact:
    body = f"{words.sentence(say.focus_name(result))} counts as stable with {say.ANSWERS[result.concept]}."
    if verdict.share is None:
        return Fact(
            "Stable" if verdict.stable else "Not stable",
            "",
            body,
            trace=f"stability.stable.{verdict.concept}",
        )
    share = verdict.share
    return Fact(
        f"Kept in {words.percent(share.value)} of draws",
        f"{words.percent(share.low)} to {words.percent(share.high)}",
        body,
        share.value,
        share.low,
        share.high,
        trace=f"stability.stable.{verdict.concept}",
    )


def _best_support(result: StabilityResult) -> Fact:
    signed, best = result.supports[0], result.supports[1]
    changed = words.listed([f"{c.issue_name}: {c.option_name}" for c in best.changes])
    if best.share.value <= signed.share.value:
        return Fact(
            "No guarantee helps",
            words.percent(signed.share.value),
            "None of the other guarantees and ways of monitoring tried keeps the deal in more of the draws.",
        )
    close = best.share.low <= signed.share.high
    told = "Kept in most draws, of all tried, with" if close else "What helps most of all that was tried is"
    doubt = " The intervals overlap: what helps most is not settled." if close else ""
    return Fact(
        f"{words.percent(best.share.value)} with more",
        f"{words.percent(signed.share.value)} as signed, over the first {result.support_draws} draws",
        f"{told} {changed}. {_ends(best.share)}, against {_ends(signed.share)} as signed.{doubt}",
        best.share.value,
        best.share.low,
        best.share.high,
    )


def _ends(share: Share) -> str:
    return f"{words.percent(share.low)} to {words.percent(share.high)}"


def _about_focus(result: StabilityResult, focus: Focus) -> list[Section]:
    told = tuple(Text(say.hold(result, hold)) for hold in focus.holds)
    return [
        Section("who", "Who could walk away, and what stops them", blocks=(*told, *_together(result, focus))),
        Section("matrix", "How firmly it holds", blocks=(tables.matrix(result, focus),)),
        Section(
            "ways",
            "Ways out and answers",
            blocks=(*tables.ways_to_leave(result, focus), *tables.picture(result, focus)),
            annex=True,
        ),
    ]


def _together(result: StabilityResult, focus: Focus) -> tuple[Block, ...]:
    if not focus.jumps:
        return (
            Text(f"No group of two or more would all gain by leaving {say.focus_name(result)} together."),
        )
    groups = [words.listed([result.dms[d] for d in j.members]) for j in focus.jumps]
    return (Text(f"Together, these would all gain by leaving: {'; '.join(groups)}."),)


def _supports(result: StabilityResult) -> Section:
    helping = [s for s in result.supports[1:] if s.share.value > result.supports[0].share.value]
    tried = len(result.supports) - 1
    many = "All" if len(helping) == tried > 1 else words.sentence(words.count(len(helping), "").strip())
    lead = (
        f"{many} of the {words.count(tried, 'change')} shown would keep the deal in more of the first "
        f"{result.support_draws} draws than as signed."
    )
    return Section("supports", "What would make it hold", lead, (tables.supports(result),))


def _settles(result: StabilityResult) -> str:
    drift = result.focus.drift if result.focus else ()
    if not drift:
        return ""
    steps = ", then ".join(say.could(result, move) for move in drift)
    return f"A shortest way by improvements from {say.focus_name(result)} to a stable state: {steps}."


def _equilibria(result: StabilityResult) -> tuple[Block, ...]:
    if result.ranked:
        return (tables.equilibria(result),)
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
        parts = [
            words.count(known.count("stated"), "is stated", "are stated"),
            words.count(known.count("inferred"), "is inferred", "are inferred"),
            words.count(known.count("guess"), "is a guess", "are guesses"),
        ]
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
