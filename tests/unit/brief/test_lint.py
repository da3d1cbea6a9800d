"""One fault of each kind is planted in a finished brief, and found; a sound brief has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from detente.brief.compose import Brief, compose
from detente.brief.lint import lint
from detente.brief.narrative import KNOWN
from detente.case.load import bundled_cases, load_case
from detente.case.model import Case
from detente.page import Block, Cell, Funnel, Page, Section, Table


@pytest.fixture(scope="module")
def made() -> Brief:
    return compose(load_case("alaska-2025"), draws=200)


@pytest.mark.parametrize("name", [name for name, _, _ in bundled_cases()])
def test_no_bundled_brief_slips(name: str) -> None:
    case = load_case(name)
    brief = compose(case, draws=100)
    assert lint(case, brief.document, brief.runs[0].result) == ()


def said(old: str, new: str) -> Callable[[Page], Page]:
    def change(page: Page) -> Page:
        assert old in page.title + page.lead
        return replace(page, title=page.title.replace(old, new), lead=page.lead.replace(old, new))

    return change


def card(**changed: object) -> Callable[[Page], Page]:
    def change(page: Page) -> Page:
        facts = [replace(f, **changed) if "deal A" in f.body else f for f in page.headline]  # type: ignore[arg-type]
        return replace(page, headline=tuple(facts))

    return change


def block(section: str, kind: type[Block], change: Callable[[Block], Block]) -> Callable[[Page], Page]:
    def of(s: Section) -> Section:
        return replace(s, blocks=tuple(change(b) if isinstance(b, kind) else b for b in s.blocks))

    return lambda page: replace(page, sections=tuple(of(s) if s.id == section else s for s in page.sections))


def unsourced(b: Block) -> Block:
    assert isinstance(b, Table)
    assert b.columns[-1] == KNOWN
    return replace(b, rows=tuple(tuple(Cell(c.text) for c in row) for row in b.rows))


def longer(b: Block) -> Block:
    assert isinstance(b, Funnel)
    return replace(b, steps=(*b.steps[:-1], replace(b.steps[-1], count=b.steps[-1].count + 1)))


PLANTED = [
    ("number", said("10,500", "10,600")),
    ("number", said("240", "250")),
    ("number", card(value="76% (64–70%) of draws")),
    ("name", said("Ukraine", "United States")),
    ("name", said("both Russia and Ukraine", "both China and Ukraine")),
    ("quantifier", said("No deal on the table fits", "A deal on the table fits")),
    ("quantifier", said("none is acceptable", "some are acceptable")),
    ("quantifier", said("the line of control alone", "the NATO membership alone")),
    ("word", card(headline="Very likely")),
    ("figure", block("funnel-flexible", Funnel, longer)),
    ("figure", card(share=0.71)),
    ("source", block("risks", Table, unsourced)),
]


@pytest.mark.parametrize(("kind", "plant"), PLANTED)
def test_each_planted_fault_is_found(
    made: Brief, alaska: Case, kind: str, plant: Callable[[Page], Page]
) -> None:
    spoilt = replace(made.document, page=plant(made.document.page))
    found = lint(alaska, spoilt, made.runs[0].result)
    assert kind in {slip.kind for slip in found}
    assert all(slip.where and slip.message for slip in found)
