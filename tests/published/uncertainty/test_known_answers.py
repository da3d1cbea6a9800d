"""Methods of the studies against published or exact answers: Ishigami's indices, known boxes, quantiles."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import sobol_indices, uniform

from detente.methods.uncertainty import information, prim, rank_indices, spread


def ishigami(x: np.ndarray) -> np.ndarray:
    """Ishigami & Homma (1990), doi:10.1109/ISUMA.1990.151285, with a = 7, b = 0.1."""
    found: np.ndarray = np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])
    return found


def test_indices_of_the_ishigami_function() -> None:
    """First-order indices 0.3139, 0.4424 and 0: Saltelli et al. (2008), Global Sensitivity Analysis, 180."""
    rng = np.random.default_rng(1)
    x = rng.uniform(-np.pi, np.pi, (4000, 4))
    found = rank_indices.first_order(x, ishigami(x.T))
    assert found.share == pytest.approx([0.3139, 0.4424, 0.0, 0.0], abs=0.05)
    assert np.all(np.abs(found.share - [0.3139, 0.4424, 0.0, 0.0]) < 4 * found.error)
    assert found.share[2:].max() < 2 * found.floor


def test_ranks_agree_with_the_usual_design() -> None:
    rng = np.random.default_rng(2)
    x = rng.uniform(-np.pi, np.pi, (8000, 3))
    usual = sobol_indices(func=ishigami, n=4096, dists=[uniform(-np.pi, 2 * np.pi)] * 3, random_state=1)
    assert rank_indices.first_order(x, ishigami(x.T)).share == pytest.approx(usual.first_order, abs=0.05)


def test_errors_tell_how_far_off_an_index_is() -> None:
    far = []
    for seed in range(40):
        x = np.random.default_rng(seed).uniform(-np.pi, np.pi, (400, 3))
        found = rank_indices.first_order(x, ishigami(x.T))
        far.append((found.share - [0.3139, 0.4424, 0.0]) / found.error)
    assert 0.6 < np.std(far) < 1.7  # near 1: an error is neither far too small nor far too large


def test_a_known_box_is_found_with_its_coverage_and_density() -> None:
    """A corner of the cube with 95 % of outcomes, elsewhere 5 %: the setting of Bryant & Lempert (2010)."""
    rng = np.random.default_rng(3)
    x = rng.uniform(size=(3000, 5))
    corner = (x[:, 1] > 0.7) & (x[:, 3] < 0.4)
    yes = rng.uniform(size=3000) < np.where(corner, 0.95, 0.05)
    box = prim.discover(x, yes)
    assert box.restricted == (1, 3)
    assert (box.low[1], box.high[3]) == (pytest.approx(0.7, abs=0.03), pytest.approx(0.4, abs=0.03))
    inside = box.holds(x)
    assert box.density == pytest.approx(yes[inside].mean())
    assert box.coverage == pytest.approx(yes[inside].sum() / yes.sum())
    assert box.mass == pytest.approx(inside.mean())
    assert box.density > 0.9
    assert box.coverage > 0.6


def test_a_box_says_nothing_about_inputs_without_influence() -> None:
    rng = np.random.default_rng(4)
    x = rng.uniform(size=(800, 6))
    box = prim.discover(x, rng.uniform(size=800) < np.where(x[:, 0] > 0.5, 0.9, 0.1))
    assert box.restricted == (0,)


def test_many_idle_inputs_do_not_creep_into_a_box() -> None:
    """Seventy inputs, one that matters, two hundred draws: as in a study of a whole case."""
    wrong = 0
    for seed in range(10):
        rng = np.random.default_rng(seed)
        x = rng.uniform(size=(200, 70))
        box = prim.discover(x, rng.uniform(size=200) < np.where(x[:, 0] > 0.7, 0.9, 0.1))
        assert 0 in box.restricted
        wrong += len(box.restricted) - 1
    assert wrong <= 6


def test_knowing_what_decides_is_worth_every_wrong_call() -> None:
    """Y = 1 where x1 > 0.3: without knowledge 30 % of calls are wrong, with it none."""
    x = np.random.default_rng(5).uniform(size=(4000, 3))
    found = information.knowing(x, x[:, 0] > 0.3)
    assert found.wrong == pytest.approx(0.3, abs=0.03)
    assert found.drop[0] == pytest.approx(0.3, abs=0.07)  # classes are an eighth wide, so a little is lost
    assert np.all(np.abs(found.drop[1:]) <= 3 * found.error[1:] + 0.005)


def test_quantile_intervals_hold_in_nineteen_of_twenty_samples() -> None:
    rng = np.random.default_rng(6)
    held = [
        found.low <= 0.8 <= found.high
        for found in (spread.quantile(rng.uniform(size=150), 0.8) for _ in range(400))
    ]
    assert 0.92 <= np.mean(held) <= 0.99
