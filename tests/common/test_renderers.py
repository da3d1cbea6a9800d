"""What every renderer owes every block: show its words, and let no text act as markup, code or control."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from detente.page import (
    Area,
    Bar,
    Bars,
    Block,
    Caveat,
    Cell,
    Edge,
    Event,
    Fact,
    Funnel,
    Layer,
    Lines,
    Map,
    Network,
    Node,
    Page,
    Point,
    Range,
    RangeGroup,
    Ranges,
    Scatter,
    Section,
    Series,
    Stand,
    Step,
    Strip,
    Table,
    Text,
    Tick,
    Timeline,
    Town,
)
from detente.render.document import Chain, Document, Line, Masthead, Note
from detente.render.html import to_html
from detente.render.markdown import to_markdown
from detente.render.plain import clean, web_address
from detente.render.terminal import to_terminal

# One builder for each kind of block; every text field is the given text.
EXAMPLES: dict[type, Callable[[str], Block]] = {
    Text: lambda t: Text(t, ("e1",)),
    Caveat: Caveat,
    Fact: lambda t: Fact(t, t, t, 0.5, 0.4, 0.6, t, ("e1",), "chain"),
    Table: lambda t: Table(t, (t, "n", "a"), ((Cell(t, mark="no"), Cell(t, 1.0), Cell(t)),), t, ("n",)),
    Bars: lambda t: Bars(t, t, (Bar(t, 1.0, 0.5, 1.5, t), Bar("b", -1.0)), t),
    Ranges: lambda t: Ranges(t, t, (RangeGroup(t, (Range(t, -1.0, 0.5, 2.0),)),), 0.0, t, t),
    Lines: lambda t: Lines(t, t, t, (Series(t, (0.0, 1.0), (1.0, 0.5), (0.9, 0.4), (1.0, 0.6)),), True, t, t),
    Scatter: lambda t: Scatter(t, t, t, (Point(t, 1.0, 2.0, 1.0, t), Point("p", 3.0, 1.0)), t),
    Strip: lambda t: Strip(
        t, 0, 10, (Stand(t, 1, 0.5),), (Tick(t, 2, 0.4, True), Tick(t, 9, 0.6)), (0.4, 0.6), 0, 5, t, t
    ),
    Network: lambda t: Network(
        t, (Node("a", t, 0, 0, t), Node("b", t, 1, 1)), (Edge("a", "b", -1, t),), True, t
    ),
    Map: lambda t: Map(
        t,
        (Area("a", t, (((0.0, 0.0), (0.0, 5.0), (5.0, 5.0), (5.0, 0.0), (0.0, 0.0)),), 0),),
        (t, "other"),
        (Layer(t, (("a", 1, 0.4),)),),
        (((6.0, 0.0), (6.0, 5.0), (9.0, 5.0), (6.0, 0.0)),),
        (Town(t, 1.0, 1.0),),
        t,
        t,
    ),
    Funnel: lambda t: Funnel(t, (Step(t, 10), Step(t, 0, t, "chain")), t),
    Timeline: lambda t: Timeline(t, (Event(t, t, True, ("e1",)), Event(t, t)), t),
}
HOSTILE = (
    "<script>alert(1)</script>",
    "</style></script><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)> ' onmouseover='x",
    "{{ 7 * 7 }} {% raw %}",
    "[bold red]no[/bold red] [link=https://evil.example]x[/link] :skull:",
    "[x](javascript:alert(1)) ![y](https://evil.example/p.png) <https://evil.example> https://evil.example",
    "| a | b |\n|---|---|\n# head\n- item\n1. one\n> quote\n```\ncode",
    "    indented\n---\n===\n***bold*** `code` ~~gone~~ $x$ ^[note] @someone",
    "\x1b[31mred\x1b[0m \x07 \x00 \u202egnp.exe \u2066x\u2069 \ud800",
    "W" * 10_000,
    "&lt;b&gt; &amp; &#60;",
)
_ALLOWED = frozenset("\n\u200c\u200d\u00ad")
_STEERING = frozenset({"Cc", "Cf", "Cs"})
_MARKDOWN = MarkdownIt("gfm-like", {"html": True, "linkify": False})
_MEANING = frozenset({"html_block", "html_inline", "image", "code_block", "fence", "hr", "code_inline"})
hostile = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(alphabet=st.characters(), max_size=60),
    st.text(alphabet="<>&\"'`*_[](){}|#~!\\-+=.:/@$^%;0123456789ab \n", max_size=60),
)
kinds = pytest.mark.parametrize("kind", list(EXAMPLES), ids=lambda kind: kind.__name__)


def _document(kind: type, text: str) -> Document:
    section = Section(text, text, text, (EXAMPLES[kind](text),), aside=(Text(text, ("e1",)),))
    notes = (Note("s1", text, text, text, ("e1",)), Note("s2", "safe", "https://example.org/a_(b)?c=d&e"))
    page = Page(text, text, (section,), (Fact(text, text, text),))
    head = Masthead(text, text, text, 7, 2000, text)
    return Document(page, head, notes, {"chain": Chain(text, (Line(text, text, ("e1",)),))})


class _Reader(HTMLParser):
    """Reads what a browser would see: elements, attributes and visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.drawing = False
        self.drawn: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.drawing = self.drawing or tag == "svg"
        if self.drawing:
            self.drawn.add(tag)
        else:
            self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.drawing = self.drawing and tag != "svg"

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_there_is_an_example_of_every_block() -> None:
    assert set(EXAMPLES) == set(get_args(Block))


@kinds
@pytest.mark.parametrize("render", [to_html, to_markdown, to_terminal], ids=lambda f: f.__name__)
def test_every_renderer_shows_every_block(kind: type, render: Callable[[Document], str]) -> None:
    section = Section("s", "S", blocks=(EXAMPLES[kind]("Kupiansk"),))
    assert "Kupiansk" in render(Document(Page("T", "", (section,)), Masthead("M", "d")))


@kinds
def test_a_page_has_the_same_elements_whatever_its_text(kind: type) -> None:
    def read(text: str) -> _Reader:
        reader = _Reader()
        reader.feed(to_html(_document(kind, text)))
        return reader

    for text in HOSTILE:
        # As long, since a table too long for a phone is laid out in another way.
        page, calm = read(text), read("c" * len(text))
        assert page.tags == calm.tags
        assert page.drawn == calm.drawn
        assert {name for name, _ in page.attributes} == {name for name, _ in calm.attributes}


@kinds
@given(text=hostile)
@settings(max_examples=25, deadline=None)
def test_no_text_becomes_script_link_or_control_in_a_page(kind: type, text: str) -> None:
    reader = _Reader()
    page = to_html(_document(kind, text))
    page.encode("utf-8")
    reader.feed(page)
    assert reader.tags.count("script") == 1
    names = {name for name, _ in reader.attributes}
    assert not names & {"src", "srcdoc", "style"}
    assert not [name for name in names if name.startswith("on")]
    links = [value for name, value in reader.attributes if name == "href"]
    assert all(re.match(r"#|https?://", link) for link in links)
    assert not [c for c in page if c not in _ALLOWED and unicodedata.category(c) in _STEERING]
    assert clean(text).strip() in "".join(reader.words)


@kinds
@given(text=hostile)
@example(text="- ")
@example(text="1. x")
@example(text="www.evil.example")
@settings(max_examples=25, deadline=None)
def test_no_text_means_anything_to_markdown(kind: type, text: str) -> None:
    tokens = _MARKDOWN.parse(to_markdown(_document(kind, text)))
    inner = [part for token in tokens for part in token.children or ()]
    assert not {part.type for part in (*tokens, *inner)} & _MEANING
    links = {part.attrs["href"] for part in inner if part.type == "link_open"}
    assert links <= {"https://example.org/a_%28b%29?c=d&e", web_address(text)}
    if clean(text).strip():  # blank text leaves its paragraph out
        calm = _MARKDOWN.parse(to_markdown(_document(kind, "calm")))
        assert [token.type for token in tokens] == [token.type for token in calm]


@kinds
@given(text=hostile, width=st.integers(40, 120))
@settings(max_examples=25, deadline=None)
def test_no_text_steers_the_terminal_or_breaks_its_width(kind: type, text: str, width: int) -> None:
    shown = to_terminal(_document(kind, text), width)
    shown.encode("utf-8")
    assert "\x1b" not in shown
    assert not [c for c in shown if c != "\n" and unicodedata.category(c) in ("Cc", "Cs")]
    if text.isascii():
        assert max(map(len, shown.splitlines())) <= width


@pytest.mark.parametrize("text", [t for t in HOSTILE if t.isascii() and t.isprintable() and len(t) < 200])
def test_the_terminal_shows_markup_as_it_was_written(text: str) -> None:
    shown = to_terminal(Document(Page("T", text, ()), Masthead("M", "d")), 400)
    assert text in shown
