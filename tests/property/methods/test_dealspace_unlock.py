"""Minimal packages, insertions and remedies equal their definitions deal by deal."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import TooLarge
from detente.methods.dealspace import unlock as module
from detente.methods.dealspace.unlock import Demands, concessions, package_for, unlock
from detente.methods.dealspace.unlock_insert import insertions
from detente.methods.dealspace.unlock_moves import (
    least_salience_change,
    salience_remedies,
    utility,
    value_remedies,
)
from detente.methods.redlines import minimal_relaxations
from detente.methods.space import enumerate_deals

QUICK = settings(max_examples=50, deadline=None)


@st.composite
def demands(draw, spaces, lines: bool = True):
    utilities = draw(spaces(actors=3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    share = 0.6 if lines else 2.0
    accepts = [[rng.random(m) < share for m in utilities.space.sizes] for _ in range(utilities.actors)]
    if draw(st.booleans()):
        utilities = utilities.with_reserve([int(d or 0) + 3 * utilities.unit for d in utilities.reserve])
    return Demands(utilities, accepts)


def needs(ask: Demands, deal) -> tuple[frozenset, tuple[int, ...]]:
    gains = ask.utilities.gains(np.array([deal]))[0]
    lines = {(p, i) for p, masks in enumerate(ask.accepts) for i, o in enumerate(deal) if not masks[i][o]}
    return frozenset(lines), tuple(int(max(0, -g)) for g in gains)


def beats(a, b) -> bool:
    return a != b and a[0] <= b[0] and all(x <= y for x, y in zip(a[1], b[1], strict=True))


@QUICK
@given(data=st.data())
def test_all_minimal_packages(data, spaces) -> None:
    ask = data.draw(demands(spaces))
    movers = data.draw(st.sets(st.integers(0, ask.utilities.actors - 1)))
    everybody = data.draw(st.booleans())
    if everybody:
        movers = set(range(ask.utilities.actors))
    deals = enumerate_deals(ask.utilities.space).tolist()
    asked = {tuple(deal): needs(ask, deal) for deal in deals}
    asked = {
        deal: (lines, short)
        for deal, (lines, short) in asked.items()
        if all(p in movers for p, _ in lines) and all(s == 0 or p in movers for p, s in enumerate(short))
    }
    wanted = {a for a in asked.values() if not any(beats(b, a) for b in asked.values())}
    found = unlock(ask, None if everybody else sorted(movers))
    assert {(frozenset(p.drops), p.short) for p in found} == wanted
    assert len(found) == len(wanted)
    assert [p.moves for p in found] == sorted(p.moves for p in found)
    prices = concessions(ask)
    for package in found:
        mine = [deal for deal, a in asked.items() if a == (frozenset(package.drops), package.short)]
        assert package.deal in mine
        assert package.opens == len(mine)
        sums = {deal: sum(int(prices[i][o].sum()) for i, o in enumerate(deal)) for deal in mine}
        assert sums[package.deal] == min(sums.values())
        again = package_for(ask, package.deal)
        assert (again.drops, again.short, again.price) == (package.drops, package.short, package.price)


@QUICK
@given(data=st.data())
def test_red_lines_alone_agree_with_the_relaxations(data, spaces) -> None:
    ask = data.draw(demands(spaces))
    ask = Demands(ask.utilities.with_reserve([None] * ask.utilities.actors), ask.accepts)
    everybody = range(ask.utilities.actors)
    expected = minimal_relaxations(ask.utilities.space, ask.accepts, list(everybody))
    assert {(r.lines, r.opens) for r in expected} == {(p.drops, p.opens) for p in unlock(ask)}


@QUICK
@given(data=st.data())
def test_insertions(data, spaces) -> None:
    ask = data.draw(demands(spaces))
    utilities = ask.utilities
    found = insertions(ask)
    for issue, table in enumerate(utilities.points):
        low, top = table.min(axis=0), table.max(axis=0)
        rules = [c for c in utilities.space.forbidden if all(i != issue for i, _ in c)]
        wanted = set()
        sizes = [range(1) if i == issue else range(m) for i, m in enumerate(utilities.space.sizes)]
        for deal in product(*sizes):
            if any(all(deal[i] in options for i, options in clause) for clause in rules):
                continue
            if any(not m[i][o] for m in ask.accepts for i, o in enumerate(deal) if i != issue):
                continue
            got = sum(utilities.points[i][o] for i, o in enumerate(deal) if i != issue)
            for w in utilities.interactions:
                if issue not in w.issues:
                    got = got + w.points[tuple(deal[i] for i in w.issues)]
            need = np.maximum(np.array(utilities.reserve) - got, low)
            wanted.add(tuple(need.tolist()))
        least = {
            a
            for a in wanted
            if not any(b != a and all(x <= y for x, y in zip(b, a, strict=True)) for b in wanted)
        }
        least = {a for a in least if all(x <= t for x, t in zip(a, top.tolist(), strict=True))}
        assert {f.needs for f in found if f.issue == issue} == least
    for f in found:
        assert f.deal[f.issue] == -1
        assert 0 <= f.share <= 1
    assert [f.share for f in found] == sorted(f.share for f in found)


scores = st.lists(st.integers(0, 100), min_size=3, max_size=3)


@QUICK
@given(scores.filter(any), scores, st.integers(1, 99))
def test_remedies_are_just_enough(salience, value, worth) -> None:
    start = utility(salience, value)
    for remedy in salience_remedies(salience, value, worth):
        changed = [remedy.after if i == remedy.issue else s for i, s in enumerate(salience)]
        assert utility(changed, value) == worth
    for remedy in value_remedies(salience, value, worth):
        changed = [remedy.after if i == remedy.issue else v for i, v in enumerate(value)]
        assert utility(salience, changed) == worth
    if start >= worth:
        assert salience_remedies(salience, value, worth) == value_remedies(salience, value, worth) == ()
    best = least_salience_change(salience, value, worth)
    singles = salience_remedies(salience, value, worth)
    if start < worth and best is not None:
        changed = list(map(Fraction, salience))
        for remedy in best:
            changed[remedy.issue] = remedy.after
        assert utility(changed, value) == worth
        assert not singles or sum(r.change for r in best) <= singles[0].change
    if best is None:
        assert not singles
        assert max(value) <= worth or start < worth


@pytest.mark.parametrize("worth", [30, 55, 70])
def test_least_salience_change_against_a_grid(worth: int) -> None:
    salience, value = [40, 20, 10], [20, 60, 80]
    found = least_salience_change(salience, value, worth)
    grid = range(0, 101, 5)
    enough = [s for s in product(grid, grid, grid) if sum(s) and utility(s, value) >= worth]
    best = min(sum(abs(a - b) for a, b in zip(s, salience, strict=True)) for s in enough)
    mine = sum(r.change for r in found or ())
    assert best - 15 < mine <= best


def test_limits_and_rules_are_said(spaces, monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.methods.dealspace.utilities import utilities_of
    from detente.methods.space import Space

    rng = np.random.default_rng(6)
    space = Space((3,) * 5, ((((0, (0,)), (1, (0,))),)))
    ask = Demands(
        utilities_of(space, list(rng.integers(0, 50, (5, 3, 3))), [150, 150, 150]),
        [[rng.random(3) < 0.5 for _ in range(5)] for _ in range(3)],
    )
    with pytest.raises(TooLarge, match="partial packages"):
        unlock(ask, most=3)
    with pytest.raises(ValueError, match="breaks a rule"):
        package_for(ask, [0, 0, 0, 0, 0])
    with pytest.raises(ValueError, match="win-sets"):
        Demands(ask.utilities, ask.accepts[:2])
    listed = unlock(ask)
    monkeypatch.setattr(module, "LISTED", 0)
    chosen = unlock(ask)
    assert [(p.drops, p.short, sum(p.price)) for p in chosen] == [
        (p.drops, p.short, sum(p.price)) for p in listed
    ], "the integer program finds deals as cheap as those found one by one"
    assert all(p.opens is None for p in chosen)
