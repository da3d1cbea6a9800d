"""In whose voice a document speaks where nobody is named: its issuer, or who answers the questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from detente.ingest.document import Document
from detente.ingest.people import People, last_word
from detente.ingest.sentences import Piece

_ISSUED = re.compile(
    r"\b(?:statement|communiqu[eé]|declaration|update|remarks|address|press release|message|briefing)s?"
    r"\s+(?:by|of|from|issued by)\s+(?:the\s+)?(.{3,90}?)"
    r"(?:\s+(?:on|regarding|concerning|about|following|after)\b|,|$)",
    re.IGNORECASE,
)
_ISSUED_RU = re.compile(
    r"\b(?:заявление|коммюнике|сообщение|сводка)\s+(.{3,60}?)(?:\s+(?:о|об|по|в связи)\b|$)", re.I
)
_CLOSING = re.compile(r"^(?:notes? to editors|contacts?|about the|background)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks where a sentence names nobody.

    Parameters
    ----------
    speaker, actor : str
        Name, and the actor spoken for; "" for the document itself.
    issuer : bool
        Whether the document is a statement of the speaker's own.
    silent : bool
        Whether nothing said here is a claim, as with an interviewer.
    """

    speaker: str = ""
    actor: str = ""
    issuer: bool = False
    silent: bool = False


@dataclass(frozen=True)
class Voices:
    """The voices of a document: one throughout, or one for each who takes a turn."""

    throughout: Voice = Voice()
    turns: Mapping[str, Voice] = field(default_factory=dict)
    until: int = 1 << 60

    def of(self, piece: Piece) -> Voice:
        """Return the voice of a sentence."""
        if piece.turn:
            return self.turns.get(last_word(piece.turn), Voice())
        return self.throughout if piece.start < self.until else Voice()


def voices(document: Document, shadow: str, cut: Sequence[Piece], people: People) -> Voices:
    """Return the voices of a document.

    Parameters
    ----------
    document : Document
    shadow : str
        Its text with plain quotes.
    cut : sequence of Piece
        Its sentences and headings.
    people : People
        Of the document.
    """
    turns = [(last_word(p.turn), shadow[p.start : p.end]) for p in cut if p.turn]
    if turns:
        return Voices(turns=_turns(turns, people, document))
    issuer = _issuer(document, shadow, cut)
    if not issuer:
        return Voices()
    closing = next((p.start for p in cut if _CLOSING.match(shadow[p.start : p.end])), 1 << 60)
    actor = people.actors.of(issuer) or (people.actors.of(document.publisher) if document.publisher else "")
    return Voices(Voice(issuer, actor, issuer=True), until=closing)


def _issuer(document: Document, shadow: str, cut: Sequence[Piece]) -> str:
    """Return who issues a document: named in its title, or the publisher of an official text."""
    heads = [document.title, *(shadow[p.start : p.end] for p in cut[:3])]
    for head in heads:
        if len(head) < 160 and (match := _ISSUED.search(head) or _ISSUED_RU.search(head)):
            return match[1].strip(" .")
    publisher = document.publisher.strip()
    if publisher and document.kind == "official":
        return publisher
    if publisher and any(re.match(re.escape(publisher) + r"\s*[:–-]", head) for head in heads):
        return publisher
    return ""


def _turns(turns: Sequence[tuple[str, str]], people: People, document: Document) -> Mapping[str, Voice]:
    """Return each name's voice; who mostly asks is the interviewer."""
    asked: Counter[str] = Counter()
    spoken: Counter[str] = Counter()
    for name, text in turns:
        spoken[name] += 1
        asked[name] += text.rstrip().endswith("?")
    found: dict[str, Voice] = {}
    for name in spoken:
        asks = asked[name] > 0.5 * spoken[name] or (document.publisher and name in document.publisher)
        asks = asks or name in ("Q", "В")
        full = people.full.get(name, name)
        if name in ("A", "О"):
            full = next(iter(people.full.values()), "")
        actor = people.actor_of(full)
        found[name] = Voice("" if asks else full, actor, silent=bool(asks))
    return found
