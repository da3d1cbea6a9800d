"""A conflict generated from a deal: which moves apply, what then holds, and what it is worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.case.model import Case
from detente.errors import TooLarge, UsageError
from detente.lenses.stability.generate import complete, generate
from detente.table.draws import Draws
from detente.table.encode import Effect, encode


def made(case, **deal):
    enc = encode(case, "all")
    row, left_open = complete(enc, deal)
    return enc, generate(enc, case.conflict, row), left_open


def flat(enc, *worth):
    """Points 1, 2, ... for the options of each issue, the same for every actor; what no deal is worth."""
    width, actors = max(len(i.options) for i in enc.issues), len(enc.actors)
    points = np.arange(1.0, width + 1) * np.ones((1, actors, len(enc.issues), 1))
    return Draws(points, np.array([worth or [0.0] * actors]), np.tile(enc.no_deal, (actors, 1)))


def test_only_moves_that_fit_the_deal_are_made(case):
    _, bare, _ = made(case, arms="rest", money="trade", guard="none")
    _, guarded, _ = made(case, arms="rest", money="trade", guard="guard")
    assert [m.id for m in bare.moves] == ["halt"]
    assert [m.id for m in guarded.moves] == ["halt", "embargo"]
    assert guarded.form.owner == (0, 1)
    assert guarded.form.n_states == 4


def test_open_issues_take_what_holds_if_talks_fail(case):
    enc, _, left_open = made(case, arms="rest")
    assert left_open == ("money", "guard")
    row, _ = complete(enc, {"arms": "rest"})
    assert [i.options[o].id for i, o in zip(enc.issues, row, strict=True)] == ["rest", "ban", "none"]


def test_an_answer_counts_only_while_its_breach_stands(case):
    enc, found, _ = made(case, arms="rest", money="trade", guard="guard")
    facts = [tuple(i.options[o].id for i, o in zip(enc.issues, row, strict=True)) for row in found.outcomes]
    assert [facts[n] for n in found.outcome] == [
        ("rest", "trade", "guard"),
        ("war", "trade", "guard"),
        ("rest", "trade", "guard"),
        ("war", "ban", "guard"),
    ]
    assert found.plain.tolist() == [True, True, False, True]


def test_points_add_issues_and_effects(case):
    enc, found, _ = made(case, arms="rest", money="trade", guard="guard")
    points = found.utilities(flat(enc), np.array([[0.0, 0.5]]))[0]
    # rest + trade + guard = 1 + 1 + 2; war 2; war and ban 2 + 2 + 2, of which North loses 15 halfway.
    assert points[0].tolist() == [4, 5, 4, 6 - 15]
    assert points[1].tolist() == [4, 5, 4, 6]


def test_a_collapse_puts_the_worth_of_no_deal_in_place_of_its_options(raw):
    raw["conflict"]["terms"][0].update(collapses=True, becomes={})
    enc, found, _ = made(Case.model_validate(raw), arms="rest", money="trade", guard="guard")
    points = found.utilities(flat(enc, 50.0, 60.0, 70.0), np.zeros((1, 2)))[0]
    assert points[0, :2].tolist() == [4, 50]
    # The embargo's ban is what holds without a deal anyway; its effect on North comes on top.
    assert points[0, 3] == 50 - 20
    assert points[1, 3] == 70


def test_options_worth_something_together_count_while_both_hold(case):
    enc, found, _ = made(case, arms="rest", money="trade", guard="guard")
    clause = tuple((n, (o,)) for n, o in enumerate(enc.index({"arms": "rest", "money": "trade"})) if o >= 0)
    draws = replace(flat(enc), effects=(Effect(0, clause, (8.0, 8.0)),), added=np.array([[8.0]]))
    points = found.utilities(draws, np.array([[0.0, 0.5]]))[0]
    assert points[0].tolist() == [4 + 8, 5, 4 + 8, 6 - 15]
    assert points[1].tolist() == [4, 5, 4, 6]


def test_final_moves_cannot_be_undone(raw):
    raw["conflict"]["terms"][0]["final"] = True
    _, found, _ = made(Case.model_validate(raw), arms="rest")
    assert found.form.targets(0, 1).tolist() == []


def test_a_deal_nobody_can_break_is_said_to_be_one(case):
    with pytest.raises(UsageError, match="nobody could break it"):
        made(case, arms="war")


def test_too_many_moves_name_the_limit(raw):
    terms = raw["conflict"]["terms"]
    terms += [{**terms[0], "id": f"t{n}"} for n in range(14)]
    with pytest.raises(TooLarge, match="the limit is 14"):
        made(Case.model_validate(raw), arms="rest")


def test_a_later_option_is_matched_by_the_option_it_is_like(raw):
    raw["later_options"] = [
        {
            "id": "pause",
            "issue": "arms",
            "text": "Pause",
            "floated": "later",
            "after": {"N": "rest", "S": "rest", "G": "rest"},
            "rules_like": "rest",
        }
    ]
    case = Case.model_validate(raw)
    enc = encode(case, "all", case.later_options)
    row, _ = complete(enc, {"arms": "pause"})
    assert [m.id for m in generate(enc, case.conflict, row).moves] == ["halt"]
