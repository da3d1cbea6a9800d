"""Which sentences carry a claim worth filing, and which are colour, courtesy or clutter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.ingest.lexicon import phrases

_COLOUR = re.compile(
    r"\b(?:I|my|me|myself)\b(?!\.)|\b(?:weather|drizzle|rain|sunshine|coffee|flags?|handshake|cameras?|smil(?:ed|ing))\b"
    r"|погод|дожд",
)
_THIN = re.compile(r"^(?:but|and|so|then|well|yes|no|now)\b", re.IGNORECASE)

THRESHOLD = 1.0
"""Score from which a sentence counts as a claim. Tuned on the tuning half of the gold standard."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a claim in one sentence.

    Parameters
    ----------
    actors : int
        Mentions of actors of the case.
    stake : float
        How much it sounds like its stake.
    numbers : int
        Numbers with a unit.
    speaker : bool
        Whether somebody is said to say it.
    modal : bool
        Whether it is marked as a position, condition, forecast or question.
    turn : bool
        Whether it is part of a statement, of an answer, or of a quotation.
    quote : bool
        Whether somebody is quoted in it word for word.
    carried : bool
        Whether it follows a claim in the same paragraph.
    """

    actors: int
    stake: float
    numbers: int
    speaker: bool
    modal: bool
    turn: bool
    quote: bool = False
    carried: bool = False


def score(sentence: str, language: str, signs: Signs) -> float:
    """Return how much speaks for a claim; from `THRESHOLD` on it is one.

    Parameters
    ----------
    sentence : str
        With plain quotes.
    language : str
        "en" or "ru".
    signs : Signs
        What was found in it.

    Examples
    --------
    >>> signs = Signs(actors=1, stake=2.0, numbers=1, speaker=True, modal=False, turn=False)
    >>> score("Norvia shelled 12 villages, officials said.", "en", signs) > THRESHOLD
    True
    >>> score("Subscribe to our newsletter.", "en", signs) > THRESHOLD
    False
    """
    if phrases("ru" if language == "ru" else "en", "boilerplate").search(sentence):
        return -1.0
    words = len(re.findall(r"\w+", sentence))
    total = 0.7 * min(signs.actors, 2) + 0.45 * min(signs.stake, 3.0) + 0.5 * min(signs.numbers, 2)
    total += 0.5 * signs.speaker + 0.3 * signs.modal + 0.9 * signs.turn
    total += 0.3 * signs.quote + 0.5 * (signs.carried and signs.numbers > 0)
    if _COLOUR.search(sentence) and not (signs.turn or signs.quote):
        total -= 1.2
    if words < 5 and not signs.turn:
        total -= 0.6
    if sentence.endswith("?") and not signs.actors:
        total -= 0.5
    return total - 0.3 * bool(_THIN.match(sentence) and not signs.turn)
