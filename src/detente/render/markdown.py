"""A document as Markdown: every figure as the table behind it, every source as a number in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from detente.page import (
    Bars,
    Block,
    Caveat,
    Cell,
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
from detente.render.document import GRADING, Document, under
from detente.render.plain import clean, web_address
from detente.render.tables import data_table
from detente.render.told import tell

# Everything that could start emphasis, code, a link, a table cell, a mention, HTML or mathematics.
_SPECIAL = re.compile(r"([\\`*_\[\]|~#$^@])")
_OPENING = re.compile(r"^(-(?=[-\s]|$)|\+(?=\s|$)|\d+(?=[.)](?:\s|$)))")
_MARKS = {"yes": "✓", "no": "✗", "part": "◐"}


def to_markdown(doc: Document) -> str:
    r"""Return the document as GitHub-flavoured Markdown.

    Parameters
    ----------
    doc : Document
        Page, provenance, numbered sources and chains.

    Examples
    --------
    >>> from detente.page import Page
    >>> from detente.render.document import Masthead
    >>> print(to_markdown(Document(Page("No *deal*", "", ()), Masthead("Talks", "14 August 2025"))))
    # No \*deal\*
    <BLANKLINE>
    Talks · information cut-off 14 August 2025
    """
    pieces = [f"# {escape(doc.page.title)}", _stamp(doc), escape(doc.page.lead)]
    pieces += [_block(fact, doc) for fact in doc.page.headline]
    for section in doc.page.sections:
        pieces += _section(section, doc)
    pieces += [*_sources(doc), *_chains(doc)]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def escape(text: str) -> str:
    r"""Return text in which no character means anything to Markdown or HTML.

    Examples
    --------
    >>> escape("[a](javascript:b) <i> http://x.y")
    '\\[a\\](javascript:b) &lt;i&gt; http\\://x.y'
    """
    safe = clean(text).strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    safe = _SPECIAL.sub(r"\\\1", safe).replace("://", r"\://")
    safe = re.sub(r"(?i)\bwww\.", lambda m: m.group()[:3] + r"\.", safe)
    return _OPENING.sub(_quieted, safe)


def _quieted(match: re.Match[str]) -> str:
    """Return a line start that opens no list or rule."""
    mark = match.group()
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"


def _stamp(doc: Document) -> str:
    head = doc.masthead
    parts = [
        escape(head.case),
        f"information cut-off {escape(head.as_of)}" if head.as_of else "",
        f"case {escape(head.stamp)}" if head.digest else "",
        f"seed {head.seed}" if head.seed is not None else "",
        f"{head.draws:,} draws" if head.draws is not None else "",
        f"detente {escape(head.version)}" if head.version else "",
    ]
    return " · ".join(part for part in parts if part)


def _section(section: Section, doc: Document) -> Iterator[str]:
    yield f"## {escape(section.title)}"
    yield escape(section.lead)
    for block in (*section.blocks, *section.aside):
        yield _block(under(section.title, block), doc)


def _block(block: Block, doc: Document) -> str:
    written: str
    match block:
        case Text():
            written = _cited(block.body, block.refs, doc)
        case Caveat():
            written = f"*Limit:* {_cited(block.body, block.refs, doc)}"
        case Fact():
            written = _fact(block, doc)
        case Table():
            written = _table(block, doc)
        case Bars() | Ranges() | Lines() | Scatter() | Strip() | Network() | Map() | Funnel() | Timeline():
            written = _table(data_table(block), doc)
        case _:
            assert_never(block)
    return written


def _cited(text: str, refs: tuple[str, ...], doc: Document) -> str:
    numbers = ", ".join(str(n) for n in doc.cite(refs))
    return f"{escape(text)} \\[{numbers}\\]" if numbers else escape(text)


def _fact(fact: Fact, doc: Document) -> str:
    value = f": {escape(fact.value)}" if fact.value else ""
    body = f"{_strong(fact.headline)}{value}. {_cited(fact.body, fact.refs, doc)}"
    return f"{body}\n\nEvidence: {escape(fact.evidence)}" if fact.evidence else body


def _table(table: Table, doc: Document) -> str:
    lines = [_strong(table.title), ""] if _strong(table.title) else []
    lines.append(_row([escape(name) for name in table.columns]))
    lines.append(_row(["---:" if name in table.numeric else "---" for name in table.columns]))
    lines += [_row([_cell(cell, doc) for cell in row]) for row in table.rows]
    return "\n".join([*lines, "", escape(table.note)] if table.note else lines)


def _strong(text: str) -> str:
    """Return bold text; bold nothing would be a rule."""
    return f"**{escape(text)}**" if escape(text) else ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, doc: Document) -> str:
    return " ".join(part for part in (_MARKS.get(cell.mark, ""), _cited(cell.text, cell.refs, doc)) if part)


def _sources(doc: Document) -> Iterator[str]:
    if not doc.notes:
        return
    yield "## Sources and grading"
    yield GRADING
    lines = []
    for number, note in enumerate(doc.notes, 1):
        address = web_address(note.url)
        target = re.sub(r"[()<>\[\]\\]", lambda m: f"%{ord(m.group()):02X}", address)
        text = f"[{escape(note.text)}]({target})" if address else escape(note.text)
        lines.append(f"{number}. {text}{' ' + escape(note.grade) if note.grade else ''}")
    yield "\n".join(lines)


def _chains(doc: Document) -> Iterator[str]:
    if doc.chains:
        yield "## How each number was made"
    for told in tell(doc.chains, ()).told:
        number = f"{told.anchor.removeprefix('from-')}. " if told.anchor.startswith("from-") else ""
        yield f"### {escape(number + told.title)}"
        lines = [f"- {escape(line.label)}: {_cited(line.text, line.refs, doc)}" for line in told.lines]
        if told.more:
            lines.append(f"- Judgements and sources: under {told.more.removeprefix('from-')} below")
        yield "\n".join(lines)
