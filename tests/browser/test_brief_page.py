"""The brief in a real browser: nothing leaves the machine, and it can be read, sorted, saved and opened."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile_case import HOSTILE
from PIL import Image

from detente.render.svg import SIZE

Visit = Callable[..., Any]
SVG = "{http://www.w3.org/2000/svg}"


def test_the_page_opens_from_disk_without_complaint_or_request(visit: Visit, whole: Path) -> None:
    tab = visit(whole)
    assert len(tab.page.inner_text("h1")) > 20
    tab.page.wait_for_load_state("networkidle")
    assert tab.complaints == []
    assert [address for address in tab.requests if not address.startswith("data:font/")] == [whole.as_uri()]
    assert whole.stat().st_size < 2_000_000


def test_the_first_screen_holds_the_judgement_and_its_numbers(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    bottoms = tab.run(
        "[...document.querySelectorAll('h1, .card .value')].map((e) => e.getBoundingClientRect().bottom)"
    )
    assert len(bottoms) >= 3
    assert max(bottoms) < 900


def test_it_paints_at_once(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    tab.page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    painted = tab.run("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert painted < 5000  # a quarter of a second on a quiet machine; this one may be loaded


def test_the_page_is_set_in_its_own_letters(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    assert (
        tab.run("document.fonts.ready.then(() => [...document.fonts].map((f) => f.status))") == ["loaded"] * 3
    )


@pytest.mark.parametrize("width", [390, 320])
def test_the_page_fits_a_phone_with_its_numbers_in_sight(visit: Visit, whole: Path, width: int) -> None:
    tab = visit(whole, width=width, is_mobile=True, has_touch=True)
    assert tab.run("document.documentElement.scrollWidth") <= width
    right = tab.run(
        "[...document.querySelectorAll('.card h3, .card .value, .funnel .count, .stack td.num')]"
        ".filter((e) => e.getClientRects().length).map((e) => e.getBoundingClientRect().right)"
    )
    assert len(right) > 10
    assert max(right) <= width


def test_on_a_phone_rows_are_cards_with_their_number_first(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship, width=390, is_mobile=True, has_touch=True)
    tops = tab.run(
        "[...document.querySelectorAll('#deals .stack tbody tr')].map((row) => [...row.cells].slice(1)"
        ".map((cell) => [cell.classList.contains('num'), cell.getBoundingClientRect().top]))"
    )
    assert tops
    for row in tops:
        order = [number for number, _ in sorted(row, key=lambda cell: cell[1])]
        assert order == sorted(order, reverse=True)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_text_is_too_small_to_read(visit: Visit, whole: Path, width: int) -> None:
    tab = visit(whole, width=width)
    smallest = tab.run(
        """(() => { let least = 99;
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) { const holder = walk.currentNode.parentElement;
          if (!walk.currentNode.data.trim() || !holder.getClientRects().length) continue;
          const picture = holder.closest('svg');
          const box = picture?.viewBox?.baseVal;
          const scale = box && box.width ? picture.getBoundingClientRect().width / box.width : 1;
          least = Math.min(least, scale * parseFloat(getComputedStyle(holder).fontSize)); }
        return least; })()"""
    )
    assert 11 <= smallest <= SIZE


_PICTURES = "[...document.querySelectorAll('figure svg')].filter((s) => s.getClientRects().length)"


@pytest.mark.parametrize("width", [1280, 900, 390])
def test_labels_in_pictures_do_not_touch(visit: Visit, whole: Path, width: int) -> None:
    tab = visit(whole, width=width)
    touching = tab.run(
        _PICTURES
        + """.flatMap((svg) => {
        const found = [], drawn = [...svg.querySelectorAll('text')];
        const texts = drawn.map((t) => [t.textContent, t.getBoundingClientRect()]);
        texts.forEach(([a, p], i) => texts.slice(i + 1).forEach(([b, q]) => {
          const across = Math.min(p.right, q.right) - Math.max(p.left, q.left);
          const down = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
          if (across > 1.5 && down > 5) found.push(svg.closest('figure').dataset.name + ': ' + a + ' | ' + b);
        })); return found; })"""
    )
    assert touching == []


@pytest.mark.parametrize("width", [1280, 900, 390])
def test_no_text_of_a_picture_is_cut_off(visit: Visit, whole: Path, width: int) -> None:
    tab = visit(whole, width=width)
    cut = tab.run(
        _PICTURES
        + """.flatMap((svg) => {
        const frame = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text')].filter((t) => { const box = t.getBoundingClientRect();
          return box.left < frame.left - 1.5 || box.right > frame.right + 1.5; })
          .map((t) => svg.closest('figure').dataset.name + ': ' + t.textContent); })"""
    )
    assert cut == []


def test_dark_is_one_button_and_lasts(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = tab.run(ground)
    tab.page.get_by_role("button", name="Dark").press("Enter")
    dark = tab.run(ground)
    assert light != dark
    tab.page.reload()
    assert tab.run(ground) == dark
    tab.page.get_by_role("button", name="Light").click()
    assert tab.run(ground) == light


def test_dark_follows_the_system(visit: Visit, flagship: Path) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    assert visit(flagship).run(ground) != visit(flagship, color_scheme="dark").run(ground)


def _column(tab: Any, number: int) -> Any:
    return tab.run(
        "[...document.querySelector('#coalitions table').tBodies[0].rows]"
        f".map((r) => Number(r.cells[{number}].innerText.replaceAll(',', '')))"
    )


def test_a_table_sorts_by_keyboard_and_its_link_keeps_the_order(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    before = _column(tab, 1)
    head = tab.page.locator("#coalitions thead th").nth(1)
    head.get_by_role("button").press("Enter")
    assert _column(tab, 1) == sorted(before, reverse=True)
    assert head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").press("Space")
    assert _column(tab, 1) == sorted(before)
    assert head.get_attribute("aria-sort") == "ascending"
    fragment = tab.run("location.hash")
    assert fragment.startswith("#sort=")
    assert _column(visit(flagship, fragment), 1) == sorted(before)


def test_a_link_holds_a_deal_and_an_order_at_once(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    tab.page.locator("#coalitions thead button").nth(1).click()
    tab.page.locator("#own-0").press("Home")
    fragment = tab.run("location.hash")
    assert set(re.findall(r"[#&](\w+)=", fragment)) == {"deal", "sort"}
    again = visit(flagship, fragment)
    assert _column(again, 1) == sorted(_column(again, 1), reverse=True)
    assert again.run("document.getElementById('own-0').selectedIndex") == 0


def test_a_table_is_saved_as_csv(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    with tab.page.expect_download() as saved:
        tab.page.locator("#coalitions .save button").first.click()
    rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_text("utf-8-sig"))))
    assert saved.value.suggested_filename.endswith(".csv")
    assert rows[0][0] == "Who"
    assert len(rows) == 1 + tab.page.locator("#coalitions tbody tr").count()
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("shown", [".card", ".timeline > li", ".funnel > li"])
def test_words_on_the_page_are_saved_as_a_table_too(visit: Visit, every_block: Path, shown: str) -> None:
    tab = visit(every_block)
    holder = tab.page.locator(f"[data-name]:has({shown})").first
    with tab.page.expect_download() as saved:
        holder.get_by_role("button", name="Save as CSV").click()
    _, *rows = csv.reader(io.StringIO(Path(saved.value.path()).read_text("utf-8-sig")))
    said = [" ".join(text.split()) for text in holder.locator(shown).all_inner_texts()]
    assert len(rows) == len(said) > 1
    assert all(cell in text for row, text in zip(rows, said, strict=True) for cell in row)


def test_every_picture_is_saved_with_its_own_colours_and_letters(visit: Visit, every_block: Path) -> None:
    tab = visit(every_block, width=1400)
    buttons = tab.page.get_by_role("button", name="Save as SVG")
    assert buttons.count() >= 6
    case = tab.page.locator(".stamp span").first.inner_text()
    for button in buttons.all():
        beside = button.locator("xpath=ancestor::*[@data-name][1]").locator(
            "> figcaption, > .caption, > .note"
        )
        words = {w for text in beside.all_inner_texts() for w in re.sub(r"[\d,]+$", "", text).split()}
        with tab.page.expect_download() as saved:
            button.click()
        text = Path(saved.value.path()).read_text("utf-8")
        root = ET.fromstring(text)
        assert root.tag == f"{SVG}svg"
        assert "@font-face" in text
        assert "var(" not in text
        coloured = [
            part for part in root.iter() if part.attrib.get("class", "").startswith(("g", "l", "acc"))
        ]
        assert all("fill" in part.attrib or "stroke" in part.attrib for part in coloured)
        assert root.find(f"{SVG}title") is not None
        assert root.find(f"{SVG}desc") is not None
        shown = " ".join(part.text or "" for part in root.iter(f"{SVG}text"))
        assert case in shown
        assert {w.strip("()") for w in words} <= {w.strip("()") for w in shown.split()}
    assert tab.complaints == []


def test_a_saved_picture_stands_alone(visit: Visit, every_block: Path, tmp_path: Path) -> None:
    tab = visit(every_block, width=1400, color_scheme="dark")
    with tab.page.expect_download() as saved:
        tab.page.get_by_role("button", name="Save as SVG").first.click()
    alone = tmp_path / "alone.svg"
    alone.write_bytes(Path(saved.value.path()).read_bytes())
    shown = visit(alone).page.screenshot(path=tmp_path / "alone.png")
    colours = {colour for _, colour in Image.open(io.BytesIO(shown)).convert("RGB").getcolors(1 << 20)}
    assert (255, 255, 255) in colours
    assert len(colours) > 20


def test_every_picture_is_saved_as_png_at_twice_its_size(visit: Visit, every_block: Path) -> None:
    tab = visit(every_block, width=1400)
    for button in tab.page.get_by_role("button", name="Save as PNG").all():
        with tab.page.expect_download() as saved:
            button.click()
        with Image.open(saved.value.path()) as image:
            assert image.format == "PNG"
            assert image.width >= 640
            assert image.convert("L").getextrema()[0] < 120 < image.convert("L").getextrema()[1] == 255


def test_every_figure_can_be_saved(visit: Visit, whole: Path) -> None:
    tab = visit(whole)
    lacking = tab.run(
        """[...document.querySelectorAll('.sheet, .figure, .cardset')].filter((f) => {
        const kinds = [...f.querySelectorAll('.save button')].map((b) => b.textContent);
        return !kinds.includes('CSV') || f.matches('.sheet') === kinds.includes('SVG')
          || kinds.includes('SVG') !== kinds.includes('PNG') || !f.dataset.name; })
        .map((f) => f.dataset.name || f.outerHTML.slice(0, 80))"""
    )
    assert lacking == []
    assert tab.run("document.querySelectorAll('.cardset').length") > 3
    assert tab.run("document.querySelectorAll('figure.figure svg').length") > 20
    unnamed = tab.run(
        "[...document.querySelectorAll('figure svg')].filter((s) => !s.querySelector(':scope > title')"
        " || !s.closest('figure').querySelector('table')).length"
    )
    assert unnamed == 0


def test_a_number_opens_its_chain_down_to_what_lies_behind(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    shown = "[...document.querySelectorAll('.chain:popover-open')].map((e) => e.innerText)"
    tab.page.locator(".card .trace").nth(1).press("Enter")
    assert "Result" in tab.run(shown)[0]
    tab.page.locator(".chain:popover-open .more button").click()
    assert any("Analyst" in text for text in tab.run(shown))
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Escape")
    assert tab.run(shown) == []


def test_pointing_at_a_number_shows_what_is_behind_it(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    peek = tab.page.locator("#peek")
    assert not peek.is_visible()
    tab.page.locator(".funnel .trace").first.hover()
    peek.wait_for(state="visible")
    assert "Formula" in peek.inner_text() or "Result" in peek.inner_text()
    tab.page.keyboard.press("Escape")
    assert not peek.is_visible()


def test_focus_shows_a_source_and_tells_screen_readers(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    link = tab.page.locator("main sup a").first
    link.focus()
    tab.page.keyboard.press("Shift+Tab")
    tab.page.keyboard.press("Tab")
    peek = tab.page.locator("#peek")
    peek.wait_for(state="visible")
    number = link.inner_text()
    assert peek.inner_text().startswith(f"{number}. ")
    assert link.get_attribute("aria-describedby") == "peek"


def test_a_touch_shows_a_source_before_it_leads_there(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship, width=390, is_mobile=True, has_touch=True)
    link = tab.page.locator("main sup a").first
    link.tap()
    peek = tab.page.locator("#peek")
    peek.wait_for(state="visible")
    assert tab.run("location.hash") == ""
    peek.get_by_role("link", name="In the list of sources").tap()
    assert tab.run("location.hash") == link.get_attribute("href")


@pytest.mark.parametrize("width", [390, 1280])
def test_no_text_of_a_case_becomes_markup(visit: Visit, hostile: Path, width: int) -> None:
    tab = visit(hostile, width=width)
    tab.run("document.querySelectorAll('.own select').forEach((s) => s.dispatchEvent(new Event('change')))")
    for kind in (".trace", "sup a"):
        tab.page.locator(f"main {kind}").first.hover()
        tab.page.locator("#peek").wait_for(state="visible")
    assert tab.run("window.hurt === undefined && !document.querySelector('img')")
    assert tab.run("document.querySelectorAll('script').length") == 2
    assert HOSTILE in tab.run("document.querySelector('.answer').textContent")
    assert tab.run("document.documentElement.scrollWidth") <= width
    assert tab.complaints == []
    assert [a for a in tab.requests if not a.startswith("data:font/")] == [hostile.as_uri()]
