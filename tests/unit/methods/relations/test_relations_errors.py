"""What the relations methods refuse, and how they say so; the larger network that enumeration cannot do."""

from __future__ import annotations

import numpy as np
import pytest

from detente.errors import TooLarge
from detente.methods.relations.balance import frustration, pull, triads
from detente.methods.relations.burden import burden_shares, cover
from detente.methods.relations.diffusion import balance_flow, final_camps, signed_diffusion
from detente.methods.relations.similarity import portfolio_kappa, portfolio_s, tau_b


@pytest.mark.parametrize(
    ("ties", "words"),
    [
        ([[0, 1], [-1, 0]], "asymmetric"),
        ([[1, 0], [0, 0]], "to itself"),
        ([[0, np.nan], [np.nan, 0]], "not a number"),
        ([[0, 1, 1]], "square"),
    ],
)
def test_a_table_that_is_no_signed_network_is_refused(ties, words):
    for method in (frustration, triads):
        with pytest.raises(ValueError, match=words):
            method(ties)


def test_missing_numbers_never_pass():
    hole = np.full((3, 3), np.nan)
    for call in (
        lambda: pull(hole),
        lambda: final_camps(hole),
        lambda: signed_diffusion(hole, [0, 0, 0]),
        lambda: portfolio_s([np.nan, 1], [1, 1], 3),
        lambda: burden_shares([np.nan], [1]),
        lambda: cover(np.nan, [1], [1]),
    ):
        with pytest.raises(ValueError, match=r"number|not negative"):
            call()


def test_portfolios_off_the_scale_or_constant_are_refused():
    with pytest.raises(ValueError, match="leaves the scale"):
        portfolio_s([4, 0], [0, 0], 3)
    with pytest.raises(ValueError, match="same states"):
        portfolio_s([1, 0], [0, 0, 1], 3)
    with pytest.raises(ValueError, match="same constant"):
        portfolio_kappa([0, 0], [0, 0])
    with pytest.raises(ValueError, match="constant"):
        tau_b([1, 1], [0, 1])


def test_above_twenty_nodes_the_answer_is_proven_by_the_program():
    rng = np.random.default_rng(3)
    camp = rng.choice([-1.0, 1.0], 26)
    ties = np.outer(camp, camp) * (rng.random((26, 26)) < 0.4)
    ties = np.triu(ties, 1)
    flips = [tuple(p) for p in np.argwhere(ties)[:3]]
    for i, j in flips:
        ties[i, j] *= -1
    result = frustration(ties + ties.T)
    assert result.exact
    assert result.index <= 3


def test_a_time_limit_gives_a_bound_that_says_so():
    rng = np.random.default_rng(4)
    ties = np.triu(rng.choice([-1.0, 1.0], (60, 60)), 1)
    result = frustration(ties + ties.T, seconds=1.0)
    assert not result.exact
    assert 0 <= result.lower < result.index


def test_too_many_nodes_are_refused_with_the_way_out():
    with pytest.raises(TooLarge, match="keep the main actors"):
        frustration(np.zeros((401, 401)))


def test_flow_has_no_value_after_its_blow_up():
    with pytest.raises(ValueError, match="blow-up"):
        balance_flow([[0, 1], [1, 0]], 1.0)
    assert (final_camps(-(np.ones((3, 3)) - np.eye(3))) == 0).all()  # three enemies: limit not determined
