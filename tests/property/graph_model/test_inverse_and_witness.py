"""The inverse question and the witnesses hold what they promise, by brute force."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from slow_graph_model import conflicts, graph_conflicts, option_conflicts, slow

from detente.methods.graph_model import CONCEPTS, NO_MOVE, GraphForm, OptionForm, solve
from detente.methods.graph_model.inverse import (
    count_rankings,
    margin,
    obstacles,
    statement_changes,
    ways_to_persuade,
)
from detente.methods.graph_model.paths import Walkers, distances, from_status_quo, search
from detente.methods.graph_model.statements import Negation, Taken, prioritise
from detente.methods.graph_model.witness import explain

few = settings(max_examples=20, deadline=None)


@pytest.mark.parametrize("concept", CONCEPTS)
@given(conflict=st.one_of(option_conflicts(dms=(2, 3), options=3), graph_conflicts(dms=(2, 3), states=5)))
@settings(max_examples=15, deadline=None)
def test_counts_equal_brute_force(conflict, concept):
    form, ranks = conflict
    assume(form.n_states <= 5)
    for target in range(form.n_states):
        blocked = obstacles(form, ranks, 0, target, concept)
        stable = 0
        for order in itertools.permutations(range(form.n_states)):
            varied = ranks.copy()
            varied[0] = order
            stable += slow(form, varied).stable(0, target, concept)
        assert count_rankings(blocked, form.n_states) == (stable, len(list(itertools.permutations(order))))


@pytest.mark.parametrize("concept", CONCEPTS)
@given(conflict=conflicts())
@few
def test_obstacles_give_the_same_margins(conflict, concept):
    form, ranks = conflict
    margins = solve(form, ranks, [concept]).of(concept)
    for dm in range(form.dms):
        for target in range(form.n_states):
            found = margin(obstacles(form, ranks, dm, target, concept), ranks[dm], target)
            if isinstance(form, OptionForm) or margins[dm, target] < 0:
                assert found == margins[dm, target]
            else:
                assert found >= margins[dm, target]


@pytest.mark.parametrize("concept", CONCEPTS)
@given(conflict=option_conflicts(dms=(2, 3), options=3), data=st.data())
@few
def test_persuading_makes_stable_and_nothing_less_does(conflict, concept, data):
    form, ranks = conflict
    target = data.draw(st.integers(0, form.n_states - 1))
    blocked = obstacles(form, ranks, 0, target, concept)
    ways = ways_to_persuade(blocked)
    others = [s for s in range(form.n_states) if s != target]
    for size in range(len(others) + 1):
        for low in itertools.combinations(others, size):
            varied = ranks.copy()
            varied[0] = 2
            varied[0, [target, *low]] = 0
            stable = slow(form, varied).stable(0, target, concept)
            assert stable == any(way <= set(low) for way in ways)


@given(
    terms=st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=4),
    target=st.integers(0, 15),
    concept=st.sampled_from(CONCEPTS),
)
@few
def test_statement_changes_are_all_that_work(terms, target, concept):
    form = OptionForm(2, (0, 0, 1, 1), ("both",) * 4, np.ones(16, dtype=bool))
    statements = [Taken(k) if yes else Negation(Taken(k)) for k, yes in terms]
    ranks = np.array([prioritise(form, statements), prioritise(form, [Negation(Taken(0)), Taken(3)])])
    blocked = obstacles(form, ranks, 0, target, concept)
    found = {(c.kind, c.statement, c.place) for c in statement_changes(form, statements, blocked, target)}

    def stable(changed):
        varied = np.array([prioritise(form, changed), ranks[1]])
        return slow(form, varied).stable(0, target, concept)

    wanted = set()
    for k in range(len(statements)):
        rest = statements[:k] + statements[k + 1 :]
        if stable(rest):
            wanted.add(("drop", k, k))
        if stable([*statements[:k], Negation(statements[k]), *statements[k + 1 :]]):
            wanted.add(("negate", k, k))
        wanted |= {
            ("move", k, j)
            for j in range(len(statements))
            if j != k and stable([*rest[:j], statements[k], *rest[j:]])
        }
    assert found == wanted


def _legal(words, steps, credible):
    """Whether steps join up, are moves (or improvements) and nobody moves twice in a row."""
    for step in steps:
        if step.target not in words.step(step.dm, step.source, credible):
            return False
    return all(a.target == b.source and a.dm != b.dm for a, b in itertools.pairwise(steps))


@pytest.mark.parametrize("concept", CONCEPTS)
@given(conflict=conflicts())
@few
def test_witnesses_are_true(conflict, concept):
    form, ranks = conflict
    words = slow(form, ranks)
    for dm in range(words.n):
        for s in range(words.m):
            why = explain(form, ranks, dm, s, concept)
            if words.stable(dm, s, concept):
                assert {w.move.target for w in why} == words.improvements(dm, s)
                assert not any(w.holds for w in why)
            else:
                [only] = why
                assert only.holds
                assert concept == "nash" or not words.sanctioned(dm, s, only.move.target, concept)
            for w in why:
                assert w.move.target in words.improvements(dm, s)
                _check_sanction(words, dm, s, w, concept)


def _check_sanction(words, dm, s, witness, concept):
    if not witness.sanction:
        return
    assert witness.sanction[0].source == witness.move.target
    assert all(step.dm != dm for step in witness.sanction)
    assert _legal(words, witness.sanction, concept in ("seq", "sseq"))
    assert words.p[dm][witness.end] <= words.p[dm][s]
    if concept in ("smr", "sseq"):
        escapes = words.moves[dm][witness.end]
        assert (witness.escape is None) == (not escapes)
        assert all(words.p[dm][t] <= words.p[dm][s] for t in escapes)


@given(conflict=conflicts(), data=st.data())
@few
def test_paths_are_legal_and_shortest(conflict, data):
    form, ranks = conflict
    words = slow(form, ranks)
    start = data.draw(st.integers(0, form.n_states - 1))
    everybody = tuple(range(form.dms))
    for improving in (False, True):
        paths = search(Walkers(form, ranks, everybody, improving), start)
        np.testing.assert_array_equal(
            distances(Walkers(form, ranks, everybody, improving), start), paths.distance
        )
        ends = words.reach(everybody, start, credible=improving)
        assert set(np.flatnonzero(paths.distance >= 0).tolist()) == ends
        for end in ends:
            steps = paths.to(end)
            assert len(steps) == paths.distance[end]
            assert (steps[0].source, steps[-1].target) == (start, end)
            assert _legal(words, steps, improving)
            assert _fewest(words, everybody, start, end, improving) == len(steps)


def _fewest(words, group, start, end, improving):
    layer, depth = {(start, None)}, 0
    while True:
        depth += 1
        layer = {(y, j) for x, last in layer for j in group if j != last for y in words.step(j, x, improving)}
        if end in {y for y, _ in layer}:
            return depth


def test_status_quo_analysis_names_both_ways():
    form = GraphForm.from_moves(3, [[(0, 1)], [(1, 2)]])
    ranks = np.array([[0, 1, 2], [0, 2, 1]])
    ways = from_status_quo(form, ranks, 0, [0, 1, 2])
    assert ways[0] == ((), ())
    assert len(ways[1][1]) == 1
    assert len(ways[2][0]) == 2
    assert ways[2][1] is None


def test_nothing_in_the_way_is_stable_by_any_ranking():
    form = GraphForm.from_moves(2, [[], [(0, 1)]])
    blocked = obstacles(form, np.zeros((2, 2), dtype=int), 0, 0, "gmr")
    assert blocked == ()
    assert count_rankings(blocked, 2) == (2, 2)
    assert margin(blocked, np.array([0, 0]), 0) == NO_MOVE
