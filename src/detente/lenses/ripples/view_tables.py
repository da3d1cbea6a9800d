"""Tables and pictures of the ripples page, each from the result alone."""

from __future__ import annotations

import math

from detente import words
from detente.case import Case
from detente.case.relations import Commitment, Relations
from detente.lenses.ripples import view_words as say
from detente.lenses.ripples.result import (
    CLEAR,
    GuaranteeResult,
    Interval,
    Ripples,
    ScenarioResult,
    TieResult,
)
from detente.page import Cell, Edge, Network, Node, Table

SHOWN = 8
"""Rows of the table of ties, the strongest changes first (judgement: one glance)."""


def compared(result: Ripples) -> Table:
    """Return the scenarios side by side."""
    units = tuple(result.today.totals)
    rows = []
    for s in result.scenarios:
        row = [
            Cell(s.label),
            Cell(f"{say.decimal(s.frustration.mid)} ({say.span(s.frustration)})", s.frustration.mid),
            Cell("–" if s is result.today else say.span(s.against_today, signed=True), s.against_today.mid),
            Cell(f"{len(s.tense)}", len(s.tense)),
            Cell(f"{len(s.unbalanced)} of {len(s.triads)}", len(s.unbalanced)),
        ]
        row += [Cell(say.amounts(s.totals[unit]), s.totals[unit].mid) for unit in units]
        rows.append(tuple(row))
    columns = ("Scenario", "Tension", "Change against today", "Strained ties", "Unbalanced triangles")
    return Table(
        "Structural tension, scenario by scenario",
        columns + tuple(f"Support, {unit}" for unit in units),
        tuple(rows),
        note="Strained: friends and enemies in common push against the tie in most draws. A triangle is "
        "unbalanced where two friends stand on opposite sides of a third. Tension: least strength of ties "
        "that would have to change sign to leave two camps; a tie of full strength counts one.",
        numeric=columns[1:] + tuple(f"Support, {unit}" for unit in units),
    )


def ties(relations: Relations, result: Ripples, s: ScenarioResult) -> Table:
    """Return the ties a scenario moves or puts under tension, in words."""
    before = {t.pair: t for t in result.today.ties}
    fresh = {t.pair for t in result.new_tensions(s)}
    moved = [t for t in s.ties if t.pair in fresh or t.change.mid != 0]
    moved.sort(key=lambda t: (-(t.pair in fresh) * (1 + (t.against > CLEAR)), -abs(t.change.mid), t.pair))
    rows = [
        (
            Cell(_pair(result, t), refs=_evidence(relations, t.pair)),
            Cell(say.tie_range(before[t.pair].weight) if t.pair in before else "no tie"),
            Cell(say.tie_range(t.weight), t.weight.mid),
            Cell(_change(t), t.change.mid),
            Cell(*_tension(result, s, t)),
        )
        for t in moved[:SHOWN]
    ]
    left = len(moved) - len(rows)
    return Table(
        f"Ties that move or come under strain: {s.label}",
        ("Tie", "Today", "Then", "Change, points", "Strain"),
        tuple(rows),
        note=f"{words.sentence(words.count(left, 'smaller change'))} not shown." if left else "",
        numeric=("Change, points",),
    )


def _change(t: TieResult) -> str:
    low, high = words.signed(t.change.low), words.signed(t.change.high)
    return f"{low} to {high}" if low != high else "none" if low == "0" else low


def _tension(result: Ripples, s: ScenarioResult, t: TieResult) -> tuple[str, float, str]:
    if t in s.tense:
        fresh = t.pair in {n.pair for n in result.new_tensions(s)}
        pushed = "apart" if t.weight.mid > 0 else "together"
        text = "newly strained" if fresh else "strained as today"
        open_ = "" if t.against > CLEAR else ", so not clear"
        mark = "no" if fresh and not open_ else "part"
        return f"{text}: pushed {pushed} {say.draws_of(t.against)}{open_}", t.against, mark
    eased = t.pair in {n.pair for n in result.eased(s)}
    return ("eases" if eased else ""), t.against, "yes" if eased else ""


def network(relations: Relations, result: Ripples, s: ScenarioResult, title: str) -> Network:
    """Return the network of a scenario; strained ties dashed, those that stand as today faint."""
    ids = tuple(n.id for n in s.nodes)
    poles = relations.poles or ()
    tense = {t.pair for t in s.tense}
    before = {t.pair for t in result.today.tense}
    nodes = tuple(
        Node(
            node,
            result.names[node],
            *_place(relations, ids, k),
            "the two opponents" if node in poles else "others",
        )
        for k, node in enumerate(ids)
    )
    edges = tuple(
        Edge(
            *t.pair,
            weight=t.weight.mid / 100,
            label=say.tie(t.weight.mid),
            tense=t.pair in tense,
            same=s is not result.today
            and not say.warmth(t.change)
            and (t.pair in tense) == (t.pair in before),
        )
        for t in s.ties
    )
    note = "Dashed: strained, that is, pushed against its sign by friends and enemies in common."
    if s is not result.today:
        note += " Ties as today are faint."
    return Network(title, nodes, edges, note=note)


def _place(relations: Relations, ids: tuple[str, ...], k: int) -> tuple[float, float]:
    """Return where to draw a node, counted from the bottom; on a ring where the case is silent."""
    if ids[k] in relations.places:
        across, down = relations.places[ids[k]]
        return across, round(1 - down, 3)
    angle = 2 * math.pi * k / len(ids)
    return round(0.5 + 0.42 * math.sin(angle), 3), round(0.5 + 0.42 * math.cos(angle), 3)


def guarantees(relations: Relations, result: Ripples) -> Table | None:
    """Return what covers each guarantee; outcomes that read the same share a row. None without loads."""
    rows: dict[tuple[str, str, str], tuple[GuaranteeResult, list[str]]] = {}
    for s in result.scenarios:
        for g in s.guarantees:
            if g.cover is not None:
                by = "; ".join(f"{result.names[who]} {say.shares(c)}" for who, c in g.by)
                key = (g.commitment, say.shares(g.cover), by)
                rows.setdefault(key, (g, []))[1].append(s.label)
    if not rows:
        return None
    commitments = {c.id: c for c in relations.commitments}
    columns = ("Commitment", "Under", "Covered", "By whom", "Priority, of 100", "Condition")
    note = (
        "Covered: part of the load that capability could still serve if every promise were called at once, "
    )
    note += "higher stated priorities first. It does not say whether anyone would come."
    cells = tuple(
        _guarantee(commitments[key[0]], result, (key[1], key[2]), found) for key, found in rows.items()
    )
    return Table("Guarantees against means", columns, cells, note, ("Covered",))


def _guarantee(
    c: Commitment, result: Ripples, texts: tuple[str, str], found: tuple[GuaranteeResult, list[str]]
) -> tuple[Cell, ...]:
    g, labels = found
    cover = g.cover or Interval(0, 0, 0)
    stated = [
        f"{result.names[who]} {part.priority.low:.0f} to {part.priority.high:.0f}"
        for who, part in c.from_.items()
        if part.priority is not None
    ]
    return (
        Cell(c.name, refs=c.evidence),
        Cell("every outcome" if len(labels) == len(result.scenarios) else words.listed(labels)),
        Cell(texts[0], cover.mid, "yes" if cover.low >= 1 else "no" if cover.mid < 0.5 else "part"),
        Cell(texts[1]),
        Cell("; ".join(stated) or "not stated"),
        Cell(c.condition or "none given"),
    )


def third_parties(case: Case, result: Ripples) -> Table:
    """Return who gains or loses room, by scenario: all but the parties; whom nothing moves, in the note."""
    parties = {a.id for a in case.actors if a.role == "party"}
    others = [k for k, n in enumerate(result.today.nodes) if n.id not in parties]
    futures = result.scenarios[1:]
    rows, still = [], []
    for k in others:
        cells = [Cell(result.names[result.today.nodes[k].id])]
        for s in futures:
            text, mark = say.room(s.nodes[k])
            change = s.nodes[k].room_change
            cells.append(Cell(f"{text}{_lean(case, result, s, k)}", change.mid if change else None, mark))
        if {c.text for c in cells[1:]} == {say.LITTLE}:
            still.append(cells[0].text)
        else:
            rows.append(tuple(cells))
    note = (
        "Room: how much of the weight of somebody's ties lies in triangles that fit together. After it: the "
        "side common friends and enemies push towards, where that is clear and not small."
    )
    if still:
        note += f" Little change under any outcome: {words.listed(still)}."
    return Table(
        "Room for manoeuvre against today", ("Who", *(s.label for s in futures)), tuple(rows), note=note
    )


def _lean(case: Case, result: Ripples, s: ScenarioResult, k: int) -> str:
    poles = case.relations.poles if case.relations else None
    text = say.leaning(s.nodes[k], (result.names[poles[0]], result.names[poles[1]])) if poles else ""
    return f"; {text}" if text else ""


def context(relations: Relations, result: Ripples) -> Table | None:
    """Return public measures as context; None where none is given."""
    if not relations.context:
        return None
    rows = tuple(
        (
            Cell(" and ".join(result.names.get(end, end) for end in item.between), refs=item.evidence),
            Cell(item.measure),
            Cell(
                "–" if item.before is None else f"{say.number(item.before)} ({item.before_year})", item.before
            ),
            Cell(f"{say.number(item.value)} ({item.year})", item.value),
        )
        for item in relations.context
    )
    return Table(
        "Public measures beside it",
        ("Pair", "Measure", "Before", "Latest"),
        rows,
        note="Context: used in no number above.",
        numeric=("Before", "Latest"),
    )


def _pair(result: Ripples, t: TieResult) -> str:
    return " and ".join(result.names[end] for end in t.pair)


def _evidence(relations: Relations, pair: tuple[str, str]) -> tuple[str, ...]:
    changes = [t for e in (*relations.effects, relations.if_talks_fail) for t in e.ties]
    refs = [t.evidence for t in relations.ties if set(t.between) == set(pair)]
    refs += [t.evidence for t in changes if set(t.between) == set(pair)]
    return tuple(dict.fromkeys(ref for found in refs for ref in found))
