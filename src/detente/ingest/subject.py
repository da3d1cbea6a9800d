"""Whom a claim is about: the subject of what is said, else who says it, else who the stake is named after."""

from __future__ import annotations

import re

from detente.ingest.lexicon import phrases
from detente.ingest.names import Mention
from detente.ingest.sentence import Sentence
from detente.ingest.speech import Attribution

_POLL = re.compile(
    r"\b(?:respondents?|polls?|polled|survey(?:ed)?|interviewed|опрос\w*|респондент\w*)\b", re.IGNORECASE
)
_PERCENT = re.compile(r"\d\s?(?:%|per ?cent)")
_SKIPPED = re.compile(
    r"^(?:[\s\"',:–-]|that|the|a|an|its|their|has|have|not|any|on|late|earlier|last|this|week|month|reporters|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)*$",
    re.IGNORECASE,
)
_ADVERBIAL = re.compile(r"^\s*(?:in|on|at|over|during|since|after|before|for|by)\b[^,]*,\s*", re.IGNORECASE)
_FAR = 40  # judgement: characters before a name that can still lead


def subject(sentence: Sentence, said: tuple[Attribution, ...], owner: str) -> str:
    """Return whom a claim is about.

    Parameters
    ----------
    sentence : Sentence
    said : tuple of Attribution
        Who says it, pronouns resolved.
    owner : str
        The actor its stake is named after; "" where there is none.
    """
    first = said[0] if said else None
    rest = [m for m in sentence.mentions if not (first and first.start <= m.start < first.end)]
    if first and first.actor and (first.verb or sentence.quoted):
        lead = next((m for m in rest if _leads(sentence.text, m, first)), None)
        own = _first_person(sentence.text)
        if lead and not own < lead.start:
            return lead.actor
        general = own == len(sentence.text) and not rest and first.end == 0
        return (owner if general else "") or first.actor
    if rest:
        return rest[0].actor
    return (first.actor if first and first.verb else "") or owner


def is_poll(kind: str, text: str) -> bool:
    """Whether a document reports a poll: it says so, and gives percentages."""
    return kind == "poll" or (len(_POLL.findall(text)) > 1 and len(_PERCENT.findall(text)) > 3)


def percent_at(text: str) -> int:
    """Return where the first percentage stands; beyond the end where there is none."""
    match = _PERCENT.search(text)
    return match.start() if match else len(text) + 1


def _first_person(text: str) -> int:
    """Return where a speaker first says "we" or "our"; the length of the text where nowhere."""
    found = [m.start() for n in ("en", "ru") if (m := phrases(n, "first_person").search(text))]
    return min(found, default=len(text))


def _leads(text: str, mention: Mention, said: Attribution) -> bool:
    """Whether a mention stands where the subject of what is said would stand."""
    before = text[said.end : mention.start] if mention.start >= said.end else text[: mention.start]
    before = _ADVERBIAL.sub("", before)
    return len(before) < _FAR and bool(_SKIPPED.match(before))
