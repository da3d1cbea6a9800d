"""Times the forecast's models over draws and actors, as ratios to promises and to a roofline."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter, process_time

import numpy as np
from numba import njit

from detente.methods.spatial import anchors, eum, mixture, nash, scoring, smp
from detente.methods.threads import cores

ACTORS = (5, 10, 20, 50, 100, 200)
DRAWS = 10_000
AT = 20
"""Actors at which the promises hold."""

PROMISES = {"compromise": 0.05, "mixture": 0.05, "EUM": 5.0, "SMP": 20.0}
"""Seconds for 10,000 draws at 20 actors; the first two together."""

_SMALL = 20_000_000
"""Below so many vote comparisons in all, a growth row uses fewer draws and is scaled up."""


def _best(work: Callable[[], object], times: int) -> float:
    found = []
    for _ in range(times):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return min(found)


def _stream() -> float:
    """Return the seconds one number takes to be read in a long row: what memory alone would allow."""
    block = np.ones(4_000_000)
    return _best(block.sum, 5) / block.size


@njit
def _comparisons(a: np.ndarray, b: np.ndarray, out: np.ndarray, times: int) -> None:
    for _ in range(times):
        for i in range(a.size):
            out[i] += max(0.0, a[i] - b[i])


def _compare() -> float:
    """Return the seconds one vote comparison takes on all cores: compiled, in cache, nothing else."""
    a, b, out = np.ones(1024), np.zeros(1024), np.zeros(1024)
    _comparisons(a, b, out, 1)
    return _best(lambda: _comparisons(a, b, out, 20_000), 5) / (20_000 * 1024) / cores()


def _inputs(draws: int, actors: int) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(1)
    shape = (draws, actors)
    return rng.uniform(0, 100, shape), rng.uniform(0.1, 1, shape), rng.uniform(0.1, 0.99, shape)


def _headline(actors: int, stream: float) -> None:
    x, c, s = _inputs(DRAWS, actors)
    w, place = c * s, x[0]
    floor = stream * w.size
    rows = (
        ("compromise", lambda: anchors.weighted_mean(place, w)),
        ("weighted median", lambda: anchors.weighted_median(place, w)),
        ("mixture, positions fixed", lambda: mixture.cdf(scoring.GRID, place, w)),
        ("mixture, positions drawn", lambda: mixture.cdf(scoring.GRID, x, w)),
        ("Nash, 3 required", lambda: nash.bargain(x[:, :3], c[:, :3], s[:, :3], s[:, :3] * 1e4, (0, 100))),
    )
    for name, work in rows:
        taken = _best(work, 5)
        promise = PROMISES.get(name.split(",")[0])
        told = f"{taken / promise:6.2f} of the promise" if promise and actors == AT else ""
        print(f"  {actors:>4} {name:<26}{1e3 * taken:9.1f} ms {taken / floor:8.0f} x memory {told}")


def _challenge(name: str, actors: int, compare: float, sweep: Callable[..., object]) -> float:
    """Print one row and return the processor seconds, over all cores, for all draws."""
    draws = DRAWS if actors == AT else max(2 * cores(), min(DRAWS, _SMALL // actors**3))
    x, c, s = _inputs(draws, actors)
    sweep(x[:2], c[:2], s[:2])
    start = process_time()
    taken = _best(lambda: sweep(x, c, s), 1) * DRAWS / draws
    used = (process_time() - start) * DRAWS / draws / cores()
    # Ten rounds; each compares every pair for every voter, twice in EUM, once (third parties) in SMP.
    floor = compare * DRAWS * 10 * actors**3 * (2 if name == "EUM" else 1)
    told = f"{taken / PROMISES[name]:6.2f} of the promise" if actors == AT else ""
    print(f"  {actors:>4} {name} {taken:9.2f} s, busy {used:9.2f} s {used / floor:6.1f} x arithmetic {told}")
    return used


def run() -> None:
    """Print seconds for 10,000 draws by number of actors, and the ratio of each to its floor."""
    stream, compare = _stream(), _compare()
    print(f"{DRAWS:,} draws; memory {1e9 * stream:.2f} ns a number, {1e9 * compare:.2f} ns a comparison")
    for actors in ACTORS:
        _headline(actors, stream)
    for name, sweep in (("EUM", eum.sweep), ("SMP", smp.sweep)):
        taken = [_challenge(name, actors, compare, sweep) for actors in ACTORS]
        for before, after, small, large in zip(taken, taken[1:], ACTORS, ACTORS[1:], strict=False):
            power = np.log(after / before) / np.log(large / small)
            print(f"       {name}: from {small} to {large} actors time grows by n^{power:.1f}")


if __name__ == "__main__":
    run()
