"""Published conflicts, all strict 2x2 games: stability and margins cell by cell."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest
from published_conflicts import NAMES, load, syria_iraq

from detente.methods.graph_model import CONCEPTS, NO_MOVE, OptionForm, dense, solve


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("name", NAMES)
def test_case_file_cell_by_cell(shared, name, concept):
    case = load(shared, name)
    found, expected = solve(case.form, case.ranks), case.raw["expected"]
    assert case.named(found.equilibria(concept)) == expected["equilibria"][concept]
    for dm, who in enumerate(case.dms):
        stable = case.named(np.flatnonzero(found.stable(concept)[dm]))
        assert stable == expected["individual"][concept][who]
        margins = {case.ids[s]: None if m == NO_MOVE else int(m) for s, m in enumerate(found.of(concept)[dm])}
        assert margins == dict(expected["margins"][concept][who])


@pytest.mark.parametrize("name", NAMES)
def test_tables_in_print_are_reproduced(shared, name):
    case = load(shared, name)
    found = solve(case.form, case.ranks)
    for concept, printed in case.raw["expected"].get("published", {}).items():
        assert printed["reproduced"]
        states = set(case.named(found.equilibria(concept)))
        if "states" in printed:
            assert sorted(states) == printed["states"]
        for state, stands in printed.get("partial", {}).items():
            assert (int(state) in states) == bool(stands)


def test_all_576_strict_games(shared):
    games = json.loads((shared / "data/graph-model/ordinal_2x2_all576.json").read_text("utf-8"))["games"]
    assert len(games) == 576
    form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    for game in games:
        found = solve(form, [dense(np.array(game["p1"])), dense(np.array(game["p2"]))])
        for concept in CONCEPTS:
            assert (found.equilibria(concept) + 1).tolist() == game["eq"][concept], game


def test_syria_iraq_as_printed():
    case = syria_iraq()
    found = solve(case.form, case.ranks)
    assert {c: case.named(found.equilibria(c)) for c in CONCEPTS} == {
        "nash": [6], "gmr": [1, 6], "smr": [6], "seq": [6], "sseq": [6],
    }  # fmt: skip
    assert found.of("gmr").tolist() == [[2, -1, 3, -2, -3, 2], [1, 4, -1, 4, 1, 3]]
    assert found.of("nash").tolist() == [[1, -3, -1, -2, -3, 2], [-2, 4, -3, 2, -4, 3]]


def test_every_strict_game_has_a_metarational_equilibrium():
    # Fraser & Hipel 1984: in a finite ordinal game some state is always sequentially stable for all.
    form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    rankings = [np.array(p) for p in itertools.permutations(range(4))]
    for first, second in itertools.product(rankings, rankings):
        assert solve(form, [first, second]).equilibria("seq").size
