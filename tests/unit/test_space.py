"""The deal space counts and lists exactly what brute force does."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import TooLarge
from detente.methods.agreement import Agreement
from detente.methods.redlines import coalition_counts, minimal_relaxations, relaxations_by_issue
from detente.methods.space import Space, broken, count_deals, enumerate_deals, sample_deals


@st.composite
def spaces(draw: st.DrawFn) -> Space:
    sizes = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=5)))
    clauses = []
    for _ in range(draw(st.integers(0, 4))):
        issues = draw(st.lists(st.integers(0, len(sizes) - 1), min_size=1, max_size=3, unique=True))
        clauses.append(
            tuple((i, tuple(draw(st.sets(st.integers(0, sizes[i] - 1), min_size=1)))) for i in sorted(issues))
        )
    return Space(sizes, tuple(clauses))


@st.composite
def tables(draw: st.DrawFn, actors: int = 2) -> tuple[Space, list[list[np.ndarray]]]:
    space = draw(spaces())
    accepts = [
        [np.array(draw(st.lists(st.booleans(), min_size=m, max_size=m))) for m in space.sizes]
        for _ in range(actors)
    ]
    return space, accepts


def brute(space: Space) -> list[tuple[int, ...]]:
    return [
        deal
        for deal in product(*(range(m) for m in space.sizes))
        if not any(all(deal[i] in options for i, options in clause) for clause in space.forbidden)
    ]


@given(spaces())
def test_counts_and_lists_what_brute_force_does(space: Space) -> None:
    expected = brute(space)
    assert count_deals(space) == len(expected)
    assert [tuple(row) for row in enumerate_deals(space).tolist()] == expected
    assert all(not list(broken(space, deal)) for deal in expected)


@given(tables())
def test_coalition_counts_are_those_of_brute_force(table: tuple[Space, list[list[np.ndarray]]]) -> None:
    space, accepts = table
    counts = coalition_counts(space, accepts, [0, 1])
    for members, number in counts.items():
        fits = [d for d in brute(space) if all(accepts[p][i][o] for p in members for i, o in enumerate(d))]
        assert number == len(fits)
    assert counts[0, 1] <= min(counts[0,], counts[1,])


@given(tables())
@settings(max_examples=200)
def test_relaxations_are_all_the_minimal_broken_sets(table: tuple[Space, list[list[np.ndarray]]]) -> None:
    space, accepts = table
    deals = brute(space)
    sets = {frozenset((p, i) for p in (0, 1) for i, o in enumerate(d) if not accepts[p][i][o]) for d in deals}
    minimal = {s for s in sets if not any(t < s for t in sets)}
    found = minimal_relaxations(space, accepts, [0, 1])
    assert {frozenset(r.lines) for r in found} == minimal
    for r in found:
        opened = [
            d
            for d in deals
            if all(accepts[p][i][o] or (p, i) in r.lines for p in (0, 1) for i, o in enumerate(d))
        ]
        assert r.opens == len(opened) > 0


def test_issue_relaxations_pool_the_actors() -> None:
    a, b = np.array([True, False, False]), np.array([False, False, True])
    both = np.array([True, True, True])
    assert relaxations_by_issue(Space((3, 3)), [[a, both], [b, both]], Agreement((0, 1))) == (((0,), 9),)


def test_large_spaces_are_counted_but_not_listed() -> None:
    space = Space((10,) * 20, ((((0, (0,)), (19, (0,)))),))
    assert count_deals(space) == 10**20 - 10**18
    with pytest.raises(TooLarge, match="Remedy"):
        enumerate_deals(space)


@pytest.mark.parametrize(
    ("sizes", "clauses"), [((), ()), ((2, 0), ()), ((2,), ((((1, (0,)),)),)), ((2,), ((((0, (2,)),)),))]
)
def test_impossible_spaces_are_refused(sizes: tuple[int, ...], clauses: tuple) -> None:
    with pytest.raises(ValueError, match="option"):
        Space(sizes, clauses)


@given(spaces())
def test_sampled_deals_are_feasible(space: Space) -> None:
    expected = set(brute(space))
    if expected:
        drawn = sample_deals(space, 50, np.random.default_rng(1))
        assert {tuple(row) for row in drawn.tolist()} <= expected
    else:
        with pytest.raises(ValueError, match="no deal"):
            sample_deals(space, 1, np.random.default_rng(1))


def test_every_deal_is_drawn_equally_often() -> None:
    space = Space((2, 3), ((((0, (0,)), (1, (0, 1)))),))
    drawn = sample_deals(space, 40_000, np.random.default_rng(1))
    deals, counts = np.unique(drawn, axis=0, return_counts=True)
    assert deals.tolist() == [[0, 2], [1, 0], [1, 1], [1, 2]]
    # 10,000 expected each; five standard deviations are 433.
    assert np.abs(counts - 10_000).max() < 433
