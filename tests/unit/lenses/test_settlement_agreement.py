"""Interactions and a quorum in a case reach the funnel, the draws and the exact part of the lens."""

from __future__ import annotations

import numpy as np
import pytest

from detente.brief.compose import compose
from detente.brief.lint import lint
from detente.case.agreement import Interaction, Quorum
from detente.case.load import load_case
from detente.case.model import Case
from detente.lenses.settlement import LENS, Options
from detente.methods.space import enumerate_deals
from detente.table.agreeing import agreement
from detente.table.draws import draw
from detente.table.encode import encode
from detente.table.middle import middle


def titles(case: Case) -> str:
    run = LENS.apply(case, Options(draws=30))
    return str([getattr(b, "title", "") for s in LENS.view(case, run).sections for b in s.blocks])


def test_a_single_issue_has_no_weights_to_show(alaska: Case) -> None:
    assert "Central weights" in titles(alaska)
    assert "Central weights" not in titles(load_case("minsk-2015"))


def changed(case: Case, **parts: object) -> Case:
    return case.model_copy(update=parts)


def effect(low: float, high: float, **when: tuple[str, ...]) -> Interaction:
    return Interaction.model_validate(
        {"id": "x", "actor": "RUS", "when": when, "points": {"low": low, "high": high}}
    )


def test_an_interaction_moves_exactly_the_deals_it_names(alaska: Case) -> None:
    plain = encode(alaska)
    both = encode(changed(alaska, interactions=(effect(-30, -20, line=("freeze",), sanc=("lift",)),)))
    before, after = draw(plain, 50, 1), draw(both, 50, 1)
    deals = np.array([[3, 3, 0, 0, 0, 0, 0], [3, 3, 0, 0, 0, 0, 1], [3, 2, 0, 0, 0, 0, 0]], dtype=np.int16)
    freeze = [o.id for o in plain.issues[1].options].index("freeze")
    deals[:2, 1], deals[2, 1] = freeze, (freeze + 1) % len(plain.issues[1].options)
    lift = [o.id for o in plain.issues[6].options].index("lift")
    deals[[0, 2], 6], deals[1, 6] = lift, (lift + 1) % len(plain.issues[6].options)
    change = after.utilities(deals) - before.utilities(deals)
    russia = [a.id for a in plain.actors].index("RUS")
    assert ((change[:, russia, 0] <= -20) & (change[:, russia, 0] >= -30)).all()
    change[:, russia, 0] = 0
    assert np.abs(change).max() < 1e-9
    assert before.points.tolist() == after.points.tolist()


def test_the_exact_part_counts_the_interaction(alaska: Case) -> None:
    spoilt = changed(alaska, interactions=(effect(-200, -200, form=("with_settlement",), sanc=("lift",)),))
    for case in (alaska, spoilt):
        enc = encode(case)
        rule, draws = agreement(enc), draw(enc, 100, 1)
        mean = draws.middle()
        deals = enumerate_deals(enc.scoped)
        gains = mean.utilities(deals)[0, list(rule.vetoes)] - mean.worth[0, list(rule.vetoes), None]
        assert middle(enc, draws, rule).carried == int((gains >= -5e-7).all(axis=0).sum())


def test_a_quorum_is_a_step_of_the_funnel_and_of_every_count(alaska: Case) -> None:
    others = ("EUR", "USA")
    case = changed(alaska, quorum=Quorum(of=others, at_least=2))
    free, bound = (LENS.run(c, Options(draws=100)) for c in (alaska, case))
    assert bound.quorum == (others, 2)
    assert bound.widest.lines.stages[-1].kind == "quorum"
    assert bound.widest.lines.zone <= free.widest.lines.zone
    assert bound.middle[0].carried is not None
    assert free.middle[0].carried is not None
    assert bound.middle[0].carried < free.middle[0].carried
    assert bound.interests.value <= free.interests.value


@pytest.mark.parametrize(
    ("least", "who"),
    [
        (1, "Russia and Ukraine with at least one of Europe and the United States"),
        (2, "Russia, Ukraine, Europe and the United States"),
    ],
)
def test_the_page_says_who_must_agree_and_lints(alaska: Case, least: int, who: str) -> None:
    case = changed(alaska, quorum=Quorum(of=("EUR", "USA"), at_least=least))
    brief = compose(case, draws=100)
    page, result = brief.document.page, brief.runs[0].result
    for said in (page.title, page.lead, page.headline[0].body):
        assert who in said
    assert "beats no deal for all who must agree" in page.lead
    assert lint(case, brief.document, result) == ()


def test_a_coalition_that_is_asked_for_takes_the_place_of_the_quorum(alaska: Case) -> None:
    case = changed(alaska, quorum=Quorum(of=("EUR", "USA"), at_least=1))
    assert LENS.run(case, Options(draws=20, coalition=("RUS", "UKR"))).quorum is None


def test_faults_are_all_reported(alaska: Case) -> None:
    from detente.case.checks_agreement import interactions, quorum
    from detente.case.checks_finding import names_of

    wrong = changed(
        alaska,
        interactions=(effect(0, 1, line=("freese",)), effect(0, 1, line=("freeze",), sanc=())),
        quorum=Quorum(of=("EUR", "EUR", "XXX"), at_least=3),
    )
    names = names_of(wrong)
    said = [f.message for check in (interactions, quorum) for f in check(wrong, names)]
    assert len(said) == 6, said


def test_a_space_too_large_to_list_is_weighed_whole_in_each_draw(alaska: Case) -> None:
    result = LENS.run(alaska, Options(draws=20, issues="all"))
    assert result.in_scope == 14_976_000 > result.listed
    assert result.solved == 20
    aside = result.middle[0]
    assert aside.deals == 14_976_000
    assert [p.gap for p in aside.solutions] == [0.0] * 4
    assert not any(p.not_proved for p in aside.solutions)
    assert sum(c.share.value for c in result.interest_central) > 0
    least = len(result.widest.misses[0].broken)
    assert (
        {len(m.broken) for m in result.widest.misses}
        == {least}
        == {len(result.widest.lines.relaxations[0].concessions)}
    )


@pytest.mark.parametrize("quasi", [False, True])
def test_quasi_random_draws_are_seeded_too(alaska: Case, quasi: bool) -> None:
    first, again = (LENS.run(alaska, Options(draws=64, quasi=quasi)).interest_central for _ in range(2))
    assert first == again


def test_telling_pairs_are_pairs_the_rules_allow(alaska: Case) -> None:
    result = LENS.run(alaska, Options(draws=50))
    deals = enumerate_deals(encode(alaska).scoped)
    issues = {i.id: (k, [o.id for o in i.options]) for k, i in enumerate(encode(alaska).issues)}
    shares = {(o.issue, o.option): o.share.value for o in result.options}
    assert result.pairs
    for pair in result.pairs:
        (i, o), (j, q) = ((issues[x][0], issues[x][1].index(y)) for x, y in (pair.first, pair.second))
        assert ((deals[:, i] == o) & (deals[:, j] == q)).any()
        assert pair.share.value < min(shares[pair.first], shares[pair.second])
