"""In what sense a statement is made: fact, position, report, condition, forecast or question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.case.sources import Modality
from detente.ingest.lexicon import phrases

_WILL = re.compile(r"\b(?:will|shall)\b")
_ASIDE = re.compile(r",\s(?:who|which|whose|where)\b[^,]*,")


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known about a sentence before its modality is judged.

    Parameters
    ----------
    speaker : str
        Who says it; "" for the document itself.
    party : bool
        Whether the speaker speaks for an actor.
    actor : bool
        Whether the sentence is about an actor.
    issuer : bool
        Whether the document is a statement of the speaker's own.
    """

    speaker: str = ""
    party: bool = False
    actor: bool = False
    issuer: bool = False


def modality(sentence: str, language: str, frame: Frame) -> Modality:
    """Return the modality of a sentence.

    Where two fit, the order is question, conditional, forecast, position, reported, fact.

    Parameters
    ----------
    sentence : str
        With plain quotes.
    language : str
        "en" or "ru".
    frame : Frame
        Who says it, and about whom.

    Examples
    --------
    >>> modality("Norvia refuses to leave.", "en", Frame(actor=True))
    'position'
    >>> modality("Two men were hurt, officials said.", "en", Frame("officials"))
    'reported'
    """
    language = "ru" if language == "ru" else "en"
    sentence = _ASIDE.sub(",", sentence)
    if sentence.rstrip(' "').endswith("?") or phrases(language, "question").search(sentence):
        return "question"
    if phrases(language, "conditional").search(sentence):
        return "conditional"
    if phrases(language, "forecast").search(sentence):
        return "forecast"
    wants = phrases(language, "position").search(sentence) or (frame.issuer and _WILL.search(sentence))
    if wants and (frame.actor or frame.party or frame.issuer):
        return "position"
    if frame.speaker or phrases(language, "hearsay").search(sentence):
        return "reported"
    return "fact"
