"""Times the What-if page of the flagship: edits as requests in one process, against a whole computation."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from urllib.parse import quote

from detente.case.load import load_case
from detente.case.overlay import apply_typed
from detente.lenses.settlement import LENS, Options
from detente.web.app import make_app
from detente.web.desk import Desk

ROUNDS = 40
EDITS = {
    "worth of no deal": lambda n: f"no_deal.RUS.shift=[{-40 + n / 2},0]",
    "salience": lambda n: f"preferences.UKR.line.salience=[{20 + n / 2},80]",
    "red lines": lambda n: (
        f"preferences.RUS.line.accepts.flexible=[{('freeze,return', 'donetsk,freeze')[n % 2]}]"
    ),
}


def _ask(app: Callable[..., object], address: str) -> int:
    """Send one request to the application and return its status."""
    path, _, query = address.partition("?")
    headers = [(b"host", b"127.0.0.1"), (b"x-part", b"answer")]
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "headers": headers,
        "query_string": query.encode(), "scheme": "http", "server": ("127.0.0.1", 80), "root_path": "",
        "client": ("127.0.0.1", 1), "http_version": "1.1", "asgi": {"version": "3.0"},
    }  # fmt: skip
    status = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])

    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    return status[0]


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - cpu


def run() -> None:
    """Print median and 95th percentile in ms, wall and processor, and the ratio to a whole computation."""
    case = load_case("alaska-2025")
    variant = apply_typed(case, [EDITS["salience"](1)])
    LENS.run(variant, Options())
    whole = median(_timed(lambda: LENS.run(variant, Options()))[1] for _ in range(5))
    with TemporaryDirectory() as folder:
        app = make_app(Desk("alaska-2025", Path(folder)))
        _ask(app, "/what-if")
        print(
            f"{'request':<34}{'p50 wall':>10}{'p95 wall':>10}{'p50 cpu':>10}{'p95 cpu':>10}{'whole/p50':>11}"
        )
        for name, edit in EDITS.items():
            for kind in ("", "&preview=1"):
                _ask(app, f"/what-if?set={quote(edit(ROUNDS + 1))}{kind}")
                taken = []
                for n in range(ROUNDS):
                    address = f"/what-if?set={quote(edit(n))}{kind}"
                    taken.append(_timed(lambda a=address: _ask(app, a)))
                wall, cpu = (sorted(t[k] for t in taken) for k in (0, 1))
                last = int(0.95 * ROUNDS)
                figures = (wall[ROUNDS // 2], wall[last], cpu[ROUNDS // 2], cpu[last])
                label = f"{name}, {'preview' if kind else 'all draws'}"
                print(
                    f"{label:<34}"
                    + "".join(f"{1000 * x:>10.0f}" for x in figures)
                    + f"{whole / figures[2]:>11.1f}"
                )
    print(f"whole computation: {1000 * whole:.0f} ms of processor time")
