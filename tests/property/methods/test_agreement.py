"""Vetoes with a quorum, and draws solved one by one, agree with looking at every deal."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.agreement import Agreement
from detente.methods.dealspace.counting import count_accepted, rounded
from detente.methods.dealspace.drawn import Sample, solve_draws
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.rule import accepted_by
from detente.methods.dealspace.scan import scan
from detente.methods.redlines import agreed, count_agreed, relaxations_of
from detente.methods.smaa import Acceptance, evaluate
from detente.methods.space import Space, enumerate_deals

QUICK = settings(max_examples=40, deadline=None)


@st.composite
def tables(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = tuple(int(m) for m in rng.integers(1, 4, draw(st.integers(1, 4))))
    actors = draw(st.integers(1, 4))
    accepts = [[rng.random(m) < 0.6 for m in sizes] for _ in range(actors)]
    vetoes = tuple(np.flatnonzero(rng.random(actors) < 0.4).tolist())
    voters = tuple(np.flatnonzero(rng.random(actors) < 0.8).tolist())
    clause = tuple((i, (0,)) for i in range(len(sizes)))
    space = Space(sizes, (clause,) if draw(st.booleans()) else ())
    return space, accepts, Agreement(vetoes, voters, draw(st.integers(0, len(voters))))


def carries(accepts, rule: Agreement, deal, dropped=frozenset()) -> bool:
    def yes(actor: int) -> bool:
        return all(accepts[actor][i][o] or (actor, i) in dropped for i, o in enumerate(deal))

    return all(map(yes, rule.vetoes)) and sum(map(yes, rule.voters)) >= rule.at_least


@QUICK
@given(tables())
def test_deals_inside_the_red_lines_of_enough_actors(problem) -> None:
    space, accepts, rule = problem
    deals = enumerate_deals(space)
    truth = [carries(accepts, rule, deal) for deal in deals.tolist()]
    assert count_agreed(space, accepts, rule) == sum(truth)
    assert agreed(accepts, rule, deals).tolist() == truth


@QUICK
@given(tables())
def test_the_last_gain_needed_says_whether_a_coalition_is_enough(problem) -> None:
    _, accepts, rule = problem
    gains = np.random.default_rng(len(accepts)).integers(-2, 3, (50, len(accepts)))
    truth = [
        all(row[p] >= 0 for p in rule.vetoes) and sum(row[p] >= 0 for p in rule.voters) >= rule.at_least
        for row in gains.tolist()
    ]
    assert rule.carries(gains >= 0).tolist() == truth
    if rule.counted:
        assert (rule.least(gains.T, axis=0) >= 0).tolist() == truth


@QUICK
@given(tables())
def test_the_smallest_sets_of_red_lines_under_a_quorum(problem) -> None:
    space, accepts, rule = problem
    deals = enumerate_deals(space).tolist()
    lines = [(p, i) for p in range(len(accepts)) for i, m in enumerate(accepts[p]) if not m.all()]
    opening: list[frozenset[tuple[int, int]]] = []
    for size in range(min(len(lines), 5) + 1):
        for dropped in map(frozenset, combinations(lines, size)):
            smaller = any(found <= dropped for found in opening)
            if not smaller and any(carries(accepts, rule, d, dropped) for d in deals):
                opening.append(dropped)
    found = {frozenset(r.lines): r.opens for r in relaxations_of(space, accepts, rule)}
    assert {lines for lines in found if len(lines) <= 5} == set(opening)
    for dropped in opening:
        assert found[dropped] == sum(carries(accepts, rule, d, dropped) for d in deals)


@QUICK
@given(st.integers(0, 2**32 - 1), st.integers(0, 3))
def test_acceptability_under_a_quorum(seed: int, least: int) -> None:
    rng = np.random.default_rng(seed)
    points, worth = rng.integers(0, 5, (40, 4, 2, 3)) * 1.0, rng.integers(0, 9, (40, 4)) * 1.0
    deals = np.array(list(np.ndindex(3, 3)))
    required, voters = np.array([True, False, False, False]), np.array([True, True, True, False])
    rule = Acceptance(required, voters, least)
    found = evaluate(points, worth, deals, rule, np.ones((1, 9), dtype=bool))
    gains = points[:, :, 0, deals[:, 0]] + points[:, :, 1, deals[:, 1]] - worth[:, :, None]
    yes = (gains[:, 0] >= 0) & ((gains[:, :3] >= 0).sum(axis=1) >= least)
    assert found.together.tolist() == yes.mean(axis=0).tolist()
    assert found.zopa[0] == yes.any(axis=1).mean()
    assert found.solution[0].sum(axis=1) == pytest.approx([found.zopa[0]] * 4)


@QUICK
@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.booleans())
def test_draws_solved_one_by_one_equal_draws_looked_at_deal_by_deal(
    seed: int, actors: int, tied: bool
) -> None:
    rng = np.random.default_rng(seed)
    space = Space((3, 2, 3), ((((0, (0,)), (2, (1, 2))),) if tied else ()))
    points = rng.integers(0, 5, (30, actors, 3, 3)) * 1.0
    worth = rng.integers(0, 12, (30, actors)) * 1.0
    deals = enumerate_deals(space)
    truth = evaluate(points, worth, deals, np.ones(actors, dtype=bool), np.ones((1, len(deals)), dtype=bool))
    found = solve_draws(space, Sample(points, worth))
    assert found is not None
    assert (found.draws, found.possible) == (30, truth.zopa[0])
    spread = np.zeros((4, len(deals)))
    row = {tuple(deal): k for k, deal in enumerate(deals.tolist())}
    for k, deal in enumerate(found.deals.tolist()):
        spread[:, row[tuple(deal)]] = found.shares[:, k]
    assert spread == pytest.approx(truth.solution[0])


@QUICK
@given(data=st.data())
def test_counts_are_those_of_the_scan_whichever_way_they_come(data, spaces) -> None:
    utilities = data.draw(spaces())
    found = count_accepted(utilities)
    assert list(found.zones) == accepted_by(scan(layers_of(utilities)).exactly, utilities.actors)
    whole = rounded(utilities, 1.0)
    if whole is not None:
        assert max(np.abs(t).max() for t in whole.points) <= max(np.abs(t).max() for t in utilities.points)
