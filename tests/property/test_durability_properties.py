"""Survival never rises, worse ratios never help, and draws answer to their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.methods.durability import engine, pieces
from detente.methods.durability.ratios import Ratio, priors
from detente.methods.durability.references import FORTNA_VARYING, TERMINATIONS, classes

hazards = st.lists(st.floats(0, 0.05), min_size=5, max_size=5).map(np.array)
days = st.lists(st.floats(0, 4000), min_size=2, max_size=8).map(sorted)
TRUCE = classes()[FORTNA_VARYING, "truce, peacekeepers absent"]


@given(hazards, days)
def test_failure_never_falls_with_time(h: np.ndarray, t: list[float]) -> None:
    found = pieces.failure(h, t)
    assert np.all(np.diff(found) >= -1e-12)
    assert np.all((found >= 0) & (found <= 1))


@given(hazards, st.floats(1, 5), days)
def test_a_higher_ratio_never_helps(h: np.ndarray, ratio: float, t: list[float]) -> None:
    assert np.all(pieces.failure(ratio * h, t) >= pieces.failure(h, t) - 1e-12)


@given(hazards, st.floats(0, 2000), st.floats(0, 2000))
def test_holding_first_and_then_on_is_holding_all_the_way(h: np.ndarray, s: float, more: float) -> None:
    whole = 1 - pieces.failure(h, [s + more])[0]
    first = 1 - pieces.failure(h, [s])[0]
    then = 1 - pieces.failure(h, [s + more], held=s)[0]
    assert whole == pytest.approx(first * then, abs=1e-9)


@given(hazards, st.floats(0, 3000))
def test_closed_form_equals_day_by_day_product(h: np.ndarray, t: float) -> None:
    steps = np.linspace(0, t, 2001)
    middle = (steps[1:] + steps[:-1]) / 2
    piece = np.searchsorted(pieces.EDGES, middle, side="right") - 1
    slow = 1 - np.exp(-np.sum(h[piece] * np.diff(steps)))
    assert pieces.failure(h, [t])[0] == pytest.approx(slow, abs=5e-3)


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0.1, 3000), st.booleans()), min_size=1, max_size=20))
def test_counting_loses_no_day_and_no_failure(rows: list[tuple[float, float, bool]]) -> None:
    entry = np.array([r[0] for r in rows])
    leave = entry + [r[1] for r in rows]
    counted = pieces.count_pieces(entry, leave, [r[2] for r in rows])
    assert counted.days.sum() == pytest.approx(np.sum(leave - entry))
    assert counted.events.sum() == sum(r[2] for r in rows)


def test_posterior_sits_at_the_data_when_there_is_much_of_it() -> None:
    many = pieces.Counts(TRUCE.counts.events * 1000 + 1000, TRUCE.counts.days * 1000)
    drawn = pieces.draw_hazards(many, many, 4000, np.random.default_rng(3))
    assert drawn.mean(axis=0) == pytest.approx(pieces.crude(many), rel=0.02)


def test_a_piece_without_failures_has_neither_no_risk_nor_much() -> None:
    last = pieces.draw_hazards(TRUCE.counts, TRUCE.wider, 20_000, np.random.default_rng(3))[:, 4]
    assert 0 < last.mean() < pieces.crude(TRUCE.wider)[4] * 3


@given(st.sampled_from(sorted(priors())), st.floats(0, 1), st.floats(0, 1))
def test_more_of_a_feature_moves_the_median_towards_its_ratio(feature: str, x: float, y: float) -> None:
    ratio, less, more = priors()[feature], min(x, y), max(x, y)
    few = np.median(ratio.draw(np.full(4001, less), np.random.default_rng(0)))
    many = np.median(ratio.draw(np.full(4001, more), np.random.default_rng(0)))
    direction = np.sign(np.log(ratio.median))
    assert direction * (np.log(many) - np.log(few)) >= -0.03


def test_draws_of_a_ratio_have_the_stated_median_and_range() -> None:
    ratio = priors()["peacekeepers"]
    drawn = ratio.draw(np.ones(200_000), np.random.default_rng(5))
    assert np.percentile(drawn, [2.5, 50, 97.5]) == pytest.approx([0.25, 0.5, 1.0], rel=0.02)


def test_the_same_seed_gives_the_same_draws() -> None:
    terms = [engine.Term(priors()["peacekeepers"], 0.2, 0.6)]
    one = engine.draw(TRUCE, terms, 100, np.random.default_rng(9)).failed([365])
    two = engine.draw(TRUCE, terms, 100, np.random.default_rng(9)).failed([365])
    assert np.array_equal(one, two)


def test_a_protecting_term_lowers_and_leaving_it_out_restores() -> None:
    terms = [engine.Term(priors()["peacekeepers"]), engine.Term(priors()["earlier_broken"])]
    drawn = engine.draw(TRUCE, terms, 4000, np.random.default_rng(2))
    assert drawn.failed([365]).mean() < drawn.failed([365], leave_out=0).mean()
    assert drawn.failed([365]).mean() > drawn.failed([365], leave_out=1).mean()
    alone = engine.draw(TRUCE, [], 4000, np.random.default_rng(2))
    assert np.array_equal(alone.failed([365]), alone.failed_base([365]))


def test_the_ratio_that_defines_a_group_is_refused() -> None:
    settled = classes()[FORTNA_VARYING, "settlement, peacekeepers absent"]
    with pytest.raises(ValueError, match="already has"):
        engine.draw(settled, [engine.Term(priors()["settlement"])], 10, np.random.default_rng(0))


def test_terminations_say_nothing_about_the_first_year() -> None:
    group = classes()[TERMINATIONS, "interstate, ceasefire"]
    assert group.from_day == 365
    drawn = engine.draw(group, [], 100, np.random.default_rng(0))
    with pytest.raises(ValueError, match="before the day"):
        drawn.failed([180])
    assert drawn.failed([365]).max() == 0


@pytest.mark.parametrize(
    "call",
    [
        lambda: pieces.failure(np.array([-1.0, 0, 0, 0, 0]), [30]),
        lambda: pieces.failure(np.full(5, np.nan), [30]),
        lambda: pieces.failure(np.zeros(5), [-1]),
        lambda: pieces.Counts(np.array([1.0, 0, 0, 0, 0]), np.zeros(5)),
        lambda: pieces.count_pieces([5], [4], [True]),
        lambda: Ratio("x", "x", 1.0, 2.0, 3.0, "judgement"),
        lambda: pieces.beta_binomial(-1, 2),
    ],
)
def test_nonsense_is_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        call()  # type: ignore[operator]
