"""How fast a deal is sent up its routes, against a plain loop over futures and against drawing alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from detente.methods.ratification import ladder
from detente.methods.ratification.constants import WIDTH, Z90
from detente.methods.ratification.gates import Assembly, Bloc, Majority
from detente.methods.ratification.ladder import Route, Step
from detente.methods.ratification.worlds import Worlds

BLOCS = tuple(Bloc(f"bloc {k}", 80, 30, 60) for k in range(6))
VOTE = Assembly("vote", BLOCS, Majority(seats=226))
WORLDS = Worlds(seed=1, outer=128, inner=500)
LOOPED = 2_000


def run() -> None:
    """Print the time of a vote of six blocs in 64,000 futures, as a multiple of drawing the normals."""
    rng = np.random.default_rng(1)
    floor = _seconds(lambda: rng.standard_normal((len(BLOCS) + 2, WORLDS.size)))
    rows = {
        "drawing the normals (roofline)": floor,
        "one vote, first asked": _seconds(lambda: VOTE.passes(replace(WORLDS, seed=_fresh()))),
        "one vote, its luck known": _seconds(lambda: VOTE.passes(WORLDS)),
        "the same route again (remembered)": _seconds(_again),
        f"a loop over futures (from {LOOPED:,})": _seconds(_loop, 1) * WORLDS.size / LOOPED,
    }
    print(f"{'64,000 futures':<40}{'ms':>10}{'x roofline':>12}")
    for name, seconds in rows.items():
        print(f"{name:<40}{1000 * seconds:>10.2f}{seconds / floor:>12.2f}")


_SEEDS = iter(range(100, 100_000))


def _fresh() -> int:
    return next(_SEEDS)


def _again() -> None:
    ladder.chance((Route("law", (Step(VOTE, 10, 20),)),), WORLDS)


def _loop() -> None:
    """Count votes one future at a time: what the vectorised gate replaces."""
    rng = np.random.default_rng(1)
    for _ in range(LOOPED):
        width, rho = 1 + 0.5 * rng.random(), 0.2 + 0.6 * rng.random()
        shared, total = rng.standard_normal(), 0.0
        for bloc in BLOCS:
            z = np.sqrt(rho) * shared + np.sqrt(1 - rho) * rng.standard_normal()
            spread = (bloc.high - bloc.low) / (2 * Z90) * width
            total += min(max((bloc.low + bloc.high) / 2 + spread * z, 0), bloc.seats)
        _ = total >= VOTE.majority.seats
    assert WIDTH.low <= 1 <= WIDTH.high


def _seconds(call: Callable[[], object], repeats: int = 5) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)
