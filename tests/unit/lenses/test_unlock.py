"""What it would take: packages agree with the exact relaxations and really open deals."""

from __future__ import annotations

import re

import numpy as np
import pytest

from detente.case.agreement import Quorum
from detente.case.model import Case
from detente.errors import UsageError
from detente.lenses.settlement import LENS as SETTLEMENT
from detente.lenses.settlement import Options as Settle
from detente.lenses.unlock import LENS, Options
from detente.table.draws import draw
from detente.table.encode import encode


def test_packages_without_shortfall_are_smallest_sets_of_red_lines(alaska: Case) -> None:
    lines = SETTLEMENT.run(alaska, Settle(draws=100)).widest.lines
    sets = {frozenset(c.line for c in x.concessions) for x in lines.relaxations}
    result = LENS.run(alaska, Options(draws=100))
    pure = [p for p in result.packages if all(m.short == 0 for m in p.moves)]
    assert pure
    assert {frozenset(line for m in p.moves for line in m.drops) for p in pure} <= sets


def test_only_the_named_actor_moves(alaska: Case) -> None:
    result = LENS.run(alaska, Options(draws=100, actor=("UKR",)))
    assert result.packages
    for package in result.packages:
        russia = next(m for m in package.moves if m.actor == "RUS")
        assert (russia.drops, russia.short, russia.price) == ((), 0.0, 0.0)


def test_nothing_has_to_move_where_a_deal_is_possible(alaska: Case) -> None:
    options = Options.model_validate({"with": ["line=donetsk_neutral"], "draws": 100})
    run = LENS.apply(alaska, options)
    page = LENS.view(alaska, run)
    assert page.title.startswith("Nothing has to move")
    assert "options" not in {section.id for section in page.sections if section.blocks}  # none is needed


def test_the_cheapest_package_for_one_deal_names_its_red_lines(alaska: Case) -> None:
    deal = (
        "form=open",
        "line=freeze",
        "status=de_facto",
        "align=dormant",
        "guar=arms",
        "mon=us_remote",
        "sanc=keep",
    )
    (package,) = LENS.run(alaska, Options(draws=100, deal=deal)).packages
    assert {line for m in package.moves for line in m.drops} == {("RUS", "line")}


def test_mistakes_are_said_in_words(alaska: Case) -> None:
    for options in (Options(reading="bold"), Options(actor=("CHN",)), Options(deal=("line=freeze",))):
        with pytest.raises(UsageError, match="Remedy"):
            LENS.run(alaska, options)


HARSH = (
    "form=with_settlement",
    "line=return",
    "status=none",
    "align=open_path",
    "guar=coalition",
    "mon=european",
    "sanc=keep",
)


def test_a_shortfall_can_be_covered_by_a_weight_or_a_value_instead(alaska: Case) -> None:
    run = LENS.apply(alaska, Options(draws=100, deal=HARSH))
    (package,) = run.result.packages
    russia = next(m for m in package.moves if m.actor == "RUS")
    assert russia.short > 0
    assert "Other ways to cover a shortfall" in [s.title for s in LENS.view(alaska, run).sections]
    enc = encode(alaska)
    rows, draws = [p for p, a in enumerate(enc.actors) if a.id == "RUS"], draw(enc, 100, 1)
    mean, worth = draws.points.mean(axis=0)[rows[0]], draws.worth.mean(axis=0)[rows[0]]
    index = enc.index(dict(zip(run.result.issues, package.deal, strict=True)))
    tops, parts = mean.max(axis=1), mean[np.arange(len(index)), index]
    assert parts.sum() + russia.short == pytest.approx(worth, abs=1e-4)
    for change in russia.instead:
        place = run.result.issues.index(change.issue)
        if change.kind == "value":
            raised = parts.copy()
            raised[place] = tops[place] * change.after / 100
            assert raised.sum() == pytest.approx(worth, abs=1e-4)
        else:
            share = change.after / 100
            others = np.delete(parts, place).sum() / (100 - tops[place]) * 100 * (1 - share)
            assert others + share * 100 * parts[place] / tops[place] == pytest.approx(worth, abs=1e-4)


def test_the_leading_nearest_miss_has_its_own_package(alaska: Case) -> None:
    result = LENS.run(alaska, Options(draws=100))
    settled = SETTLEMENT.run(alaska, Settle(draws=100))
    assert result.miss is not None
    assert settled.leading is not None
    assert result.miss.deal == settled.leading.options
    assert {line for m in result.miss.moves for line in m.drops} == set(settled.leading.broken)


def test_an_option_the_case_names_is_put_on_the_table(alaska: Case) -> None:
    (named,) = LENS.run(alaska, Options(draws=100)).named
    opened = SETTLEMENT.run(alaska, Settle.model_validate({"with": ["line=donetsk_neutral"], "draws": 100}))
    assert named.package is not None
    assert not any(m.drops or m.short for m in named.package.moves)
    assert 0 < (named.package.opens or 0) <= opened.widest.lines.zone


def test_a_deal_that_breaks_a_rule_is_refused_in_words(alaska: Case) -> None:
    deal = ("form=continue", *HARSH[1:])
    with pytest.raises(UsageError, match="breaks a rule"):
        LENS.run(alaska, Options(draws=20, deal=deal))


def test_a_quorum_offers_every_coalition_that_is_enough(alaska: Case) -> None:
    case = alaska.model_copy(update={"quorum": Quorum(of=("EUR", "USA"), at_least=1)})
    result = LENS.run(case, Options(draws=50))
    with_whom = {frozenset(m.actor for m in p.moves) for p in result.packages}
    assert with_whom <= {frozenset({"RUS", "UKR", "EUR"}), frozenset({"RUS", "UKR", "USA"})}
    assert len(with_whom) == 2


def test_prices_carry_no_decimal_the_draws_cannot_bear(alaska: Case) -> None:
    run = LENS.apply(alaska, Options(draws=100))
    assert any(m.price % 1 for p in run.result.packages for m in p.moves)
    assert not re.search(r"(?:Russia|Ukraine) \d+\.\d", str(LENS.view(alaska, run)))
