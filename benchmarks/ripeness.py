"""Times what waiting brings: ten thousand paths of two years for ten actors, and windows over deals."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from detente.methods.ripeness.economy import Economy, Shocks, State
from detente.methods.ripeness.economy import run as keep_books
from detente.methods.ripeness.front import Horizon, held, monthly_gains
from detente.methods.ripeness.pace import fit_pace
from detente.methods.ripeness.pressure import Weights, pressure
from detente.methods.ripeness.window import any_ripe, ripe
from detente.methods.ripeness.worth import favour, monthly, worth_paths

PATHS, MONTHS, ACTORS, AREAS, ECONOMIES = 10_000, 24, 10, 4, 2
SERIES = [327, 343, 399, 640, 308, 308, 158, 111, 111, 308, 340, 490]


def _stream() -> float:
    """Return the bytes a second one pass over memory reaches: the roofline."""
    block = np.ones(8_000_000)
    start = perf_counter()
    block.sum()
    return block.nbytes / (perf_counter() - start)


def _outlook(rng: np.random.Generator) -> np.ndarray:
    pace = fit_pace(SERIES)
    gains = monthly_gains([pace] * AREAS, Horizon(MONTHS, PATHS), rng)
    ground = held([10_000.0] * AREAS, gains, [26_000.0] * AREAS)
    drivers = [100 * ground / 26_000]
    for _ in range(ECONOMIES):
        economy = Economy(deficit=rng.uniform(2, 3, PATHS), oil_share=0.05, oil_reference=58, borrowing=1.8)
        start = State(gap=0.5, inflation=8.5, rate=18, buffer=np.full(PATHS, 1.5))
        oil = rng.uniform(55, 75, (PATHS, MONTHS // 3))
        track = keep_books(economy, start, Shocks(oil, 12, 0, 0))
        total = pressure(track, np.full(PATHS, 4.0), np.full(PATHS, 1.5), 0.0, Weights()).total
        drivers.append(monthly(total, np.full(PATHS, 9.0), MONTHS)[:, :, None])
    weights = rng.uniform(-0.3, 0.3, (PATHS, ACTORS, AREAS + ECONOMIES))
    return worth_paths(rng.uniform(30, 60, (PATHS, ACTORS)), np.concatenate(drivers, axis=2), weights)


def run() -> None:
    """Print seconds and, for the outlook, the ratio to one pass over the numbers it makes."""
    rng = np.random.default_rng(1)
    _outlook(rng)
    start = perf_counter()
    worth = _outlook(rng)
    seconds = perf_counter() - start
    print(f"{'what':<58}{'seconds':>9}")
    label = f"{PATHS:,} paths x {MONTHS} months x {ACTORS} actors, all drivers"
    print(f"{label:<58}{seconds:>9.3f}")
    made = 8 * PATHS * (MONTHS + 1) * (ACTORS + AREAS + ECONOMIES)
    print(f"{'  over one pass through memory':<58}{seconds * _stream() / made:>9.1f}")
    start = perf_counter()
    ripe(rng.uniform(40, 60, (PATHS, 2)), worth[:, :, :2]).mean(axis=0)
    favour(worth, (0, 1))
    print(f"{'window of one deal and whom time favours':<58}{perf_counter() - start:>9.3f}")
    points = rng.uniform(0, 20, (1000, 2, 7, 5))
    deals = rng.integers(0, 5, (10_500, 7))
    any_ripe(points[:2], deals[:10], worth[:2, :, :2])
    start = perf_counter()
    any_ripe(points, deals, worth[:1000, :, :2])
    seconds = perf_counter() - start
    print(f"{'window over 10,500 deals, 1,000 paths':<58}{seconds:>9.3f}")
    print(f"{'  deals looked at a second':<58}{1000 * 10_500 / seconds:>9.2e}")


if __name__ == "__main__":
    run()
