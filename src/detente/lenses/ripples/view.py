"""Writes the ripples page: tension and direction, said in words, never a chance of realignment."""

from __future__ import annotations

from detente import words
from detente.case import Case
from detente.case.relations import Relations
from detente.errors import UsageError
from detente.lens import Run
from detente.lenses.ripples import view_tables as tables
from detente.lenses.ripples import view_words as say
from detente.lenses.ripples.options import Options
from detente.lenses.ripples.result import BAND, Ripples, ScenarioResult
from detente.page import Block, Caveat, Fact, Page, Section, Text

NO_FORECAST = (
    "No validated forecast of alliance shifts exists. This page shows structural tension and its direction "
    "under the analyst's ranges; shares are shares of draws, not chances that anybody changes sides."
)


def view(case: Case, run: Run[Options, Ripples]) -> Page:
    """Return the page of a run."""
    relations, result = case.relations, run.result
    if relations is None:
        raise UsageError("the case has no `relations` block any more; run the lens again on this case")
    sections = [
        Section("tension", "What each outcome does to the network", NO_FORECAST, (tables.compared(result),)),
        *(_outcome(relations, result, s) for s in result.scenarios[1:]),
        *_commitments(relations, result),
        Section(
            "room",
            "Who gains or loses room",
            blocks=(tables.third_parties(case, result), *_weakest(relations, result)),
        ),
        *_context(relations, result),
        Section("limits", "How far this goes", blocks=tuple(_limits(run.options, result))),
    ]
    return Page(
        _title(result), f"{_lead(result)} {NO_FORECAST}", tuple(sections), _headline(relations, result)
    )


def _title(result: Ripples) -> str:
    if not result.deals:
        return "What failure of the talks would do to relations"
    raising = _raising(result)
    if not raising:
        return "None of the deals compared clearly adds to the tension among allies and rivals"
    return f"Tension among allies and rivals rises under {words.listed(raising)}"


def _raising(result: Ripples) -> list[str]:
    """Return the deals whose whole interval lies above today's tension; no order among them is claimed."""
    return [s.label for s in result.deals if s.against_today.low > 0]


def _most(result: Ripples) -> ScenarioResult | None:
    return max(result.deals, key=lambda s: s.against_today.mid, default=None)


def _lead(result: Ripples) -> str:
    raising = _raising(result)
    failed = f"If talks fail, tension changes by {_change(result.no_deal)} against today."
    if not result.deals:
        return failed
    clear = (
        f"Tension rises over the whole interval under {words.listed(raising)}."
        if raising
        else "None of the deals compared raises tension over the whole interval."
    )
    return f"{clear} {failed}"


def _change(s: ScenarioResult) -> str:
    return f"{say.decimal(s.against_today.mid, signed=True)} ({say.span(s.against_today, signed=True)})"


def _headline(relations: Relations, result: Ripples) -> tuple[Fact, ...]:
    facts = []
    if most := _most(result):
        fresh = len(result.new_tensions(most))
        facts.append(
            Fact(
                f"{say.decimal(most.against_today.mid, signed=True)} in tension",
                say.span(most.against_today, signed=True),
                f"{most.label}: in most draws {words.count(fresh, 'tie')} would come under tension and "
                f"{words.count(len(result.new_unbalanced(most)), 'triad')} become unbalanced.",
                trace=f"tension_change.{most.id}",
            )
        )
    facts += _least_covered(relations, result)
    for unit, total in result.no_deal.totals.items():
        facts.append(
            Fact(
                f"{say.decimal(total.mid)} {unit}",
                say.span(total),
                f"Support by all donors if talks fail; {_bills(result, unit)}.",
                trace=f"support.no_deal.{unit}",
            )
        )
    return tuple(facts)


def _bills(result: Ripples, unit: str) -> str:
    """Return the cheapest and the dearest deal for all donors together."""
    if not result.deals:
        return "no deals are compared"
    low = min((s.totals[unit] for s in result.deals), key=lambda t: t.mid)
    high = max((s.totals[unit] for s in result.deals), key=lambda t: t.mid)
    if low == high:
        return f"{say.span(low)} under every deal compared"
    cheap, dear = (words.listed([s.label for s in result.deals if s.totals[unit] == t]) for t in (low, high))
    return f"from {say.span(low)} under {cheap} up to {say.span(high)} under {dear}"


def _least_covered(relations: Relations, result: Ripples) -> list[Fact]:
    found = [(g.cover, g.commitment, s) for s in result.deals for g in s.guarantees if g.cover is not None]
    if not found:
        return []
    cover, commitment, s = min(found, key=lambda f: f[0].mid)
    name = next(c.name for c in relations.commitments if c.id == commitment)
    return [
        Fact(
            f"{say.part(cover.mid)} covered",
            f"{say.part(cover.low)} to {say.part(cover.high)}",
            f"The least covered promise under a deal: {name} ({s.label}), all promises called at once.",
            share=cover.mid,
            low=cover.low,
            high=cover.high,
            trace=f"lowest_cover.{s.id}",
        )
    ]


def _outcome(relations: Relations, result: Ripples, s: ScenarioResult) -> Section:
    fresh, eased, triads = result.new_tensions(s), result.eased(s), result.new_unbalanced(s)
    lead = (
        f"In most draws {words.count(len(fresh), 'tie')} would come under tension, "
        f"{words.count(len(eased), 'tie')} would ease; "
        f"{words.count(len(triads), 'triad')} would become unbalanced."
    )
    blocks: list[Block] = [
        tables.network(relations, result, result.today, "Today"),
        tables.network(relations, result, s, s.label),
        tables.ties(relations, result, s),
    ]
    if triads:
        strongest = sorted(triads, key=lambda t: -t.strength)[:3]
        named = "; ".join(f"{say.triad(t, result.names)} ({say.draws_of(t.unbalanced)})" for t in strongest)
        blocks.append(Text(f"Strongest of the triads that become unbalanced: {named}."))
    if s.open_issues:
        blocks.append(
            Caveat(
                f"The deal leaves {words.count(len(s.open_issues), 'issue')} open that would move ties; "
                "nothing is changed for them."
            )
        )
    return Section(f"outcome-{s.id}", s.label, lead, tuple(blocks), annex=s is not _most(result))


def _commitments(relations: Relations, result: Ripples) -> list[Section]:
    sections = []
    covered = tables.guarantees(relations, result)
    if covered:
        sections.append(Section("guarantees", "Are the promises covered", blocks=(covered,)))
    paid = tables.payers(result)
    if paid:
        sections.append(Section("payers", "Who pays", blocks=paid))
    return sections


def _weakest(relations: Relations, result: Ripples) -> list[Text]:
    """Return a sentence on each coalition that one member can end; outcomes that read the same share it."""
    names = {c.id: c for c in relations.commitments}
    said: dict[tuple[str, str], list[str]] = {}
    for s in result.scenarios:
        for chain in s.coalitions:
            if chain.in_force:
                targets = words.listed([result.names[who] for who in names[chain.commitment].to])
                link = f"{result.names[chain.weakest]}, whose tie to {targets} is {say.tie_range(chain.tie)}"
                said.setdefault((chain.commitment, link), []).append(s.label)
    return [
        Text(
            f"{names[commitment].name}: every member has to agree. The weakest link is {link} "
            f"(under {words.listed(labels)}).",
            names[commitment].evidence,
        )
        for (commitment, link), labels in said.items()
    ]


def _context(relations: Relations, result: Ripples) -> list[Section]:
    found = tables.context(relations, result)
    return [Section("context", "Public measures", blocks=(found,), annex=True)] if found else []


def _limits(options: Options, result: Ripples) -> list[Block]:
    limits = [
        NO_FORECAST,
        f"Intervals: {BAND}; {result.draws:,} draws, seed {options.seed}. The ties are the analyst's "
        "judgement; nobody measures them.",
        "Less tension is not better: two armed camps are perfectly balanced. Tension says whose friendships "
        "and enmities stop fitting together, not what to wish for.",
        "States live with unbalanced triangles for decades. A tense tie is a cost to somebody, not a break.",
        "Similarity of alliance portfolios by the S score is not used: counted over wide non-aggression "
        "pacts it makes opponents look alike.",
    ]
    if not result.exact:
        limits.append("The network is too large to be solved in the time allowed: tension is an upper bound.")
    if not result.frustration_draws:
        limits.append(
            "Above twenty nodes tension is computed at the middle of the ranges, without an interval."
        )
    elif result.frustration_draws < result.draws:
        limits.append(f"Tension uses the first {result.frustration_draws:,} draws.")
    return [Caveat(text) for text in limits]
