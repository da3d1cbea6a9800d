"""The inverse question on Syria-Iraq, and the way out of Elmira's status quo."""

from __future__ import annotations

import pytest
from published_conflicts import load, syria_iraq

from detente.methods.graph_model import CONCEPTS, solve
from detente.methods.graph_model.inverse import count_rankings, margin, obstacles
from detente.methods.graph_model.paths import Walkers, search

# Definition, closed form and brute force agree; a printed guide gives 420 for seq (see the method page).
COUNTS = {"nash": 240, "seq": 384, "gmr": 384, "smr": 300, "sseq": 300}


@pytest.mark.parametrize("concept", CONCEPTS)
def test_how_many_of_syrias_720_rankings_make_release_stable(concept):
    case = syria_iraq()
    target = case.ids.index(2)
    blocked = obstacles(case.form, case.ranks, case.dms.index("Syria"), target, concept)
    assert count_rankings(blocked, 6) == (COUNTS[concept], 720)
    margins = solve(case.form, case.ranks).of(concept)
    assert margin(blocked, case.ranks[0], target) == margins[0, target]


def test_counts_in_the_case_file(shared):
    case = load(shared, "syria_iraq_1975")
    assert case.raw["inverse"]["correct_counts"] == COUNTS


def test_elmira_leaves_its_status_quo_by_one_improvement(shared):
    # The guide's section 5.3: the local government's improvement leads from 1 to 7, nobody else has one.
    case = load(shared, "elmira_12")
    start = case.ids.index(1)
    walkers = Walkers(case.form, case.ranks, (0, 1, 2), improving=True)
    first = {(case.dms[dm], case.ids[start], case.ids[t]) for dm, ts in walkers.steps(start, -1) for t in ts}
    printed = case.raw["published_extra"]["status_quo_analysis"]["unilateral_improvements_from_1"]
    assert first == {tuple(row) for row in printed}
    assert search(walkers, start).distance[case.ids.index(7)] == 1
