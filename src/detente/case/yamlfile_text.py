"""Turns a file into text, or says why it cannot be read."""

from __future__ import annotations

import re
from pathlib import Path

MAX_BYTES = 20_000_000  # judgement: a hundred times the flagship case
# What YAML 1.2 counts as not printable, and halves of surrogate pairs.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Stop(Exception):
    """Reading a file cannot go on; becomes one problem."""

    def __init__(self, line: int | None, message: str, remedy: str) -> None:
        super().__init__(message)
        self.line, self.message, self.remedy = line, message, remedy


def text_of(path: Path) -> str:
    """Return a file's text, or stop with the reason why it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            raise Stop(None, "this is not a file", "put a text file here")
        if (size := path.stat().st_size) > MAX_BYTES:
            limit = MAX_BYTES // 1_000_000
            raise Stop(None, f"the file has {size:,} bytes, more than {limit} MB", "keep tables elsewhere")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Stop(None, "there is no such file", "create it; `detente new` writes an example") from None
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise Stop(None, f"the file cannot be read: {reason}", "check its permissions") from None
    except ValueError:
        raise Stop(None, "there can be no file of this name", "use letters, digits and hyphens") from None
    return _decoded(raw)


def _decoded(raw: bytes) -> str:
    remedy = "save the file as UTF-8 in your editor"
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Stop(None, "the file is saved as UTF-16", remedy)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Stop(line, f"byte 0x{raw[error.start]:02x} is not UTF-8", remedy) from None
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise Stop(line, f"the control character U+{ord(found[0]):04X} stands in the text", "remove it")
    return text
