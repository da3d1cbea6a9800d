"""The Spatial Model of Politics: ends, refusals, repairs, and sweeps against single runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.methods.spatial import smp


def draws(seed: int, B: int = 40, n: int = 6) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    return rng.uniform(0, 100, (B, n)), rng.uniform(0.1, 1, (B, n)), rng.uniform(0.1, 1, (B, n))


def test_a_sweep_is_many_single_runs_cycling_through_sub_models() -> None:
    x, c, s = draws(1)
    chosen = (smp.CORRECTED, smp.COMPAT, replace(smp.CORRECTED, victory="Quartic"))
    together = smp.sweep(x, c, s, chosen)
    pressed = np.zeros((6, 6))
    for b in range(len(x)):
        run = smp.play(x[b], c[b], s[b], chosen[b % 3])
        means = np.average(run.position[:, :, 0], axis=1, weights=c[b] * s[b])
        assert together.mean[b, : len(means)] == pytest.approx(means, abs=1e-9)
        assert (together.mean[b, len(means) :] == together.mean[b, len(means) - 1]).all()
        assert together.settled[b] == run.settled
        for m in run.moves:
            pressed[m.actor, m.other] += 1
    assert together.pressed == pytest.approx(pressed / len(x))
    assert pressed.any()


def test_the_same_draws_give_the_same_bytes() -> None:
    x, c, s = draws(2)
    one, two = smp.sweep(x, c, s), smp.sweep(x, c, s)
    assert one.mean.tobytes() == two.mean.tobytes()
    assert one.pressed.tobytes() == two.pressed.tobytes()


def test_consensus_stands_still() -> None:
    run = smp.play([40.0, 40.0, 40.0], [1, 2, 3], [0.5, 0.6, 0.7])
    assert run.settled
    assert run.moves == ()
    assert run.position.shape == (1, 3, 1)


def test_positions_stay_between_the_ends() -> None:
    x, c, s = draws(5)
    for b in range(len(x)):
        run = smp.play(x[b], c[b], s[b])
        assert run.position.min() >= x[b].min() - 1e-9
        assert run.position.max() <= x[b].max() + 1e-9


@pytest.mark.parametrize(
    ("x", "c", "s", "says"),
    [
        ([0, 120], [1, 1], [0.5, 0.5], "scale from 0 to 100"),
        ([0, 100], [1, 0], [0.5, 0.5], "capabilities must be positive"),
        ([[0, 1], [100, 2]], [1, 1], [[0.6, 0.6], [0.5, 0.5]], "at most 1"),
        ([0, 100], [1, 1, 1], [0.5, 0.5], "one capability per actor"),
        ([0, np.nan], [1, 1], [0.5, 0.5], "finite"),
    ],
)
def test_refusals(x: list[float], c: list[float], s: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        smp.play(x, c, s)


def test_a_sweep_refuses_what_a_run_refuses() -> None:
    with pytest.raises(ValueError, match="scale from 0 to 100"):
        smp.sweep([[0, 120]], [1, 1], [0.5, 0.5])
    with pytest.raises(ValueError, match="capability above zero"):
        smp.sweep([[0, 100]], [1, 0], [0.5, 0.5])


def test_playing_dimensions_together_is_many_single_runs() -> None:
    rng = np.random.default_rng(4)
    x, c, s = rng.uniform(0, 100, (5, 4, 2)), rng.uniform(0.2, 1, (5, 4)), rng.uniform(0.05, 0.5, (5, 4, 2))
    chosen = (smp.CORRECTED, smp.COMPAT)
    together = smp.sweep_together(x, c, s, chosen)
    moves = 0
    for b in range(5):
        run = smp.play(x[b], c[b], s[b], chosen[b % 2])
        weight = c[b][:, None] * s[b]
        assert together.mean[b] == pytest.approx((weight * run.position[-1]).sum(0) / weight.sum(0))
        assert together.settled[b] == run.settled
        moves += len(run.moves)
    assert together.pressed.sum() * 5 == pytest.approx(moves)
    with pytest.raises(ValueError, match="draws, actors, dimensions"):
        smp.sweep_together(x[0], c, s)
