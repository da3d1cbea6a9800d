"""Acceptability by the fused kernel equals its definition computed draw by draw in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods import threads
from detente.methods.smaa import CONCEPTS, MICRO, evaluate


def leximin(values):
    return tuple(sorted(values))


def reference_solutions(gains: dict[int, list[int]]) -> dict[str, list[int]]:
    """Deals to exact gains of the required actors -> solutions, straight from the definitions."""
    ideal = [max(column) for column in zip(*gains.values(), strict=True)]
    able = [q for q, best in enumerate(ideal) if best > 0]

    def nash(g):
        positive = [g[q] for q in able if g[q] > 0]
        return len(positive), prod(positive)

    keys = {
        "nash": nash,
        "kalai_smorodinsky": lambda g: leximin([Fraction(g[q], ideal[q]) for q in able]),
        "egalitarian": leximin,
        "utilitarian": sum,
    }
    out = {}
    for concept, key in keys.items():
        best = max(key(g) for g in gains.values())
        out[concept] = [d for d, g in gains.items() if key(g) == best]
    return out


@st.composite
def problems(draw):
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    n, actors, issues, options = (draw(st.integers(1, k)) for k in (70, 4, 3, 3))
    grain = draw(st.sampled_from([1.0, 0.5, 1e-6]))  # coarse grains make ties
    top = draw(st.sampled_from([2, 5, 40]))
    points = rng.integers(0, top, (n, actors, issues, options)) * grain
    worth = rng.integers(-1, top * issues // 2 + 1, (n, actors)) * grain
    every = np.array(list(np.ndindex(*[options] * issues)))
    deals = every[rng.random(len(every)) < 0.8]
    if not len(deals):
        deals = every[:1]
    required = rng.random(actors) < 0.7
    required[rng.integers(actors)] = True
    groups = rng.random((draw(st.integers(0, 3)), len(deals))) < 0.7
    return points, worth, deals, required, groups


@settings(max_examples=60, deadline=None)
@given(problems())
def test_kernel_equals_the_definition(problem) -> None:
    points, worth, deals, required, groups = problem
    result = evaluate(*problem)
    n, actors, issues, options = points.shape
    micro, gone = np.rint(points * MICRO).astype(int), np.rint(worth * MICRO).astype(int)
    accept = np.zeros((len(deals), actors))
    only, first = np.zeros_like(accept), np.zeros_like(accept)
    together = np.zeros(len(deals))
    zopa = np.zeros(len(groups))
    solution = np.zeros((len(groups), 4, len(deals)))
    pair = np.zeros((len(groups), issues, options, issues, options))
    for k in range(n):
        gain = micro[k][:, np.arange(issues), deals].sum(axis=2).T - gone[k]
        accept += gain >= 0
        agreeing = []
        for d in range(len(deals)):
            short = [(-gain[d, p], -p) for p in range(actors) if required[p] and gain[d, p] < 0]
            if not short:
                together[d] += 1
                agreeing.append(d)
                continue
            first[d, -max(short)[1]] += 1
            if len(short) == 1:
                only[d, -short[0][1]] += 1
        for g, group in enumerate(groups):
            inside = {d: [int(x) for x in gain[d][required]] for d in agreeing if group[d]}
            if not inside:
                continue
            zopa[g] += 1
            for c, deal_list in enumerate(reference_solutions(inside)[name] for name in CONCEPTS):
                solution[g, c, deal_list] += 1 / len(deal_list)
            seen = np.zeros((issues, options, issues, options), dtype=bool)
            for d, i, j in product(inside, range(issues), range(issues)):
                seen[i, deals[d, i], j, deals[d, j]] = True
            pair[g] += seen
    assert result.draws == n
    np.testing.assert_array_equal(result.accept, accept / n)
    np.testing.assert_array_equal(result.together, together / n)
    np.testing.assert_array_equal(result.only_refuser, only / n)
    np.testing.assert_array_equal(result.first_refuser, first / n)
    np.testing.assert_array_equal(result.zopa, zopa / n)
    np.testing.assert_allclose(result.solution, solution / n, atol=1e-9)
    np.testing.assert_array_equal(result.pair, pair / n)
    np.testing.assert_array_equal(result.option, np.einsum("gimim->gim", pair) / n)
    np.testing.assert_array_equal(result.no_solution, 1 - zopa / n)


@settings(max_examples=20, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_order_of_actors_and_deals_does_not_matter(problem, random) -> None:
    points, worth, deals, required, groups = problem
    actor, deal = list(range(points.shape[1])), list(range(len(deals)))
    random.shuffle(actor)
    random.shuffle(deal)
    one = evaluate(*problem)
    two = evaluate(points[:, actor], worth[:, actor], deals[deal], required[actor], groups[:, deal])
    np.testing.assert_array_equal(one.accept[deal][:, actor], two.accept)
    np.testing.assert_array_equal(one.zopa, two.zopa)
    np.testing.assert_allclose(one.solution[:, :, deal], two.solution, atol=1e-12)


def test_same_bytes_whatever_the_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    deals = np.array(list(np.ndindex(3, 4, 2)))
    problem = (
        rng.random((500, 3, 3, 4)) * 30,
        rng.random((500, 3)) * 30,
        deals,
        np.array([True, True, False]),
        rng.random((2, len(deals))) < 0.6,
    )
    answers = []
    for cores in (1, 2, 5):
        monkeypatch.setattr(threads, "cores", lambda n=cores: n)
        answers.append(evaluate(*problem))
    for name in ("accept", "together", "only_refuser", "first_refuser", "zopa", "solution", "pair"):
        assert len({getattr(answer, name).tobytes() for answer in answers}) == 1, name
