"""Text from anywhere made harmless before any format sees it: no control or direction characters."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

# Categories that move the cursor, reverse the reading direction or cannot be encoded at all.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Joiners shape letters in Persian and Indic scripts; a soft hyphen only allows a break.
_HARMLESS = frozenset("\u200c\u200d\u00ad")
_SPACES = frozenset("\t\n\r\u2028\u2029")


def clean(text: str) -> str:
    r"""Return the text on one line, with unsafe characters replaced by a visible mark.

    Parameters
    ----------
    text : str
        Anything a case, a source or a lens wrote.

    Examples
    --------
    >>> clean("two\nlines"), clean("a\x1b[31mred"), clean("<b>kept as text</b>")
    ('two lines', 'a�[31mred', '<b>kept as text</b>')
    """
    if text.isprintable():
        return text
    safe = "".join(map(_safe, text))
    return " ".join(part for part in safe.split(" ") if part)


def _safe(char: str) -> str:
    if char in _SPACES:
        return " "
    if unicodedata.category(char) in _UNSAFE and char not in _HARMLESS:
        return "\ufffd"
    return char


def web_address(url: str) -> str:
    """Return the address when it may become a link (http or https with a host), else "".

    Examples
    --------
    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address("//host")
    ('https://example.org/a', '', '')
    """
    candidate = clean(url).strip()
    if "\ufffd" in candidate or " " in candidate:
        return ""
    try:
        parts = urlsplit(candidate)
    except ValueError:
        return ""
    return candidate if parts.scheme in ("http", "https") and parts.netloc else ""


def shorten(text: str, length: int) -> str:
    """Return the text cut to a number of characters, the cut marked by an ellipsis.

    Examples
    --------
    >>> shorten("withdrawal", 6), shorten("freeze", 6)
    ('withd…', 'freeze')
    """
    return text if len(text) <= length else text[: max(length - 1, 0)].rstrip() + "…"
