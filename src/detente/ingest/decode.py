"""Turns bytes into text, and says when that took a guess."""

from __future__ import annotations

import codecs
import re

from detente.ingest.document import Complaint

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_SINGLE = ("cp1251", "koi8-r", "cp866", "iso8859-5", "cp1252", "cp1250")
_COMMON = frozenset("оеаинтсрвлetaoinshrdlu")


def decoded(raw: bytes, declared: str = "") -> tuple[str, tuple[Complaint, ...]]:
    """Return the text of some bytes, with line ends as in Python, and what a reader should know about it.

    Parameters
    ----------
    raw : bytes
        The bytes.
    declared : str
        The encoding somebody said it is, such as a server; believed only if it fits.

    Examples
    --------
    >>> decoded("перемирие".encode("cp1251"))[0]
    'перемирие'
    >>> decoded("naïve".encode())[1]
    ()
    """
    text, complaints = _text(raw, declared)
    return text.replace("\r\n", "\n").replace("\r", "\n"), complaints


def _text(raw: bytes, declared: str) -> tuple[str, tuple[Complaint, ...]]:
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return raw.decode(name, "replace"), ()
    if name := _wide(raw):
        return raw.decode(name, "replace"), (Complaint(f"it has no mark of its encoding; read as {name}"),)
    head = _DECLARED.search(raw[:4096])
    said = [name for name in (declared, head[1].decode("ascii") if head else "") if name]
    for name in ("utf-8", *said):
        if (text := _strict(raw, name)) is not None:
            wrong = (
                name == "utf-8" and said and _canonical(said[0]) not in ("utf-8", "ascii", _canonical(name))
            )
            note = f"it is UTF-8, although it says it is {said[0]}" if wrong and not raw.isascii() else ""
            return text, (Complaint(note),) if note else ()
    name = max(_SINGLE, key=lambda n: _plausible(raw[:50_000], n))
    note = f"the bytes are not UTF-8; read as {name}, which is a guess"
    return raw.decode(name, "replace"), (Complaint(note, "save it as UTF-8 if letters look wrong"),)


def _wide(raw: bytes) -> str:
    """Return which UTF-16 some bytes are: every second byte is that of Latin or Russian letters; or ""."""
    sample = raw[:2_000]
    for name, upper in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(upper) > 4 and sum(byte in (0, 4) for byte in upper) > 0.9 * len(upper):
            return name
    return ""


def _strict(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _canonical(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _plausible(raw: bytes, name: str) -> float:
    """Return how much of what is not ASCII reads as common small letters."""
    text = bytes(b for b in raw if b > 127).decode(name, "replace")
    return sum(c in _COMMON for c in text) + 0.5 * sum(c in "éèüöäßçñáíóúàêâ–“”’" for c in text)
