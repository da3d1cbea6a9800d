"""Solving many draws at once equals solving each on its ranks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slow_graph_model import option_conflicts

from detente.methods.graph_model import CONCEPTS, OptionForm, dense, solve, stability
from detente.methods.graph_model.hold import holds_many
from detente.methods.graph_model.many import solve_many


@given(conflict=option_conflicts(), seed=st.integers(0, 1000), data=st.data())
@settings(max_examples=60, deadline=None)
def test_many_equals_one_by_one(conflict, seed, data):
    form, _ = conflict
    focus = data.draw(st.integers(0, form.n_states - 1))
    points = np.random.default_rng(seed).integers(0, 5, (4, form.dms, form.n_states)) / 7
    found = solve_many(form, points, focus)
    np.testing.assert_array_equal(holds_many(form, points, focus, CONCEPTS), found.focus)
    alone = [solve(form, np.array([dense(row) for row in draw])) for draw in points]
    for c, concept in enumerate(CONCEPTS):
        tables = np.array([one.stable(concept) for one in alone])
        np.testing.assert_array_equal(found.focus[:, c], tables[:, :, focus])
        np.testing.assert_array_equal(found.equilibria[c], tables.all(axis=1).sum(axis=0))


def test_threads_change_nothing(monkeypatch):
    rng = np.random.default_rng(5)
    form = OptionForm(3, (0, 1, 2) * 4, ("both", "fwd", "back") * 4, rng.random(2**12) < 0.7)
    ranks = np.array([rng.permutation(form.n_states) for _ in range(3)])
    serial = solve(form, ranks)
    monkeypatch.setattr(stability, "SIDE_BY_SIDE", 1)
    np.testing.assert_array_equal(solve(form, ranks).margins, serial.margins)


@pytest.mark.parametrize(
    ("points", "concepts", "words"),
    [
        (np.zeros((1, 2, 3)), ["nash"], "shape"),
        (np.full((1, 2, 4), np.nan), ["nash"], "finite"),
        (np.zeros((1, 2, 4)), ["nsh"], "concepts are"),
    ],
)
def test_bad_input_is_refused(points, concepts, words):
    form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    with pytest.raises(ValueError, match=words):
        solve_many(form, points, 0, concepts)
    with pytest.raises(ValueError, match=words):
        holds_many(form, points, 0, concepts)


def test_one_state_alone_holds_in_more_draws_than_a_thread_takes_at_once():
    rng = np.random.default_rng(3)
    form = OptionForm(3, (0, 1, 2) * 3, ("both", "fwd", "back") * 3, rng.random(2**9) < 0.8)
    points = rng.random((100, 3, form.n_states))
    for focus in (0, form.n_states // 2):
        found = holds_many(form, points, focus, CONCEPTS)
        np.testing.assert_array_equal(found, solve_many(form, points, focus).focus)
        assert found.any()
        assert not found.all()
