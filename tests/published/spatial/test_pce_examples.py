"""The probabilistic Condorcet election against the worked example."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detente.methods.spatial import pce, votes


@pytest.fixture
def strength(examples: dict[str, Any]) -> np.ndarray:
    # The example prints the strengths without the 1e-8 that every coalition starts from.
    return np.array(examples["pce"]["coalition_strength"], dtype=float) + 1e-8


def test_pairwise_and_conditional(examples: dict[str, Any], strength: np.ndarray) -> None:
    beats = pce.victories(strength)
    assert beats == pytest.approx(np.array(examples["pce"]["victory_probability"]), abs=5e-9)
    assert pce.lottery(strength, beats) == pytest.approx(examples["pce"]["conditional"], abs=5e-9)


def test_markov_forms_solved_exactly(examples: dict[str, Any], strength: np.ndarray) -> None:
    beats = pce.victories(strength)
    for name in ("uniform", "incentive"):
        rules = pce.Rules(election=f"Markov{name.title()}")
        expected = examples["pce"][f"markov_{name}_stationary"]
        assert pce.lottery(strength, beats, rules) == pytest.approx(expected, abs=5e-9)


def test_markov_forms_stopped_like_the_original(examples: dict[str, Any], strength: np.ndarray) -> None:
    beats, out = pce.victories(strength), np.empty(3)
    votes.settle(beats, np.full((3, 3), 1 / 3), 1e-6, out)
    assert out == pytest.approx(examples["pce"]["markov_uniform_compat"], abs=1e-8)
    challenge = np.empty((3, 3))
    votes.incentives(strength, beats, challenge)
    votes.settle(beats, challenge, 1e-8, out)
    assert out == pytest.approx(examples["pce"]["markov_incentive_compat"], abs=1e-8)
