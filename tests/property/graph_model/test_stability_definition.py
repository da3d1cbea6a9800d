"""Fast stability equals the set definitions, the matrix definitions, and the meaning of a margin."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from slow_graph_model import conflicts, graph_conflicts, option_conflicts, slow

from detente.methods.graph_model import CONCEPTS, NO_MOVE, as_graph, dense, option_engine, solve


@pytest.mark.parametrize("concept", CONCEPTS)
@given(conflict=conflicts())
@settings(max_examples=50, deadline=None)
def test_fast_equals_sets(conflict, concept):
    form, ranks = conflict
    np.testing.assert_array_equal(solve(form, ranks).stable(concept), slow(form, ranks).table(concept))


@given(conflict=option_conflicts())
@settings(max_examples=50, deadline=None)
def test_walk_equals_sweeps(conflict):
    form, ranks = conflict
    engine = option_engine.OptionEngine(form, ranks)
    for dm in range(form.dms):
        if not engine._others(dm):
            continue
        own = engine.own(dm)
        swept = engine.gather(engine.worst_credible(dm, own))
        np.testing.assert_array_equal(engine.gather(engine._walk(dm, own)), swept)


@given(conflict=option_conflicts())
@settings(max_examples=50, deadline=None)
def test_option_form_written_out_as_a_graph_gives_the_same_margins(conflict):
    form, ranks = conflict
    np.testing.assert_array_equal(solve(form, ranks).margins, solve(as_graph(form), ranks).margins)


@given(conflict=conflicts())
@settings(max_examples=50, deadline=None)
def test_inclusions(conflict):
    found = solve(*conflict)
    for inner, outer in [
        ("nash", "sseq"), ("sseq", "seq"), ("seq", "gmr"), ("sseq", "smr"), ("smr", "gmr"),
    ]:  # fmt: skip
        assert (found.stable(inner) <= found.stable(outer)).all()


def _with_rank(ranks, dm, state, level):
    """Move one state of one decision maker to a level on a doubled scale, others staying in order."""
    moved = 2 * ranks.astype(int)
    moved[dm, state] = level
    return np.array([dense(row) for row in moved])


def _places_that_hold(form, ranks, dm, state, concept):
    """Ranks of the other states that the state may stand level with and be stable."""
    levels = sorted({int(r) for s, r in enumerate(ranks[dm]) if s != state})
    return levels, [
        slow(form, _with_rank(ranks, dm, state, 2 * level)).stable(dm, state, concept) for level in levels
    ]


@pytest.mark.parametrize("concept", CONCEPTS)
@given(conflict=option_conflicts(dms=(2, 3), options=4))
@settings(max_examples=15, deadline=None)
def test_margin_is_where_stability_starts_in_option_form(conflict, concept):
    form, ranks = conflict
    margins = solve(form, ranks).of(concept)
    for dm in range(form.dms):
        for state in range(form.n_states):
            levels, holds = _places_that_hold(form, ranks, dm, state, concept)
            threshold = ranks[dm, state] - margins[dm, state]
            wanted = [margins[dm, state] == NO_MOVE or level >= threshold for level in levels]
            assert holds == wanted


@pytest.mark.parametrize("concept", CONCEPTS)
@given(conflict=graph_conflicts(dms=(2, 3), states=5))
@settings(max_examples=15, deadline=None)
def test_margin_in_graph_form_is_exact_when_unstable_and_a_bound_when_stable(conflict, concept):
    form, ranks = conflict
    margins = solve(form, ranks).of(concept)
    for dm in range(form.dms):
        for state in range(form.n_states):
            levels, holds = _places_that_hold(form, ranks, dm, state, concept)
            margin = margins[dm, state]
            threshold = ranks[dm, state] - margin
            assert all(h for h, level in zip(holds, levels, strict=True) if level >= threshold)
            if margin < 0:
                assert not any(h for h, level in zip(holds, levels, strict=True) if level < threshold)


def _matrix_form(form, ranks):
    """Return stability by the matrix definition (Xu, Hipel & Kilgour 2009)."""
    fast = slow(form, ranks)
    n, m = fast.n, fast.m
    J = np.array([[[q in fast.moves[i][s] for q in range(m)] for s in range(m)] for i in range(n)])
    P = ranks[:, None, :] > ranks[:, :, None]
    L, E = ~P, np.ones((m, m), dtype=bool)

    def joint(steps, group):
        first = {i: steps[i].copy() for i in group}
        while True:
            new = {i: steps[i] | _times(steps[i], [first[j] for j in group if j != i], m) for i in group}
            if all((new[i] == first[i]).all() for i in group):
                return np.logical_or.reduce([first[i] for i in group])
            first = new

    result = {}
    improving = J & P
    for i in range(n):
        group = [j for j in range(n) if j != i]
        W = L[i].T & ~(J[i].astype(int) @ P[i].T.astype(int)).astype(bool)
        sanctions = {"nash": np.zeros((m, m), dtype=bool)}
        for name, steps, good in [
            ("gmr", J, L[i].T), ("smr", J, W), ("seq", improving, L[i].T), ("sseq", improving, W),
        ]:  # fmt: skip
            sanctions[name] = (joint(steps, group).astype(int) @ good.astype(int)).astype(bool)
        for name, sanction in sanctions.items():
            bad = improving[i].astype(int) @ (E & ~sanction).astype(int)
            result.setdefault(name, []).append(np.diag(bad) == 0)
    return {name: np.array(rows) for name, rows in result.items()}


def _times(step, reaches, m):
    onward = np.logical_or.reduce(reaches) if reaches else np.zeros((m, m), dtype=bool)
    return (step.astype(int) @ onward.astype(int)).astype(bool)


@given(conflict=conflicts())
@settings(max_examples=50, deadline=None)
def test_fast_equals_matrices(conflict):
    form, ranks = conflict
    found = solve(form, ranks)
    for concept, table in _matrix_form(form, ranks).items():
        np.testing.assert_array_equal(found.stable(concept), table, err_msg=concept)
