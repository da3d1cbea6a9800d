"""The brief on paper: two pages of summary, an annex with its contents, a PDF that is the same every time."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from detente.brief.compose import Brief
from detente.render.html import CLOSING, CONTENTS
from detente.render.pdf import to_pdf

Visit = Callable[..., Any]


def _pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def test_the_summary_prints_on_two_pages(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    tab.run("document.getElementById('annex').remove()")
    assert _pages(tab.print()) == 2


@pytest.mark.parametrize("family", ["DejaVu Sans", "Liberation Sans"])
def test_counts_stay_whole_in_any_font(visit: Visit, flagship: Path, family: str) -> None:
    tab = visit(flagship)
    tab.run(
        f"""document.head.append(Object.assign(document.createElement('style'),
        {{ textContent: ':root {{ --sans: "{family}"; --serif: "{family}"; }}' }}))"""
    )
    tab.page.emulate_media(media="print")
    tab.page.set_viewport_size({"width": 688, "height": 1000})
    heights = tab.run(
        "[...document.querySelectorAll('.funnel .count, .stack td.num')]"
        ".map((e) => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight))"
    )
    assert heights
    assert tab.run(
        "[...document.querySelectorAll('.funnel .count')].every((e) => e.getClientRects().length === 1"
        " && e.getBoundingClientRect().height < 2 * parseFloat(getComputedStyle(e).fontSize))"
    )


def test_the_whole_page_prints_with_its_annex(visit: Visit, whole: Path) -> None:
    assert 5 < _pages(visit(whole).print()) < 50


def test_letters_on_paper_shrink_from_headings_to_words(visit: Visit, whole: Path) -> None:
    tab = visit(whole)
    tab.page.emulate_media(media="print")
    sizes = {
        name: tab.run(
            f"[...document.querySelectorAll('{selector}')].filter((e) => e.getClientRects().length)"
            ".map((e) => parseFloat(getComputedStyle(e).fontSize))"
        )
        for name, selector in {
            "chief": ".annex section:not(.inner) > h2",
            "inner": ".annex section.inner > h2",
            "words": ".annex p, .annex td, .annex dd, .annex li, .annex .cited",
        }.items()
    }
    assert all(sizes.values())
    assert min(sizes["chief"]) > max(sizes["inner"]) > max(sizes["words"])


@pytest.fixture(scope="module")
def pdf(brief: Brief) -> bytes:
    return to_pdf(brief.document)


@pytest.fixture(scope="module")
def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def test_the_same_document_gives_the_same_file(brief: Brief, pdf: bytes) -> None:
    assert pdf == to_pdf(brief.document)
    assert b"/CreationDate" not in pdf
    assert b"Chrome" not in pdf


def test_its_text_is_text(brief: Brief, read: PdfReader) -> None:
    first = _squeezed(read.pages[0].extract_text())
    assert _squeezed(brief.document.page.title) in first
    whole = _squeezed("".join(page.extract_text() for page in read.pages))
    for note in brief.document.notes:
        assert _squeezed(note.text)[:40] in whole


def _squeezed(text: str) -> str:
    return "".join(text.split())


def test_bookmarks_lead_from_the_headline_to_the_sources(brief: Brief, read: PdfReader) -> None:
    marks = [mark for mark in read.outline if not isinstance(mark, list)]
    assert marks[0].title == brief.document.page.title
    contents = next(mark for mark in marks if mark.title == CONTENTS)
    assert read.get_destination_page_number(contents) == 2  # the annex follows two pages of summary
    below = read.outline[read.outline.index(contents) + 1]
    assert [mark.title for mark in below if mark.title in CLOSING.values()] == list(CLOSING.values())


def test_the_contents_name_the_pages_of_the_sections(read: PdfReader) -> None:
    contents = read.pages[2].extract_text()
    sources = next(d for name, d in read.named_destinations.items() if name == "/sources")
    number = read.get_destination_page_number(sources)
    assert number is not None
    assert f"{CLOSING['sources']}{number + 1}" in _squeezed_lines(contents)


def _squeezed_lines(text: str) -> str:
    return " ".join(text.split()).replace(" ", "").replace("Sourcesandgrading", CLOSING["sources"])


def test_every_page_says_which_case_it_is(brief: Brief, read: PdfReader) -> None:
    for number, page in enumerate(read.pages, 1):
        text = page.extract_text()
        assert brief.document.masthead.case in text
        assert f"{number} / {len(read.pages)}" in text


@pytest.fixture(scope="module")
def pictures(pdf: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[Image.Image]:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed (Debian: poppler-utils)")
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "brief.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "60", "-png", folder / "brief.pdf", folder / "p"], check=True)
    return [Image.open(file).convert("L") for file in sorted(folder.glob("p-*.png"))]


def test_no_page_is_empty_and_none_runs_into_its_margin(pictures: list[Image.Image]) -> None:
    for page in pictures:
        width, height = page.size
        ink = page.crop((0, 0, width, round(height * 0.95))).point(lambda v: 255 if v < 200 else 0)
        box = ink.getbbox()
        assert box is not None
        assert box[0] > 0.05 * width
        assert box[2] < 0.955 * width
        assert box[3] > 0.08 * height


def test_no_heading_stands_alone_at_the_foot_of_a_page(read: PdfReader) -> None:
    for mark in _flat(read.outline):
        # Points from the lower edge: the margin of 13 mm, the heading, and a line below it.
        assert mark.top is None or float(mark.top) > 13 / 25.4 * 72 + 14 + 10, mark.title


def _flat(outline: Any) -> Any:
    for item in outline:
        yield from _flat(item) if isinstance(item, list) else (item,)
