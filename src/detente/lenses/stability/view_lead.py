"""The first screen of the stability page: title, lead and headline, computed from the result."""

from __future__ import annotations

from detente import words
from detente.lenses.stability import view_words as say
from detente.lenses.stability.result import StabilityResult
from detente.lenses.stability.result_parts import ConceptVerdict, Focus, Hold
from detente.page import Fact
from detente.table.verdicts import Share


def _headline_verdict(result: StabilityResult, focus: Focus) -> ConceptVerdict:
    return next(v for v in focus.verdicts if v.concept == result.concept)


def title(result: StabilityResult) -> str:
    """Return who would leave, or what keeps everybody."""
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


def lead(result: StabilityResult) -> str:
    """Return whether it is stable, how often, and who breaks first."""
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
    often = ""
    if verdict.share is not None:
        often = (
            f" at the middle of what each may want; it holds in {words.percent(verdict.share.value)} "
            f"({_ends(verdict.share)}) of {result.draws:,} simulated versions of that"
        )
    return (
        f"{words.sentence(say.focus_name(result))} {stands}{often}, with {say.ANSWERS[result.concept]}."
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


def headline(result: StabilityResult) -> tuple[Fact, ...]:
    """Return whether it holds, who breaks first, and what would help."""
    focus = result.focus
    if focus is None:
        return ()
    verdict = _headline_verdict(result, focus)
    facts = [_stands(result, verdict)]
    if focus.first is not None:
        hold = focus.holds[focus.first]
        left = "" if hold.share is None else f"leaves in {_left(hold.share)}"
        facts.append(Fact(f"{result.dms[hold.dm]} first", left, say.temptation(result, hold)))
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
        f"{words.percent(signed.share.value)} as signed",
        f"{told} {changed}. {_ends(best.share)}, against {_ends(signed.share)} as signed.{doubt}",
        best.share.value,
        best.share.low,
        best.share.high,
    )


def _ends(share: Share) -> str:
    return f"{words.percent(share.low)} to {words.percent(share.high)}"
