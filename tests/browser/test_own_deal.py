"""A deal of the reader's own: chosen by keyboard, kept in the address, counted as in Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chromium import Chromium

from detente.brief import builder as module
from detente.brief.builder import builder
from detente.brief.compose import compose
from detente.case.load import load_case
from detente.lenses.settlement import LENS, Options
from detente.methods.space import enumerate_deals
from detente.render.html import to_html
from detente.table.encode import encode

ANSWER = "document.querySelector('.answer').innerText"


def test_a_deal_chosen_by_keyboard_changes_the_verdict_and_its_link_restores_it(
    browser: Chromium, flagship: Path
) -> None:
    browser.open(flagship)
    before = browser.run(ANSWER)
    browser.run("document.getElementById('own-0').focus()")
    browser.press("Home")
    changed = browser.run(ANSWER)
    assert changed != before
    assert "cannot stand together" in changed
    fragment = browser.run("location.hash")
    assert fragment.startswith("#deal=form:continue,line:")
    browser.open(flagship, fragment)
    assert browser.run(ANSWER) == changed
    assert browser.run("document.getElementById('own-0').selectedIndex") == 0


def test_every_choice_is_reached_by_tab_and_named(browser: Chromium, flagship: Path) -> None:
    browser.open(flagship)
    browser.run("document.getElementById('own-start').focus()")
    met = []
    for _ in range(7):
        browser.press("Tab")
        met.append(browser.run("document.activeElement.labels?.[0]?.innerText ?? ''"))
    assert met == [i.name for i in load_case("alaska-2025").issues if i.core]


def test_a_link_with_names_the_case_lacks_changes_nothing(browser: Chromium, flagship: Path) -> None:
    browser.open(flagship)
    before = browser.run(ANSWER)
    browser.open(flagship, "#deal=nothing:there,form:none,%E0%A4%A:x")
    assert browser.run(ANSWER) == before
    assert browser.complaints() == []


def test_trying_the_nearest_package_reaches_it(browser: Chromium, flagship: Path) -> None:
    browser.open(flagship)
    browser.run("document.querySelector('.take').click()")
    assert "Closest is your deal" in browser.run(ANSWER)
    assert browser.run("document.activeElement.tagName") == "SELECT"


def test_the_page_says_when_it_cannot_work_without_script(browser: Chromium, flagship: Path) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(flagship)
        shown = browser.call("Page.captureSnapshot")["data"]
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
    assert "This part needs script" in shown
    browser.open(flagship)
    assert "This part needs script" not in browser.run("document.body.innerText")


@pytest.fixture(scope="module")
def counted() -> Any:
    """Return what Python finds for every deal of the flagship."""
    case = load_case("alaska-2025")
    found = builder(case, LENS.apply(case, Options()))
    assert found is not None
    assert found.shares is not None
    return encode(case), found


def test_rules_shares_and_red_lines_are_those_of_the_model(
    browser: Chromium, flagship: Path, counted: Any
) -> None:
    enc, found = counted
    deals = enumerate_deals(enc.scoped)
    together = np.frombuffer(found.shares.together, dtype=np.uint8)
    browser.open(flagship)
    for row in np.linspace(0, len(deals) - 1, 25).astype(int):
        deal = deals[row].tolist()
        said = _choose(browser, deal)
        share = {101: "none", 102: "under 1%", 103: "over 99%"}.get(int(together[row]), f"{together[row]}%")
        assert f"{share} of {found.shares.draws:,} draws" in said, deal
        for p, actor in enumerate(found.actors):
            refuses = any(deal[i] not in allowed for i, allowed in enumerate(found.readings[0].accepts[p]))
            first = said.split("With red lines as published", 1)[1].split("With ", 1)[0]
            assert (f"{actor} refuses on" in first) == refuses, deal
            assert (f"{actor} could accept" in first) != refuses, deal


def test_what_rules_forbid_is_refused_in_their_words(browser: Chromium, flagship: Path, counted: Any) -> None:
    enc, found = counted
    stands = {tuple(d) for d in enumerate_deals(enc.scoped).tolist()}
    rng = np.random.default_rng(1)
    browser.open(flagship)
    seen = set()
    for deal in rng.integers(0, enc.space.sizes, (40, len(enc.space.sizes))).tolist():
        said = _choose(browser, deal)
        refused = any(ban.text in said for ban in found.bans)
        assert refused == (tuple(deal) not in stands), deal
        seen.add(refused)
    assert seen == {True, False}


def _choose(browser: Chromium, deal: list[int]) -> str:
    """Choose a deal and return the whole answer."""
    script = (
        f"{json.dumps(deal)}.forEach((o, i) => (document.getElementById('own-' + i).value = String(o)));"
        "document.getElementById('own-0').dispatchEvent(new Event('change'));" + ANSWER
    )
    return str(browser.run(script))


def test_a_space_too_large_to_embed_is_answered_from_mean_points(
    browser: Chromium, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EMBEDDED", 10)
    file = tmp_path / "large.html"
    file.write_text(to_html(compose(load_case("alaska-2025"), draws=100).document), "utf-8")
    browser.open(file)
    said = browser.run(ANSWER)
    assert "There are too many deals to keep a share of draws for each." in said
    assert "within three changes" in said
    browser.run("document.getElementById('own-1').focus()")
    browser.press("Home")
    assert browser.run(ANSWER) != said
    assert browser.complaints() == []
