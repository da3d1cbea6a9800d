"""The poll model is as wrong as polls have been: Shirani-Mehr et al. 2018, Fisher & Renwick 2016."""

from __future__ import annotations

import numpy as np
import pytest

from detente.methods.ratification import constants
from detente.methods.ratification.referendum import Electorate, Poll, Referendum, Rule
from detente.methods.ratification.worlds import Worlds


def _errors(n: int) -> np.ndarray:
    vote = Referendum("v", (Electorate("all", (Poll(0.5, 0.5, n),)),), Rule())
    return vote.shares(Worlds(seed=1, outer=400, inner=200))[0] - 0.5


def test_one_final_poll_is_off_by_about_three_and_a_half_points() -> None:
    spread = (_errors(1500) - _errors(1500).mean()).std()
    assert spread == pytest.approx(0.035, abs=0.005)


def test_infinitely_many_people_asked_leave_the_errors_that_polls_share() -> None:
    spread = (_errors(10**9) - _errors(10**9).mean()).std()
    floor = np.hypot(constants.SHARED_BIAS_SD.high, constants.HOUSE_SD.high)
    assert spread == pytest.approx(np.hypot(floor, 0.013), abs=0.002)  # 0.013: spread of what is overstated


def test_polls_overstate_change_by_the_published_average() -> None:
    assert _errors(1500).mean() == pytest.approx(-0.0225, abs=0.004)


def test_the_shared_error_has_the_published_mean_absolute_size() -> None:
    assert constants.SHARED_BIAS_SD.high * np.sqrt(2 / np.pi) == pytest.approx(0.02, abs=1e-3)


def test_the_margin_published_by_a_pollster_lies_within_the_design_effects_used() -> None:
    """KIIS gives up to 5.8 points for about 500 people, design effect included."""
    margins = [
        1.96 * np.sqrt(d * 0.25 / 500) for d in (constants.DESIGN_EFFECT.low, constants.DESIGN_EFFECT.high)
    ]
    assert margins[0] < 0.058 < margins[1]


def test_every_constant_names_its_source() -> None:
    for constant in constants.ALL:
        assert "doi:" in constant.source or "judgement" in constant.source or "2016" in constant.source
        assert constant.low <= constant.high
