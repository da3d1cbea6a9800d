"""An answer for other tools: as JSON, as CSV, or as Markdown at the page's own address."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.responses import Response

from detente.brief.variant import marked
from detente.case.model import Case
from detente.page import Cell, Page, Section, Table
from detente.render.document import Document, Masthead
from detente.render.markdown import to_markdown
from detente.web.jobs import Job
from detente.web.shown import notes_of
from detente.words import day

FORMS = {"json": "JSON", "csv": "CSV", "md": "Markdown"}
"""Endings of an address, and what a reader calls what comes."""


def data(value: Any, status: int = 200) -> Response:
    """Return plain data as JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    return Response(text, status, media_type="application/json")


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], name: str, status: int = 200) -> Response:
    """Return rows as CSV; a text that a spreadsheet would take for a formula gets a quote before it."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(stream.getvalue(), status, media_type="text/csv; charset=utf-8", headers=headers)


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return "" if value is None else value


def markdown(doc: Document, status: int = 200) -> Response:
    """Return a document as Markdown."""
    return Response(to_markdown(doc), status, media_type="text/markdown; charset=utf-8")


def told(case: Case, page: Page, status: int = 200) -> Response:
    """Return a page about a case or variant as Markdown, its sources numbered as on the page."""
    masthead = Masthead(case.title, day(case.as_of), case.digest)
    return markdown(Document(marked(case, page), masthead, notes_of(case)), status)


def rows_as(
    form: str, case: Case, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Response:
    """Return rows in one of the forms.

    Parameters
    ----------
    form : {"json", "csv", "md"}
    case : Case
        What they are about.
    name : str
        Of the file, and the title in Markdown.
    columns : sequence of str
    rows : sequence of sequence
    """
    if form == "json":
        return data([dict(zip(columns, row, strict=True)) for row in rows])
    if form == "csv":
        return table(columns, rows, name)
    cells = tuple(tuple(Cell("" if v is None else str(v)) for v in row) for row in rows)
    shown = Table("", tuple(c.replace("_", " ").capitalize() for c in columns), cells)
    section = Section("rows", f"{len(cells):,} {'row' if len(cells) == 1 else 'rows'}", "", (shown,))
    return told(case, Page(name.replace("-", " ").capitalize(), "", (section,)))


def later(form: str, job: Job | None, nothing: str) -> Response:
    """Return, with status 202, how far a question is that is being worked on, or that nothing was asked."""
    said = {
        "status": job.status if job else nothing,
        "seconds": round(job.elapsed, 1) if job else 0.0,
        "problem": job.problem if job else "",
    }
    if form == "json":
        return data(said, 202)
    if form == "csv":
        return table(tuple(said), [tuple(said.values())], "waiting", 202)
    lines = "".join(f"- {name}: {value}\n" for name, value in said.items())
    return Response(lines, 202, media_type="text/markdown; charset=utf-8")
