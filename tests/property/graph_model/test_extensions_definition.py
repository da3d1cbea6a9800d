"""Extensions equal their definitions on random conflicts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slow_graph_model import conflicts, graph_conflicts, option_conflicts, slow

from detente.methods.graph_model import OptionForm, dense, solve
from detente.methods.graph_model.coalitions import (
    COALITION_CONCEPTS,
    coalitions_of,
    joint_gain,
    solve_bound,
    solve_coalitions,
)
from detente.methods.graph_model.limited import farsighted
from detente.methods.graph_model.misperception import without_unseen
from detente.methods.graph_model.reach import legal_reach, step_tables
from detente.methods.graph_model.simultaneous import simultaneous
from detente.methods.graph_model.strength import SPLIT, solve_strength
from detente.methods.graph_model.unknown import EXTENSIONS, solve_unknown

few = settings(max_examples=40, deadline=None)


@given(conflict=conflicts())
@few
def test_reach_tables_equal_sets(conflict):
    form, ranks = conflict
    words, steps = slow(form, ranks), step_tables(form)
    for group in coalitions_of(range(form.dms)):
        found = legal_reach(steps[list(group)])
        assert [set(np.flatnonzero(row)) for row in found] == [words.reach(group, s) for s in range(words.m)]


def _all_prefer(words, group, a, b):
    return all(words.p[i][b] > words.p[i][a] for i in group)


def _improves(words, group, s):
    return {q for q in words.reach(group, s) if _all_prefer(words, group, s, q)}


def _credible(words, others, x):
    """Ends of sequences of improvements by sub-coalitions, the same one not twice in a row."""
    seen, stack = set(), [(x, None)]
    while stack:
        a, last = stack.pop()
        for c in coalitions_of(others):
            if c != last:
                fresh = {(b, c) for b in _improves(words, c, a)} - seen
                seen |= fresh
                stack.extend(fresh)
    return {b for b, _ in seen}


def _coalition_stable(words, group, s, concept):
    others = [j for j in range(words.n) if j not in group]
    for x in _improves(words, group, s):
        if concept == "cnash":
            return False
        answers = _credible(words, others, x) if concept == "cseq" else words.reach(others, x)
        low = [y for y in answers if not _all_prefer(words, group, s, y)]
        if concept == "csmr":
            low = [y for y in low if not any(_all_prefer(words, group, s, z) for z in words.reach(group, y))]
        if not low:
            return False
    return True


@pytest.mark.parametrize("concept", COALITION_CONCEPTS)
@given(conflict=st.one_of(option_conflicts(dms=(2, 4), options=4), graph_conflicts(states=5)))
@few
def test_coalition_stability_equals_sets(conflict, concept):
    form, ranks = conflict
    words, found = slow(form, ranks), solve_coalitions(form, ranks)
    for group in found.coalitions:
        wanted = [_coalition_stable(words, group, s, concept) for s in range(words.m)]
        assert found.of(concept, group).tolist() == wanted


@given(conflict=conflicts())
@few
def test_coalitions_of_one_are_individual_stability_and_universal_is_the_strictest(conflict):
    form, ranks = conflict
    single, alone = solve_coalitions(form, ranks), solve(form, ranks)
    for concept, plain in [("cnash", "nash"), ("cgmr", "gmr"), ("csmr", "smr")]:
        for dm in range(form.dms):
            np.testing.assert_array_equal(single.of(concept, (dm,)), alone.stable(plain)[dm])
            assert (single.universal(concept) <= single.for_dm(concept, dm)).all()


@given(conflict=conflicts())
@few
def test_joint_gain_finds_a_jump_exactly_where_a_coalition_would_leave(conflict):
    form, ranks = conflict
    words = slow(form, ranks)
    for s in range(form.n_states):
        found = joint_gain(form, ranks, s)
        for jump in found:
            assert jump.target in _improves(words, jump.coalition, s)
        leaving = [g for g in coalitions_of(range(form.dms), smallest=2) if _improves(words, g, s)]
        assert {j.coalition for j in found} <= set(leaving)
        assert bool(found) == bool(leaving)


@given(conflict=option_conflicts(dms=(2, 3), options=4))
@few
def test_a_partition_into_singles_binds_nobody(conflict):
    form, ranks = conflict
    for concept in ("nash", "gmr", "smr", "seq", "sseq"):
        found = solve_bound(form, ranks, [(dm,) for dm in range(form.dms)], concept)
        np.testing.assert_array_equal(found, solve(form, ranks).stable(concept))


@given(conflict=conflicts(), cuts=st.lists(st.integers(0, 64), max_size=4))
@few
def test_strong_stability_equals_sets_and_parts_add_up(conflict, cuts):
    form, ranks = conflict
    blocks = np.array([dense((row[:, None] >= np.array([0, *cuts])).sum(axis=1)) for row in ranks])
    found, words = solve_strength(form, ranks, blocks), slow(form, ranks)
    for concept in SPLIT:
        wanted = [
            [_strongly(words, blocks[i], i, s, concept) for s in range(words.m)] for i in range(words.n)
        ]
        assert found.strongly(concept).tolist() == wanted
        both = found.strongly(concept) | found.weakly(concept)
        np.testing.assert_array_equal(both, found.general.stable(concept))
        assert not (found.strongly(concept) & found.weakly(concept)).any()


def _strongly(words, block, i, s, concept):
    others = [j for j in range(words.n) if j != i]
    for q in words.improvements(i, s):
        answers = words.reach(others, q, credible=concept in ("seq", "sseq"))
        great = [r for r in answers if block[s] > block[r]]
        if concept in ("smr", "sseq"):
            great = [r for r in great if all(block[s] > block[t] for t in words.moves[i][r])]
        if not great:
            return False
    return True


def _ends(words, horizon, i, s):
    """Limited-move stability, written as the recursion it is defined by."""
    if horizon == 0 or not words.moves[i][s]:
        return s
    after = {q: _ends(words, horizon - 1, 1 - i, q) for q in sorted(words.moves[i][s])}
    best = max(sorted(after), key=lambda q: words.p[i][after[q]])
    return s if words.p[i][s] >= words.p[i][after[best]] else after[best]


@given(conflict=st.one_of(option_conflicts(dms=(2, 2), options=4), graph_conflicts(dms=(2, 2), states=5)))
@few
def test_limited_moves_equal_the_recursion(conflict):
    form, ranks = conflict
    found, words = farsighted(form, ranks), slow(form, ranks)
    for horizon in (1, 2, 3, 5):
        wanted = [[_ends(words, horizon, i, s) == s for s in range(words.m)] for i in (0, 1)]
        assert found.limited(horizon).tolist() == wanted
    later = [found.limited(h) for h in range(len(found.ends), len(found.ends) + found.period)]
    np.testing.assert_array_equal(found.nonmyopic(), np.logical_and.reduce(later))


@given(conflict=option_conflicts(dms=(2, 2), options=5))
@few
def test_simultaneous_equals_pairs(conflict):
    form, ranks = conflict
    found, words = simultaneous(form, ranks), slow(form, ranks)
    codes = form.codes.tolist()
    for s in range(words.m):
        leaving = [words.improvements(i, s) for i in (0, 1)]
        for i in (0, 1):
            wanted = bool(leaving[0] and leaving[1]) and all(
                any(
                    (joint := codes[a] ^ codes[b] ^ codes[s]) in codes
                    and words.p[i][codes.index(joint)] <= words.p[i][s]
                    for b in leaving[1 - i]
                )
                for a in leaving[i]
            )
            assert found[i, s] == wanted


@given(conflict=conflicts())
@few
def test_nothing_unknown_changes_nothing(conflict):
    form, ranks = conflict
    nothing = np.zeros((form.dms, form.n_states, form.n_states), dtype=bool)
    for concept in ("nash", "gmr", "smr", "seq", "sseq"):
        wanted = solve(form, ranks).stable(concept)
        for extension in EXTENSIONS:
            found = solve_unknown(form, ranks, nothing, extension, concept)
            np.testing.assert_array_equal(found, wanted)


@given(conflict=graph_conflicts(), seed=st.integers(0, 99))
@few
def test_unknown_preference_is_ordered_by_caution(conflict, seed):
    # More temptation can only unsettle (a in b, c in d); more deterrence only settle (a in c, b in d).
    form, ranks = conflict
    rng = np.random.default_rng(seed)
    some = rng.random((form.dms, form.n_states, form.n_states)) < 0.3
    unknown = some | some.transpose(0, 2, 1)
    for concept in ("nash", "gmr", "smr", "seq", "sseq"):
        a, b, c, d = (solve_unknown(form, ranks, unknown, e, concept) for e in "abcd")
        assert (a <= b).all()
        assert (c <= d).all()
        assert (a <= c).all()
        assert (b <= d).all()


@given(conflict=conflicts(), seed=st.integers(0, 99))
@few
def test_unseen_states_are_never_left_or_entered(conflict, seed):
    form, ranks = conflict
    unseen = np.random.default_rng(seed).random((form.dms, form.n_states)) < 0.3
    blind, words = without_unseen(form, unseen), slow(form, ranks)
    for dm in range(form.dms):
        for s in range(form.n_states):
            wanted = {t for t in words.moves[dm][s] if not (unseen[dm, s] or unseen[dm, t])}
            assert set(blind.targets(dm, s).tolist()) == wanted


def test_two_decision_makers_are_required_where_the_method_needs_them():
    form = OptionForm(3, (0, 1, 2), ("both",) * 3, np.ones(8, dtype=bool))
    ranks = np.array([np.arange(8)] * 3)
    with pytest.raises(ValueError, match="two decision makers, not 3"):
        farsighted(form, ranks)
    with pytest.raises(ValueError, match="two decision makers, not 3"):
        simultaneous(form, ranks)
