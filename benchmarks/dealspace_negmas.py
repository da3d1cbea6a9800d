"""Pareto sets side by side with NegMAS, run as a separate process in its own environment, if there is one.

NegMAS is AGPL: it is never imported here, only started. Point DETENTE_NEGMAS at a Python that has it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.dealspace import random_space

LIMIT_SECONDS = 300
"""A run that takes longer counts as not finished."""

SIZES = ((3, 2), (3, 3), (3, 5), (3, 8), (4, 2), (4, 3), (4, 5), (4, 8), (5, 2), (5, 3), (5, 5), (5, 8))
SIZES += ((6, 2), (6, 3), (6, 5), (6, 8), (7, 3))

THEIRS = """
import json, resource, sys, time
import negmas
from negmas import LinearAdditiveUtilityFunction, make_issue, pareto_frontier
tables = json.load(sys.stdin)
issues = [make_issue([f"o{o}" for o in range(len(t))], f"i{i}") for i, t in enumerate(tables)]
values = lambda p: [{f"o{o}": row[p] for o, row in enumerate(t)} for t in tables]
ufuns = [LinearAdditiveUtilityFunction(values=values(p), weights=[1.0] * len(tables), issues=issues)
         for p in range(len(tables[0][0]))]
start = time.process_time()
points, _ = pareto_frontier(ufuns, issues=issues)
print(json.dumps([time.process_time() - start, len(set(points)),
                  resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, negmas.__version__]))
"""

OURS = """
import json, resource, sys, time
from detente.methods.dealspace.front import pareto_front
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.utilities import utilities_of
from detente.methods.space import Space
tables = json.load(sys.stdin)
small = utilities_of(Space((2, 2)), [t[:2] for t in tables[:2]], [0.0] * len(tables[0][0]))
pareto_front(layers_of(small))
utilities = utilities_of(Space(tuple(map(len, tables))), tables, [0.0] * len(tables[0][0]))
start = time.process_time()
front = pareto_front(layers_of(utilities))
print(json.dumps([time.process_time() - start, len(front.vectors),
                  resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, ""]))
"""


def _timed(python: str, script: str, tables: list[list[list[float]]]) -> tuple[float, int, float, str] | None:
    try:
        done = subprocess.run(
            [python, "-c", script],
            input=json.dumps(tables),
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        return None
    seconds, front, megabytes, version = json.loads(done.stdout.strip().splitlines()[-1])
    return float(seconds), int(front), float(megabytes), str(version)


def run() -> None:
    """Print CPU seconds, peak memory and ratios; skip with a sentence where there is no NegMAS."""
    python = os.environ.get("DETENTE_NEGMAS", ".bench/bin/python")
    if subprocess.run([python, "-c", "import negmas"], capture_output=True, check=False).returncode:
        print("Skipped: no Python with NegMAS. Make one apart and set DETENTE_NEGMAS to its interpreter.")
        return
    rows = []
    print("deals  actors |  NegMAS s      MB   front |    ours s      MB   front | ratio of CPU seconds")
    for issues, actors in SIZES:
        tables = [t.tolist() for t in random_space(issues, 10, actors).points]
        scaled = [[[v / 1e6 for v in row] for row in table] for table in tables]
        ours, theirs = _timed(sys.executable, OURS, scaled), _timed(python, THEIRS, scaled)
        assert ours is not None
        rows.append({"deals": 10**issues, "actors": actors, "ours": ours[0], "negmas": theirs and theirs[0]})
        mine = f"{ours[0]:9.3f} {ours[2]:7.0f} {ours[1]:7,}"
        if theirs is None:
            print(
                f"10^{issues:<4} {actors:6} | not finished in {LIMIT_SECONDS} s        | {mine} |", flush=True
            )
            continue
        said = f"{theirs[0] / max(ours[0], 1e-4):,.0f}" if ours[1] == theirs[1] else "fronts differ"
        print(
            f"10^{issues:<4} {actors:6} | {theirs[0]:9.3f} {theirs[2]:7.0f} {theirs[1]:7,} | {mine} | {said}",
            flush=True,
        )
    Path("out").mkdir(exist_ok=True)
    Path("out/dealspace-negmas.json").write_text(json.dumps(rows), "utf-8")
    print("CPU seconds of the one call that computes the set. Below 0.005 s the clock decides: read ranges.")


if __name__ == "__main__":
    run()
