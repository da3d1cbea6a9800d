"""The expected utility model in both readings against published and independent outputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.methods.spatial import eum, eum_kernel

READINGS = ("scholz", "pairwise")


def inputs(case: dict[str, Any]) -> tuple[np.ndarray, ...]:
    keys = ("position", "capability", "salience")
    return tuple(np.array([a[k] for a in case["actors"]], dtype=float) for k in keys)


def first_divergence(found: np.ndarray, expected: np.ndarray, span: float) -> int | None:
    """Return the first round in which any actor stands elsewhere; after it a chaotic model says little."""
    gaps = np.abs(found - expected).max(axis=1) / span
    return None if (gaps < 1e-9).all() else int(np.argmax(gaps >= 1e-9))


def agrees(case: dict[str, Any], reading: str) -> None:
    expected = case["expected"][f"eum_{reading}"]
    x, c, s = inputs(case)
    run = eum.play(x, c, s, reading)  # type: ignore[arg-type]
    positions = np.array(expected["positions"], dtype=float)
    assert run.position.shape == positions.shape
    assert first_divergence(run.position, positions, np.ptp(x)) is None
    assert run.risk == pytest.approx(np.array(expected["risk_exponent"])[: len(run.risk)], abs=1e-9)
    assert run.median == pytest.approx(expected["weighted_median"], abs=1e-9)
    assert run.mean == pytest.approx(expected["weighted_mean"], abs=1e-9)


@pytest.mark.parametrize("reading", READINGS)
def test_emission_standards_round_by_round(data: Path, reading: str) -> None:
    agrees(json.loads((data / "emission.json").read_text()), reading)


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("name", ["iran2013", "sultan_oil"])
def test_cases_kept_beside_the_checkout(shared: Path, name: str, reading: str) -> None:
    agrees(json.loads((shared / f"data/spatial/{name}.json").read_text()), reading)


def test_published_table_except_the_round_that_is_known_to_differ(data: Path) -> None:
    case = json.loads((data / "emission.json").read_text())
    run = eum.play(*inputs(case), reading="scholz")
    printed = case["published"]["scholz_2011_table_2_rounds_1_to_8"]
    median, mean = run.median[1:9], run.mean[1:9]
    same = np.arange(8) != 1  # the paper prints 9.9 for round 2, the program behind it 9.6
    # The table cuts digits off in some cells and rounds in others, so one unit of its last digit is allowed.
    assert np.abs(median - printed["median"])[same].max() < 0.1
    assert np.abs(mean - printed["mean"]).max() < 0.1
    assert median[1] == pytest.approx(9.61, abs=0.005)


def test_who_took_which_offer_on_emission_standards(data: Path) -> None:
    case = json.loads((data / "emission.json").read_text())
    names = [a["name"] for a in case["actors"]]
    moves = eum.play(*inputs(case), reading="scholz").moves
    expected = case["expected"]["eum_scholz"]["moves"]
    for t, offers in enumerate(expected, start=1):
        found = [(names[m.actor], m.kind, names[m.other]) for m in moves if m.round == t]
        assert found == [(o["actor"], o["kind"], o["other"]) for o in offers]


@pytest.mark.parametrize("reading", READINGS)
def test_first_round_step_by_step(data: Path, examples: dict[str, Any], reading: str) -> None:
    x, c, s = inputs(json.loads((data / "emission.json").read_text()))
    steps = examples["eum_emission_round_1"][f"eum_{reading}"]
    n, pairwise = x.size, reading == "pairwise"
    delta = np.abs(x[:, None] - x) / np.ptp(x)
    wins, risk = np.empty((n, n)), np.empty(n)
    votes = eum_kernel.support_for(delta, np.ones(n), c * s, wins)
    if steps["denominator_r1"] is not None:
        assert votes == pytest.approx(steps["denominator_r1"], abs=1e-9)
    eum_kernel.wins_of(delta, np.ones(n), c * s, pairwise, wins)
    assert wins == pytest.approx(np.array(steps["probability_r1"]), abs=1e-9)
    expects = np.array(
        [[eum_kernel.gain(delta[j, i], wins[j, i], s[i], 1.0) for j in range(n)] for i in range(n)]
    )
    np.fill_diagonal(expects, 0.0)
    assert expects.sum(axis=1) == pytest.approx(steps["security"], abs=1e-9)
    assert eum_kernel.risks(delta, wins, s, risk)
    assert risk == pytest.approx(steps["risk_exponent_r"], abs=1e-9)
    eum_kernel.wins_of(delta, risk, c * s, pairwise, wins)
    assert wins == pytest.approx(np.array(steps["probability_r"]), abs=1e-9)
    b = 1  # Belgium's own view of every pair it is in
    others = np.flatnonzero(x != x[b])
    own = [eum_kernel.gain(delta[b, j], wins[b, j], s[j], risk[b]) for j in others]
    theirs = [eum_kernel.gain(delta[b, j], wins[j, b], s[b], risk[b]) for j in others]
    assert own == pytest.approx(np.array(steps["belgium_E_ij"])[others], abs=1e-9)
    assert theirs == pytest.approx(np.array(steps["belgium_E_ji"])[others], abs=1e-9)
