"""A deal of the reader's own: chosen by keyboard, kept in the address, counted as in Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.brief import builder as module
from detente.brief.builder import builder
from detente.brief.compose import compose
from detente.case.load import load_case
from detente.lenses.settlement import LENS, Options
from detente.methods.space import enumerate_deals
from detente.render.html import to_html
from detente.table.encode import encode

Visit = Callable[..., Any]
ANSWER = "document.querySelector('.answer').innerText"


def test_a_deal_chosen_by_keyboard_changes_the_verdict_and_its_link_restores_it(
    visit: Visit, flagship: Path
) -> None:
    tab = visit(flagship)
    before = tab.run(ANSWER)
    tab.run("document.getElementById('own-0').focus()")
    tab.page.keyboard.press("Home")
    changed = tab.run(ANSWER)
    assert changed != before
    assert "cannot stand together" in changed
    fragment = tab.run("location.hash")
    assert fragment.startswith("#deal=form:continue,line:")
    tab = visit(flagship, fragment)
    assert tab.run(ANSWER) == changed
    assert tab.run("document.getElementById('own-0').selectedIndex") == 0


def test_every_choice_is_reached_by_tab_and_named(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    tab.run("document.getElementById('own-start').focus()")
    met = []
    for _ in range(7):
        tab.page.keyboard.press("Tab")
        met.append(tab.run("document.activeElement.labels?.[0]?.innerText ?? ''"))
    assert met == [i.name for i in load_case("alaska-2025").issues if i.core]


def test_a_link_with_names_the_case_lacks_changes_nothing(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    before = tab.run(ANSWER)
    tab = visit(flagship, "#deal=nothing:there,form:none,%E0%A4%A:x")
    assert tab.run(ANSWER) == before
    assert tab.complaints == []


def test_trying_the_nearest_package_reaches_it(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    tab.run("document.querySelector('.take').click()")
    assert "Closest is your deal" in tab.run(ANSWER)
    assert tab.run("document.activeElement.tagName") == "SELECT"


def test_the_page_says_when_it_cannot_work_without_script(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship, java_script_enabled=False)
    assert "This part needs script" in tab.page.inner_text("body")
    assert "This part needs script" not in visit(flagship).page.inner_text("body")


@pytest.fixture(scope="module")
def counted() -> Any:
    """Return what Python finds for every deal of the flagship."""
    case = load_case("alaska-2025")
    found = builder(case, LENS.apply(case, Options()))
    assert found is not None
    assert found.shares is not None
    return encode(case), found


def test_rules_shares_and_red_lines_are_those_of_the_model(
    visit: Visit, flagship: Path, counted: Any
) -> None:
    enc, found = counted
    deals = enumerate_deals(enc.scoped)
    together = np.frombuffer(found.shares.together, dtype=np.uint8)
    tab = visit(flagship)
    for row in np.linspace(0, len(deals) - 1, 25).astype(int):
        deal = deals[row].tolist()
        said = _choose(tab, deal)
        share = {101: "none", 102: "under 1%", 103: "over 99%"}.get(int(together[row]), f"{together[row]}%")
        assert f"{share} of {found.shares.draws:,} draws" in said, deal
        for p, actor in enumerate(found.actors):
            refuses = any(deal[i] not in allowed for i, allowed in enumerate(found.readings[0].accepts[p]))
            first = said.split("With red lines as published", 1)[1].split("With ", 1)[0]
            assert (f"{actor} refuses on" in first) == refuses, deal
            assert (f"{actor} could accept" in first) != refuses, deal


def test_what_rules_forbid_is_refused_in_their_words(visit: Visit, flagship: Path, counted: Any) -> None:
    enc, found = counted
    stands = {tuple(d) for d in enumerate_deals(enc.scoped).tolist()}
    rng = np.random.default_rng(1)
    tab = visit(flagship)
    seen = set()
    for deal in rng.integers(0, enc.space.sizes, (40, len(enc.space.sizes))).tolist():
        said = _choose(tab, deal)
        refused = any(ban.text in said for ban in found.bans)
        assert refused == (tuple(deal) not in stands), deal
        seen.add(refused)
    assert seen == {True, False}


def _choose(tab: Any, deal: list[int]) -> str:
    """Choose a deal and return the whole answer."""
    script = (
        f"{json.dumps(deal)}.forEach((o, i) => (document.getElementById('own-' + i).value = String(o)));"
        "document.getElementById('own-0').dispatchEvent(new Event('change'));" + ANSWER
    )
    return str(tab.run(script))


def test_a_space_too_large_to_embed_is_answered_from_mean_points(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EMBEDDED", 10)
    file = tmp_path / "large.html"
    file.write_text(to_html(compose(load_case("alaska-2025"), draws=100).document), "utf-8")
    tab = visit(file)
    said = tab.run(ANSWER)
    assert "There are too many deals to keep a share of draws for each." in said
    assert "within three changes" in said
    tab.run("document.getElementById('own-1').focus()")
    tab.page.keyboard.press("Home")
    assert tab.run(ANSWER) != said
    assert tab.complaints == []
