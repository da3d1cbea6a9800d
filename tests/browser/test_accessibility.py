"""The brief under axe-core, which knows the rules of accessible pages; it may find nothing."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

Visit = Callable[..., Any]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def _violations(tab: Any, only: str = "", within: str = "html") -> list[str]:
    tab.run(f"{AXE};0")
    rules = f", runOnly: ['{only}']" if only else ""
    found = tab.run(f"axe.run('{within}', {{ resultTypes: ['violations']{rules} }})")
    return [
        f"{rule['impact']} {rule['id']}: {rule['nodes'][0]['html'][:200]} ({len(rule['nodes'])} times)"
        for rule in found["violations"]
    ]


def test_the_whole_brief_is_accessible(visit: Visit, whole: Path) -> None:
    assert _violations(visit(whole)) == []
    assert (
        _violations(visit(whole, color_scheme="dark"), only="color-contrast") == []
    )  # all a colour can change


def test_the_brief_is_accessible_on_a_phone(visit: Visit, flagship: Path) -> None:
    assert _violations(visit(flagship, width=390)) == []
    assert _violations(visit(flagship, width=390, color_scheme="dark"), only="color-contrast") == []


@pytest.mark.parametrize("colour", ["light", "dark"])
def test_every_block_is_accessible(visit: Visit, every_block: Path, colour: str) -> None:
    assert _violations(visit(every_block, color_scheme=colour)) == []


def test_an_open_chain_and_a_look_behind_a_number_are_accessible(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    tab.page.locator(".funnel .trace").first.hover()
    tab.page.locator("#peek").wait_for(state="visible")
    assert _violations(tab) == []
    tab.page.locator(".card .trace").first.click()
    assert _violations(tab, within=".chain:popover-open") == []


def test_the_check_can_fail(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    tab.run("document.querySelector('#own-0').closest('tr').querySelector('label').remove()")
    assert _violations(tab, only="select-name") != []


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
