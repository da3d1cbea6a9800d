"""The Spatial Model of Politics against the original program's outputs: every turn, every sub-model."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.methods.spatial import smp, smp_bargains, smp_kernel, votes

FIELDS = {
    "PCEModel": "election",
    "VictoryProbModel": "victory",
    "VotingRule": "voting",
    "BigRRange": "risk_range",
    "BigRAdjust": "risk_adjust",
    "ThirdPartyCommit": "third_party",
    "InterVecBrgn": "weights",
    "BargnModel": "bargain",
}
THIRD_PARTY_ONLY = replace(smp.COMPAT, third_party="Preferred")
DATA = Path(__file__).resolve().parents[2] / "data" / "spatial"
SYNTHETIC = json.loads((DATA / "synthetic_submodels.json").read_text())
SHIPPED = ("emission", "ktab_SOE-Policy", "ktab_dummyData-a040")


def models(name: str) -> smp.SubModels:
    """Return the sub-models a run of the synthetic case is named after."""
    if name == "defaults":
        return smp.COMPAT
    if name == "corrected third party (own)":
        return THIRD_PARTY_ONLY
    field, _, value = name.split(" ", maxsplit=1)[0].partition("=")
    return replace(smp.COMPAT, **{FIELDS[field]: value}, repaired="repaired" in name)


def arrays(case: dict[str, Any]) -> tuple[np.ndarray, ...]:
    keys = ("position", "capability", "salience")
    return tuple(np.array([a[k] for a in case["actors"]], dtype=float) for k in keys)


@pytest.mark.parametrize(("dims", "name"), [(d, n) for d, runs in SYNTHETIC["runs"].items() for n in runs])
def test_every_deterministic_sub_model(dims: str, name: str) -> None:
    expected = SYNTHETIC["runs"][dims][name]
    x, c, s = arrays(SYNTHETIC)
    count = int(dims[0])
    run = smp.play(x[:, :count], c, s[:, :count] / 100, models(name))
    assert len(run.risk) == expected["turns"]
    assert run.position[1] == pytest.approx(np.array(expected["positions_turn_1"]), abs=1e-7)
    assert run.position[-1] == pytest.approx(np.array(expected["positions_final"]), abs=1e-7)
    if "positions_all_turns" in expected:
        assert run.position == pytest.approx(np.array(expected["positions_all_turns"]), abs=1e-7)


def agrees(folder: Path, name: str, key: str, chosen: smp.SubModels) -> None:
    """Hold every turn of a whole case against what the fixture says, on the scale it was run on."""
    case = json.loads((folder / f"{name}.json").read_text())
    expected = case["expected"][key]
    x, c, s = arrays(case)
    low, high = (0.0, 100.0) if name.startswith("ktab") else (x.min(), x.max())
    run = smp.play((x - low) / (high - low) * 100, c, np.minimum(s, 0.999999), chosen)
    found = low + run.position[:, :, 0] * (high - low) / 100
    assert found.shape == np.shape(expected["positions"])
    assert np.abs(found - np.array(expected["positions"])).max() < 1e-9 * (high - low)
    if "option_probability" not in expected:
        return
    printed = np.array(expected["option_probability"])
    for t in range(printed.shape[1]):
        shown = smp.option_probability(run.position[t], c, np.minimum(s, 0.999999)[:, None], chosen)
        assert shown == pytest.approx(printed[:, t], abs=5.001e-5)


@pytest.mark.parametrize("name", SHIPPED)
def test_original_program_turn_by_turn(data: Path, name: str) -> None:
    agrees(data, name, "smp", smp.COMPAT)


@pytest.mark.parametrize("name", SHIPPED)
def test_corrected_third_parties_turn_by_turn(data: Path, name: str) -> None:
    agrees(data, name, "smp_corrected", THIRD_PARTY_ONLY)


@pytest.mark.parametrize("name", ["iran2013", "sultan_oil"])
def test_cases_kept_beside_the_checkout(shared: Path, name: str) -> None:
    agrees(shared / "data/spatial", name, "smp", smp.COMPAT)
    agrees(shared / "data/spatial", name, "smp_corrected", THIRD_PARTY_ONLY)


def test_third_parties_in_the_original_and_corrected(examples: dict[str, Any]) -> None:
    for row in examples["third_party"]["rows"]:
        x, c = np.array(row["position"], dtype=float)[:, None] / 100, np.array(row["capability"], dtype=float)
        n = len(c)
        apart, view = np.empty((n, n)), np.empty((n, n))
        smp_kernel.distances(x, np.full((n, 1), row["salience"]), apart)
        smp_kernel.outlook(apart, np.zeros(n), 0, 1 / 3, view)
        for third, key in ((smp_kernel.SEMI, "compat"), (smp_kernel.PREFERRED, "corrected")):
            win = smp_kernel.contest(view, c * row["salience"], (0, 1), 0, third)
            assert win == pytest.approx(row[key], abs=1e-9)


@pytest.mark.parametrize("key", ["compat", "corrected_third_party"])
def test_first_turn_in_two_dimensions_step_by_step(examples: dict[str, Any], key: str) -> None:
    steps = examples["smp_synthetic_2d_turn_1"]
    chosen = smp.COMPAT if key == "compat" else THIRD_PARTY_ONLY
    model, blend = chosen.setting()
    x, c, s = arrays(SYNTHETIC)
    theta, s = x / 100, np.ascontiguousarray(s / 100)
    total, n = s.sum(axis=1), len(x)
    apart, risk, strength, beats = np.empty((n, n)), np.empty(n), np.empty((n, n)), np.empty((n, n))
    smp_kernel.distances(theta, s, apart)
    assert apart == pytest.approx(np.array(steps["distance"]), abs=1e-9)
    votes.strengths(0, c, 1 - apart, strength)
    assert strength == pytest.approx(np.array(steps["coalition_strength"]), abs=1e-9)
    votes.victories(0, strength, beats)
    assert beats == pytest.approx(np.array(steps["victory_probability"]), abs=1e-9)
    assert votes.elect((0, 0, 0), c, 1 - apart) == pytest.approx(steps["option_probability"], abs=1e-9)
    assert smp_kernel.attitudes(apart, c, model, risk)
    assert risk == pytest.approx(steps["risk_attitude"], abs=1e-9)
    expected = steps[key]
    for i in range(n):
        view = np.empty((n, n))
        smp_kernel.outlook(apart, risk, i, blend, view)
        for j in (j for j in range(n) if j != i):
            win = smp_kernel.contest(view, c * total, (i, j), model[0], model[4])
            assert win == pytest.approx(expected["win_probability"][i][j], abs=1e-9)
            found = smp_kernel.gain(view, i, (i, j), win, total[j])
            assert found == pytest.approx(expected["expected_gain"][i][j], abs=1e-9)
    target, estimate = np.empty(n), np.empty((n, 2))
    smp_kernel.choose_targets(apart, risk, (c, total, s), (model, blend), (target, estimate))
    assert [None if t < 0 else int(t) for t in target] == expected["target"]
    pairs, places = np.empty((2 * n, 2)), np.empty((2 * n, 2, 2))
    count = smp_bargains.bargains(theta, (c, total, s), (target, estimate), model, (pairs, places))
    assert count == len(expected["bargains"])
    for b, bargain in enumerate(expected["bargains"]):
        assert pairs[b].tolist() == [bargain["initiator"], bargain["receiver"]]
        assert places[b, 0] == pytest.approx(bargain["initiator_position"], abs=1e-9)
        assert places[b, 1] == pytest.approx(bargain["receiver_position"], abs=1e-9)
    check_elections(expected, (theta, apart, risk, c, s), (pairs, places, count), model)
    run = smp.play(x, c, s, chosen, turns=1)
    assert run.position[1] / 100 == pytest.approx(np.array(expected["positions_after_turn_1"]), abs=1e-9)


def check_elections(
    expected: dict[str, Any], inputs: tuple[np.ndarray, ...], offers: tuple[Any, ...], model: smp_kernel.Model
) -> None:
    """Hold each actor's election among its bargains against the example, options in its order."""
    theta, apart, risk, c, s = inputs
    pairs, places, count = offers
    worth, options = np.empty((len(c), count + 1)), np.empty(count + 1)
    smp_bargains.worths(theta, (c, s.sum(axis=1), s), (apart, risk), (pairs, places), worth)
    for choice in expected["choice"]:
        size = smp_bargains.queue(choice["actor"], pairs, count, options)
        columns = [int(o) if o >= 0 else count for o in options[:size]]
        names = ["status quo" if o == count else f"{int(pairs[o, 0])}->{int(pairs[o, 1])}" for o in columns]
        chance = votes.elect(model[:3], c, np.ascontiguousarray(worth[:, columns]))
        found = dict(zip(names, chance, strict=True))
        assert found == pytest.approx(
            dict(zip(choice["options"], choice["probability"], strict=True)), abs=1e-9
        )
