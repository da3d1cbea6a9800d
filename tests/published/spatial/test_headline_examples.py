"""Anchors, levers and the mixture against the worked examples and the 1994 emission table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.methods.spatial import anchors, levers, lottery, mixture, scoring

Examples = dict[str, Any]


def test_anchors_and_levers_of_the_simple_example(examples: Examples) -> None:
    case = examples["simple"]
    x, w = case["position"], np.multiply(case["capability"], case["salience"])
    assert w == pytest.approx(case["weight"])
    found = levers.levers(x, w)
    assert found.compromise == pytest.approx(case["compromise"], abs=1e-9)
    assert found.by_position == pytest.approx(case["d_compromise_d_position"], abs=1e-9)
    assert found.by_weight == pytest.approx(case["d_compromise_d_weight"], abs=1e-9)
    assert anchors.weighted_mean(x, np.ones(4)) == pytest.approx(case["mean"])
    assert anchors.weighted_median(x, w) == case["weighted_median"]


def test_a_tie_at_one_half_averages_the_two_positions(examples: Examples) -> None:
    case = examples["weighted_median_tie"]
    assert anchors.weighted_median(case["position"], case["weight"]) == case["weighted_median"]


def test_mixture_on_the_emission_table(examples: Examples) -> None:
    case = examples["mixture_emission"]
    x, w = case["positions"], case["weight_at_position"]
    place, probability = lottery.lottery(x, w, 0.5, 0.0)
    assert place.tolist() == x
    assert probability == pytest.approx(case["lottery_probability"], abs=1e-9)
    f = mixture.cdf(scoring.GRID, x, w)
    assert {z: float(f[int(z)]) for z in case["F"]} == pytest.approx(case["F"], abs=1e-9)
    assert scoring.quantile(f, [0.1, 0.5, 0.9]).tolist() == case["quantile_grid_10_50_90"]
    assert (1 - f[:-1]).sum() == pytest.approx(case["mean_on_grid"], abs=1e-9)
    assert scoring.crps(f, case["outcome"]) == pytest.approx(case["crps_grid"], abs=1e-9)
    middle = float(anchors.weighted_mean(x, w))
    assert middle == pytest.approx(case["compromise"], abs=1e-9)
    assert scoring.crps(scoring.point(middle), case["outcome"]) == pytest.approx(
        case["crps_point_compromise"]
    )


@pytest.mark.parametrize("name", ["emission", "ktab_SOE-Policy", "ktab_dummyData-a040"])
def test_anchors_of_whole_cases(data: Path, name: str) -> None:
    case = json.loads((data / f"{name}.json").read_text())
    x, c, s = (np.array([a[k] for a in case["actors"]]) for k in ("position", "capability", "salience"))
    expected = case["simple"]
    assert anchors.weighted_mean(x, c * s) == pytest.approx(expected["compromise"], abs=1e-9)
    assert anchors.weighted_mean(x, c) == pytest.approx(expected["capability_weighted_mean"], abs=1e-9)
    assert anchors.weighted_mean(x, np.ones(x.size)) == pytest.approx(expected["mean"], abs=1e-9)
    assert anchors.weighted_median(x, c * s) == pytest.approx(expected["weighted_median"], abs=1e-9)
