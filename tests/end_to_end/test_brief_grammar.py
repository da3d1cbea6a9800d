"""Sentences made from templates read right in every bundled case, whatever its numbers of anything."""

from __future__ import annotations

import re

import pytest

from detente.brief.compose import Brief, compose
from detente.case.load import bundled_cases, load_case
from detente.case.model import Case
from detente.page import Fact, Table
from detente.render.markdown import to_markdown
from detente.table.names import Names
from detente.words import likelihood, likelihood_range

BANDS = "|".join(likelihood(p) for p in (0.01, 0.1, 0.3, 0.5, 0.6, 0.9, 0.99))
WORDS = rf"(?:{BANDS})(?: to (?:{BANDS}))?"
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


@pytest.fixture(
    scope="module", params=["good-friday-1998", "cyprus-2004", "jcpoa-2015", "kosovo-1999", "july-1914"]
)
def full(request: pytest.FixtureRequest) -> tuple[Case, Brief]:
    case = load_case(request.param)
    return case, compose(case, full=True, draws=100)


def test_a_full_brief_does_not_send_the_reader_to_itself(full: tuple[Case, Brief]) -> None:
    shown = {s.id for s in full[1].document.page.sections}
    assert "further" not in shown
    assert "further" in {s.id for s in compose(full[0], draws=100).document.page.sections}


def test_a_section_on_disagreement_shows_one(full: tuple[Case, Brief]) -> None:
    assert all(s.blocks for s in full[1].document.page.sections if s.id == "disagree")


def test_one_number_has_one_word_of_probability_on_a_page(full: tuple[Case, Brief]) -> None:
    text = to_markdown(full[1].document)
    found: dict[str, set[str]] = {}
    for word, number in re.findall(rf"\b({WORDS}) \((\d+%, range [^)]*%)\)", text, re.IGNORECASE):
        found.setdefault(number, set()).add(word.lower())
    assert all(len(said) == 1 for said in found.values())


def test_headings_of_chains_tell_them_apart(full: tuple[Case, Brief]) -> None:
    chains = full[1].document.chains
    titles = [
        c.title for name, c in chains.items() if name.partition(".")[0] in {r.lens for r in full[1].runs}
    ]
    assert len(set(titles)) == len(titles)


def test_grammar_of_small_numbers(full: tuple[Case, Brief]) -> None:
    text = to_markdown(full[1].document)
    for wrong in (r"\bOf one deal compared", r"at most 0\.0", r"\((\d+) to \1\)", r"Deals A to B\b"):
        assert not re.search(wrong, text), wrong
    assert not re.search(r"\b[Nn]o (?:is|are) |\bNo of the\b|ratification almost no", text)


def test_no_point_of_a_drawn_scale_has_a_decimal(full: tuple[Case, Brief]) -> None:
    shown = [s for s in full[1].document.page.sections if s.id.startswith("stability")]
    text = " ".join(str(s) for s in shown)
    assert not re.search(r"gain \d+\.\d points|\d\.\d points worse", text)


def test_every_simulated_share_on_a_card_has_an_interval(full: tuple[Case, Brief]) -> None:
    page = full[1].document.page
    cards = [*page.headline, *(b for s in page.sections for b in s.blocks if isinstance(b, Fact))]
    for card in cards:
        if card.share is not None and "given agreement" not in card.value:
            ends = [x for x in (card.low, card.share, card.high) if x is not None]
            assert len(ends) == 3, card.body
            assert ends == sorted(ends)
            if re.fullmatch(WORDS, card.headline.lower()):
                assert card.headline.lower() == likelihood_range(ends[0], ends[2])


def test_no_column_is_shown_twice(full: tuple[Case, Brief]) -> None:
    for section in full[1].document.page.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                assert len(set(block.columns)) == len(block.columns), block.title


def test_issues_are_lowered_alike_in_a_list() -> None:
    names = Names(load_case("alaska-2025"))
    assert (
        names.issues(["line", "guar", "mon"])
        == "line of control, security guarantees and monitoring of the halt"
    )
    assert names.the_issue("guar") == "the security guarantees"
    assert names.the_issue("align") == "NATO membership"


def test_what_the_mildest_movement_opens_is_what_the_event_to_watch_for_opens() -> None:
    made = compose(load_case("alaska-2025"), draws=100)
    r = made.runs[0].result
    mild = {x.concessions[0].line[0]: x.mild for x in r.widest.lines.relaxations}
    after = {
        n for s in r.signposts for reading, n, before in s.zones if reading == "flexible" and n != before
    }
    assert set(mild.values()) == after == {48}
    said = " ".join(b.body for s in made.document.page.sections if s.id == "blocks" for b in s.blocks)
    assert "on the line of control (cost" in said
    assert "opens 144, 48 of them with no more than that" in said


@pytest.mark.parametrize(
    ("case", "opens"),
    [
        (
            "cyprus-2004",
            "Three deals would fit inside the red lines of the Greek Cypriot side and the Turkish ",
        ),
        (
            "good-friday-1998",
            "Nine deals would fit inside the red lines of the United Kingdom, Ireland, the Ul",
        ),
    ],
)
def test_a_headline_gives_names_their_article(case: str, opens: str) -> None:
    assert compose(load_case(case), draws=100).document.page.title.startswith(opens)


def test_brackets_at_the_gates_say_what_they_hold(full: tuple[Case, Brief]) -> None:
    for section in full[1].document.page.sections:
        if section.id == "gates":
            table = next(b for b in section.blocks if isinstance(b, Table))
            kept = any(c.startswith("Kept") for c in table.columns)
            other = any(c.startswith(("Ratified", "Holds")) for c in table.columns)
            assert ("95% Monte Carlo interval (kept)" in table.note) == kept
            assert ("5th to 95th percentile" in table.note) == other
