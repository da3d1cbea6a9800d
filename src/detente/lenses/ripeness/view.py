"""Writes the ripeness page: fans of front, money and no deal, and the sentence on whom time favours."""

from __future__ import annotations

from detente import words
from detente.case import Case
from detente.case.ripeness import Ripeness
from detente.errors import UsageError
from detente.lens import Run
from detente.lenses.ripeness import view_forces
from detente.lenses.ripeness import view_material as material
from detente.lenses.ripeness import view_words as say
from detente.lenses.ripeness.options import Options
from detente.lenses.ripeness.result import BAND, DealTime, Ripe, WindowTime
from detente.lenses.ripeness.view_time import Shown, window_lines, window_table, worth
from detente.methods.smaa_report import monte_carlo_error
from detente.page import Block, Caveat, Fact, Page, Section, Text
from detente.table.names import Names
from detente.table.show import besides

UNVALIDATED = (
    "Nothing here has been validated for predicting when wars end. It keeps the books of what the case says "
    "waiting costs and brings; every weight is the analyst's."
)

RIPE = "A deal is ripe in a path where everybody whose consent is needed prefers it to no deal in that month."


def view(case: Case, run: Run[Options, Ripe]) -> Page:
    """Return the page of a run."""
    block = case.ripeness
    if block is None:
        raise UsageError("the case has no `ripeness` block any more; run the lens again on this case")
    shown = Shown(case, run.result, block.start or case.as_of)
    sections = [
        Section("window", "When a deal is ripe", _ripe(shown), _window(shown)),
        Section("worth", "What no deal is worth, and to whom waiting pays", blocks=worth(shown)),
        *_material(shown),
        *_past(shown, block),
        Section("limits", "How far this goes", blocks=_limits(run, block)),
        Section("constants", "Constants", blocks=(material.constant_table(),), annex=True),
    ]
    return Page(_favour(shown), f"{_window_lead(shown)} {UNVALIDATED}", tuple(sections), _headline(shown))


def _ripe(shown: Shown) -> str:
    """Return what counts as ripe, the quorum included."""
    return " ".join(filter(None, (RIPE, besides(Names(shown.case), shown.result.quorum))))


def _favour(shown: Shown) -> str:
    whom = shown.result.favoured
    if not whom.actor:
        return _nobody(shown)
    until = say.month_name(shown.start, whom.until)
    return f"Time favours {shown.name(whom.actor)} until {until} ({words.percent(whom.share)} of paths)"


def _nobody(shown: Shown) -> str:
    whom = shown.result.favoured
    if not any(a.required for a in shown.result.actors):
        return "Nobody whose consent is needed feels the months pass"
    until = say.month_name(shown.start, whom.until)
    return f"By {until} waiting pays nobody whose consent is needed ({words.percent(whom.share)} of paths)"


def _headline(shown: Shown) -> tuple[Fact, ...]:
    result = shown.result
    facts = [_favour_fact(shown)]
    best = max(result.deals, key=lambda d: max(d.share), default=None)
    if best is not None:
        facts.append(_ripest(shown, best))
    inside = [w for w in result.windows if w.reading]
    if inside:
        facts.append(_inside(shown, inside))
    return tuple(facts)


def _favour_fact(shown: Shown) -> Fact:
    whom = shown.result.favoured
    parts = []
    for a in shown.result.actors:
        if a.required:
            change = say.points(a.worth.mid[-1] - a.worth.mid[0])
            better = next(reversed(list(a.better.values())), None)
            share = f" (better off in {words.percent(better)} of paths)" if better is not None else ""
            parts.append(f"{shown.name(a.actor)} {change}{share}")
    last = say.month_name(shown.start, shown.result.months)
    body = (
        f"Median change of the worth of no deal by {last}, each in points of its own scale: "
        f"{words.listed(parts)}. A point of one is not a point of another."
    )
    until = say.month_name(shown.start, whom.until)
    low, high = _interval(shown, whom.share)
    return Fact(
        f"Time favours {shown.name(whom.actor)}" if whom.actor else "Waiting pays nobody",
        f"{_spread(shown, whom.share)} of paths, {'until' if whom.actor else 'by'} {until}",
        body,
        whom.share,
        low,
        high,
        _evidence(shown),
        trace="time_favours",
    )


def _interval(shown: Shown, share: float) -> tuple[float, float]:
    """Return the 95% Monte Carlo interval of a share of paths."""
    low, high = monte_carlo_error(share, shown.result.draws)
    return float(low), float(high)


def _spread(shown: Shown, share: float) -> str:
    """Return a share of paths with its Monte Carlo interval."""
    return words.span(words.percent(share), *map(words.percent, _interval(shown, share)))


def _evidence(shown: Shown) -> str:
    """Return how it is known what the months cost each actor; guesses are said first."""
    block = shown.case.ripeness
    bases = [felt.basis for felt in block.feels.values()] if block else []
    guessed = bases.count("guess")
    if not guessed:
        return ""
    whose = "each actor" if guessed == len(bases) else f"{guessed} of {len(bases)} actors"
    return f"low, as how {whose} feels the months is our guess"


def _ripest(shown: Shown, best: DealTime) -> Fact:
    month = max(range(len(best.share)), key=lambda m: best.share[m])
    share = best.share[month]
    low, high = _interval(shown, share)
    return Fact(
        words.sentence(words.likelihood_range(low, high)),
        f"{_spread(shown, share)} of paths",
        f"{best.label}: better than no deal for all who must agree in {say.month_name(shown.start, month)}, "
        f"red lines aside; {words.percent(best.share[0])} in {say.month_name(shown.start, 0)}.",
        share=share,
        low=low,
        high=high,
        evidence=_evidence(shown),
        trace=f"ripe.{best.id}.0",
    )


def _inside(shown: Shown, inside: list[WindowTime]) -> Fact:
    window = max(inside, key=lambda w: max(w.share))
    share = max(window.share)
    trace = f"some_deal.{window.reading}.0"
    if not any(w.deals for w in inside):
        lines = shown.reading(window.reading) if len(inside) == 1 else "the red lines under any reading"
        body = f"No deal lies inside {lines}: time alone opens none."
        return Fact("None", "0 deals, in any month", f"{body} An exact count.", trace=trace)
    body = (
        f"Some deal inside {shown.reading(window.reading)} is better than no deal for all who must agree, "
        "in the best month."
    )
    low, high = _interval(shown, share)
    word = words.sentence(words.likelihood_range(low, high))
    return Fact(word, f"{_spread(shown, share)} of paths", body, share, low, high, trace=trace)


def _window_lead(shown: Shown) -> str:
    said = [f"{d.label}: {say.runs(shown.start, d.spells, shown.result.months)}" for d in shown.result.deals]
    aside = next(w for w in shown.result.windows if not w.reading)
    head = (
        "Red lines aside, some deal beats no deal for all who must agree "
        f"{say.runs(shown.start, aside.spells, shown.result.months)}."
    )
    return f"{head} More likely than not ripe, deal by deal: {'; '.join(said)}." if said else head


def _window(shown: Shown) -> tuple[Block, ...]:
    return (window_lines(shown), window_table(shown))


def _material(shown: Shown) -> list[Section]:
    found: list[Section] = []
    if shown.result.areas:
        line = Caveat(
            "A front does not move in a straight line: the pace of one month says little about the next "
            "twelve. Months of net loss are in the draws; a collapse of either side is not."
        )
        found.append(
            Section("front", "The front", blocks=(material.front_lines(shown), line, *_levels(shown)))
        )
    if shown.result.money:
        books = Caveat(
            "The accounting model is unvalidated for how wars end: its outputs are ranges, never dates."
        )
        found.append(Section("money", "Money", blocks=(*material.money(shown), books)))
    if shown.result.forces or shown.result.donors:
        found.append(
            Section("people", "People, equipment and aid", blocks=view_forces.forces(shown), annex=True)
        )
    levers = view_forces.levers(shown)
    if levers:
        found.append(Section("levers", "What if", blocks=levers, annex=True))
    return found


def _levels(shown: Shown) -> tuple[Block, ...]:
    """Return what the case says on the ground held today, area by area."""
    block = shown.case.ripeness
    told = [a for a in block.areas if a.note] if block else []
    return tuple(Text(f"{a.name}: {' '.join(a.note.split())}", a.evidence) for a in told)


def _past(shown: Shown, block: Ripeness) -> list[Section]:
    found = []
    rates = material.base_rates(shown)
    if rates:
        found.append(Section("base", "How often wars like this end", blocks=rates))
    if shown.result.milestones:
        after: tuple[Block, ...] = (Caveat(block.hindsight),) if block.hindsight else ()
        table = material.milestones(shown)
        found.append(Section("milestones", "What was answered when", blocks=(table, *after)))
    return found


def _limits(run: Run[Options, Ripe], block: Ripeness) -> tuple[Block, ...]:
    o, result = run.options, run.result
    levers = [
        f"aid {o.aid}" if o.aid != "continues" else "",
        f"oil {words.signed(o.oil)} dollars" if o.oil else "",
        f"sanctions biting {words.signed(100 * o.sanctions)}%" if o.sanctions else "",
        f"pace times {o.pace:g}" if o.pace != 1 else "",
    ]
    moved = [lever for lever in levers if lever]
    texts = [
        UNVALIDATED,
        f"Bands: {BAND}; {result.draws:,} paths, seed {o.seed}. {words.sampling(result.draws)}. "
        "Month 0 is the worth of no deal as the case states it; later months add what the drivers bring.",
        f"Levers moved: {words.listed(moved)}."
        if moved
        else "No lever is moved. Levers: aid, oil, sanctions, pace.",
    ]
    if result.looked < result.in_scope:
        texts.append(
            f"Some deal is looked for among {result.looked:,} of {result.in_scope:,} deals, those inside the "
            "red lines of a reading and a random sample: shares of paths with some ripe deal are at least "
            "what is shown."
        )
    if block.hindsight:
        texts.append(block.hindsight)
    return tuple(Caveat(text) for text in texts)
