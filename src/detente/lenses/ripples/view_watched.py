"""The table in words that leads the ripples page: what readers ask about first, outcome by outcome."""

from __future__ import annotations

from detente import words
from detente.case.relations import Commitment, Pair, Relations, Watched
from detente.lenses.ripples import view_words as say
from detente.lenses.ripples.result import Ripples, ScenarioResult, TieResult
from detente.page import Cell, Table

NOTE = (
    "Strained: friends and enemies in common push against the tie in most draws. Room: how much of the "
    "weight of somebody's ties lies in triangles that fit together; who gains it is less often caught "
    "between a friend and that friend's enemy. Directions, not chances."
)


def watched(relations: Relations, result: Ripples) -> Table | None:
    """Return what becomes of each relation the case watches; None where it names none."""
    if not relations.watched:
        return None
    rows = tuple(_row(relations, result, row) for row in relations.watched)
    columns = ("Relation", *(s.label for s in result.scenarios))
    return Table("What becomes of the relations watched", columns, rows, NOTE)


def _row(relations: Relations, result: Ripples, row: Watched) -> tuple[Cell, ...]:
    cells = [_cell(relations, result, row, s) for s in result.scenarios]
    today = cells[0].text
    told = [c if k == 0 or c.text != today else Cell("as today") for k, c in enumerate(cells)]
    refs = _refs(relations, row)
    return (Cell(row.name, refs=refs), *told)


def _cell(relations: Relations, result: Ripples, row: Watched, s: ScenarioResult) -> Cell:
    if row.tie is not None:
        return _tie(result, row.tie, s)
    if row.actor is not None:
        return _who(relations, result, row.actor, s)
    named = [next(c for c in relations.commitments if c.id == id_) for id_ in row.commitments]
    told = [text for c in named if (text := _commitment(result, c, s, len(named) > 1))]
    return Cell("; ".join(told) or ("none in force" if len(named) > 1 else "not in force"))


def _tie(result: Ripples, pair: Pair, s: ScenarioResult) -> Cell:
    found = next((t for t in s.ties if set(t.pair) == set(pair)), None)
    if found is None:
        return Cell("no tie")
    strained = ", strained" if found in s.tense else ""
    moves = say.warmth(found.change)
    before = next((t for t in result.today.ties if t.pair == found.pair), None)
    if (
        s is not result.today
        and not moves
        and before is not None
        and (before in result.today.tense) == (found in s.tense)
    ):
        return _tie(result, pair, result.today)
    told = f"{moves}: " if moves else ""
    return Cell(f"{told}{say.tie_range(found.weight)}{strained}", found.weight.mid)


def _who(relations: Relations, result: Ripples, who: str, s: ScenarioResult) -> Cell:
    node = next((n for n in s.nodes if n.id == who), None)
    if node is None:
        return Cell("no tie")
    strained = [t for t in s.tense if who in t.pair]
    told = (
        f"strained: {words.listed([_other(result, t, who) for t in strained])}"
        if strained
        else "no strained tie"
    )
    if s is result.today:
        return Cell(told)
    text, mark = say.room(node)
    lean = ""
    if relations.poles:
        first, second = relations.poles
        lean = say.leaning(node, (result.names[first], result.names[second]))
    same = {t.pair for t in strained} == {t.pair for t in result.today.tense if who in t.pair}
    return Cell("; ".join(part for part in (text, lean, "" if same else told) if part), None, mark)


def _other(result: Ripples, tie: TieResult, who: str) -> str:
    return f"tie to {result.names[next(end for end in tie.pair if end != who)]}"


def _commitment(result: Ripples, c: Commitment, s: ScenarioResult, several: bool) -> str:
    """Return what a commitment comes to under a scenario; "" where it is not in force."""
    name = f"{c.name}: " if several else ""
    if c.id not in s.in_force:
        return f"{name}ends" if c.in_force else ""
    if c.kind == "aid":
        given = [d for d in s.donors if d.unit == c.unit and d.donor in c.from_]
        most = max(given, key=lambda d: d.share.mid)
        return (
            f"{name}{say.amounts(s.totals[c.unit])} {c.unit}; {result.names[most.donor]} pays "
            f"{say.shares(most.share)}"
        )
    chain = next((x for x in s.coalitions if x.commitment == c.id), None)
    if chain is not None and c.kind == "sanctions":
        return f"{name}held; weakest link {result.names[chain.weakest]}"
    promise = next((g for g in s.guarantees if g.commitment == c.id), None)
    if promise is None or promise.cover is None:
        return f"{name}in force"
    return f"{name}{say.shares(promise.cover)} covered"


def _refs(relations: Relations, row: Watched) -> tuple[str, ...]:
    if row.tie is not None:
        return tuple(ref for t in relations.ties if set(t.between) == set(row.tie) for ref in t.evidence)
    return tuple(ref for c in relations.commitments if c.id in row.commitments for ref in c.evidence)
