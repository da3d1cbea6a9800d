"""The served pages in a real browser: sliders, undo, links, keyboard, phones, dark; nothing leaves."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

uvicorn = pytest.importorskip("uvicorn", reason="pages need the extra `web`")

from detente.web.app import make_app  # noqa: E402 - only where the web extra is
from detente.web.desk import Desk  # noqa: E402

HELD = "preferences.UKR.line.salience"
SHIFT = "no_deal.worth.RUS.shift"


def serve(desk: Desk) -> Iterator[str]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()  # so that whoever comes before the server is up waits for it
    server = uvicorn.Server(uvicorn.Config(make_app(desk), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(Desk("alaska-2025", tmp_path_factory.mktemp("served") / "variants", edit=True))


class Watched:
    """A page, what it said on its console, and whom it asked."""

    def __init__(self, context: Any) -> None:
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on(
            "console", lambda m: self.said.append(m.text) if m.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        self.page.on("request", lambda r: self.asked.append(r.url))


@pytest.fixture
def tab(browser: Browser, served: str) -> Iterator[Watched]:
    context = browser.new_context(base_url=served, viewport={"width": 1280, "height": 900})
    watched = Watched(context)
    yield watched
    context.close()
    assert watched.said == []
    assert [u for u in watched.asked if not u.startswith((served, "data:"))] == []


def slider(page: Any, path: str) -> Any:
    return page.locator(f'.control[data-path="{path}"] input[type=range]')


def moved(page: Any) -> None:
    """Wait until the full answer stands there, after any preview."""
    page.wait_for_function("document.querySelector('.said') && !document.querySelector('.preview, .stale')")


def test_a_slider_moves_the_answer_and_back_undoes_it(tab: Watched) -> None:
    page = tab.page
    page.goto("/what-if")
    expect_file = page.locator(".facts").inner_text()
    assert "against the case on file" not in expect_file
    handle = slider(page, SHIFT)
    handle.focus()
    handle.press("Home")
    page.wait_for_url(re.compile("set="))
    moved(page)
    assert "against the case on file" in page.locator(".facts").inner_text()
    assert page.locator(f'.control[data-path="{SHIFT}"] output').inner_text() != "−10 to 10"
    assert page.locator(".figure svg:visible line[stroke-dasharray]").count() > 0
    page.wait_for_selector("section.moved li")
    assert "alone" in page.locator("section.moved").inner_text()
    page.go_back()
    page.wait_for_url(re.compile(r"/what-if$"))
    moved(page)
    assert page.locator(".facts").inner_text() == expect_file
    assert page.locator(f'.control[data-path="{SHIFT}"] output').inner_text() == "−10 to 10"
    page.go_forward()
    page.wait_for_url(re.compile("set="))
    moved(page)
    assert "against the case on file" in page.locator(".facts").inner_text()


def test_a_link_opens_the_same_state_elsewhere(tab: Watched, browser: Browser, served: str) -> None:
    page = tab.page
    page.goto(f"/what-if?set={SHIFT}%3D%5B-30,-20%5D")
    words = page.locator(".said").inner_text()
    other = browser.new_context(base_url=served, java_script_enabled=False).new_page()
    other.goto(page.url)
    assert other.locator(".said h1").inner_text() in words
    assert other.locator(".facts").inner_text() == page.locator(".facts").inner_text()
    other.context.close()


def test_reset_goes_to_the_case_on_file(tab: Watched) -> None:
    page = tab.page
    page.goto(f"/what-if?set={SHIFT}%3D%5B-30,-20%5D")
    page.get_by_role("link", name="Reset to the case on file").click()
    page.wait_for_url(re.compile(r"/what-if$"))
    assert "against the case on file" not in page.locator(".facts").inner_text()


def test_all_works_by_forms_without_scripts(browser: Browser, served: str) -> None:
    page = browser.new_context(base_url=served, java_script_enabled=False).new_page()
    page.goto("/what-if")
    assert page.locator(".slide:visible").count() == 0
    page.locator(f'input[name="low:{SHIFT}"]').fill("-30")
    page.locator(f'input[name="high:{SHIFT}"]').fill("-20")
    page.get_by_role("button", name="Show the answer").click()
    assert "set=" in page.url
    assert "against the case on file" in page.locator(".facts").inner_text()
    page.goto("/deals")
    page.get_by_role("button", name="Take").click()
    assert "deal." in page.url
    page.context.close()


def test_the_keyboard_reaches_everything(tab: Watched) -> None:
    page = tab.page
    page.goto("/what-if")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the answer"
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "document.activeElement.id || document.activeElement.name || document.activeElement.tagName"
            )
        )
    assert any(str(r).startswith("c-no_deal-worth-RUS") for r in reached)
    assert {"lens", "copy", "reset"} <= reached or "reset" in reached


@pytest.mark.parametrize(
    "path",
    [
        "/what-if",
        "/deals?start=reported",
        "/stakes",
        "/compare",
        "/evidence?q=line",
        "/weights?way=pairs",
        "/estimates",
        "/assumptions?q=worth",
    ],
)
def test_phones_show_every_page_without_sideways_scrolling(browser: Browser, served: str, path: str) -> None:
    page = browser.new_context(base_url=served, viewport={"width": 390, "height": 800}).new_page()
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.children.length === 0 && e.textContent.trim()"
        " && e.getClientRects().length && parseFloat(getComputedStyle(e).fontSize) < 11).length"
    )
    assert small == 0
    page.context.close()


def test_dark_is_dark_and_remembered(tab: Watched) -> None:
    page = tab.page
    page.goto("/what-if")
    page.get_by_role("button", name="Switch between light and dark").click()
    shade = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(x) for x in re.findall(r"\d+", shade)[:3]) < 60
    page.goto("/stakes")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_single_keys_lead_through_the_pages_but_not_while_typing(tab: Watched) -> None:
    page = tab.page
    page.goto("/evidence")
    page.locator("#q").focus()
    page.keyboard.type("c?e")
    assert page.locator("#q").input_value() == "c?e"
    assert not page.locator("#keys").is_visible()
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.locator("h1").click()
    page.keyboard.press("Control+c")
    assert page.url.endswith("/evidence")
    page.keyboard.press("e")
    page.wait_for_url(re.compile("/what-if$"))
    page.keyboard.press("/")
    page.wait_for_url(re.compile("/evidence#find$"))
    assert page.evaluate("document.activeElement.id") == "q"
    page.goto("/stakes")
    heads = page.locator("main section > h2")
    for key, expected in (("]", 0), ("]", 1), ("[", 0)):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.textContent") == heads.nth(expected).text_content()


def test_the_list_of_keys_is_a_dialog_and_switches_them_off(tab: Watched) -> None:
    page = tab.page
    page.goto("/stakes")
    page.keyboard.press("?")
    listed = page.locator("#keys")
    assert listed.is_visible()
    keys = listed.locator("kbd").all_inner_texts()
    assert len(keys) == len(set(keys)) > 5
    page.keyboard.press("c")
    assert page.url.endswith("/stakes")
    listed.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    assert not listed.is_visible()
    page.keyboard.press("?")
    assert not listed.is_visible()
    page.reload()
    page.keyboard.press("?")
    assert not listed.is_visible()
    page.get_by_role("button", name="Keys").click()
    listed.get_by_role("checkbox").check()
    listed.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    assert listed.is_visible()


def test_links_follow_what_is_on_the_page(tab: Watched) -> None:
    page = tab.page
    page.goto("/what-if")
    handle = slider(page, SHIFT)
    handle.focus()
    handle.press("Home")
    page.wait_for_url(re.compile("set="))
    page.wait_for_selector('.bar nav a[href^="/compare?set="]')
    assert page.locator('.foot a[href^="/what-if.csv?set="]').count() == 1


def test_served_figures_and_tables_are_saved_and_stay_as_they_were_opened(tab: Watched) -> None:
    page = tab.page
    page.goto("/what-if")
    lacking = (
        "[...document.querySelectorAll('[data-name]')].filter((f) => !f.querySelector('.save button')).length"
    )
    assert page.evaluate(lacking) == 0
    figure = page.locator("figure[data-name]").first
    figure.locator("summary").click()
    for kind, begins in (("PNG", b"\x89PNG"), ("SVG", b"<?xml"), ("CSV", b"\xef\xbb\xbf")):
        with page.expect_download() as saved:
            figure.get_by_role("button", name=f"Save as {kind}").click()
        assert Path(saved.value.path()).read_bytes().startswith(begins)
    before = page.locator(".facts").inner_text()
    handle = slider(page, SHIFT)
    handle.focus()
    handle.press("Home")
    page.wait_for_url(re.compile("set="))
    moved(page)
    assert page.locator(".facts").inner_text() != before
    assert page.evaluate(lacking) == 0
    assert figure.locator("details").get_attribute("open") is not None
    page.wait_for_selector("#rest", state="attached")
    assert page.evaluate("document.getElementById('rest').parentElement.matches('.said')")
    names = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(names) == len(set(names))


def test_a_variant_is_saved_and_compared(tab: Watched) -> None:
    page = tab.page
    page.goto(f"/what-if?set={SHIFT}%3D%5B-30,-20%5D")
    page.get_by_text("Save as a variant").click()
    page.locator("#name").fill("from-the-page")
    page.locator("#title").fill("Pressure")
    page.locator(".save-form button").click()
    page.get_by_role("link", name="Compare with the case on file").click()
    assert "What moved" in page.locator("main").inner_text()


def test_a_long_question_shows_its_way_and_can_be_stopped(tab: Watched) -> None:
    page = tab.page
    page.goto("/what-if?lens=ripeness&opt.draws=100000")
    page.get_by_text("Working on it").wait_for()
    page.get_by_role("button", name="Stop").click()
    page.wait_for_url(re.compile("what-if"))


def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    from hostile_case import write_hostile

    write_hostile("alaska-2025", tmp_path)
    serving = serve(Desk(tmp_path, tmp_path / "variants", edit=True))
    page = browser.new_context(base_url=next(serving)).new_page()
    struck: list[str] = []
    page.on("dialog", lambda d: (struck.append(d.message), d.dismiss()))
    page.on("pageerror", lambda e: struck.append(str(e)))
    for path in ("/what-if", "/deals", "/stakes", "/evidence", "/assumptions", "/weights", "/compare"):
        page.goto(path)
        assert page.locator("main script, main img, main iframe").count() == 0
        assert page.evaluate("window.hurt === undefined")
    assert struck == []
    page.context.close()
    next(serving, None)


@pytest.mark.parametrize(
    "path",
    [
        "/what-if",
        f"/what-if?set={SHIFT}%3D%5B-30,-20%5D",
        "/deals?start=reported",
        "/stakes",
        f"/compare?set={SHIFT}%3D%5B-30,-20%5D",
        "/evidence?q=line",
        "/weights",
        "/weights?way=pairs",
        "/estimates",
        "/assumptions?q=worth",
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible_by_axe(browser: Browser, served: str, path: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    page = browser.new_context(base_url=served, color_scheme=scheme, bypass_csp=True).new_page()
    page.goto(path)
    page.wait_for_function("!document.querySelector('.waiting')")
    if "set=" in path:
        page.get_by_role("button", name="Keys").click()  # a dialog over the page obeys the same rules
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.context.close()
