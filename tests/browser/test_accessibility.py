"""The brief under axe-core, which knows the rules of accessible pages; nothing serious may be found."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

Visit = Callable[..., Any]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def _violations(tab: Any) -> list[str]:
    tab.run(f"{AXE};0")
    found = tab.run("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{rule['impact']} {rule['id']}: {rule['nodes'][0]['html'][:200]} ({len(rule['nodes'])} times)"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("colour", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_brief_is_accessible(visit: Visit, flagship: Path, colour: str, width: int) -> None:
    assert _violations(visit(flagship, width=width, color_scheme=colour)) == []


@pytest.mark.parametrize("colour", ["light", "dark"])
def test_every_block_is_accessible(visit: Visit, every_block: Path, colour: str) -> None:
    assert _violations(visit(every_block, color_scheme=colour)) == []


def test_an_open_chain_and_a_look_behind_a_number_are_accessible(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    tab.page.locator(".funnel .trace").first.hover()
    tab.page.locator("#peek").wait_for(state="visible")
    assert _violations(tab) == []
    tab.page.locator(".card .trace").first.click()
    assert _violations(tab) == []


def test_the_check_can_fail(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    tab.run("document.querySelector('#own-0').closest('tr').querySelector('label').remove()")
    assert any("select-name" in found for found in _violations(tab))


def test_everything_is_reached_by_keyboard_in_the_order_it_stands(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    tab.page.keyboard.press("Tab")
    assert tab.run("document.activeElement.className") == "skip"
    tab.page.keyboard.press("Enter")
    tops = []
    for _ in range(40):
        tab.page.keyboard.press("Tab")
        tops.append(tab.run("document.activeElement.getBoundingClientRect().top + scrollY"))
        assert tab.run("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert all(later >= earlier - 700 for earlier, later in pairwise(tops))
    assert tops[-1] > tops[0] + 500
