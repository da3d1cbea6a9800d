"""The deal space: draws, scans against the roofline, Pareto sets, proved solutions and exact counts."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np
from numba import njit

from detente.methods.dealspace.branch import branch
from detente.methods.dealspace.branch_ground import prepare
from detente.methods.dealspace.concepts import CONCEPTS
from detente.methods.dealspace.convolution import count_unanimous, grid_of
from detente.methods.dealspace.front import pareto_front
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.scan import scan
from detente.methods.dealspace.utilities import Utilities, utilities_of
from detente.methods.smaa import Stated, draw_points, evaluate
from detente.methods.space import Space
from detente.methods.threads import cores

BEST_OF = 3


def random_space(issues: int, options: int, actors: int, whole: bool = False, seed: int = 1) -> Utilities:
    """Return a random additive space: weights and values uniform, the best option of an issue worth all."""
    rng = np.random.default_rng(seed)
    weights = rng.random((actors, issues))
    weights /= weights.sum(axis=1, keepdims=True)
    values = rng.random((issues, options, actors))
    points = values / values.max(axis=1, keepdims=True) * weights.T[:, None, :] * 100
    points = np.rint(points) if whole else points
    return utilities_of(Space((options,) * issues), list(points), [50.0] * actors)


def best(work: Callable[[], object], times: int = BEST_OF) -> float:
    """Return the shortest of some runs, in seconds."""
    found = []
    for _ in range(times):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return min(found)


def run() -> None:
    """Print all tables; the first use of each kernel, which compiles it, is shown apart."""
    start = perf_counter()
    small = random_space(3, 3, 2)
    scan(layers_of(small)), pareto_front(layers_of(small)), prepare(layers_of(small))
    count_unanimous(layers_of(random_space(3, 3, 2, whole=True)))
    _draws((3, 3), 2, 64)
    print(f"first use (compiled once, then cached on disk): {perf_counter() - start:.1f} s")
    print(f"{cores()} cores\n")
    draws()
    scans()
    fronts()
    huge()


def _draws(sizes: tuple[int, ...], actors: int, n: int) -> tuple[float, float]:
    rng = np.random.default_rng(2)
    tier = np.full((actors, len(sizes), max(sizes)), -1, dtype=np.int8)
    for p in range(actors):
        for i, m in enumerate(sizes):
            tier[p, i, :m] = rng.permutation(m)
    low = rng.uniform(1, 40, tier.shape[:2])
    stated = Stated(tier, low, low + 30)
    points = draw_points(stated, n, rng)
    deals = np.array(list(np.ndindex(*sizes)))
    required = np.arange(actors) < 2
    worth = rng.uniform(40, 70, (n, actors))
    none, some = np.zeros((0, len(deals)), dtype=bool), rng.random((2, len(deals))) < 0.05
    plain = best(lambda: evaluate(points, worth, deals, required, none), 2)
    return plain, best(lambda: evaluate(points, worth, deals, required, some), 2)


def draws() -> None:
    """Time the acceptability of every deal in every draw."""
    sizes, actors, n = (8, 5, 5, 4, 5, 4, 2), 10, 10_000
    plain, solved = _draws(sizes, actors, n)
    work = n * int(np.prod(sizes)) * actors
    table = np.random.default_rng(1).random((int(np.prod(sizes)), actors)).astype(np.float32)
    stored = best(lambda: (table + np.float32(0.1) >= np.float32(0.5)).sum(axis=0)) * n
    print(f"{n:,} draws x {np.prod(sizes):,} deals x {actors} actors (promised: within 3 s on two cores)")
    print(f"  acceptability                 {plain:6.2f} s  {work / plain / 1e9:5.2f} G utilities/s")
    print(f"  and solutions in two win-sets {solved:6.2f} s")
    print(f"  numpy on stored float32 tables, one core: {stored:.1f} s, {stored / plain:.1f} times as long\n")


@njit(nogil=True)
def _adds(table: np.ndarray, rounds: int) -> int:
    """Do three simple operations on every number of a small table in every round."""
    total = np.int32(0)
    for r in range(rounds):
        for k in range(table.size):
            total += np.int32(np.int32(table[k] + np.int32(r)) >= 0)
    return int(total)


def roofline(actors: int) -> tuple[float, float]:
    """Return deals per second and core that memory allows a stored scan, and arithmetic a fused one."""
    large = np.ones(2**25, dtype=np.float32)
    bandwidth = large.nbytes / best(large.sum)
    table = np.arange(-4096, 4096, dtype=np.int32)
    _adds(table, 1)
    rounds = 20_000
    operations = 3 * table.size * rounds / best(lambda: _adds(table, rounds))
    return bandwidth / (4 * actors), operations / (6 * actors + 8)


def scans() -> None:
    """Time the fused look at every deal, and hold it against what memory and arithmetic allow."""
    print("every deal looked at once: verdicts of all coalitions, ideal, four concepts with ties")
    print("deals  actors      s   G deals/s/core   stored float32 at most   fused at most   reached")
    for actors in (2, 3, 5, 8):
        graph = layers_of(random_space(8, 10, actors))
        seconds = best(lambda graph=graph: scan(graph))
        rate = 1e8 / seconds / cores()
        memory, arithmetic = roofline(actors)
        print(
            f"10^8 {actors:8} {seconds:6.2f} {rate / 1e9:16.2f} {memory / 1e9:24.2f} {arithmetic / 1e9:15.2f}"
            f" {rate / arithmetic:9.0%}"
        )
    print("(fused at most: measured whole-number operations a second / (6 an actor + 8))\n")


def fronts() -> None:
    """Time exact Pareto sets by dominance-pruned sums."""
    print("exact Pareto sets\ndeals    actors   vectors       s")
    for issues, actors in ((3, 8), (5, 8), (6, 5), (6, 8), (7, 3), (7, 5), (7, 8), (12, 3), (20, 3), (20, 2)):
        graph = layers_of(random_space(issues, 10, actors))
        start = perf_counter()
        front = pareto_front(graph)
        print(f"10^{issues:<6} {actors:5} {len(front.vectors):9,} {perf_counter() - start:7.2f}", flush=True)
    graph = layers_of(random_space(20, 10, 5, whole=True))
    start = perf_counter()
    front = pareto_front(graph)
    seconds = perf_counter() - start
    print(f"10^20      5 {len(front.vectors):9,} {seconds:7.2f}  (whole points, {front.total:,} deals)\n")


def huge() -> None:
    """Prove solutions and count deals where nothing can be listed."""
    print(
        "proved solutions, seconds\ndeals  actors   ideals       nash         ks   egalitar.  utilitar.  gaps"
    )
    for issues, options, actors in ((12, 10, 8), (20, 10, 5), (20, 10, 8), (40, 5, 8)):
        graph = layers_of(random_space(issues, options, actors))
        start = perf_counter()
        ground = prepare(graph)
        times, gaps = [perf_counter() - start], []
        for concept in CONCEPTS:
            start = perf_counter()
            found = branch(ground, concept)
            times.append(perf_counter() - start)
            gaps.append("0" if found.proved else f"{found.bound:.4g}")
        cells = " ".join(f"{t:10.2f}" for t in times)
        print(f"{options}^{issues} {actors:5} {cells}   {' '.join(gaps)}", flush=True)
    print(
        "\nexact counts of deals everybody accepts (whole points)\ndeals  actors  counters        s   count"
    )
    for actors, top in ((2, 10), (3, 10), (4, 6), (5, 4)):
        rng = np.random.default_rng(3)
        tables = rng.integers(0, top + 1, (20, 10, actors))
        need = np.floor(tables.mean(axis=1).sum(axis=0) + 1.5 * np.sqrt(tables.var(axis=1).sum(axis=0)))
        graph = layers_of(utilities_of(Space((10,) * 20), list(tables), need))
        cells = grid_of(graph, failures=False).cells
        start = perf_counter()
        count = count_unanimous(graph)
        print(f"10^20 {actors:6} {cells:10,} {perf_counter() - start:8.2f}   {count:,}", flush=True)


if __name__ == "__main__":
    run()
