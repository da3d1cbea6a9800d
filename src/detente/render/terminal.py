"""A document for the terminal: the same blocks in characters, in colour only where a terminal shows it."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from typing import IO, assert_never

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text as Line

from detente.page import (
    Bars,
    Block,
    Caveat,
    Fact,
    Funnel,
    Lines,
    Map,
    Network,
    Ranges,
    Scatter,
    Section,
    Strip,
    Table,
    Text,
    Timeline,
)
from detente.render import terminal_figures as figures
from detente.render.document import Document, under
from detente.render.plain import clean
from detente.render.terminal_tables import Cite, grid

_WIDEST = 110


def to_terminal(doc: Document, width: int = 80) -> str:
    """Return the document as plain text without colour codes.

    Parameters
    ----------
    doc : Document
        Page, provenance, numbered sources and chains.
    width : int
        Columns; at least 40 are used.

    Examples
    --------
    >>> from detente.page import Page
    >>> from detente.render.document import Masthead
    >>> print(to_terminal(Document(Page("No [bold]deal", "", ()), Masthead("Talks", "14 August 2025")), 60))
    Talks · information cut-off 14 August 2025
    <BLANKLINE>
    No [bold]deal
    """
    stream = io.StringIO()
    console = Console(
        file=stream, width=max(width, 40), color_system=None, force_terminal=False, legacy_windows=False
    )
    console.print(_whole(doc, console.width))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def print_document(doc: Document, file: IO[str] | None = None) -> None:
    """Print the document: coloured on a terminal, plain in a pipe or under NO_COLOR.

    Parameters
    ----------
    doc : Document
        Page, provenance, numbered sources and chains.
    file : text stream, optional
        Standard output by default.
    """
    stream = file or sys.stdout
    console = Console(file=stream)
    if console.is_terminal:
        width = min(console.width, _WIDEST)
        console.print(_whole(doc, width), width=width)
    else:
        stream.write(to_terminal(doc))


def _whole(doc: Document, width: int) -> Group:
    page = doc.page
    parts: list[RenderableType] = [Line(_stamp(doc), "dim"), Line(), Line(clean(page.title), "bold")]
    if page.lead:
        parts += [Line(), Line(clean(page.lead))]
    parts += [part for fact in page.headline for part in (Line(), _block(fact, doc, width))]
    for section in page.sections:
        parts += _section(section, doc, width)
    return Group(*parts, *_sources(doc))


def _stamp(doc: Document) -> str:
    head = doc.masthead
    parts = [clean(head.case)]
    if head.as_of:
        parts.append(f"information cut-off {clean(head.as_of)}")
    if head.digest:
        parts.append(f"case {clean(head.stamp)}")
    if head.seed is not None:
        parts.append(f"seed {head.seed}")
    if head.draws is not None:
        parts.append(f"{head.draws:,} draws")
    return " · ".join(parts)


def _section(section: Section, doc: Document, width: int) -> Iterator[RenderableType]:
    yield Line()
    yield Rule(Line(clean(section.title), "bold"), align="left", style="dim")
    if section.lead:
        yield Line(clean(section.lead), "dim")
    for block in (*section.blocks, *section.aside):
        yield Line()
        yield _block(under(section.title, block), doc, width)


def _block(block: Block, doc: Document, width: int) -> RenderableType:
    def cite(refs: tuple[str, ...]) -> str:
        numbers = doc.cite(refs)
        return f" [{', '.join(map(str, numbers))}]" if numbers else ""

    shown: RenderableType
    match block:
        case Text():
            shown = Line.assemble(clean(block.body), (cite(block.refs), "cyan"))
        case Caveat():
            shown = Line.assemble(("Limit: ", "bold"), clean(block.body), (cite(block.refs), "cyan"))
        case Fact():
            shown = _fact(block, cite)
        case Table():
            shown = grid(block, width, cite)
        case Funnel() | Bars() | Ranges() | Lines() | Timeline() | Scatter() | Strip() | Network() | Map():
            shown = figures.figure(block, width, cite)
        case _:
            assert_never(block)
    return shown


def _fact(fact: Fact, cite: Cite) -> RenderableType:
    first = Line.assemble((clean(fact.headline), "bold"), "  ", (clean(fact.value), "dim"))
    rest: list[RenderableType] = []
    if fact.share is not None:
        low, high = (fact.share if bound is None else bound for bound in (fact.low, fact.high))
        rest.append(Line.assemble(figures.track(low, fact.share, high, 30), ("  0 to 100%", "dim")))
    rest.append(Line.assemble(clean(fact.body), (cite(fact.refs), "cyan")))
    if fact.evidence:
        rest.append(Line(f"Evidence: {clean(fact.evidence)}", "dim"))
    return Group(first, Padding(Group(*rest), (0, 0, 0, 2)))


def _sources(doc: Document) -> Iterator[RenderableType]:
    """Yield the sources this page really points to, under their numbers."""
    cited = doc.cited()
    if not cited:
        return
    yield Line()
    yield Rule(Line("Sources", "bold"), align="left", style="dim")
    for number, note in cited:
        grade = f" ({clean(note.grade)})" if note.grade else ""
        yield Padding(Line(f"{number:>3}. {clean(note.text)}{grade}"), (0, 0, 0, 0))
