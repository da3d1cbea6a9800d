"""Blocks of a page as HTML for the server's templates, with the sources a reader can open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from detente.brief.notes import notes
from detente.case.edits import shown
from detente.case.model import Case
from detente.page import Block, Page
from detente.render.document import Document, Masthead, Note
from detente.render.html import blocks_of, grid_of
from detente.render.plain import clean
from detente.render.tables import Figure, data_table
from detente.words import day

if TYPE_CHECKING:
    from jinja2 import Environment


def written(
    case: Case, blocks: Sequence[Block], slot: str = "half", place: str = "", heading: str = ""
) -> Markup:
    """Return blocks as HTML; superscripts lead to the evidence page.

    Parameters
    ----------
    case : Case
    blocks : sequence of Block
    slot, place, heading : str
        See `detente.render.html.blocks_of`.
    """
    made = blocks_of(_around(case), blocks, slot, place, heading)
    return Markup(made.replace('href="#note-', 'href="/evidence#note-'))


def numbers(case: Case, figure: Figure) -> Markup:
    """Return the numbers behind a figure as a table."""
    return grid_of(_around(case), data_table(figure))


def _around(case: Case) -> Document:
    masthead = Masthead(case.title, day(case.as_of), case.digest)
    return Document(Page("", "", ()), masthead, notes_of(case))


_NOTES: dict[int, tuple[Case, tuple[Note, ...]]] = {}


def notes_of(case: Case) -> tuple[Note, ...]:
    """Return the numbered sources; variants share those of the case on file, as no edit touches them."""
    key = id(case.sources)
    if key not in _NOTES:
        _NOTES.clear()
        _NOTES[key] = (case, notes(case))
    return _NOTES[key][1]


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates: everything printed is escaped, names that do not exist are an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    def harmless(value: Any) -> Any:
        return clean(value) if type(value) is str else value

    found = Environment(
        loader=PackageLoader("detente.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=harmless,
    )
    found.globals |= {"shown": shown, "plain": lambda x: f"{x:.12g}" if isinstance(x, int | float) else x}
    return found
