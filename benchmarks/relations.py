"""Times the relations methods: all two-way splits of drawn networks, and the integer program beyond."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from detente.methods.relations.balance import frustration, pull
from detente.methods.relations.splits import least_frustration

DRAWS = 1000


def _networks(draws: int, n: int, seed: int) -> np.ndarray:
    upper = np.triu(np.random.default_rng(seed).uniform(-1, 1, (draws, n, n)), 1)
    return upper + upper.transpose(0, 2, 1)


def _stream() -> float:
    """Return the seconds one pass over 64 MB takes: what memory alone would allow."""
    block = np.ones(8_000_000)
    start = perf_counter()
    block.sum()
    return perf_counter() - start


def run() -> None:
    """Print seconds, node flips a second, and the ratio to one multiply-add per entry touched."""
    least_frustration(_networks(2, 4, 0))
    print(f"{'network':<34}{'seconds':>9}{'flips/s':>12}{'entries/s over memory':>24}")
    bandwidth = 8_000_000 / _stream()
    for n in (8, 12, 14, 16):
        drawn = _networks(DRAWS, n, n)
        start = perf_counter()
        least_frustration(drawn)
        seconds = perf_counter() - start
        flips = DRAWS * 2 ** (n - 1) / seconds
        label = f"{DRAWS} draws of {n} nodes, all splits"
        print(f"{label:<34}{seconds:>9.3f}{flips:>12.2e}{flips * n / bandwidth:>24.2f}")
    drawn = _networks(DRAWS, 14, 1)
    start = perf_counter()
    pull(drawn)
    print(f"{'pull on 1000 draws of 14 nodes':<34}{perf_counter() - start:>9.4f}")
    for n in (20, 26, 32):
        signs = np.sign(_networks(1, n, n)[0]) * (np.abs(_networks(1, n, n)[0]) > 0.6)
        start = perf_counter()
        found = frustration(signs)
        how = "exact" if found.exact else f"bound, at least {found.lower:.0f}"
        print(f"{f'one network of {n} nodes: {found.index:.0f}, {how}':<34}{perf_counter() - start:>9.3f}")


if __name__ == "__main__":
    run()
