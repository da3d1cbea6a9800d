"""Where things stand on the page: every link of the navigation in sight, headings level, nothing cut into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Visit = Callable[..., Any]


@pytest.mark.parametrize("width", [1440, 1280, 700])
def test_every_link_of_the_navigation_is_in_sight(visit: Visit, whole: Path, width: int) -> None:
    tab = visit(whole, width=width)
    hidden = tab.run(
        """(() => { const bar = document.querySelector('.bar').getBoundingClientRect();
        return [...document.querySelectorAll('.bar nav a, .tools button')].filter((e) => {
          const box = e.getBoundingClientRect();
          return box.right > innerWidth || box.top < bar.top || box.bottom > bar.bottom; })
          .map((e) => e.textContent); })()"""
    )
    assert hidden == []
    links = tab.run(
        "[...document.querySelectorAll('.bar nav a')].map((a) => a.getBoundingClientRect().right)"
    )
    assert max(links) <= tab.run("document.querySelector('.tools').getBoundingClientRect().left")


def test_the_navigation_takes_one_line_on_a_laptop(visit: Visit, whole: Path) -> None:
    tops = visit(whole).run("[...document.querySelectorAll('.bar nav a')].map((a) => a.offsetTop)")
    assert len(set(tops)) == 1


def test_headings_of_a_table_stand_level_at_their_foot(visit: Visit, whole: Path) -> None:
    tab = visit(whole)
    uneven = tab.run(
        """[...document.querySelectorAll('thead tr')].filter((row) => row.getClientRects().length)
        .map((row) => [...row.querySelectorAll('button:not(:has(.unseen))')]
          .map((b) => b.getBoundingClientRect().bottom))
        .filter((feet) => Math.max(...feet) - Math.min(...feet) > 1).length"""
    )
    assert tab.run("document.querySelectorAll('thead button').length") > 50
    assert uneven == 0


def test_what_saves_a_figure_stands_clear_of_its_words(visit: Visit, whole: Path) -> None:
    for width in (1280, 390):
        inside = visit(whole, width=width).run(
            """[...document.querySelectorAll('figure.figure')].filter((figure) => {
            const save = figure.querySelector('.save').getBoundingClientRect();
            return [...figure.querySelectorAll('.note, figcaption')].some((words) => {
              const box = words.getBoundingClientRect();
              return Math.min(box.right, save.right) > Math.max(box.left, save.left)
                && Math.min(box.bottom, save.bottom) > Math.max(box.top, save.top) + 1; });
            }).map((figure) => figure.dataset.name)"""
        )
        assert inside == []


def test_the_map_stands_among_the_first_sections(visit: Visit, whole: Path) -> None:
    tab = visit(whole)
    order = tab.run("[...document.querySelectorAll('main section[id]')].map((s) => s.id)")
    assert order.index("stakes") < order.index("map") < order.index("unblocks")
    assert tab.run(
        "!document.querySelector('.annex #map') && !!document.querySelector('#map figure.map svg')"
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_no_table_is_wider_than_its_page(visit: Visit, whole: Path, width: int) -> None:
    cut = visit(whole, width=width).run(
        "[...document.querySelectorAll('.sheet')].filter((s) => s.scrollWidth > s.clientWidth + 1)"
        ".map((s) => s.dataset.name)"
    )
    assert cut == []
