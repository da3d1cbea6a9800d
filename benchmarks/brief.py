"""The flagship brief and the start of the command line, as whole processes."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5


def run() -> None:
    """Print medians of whole processes, and each as a multiple of a bare interpreter's start."""
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder) / "brief.html")
        rows = {
            "bare python": ["-c", "pass"],
            "import detente": ["-c", "import detente"],
            "detente --help": ["-m", "detente", "--help"],
            "detente brief alaska-2025": ["-m", "detente", "brief", "alaska-2025", "-o", page],
        }
        first = _seconds(rows["detente brief alaska-2025"], {"NUMBA_CACHE_DIR": folder})
        print(f"{'whole process':<28}{'median s':>10}{'x bare':>8}")
        medians = {
            name: statistics.median(_seconds(args) for _ in range(RUNS)) for name, args in rows.items()
        }
        for name, median in medians.items():
            print(f"{name:<28}{median:>10.2f}{median / medians['bare python']:>8.1f}")
        print(f"the first brief ever, compiling its kernels once: {first:.1f} s")


def _seconds(args: list[str], extra: dict[str, str] | None = None) -> float:
    import os

    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *args], check=True, stdout=subprocess.DEVNULL, env={**os.environ, **(extra or {})}
    )
    return time.perf_counter() - start


if __name__ == "__main__":
    run()
