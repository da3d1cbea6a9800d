"""Runs every benchmark module, or those named, one after the other."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from time import perf_counter

import benchmarks


def main(names: list[str]) -> int:
    """Run the named modules; all that have a `run` by default."""
    known = sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if not m.name.startswith("_"))
    unknown = sorted(set(names) - set(known))
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. Choose from: {', '.join(known)}")
        return 2
    for name in names or known:
        module = importlib.import_module(f"benchmarks.{name}")
        if not hasattr(module, "run"):
            continue
        print(f"\n=== {name}: {(module.__doc__ or '').strip().splitlines()[0]}", flush=True)
        start = perf_counter()
        module.run()
        print(f"--- {name}: {perf_counter() - start:.0f} s in all", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
