"""The application: one address for each page, and at the same address as JSON, CSV or Markdown."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from detente.errors import DetenteError
from detente.web import (
    page_assumptions,
    page_brief,
    page_compare,
    page_deals,
    page_elicit,
    page_estimates,
    page_evidence,
    page_stakes,
    page_variants,
    page_whatif,
)
from detente.web.desk import Desk
from detente.web.forms import FORMS as ENDINGS
from detente.web.guard import LOOPBACK, Guard
from detente.web.reply import Asked, failed, missing

Handler = Callable[[Desk, Asked], Response]

PAGES: tuple[tuple[str, str, Handler], ...] = (
    ("/what-if", "GET", page_whatif.show),
    ("/what-if/moved", "GET", page_whatif.moved),
    ("/deals", "GET", page_deals.show),
    ("/stakes", "GET", page_stakes.show),
    ("/compare", "GET", page_compare.show),
    ("/evidence", "GET", page_evidence.show),
    ("/assumptions", "GET", page_assumptions.show),
    ("/weights", "GET", page_elicit.show),
    ("/estimates", "GET", page_estimates.show),
    ("/brief", "GET", page_brief.show),
    ("/variants", "POST", page_variants.save),
    ("/estimates/keep", "POST", page_estimates.keep),
    ("/cancel", "POST", page_whatif.cancel),
)
FORMS = ("", *(f".{form}" for form in ENDINGS))
"""How a page can be asked for."""


@dataclass(frozen=True, slots=True)
class _Static:
    """A file of the page itself, held in memory: nothing else on disk has an address."""

    body: bytes
    kind: str


def make_app(desk: Desk, hosts: tuple[str, ...] = LOOPBACK) -> Guard:
    """Return the application for one case.

    Parameters
    ----------
    desk : Desk
    hosts : tuple of str
        Names it answers to.
    """
    routes = [Route("/", lambda request: RedirectResponse("/what-if", 307))]
    for path, method, handler in PAGES:
        for form in FORMS if method == "GET" else ("",):
            routes.append(Route(path + form, _endpoint(desk, handler, path, form), methods=[method]))
    static = _statics()
    routes.append(Route("/static/{name}", lambda request: _file(static, request)))

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        yield
        desk.jobs.close()

    async def lost(request: Request, error: Exception) -> Response:
        return missing(desk, str(request.url.path))

    return Guard(Starlette(routes=routes, lifespan=living, exception_handlers={404: lost, 405: lost}), hosts)


def _endpoint(desk: Desk, handler: Handler, path: str, form: str) -> Any:
    async def endpoint(request: Request) -> Response:
        pairs = parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=4000)
        posted = parse_qsl(
            (await request.body()).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=400
        )
        part = request.headers.get("x-part", "")
        asked = Asked(path, form.removeprefix("."), tuple(pairs), tuple(posted), part)
        return await run_in_threadpool(_safely, desk, handler, asked)

    return endpoint


def _safely(desk: Desk, handler: Handler, asked: Asked) -> Response:
    """Return a page whatever happens; what goes wrong is said in words, never as a traceback."""
    try:
        return handler(desk, asked)
    except DetenteError as error:
        return failed(desk, asked, error, 400)
    except Exception as error:
        return failed(desk, asked, error, 500)


def _statics() -> dict[str, _Static]:
    from detente.render.fonts import faces
    from detente.render.html import scripts

    folder = files("detente.web") / "static"
    base = (files("detente.render") / "templates" / "page.css").read_text("utf-8")
    css = faces() + base + (folder / "app.css").read_text("utf-8")
    script = scripts() + "".join((folder / name).read_text("utf-8") for name in ("keys.js", "app.js"))
    icon = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M0 6h16v4H0z"/></svg>'
    return {
        "app.css": _Static(css.encode(), "text/css; charset=utf-8"),
        "app.js": _Static(script.encode(), "text/javascript; charset=utf-8"),
        "icon.svg": _Static(icon, "image/svg+xml"),
    }


def _file(static: dict[str, _Static], request: Request) -> Response:
    found = static.get(request.path_params["name"])
    if found is None:
        return Response("There is no such file.\n", 404, media_type="text/plain")
    return Response(found.body, headers={"content-type": found.kind, "cache-control": "no-cache"})
