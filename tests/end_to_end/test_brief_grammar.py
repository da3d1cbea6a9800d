"""Sentences made from templates read right in every bundled case, whatever its numbers of anything."""

from __future__ import annotations

import re

import pytest

from detente.brief.compose import compose
from detente.case.load import bundled_cases, load_case
from detente.render.markdown import to_markdown

CASES = [name for name, _, _ in bundled_cases()]


@pytest.fixture(scope="module", params=CASES)
def said(request: pytest.FixtureRequest) -> str:
    return to_markdown(compose(load_case(request.param), draws=100).document)


def test_alternatives_are_announced_only_where_there_are_two(said: str) -> None:
    for found in re.findall(r"\beither with [^.]*", said):
        assert " or with " in found


def test_shares_of_deals_say_for_whom(said: str) -> None:
    assert not re.search(r"\bAll accept\b|Deals on the table", said)
    assert "Beats no deal for both" in said or "Beats no deal for all who must agree" in said


def test_a_headline_on_deals_that_fit_says_when_they_are_worse_than_no_deal() -> None:
    titles = {name: compose(load_case(name), draws=300) for name in ("minsk-2015", "colombia-2016")}
    doubt = titles["minsk-2015"]
    assert doubt.runs[0].result.readings[0].possible.high < 0.5
    assert "but there is almost no chance that it beats no deal for both" in doubt.document.page.title
    assert "but" not in titles["colombia-2016"].document.page.title
