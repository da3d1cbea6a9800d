"""A browser without a browser: requests go straight to the application."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

pytest.importorskip("starlette", reason="pages need the extra `web`")
pytest.importorskip("httpx", reason="in-process requests need httpx")

import httpx

from detente.web.app import make_app
from detente.web.desk import Desk
from detente.web.guard import Guard


class Client:
    """Sends requests to an application in this process."""

    def __init__(self, app: Guard, base: str = "http://127.0.0.1:8766") -> None:
        self.app, self.base = app, base

    def get(self, path: str, follow: bool = True, **headers: str) -> httpx.Response:
        return self.send("GET", path, follow=follow, headers=headers)

    def post(self, path: str, data: list[tuple[str, str]], **headers: str) -> httpx.Response:
        from urllib.parse import urlencode

        sent = {"origin": self.base, "content-type": "application/x-www-form-urlencoded"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send("POST", path, content=urlencode(data), headers=sent)

    def send(self, method: str, path: str, follow: bool = True, **more: Any) -> httpx.Response:
        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)  # type: ignore[arg-type]
            async with httpx.AsyncClient(
                transport=transport, base_url=self.base, follow_redirects=follow
            ) as client:
                return await client.request(method, path, **more)

        # In its own thread: a browser test before it in this process leaves an event loop in the main one.
        with ThreadPoolExecutor(1) as alone:
            return alone.submit(asyncio.run, go()).result()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return the flagship on a desk that may save into a folder of its own."""
    made = Desk("alaska-2025", tmp_path_factory.mktemp("web") / "variants", edit=True)
    yield made
    made.jobs.close()


@pytest.fixture(scope="session")
def client(desk: Desk) -> Client:
    return Client(make_app(desk))


@pytest.fixture(scope="session")
def reader(desk: Desk) -> Client:
    """Return a client of a server that only reads."""
    only = Desk("alaska-2025", desk.variants)
    return Client(make_app(only))
