"""`python -m benchmarks [NAME ...]` runs all benchmarks, or those named."""

from __future__ import annotations

import platform
import sys
from importlib import import_module
from pathlib import Path


def main(names: list[str]) -> int:
    """Run the benchmarks and return an exit status."""
    here = Path(__file__).parent
    known = sorted(p.stem for p in here.glob("*.py") if not p.stem.startswith("_"))
    known = [name for name in known if hasattr(import_module(f"benchmarks.{name}"), "run")]
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {platform.machine()}; trust ratios, not times")
    for name in names or known:
        print(f"\n== {name}")
        import_module(f"benchmarks.{name}").run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
