"""The page: self-contained, guarded, labelled, deterministic, readable in both themes."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest

from detente.page import Bar, Bars, Fact, Lines, Page, Ranges, Scatter, Section, Text
from detente.render.document import Document, Masthead, Note
from detente.render.figures import Drawn, draw
from detente.render.html import to_html
from detente.render.svg import SIZE
from detente.render.tables import data_table

STYLES, PAPER = (
    files("detente.render").joinpath(f"templates/{name}.css").read_text("utf-8") for name in ("page", "print")
)
MACROS = files("detente.render").joinpath("templates/blocks.html.j2").read_text("utf-8")


_COLD = """
import hashlib, sys
from detente.page import Page, Section, Text
from detente.render.document import Document, Masthead, Note
from detente.render.html import to_html

notes = tuple(Note(str(i), str(i), evidence=(f"e{i}",)) for i in range(20))
text = Text("t", tuple(note.evidence[0] for note in notes))
page = Page("T", "", (Section("s", "S", blocks=(text,)),))
print(hashlib.sha256(to_html(Document(page, Masthead("M", "d"), notes)).encode()).hexdigest())
assert not {"altair", "vl_convert", "scipy", "networkx", "rich"} & set(sys.modules)
"""


class _Outline(HTMLParser):
    """Collects elements, ids, links and headings."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def values(self, name: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(name))]


@pytest.fixture(scope="module")
def page(document: Document) -> str:
    return to_html(document)


@pytest.fixture(scope="module")
def outline(page: str) -> _Outline:
    parser = _Outline()
    parser.feed(page)
    return parser


def test_nothing_is_loaded_from_anywhere(page: str, outline: _Outline) -> None:
    assert not {"link", "img", "iframe", "object", "embed", "base", "form"} & {
        tag for tag, _ in outline.elements
    }
    assert not outline.values("src")
    assert "url(" not in STYLES
    assert "@import" not in STYLES
    assert all(link.startswith(("#", "https://example.org/")) for link in outline.values("href"))


def test_the_page_brings_its_own_letters(page: str) -> None:
    faces = re.findall(r'@font-face\{font-family:"(Brief \w+)";font-weight:(\d+)', page)
    assert faces == [("Brief Sans", "400"), ("Brief Sans", "600"), ("Brief Serif", "700")]
    for data in re.findall(r"base64,([^)]+)\)", page):
        assert base64.b64decode(data).startswith(b"wOFF")


def test_the_running_line_of_paper_cannot_leave_its_quotes() -> None:
    hostile = 'A "quoted" \\ </style> case'
    page = to_html(Document(Page("T", "", ()), Masthead(hostile, "14 August 2025")))
    style = page.split("<style>")[1].split("</style>")[0]
    line = re.search(r'@bottom-left { content: "([^"]*)";', style)
    assert line is not None
    assert set("<>\n") & set(line.group(1)) == set()
    assert style.rstrip().endswith("}")


def test_the_annex_has_a_table_of_contents_that_can_name_pages() -> None:
    sections = tuple(Section(name, name.title(), annex=True) for name in ("a", "a-one", "b", "c"))
    doc = Document(Page("T", "", sections), Masthead("M", "d"))
    assert 'href="#b"' in to_html(doc)
    assert 'class="chief"><a href="#a"' in to_html(doc)
    assert '<a href="#c" data-page="7">C</a>' in to_html(doc, {"c": 7})


def test_the_policy_allows_exactly_our_script(page: str) -> None:
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL)
    assert script is not None
    digest = base64.b64encode(hashlib.sha256(script.group(1).encode()).digest()).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    rules = policy.group(1).replace("&#39;", "'")
    assert f"script-src 'sha256-{digest}'" in rules
    assert rules.startswith("default-src 'none';")


def test_ids_are_unique_and_every_inner_link_arrives(outline: _Outline) -> None:
    ids = outline.values("id")
    assert len(ids) == len(set(ids))
    targets = [link[1:] for link in outline.values("href") if link.startswith("#")]
    targets += outline.values("popovertarget")
    targets += [name for value in outline.values("aria-labelledby") for name in value.split()]
    assert set(targets) <= set(ids)


def test_headings_descend_without_gaps(outline: _Outline) -> None:
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_picture_has_words_and_every_header_a_scope(outline: _Outline) -> None:
    for tag, attrs in outline.elements:
        if tag == "svg":
            named = attrs.get("aria-label") or attrs.get("aria-labelledby") or attrs.get("aria-hidden")
            assert named, attrs
        if tag == "th":
            assert attrs.get("scope") in ("col", "row")


def test_references_are_numbered_superscripts_with_the_source_at_hand(page: str) -> None:
    assert "Reuters, 13 August 2025: statement on the terms of a halt" in page.split('id="sources"')[1]
    assert '<li id="note-4"><a href="https://example.org/4"' in page


def test_headline_numbers_open_their_chain(page: str) -> None:
    assert page.count('popovertarget="how-1"') >= 2
    assert "deals with a general halt inside the win-sets" in page


def test_only_the_headline_chains_are_printed(page: str) -> None:
    assert '<div class="chain" id="how-1"' in page
    assert '<div class="chain unprinted" id="how-2"' in page


def test_a_title_that_repeats_its_heading_is_only_spoken() -> None:
    bars = Bars("Key inputs", "", (Bar("a", 1.0),))
    sections = (Section("a", "Key inputs", blocks=(bars,)), Section("b", "Other", blocks=(bars,)))
    text = to_html(Document(Page("T", "", sections), Masthead("Talks", "today")))
    assert text.count("<figcaption>Key inputs</figcaption>") == 1
    assert text.count(">Key inputs</title>") == 4


def test_a_reference_without_source_is_shown_as_such() -> None:
    section = Section("s", "S", blocks=(Text("Claim.", ("nowhere",)),))
    doc = Document(Page("T", "", (section,)), Masthead("Talks", "today"), (Note("a", "A"),))
    assert "not in the list of sources" in to_html(doc)


def test_same_document_same_bytes_whatever_the_hash_seed(document: Document, page: str) -> None:
    assert to_html(document) == page
    digests = {
        subprocess.run(
            [sys.executable, "-c", _COLD],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_sections_with_one_id_get_two_anchors() -> None:
    twice = (Section("same", "One"), Section("same", "Two"), Section("<>", "Three"), Section("main", "Four"))
    parser = _Outline()
    parser.feed(to_html(Document(Page("T", "", twice), Masthead("Talks", "today"))))
    ids = parser.values("id")
    assert len(ids) == len(set(ids))


def test_marks_on_a_probability_stand_where_the_numbers_say(document: Document) -> None:
    fact = Fact("Unlikely", "27%", "Body.", share=0.27, low=0.20, high=0.34)
    text = to_html(replace(document, page=Page("T", "", (), (fact,))))
    assert '<rect class="band" x="20.0%" y="3" width="14.0%"' in text
    assert '<rect class="tick" x="27.0%"' in text


def test_figures_that_hold_no_number_are_refused() -> None:
    section = Section("s", "S", blocks=(Bars("Swing", "", (Bar("a", float("nan")),)),))
    with pytest.raises(ValueError, match="Swing"):
        to_html(Document(Page("T", "", (section,)), Masthead("Talks", "today")))


def test_no_text_is_smaller_than_promised() -> None:
    assert min(float(v) for v in re.findall(r"font(?:-size)?:[^;]*?([\d.]+)px", STYLES)) >= 11
    assert min(float(v) for v in re.findall(r"font(?:-size)?:[^;]*?([\d.]+)pt", PAPER)) >= 8


def test_pictures_scaled_down_for_paper_keep_their_text_legible() -> None:
    widths = {
        "figure.full > .wide": 700.0,
        ".half > .narrow": 320.0,
        ".annex .figure:not(.map) > .narrow": 320.0,
    }  # drawn at; see html_blocks
    for place, drawn in widths.items():
        shown = re.search(re.escape(place) + r" svg { width: (\d+)px", PAPER)
        assert shown is not None
        assert SIZE * 0.75 * float(shown.group(1)) / drawn >= 8  # a pixel is three quarters of a point


@pytest.mark.parametrize("width", [300.0, 340.0, 520.0])
@pytest.mark.parametrize("kind", [Ranges, Lines, Bars, Scatter])
def test_groups_are_named_where_they_stand_and_not_by_colour_alone(
    document: Document, kind: type[Drawn], width: float
) -> None:
    figures = [b for s in document.page.sections for b in (*s.blocks, *s.aside) if isinstance(b, kind)]
    assert figures
    for figure in figures:
        texts = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", draw(figure, width, "k")))
        table = data_table(figure)
        names = {row[0].text for row in table.rows}
        named = [name for name in names if name.split()[0] in texts]
        assert len(named) == len(names) or kind is Scatter, names - set(named)
