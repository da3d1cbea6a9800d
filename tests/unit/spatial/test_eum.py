"""The expected utility model: ends, refusals, and sweeps against single runs."""

from __future__ import annotations

import numpy as np
import pytest

from detente.methods.spatial import eum


def draws(seed: int, B: int = 150, n: int = 6) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    return rng.uniform(0, 100, (B, n)), rng.uniform(0.1, 1, (B, n)), rng.uniform(0.1, 1, (B, n))


@pytest.mark.parametrize("reading", ["scholz", "pairwise"])
def test_a_sweep_is_many_single_runs(reading: str) -> None:
    x, c, s = draws(1)
    together = eum.sweep(x, c, s, reading)  # type: ignore[arg-type]
    pressed = np.zeros((6, 6))
    for b in range(len(x)):
        run = eum.play(x[b], c[b], s[b], reading)  # type: ignore[arg-type]
        last = len(run.mean) - 1
        assert together.mean[b, : last + 1] == pytest.approx(run.mean, abs=1e-12)
        assert (together.median[b, last:] == run.median[-1]).all()
        assert together.settled[b] == (not any(m.round == eum.ROUNDS for m in run.moves))
        for m in run.moves:
            pressed[m.actor, m.other] += 1
    assert together.pressed == pytest.approx(pressed / len(x))
    assert pressed.any()


def test_the_same_draws_give_the_same_bytes() -> None:
    x, c, s = draws(2)
    one, two = eum.sweep(x, c, s), eum.sweep(x, c, s)
    assert one.mean.tobytes() == two.mean.tobytes()
    assert one.pressed.tobytes() == two.pressed.tobytes()


def test_consensus_cannot_move() -> None:
    run = eum.play([40.0, 40.0, 40.0], [1, 2, 3], [0.5, 0.6, 0.7])
    assert run.moves == ()
    assert run.position.tolist() == [[40.0, 40.0, 40.0]]


def test_capitulation_fires_only_in_the_pairwise_reading() -> None:
    x, c, s = draws(3, B=300)
    kinds = {
        reading: {m.kind for b in range(len(x)) for m in eum.play(x[b], c[b], s[b], reading).moves}  # type: ignore[arg-type]
        for reading in ("scholz", "pairwise")
    }
    assert "capitulation" in kinds["pairwise"]
    assert "capitulation" not in kinds["scholz"]


@pytest.mark.parametrize("reading", ["scholz", "pairwise"])
def test_nobody_ever_leaves_the_initial_range(reading: str) -> None:
    x, c, s = draws(4, B=50)
    for b in range(len(x)):
        run = eum.play(x[b], c[b], s[b], reading)  # type: ignore[arg-type]
        assert run.position.min() >= x[b].min() - 1e-9
        assert run.position.max() <= x[b].max() + 1e-9


@pytest.mark.parametrize(
    ("c", "s", "says"),
    [([1, 0], [0.5, 0.5], "capability"), ([1, 1], [0.5, 0], "salience"), ([1, 1], [0.5, 2], "at most 1")],
)
def test_refusals(c: list[float], s: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        eum.play([0.0, 1.0], c, s)
    with pytest.raises(ValueError, match="finite"):
        eum.play([0.0, np.nan], [1, 1], [1, 1])
    with pytest.raises(ValueError, match="one position"):
        eum.play([[0.0, 1.0]], [1, 1], [1, 1])
