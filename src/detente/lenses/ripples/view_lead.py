"""The first screen of the ripples page: title, lead and headline, computed from the result."""

from __future__ import annotations

from collections.abc import Mapping

from detente import words
from detente.case.relations import Relations
from detente.lenses.ripples import view_words as say
from detente.lenses.ripples.result import Interval, Ripples, ScenarioResult
from detente.page import Fact


def title(result: Ripples) -> str:
    """Return which deals raise tension for sure."""
    if not result.deals:
        return "What failure of the talks would do to relations"
    raising = _raising(result)
    if not raising:
        return "None of the deals compared clearly adds to the tension among allies and rivals"
    return f"Tension among allies and rivals rises under {words.listed(raising)}"


def _raising(result: Ripples) -> list[str]:
    """Return the deals whose whole interval lies above today's tension; no order among them is claimed."""
    return [words.within(s.label) for s in result.deals if s.against_today.low > 0]


def most_tense(result: Ripples) -> ScenarioResult | None:
    """Return the deal that raises tension most at the middle of the draws; None without deals."""
    return max(result.deals, key=lambda s: s.against_today.mid, default=None)


def lead(result: Ripples, said: Mapping[str, str]) -> str:
    """Return which ties are strained most, and what failure does; `said` has the names with articles."""
    failed = f"If talks fail, {_failed(result.no_deal)}."
    if not result.deals:
        return failed
    raising = [s for s in result.deals if s.against_today.low > 0]
    if not raising:
        return f"None of the deals compared raises tension over the whole interval. {failed}"
    return f"{_strained(result, raising, said)} {failed}"


def _strained(result: Ripples, raising: list[ScenarioResult], said: Mapping[str, str]) -> str:
    """Return which ties are clearly strained by every deal that raises tension."""
    common = [{t.pair for t in result.clear_tensions(s)} for s in raising]
    shared = [t for t in result.clear_tensions(raising[0]) if t.pair in set.intersection(*common)]
    strongest = sorted(shared, key=lambda t: (-abs(t.change.mid), -abs(t.weight.mid)))[:3]
    if not strongest:
        return "No tie is clearly strained by each of them."
    ties = [f"between {said[t.pair[0]]} and {said[t.pair[1]]}" for t in strongest]
    which = "it" if len(raising) == 1 else "each of them"
    many = "tie" if len(ties) == 1 else "ties"
    return f"Most strained by {which}: the {many} {words.listed(ties)}."


def _failed(s: ScenarioResult) -> str:
    """Return in words what failure does to tension."""
    change = s.against_today
    if change.low > 0 or change.high < 0:
        return f"tension {'rises' if change.low > 0 else 'falls'} by {say.span(change).replace('−', '')}"
    moved = say.decimal(max(abs(change.low), abs(change.high)))
    return "tension stays as it is" if moved == "0.0" else f"tension moves little (by {moved} at most)"


def headline(relations: Relations, result: Ripples) -> tuple[Fact, ...]:
    """Return strained ties, the least covered promise, and what all donors pay."""
    facts = []
    if most := most_tense(result):
        fresh, clear = len(result.new_tensions(most)), len(result.clear_tensions(most))
        facts.append(
            Fact(
                f"{words.sentence(words.count(fresh, 'tie'))} newly strained",
                f"{say.of_them(clear)} clearly" if fresh else "in most draws",
                f"{most.label}: {words.count(len(result.new_unbalanced(most)), 'triangle')} of friends and "
                f"enemies would no longer fit together. Tension: {say.span(most.against_today, signed=True)} "
                "ties of full strength.",
                trace=f"new_tensions.{most.id}",
            )
        )
    facts += _least_covered(relations, result)
    for unit, total in result.no_deal.totals.items():
        facts.append(
            Fact(
                f"{say.amount(total.mid)} {unit}",
                say.amounts(total),
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
        return f"{say.amounts(low)} under every deal compared"
    cheap, dear = (_named(result, unit, t) for t in (low, high))
    return f"{say.amounts(low)} under {cheap}, {say.amounts(high)} under {dear}"


def _named(result: Ripples, unit: str, total: Interval) -> str:
    found = [words.within(s.label) for s in result.deals if s.totals[unit] == total]
    return words.listed(found) if len(found) < 3 else f"{words.number(len(found))} of the deals compared"


def _least_covered(relations: Relations, result: Ripples) -> list[Fact]:
    found = [(g.cover, g.commitment, s) for s in result.deals for g in s.guarantees if g.cover is not None]
    if not found:
        return []
    cover, commitment, s = min(found, key=lambda f: f[0].mid)
    name = next(c.name for c in relations.commitments if c.id == commitment)
    under = words.within(s.label)
    if cover.low >= 1:
        return [
            Fact(
                "Every promise covered",
                "",
                "By capability, were all called at once; it does not say whether anyone would come.",
            )
        ]
    return [
        Fact(
            f"{say.part(cover.mid)} covered",
            f"{say.part(cover.low)} to {say.part(cover.high)}",
            f"The least covered promise under a deal: {name} ({under}), were all called at once.",
            share=cover.mid,
            low=cover.low,
            high=cover.high,
            trace=f"lowest_cover.{s.id}",
        )
    ]
