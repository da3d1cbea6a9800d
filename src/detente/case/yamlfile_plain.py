"""What an unquoted text means: the YAML 1.2 core schema, so that `NO` stays a country."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

MAX_DIGITS = 40  # judgement: no quantity needs more; longer ones are slow to convert

_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def plain(text: str) -> Any:
    """Return what an unquoted text means in the YAML 1.2 core schema.

    Raises
    ------
    ValueError
        If it is a number that is infinite, not a number, or absurdly long.

    Examples
    --------
    >>> [plain(t) for t in ("NO", "on", "2025-08-14", "12:30", "7", "-1.5", "true", "~")]
    ['NO', 'on', '2025-08-14', '12:30', 7, -1.5, True, None]
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "0123456789+-.":
        return text
    if _INFINITE.fullmatch(text):
        raise ValueError(f"`{text}` is not a finite number")
    if not _FLOAT.fullmatch(text) and not _INTEGER.fullmatch(text):
        return text
    if len(text) > MAX_DIGITS:
        raise ValueError(f"the number `{text[:12]}...` has {len(text)} characters")
    if _INTEGER.fullmatch(text):
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    if not isfinite(number := float(text)):
        raise ValueError(f"`{text}` is too large for a number")
    return number
