"""Only web addresses are fetched, within limits, and every failure has its own words."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest

from detente.errors import UsageError
from detente.ingest import fetch as module
from detente.ingest.fetch import fetch
from detente.ingest.read import read

Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]


def reply(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    given = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    for name, value in {**given, **{k.replace("_", "-"): v for k, v in headers.items()}}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def test_a_page_is_fetched_with_its_media_type_and_encoding(serve: Serve) -> None:
    url = serve(lambda h: reply(h, "<p>да</p>".encode()))
    assert fetch(url) == ("<p>да</p>".encode(), "text/html", "utf-8")
    document = read(serve(lambda h: reply(h, b"<title>T</title><p>Norvia refuses. " + b"word " * 60)))
    assert document.url.startswith("http://127.0.0.1")
    assert document.title == "T"


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "answers 404"), (403, "may need a subscription"), (500, "answers 500"), (402, "subscription")],
)
def test_a_refusal_is_told_with_a_way_out(serve: Serve, status: int, words: str) -> None:
    url = serve(lambda h: reply(h, b"no", status))
    with pytest.raises(UsageError, match=words):
        fetch(url)


def test_no_network_is_said_as_such() -> None:
    with pytest.raises(UsageError, match="cannot be reached"):
        fetch("http://127.0.0.1:9/")
    with pytest.raises(UsageError, match=r"cannot be reached: .*\. Remedy: check the network"):
        fetch("http://no-such-host.invalid/")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a/b", "data:text/plain,x", "http:///x", "javascript:1"]
)
def test_nothing_but_the_web_is_asked(url: str) -> None:
    with pytest.raises(UsageError, match=r"is not a web address|names no host"):
        fetch(url)


def test_a_redirect_leads_only_to_the_web(serve: Serve) -> None:
    url = serve(lambda h: reply(h, b"", 302, Location="file:///etc/passwd"))
    with pytest.raises(UsageError):
        fetch(url)
    target = serve(lambda h: reply(h, b"here"))
    assert fetch(serve(lambda h: reply(h, b"", 302, Location=target)))[0] == b"here"


def test_a_loop_of_redirects_ends(serve: Serve) -> None:
    url = serve(lambda h: reply(h, b"", 302, Location=h.path + "a"))
    with pytest.raises(UsageError, match="302"):
        fetch(url)


def test_too_large_too_slow_and_cut_short(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    with pytest.raises(UsageError, match="has more than"):
        fetch(serve(lambda h: reply(h, b"x" * 5000)))
    with pytest.raises(UsageError, match=r"within 0\.2 seconds"):
        fetch(serve(lambda h: time.sleep(1)), timeout=0.2)

    def short(handler: BaseHTTPRequestHandler) -> None:
        reply(handler, b"half", Content_Length="900")

    with pytest.raises(UsageError, match="broke off after 4 of 900 bytes"):
        fetch(serve(short))
