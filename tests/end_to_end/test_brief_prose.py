"""The brief says what the result says: numbers, names, directions, probability words."""

from __future__ import annotations

import re

import pytest

from detente.brief.compose import Brief, compose
from detente.case.load import bundled_cases, load_case
from detente.case.model import Case
from detente.page import Fact, Funnel, Page, Table
from detente.render.markdown import to_markdown
from detente.words import likelihood_range

CASES = [name for name, _, _ in bundled_cases()]


@pytest.fixture(scope="module", params=CASES)
def brief(request: pytest.FixtureRequest) -> tuple[Case, Brief]:
    case = load_case(request.param)
    return case, compose(case, draws=200)


def test_headline_and_lead_agree_with_the_counts(brief: tuple[Case, Brief]) -> None:
    case, made = brief
    result, page = made.runs[0].result, made.document.page
    zones = [r.lines.zone for r in result.readings]
    if not any(zones):
        assert page.title.startswith("No deal on the table")
    elif not all(zones):
        assert "only if their red lines bend" in page.title
    else:
        assert "inside the red lines" in page.title
    for actor in result.required:
        assert case.actor(actor).name in page.title
    said = page.lead
    for name in (*(r.label for r in case.readings.values()), *(i.name for i in case.issues)):
        said = said.replace(name, "").replace(name[:1].lower() + name[1:], "")
    numbers = {int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", said)}
    known = {result.in_scope, result.draws, *zones, 99, round(100 * result.interests.value)}
    for reading in result.readings:
        known |= {c.count for c in reading.lines.coalitions} | {n for _, n in reading.lines.single_issues}
    assert numbers <= known


def test_every_card_has_its_word_with_its_number(brief: tuple[Case, Brief]) -> None:
    for fact in brief[1].document.page.headline:
        if fact.share is not None and fact.low is not None and fact.high is not None:
            assert fact.headline.lower() == likelihood_range(fact.low, fact.high)
            assert fact.low <= fact.share <= fact.high


def test_every_headline_number_has_a_chain_to_evidence(brief: tuple[Case, Brief]) -> None:
    case, made = brief
    page = made.document.page
    traces = {f.trace for f in page.headline if f.trace}
    traces |= {
        s.trace for section in page.sections for b in section.blocks if isinstance(b, Funnel) for s in b.steps
    }
    assert traces <= set(made.document.chains)
    known = {e.id for e in case.evidence}
    for trace in traces:
        lines = made.document.chains[trace].lines
        assert {"Result", "Formula", "Analyst"} <= {line.label for line in lines}
        assert {ref for line in lines for ref in line.refs} <= known
    assert any(line.refs for trace in traces for line in made.document.chains[trace].lines)


def test_funnels_only_fall_and_end_in_the_zone(brief: tuple[Case, Brief]) -> None:
    _, made = brief
    zones = {r.reading: r.lines.zone for r in made.runs[0].result.readings}
    for section in made.document.page.sections:
        for block in section.blocks:
            if isinstance(block, Funnel) and section.id.removeprefix("funnel-") in zones:
                counts = [s.count for s in block.steps]
                assert counts == sorted(counts, reverse=True)
                assert counts[-1] == zones[section.id.removeprefix("funnel-")]


def test_deals_are_sorted_as_their_caption_says(brief: tuple[Case, Brief]) -> None:
    deals = table(brief[1].document.page, "deals")
    shares = [row[1].sort for row in deals.rows]
    assert len({tuple(c.text for c in row[2:]) for row in deals.rows}) == len(deals.rows)
    if "Nearest" in deals.title or "Efficient" in deals.title:
        assert shares == sorted(shares, key=lambda s: -(s or 0))


def table(page: Page, section: str) -> Table:
    found = next(s for s in page.sections if s.id == section)
    return next(b for b in found.blocks if isinstance(b, Table))


def test_the_first_screen_says_how_the_inputs_are_known(brief: tuple[Case, Brief]) -> None:
    case, made = brief
    said = " ".join(f.evidence for f in made.document.page.headline if isinstance(f, Fact))
    for number in case.basis_counts.values():
        assert str(number) in said


def test_nothing_later_than_the_case_is_cited(brief: tuple[Case, Brief]) -> None:
    case, made = brief
    text = to_markdown(made.document)
    assert str(case.as_of.year) in text
    later = [e.id for e in case.evidence if e.as_of > case.as_of]
    assert later == []


def test_a_full_brief_follows_the_leading_deals_through_every_gate(alaska: Case) -> None:
    made = compose(alaska, full=True, draws=200)
    assert made.runs[0].lens == "settlement"
    assert {"ratification", "stability", "durability", "ripeness", "ripples"} <= {r.lens for r in made.runs}
    section = next(s for s in made.document.page.sections if s.id == "gates")
    rows = next(b for b in section.blocks if isinstance(b, Table)).rows
    steps = next(b for b in section.blocks if isinstance(b, Funnel)).steps
    left = list(range(len(rows)))
    assert steps[0].count == len(rows) == len(made.runs[0].result.widest.misses)
    for column, step in enumerate(steps[1:], 1):
        left = [k for k in left if (rows[k][column].sort or 0) > 0.5]
        assert step.count == len(left)
    assert made.document.unresolved() == ()
