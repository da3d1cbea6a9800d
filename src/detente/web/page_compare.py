"""Compare: saved variants and what is on the page, beside the case on file or a variant in its place."""

from __future__ import annotations

from starlette.responses import Response

from detente.brief.document import document
from detente.case.model import Case
from detente.errors import UsageError
from detente.studies.compare import Comparison, compared
from detente.studies.compare_view import view
from detente.web.answer import question
from detente.web.desk import Desk
from detente.web.forms import data, later, markdown, table
from detente.web.jobs import Job
from detente.web.reply import Asked, page, placed
from detente.web.shown import written
from detente.web.state import State, typed

_MOST = 4
"""Variants side by side. Judgement: what a screen holds."""


def show(desk: Desk, asked: Asked) -> Response:
    """Return the page, or its numbers."""
    place = placed(desk, asked.state)
    saved = desk.saved()
    chosen = tuple(dict.fromkeys(n for n in asked.all("v") if n))
    base = asked.get("base")
    unknown = [n for n in (*chosen, base) if n and n not in saved]
    if unknown:
        raise UsageError(
            f"there is no variant '{unknown[0][:40]}'. Remedy: choose from {', '.join(saved) or 'none yet'}"
        )
    variants: list[Case] = [desk.variant(name) for name in chosen[:_MOST] if name != base]
    if place.case.variant is not None:
        variants.append(place.case)
    wanted = asked.all("ask") or tuple(lens.name for lens in desk.lenses if lens.again)
    against = desk.variant(base) if base else desk.case
    found, waiting = _compared(desk, against, variants, wanted)
    if asked.form:
        return _as_data(asked, found) if found else later(asked.form, waiting, "nothing to compare")
    shown = view(found) if found else None
    sections = (
        [(s.title, s.lead, written(desk.case, s.blocks, "full", s.id, s.title)) for s in shown.sections]
        if shown
        else []
    )
    return page(
        desk,
        asked,
        place,
        "compare",
        saved=saved,
        chosen=chosen,
        base=base,
        opened=[
            (c.variant.title or c.variant.name, _opened(c)) for c in variants if c.variant and c.variant.name
        ],
        wanted=wanted,
        lenses=desk.lenses,
        shown=shown,
        sections=sections,
        waiting=waiting,
    )


def _opened(variant: Case) -> str:
    """Return the address at which a saved variant can be tried further."""
    edits = variant.variant.edits if variant.variant else ()
    return State(edits=tuple(typed(e.path, e.value) for e in edits)).link("/what-if")


def _compared(
    desk: Desk, against: Case, variants: list[Case], wanted: tuple[str, ...]
) -> tuple[Comparison | None, Job | None]:
    """Return the comparison, or the job it waits for: quick questions at once, long ones by the worker."""
    if not variants:
        return None, None
    answers = []
    for case in (against, *variants):
        row = []
        for lens in desk.lenses:
            if lens.name in wanted:
                asked = question(case, lens, {})
                answer = desk.ask(asked, f"compare {asked.key}")
                if isinstance(answer, Job):
                    return None, answer
                row.append(answer.run)
        answers.append(row)
    return compared(against, variants, answers), None


def _as_data(asked: Asked, found: Comparison) -> Response:
    names = found.names()
    if asked.form == "md":
        return markdown(document(found.case, view(found), found.runs[0]))
    if asked.form == "json":
        rows = [
            {
                "lens": r.lens,
                "name": r.name,
                "label": r.label,
                "unit": r.unit,
                "values": [m.value if m else None for m in r.values],
                "deltas": list(r.deltas),
            }
            for r in found.rows
        ]
        return data(
            {
                "columns": list(names),
                "digests": [found.case.digest, *(v.digest for v in found.variants)],
                "measures": rows,
            }
        )
    table_rows = [
        (r.lens, r.name, r.label, r.unit, *(m.value if m else None for m in r.values)) for r in found.rows
    ]
    return table(("lens", "name", "label", "unit", *names), table_rows, "compare")
