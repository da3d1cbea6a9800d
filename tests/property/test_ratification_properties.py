"""More yes votes never lower a chance, more routes never hurt, more gates never help."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.durability.references import FORTNA_VARYING, classes
from detente.methods.ratification import constants
from detente.methods.ratification.gates import (
    Assembly,
    Bloc,
    Council,
    Decision,
    Hold,
    Majority,
    Member,
    Reversed,
)
from detente.methods.ratification.ladder import Route, Step, chance, climb
from detente.methods.ratification.referendum import Electorate, Poll, Referendum, Rule, pooled
from detente.methods.ratification.worlds import Worlds

WORLDS = Worlds(seed=11, outer=16, inner=64)
few = settings(max_examples=40, deadline=None)


@st.composite
def blocs(draw: st.DrawFn) -> tuple[Bloc, ...]:
    found = []
    for k in range(draw(st.integers(1, 4))):
        seats = draw(st.integers(5, 200))
        low, high = sorted((draw(st.integers(0, seats)), draw(st.integers(0, seats))))
        found.append(Bloc(f"b{k}", seats, low, high, draw(st.integers(0, seats // 3))))
    return tuple(found)


@st.composite
def majorities(draw: st.DrawFn) -> Majority:
    if draw(st.booleans()):
        return Majority(seats=draw(st.integers(1, 300)))
    return Majority(cast=draw(st.sampled_from([0.5, 2 / 3])), quorum=draw(st.integers(0, 60)))


@st.composite
def assemblies(draw: st.DrawFn) -> Assembly:
    return Assembly("vote", draw(blocs()), draw(majorities()))


@st.composite
def routes(draw: st.DrawFn) -> tuple[Route, ...]:
    found = []
    for k in range(draw(st.integers(1, 3))):
        steps = []
        for j in range(draw(st.integers(1, 3))):
            low, high = sorted((draw(st.floats(0, 1)), draw(st.floats(0, 1))))
            steps.append(Step(Decision(f"g{k}{j}", low, high, draw(st.sampled_from("ab"))), 5, 20))
        found.append(Route(f"r{k}", tuple(steps)))
    return tuple(found)


@few
@given(assemblies(), st.data())
def test_more_yes_votes_never_lower_the_chance(vote: Assembly, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, len(vote.blocs) - 1))
    bloc = vote.blocs[k]
    room = bloc.seats - bloc.high
    more = data.draw(st.floats(0, float(room)))
    better = replace(bloc, low=bloc.low + more, high=bloc.high + more)
    changed = replace(vote, blocs=(*vote.blocs[:k], better, *vote.blocs[k + 1 :]))
    assert np.all(changed.passes(WORLDS) >= vote.passes(WORLDS))


@few
@given(assemblies(), st.integers(0, 50))
def test_a_higher_threshold_never_helps(vote: Assembly, more: int) -> None:
    harder = replace(vote, majority=replace(vote.majority, seats=vote.majority.seats + more))
    assert np.all(harder.passes(WORLDS) <= vote.passes(WORLDS))


@few
@given(assemblies())
def test_opponents_hurdle_and_own_vote_are_mirror_images(vote: Assembly) -> None:
    stands = Reversed("rule", (vote,)).passes(WORLDS).mean()
    assert 0 <= stands <= 1
    harder = replace(vote, majority=replace(vote.majority, seats=vote.majority.seats + 10))
    assert Reversed("rule", (harder,)).passes(WORLDS).mean() >= stands
    assert Reversed("rule", (vote, harder)).passes(WORLDS).mean() >= stands


@few
@given(routes(), st.data())
def test_routes_add_and_gates_take_away(ways: tuple[Route, ...], data: st.DataObject) -> None:
    value = chance(ways, WORLDS).value
    assert chance(ways[:-1], WORLDS).value <= value + 1e-12
    extra = Step(Decision("extra", data.draw(st.floats(0, 0.9)), 0.9, "a"))
    longer = (Route(ways[0].id, (*ways[0].steps, extra)), *ways[1:])
    assert chance(longer, WORLDS).value <= value + 1e-12


@few
@given(routes())
def test_what_is_told_about_a_climb_fits_together(ways: tuple[Route, ...]) -> None:
    outcome = climb(ways, WORLDS)
    assert outcome.overall.value == pytest.approx(chance(ways, WORLDS).value)
    best = max(r.chance.value for r in outcome.routes)
    assert best - 1e-12 <= outcome.overall.value <= sum(r.chance.value for r in outcome.routes) + 1e-12
    for route in outcome.routes:
        reached = [g.reached.value for g in route.gates]
        assert reached == sorted(reached, reverse=True)
        assert reached[-1] == pytest.approx(route.chance.value)
        assert all(g.gain >= 0 and g.alone.value >= g.reached.value - 1e-12 for g in route.gates)
        assert route.days[1] <= route.days[0] <= route.days[2]


shares = st.floats(0.05, 0.9)


@few
@given(st.lists(st.tuples(shares, shares, st.integers(200, 5000)), min_size=1, max_size=4), st.floats(0, 0.3))
def test_more_support_in_polls_never_lowers_the_chance(
    asked: list[tuple[float, float, int]], more: float
) -> None:
    polls = tuple(Poll(y, min(n, 1 - y), size) for y, n, size in asked)
    lifted = tuple(
        replace(p, yes=min(1.0, p.yes + more), no=min(p.no, 1 - min(1.0, p.yes + more))) for p in polls
    )
    before = Referendum("v", (Electorate("all", polls),), Rule(), 10, 40).passes(WORLDS)
    after = Referendum("v", (Electorate("all", lifted),), Rule(), 10, 40).passes(WORLDS)
    assert np.all(after >= before)


@few
@given(shares, shares)
def test_two_majorities_are_harder_than_either(first: float, second: float) -> None:
    one = Electorate("one", (Poll(first, 1 - first, 1000),))
    two = Electorate("two", (Poll(second, 1 - second, 1000),))
    both = Referendum("v", (one, two), Rule(regions=2, overall=False)).passes(WORLDS)
    either = Referendum("v", (one, two), Rule(regions=1, overall=False)).passes(WORLDS)
    assert np.all(both <= either)


@few
@given(shares, st.floats(0, 1), st.floats(0, 1))
def test_turnout_and_approval_rules_only_take_away(yes: float, turnout: float, approval: float) -> None:
    people = (Electorate("all", (Poll(yes, 1 - yes, 1000),), 1.0, 0.3, 0.7),)
    plain = Referendum("v", people, Rule()).passes(WORLDS)
    bound = Referendum("v", people, Rule(turnout=turnout, approval=approval)).passes(WORLDS)
    assert np.all(bound <= plain)


@few
@given(st.lists(st.floats(0, 1), min_size=2, max_size=6), st.data())
def test_unanimity_is_the_hardest_rule_of_a_council(chances: list[float], data: st.DataObject) -> None:
    members = tuple(Member(f"m{k}", p, p) for k, p in enumerate(chances))
    need = data.draw(st.integers(1, len(members)))
    some = Council("c", members, need).passes(WORLDS)
    every = Council("c", members, len(members)).passes(WORLDS)
    assert np.all(every <= some)


def test_a_single_vote_equals_the_normal_distribution() -> None:
    from scipy.stats import norm

    worlds = Worlds(seed=2, outer=400, inner=400)
    vote = Assembly("vote", (Bloc("all", 450, 201, 262),), Majority(seats=226))
    half = (262 - 201) / 2 / constants.Z90
    width = worlds.uniform(constants.WIDTH.name, 1, 1.5)
    exact = norm.sf((226 - 231.5) / (half * width)).mean()
    assert vote.passes(worlds).mean() == pytest.approx(exact, abs=0.005)


def test_vectorised_vote_equals_counting_one_future_at_a_time() -> None:
    members = (Bloc("a", 40, 20, 30, 5), Bloc("b", 60, 10, 30, 0))
    vote = Assembly("vote", members, Majority(cast=0.5, quorum=50))
    yes = vote.votes(WORLDS)
    slow = []
    for i in range(WORLDS.size):
        total = sum(yes[k, i] for k in range(2))
        no = sum(max(m.seats - m.absent - yes[k, i], 0) for k, m in enumerate(members))
        slow.append(total + no >= 50 and total > 0.5 * (total + no))
    assert vote.passes(WORLDS).tolist() == slow


def test_pooling_equals_the_textbook_formula_and_discounts_old_and_soft_polls() -> None:
    design, drift = np.array([1.5]), np.array([0.003])
    fresh, old = Poll(0.6, 0.4, 1000), Poll(0.4, 0.6, 1000, age=400)
    v = [1.5 * 0.25 / 1000 + 0.02**2 + 0.003**2 * age for age in (0, 400)]
    expected = (0.6 / v[0] + 0.4 / v[1]) / (1 / v[0] + 1 / v[1])
    yes, undecided, variance = pooled((fresh, old), design, drift)
    assert yes[0] == pytest.approx(expected)
    assert variance[0] == pytest.approx(1 / (1 / v[0] + 1 / v[1]))
    assert undecided[0] == pytest.approx(0, abs=1e-12)
    soft = pooled((replace(fresh, attitude=True),), design, drift)[2][0]
    assert soft > pooled((fresh,), design, drift)[2][0]


def test_gates_of_one_mood_correlate_and_others_do_not() -> None:
    worlds = Worlds(seed=3, outer=200, inner=200)
    first, same, other = worlds.latent("x", "a"), worlds.latent("y", "a"), worlds.latent("z", "b")
    assert np.corrcoef(first, same)[0, 1] == pytest.approx(0.5, abs=0.03)
    assert np.corrcoef(first, other)[0, 1] == pytest.approx(0, abs=0.02)
    assert first.std() == pytest.approx(1, abs=0.02)


def test_two_gates_in_a_row_gain_from_a_shared_mood_and_two_routes_lose() -> None:
    a, b = Step(Decision("a", 0.5, 0.5)), Step(Decision("b", 0.5, 0.5))
    row = climb((Route("row", (a, b)),), Worlds(seed=4))
    assert row.unrelated < row.overall.value < row.together
    either = climb((Route("a", (a,)), Route("b", (b,))), Worlds(seed=4))
    assert either.unrelated > either.overall.value > either.together
    assert row.pivotal in ("a", "b")


def test_the_interval_widens_with_what_is_not_known_and_the_error_shrinks_with_draws() -> None:
    sure = climb((Route("r", (Step(Decision("g", 0.5, 0.5)),)),), Worlds(seed=5)).overall
    unsure = climb((Route("r", (Step(Decision("g", 0.2, 0.8)),)),), Worlds(seed=5)).overall
    assert unsure.high - unsure.low > 3 * (sure.high - sure.low)
    more = climb((Route("r", (Step(Decision("g", 0.2, 0.8)),)),), Worlds(seed=5, outer=1024)).overall
    assert more.error < unsure.error
    assert more.value == pytest.approx(0.5, abs=4 * more.error)


def test_a_halt_must_hold_for_the_steps_that_follow_it() -> None:
    base = classes()[FORTNA_VARYING, "truce, peacekeepers absent"]
    halt, vote = Step(Hold("halt", base)), Step(Decision("vote", 1.0, 1.0), 300, 400)
    first = climb((Route("r", (halt, vote)),), Worlds(seed=6)).overall.value
    after = climb((Route("r", (vote, halt)),), Worlds(seed=6)).overall.value
    assert after == 1
    assert 0.3 < first < 0.7


def test_a_bloc_that_settles_everything_is_named() -> None:
    big, small = Bloc("big", 90, 20, 80), Bloc("small", 10, 0, 10)
    vote = Assembly("vote", (big, small), Majority(seats=51))
    decides = vote.decides(WORLDS)
    assert decides[0] > 0.9 > decides[1]


def test_the_member_that_blocks_is_named() -> None:
    members = (*(Member(f"m{k}", 1, 1) for k in range(4)), Member("x", 0.2, 0.2))
    blocks = Council("c", members, 5).blocks(WORLDS)
    assert blocks[:4] == (0, 0, 0, 0)
    assert blocks[4] == pytest.approx(0.8, abs=0.05)


def test_qualified_majority_counts_weight_as_well() -> None:
    members = (Member("big", 0, 0, 60), Member("a", 1, 1, 20), Member("b", 1, 1, 20))
    assert Council("c", members, 2).passes(WORLDS).all()
    assert not Council("c", members, 2, weight=0.65).passes(WORLDS).any()


def test_a_bloc_decides_a_reversed_rule_only_where_every_other_hurdle_is_cleared() -> None:
    """A hurdle nobody clears leaves nobody deciding; one surely cleared hides nothing."""
    close = Assembly("close", (Bloc("a", 100, 20, 40), Bloc("b", 100, 20, 40)), Majority(seats=60))
    never = Assembly("never", (Bloc("c", 100, 0, 10),), Majority(seats=50))
    sure = Assembly("sure", (Bloc("c", 100, 90, 99),), Majority(seats=50))
    assert Reversed("r", (close, never)).decides(WORLDS)[0] == (0.0, 0.0)
    both, alone = Reversed("r", (close, sure)).decides(WORLDS), Reversed("r", (close,)).decides(WORLDS)
    assert both[0] == alone[0]
    assert both[1] == (0.0,)
    assert min(alone[0]) > 0


def test_an_electorate_decides_where_its_luck_alone_turns_the_vote() -> None:
    """Two regions must both pass: the one in doubt decides, the safe one does not."""
    safe = Electorate("safe", (Poll(0.9, 0.1, 2000),))
    doubt = Electorate("doubt", (Poll(0.5, 0.45, 2000),))
    vote = Referendum("v", (safe, doubt), Rule(regions=2, overall=False))
    decided = vote.decides(WORLDS)
    assert decided[0] == 0
    assert decided[1] > 0.9


def test_no_route_is_no_chance_and_an_empty_route_is_a_sure_one() -> None:
    assert climb((), WORLDS).overall.value == 0
    assert climb((), WORLDS).pivotal == ""
    assert climb((Route("free", ()),), WORLDS).overall.value == 1


def test_the_same_seed_gives_the_same_answer() -> None:
    ways = (Route("r", (Step(Assembly("v", (Bloc("b", 100, 40, 60),), Majority(seats=51))),)),)
    assert climb(ways, Worlds(seed=8)) == climb(ways, Worlds(seed=8))
    assert climb(ways, Worlds(seed=8)) != climb(ways, Worlds(seed=9))


@pytest.mark.parametrize(
    "call",
    [
        lambda: Bloc("b", 10, 5, 11),
        lambda: Bloc("b", 10, 6, 5),
        lambda: Majority(seats=0),
        lambda: Majority(cast=1.0),
        lambda: Assembly("a", (), Majority(seats=1)),
        lambda: Council("c", (Member("m", 0, 1),), 2),
        lambda: Member("m", 0.5, 1.5),
        lambda: Decision("d", 0.5, 0.4),
        lambda: Poll(0.7, 0.7, 100),
        lambda: Poll(0.5, 0.4, 0),
        lambda: Electorate("e", ()),
        lambda: Electorate("e", (Poll(0.5, 0.5, 10),), 1, 0.8, 0.2),
        lambda: Rule(share=1.0),
        lambda: Rule(regions=0, overall=False),
        lambda: Referendum("r", (Electorate("e", (Poll(0.5, 0.5, 10),)),), Rule(regions=2)),
        lambda: Step(Decision("d", 0, 1), 5, 1),
        lambda: Worlds(seed=1, outer=0),
        lambda: Worlds(seed=1, shared_gates=2.0),
        lambda: Reversed("r", ()),
    ],
)
def test_nonsense_is_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        call()  # type: ignore[operator]
