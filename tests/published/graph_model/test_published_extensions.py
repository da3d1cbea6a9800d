"""Published results of the extensions: coalitions, simultaneous, limited and far-sighted moves."""

from __future__ import annotations

import json

import numpy as np
import pytest
from published_conflicts import NAMES, load, syria_iraq

from detente.methods.graph_model import OptionForm, dense, solve
from detente.methods.graph_model.coalitions import (
    COALITION_CONCEPTS,
    Jump,
    jumps,
    solve_bound,
    solve_coalitions,
)
from detente.methods.graph_model.limited import farsighted
from detente.methods.graph_model.simultaneous import simultaneous

TWO = [name for name in NAMES if name != "elmira_12"]


@pytest.mark.parametrize("name", NAMES)
def test_coalition_stability_of_case_files(shared, name):
    case = load(shared, name)
    found = solve_coalitions(case.form, case.ranks)
    expected = case.raw["expected"]["coalition_stable"]["by_coalition"]
    assert expected
    for names, table in expected.items():
        members = tuple(sorted(case.dms.index(who) for who in names.split("+")))
        for concept in COALITION_CONCEPTS:
            stable = np.flatnonzero(found.of(concept, members))
            assert case.named(stable) == table[concept], (names, concept)


@pytest.mark.parametrize("name", TWO)
def test_limited_and_nonmyopic_equilibria_of_case_files(shared, name):
    case = load(shared, name)
    found, expected = farsighted(case.form, case.ranks), case.raw["expected"]["equilibria"]
    for horizon in (1, 2, 3, 4):
        stable = np.flatnonzero(found.limited(horizon).all(axis=0))
        assert case.named(stable) == expected[f"l{horizon}"]
    assert case.named(np.flatnonzero(found.nonmyopic().all(axis=0))) == expected["nm"]


def test_farsighted_equilibria_of_all_576_games(shared):
    games = json.loads((shared / "data/graph-model/ordinal_2x2_all576.json").read_text("utf-8"))["games"]
    form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    for game in games:
        found = farsighted(form, np.array([dense(np.array(game["p1"])), dense(np.array(game["p2"]))]))
        stable = {"nm": found.nonmyopic(), "l2": found.limited(2), "l3": found.limited(3)}
        for name, table in stable.items():
            assert (np.flatnonzero(table.all(axis=0)) + 1).tolist() == game["eq"][name], game


def test_syria_iraq_expectations_repeat_every_four_horizons_and_nothing_is_nonmyopic():
    case = syria_iraq()
    found = farsighted(case.form, case.ranks)
    assert found.period == 4
    assert not found.nonmyopic().all(axis=0).any()
    assert not found.tied


def test_simultaneous_sanctioning_adds_state_4_to_korea(shared):
    # Jacobi 2017 prints 0, 4, 5, 10 for sequential stability with simultaneous sanctions.
    case = load(shared, "korea_2017_base")
    either = solve(case.form, case.ranks, ["seq"]).stable("seq") | simultaneous(case.form, case.ranks)
    wanted = case.raw["simultaneous"]["seq_or_simultaneous_equilibria"]
    assert case.named(np.flatnonzero(either.all(axis=0))) == wanted


def test_elmira_jump_and_binding_partition(shared):
    case = load(shared, "elmira_12")
    nash = solve(case.form, case.ranks, ["nash"]).equilibria("nash")
    named = [
        (case.ids[j.source], case.ids[j.target], j.coalition) for j in jumps(case.form, case.ranks, nash)
    ]
    assert (7, 10, (case.dms.index("MoE"), case.dms.index("Uniroyal"))) in named
    printed = case.raw["published_extra"]["binding_partition"]
    partition = [tuple(case.dms.index(who) for who in block) for block in printed["players"]]
    bound = {c: solve_bound(case.form, case.ranks, partition, c).all(axis=0) for c in ("nash", "gmr", "seq")}
    assert case.named(np.flatnonzero(bound["nash"])) == printed["nash"]
    assert all(7 not in case.named(np.flatnonzero(table)) for table in bound.values())


def test_syria_iraq_together_leave_three_states():
    case = syria_iraq()
    found = solve_coalitions(case.form, case.ranks)
    for concept in COALITION_CONCEPTS:
        assert case.named(np.flatnonzero(found.of(concept, (0, 1)))) == [1, 2, 6]
    place = {number: n for n, number in enumerate(case.ids)}
    assert jumps(case.form, case.ranks, [place[5], place[6]]) == (Jump(place[5], place[6], (0, 1)),)
