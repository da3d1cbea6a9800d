"""Cuts a text into sentences and headings with their exact places; every character stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from detente.ingest.lexicon import words

_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s|$)")
_LEAD = re.compile(r"""[\s"'(\[–-]*""")
_BULLET = re.compile(r"(?:[-*•▪‣–]|\(?\d{1,2}[.)]|[a-z]\))\s+")
_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}(?:\s?(?:[ap]\.?m\.?|GMT|BST|CES?T|EES?T|MSK|UTC|ET|МСК))?\s*(?:[:|–-]\s*)?"
)
_DATELINE = re.compile(
    r"[A-ZА-ЯЁ][A-ZА-ЯЁ'. -]{2,40}(?:,\s[^.!?\n]{2,40}?)?\s*(?:\([^)\n]{2,40}\)\s*)?"
    r"(?:--|–|-)\s+(?=[\"A-ZА-ЯЁ])"
    r"|[А-ЯЁ][А-ЯЁ-]{3,30},\s\d{1,2}\s[а-яё]{3,9}\.\s(?=[А-ЯЁ])"
)
_TURN = re.compile(r"([A-ZА-ЯЁ][\w.'-]*(?:\s[A-ZА-ЯЁ][\w.'-]*){0,3}|Q|A|В|О):\s+(?=\S)")
_INITIAL = re.compile(r"(?:^|[\s.(])[A-ZА-ЯЁ]$")
_DOTTED = re.compile(r"(?:\b[A-Za-zА-Яа-я]\.){1,3}[A-Za-zА-Яа-я]$")
_SHORT_HEADING = 90  # judgement: characters; longer lines without a full stop are sentences
_WRAP = (55, 110)  # judgement: margins at which people and programs break lines by hand


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or heading.

    Parameters
    ----------
    start, end : int
        Place in the text.
    heading : bool
        Whether it stands over a part of the text rather than in it.
    block : int
        Number of its paragraph.
    section : int
        Number of the heading it stands under; 0 before the first.
    turn : str
        Who has the word, where the text names speakers before a colon.
    """

    start: int
    end: int
    heading: bool
    block: int
    section: int
    turn: str = ""


def pieces(shadow: str, language: str = "en") -> tuple[Piece, ...]:
    r"""Return the sentences and headings of a text in order.

    Parameters
    ----------
    shadow : str
        The text with plain quotes and dashes, of the same length as the text.
    language : str
        Whose abbreviations to know.

    Examples
    --------
    >>> text = "A ceasefire\n\nGen. Marr said no. Two men, said U.S. officials, left."
    >>> [(text[p.start : p.end], p.heading) for p in pieces(text)]
    [('A ceasefire', True), ('Gen. Marr said no.', False), ('Two men, said U.S. officials, left.', False)]
    """
    found: list[Piece] = []
    section, turn = 0, ""
    for number, (start, end) in enumerate(_blocks(shadow)):
        begin = _past_markers(shadow, start, end)
        if begin >= end:
            continue
        if _is_heading(shadow, begin, start, end):
            section += 1
            found.append(Piece(begin, end, True, number, section))
            turn = ""
            continue
        if match := _TURN.match(shadow, begin, end):
            turn, begin = match[1], match.end()
        for a, b in _sentences(shadow, begin, end, language):
            found.append(Piece(a, b, False, number, section, turn))
    return _without_stray_turns(found)


def _without_stray_turns(found: list[Piece]) -> tuple[Piece, ...]:
    """Drop names before colons that occur once: those are no turns of a conversation."""
    blocks = {(p.turn.split()[-1], p.block) for p in found if p.turn}
    last = [name for name, _ in blocks]
    kept = {name for name in last if last.count(name) > 1} if len(set(last)) > 1 else set()
    return tuple(replace(p, turn=p.turn if p.turn and p.turn.split()[-1] in kept else "") for p in found)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield paragraphs: lines up to a blank one, or single lines where lines are not broken by hand."""
    wrapped = _is_wrapped(text)
    start = None
    last = 0
    for match in re.finditer(r"[^\n]*(?:\n|$)", text):
        line = match[0].rstrip("\n")
        if not line.strip():
            if start is not None:
                yield start, last
                start = None
            continue
        begin = match.start() + len(line) - len(line.lstrip())
        if start is not None and not (wrapped and _goes_on(text[start:last], line)):
            yield start, last
            start = None
        start = begin if start is None else start
        last = match.start() + len(line.rstrip())
    if start is not None:
        yield start, last


def _is_wrapped(text: str) -> bool:
    """Whether lines were broken at a margin: most lines that another follows end close to it."""
    lines = [line.rstrip() for line in text[:50_000].split("\n")]
    inner = [len(a) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(inner) < 3:
        return False
    margin = max(inner)
    return _WRAP[0] <= margin <= _WRAP[1] and sum(n > margin - 18 for n in inner) > 0.7 * len(inner)


def _goes_on(so_far: str, line: str) -> bool:
    """Whether a line continues the paragraph before it."""
    if _BULLET.match(line.lstrip()) or _TIME.match(line.lstrip()):
        return False
    before = so_far.rsplit("\n", 1)[-1]
    return len(before) > 30 or not before.rstrip().endswith((".", "!", "?", '"'))


def _past_markers(text: str, start: int, end: int) -> int:
    """Return where a block's own words begin: after bullets, clock times and datelines."""
    for pattern in (_TIME, _BULLET, _DATELINE):
        if match := pattern.match(text, start, end):
            start = match.end()
    return start


def _is_heading(text: str, begin: int, start: int, end: int) -> bool:
    body = text[begin:end]
    if "\n" in body or len(body) > _SHORT_HEADING or body.endswith((".", "!", ":", ";", ",")):
        return False
    if body.endswith(('."', '!"', '?"', '".')) or body[0] in "©+":
        return (
            body[0] not in "©+" and body[0] == '"' and start == begin and body.count('"') == 2 and start == 0
        )
    if body.endswith("?"):
        numbered = begin > start
        return numbered or (len(body.split()) <= 6 and not _TURN.match(body))
    return not _TURN.match(body) or len(body.split(":")[1].split()) < 9


def _sentences(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a paragraph."""
    begin = start
    for match in _END.finditer(text, start, end):
        after = _LEAD.match(text, match.end(), end)
        nxt = text[after.end() : after.end() + 1] if after else ""
        if nxt and (nxt.islower() or _abbreviated(text, begin, match, language, nxt)):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _abbreviated(text: str, begin: int, match: re.Match[str], language: str, after: str) -> bool:
    """Whether a full stop belongs to an abbreviation, an initial or a number rather than to a sentence."""
    if match[0] != ".":
        return False
    before = text[max(begin, match.start() - 14) : match.start()]
    if _INITIAL.search(before) or _DOTTED.search(before):
        return True
    word = re.split(r"[\s\"'(]", before)[-1].lower()
    if word in words(language, "abbreviations"):
        return word not in ("no", "co", "al", "may", "в", "д", "п", "г") or after.isdigit()
    return bool(re.fullmatch(r"\d{1,2}", word)) and match.start() - begin <= 3


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in " \n\t–-":
        start += 1
    while end > start and text[end - 1] in " \n\t":
        end -= 1
    if end > start and any(c.isalnum() for c in text[start:end]):
        yield start, end
