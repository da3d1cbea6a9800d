"""The brief in a real browser: nothing leaves the machine, and it can be read, printed, sorted and saved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from chromium import Chromium
from hostile_case import HOSTILE

# Keeps what the page would save, instead of saving it.
CATCH = """
window.saved = [];
URL.createObjectURL = (blob) => { window.blob = blob; return "#"; };
HTMLAnchorElement.prototype.click = function () { window.saved.push([this.download, window.blob]); };
"""


def test_the_page_opens_from_disk_without_complaint_or_request(browser: Chromium, flagship: Path) -> None:
    browser.open(flagship)
    assert browser.run("document.querySelector('h1').innerText.length") > 20
    assert browser.complaints() == []
    assert browser.requests() == [flagship.as_uri()]


def test_the_first_screen_holds_the_judgement_and_its_numbers(browser: Chromium, flagship: Path) -> None:
    browser.open(flagship)
    bottoms = browser.run(
        "[...document.querySelectorAll('h1, .card .value')].map((e) => e.getBoundingClientRect().bottom)"
    )
    assert len(bottoms) >= 3
    assert max(bottoms) < 900


def test_the_page_fits_a_phone_with_its_numbers_in_sight(browser: Chromium, flagship: Path) -> None:
    browser.open(flagship, width=390, mobile=True)
    assert browser.run("document.documentElement.scrollWidth") <= 390
    right = browser.run(
        "[...document.querySelectorAll('.card h3, .card .value, .funnel .count, td.num')]"
        ".filter((e) => e.getClientRects().length).map((e) => e.getBoundingClientRect().right)"
    )
    assert len(right) > 10
    assert max(right) <= 390


def test_dark_is_one_button_and_lasts(browser: Chromium, flagship: Path) -> None:
    browser.open(flagship)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = browser.run(ground)
    browser.run("document.querySelector('#tools button').focus()")
    browser.press("Enter")
    dark = browser.run(ground)
    assert light != dark
    browser.open(flagship)
    assert browser.run(ground) == dark
    browser.run("document.querySelector('#tools button').click()")
    assert browser.run(ground) == light


def test_the_summary_prints_on_two_pages(browser: Chromium, flagship: Path) -> None:
    browser.open(flagship)
    browser.run("document.getElementById('annex').remove()")
    assert _pages(browser.pdf()) == 2


def test_the_whole_page_prints_with_its_annex(browser: Chromium, flagship: Path) -> None:
    browser.open(flagship)
    assert 5 < _pages(browser.pdf()) < 40


def _pages(pdf: bytes) -> int:
    assert pdf.startswith(b"%PDF")
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_table_sorts_by_keyboard(browser: Chromium, flagship: Path) -> None:
    browser.open(flagship)
    column = (
        "[...document.querySelector('#coalitions table').tBodies[0].rows]"
        ".map((r) => Number(r.cells[1].innerText.replaceAll(',', '')))"
    )
    before = browser.run(column)
    browser.run("document.querySelectorAll('#coalitions thead button')[1].focus()")
    browser.press("Enter")
    assert browser.run(column) == sorted(before, reverse=True)
    browser.press("Enter")
    assert browser.run(column) == sorted(before)
    head = "document.querySelectorAll('#coalitions thead th')[1].getAttribute('aria-sort')"
    assert browser.run(head) == "ascending"


def test_a_table_is_saved_as_csv(browser: Chromium, flagship: Path) -> None:
    browser.open(flagship)
    browser.run(CATCH)
    browser.run("document.querySelector('#coalitions .save button').click()")
    name, text = browser.run("window.saved[0][1].text().then((text) => [window.saved[0][0], text])")
    rows = text.split("\r\n")
    assert name.endswith(".csv")
    assert rows[0].startswith('"Who",')
    assert len(rows) == 1 + browser.run("document.querySelectorAll('#coalitions tbody tr').length")


@pytest.mark.parametrize(("kind", "start"), [("SVG", "<svg"), ("PNG", "\x89PNG")])
def test_a_picture_is_saved(browser: Chromium, flagship: Path, kind: str, start: str) -> None:
    browser.open(flagship)
    browser.run(CATCH)
    browser.run(
        f"[...document.querySelectorAll('#gains .save button')].find((b) => b.innerText === '{kind}').click()"
    )
    saved = browser.run(
        """new Promise((done) => { const look = () => window.saved.length
        ? window.saved[0][1].arrayBuffer().then((b) => done(String.fromCharCode(...new Uint8Array(b, 0, 4))))
        : setTimeout(look, 20); look(); })"""
    )
    assert saved == start[:4]
    assert browser.complaints() == []


def test_a_number_opens_its_chain_down_to_what_lies_behind(browser: Chromium, flagship: Path) -> None:
    browser.open(flagship)
    shown = "[...document.querySelectorAll('.chain:popover-open')].map((e) => e.innerText)"
    browser.run("document.querySelector('.card .trace').focus()")
    browser.press("Enter")
    assert "Result" in browser.run(shown)[0]
    browser.run("document.querySelector('.chain:popover-open .more button').click()")
    assert any("Analyst" in text for text in browser.run(shown))
    browser.press("Escape")
    browser.press("Escape")
    assert browser.run(shown) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_no_text_of_a_case_becomes_markup(browser: Chromium, hostile: Path, width: int) -> None:
    browser.open(hostile, width=width)
    browser.run(
        "document.querySelectorAll('.own select').forEach((s) => s.dispatchEvent(new Event('change')))"
    )
    assert browser.run("window.hurt === undefined && !document.querySelector('img')")
    assert browser.run("document.querySelectorAll('script').length") == 2
    assert HOSTILE in browser.run("document.querySelector('.answer').textContent")
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.complaints() == []
    assert browser.requests() == [hostile.as_uri()]
