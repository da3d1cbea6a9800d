"""Who says what a Russian sentence says: «по словам», «заявил», and verbs behind a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from detente.ingest.dates import undated
from detente.ingest.lexicon import phrases, words
from detente.ingest.people import People, last_word
from detente.ingest.speech import Attribution

_QUOTED = re.compile(r'"[^"]*"?')
_END = re.compile(r"[,;.:!?()\"–]|\s(?:что|о|об|в|на|после|при|журналист\w+|агентств\w+)(?!\w)")
_ADVERB = r"(?:ранее|также|накануне|вновь|снова|позже|в четверг|в пятницу)"


def attributions_ru(sentence: str, people: People) -> tuple[Attribution, ...]:
    """Return who a Russian sentence says it from; at most one speaker.

    Parameters
    ----------
    sentence : str
        With plain quotes and dashes.
    people : People
        Of the document.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> from detente.ingest.names import Actors
    >>> people = People(Actors(load_case("alaska-2025")))
    >>> [a.speaker for a in attributions_ru("По данным ООН, погибли 40 человек.", people)]
    ['ООН']
    """
    bare = _QUOTED.sub(lambda m: "\x01" * len(m[0]), sentence)
    quotes = "\x01" in bare
    for found in (*_according(bare, people), *_verb(bare, people)):
        return (replace(found, quotes=quotes),)
    return ()


def _according(bare: str, people: People) -> Iterator[Attribution]:
    for match in re.finditer(rf"\b(?:{phrases('ru', 'according').pattern})\s+", bare, re.IGNORECASE):
        end = _END.search(bare, match.end())
        stop = end.start() if end else len(bare)
        if named := _named(bare[match.end() : stop], people):
            yield Attribution(*named, match.start(), stop)


@cache
def _verbs() -> re.Pattern[str]:
    listed = "|".join(sorted(words("ru", "speech") | words("ru", "position_verbs"), key=len, reverse=True))
    return re.compile(rf"(?:\b{_ADVERB}\s+)?(?<!\w)(?P<verb>{listed})(?!\w)", re.IGNORECASE)


def _verb(bare: str, people: People) -> Iterator[Attribution]:
    for match in _verbs().finditer(bare):
        said = match["verb"].lower() in words("ru", "speech")
        before, after = bare[: match.start()].rstrip(), bare[match.end() :]
        turned = before.endswith((",", "–", "-", "\x01")) or not before
        if turned and said:
            end = _END.search(after, 1)
            phrase = after[: end.start() if end else len(after)]
        else:
            phrase = re.split(r"[,;:()\x01]", before)[-1]
            phrase = re.sub(rf"^\s*{_ADVERB}\s+", "", phrase, flags=re.IGNORECASE)
        named = _named(re.sub(rf"\s+{_ADVERB}$", "", phrase), people)
        if (
            named
            and (said or " " in named[0])
            and not re.match(r"(?:об|о) эт", phrase.strip(), re.IGNORECASE)
        ):
            start = match.start() if turned else max(before.rfind(named[0]), 0)
            end_at = match.end() + (len(phrase) if turned else 0)
            pronoun = named[0] in words("ru", "pronouns")
            yield Attribution(*named, start, end_at, pronoun=pronoun, verb=match["verb"].lower())


def _named(phrase: str, people: People) -> tuple[str, bool, str] | None:
    phrase = undated(phrase.strip(" ,\x01–-"))
    if not phrase or len(phrase.split()) > 8:
        return None
    if phrase.lower() in words("ru", "pronouns"):
        return phrase.lower(), True, ""
    persons = [n for n in people.names(phrase) if n.person]
    if persons and (" " in persons[-1].text or phrase.endswith(persons[-1].text)):
        name = persons[-1]
        actor = people.actor_of(name.text) or people.actors.last(phrase)
        full = people.full.get(last_word(name.text), name.text)
        return full, True, actor
    return phrase, False, people.actors.of(phrase)
