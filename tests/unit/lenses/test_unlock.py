"""What it would take: packages agree with the exact relaxations and really open deals."""

from __future__ import annotations

import pytest

from detente.case.model import Case
from detente.errors import UsageError
from detente.lenses.settlement import LENS as SETTLEMENT
from detente.lenses.settlement import Options as Settle
from detente.lenses.unlock import LENS, Options


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
    assert LENS.view(alaska, run).title.startswith("Nothing has to move")


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
