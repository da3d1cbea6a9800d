"""Fetches a page from an http or https address, within limits; nothing else is ever requested."""

from __future__ import annotations

from email.message import Message
from http.client import HTTPException
from time import monotonic
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from detente import __version__
from detente.errors import UsageError
from detente.ingest.limits import MAX_BYTES, MAX_HOPS, TIMEOUT

_CHUNK = 1 << 16


class _Careful(HTTPRedirectHandler):
    """Follows a few redirects, and only to web addresses."""

    max_redirections = MAX_HOPS

    def redirect_request(self, req: Request, fp: Any, *rest: Any) -> Request | None:
        """Refuse to be led anywhere but to the web."""
        check_address(rest[-1])
        return super().redirect_request(req, fp, *rest)


def check_address(url: str) -> None:
    """Refuse an address that is not one of the web.

    Raises
    ------
    UsageError
        If it is not http or https, or names no host.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise UsageError(f"{url} is not a web address. Remedy: only http:// and https:// are fetched")
    if any(c.isspace() for c in url):
        raise UsageError(f"{url} holds a blank. Remedy: copy the whole address, with %20 for a blank")
    if not parts.hostname:
        raise UsageError(f"{url} names no host. Remedy: copy the whole address")


def fetch(url: str, timeout: float = TIMEOUT) -> tuple[bytes, str, str]:
    """Return the bytes of a page, its media type and its declared encoding.

    Parameters
    ----------
    url : str
        An http or https address.
    timeout : float
        Seconds a server may be silent, and four times that in all.

    Raises
    ------
    UsageError
        If there is no network, no such page, too large a page or too slow a server; each said apart.
    """
    check_address(url)
    request = Request(url, headers={"User-Agent": f"detente/{__version__}", "Accept": "text/html,*/*;q=0.5"})
    try:
        with build_opener(_Careful).open(request, timeout=timeout) as answer:
            kind: Message = answer.headers
            raw = _read(answer, url, monotonic() + 4 * timeout)
            if (said := kind.get("Content-Length", "")).isdigit() and len(raw) < int(said):
                raise UsageError(
                    f"{url} broke off after {len(raw):,} of {int(said):,} bytes. Remedy: try again"
                )
            return raw, kind.get_content_type(), kind.get_content_charset() or ""
    except HTTPError as error:
        remedy = (
            "it may need a subscription; save the page and give the file"
            if error.code in (401, 402, 403)
            else ""
        )
        raise UsageError(
            f"{url} answers {error.code} {error.reason}. Remedy: {remedy or 'check the address'}"
        ) from None
    except TimeoutError:
        raise UsageError(
            f"{url} does not answer within {timeout:g} seconds. Remedy: try later, or save the page"
        ) from None
    except URLError as error:
        reason = _reason(error)
        raise UsageError(
            f"{url} cannot be reached: {reason}. Remedy: check the network, or give a saved file"
        ) from None
    except (OSError, ValueError, HTTPException) as error:
        raise UsageError(f"{url} cannot be read: {error}. Remedy: save the page and give the file") from None


def _reason(error: URLError) -> str:
    if isinstance(error.reason, TimeoutError):
        return "no answer in time"
    return getattr(error.reason, "strerror", None) or str(error.reason)


def _read(stream: IO[bytes], url: str, until: float) -> bytes:
    parts, size = [], 0
    while chunk := stream.read(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise UsageError(
                f"{url} has more than {MAX_BYTES // 1_000_000} MB. Remedy: save the part you need"
            )
        if monotonic() > until:
            raise UsageError(f"{url} is too slow. Remedy: save the page and give the file")
    return b"".join(parts)
