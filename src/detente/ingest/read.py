"""Reads what a user names, a file or an address, whatever it turns out to be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from detente.errors import UsageError
from detente.ingest.decode import decoded
from detente.ingest.document import Complaint, Document, bounded, oddities
from detente.ingest.fetch import fetch
from detente.ingest.limits import MAX_BYTES
from detente.ingest.read_html import read_html
from detente.ingest.read_pdf import read_pdf

_NOT_TEXT = (
    (b"PK\x03\x04", "a zip file, such as a Word or OpenOffice document", "save it as text, HTML or PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as text, HTML or PDF"),
    (b"\x89PNG", "a picture", "run a text recognition over it first"),
    (b"\xff\xd8\xff", "a picture", "run a text recognition over it first"),
    (b"GIF8", "a picture", "run a text recognition over it first"),
    (b"\x1f\x8b", "compressed with gzip", "unpack it first"),
    (b"{\\rtf", "an RTF document", "save it as text"),
)


def is_address(place: str) -> bool:
    """Whether a user means an address rather than a file.

    Examples
    --------
    >>> is_address("https://example.org/a"), is_address("ftp://x"), is_address("C:/a.txt")
    (True, True, False)
    """
    return len(urlsplit(place).scheme) > 1 and "://" in place


def read(place: str) -> Document:
    """Return a document.

    Parameters
    ----------
    place : str
        A file, or an http or https address.

    Raises
    ------
    UsageError
        If there is nothing to read there, with the reason; what is wrong with a text that was read is among
        the document's complaints.
    """
    if is_address(place):
        raw, media, charset = fetch(place)
        return _recognised(place, raw, media, charset)
    return _recognised(place, _bytes(place), "", "")


def _bytes(place: str) -> bytes:
    path = Path(place)
    if not place.strip():
        raise UsageError(
            "a document has no name. Remedy: give a file, or an address that begins with https://"
        )
    try:
        if path.is_dir():
            raise UsageError(f"{place} is a folder. Remedy: name the files in it")
        if (size := path.stat().st_size) > MAX_BYTES:
            limit = MAX_BYTES // 1_000_000
            raise UsageError(
                f"{place} has {size:,} bytes, more than {limit} MB. Remedy: save the part you need"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UsageError(
            f"there is no file {place}. Remedy: check the name; addresses begin with https://"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{place} cannot be read: {reason}. Remedy: check its permissions") from None


def _recognised(place: str, raw: bytes, media: str, charset: str) -> Document:
    """Return the document some bytes are; bytes tell better than names and servers what they are."""
    url = place if is_address(place) else ""
    if not raw.strip():
        return Document(
            place,
            "",
            url=url,
            complaints=(Complaint("it is empty", "check the name, or fetch it again", fatal=True),),
        )
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return replace(read_pdf(place, raw), url=url)
    for magic, what, remedy in _NOT_TEXT:
        if raw.startswith(magic):
            return Document(
                place, "", url=url, complaints=(Complaint(f"this is {what}", remedy, fatal=True),)
            )
    text, complaints = decoded(raw, charset)
    if _is_binary(text):
        note = Complaint("this is no text", "give text, HTML or PDF", fatal=True)
        return Document(place, "", url=url, complaints=(note,))
    if "html" in media or _looks_like_html(text):
        return read_html(place, text, url).complain(*complaints)
    return _plain(place, text, url).complain(*complaints)


def _is_binary(text: str) -> bool:
    sample = text[:5_000]
    strange = sum(c < " " and c not in "\n\t\f" for c in sample)
    return strange > max(20, 0.1 * len(sample))


def _looks_like_html(text: str) -> bool:
    head = text[:2_000].lower()
    return any(
        tag in head for tag in ("<!doctype html", "<html", "<head", "<body", "<div", "<article", "<p>")
    )


def _plain(place: str, text: str, url: str) -> Document:
    kept, cut = bounded(text)
    return Document(place, kept, url=url, complaints=(*oddities(kept), *cut))
