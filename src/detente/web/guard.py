"""Keeps the server to its own machine and its own pages: hosts, origins, sizes, and what a page may load."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LONGEST_ADDRESS = 16_000
"""Bytes of path and query. Judgement: sixty edits fit several times over."""
LARGEST_BODY = 64_000
"""Bytes of a submitted form. Judgement."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
METHODS = ("GET", "HEAD", "POST")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Scripts and styles only from the server's own files: text that became markup could still do nothing."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": browsers then send a form's origin as "null", as a stranger's page can too.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    """A request that is not answered, and why."""

    status: int
    reason: str


class Guard:
    """Wraps an application; refuses before anything of a request is looked at, and adds headers to answers.

    Parameters
    ----------
    app : callable
        The application.
    hosts : iterable of str
        Names the server answers to, without port. A page elsewhere whose name is made to point here
        (DNS rebinding) comes with another name and is refused.
    """

    def __init__(self, app: App, hosts: Iterable[str] = LOOPBACK) -> None:
        self.app = app
        self.hosts = frozenset(h.strip("[]").lower() for h in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        try:
            self._check(scope)
            body = await _whole(receive) if scope["method"] == "POST" else b""
        except Refusal as refusal:
            await _refuse(refusal, send)
            return
        await self.app(scope, _again(body, receive), _with_headers(send))

    def _check(self, scope: Scope) -> None:
        headers = _headers(scope)
        if scope["method"] not in METHODS:
            raise Refusal(405, "Only GET and POST are answered.")
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string", b"")) > LONGEST_ADDRESS:
            raise Refusal(414, "The address is too long. Save what you changed as a variant instead.")
        if len(headers["host"]) != 1 or not self._ours(f"//{headers['host'][0]}"):
            raise Refusal(421, "This server answers only to its own name. Open it as http://127.0.0.1.")
        if scope["method"] == "POST":
            self._check_post(headers)

    def _check_post(self, headers: dict[str, list[str]]) -> None:
        host = headers["host"][0].lower()
        origins = headers["origin"]
        if len(origins) != 1 or urlsplit(origins[0]).netloc.lower() != host or not self._ours(origins[0]):
            raise Refusal(403, "The form was sent from another page. Open the page here and try again.")
        if headers["sec-fetch-site"] not in ([], ["same-origin"]):
            raise Refusal(403, "The form was sent from another site.")
        kind = (headers["content-type"] or [""])[0].partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            raise Refusal(415, "Only forms are taken.")
        length = (headers["content-length"] or ["0"])[0]
        if not length.isdigit() or int(length) > LARGEST_BODY:
            raise Refusal(413, "The form is too large.")

    def _ours(self, address: str) -> bool:
        try:
            return (urlsplit(address).hostname or "").lower() in self.hosts
        except ValueError:
            return False


def _headers(scope: Scope) -> dict[str, list[str]]:
    names = ("host", "origin", "sec-fetch-site", "content-type", "content-length")
    found: dict[str, list[str]] = {name: [] for name in names}
    for key, value in scope["headers"]:
        name = key.decode("latin-1").lower()
        if name in found:
            found[name].append(value.decode("latin-1"))
    return found


async def _whole(receive: Receive) -> bytes:
    """Return the whole body, or refuse once it grows too large, whatever it said of its length."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refusal(400, "The request broke off.")
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            raise Refusal(413, "The form is too large.")
        more = bool(message.get("more_body", False))
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """Return a source that gives the body once, then waits as the server would."""
    given = False

    async def give() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return give


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            have = {key.lower() for key, _ in message["headers"]}
            extra = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in have]
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)

    return sent


async def _refuse(refusal: Refusal, send: Send) -> None:
    text = (refusal.reason + "\n").encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    start = {"type": "http.response.start", "status": refusal.status, "headers": headers}
    await _with_headers(send)(start)
    await send({"type": "http.response.body", "body": text})
