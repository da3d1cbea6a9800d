"""Writes the page of a sensitivity study: what carries the number, where it flips, what to find out."""

from __future__ import annotations

from detente.page import Block, Caveat, Cell, Fact, Page, Range, RangeGroup, Ranges, Section, Table, Text
from detente.studies import words as say
from detente.studies.compare_view import change
from detente.studies.sensitivity import Row, Sensitivity
from detente.studies.sensitivity_words import best_known, carries, ends, flip_words, flipping, flips, worth
from detente.words import count, listed, percent, sentence

MOST = 12
"""Inputs in the figure: judgement."""


def view(found: Sensitivity) -> Page:
    """Return the page; computes nothing new."""
    sections = (
        Section("carry", "Which inputs carry the answer", carries(found), _figures(found)),
        Section("flips", "When it flips", flips(found), _flips(found)),
        Section("worth", "What is worth finding out", worth(found), _worth(found)),
        Section("limits", "How far this goes", blocks=_limits(found)),
    )
    kept = tuple(s for s in sections if s.blocks or s.lead)
    return Page(_title(found), say.base(found.question), kept, _facts(found))


def _title(found: Sensitivity) -> str:
    if not found.rows:
        return "No uncertain input moves the answer alone"
    inside = flipping(found)
    if not inside and found.question.threshold is not None:
        return f"{say.named(found.rows[0].input)} moves the answer most; no input flips it alone in its range"
    if inside:
        names = listed([say.named(r.input) for r in inside[:2]])
        more = f", and {count(len(inside) - 2, 'more input')}" if len(inside) > 2 else ""
        return f"{names}{more} can flip the answer alone"
    return f"{say.named(found.rows[0].input)} moves the answer most"


def _facts(found: Sensitivity) -> tuple[Fact, ...]:
    q, facts = found.question, []
    if found.rows:
        first = found.rows[0]
        evidence = f"its range is {_known(first.input.basis)}"
        facts.append(
            Fact(
                first.input.label,
                say.stated(first.input),
                f"{sentence(ends(found, first))}.",
                evidence=evidence,
            )
        )
    for row in flipping(found)[:1]:
        facts.append(
            Fact(sentence(flip_words(row, row.flip)), "where it flips", f"{row.input.label}, alone.")
        )
    best = best_known(found)
    if best is not None and best.drop is not None and found.wrong is not None:
        after = max(0.0, found.wrong - best.drop.value)
        told = f"Knowing {say.named(best.input)} would cut the chance of misjudging the answer the most."
        facts.append(Fact(f"{percent(found.wrong)} to {percent(after)}", "chance of a wrong call", told))
    return tuple(facts) if q.measure.value is not None else ()


def _known(basis: str) -> str:
    return {"guess": "a guess", "inferred": "inferred", "stated": "stated"}.get(basis, "not graded")


def tornado(found: Sensitivity, most: int = MOST) -> Ranges:
    """Return the number at both ends of each input's range, around the number on file, by how it is known."""
    q = found.question
    base = q.measure.value or 0.0
    groups = []
    for basis in ("guess", "inferred", "stated", ""):
        rows = [r for r in found.rows[:most] if r.input.basis == basis]
        told = [(r, [v for v in (r.at_low, r.at_high) if v is not None]) for r in rows]
        ranges = tuple(Range(r.input.label, min(*v, base), base, max(*v, base)) for r, v in told if v)
        if ranges:
            groups.append(RangeGroup(_GROUPS[basis], ranges))
    note = "Ends: the number with that input alone at either end of its stated range. Line: the case on file."
    return Ranges("One input at a time", say.unit(q), tuple(groups), base, "on file", note)


def changes(found: Sensitivity, most: int = MOST) -> Ranges:
    """Return the same as changes against the case on file: for a page on which the number itself stands."""
    block = tornado(found, most)
    scale = 100.0 if say.unit(found.question) == "share" else 1.0

    def less(value: float) -> float:
        return scale * (value - block.reference)

    groups = tuple(
        RangeGroup(g.name, tuple(Range(r.label, less(r.low), 0.0, less(r.high)) for r in g.ranges))
        for g in block.groups
    )
    unit = "points" if scale > 1 else block.unit
    note = "Change of the number with that input alone at either end of its stated range."
    return Ranges("What one input alone does", unit, groups, 0.0, "as on file", note)


_GROUPS = {"guess": "Guesses", "inferred": "Inferred", "stated": "Stated", "": "Not graded"}


def _figures(found: Sensitivity) -> tuple[Block, ...]:
    return (tornado(found), _table(found)) if found.rows else ()


def _table(found: Sensitivity) -> Table:
    q, base = found.question, found.question.measure.value or 0.0
    columns = (
        "Input",
        "Known as",
        "Stated range",
        "At its low end",
        "At its high end",
        "Moves it by",
        "Share of spread",
    )
    rows = tuple(
        (
            Cell(r.input.label),
            Cell(r.input.basis or "not graded"),
            Cell(say.stated(r.input)),
            Cell(say.value(q, r.at_low), r.at_low),
            Cell(say.value(q, r.at_high), r.at_high),
            Cell(_swing(found, r), r.swing(base)),
            Cell(_share(found, r), r.share.value if r.share else None),
        )
        for r in found.rows
    )
    note = (
        "Moves it by: at the end that moves it most; ± is 95% over seeds of the lens. Share of spread: "
        f"first-order share of variance over {found.answers:,} worlds, ± 95%; below {percent(found.floor)} "
        "it may be chance."
        if found.answers
        else "Moves it by: at the end that moves it most; ± is 95% over seeds of the lens."
    )
    return Table("Every input that moves it", columns, rows, note, columns[3:])


def _swing(found: Sensitivity, r: Row) -> str:
    base = found.question.measure.value or 0.0
    moved = max((r.at_low, r.at_high), key=lambda v: abs((base if v is None else v) - base))
    text = change((base if moved is None else moved) - base, found.question.measure.unit)
    if r.error is None:
        return text
    error = change(1.96 * r.error, found.question.measure.unit).lstrip("+").removesuffix(" points")
    return f"{text} (± {error})" if r.error and "one point" not in error else text


def _share(found: Sensitivity, r: Row) -> str:
    if r.share is None:
        return ""
    value = max(0.0, r.share.value)
    error = 196 * r.share.error
    return f"{100 * value:.0f}% (± {error:.0f})" if error >= 0.5 else f"{100 * value:.0f}%"


def _flips(found: Sensitivity) -> tuple[Block, ...]:
    rows = tuple(
        (
            Cell(r.input.label),
            Cell(say.stated(r.input)),
            Cell(flip_words(r, r.flip) or "nowhere on its scale"),
            Cell("" if r.flip is None else "yes" if r.flip.inside else "no"),
        )
        for r in found.rows
        if r.sought
    )
    columns = ("Input", "Stated range", "The answer changes", "Within the range")
    note = "Found by halving the interval, all other inputs as on file."
    return (Table("Where one input alone changes the answer", columns, rows, note),) if rows else ()


def _worth(found: Sensitivity) -> tuple[Block, ...]:
    if best_known(found) is None:
        return ()
    told = [r for r in found.rows if r.drop is not None]
    told = sorted(told, key=lambda r: -(r.drop.value if r.drop else 0.0))[:MOST]
    rows = tuple(
        (
            Cell(r.input.label),
            Cell(_points(r), r.drop.value if r.drop else None),
            Cell(r.input.basis or "not graded"),
        )
        for r in told
    )
    note = "Expected value of perfect information when a wrong call costs 1; ± 95%."
    columns = ("Input", "Fewer wrong calls", "Known as")
    return (Table("What knowing one input would save", columns, rows, note, columns[1:2]),) if rows else ()


def _points(r: Row) -> str:
    if r.drop is None:
        return ""
    return f"{max(0.0, 100 * r.drop.value):.0f} of 100 (± {196 * r.drop.error:.0f})"


def _limits(found: Sensitivity) -> tuple[Block, ...]:
    options = ", ".join(
        f"{k} {v}" for k, v in found.question.options.model_dump().items() if k in ("draws", "seed")
    )
    run = f"Lens {found.question.lens.name}" + (f" with {options}" if options else "")
    return (
        say.INDEPENDENT,
        Caveat(
            "Inputs are first tried in groups: two of one group whose effects cancel exactly at both ends of "
            "their ranges would be missed there, though not in the worlds."
        ),
        Text(f"{run}; {found.worlds:,} worlds, seed {found.seed}."),
    )
