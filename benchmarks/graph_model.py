"""Times the graph model: five stability concepts on random option-form conflicts of 2^10 to 2^22 codes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from time import perf_counter

import numpy as np

from detente.methods.graph_model import OptionForm, dense, solve

SIZES = (10, 12, 14, 16, 18, 20, 22)
DMS = (2, 3, 4, 6)
FEASIBLE = 0.6
LIMIT_SECONDS, LIMIT_MB = 10, 1000
"""Promise for 2^20 codes and four decision makers."""

_FIRST = """
from time import perf_counter
import numpy as np
from detente.methods.graph_model import OptionForm, solve
form = OptionForm(3, (0, 1, 2), ("both", "fwd", "back"), np.ones(8, dtype=bool))
start = perf_counter()
solve(form, np.array([np.arange(8)] * 3))
print(perf_counter() - start)
"""


def conflict(options: int, dms: int, seed: int) -> tuple[OptionForm, np.ndarray]:
    """Return a random conflict: options dealt out evenly, strict random rankings."""
    rng = np.random.default_rng(seed)
    owner = tuple(sorted(k % dms for k in range(options)))
    form = OptionForm(dms, owner, ("both",) * options, rng.random(2**options) < FEASIBLE)
    return form, np.array([rng.permutation(form.n_states) for _ in range(dms)])


def prioritised(form: OptionForm, seed: int) -> np.ndarray:
    """Return rankings as statements make them: a few options weigh most, with many ties."""
    rng = np.random.default_rng(seed)
    taken = form.codes[:, None] >> np.arange(form.n_options) & 1
    weights = [rng.permutation(2.0 ** np.arange(form.n_options)) for _ in range(form.dms)]
    signs = [
        np.where(rng.random(form.n_options) < 0.3, 0, rng.choice([-1, 1], form.n_options)) for _ in weights
    ]
    return np.array([dense(taken @ (w * s)) for w, s in zip(weights, signs, strict=True)])


def _stream() -> float:
    """Return the seconds one byte takes to be read in a long row: what memory alone would allow."""
    block = np.ones(8_000_000)
    start = perf_counter()
    block.sum()
    return (perf_counter() - start) / block.nbytes


def _first_calls() -> tuple[float, float]:
    """Return the seconds of the first call with an empty cache of compiled code, and with a full one."""
    with tempfile.TemporaryDirectory() as cache:
        env = {**os.environ, "NUMBA_CACHE_DIR": cache}
        seconds = [
            float(
                subprocess.run(
                    [sys.executable, "-c", _FIRST], env=env, check=True, capture_output=True
                ).stdout
            )
            for _ in range(2)
        ]
    return seconds[0], seconds[1]


def _timed(form: OptionForm, ranks: np.ndarray) -> float:
    start = perf_counter()
    solve(form, ranks)
    return perf_counter() - start


def run() -> None:
    """Print seconds, nanoseconds per state and decision maker, and the ratio to reading the rankings once."""
    compiled, cached = _first_calls()
    print(f"first call: {compiled:.1f} s compiling, {cached:.2f} s from the cache; once per installation")
    byte = _stream()
    solve(*conflict(4, 2, seed=0))
    print(
        f"{'codes':>6}{'DMs':>5}{'states':>10}{'random s':>10}{'ns/cell':>9}{'prioritised s':>15}"
        f"{'over one read':>15}{'peak MB':>9}"
    )
    for options in SIZES:
        for dms in DMS:
            form, ranks = conflict(options, dms, seed=options)
            seconds = _timed(form, ranks)
            again = _timed(form, prioritised(form, options))
            cells = form.n_states * dms
            each, reads = 1e9 * seconds / cells, seconds / (4 * cells * byte)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{f'2^{options}':>6}{dms:>5}{form.n_states:>10,}{seconds:>10.4f}{each:>9.0f}"
                f"{again:>15.4f}{reads:>15.0f}{peak:>9.0f}"
            )
            if (options, dms) == (20, 4):
                kept = seconds <= LIMIT_SECONDS and peak <= LIMIT_MB
                print(f"       promise of {LIMIT_SECONDS} s and {LIMIT_MB} MB {'kept' if kept else 'BROKEN'}")


if __name__ == "__main__":
    run()
