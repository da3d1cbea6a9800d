"""Scan, Pareto set, counting and presolve agree with looking at every deal."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import TooLarge
from detente.methods.dealspace import convolution_sparse
from detente.methods.dealspace import scan as scanning
from detente.methods.dealspace.concepts import CONCEPTS, exact_key, value_of
from detente.methods.dealspace.convolution import PRIMES, count_by_coalition, count_unanimous
from detente.methods.dealspace.front import pareto_front
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.presolve import presolve
from detente.methods.dealspace.rule import accepted_by, agreeing, blocking
from detente.methods.dealspace.scan import scan
from detente.methods.dealspace.utilities import utilities_of
from detente.methods.pareto import efficient, filtered
from detente.methods.space import Space, count_deals

QUICK = settings(max_examples=40, deadline=None)


def vectors(rows: np.ndarray) -> dict[tuple[int, ...], int]:
    found: dict[tuple[int, ...], int] = {}
    for row in rows.tolist():
        found[tuple(row)] = found.get(tuple(row), 0) + 1
    return found


@QUICK
@given(data=st.data())
def test_scan(data, spaces, rules, brute) -> None:
    utilities = data.draw(spaces())
    rule = data.draw(rules(utilities.actors))
    truth, found = brute(utilities), scan(layers_of(utilities), rule)
    assert found.deals == len(truth.deals) == count_deals(utilities.space)
    counts = np.bincount(truth.masks, minlength=1 << utilities.actors).tolist()
    assert list(found.exactly) == counts
    carried = truth.deals[rule.carries[truth.masks]]
    assert found.accepted == len(carried)
    for issue, size in enumerate(utilities.space.sizes):
        assert found.options[issue].tolist() == np.bincount(carried[:, issue], minlength=size).tolist()
    assert {o.concept: o.deals.tolist() for o in found.optima} == truth.solutions()
    for optimum in found.optima:
        assert optimum.ties == len(optimum.deals)
        np.testing.assert_array_equal(optimum.totals, utilities.totals(optimum.deals[:1])[0])
        gains = utilities.gains(optimum.deals[:1])[0].tolist()
        assert optimum.value == value_of(optimum.concept, gains, truth.ideal)


@QUICK
@given(data=st.data())
def test_pareto_front(data, spaces, brute) -> None:
    utilities, rational = data.draw(spaces()), data.draw(st.booleans())
    truth = brute(utilities)
    front = pareto_front(layers_of(utilities), rational)
    rows = truth.efficient(truth.rational if rational else range(len(truth.deals)))
    totals = utilities.totals(truth.deals)[rows] if rows else np.empty((0, utilities.actors), int)
    expected = vectors(totals)
    assert dict(zip(map(tuple, front.vectors.tolist()), front.deals, strict=True)) == expected
    assert front.vectors.tolist() == sorted(front.vectors.tolist(), reverse=True)
    for k, vector in enumerate(front.vectors.tolist()):
        mine = [truth.deals[d].tolist() for d, t in zip(rows, totals.tolist(), strict=True) if t == vector]
        assert front.named(k).tolist() == sorted(mine)


@QUICK
@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.booleans())
def test_filters_agree_with_the_definition(seed: int, actors: int, whole: bool) -> None:
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 4, (30, actors)) if whole else rng.random((30, actors)).round(1)
    above = (points[:, None] >= points[None]).all(2) & (points[:, None] > points[None]).any(2)
    assert filtered(points).tolist() == (~above.any(axis=0)).tolist()
    many = np.tile(points, (40, 1))
    assert efficient(many).tolist() == np.tile(~above.any(axis=0), 40).tolist()


@QUICK
@given(data=st.data())
def test_counts_by_coalition(data, spaces, brute) -> None:
    utilities = data.draw(spaces())
    truth, graph = brute(utilities), layers_of(utilities)
    counts = np.bincount(truth.masks, minlength=1 << utilities.actors).tolist()
    assert count_by_coalition(graph) == count_by_coalition(graph, cells=0) == counts
    assert count_unanimous(graph) == count_unanimous(graph, cells=0) == counts[-1]
    zones = accepted_by(counts, utilities.actors)
    for mask, number in enumerate(zones):
        assert number == int(((truth.masks & mask) == mask).sum())
        assert all(number <= zones[mask & ~(1 << p)] for p in range(utilities.actors))
    blocks, agreed = blocking(zones), agreeing(zones)
    for members in blocks:
        assert not any(((truth.masks >> np.array(members, dtype=int)[:, None]) & 1).all(axis=0))
    assert all(not set(b) <= set(a) for b in blocks for a in agreed)
    assert bool(len(truth.deals)) == bool(agreed)


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_counts_beyond_one_residue(seed: int) -> None:
    """The number of deals with both totals at least d has a closed recursion in Python integers."""
    rng = np.random.default_rng(seed)
    tables = rng.integers(0, 4, (45, 9, 2))
    need = (tables.mean(1).sum(0)).astype(int)
    sums: dict[tuple[int, int], int] = {(0, 0): 1}
    for table in tables.tolist():
        grown: dict[tuple[int, int], int] = {}
        for (a, b), ways in sums.items():
            for x, y in table:
                grown[a + x, b + y] = grown.get((a + x, b + y), 0) + ways
        sums = grown
    graph = layers_of(utilities_of(Space((9,) * 45), list(tables), need))
    exactly = count_by_coalition(graph)
    assert sum(exactly) == 9**45 > PRIMES[0] * PRIMES[1]
    assert exactly[3] == sum(w for (a, b), w in sums.items() if a >= need[0] and b >= need[1])
    assert count_by_coalition(graph, cells=0) == exactly
    assert exactly[1] == sum(w for (a, b), w in sums.items() if a >= need[0] and b < need[1])


def test_moduli_are_coprime() -> None:
    from math import gcd

    assert all(gcd(a, b) == 1 for k, a in enumerate(PRIMES) for b in PRIMES[:k])
    assert max(PRIMES) < 2**62


@QUICK
@given(data=st.data())
def test_presolve(data, spaces, rules, brute) -> None:
    utilities = data.draw(spaces())
    rule = data.draw(rules(utilities.actors))
    truth, found = brute(utilities), presolve(utilities, rule)
    carried = truth.deals[rule.carries[truth.masks]]
    assert found.graph.count() >= len(carried), "no deal that carries is lost"
    left = scan(found.graph, rule)
    assert left.accepted == len(carried)
    for dead in found.dead:
        assert not (carried[:, dead.issue] == dead.option).any()
        with_it = truth.gains[truth.deals[:, dead.issue] == dead.option]
        assert (dead.why == "rules") == (len(with_it) == 0)
        assert (dead.why == "reserve") == bool(dead.actors)
        assert all(short > 0 for short in dead.short)
    efficient_deals = truth.deals[truth.efficient(range(len(truth.deals)))]
    for issue, option, by in found.dominated:
        assert option != by
        assert not (efficient_deals[:, issue] == option).any()
    assert sorted(i for part in found.components for i in part) == list(range(len(utilities.space.sizes)))


@QUICK
@given(data=st.data())
def test_invariances(data, spaces) -> None:
    utilities = data.draw(spaces())
    order = data.draw(st.permutations(range(utilities.actors)))
    plain, moved = scan(layers_of(utilities)), scan(layers_of(utilities.only(order)))
    assert {o.concept: o.deals.tolist() for o in plain.optima} == {
        o.concept: o.deals.tolist() for o in moved.optima
    }
    issue_order = data.draw(st.permutations(range(len(utilities.space.sizes))))
    other = scan(layers_of(utilities, order=issue_order))
    assert other.exactly == plain.exactly
    assert [o.deals.tolist() for o in other.optima] == [o.deals.tolist() for o in plain.optima]


@QUICK
@given(data=st.data(), factor=st.integers(1, 7), shift=st.integers(-9, 9))
def test_nash_and_ks_ignore_the_scale_of_one_actor(data, spaces, factor, shift) -> None:
    utilities = data.draw(spaces(rules=False))
    p = data.draw(st.integers(0, utilities.actors - 1))
    scale = np.ones(utilities.actors)
    scale[p] = factor
    tables = [table / utilities.unit * scale for table in utilities.points]
    tables[0] = tables[0] + shift * (np.arange(utilities.actors) == p)
    reserve = np.array(utilities.reserve) / utilities.unit * scale + shift * (
        np.arange(utilities.actors) == p
    )
    moved = utilities_of(utilities.space, tables, reserve)
    one, two = (scan(layers_of(u)).optima for u in (utilities, moved))
    for a, b in zip(one[:2], two[:2], strict=True):
        assert a.deals.tolist() == b.deals.tolist()


@QUICK
@given(data=st.data())
def test_duplicating_an_option_doubles_deals_and_moves_no_vector(data, spaces) -> None:
    utilities = data.draw(spaces(rules=False))
    sizes = (utilities.space.sizes[0] * 2, *utilities.space.sizes[1:])
    tables = [np.tile(utilities.points[0], (2, 1)), *utilities.points[1:]]
    reserve = np.array(utilities.reserve)
    twice = utilities_of(Space(sizes), tables, reserve)
    once = utilities_of(utilities.space, utilities.points, reserve)
    a, b = pareto_front(layers_of(once)), pareto_front(layers_of(twice))
    assert a.vectors.tolist() == b.vectors.tolist()
    assert [2 * d for d in a.deals] == list(b.deals)


@QUICK
@given(data=st.data())
def test_raising_a_worth_never_enlarges_and_adding_a_deal_never_hurts(data, spaces) -> None:
    utilities = data.draw(spaces())
    plain = scan(layers_of(utilities))
    p = data.draw(st.integers(0, utilities.actors - 1))
    higher = [int(d or 0) + utilities.unit * (q == p) for q, d in enumerate(utilities.reserve)]
    assert scan(layers_of(utilities.with_reserve(higher))).exactly[-1] <= plain.exactly[-1]
    masks = [np.ones(m, dtype=bool) for m in utilities.space.sizes]
    issue = data.draw(st.integers(0, len(masks) - 1))
    masks[issue][-1] = len(masks[issue]) == 1
    fewer = scan(layers_of(utilities, masks))
    for small, large in zip(fewer.optima, plain.optima, strict=False):
        if small.concept in ("nash", "egalitarian", "utilitarian"):
            keys = [
                exact_key(o.concept, utilities.gains(o.deals[:1])[0].tolist(), plain.ideal.tolist())
                for o in (small, large)
            ]
            assert keys[0] <= keys[1]


def test_limits_are_said_and_nothing_is_truncated(monkeypatch: pytest.MonkeyPatch) -> None:
    utilities = utilities_of(Space((4,) * 6), list(np.random.default_rng(2).random((6, 4, 3))), [3, 3, 3])
    graph = layers_of(utilities)
    with pytest.raises(TooLarge, match="frontier"):
        pareto_front(graph, cap=20)
    monkeypatch.setattr(convolution_sparse, "LISTED", 50)
    with pytest.raises(TooLarge, match="different sums"):
        count_unanimous(graph, cells=1)
    monkeypatch.setattr(scanning, "LIMIT", 100)
    with pytest.raises(TooLarge, match="4,096 deals"):
        scan(graph)
    linked = utilities_of(
        Space((4,) * 3),
        list(np.ones((3, 4, 1))),
        [0],
        [((0, 2), np.ones((4, 4, 1))), ((1, 2), np.ones((4, 4, 1)))],
    )
    with pytest.raises(TooLarge, match="states"):
        layers_of(linked, order=(0, 1, 2), most=10)


def test_four_concepts_are_always_named_in_order(spaces) -> None:
    graph = layers_of(utilities_of(Space((2,)), [[[1, 0], [0, 1]]], [0, 0]))
    assert tuple(o.concept for o in scan(graph).optima) == CONCEPTS


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_none_are_refused_at_the_border(wrong: float) -> None:
    space, tables = Space((2, 2)), [np.ones((2, 2)), np.ones((2, 2))]
    spoilt = [np.array([[1.0, wrong], [1.0, 1.0]]), np.ones((2, 2))]
    with pytest.raises(ValueError, match="finite"):
        utilities_of(space, spoilt, [0, 0])
    with pytest.raises(ValueError, match="finite"):
        utilities_of(space, tables, [0, 0], [((0, 1), np.full((2, 2, 2), wrong))])
    if wrong != -np.inf:
        with pytest.raises(ValueError, match="finite"):
            utilities_of(space, tables, [0, wrong])
