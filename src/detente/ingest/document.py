"""A document as read: its text, where it came from, and what was wrong with it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Literal

from detente.ingest.limits import MAX_TEXT

KINDS = ("news", "official", "poll", "law", "research", "data", "other")

# Characters a reader takes for plainer ones; each has length one, so places stay what they are.
_PLAIN = {
    **dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), " "),
    **{ord(c): " " for c in "\t\xa0\u2007\u202f\u2009\u200a\u2002\u2003\u200b\u200c\u200d\u2060\ufeff\xad"},
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F), " "),
    **{ord(c): "'" for c in "’‘ʼ`´"},
    **{ord(c): '"' for c in "“”„‟«»"},
    **{ord(c): "-" for c in "‐‑‒"},
    **{ord(c): "–" for c in "—―"},
}
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|that|is|was|for|on|with|said|by|it|has|will|not|from|at)\b")
_FOREIGN = re.compile(
    r"\b(?:der|die|das|und|nicht|von|dass|les|des|est|que|une|dans|el|los|una|por|con|il|della|che|per|een|het|nie)\b"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
MARKS = re.compile("\x1b\\[[0-9;?]{0,20}[A-Za-z]|</?[A-Za-z][^<>\n]{0,200}>")
"""Commands to a terminal and tags of a markup language: seen by nobody who reads the document."""
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u200b-\u200d\u2060]")


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something about a document its reader should know; `fatal` where nothing can be got from it."""

    message: str
    remedy: str = ""
    fatal: bool = False

    def __str__(self) -> str:
        return f"{self.message}." + (f" Remedy: {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its provenance.

    Parameters
    ----------
    name : str
        File or address, as the user gave it.
    text : str
        What was read; every offset counts characters of this.
    title, publisher, author, url : str
        As the document says, or as the user says of it.
    published : str
        2031, 2031-05 or 2031-05-09; "" where it is not known.
    kind : str
        One of `KINDS`.
    complaints : tuple of Complaint
        What was wrong with it.
    """

    name: str
    text: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    published: str = ""
    kind: Literal["news", "official", "poll", "law", "research", "data", "other"] = "news"
    complaints: tuple[Complaint, ...] = ()

    @property
    def digest(self) -> str:
        """First 16 hex digits of the SHA-256 of the text."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def shadow(self) -> str:
        r"""The text with plain quotes, dashes and blanks; same length, so same offsets.

        Examples
        --------
        >>> Document("a", "“No”, he\xa0said\x07").shadow
        '"No", he said '
        >>> Document("a", "<b>No</b>").shadow
        '   No    '
        """
        unmarked = MARKS.sub(lambda mark: " " * len(mark[0]), self.text)
        return unmarked.translate(_PLAIN)

    @property
    def language(self) -> Literal["en", "ru", "other"]:
        """The language the rules take it for: by its letters and its commonest words.

        Examples
        --------
        >>> Document("a", "Он сказал, что это так").language, Document("b", "he said that it is so").language
        ('ru', 'en')
        >>> Document("c", "Er sagte, dass die Truppen nicht von der Linie abziehen werden").language
        'other'
        """
        sample = self.text[:20_000].lower()
        latin, cyrillic = len(re.findall("[a-z]", sample)), len(re.findall("[а-яё]", sample))
        if cyrillic > latin:
            return "other" if re.search("[іїєґ]", sample) and not re.search("[ыэъ]", sample) else "ru"
        return "other" if len(_FOREIGN.findall(sample)) > len(_ENGLISH.findall(sample)) else "en"

    def complain(self, *complaints: Complaint) -> Document:
        """Return the document with more complaints."""
        return replace(self, complaints=(*self.complaints, *complaints))

    @property
    def fatal(self) -> bool:
        """Whether nothing can be got from it."""
        return any(c.fatal for c in self.complaints)


def oddities(text: str) -> tuple[Complaint, ...]:
    r"""Return complaints about characters that have no business in a text.

    Examples
    --------
    >>> [c.message for c in oddities("a\x00b")]
    ['1 control character in the text; it is kept and read as a blank']
    """
    found = []
    if n := len(_CONTROL.findall(text)):
        noun = "control character" if n == 1 else "control characters"
        kept = "it is kept and read as a blank" if n == 1 else "they are kept and read as blanks"
        found.append(Complaint(f"{n:,} {noun} in the text; {kept}"))
    if n := len(_HIDDEN.findall(text)):
        found.append(
            Complaint(f"{n:,} invisible characters in the text; what is shown may not be what is read")
        )
    if n := text.count("\ufffd"):
        found.append(
            Complaint(
                f"{n:,} characters were lost before the text got here", "find a copy in the right encoding"
            )
        )
    if len(re.findall("[ÐÑ][\x80-\xbf]|Ã[\x80-\xbf]|â€", text)) > 3:
        found.append(Complaint("the letters look as if decoded the wrong way twice", "find a clean copy"))
    return tuple(found)


def bounded(text: str) -> tuple[str, tuple[Complaint, ...]]:
    """Return as much of a text as is read, and a complaint where that is not all of it."""
    if len(text) <= MAX_TEXT:
        return text, ()
    note = f"only the first {MAX_TEXT:,} of {len(text):,} characters are read"
    return text[:MAX_TEXT], (Complaint(note, "split the file"),)
