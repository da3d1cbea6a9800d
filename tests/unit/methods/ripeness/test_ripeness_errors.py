"""What the time methods refuse, and how they say so."""

from __future__ import annotations

import numpy as np
import pytest

from detente.methods.ripeness.backtest import backtest, crps
from detente.methods.ripeness.base_rates import base_rates
from detente.methods.ripeness.economy import Economy, Shocks, State, run
from detente.methods.ripeness.front import Horizon, held, monthly_gains
from detente.methods.ripeness.pace import fit_pace, given_pace
from detente.methods.ripeness.window import any_ripe, ripe
from detente.methods.ripeness.worth import worth_paths


@pytest.mark.parametrize("gains", [[], [np.nan, 1.0], [[1.0]]])
def test_a_pace_needs_months_with_numbers(gains):
    with pytest.raises(ValueError, match="at least one month"):
        fit_pace(gains)


@pytest.mark.parametrize(
    ("slow", "fast", "stay", "words"),
    [((0, 1), (1, 2), 0.5, "above 0"), ((2, 1), (1, 2), 0.5, "backwards"), ((1, 2), (3, 4), 1.5, r"0\.\.1")],
)
def test_a_stated_pace_that_makes_no_sense_is_refused(slow, fast, stay, words):
    with pytest.raises(ValueError, match=words):
        given_pace(slow, fast, stay, 0.5)


def test_paths_need_areas_and_starts_inside_them():
    with pytest.raises(ValueError, match="at least one area"):
        monthly_gains([], Horizon(1, 1), np.random.default_rng(1))
    with pytest.raises(ValueError, match="between 0 and the size"):
        held([120.0], np.zeros((1, 1, 1)), [100.0])


def test_missing_numbers_never_pass():
    hole = float("nan")
    economy = Economy(deficit=hole, oil_share=0.05, oil_reference=58, borrowing=1.8)
    for call in (
        lambda: run(economy, State(0, 4, 8, 1), Shocks([60.0], 0, 0, 0)),
        lambda: crps([hole], 1.0),
        lambda: ripe([[hole]], [[[1.0]]]),
        lambda: any_ripe(np.full((1, 1, 1, 1), hole), np.zeros((1, 1), int), np.zeros((1, 1, 1))),
        lambda: worth_paths([[hole]], [[[0.0]]], [[[0.0]]]),
        lambda: base_rates(hole),
    ):
        with pytest.raises(ValueError, match=r"number|finite|years"):
            call()


def test_losses_of_ground_enter_by_size_and_by_share():
    pace = fit_pace([100, -90, 110, -95, 105])
    assert pace.reversed == (3.0, 27.0)
    drawn = monthly_gains([pace], Horizon(12, 500), np.random.default_rng(2))
    assert 0.02 < (drawn < 0).mean() < 0.25


def test_a_series_of_one_value_still_gives_an_interval():
    drawn = monthly_gains([fit_pace([200.0] * 6)], Horizon(1, 500), np.random.default_rng(3))
    assert np.quantile(np.abs(drawn), 0.95) > np.quantile(np.abs(drawn), 0.05)


def test_no_forecast_is_issued_without_data():
    assert backtest([100.0, 120.0, 90.0], (1,), 10, np.random.default_rng(1)) == []
