"""The gates after the handshake: would the leading deals be ratified, kept, and hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.model import Case
from detente.lenses.settlement.result import Settlement
from detente.page import Block, Caveat, Cell, Fact, Funnel, Section, Step, Table
from detente.table.show import LETTERS
from detente.table.verdicts import DealView
from detente.words import likelihood_range, listed, number, percent, sentence

YEAR = 365
"""Days a deal must hold to count as holding, in this table. Judgement: the usual first horizon."""

EVEN = 0.5
"""A deal passes a gate if that is more likely than not."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: its names; for each deal the chance with its range, who stops it, why in words; a table."""

    short: str
    column: str
    step: str
    chances: tuple[tuple[float, float, float], ...]
    killers: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    detail: Table | None = None
    sampled: bool = False
    """Whether its ranges say how well a share of draws is known, and not what is unknown about it."""


def gates(case: Case, r: Settlement, seed: int | None) -> tuple[Gate, ...]:
    """Return how the leading deals fare at each later gate the case feeds."""
    deals = r.widest.misses or r.widest.efficient
    found = (_ratified(case, r, deals, seed), _kept(case, r, deals, seed), _held(case, r, deals, seed))
    return tuple(g for g in found if g is not None) if deals else ()


def after_the_handshake(case: Case, r: Settlement, found: Sequence[Gate]) -> Section:
    """Return the gates as a table and a funnel; empty where there is none."""
    deals = r.widest.misses or r.widest.efficient
    if not found:
        return Section("gates", "After the handshake")
    what = _what(r, 2)
    rows = tuple((Cell(LETTERS[k]), *(_cell(g.chances[k]) for g in found)) for k in range(len(deals)))
    columns = ("", *(g.column for g in found))
    blocks: tuple[Block, ...] = (
        Table(f"The {what} at each gate", columns, rows, f"In brackets: {listed(_intervals(found))}."),
        Funnel(f"How many of the {what} are left", _steps(found, len(deals), what)),
        *(g.detail for g in found if g.detail is not None),
        Caveat(
            "Chances of different gates come from different models and are not multiplied. "
            "None of them has been validated on single deals."
        ),
    )
    return Section("gates", "After the handshake", _asked(case, r, len(deals)), blocks, annex=True)


SAMPLED = "95% Monte Carlo interval"
UNKNOWN = "5th to 95th percentile over what is not known"


def _intervals(found: Sequence[Gate]) -> list[str]:
    """Return what the brackets of each gate hold; models that mean the same share a phrase."""
    meant: dict[str, list[str]] = {}
    for gate in found:
        meant.setdefault(SAMPLED if gate.sampled else UNKNOWN, []).append(gate.short)
    return [f"{interval} ({listed(gates)})" for interval, gates in meant.items()]


def _what(r: Settlement, n: int) -> str:
    """Return what the deals that stand at the gates are called."""
    kind = "nearest miss" if r.widest.misses else "leading deal"
    return kind if n == 1 else f"{kind}{'es' if r.widest.misses else 's'}"


def _signed(r: Settlement) -> str:
    """Return the condition the gates stand under; a nearest miss crosses a red line all the same."""
    return "signed all the same" if r.widest.misses else "signed"


def _asked(case: Case, r: Settlement, n: int) -> str:
    """Return which deals these are, and which the lenses after this section judge instead."""
    if n == 1:
        lead = f"Deal A above, if it were {_signed(r)}."
    else:
        letters = f"A and {LETTERS[1]}" if n == 2 else f"A to {LETTERS[n - 1]}"
        lead = f"Deals {letters} above, if they were {_signed(r)}."
    return f"{lead} The sections after this one judge the packages on record." if case.deals else lead


def gate_card(r: Settlement, found: Sequence[Gate]) -> tuple[Fact, ...]:
    """Return the card on the later gates for the first screen; none where there is no gate."""
    if not found:
        return ()
    together = len(r.widest.misses or r.widest.efficient)
    left = _steps(found, together, _what(r, 2))[-1].count
    if together == 1:
        headline = f"Deal A {'passes' if left else 'fails'}"
        value = f"the one {_what(r, 1)}, {'at every later gate' if left else 'at a later gate'}"
    else:
        headline = f"{sentence(number(left)) if left else 'None'} of {number(together)}"
        value = f"{_what(r, 2)} {'passes' if left == 1 else 'pass'} every later gate"
    return (
        Fact(
            headline,
            value,
            f"If {_signed(r)}, and each gate more likely than not: {listed([g.short for g in found])}. "
            "Model results.",
            evidence="low, as none of these models has been validated on single deals",
        ),
    )


def _steps(found: Sequence[Gate], total: int, what: str) -> tuple[Step, ...]:
    """Return how many deals pass each gate and all gates before it, more likely than not."""
    left = list(range(total))
    steps = [Step(sentence(what), total)]
    for gate in found:
        passed = [k for k in left if gate.chances[k][0] > EVEN]
        steps.append(
            Step(sentence(gate.step), len(passed), _killer(gate, [k for k in left if k not in passed]))
        )
        left = passed
    return tuple(steps)


def _killer(gate: Gate, stopped: Sequence[int]) -> str:
    """Return who or what stops the deals that fail at a gate, each named once."""
    if not stopped:
        return ""
    letters = listed([LETTERS[k] for k in stopped])
    named = listed(list(dict.fromkeys(gate.killers[k] for k in stopped if gate.killers and gate.killers[k])))
    best = percent(max(gate.chances[k][0] for k in stopped))
    return (
        f"{letters} fail{'s' if len(stopped) == 1 else ''}{f' over {named}' if named else ''}: {best} at best"
    )


def _cell(chance: tuple[float, float, float]) -> Cell:
    value, low, high = chance
    shown = (
        percent(value)
        if percent(low) == percent(high)
        else f"{percent(value)} ({percent(low)} to {percent(high)})"
    )
    return Cell(f"{sentence(likelihood_range(low, high))}: {shown}", sort=value)


def _terms(r: Settlement, deal: DealView) -> dict[str, str]:
    return dict(zip(r.issues, deal.options, strict=True))


def _ratified(case: Case, r: Settlement, deals: Sequence[DealView], seed: int | None) -> Gate | None:
    """Return the chance to be ratified under the most favourable reading of the rules."""
    if case.ratification is None:
        return None
    from detente.lenses.ratification.options import Options
    from detente.lenses.ratification.run import chance_of, deciding_gate

    options = Options() if seed is None else Options(seed=seed)
    found, names = [], []
    for deal in deals:
        terms = _terms(r, deal)
        by_reading = {x: chance_of(case, terms, x, options) for x in case.ratification.readings}
        kindest = max(by_reading, key=lambda x: by_reading[x].value)
        best = by_reading[kindest]
        found.append((best.value, best.low, best.high))
        names.append(deciding_gate(case, terms, kindest, options))
    why = tuple(
        f"certainty about {name} would help most" if name else "no single gate decides it" for name in names
    )
    several = len(case.ratification.readings) > 1
    column = "Ratified, under the kindest reading of the rules" if several else "Ratified"
    return Gate("ratified", column, "more likely than not ratified", tuple(found), tuple(names), why)


def _kept(case: Case, r: Settlement, deals: Sequence[DealView], seed: int | None) -> Gate | None:
    """Return the share of draws in which nobody gains by walking away."""
    if case.conflict is None or not case.conflict.terms:
        return None
    from detente.lenses.stability import Options
    from detente.lenses.stability.run import closely
    from detente.lenses.stability.view_deals import keeping

    options = Options() if seed is None else Options(seed=seed)
    named = [(letter, _terms(r, deal)) for letter, deal in zip(LETTERS, deals, strict=False)]
    seen = closely(case, options, named)
    shares, first = [], []
    for result in seen:
        focus = None if result is None else result.focus
        verdict = next((v for v in focus.verdicts if v.concept == options.concept), None) if focus else None
        # Where nobody could break a deal there is no share to give: it is kept.
        share = verdict.share if verdict else None
        shares.append((share.value, share.low, share.high) if share else (1.0, 1.0, 1.0))
        first.append(result.dms[focus.first] if result and focus and focus.first is not None else "")
    why = tuple(
        f"{who} gains by breaking it in most draws" if who else "nobody gains by breaking it" for who in first
    )
    column = "Kept: share of draws in which nobody gains by breaking it"
    detail = keeping([(name, result) for (name, _), result in zip(named, seen, strict=True)])
    return Gate("kept", column, "kept in most draws", tuple(shares), tuple(first), why, detail, True)


def _held(case: Case, r: Settlement, deals: Sequence[DealView], seed: int | None) -> Gate | None:
    """Return the chance to hold a year from the day it takes effect."""
    if case.durability is None:
        return None
    from detente.lenses.durability import LENS
    from detente.lenses.durability.options import Options

    asked = tuple(",".join(f"{i}={o}" for i, o in _terms(r, deal).items()) for deal in deals)
    options = Options(deal=asked) if seed is None else Options(deal=asked, seed=seed)
    found = {m.name: m for m in LENS.run(case, options).measures()}
    chances = []
    for k in range(len(deals)):
        m = found.get(f"holds.deal{k + 1}.{YEAR}")
        if m is None or m.value is None or m.low is None or m.high is None:
            return None
        chances.append((m.value, m.low, m.high))
    column = "Holds a year, counted from taking effect"
    why = ("in the model, halts on such terms break within a year more often than not",) * len(chances)
    return Gate("held for a year", column, "more likely than not holds a year", tuple(chances), (), why)
