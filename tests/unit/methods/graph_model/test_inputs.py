"""Forms, ranks and statements refuse what makes no sense and read what does."""

from __future__ import annotations

import numpy as np
import pytest

from detente.errors import TooLarge
from detente.methods.graph_model import GraphForm, OptionForm, as_graph, from_order, from_utilities, solve

ALL = np.ones(4, dtype=bool)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: OptionForm(2, (0, 2), ("both", "both"), ALL), "owners must be"),
        (lambda: OptionForm(2, (0, 1), ("both",), ALL), "2 owners but 1 directions"),
        (lambda: OptionForm(2, (0, 1), ("both", "both"), ALL[:2]), "2\\^2 truth values"),
        (lambda: OptionForm(2, (0, 1), ("both", "both"), ~ALL), "no state is feasible"),
        (lambda: GraphForm.from_moves(2, [[(0, 2)]]), "outside 0..1"),
        (lambda: GraphForm.from_moves(2, [[(1, 1)]]), "stays where it is"),
        (lambda: from_order([0, [1, 0]], 3), "missing states \\[2\\], states named twice \\[0\\]"),
        (lambda: from_utilities(np.array([0.0, np.nan])), "not a number"),
    ],
)
def test_impossible_input_is_refused_in_words(build, words):
    with pytest.raises(ValueError, match=words):
        build()


@pytest.mark.parametrize(
    ("ranks", "words"),
    [
        ([[0, 1, 2, 3]], "shape"),
        ([[0, 1, 2, 4], [0, 1, 2, 3]], "gaps"),
        ([[1, 1, 2, 3], [0, 1, 2, 3]], "gaps"),
        ([[0.0, 1, 2, 3], [0, 1, 2, 3]], "whole numbers"),
    ],
)
def test_ranks_are_checked(ranks, words):
    form = OptionForm(2, (0, 1), ("both", "both"), ALL)
    with pytest.raises(ValueError, match=words):
        solve(form, ranks)


def test_too_many_options_name_the_limit():
    with pytest.raises(TooLarge, match="the limit is 24 options"):
        OptionForm(1, (0,) * 25, ("both",) * 25, np.ones(2, dtype=bool))


def test_unknown_concept():
    form = OptionForm(1, (0, 0), ("both", "both"), ALL)
    with pytest.raises(ValueError, match="known are nash, gmr"):
        solve(form, [[0, 1, 2, 3]], ["nsh"])


def test_several_options_at_once_pass_through_infeasible_states():
    feasible = np.array([True, False, False, True])
    form = OptionForm(1, (0, 0), ("both", "both"), feasible)
    assert form.targets(0, 0).tolist() == [1]
    assert solve(form, [[0, 1]], ["nash"]).equilibria("nash").tolist() == [1]


def test_one_way_options_do_not_return():
    form = OptionForm(1, (0, 0), ("fwd", "back"), ALL)
    moves = {form.pattern(s): [form.pattern(t) for t in form.targets(0, s)] for s in range(4)}
    assert moves == {"NN": ["YN"], "YN": [], "NY": ["NN", "YN", "YY"], "YY": ["YN"]}
    assert [as_graph(form).targets(0, s).tolist() for s in range(4)] == [[1], [], [0, 1, 3], [1]]


def test_only_one_decision_maker_with_moves_means_every_improvement_stands():
    form = OptionForm(2, (0, 0), ("both", "both"), ALL)
    found = solve(form, [[0, 1, 2, 3], [3, 2, 1, 0]])
    for concept in found.concepts:
        assert found.equilibria(concept).tolist() == [3]
