"""A document as one self-contained web page: no network, readable without script, printable."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count, groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from detente.page import Block, Section, Table
from detente.render.document import GRADING, Document
from detente.render.fonts import faces
from detente.render.html_blocks import Writer
from detente.render.plain import clean
from detente.render.told import tell

if TYPE_CHECKING:
    from jinja2 import Environment


CONTENTS = "In the annex"
"""Heading of the annex's table of contents."""
CLOSING = {"sources": "Sources and grading", "how": "How each number was made"}
"""Anchors and headings of what closes every annex."""


_SCRIPTS = ("base.js", "page.js", "tables.js", "pictures.js", "peek.js")


@dataclass(frozen=True, slots=True)
class _View:
    """A section ready for the template."""

    anchor: str
    title: str
    lead: str
    body: Markup
    aside: Markup
    annex: bool
    half: bool
    inner: bool
    short: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the annex's table of contents; a chief one opens a new question."""

    anchor: str
    title: str
    chief: bool
    page: str


def to_html(doc: Document, pages: Mapping[str, int] | None = None, home: str = "") -> str:
    """Return one HTML file that opens from disk and asks the network for nothing.

    Parameters
    ----------
    doc : Document
        Page, provenance, numbered sources and chains.
    pages : mapping of str to int, optional
        For a printer: the page on which each anchor stands, as far as known, for the table of contents to
        name. Paper has no use for the script, so that it is left out.
    home : str
        For a server: the address of the page where assumptions are changed; the navigation leads back there.

    Raises
    ------
    ValueError
        If a figure holds a number that is not finite.

    Examples
    --------
    >>> from detente.page import Page
    >>> from detente.render.document import Masthead
    >>> page = to_html(Document(Page("No deal <today>", "", ()), Masthead("Talks", "14 August 2025")))
    >>> page.startswith("<!doctype html>"), "No deal &lt;today&gt;" in page
    (True, True)
    """
    environment = _environment()
    names = (*_SCRIPTS, "builder.js") if doc.builder else _SCRIPTS
    script = "" if pages is not None else "".join(_resource(environment, name) for name in names)
    chains = tell(doc.chains, {fact.trace for fact in doc.page.headline})
    writer = Writer(doc, environment.get_template("blocks.html.j2").module, count(1), chains.anchors)
    views = tuple(_views(doc.page.sections, writer))
    text = environment.get_template("page.html.j2").render(
        doc=doc,
        page=doc.page,
        writer=writer,
        chains=chains,
        grading=GRADING,
        cards=writer.blocks(doc.page.headline),
        summary=_paired(view for view in views if not view.annex),
        annex=_paired(view for view in views if view.annex),
        contents=_contents(views, doc, pages),
        contents_title=CONTENTS,
        closing=CLOSING,
        navigation=_navigation(views),
        home=home,
        css=Markup(faces() + _resource(environment, "page.css") + _paper(environment, doc)),
        script=Markup(script),
        policy=_policy(script),
        own_deal=Markup(doc.builder.to_json()) if doc.builder else "",
    )
    return text if text.endswith("\n") else text + "\n"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("detente.render"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_harmless,
    )


def _harmless(value: Any) -> Any:
    """Clean every plain string a template prints; escaping follows."""
    return clean(value) if type(value) is str else value


def _resource(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def _paper(environment: Environment, doc: Document) -> str:
    """Return the style of paper: its running lines say what was printed, and which page of how many."""
    head = doc.masthead
    line = " · ".join(part for part in (head.case, head.as_of and f"information to {head.as_of}") if part)
    small = 'font: 8pt "Brief Sans", sans-serif; color: #566472;'
    lines = f"@bottom-left {{ content: {_css_string(clean(line))}; {small} }}"
    count = f'@bottom-right {{ content: counter(page) " / " counter(pages); {small} }}'
    return _resource(environment, "print.css") + f"@page {{ {lines} {count} }}\n"


def _css_string(text: str) -> str:
    r"""Return a string of a style sheet that can neither end its quotes nor the style element.

    Examples
    --------
    >>> _css_string('A "b" </style>')
    '"A \\22 b\\22  \\3c /style\\3e "'
    """
    safe = "".join(c if c.isalnum() or c in " ·,.:;-/()" else f"\\{ord(c):x} " for c in text)
    return f'"{safe}"'


def _policy(script: str) -> str:
    """Return a content security policy: our own script, by its digest, and nothing from outside."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; img-src data:;"
        " font-src data:; base-uri 'none'; form-action 'none'"
    )


def _views(sections: Sequence[Section], writer: Writer) -> Iterator[_View]:
    taken = {"main", "annex", "sources", "how", "judgements", "tools", "own-deal", "contents"}
    for index, section in enumerate(sections, 1):
        anchor = _anchor(section.id) or f"section-{index}"
        if anchor in taken:
            anchor = f"{anchor}-{index}"
        taken.add(anchor)
        slot = "half" if section.half else "beside" if section.aside else "full"
        here = replace(writer, heading=section.title)
        body, aside = here.blocks(section.blocks, slot), here.blocks(section.aside, "aside")
        kind = section.annex, section.half, section.inner, section.short or section.title.split(":")[0]
        yield _View(anchor, section.title, section.lead, body, aside, *kind)


def _navigation(views: Sequence[_View]) -> tuple[tuple[str, str], ...]:
    """Return anchors and short names of the summary; sections of one name share a link."""
    short: dict[str, str] = {}
    for view in views:
        if not view.annex:
            short.setdefault(view.short, view.anchor)
    return tuple((anchor, title) for title, anchor in short.items())


def _contents(views: Sequence[_View], doc: Document, pages: Mapping[str, int] | None) -> tuple[_Entry, ...]:
    """Return the annex's sections but those that go on with another, the sources, on paper the chains."""
    found = [(view.anchor, view.title) for view in views if view.annex and not view.inner]
    shown = {"sources": bool(doc.notes), "how": pages is not None and bool(doc.chains)}
    found += [(anchor, title) for anchor, title in CLOSING.items() if shown[anchor]]
    anchors = [view.anchor for view in views]
    chief = {anchor for anchor, _ in found if any(other.startswith(f"{anchor}-") for other in anchors)}
    chief |= CLOSING.keys()
    pages = pages or {}
    return tuple(
        _Entry(anchor, title, anchor in chief, str(pages.get(anchor, ""))) for anchor, title in found
    )


def _anchor(name: str) -> str:
    """Return the name as an anchor: letters, digits and single hyphens."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())
    return "-".join(part for part in kept.split("-") if part)[:60]


def _paired(views: Iterable[_View]) -> tuple[tuple[_View, ...], ...]:
    """Return rows of sections: two neighbouring halves share one."""
    rows: list[tuple[_View, ...]] = []
    for half, run in groupby(views, key=lambda view: view.half):
        members = tuple(run)
        step = 2 if half else 1
        rows += [members[i : i + step] for i in range(0, len(members), step)]
    return tuple(rows)


def blocks_of(
    doc: Document, blocks: Sequence[Block], slot: str = "full", place: str = "", heading: str = ""
) -> Markup:
    """Return blocks alone, as they stand on a page; for pages that are served.

    Parameters
    ----------
    doc : Document
        For the numbers of its sources.
    blocks : sequence of Block
    slot : {"full", "half", "aside"}
        How much room there is.
    place : str
        Begins the ids inside, which must not be those of other blocks of the same page.
    heading : str
        What stands above them; a block without a title goes by it.
    """
    keys = (f"{_anchor(place)}{n}" for n in count(1))
    return Writer(doc, _macros(), keys, {}, heading).blocks(blocks, slot)


def grid_of(doc: Document, table: Table) -> Markup:
    """Return a table alone, without what surrounds it on a page; for pages that are served."""
    grid: Markup = _macros().grid(Writer(doc, _macros(), count(1), {}), table, "", False)
    return grid


@lru_cache(maxsize=1)
def scripts() -> str:
    """Return the scripts that a served page shares with a brief: what sorts tables and saves them."""
    return "".join(_resource(_environment(), name) for name in ("base.js", "tables.js", "pictures.js"))


def _macros() -> Any:
    return _environment().get_template("blocks.html.j2").module
