"""Who says what a sentence says: "X said", "according to X", quotations, and one speaker inside another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from detente.ingest.dates import undated
from detente.ingest.lexicon import words
from detente.ingest.people import Named, People, last_word

_QUOTED = re.compile(r'"[^"]*"?')
_ACCORDING = re.compile(
    r"\b(?:according to|in the words of|in the (?:view|opinion|eyes) of|by the account of|as per)\s+",
    re.IGNORECASE,
)
_CITING = re.compile(r"\b(?:citing|quoting|referring to|with reference to)\s+", re.IGNORECASE)
_QUOTED_BY = re.compile(r"\b(?:quoted|cited) by\s+", re.IGNORECASE)
_COUNT = re.compile(
    r"\b[Bb]y ((?:[Tt]he |its |our )?[A-Z][\w' -]{2,40}?(?:'s|s'))(?: own)? "
    r"(?:count|estimate|reckoning|tally|account|figures)"
)
_FIGURES = re.compile(
    r"\b(?:according to|by|on) ((?:the )?[\w' -]{3,40}?)(?:'s|s') (?:own )?"
    r"(?:figures|data|count|estimates?)\b"
)
_BEFORE_VERB = (
    r"(?:(?:has|have|had|would|also|later|earlier|then|again|already|repeatedly|previously|recently|publicly|once|"
    r"reportedly|still|now|himself|herself|themselves|itself)\s+)*"
)
_NP_END = re.compile(
    r"[,;.:!?()\"–]|\s(?:on|in|at|as|after|before|during|when|while|that|who|which|and|but|told|said|says|has|have|"
    r"will|would|is|are|was|were|to|from|by|if|because|this|last|yesterday|today|earlier)\b"
    r"(?!\s(?:the )?[A-Z]\w+ (?:of|for)\b)"
)
_CLAUSE = re.compile(
    r"[;:()\"]|\s(?:–|-)\s|\b(?:and|but|that|while|although|because|when|as|if|which|where|whether)\b"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|did|says|said|\w{3,}ed)\b"
)
_DETERMINED = re.compile(r"^(?:the|a|an|some|one|its|his|her|their|our)\s+", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:(?:on|in|at|after|before|during|since|until|over|from|by|earlier|later|meanwhile|today|yesterday)\b[^,]*,\s*)+",
    re.IGNORECASE,
)
_THAT = re.compile(r"\s*(?:,?\s*\"|that\b|:)")
_HEARSAY = re.compile(r"\b(?:is|are|was|were|be|been)\s+(?:\w+ly\s+)?$")
_LONGEST = 9  # judgement: words of a speaker's description; longer ones are clauses


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody a statement is put into the mouth of.

    Parameters
    ----------
    speaker : str
        Name or description, titles left off.
    person : bool
        Whether it is somebody rather than a body.
    actor : str
        The actor it belongs to; "" where none is known.
    start, end : int
        The words that make the attribution, in the sentence.
    quotes : bool
        Whether the words are given as a quotation.
    pronoun : bool
        Whether the speaker is only "he" or "she".
    verb : str
        The verb, where the speaker is its subject; "" for "according to" and the like.
    """

    speaker: str
    person: bool
    actor: str
    start: int
    end: int
    quotes: bool = False
    pronoun: bool = False
    verb: str = ""


def attributions(sentence: str, people: People) -> tuple[Attribution, ...]:
    """Return who a sentence says it from, the original speaker first.

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
    >>> said = "Putin would stop, the Wall Street Journal reported, citing European officials."
    >>> [a.speaker for a in attributions(said, people)]
    ['European officials', 'Wall Street Journal']
    """
    bare = _QUOTED.sub(lambda m: "\x01" * len(m[0]), sentence)
    quotes = "\x01" in bare
    inner = [*_after(_CITING, bare, people)]
    direct = [*_prepositional(bare, people), *_with_verb(bare, people), *_colon(bare, people)]
    outer = [*_after(_QUOTED_BY, bare, people)]
    found = [*inner, *_in_order(direct), *outer]
    unique: dict[str, Attribution] = {}
    for one in found:
        unique.setdefault(one.speaker.lower(), one)
    kept = [a for a in unique.values() if not any(a is not b and _inside(a, b) for b in unique.values())]
    return tuple(_quoting(a, quotes) for a in kept)


def _quoting(a: Attribution, quotes: bool) -> Attribution:
    return replace(a, quotes=quotes)


def _inside(a: Attribution, b: Attribution) -> bool:
    """Whether one speaker's words repeat part of another's."""
    return a.speaker.lower() in b.speaker.lower() and a.start == b.start


def _in_order(found: list[Attribution]) -> list[Attribution]:
    """Return the main speaker: in "A said that B thinks" the words are A's."""
    return sorted(found, key=lambda a: a.start)[:1]


def _after(pattern: re.Pattern[str], bare: str, people: People) -> Iterator[Attribution]:
    for match in pattern.finditer(bare):
        end = _phrase_end(bare, match.end())
        if named := _speaker(bare[match.end() : end], people):
            yield Attribution(named.text, named.person, named.actor, match.start(), end)


def _prepositional(bare: str, people: People) -> Iterator[Attribution]:
    """Yield "according to X" and "by X's count"."""
    for match in (*_COUNT.finditer(bare), *_FIGURES.finditer(bare)):
        owner = re.sub(r"('s|s')$", "", match[1])
        if named := _speaker(owner, people):
            yield Attribution(named.text, named.person, named.actor, match.start(), match.end())
            return
    yield from _after(_ACCORDING, bare, people)


def _phrase_end(bare: str, start: int) -> int:
    match = _NP_END.search(bare, start)
    while match and match[0] == "," and _apposed(bare, match.end()):
        match = _NP_END.search(bare, match.end())
    return match.start() if match else len(bare)


def _apposed(bare: str, start: int) -> bool:
    """Whether a name directly follows a comma, as in "the institute's director, Ann Lee,"."""
    return bool(re.match(r"\s[A-Z][\w'-]+ [A-Z][\w'-]+(?:,|\.|$)", bare[start:]))


@cache
def _verbs() -> re.Pattern[str]:
    every = words("en", "speech") | words("en", "speech_with_quote_or_that") | words("en", "position_verbs")
    listed = "|".join(sorted(every, key=len, reverse=True))
    return re.compile(rf"(?<![\w'-]){_BEFORE_VERB}(?P<verb>{listed})(?![\w-])")


def _with_verb(bare: str, people: People) -> Iterator[Attribution]:
    for match in _verbs().finditer(bare):
        verb = match["verb"]
        before, after = bare[: match.start()], bare[match.end() :]
        if _HEARSAY.search(before) or re.search(r"\b(?:to|of|the|a|an|so|not|n't|no|as)\s*$", before):
            continue
        named = _inverted(before, after, people) if _is_inverted(before, after) else None
        inverted = named is not None
        named = named or _subject(before, people)
        if named and _allowed(verb, named, after, inverted):
            end = match.end() + (len(named.text) if inverted else 0)
            start = match.start() if inverted else _start_of(before, named)
            pronoun = named.text.lower() in words("en", "pronouns")
            yield Attribution(named.text, named.person, named.actor, start, end, pronoun=pronoun, verb=verb)


def _start_of(before: str, named: Named) -> int:
    place = before.rfind(named.text)
    return place if place >= 0 else len(before)


def _is_inverted(before: str, after: str) -> bool:
    """Whether the speaker follows the verb: after a quotation, or at the end behind a comma."""
    ended = before.rstrip().endswith(("\x01", ",", '"')) or not before.strip()
    return ended and bool(re.match(r"\s+(?:the |a |an |one |several )?[A-Z\w]", after))


def _inverted(before: str, after: str, people: People) -> Named | None:
    if not before.rstrip().endswith(("\x01", ",")):
        return None
    if before.rstrip().endswith(",") and "\x01" not in before:
        return None
    phrase = after[: _phrase_end(after, 1)]
    return _speaker(phrase, people)


def _subject(before: str, people: People) -> Named | None:
    """Return whom the words before a verb name as its subject."""
    text = before.rstrip()
    if text.endswith("\x01"):
        return None
    if text.endswith(","):
        head, _, apposition = text[:-1].rpartition(",")
        own = [n for n in people.names(apposition) if n.person]
        if own and not re.match(r"\s*(?:who|which|whose|where)\b", apposition):
            around = people.actors.last(_last_clause(head)) or own[-1].actor
            return Named(own[-1].text, True, own[-1].actor or around)
        text = head
    clause = _last_clause(text)
    return _speaker(clause, people)


def _last_clause(text: str) -> str:
    text = _LEADING.sub("", text) if text.count(",") else text
    begin = 0
    for match in _CLAUSE.finditer(text):
        if match[0].lower() != "and" or _FINITE.search(text, begin, match.start()):
            begin = match.end()
    clause = text[begin:]
    return clause.rpartition(",")[2]


def _speaker(phrase: str, people: People) -> Named | None:
    """Return the speaker a phrase names, without titles; None where it names nobody."""
    phrase = undated(phrase.strip(" ,\x01–-"))
    if not phrase or re.match(r"(?:whether|if|how|why|when)\b", phrase, re.IGNORECASE):
        return None
    if phrase.lower() in words("en", "pronouns"):
        return Named(phrase.lower(), True, "")
    named = list(people.names(phrase))
    persons = [n for n in named if n.person and not _of_body(phrase, n)]
    if persons:
        return _affiliated(persons[-1], people)
    if len(phrase.split()) > _LONGEST or re.match(
        r"(?:it|this|that|there|they|we|i|you|what|who|which|both|each)\b", phrase, re.I
    ):
        return None
    text = _DETERMINED.sub("", phrase)
    actor = people.actor_of(text)
    last = [m for m in people.actors.find(text) if m.end == len(text)]
    actor = last[0].actor if last and actor else actor
    if (
        named
        and not _of_body(phrase, named[-1])
        and _is_mainly(named[-1].text, text)
        and not re.search(r"\band\b", text)
    ):
        return Named(named[-1].text, False, named[-1].actor or actor)
    return Named(text, False, actor) if re.search(r"[^\W\d]{3}", text) else None


def _is_mainly(name: str, text: str) -> bool:
    """Whether a phrase is little more than the name it ends with."""
    return (
        text.endswith(name)
        and (text == name or len(text.split()) - len(name.split()) <= 3)
        and "'s" not in text
    )


def _of_body(phrase: str, named: Named) -> bool:
    """Whether a name only says where somebody belongs, as in "officials of X"."""
    before = phrase[: phrase.find(named.text)].rstrip()
    return last_word(before) in ("of", "for", "in", "from", "at", "near", "to", "on", "with")


def _affiliated(named: Named, people: People) -> Named:
    last = last_word(named.text)
    full = people.full.get(last, named.text) if len(named.text.split()) == 1 else named.text
    return Named(full, True, named.actor or people.actor_of(named.text) or people.affiliation.get(last, ""))


def _allowed(verb: str, named: Named, after: str, inverted: bool) -> bool:
    """Whether this verb with this subject puts words into somebody's mouth."""
    if inverted:
        return verb in words("en", "speech") or verb in words("en", "speech_with_quote_or_that")
    if verb in words("en", "speech_with_quote_or_that"):
        finding = last_word(named.text).lower() in words("en", "findings")
        body = {w.lower() for w in named.text.split()} & words("en", "findings")
        at = verb in ("put", "puts") and bool(re.search(r"\bat\b", after))
        return (
            bool(_THAT.match(after))
            or "\x01" in after[:3]
            or finding
            or bool(body)
            or at
            or not after.strip(" .")
        )
    if verb in words("en", "speech"):
        if verb in ("calls", "called") and re.match(r"\s+(?:on|for|off|in)\b", after):
            return named.person
        return True
    return named.person


def _colon(bare: str, people: People) -> Iterator[Attribution]:
    """Yield "X: ..." before a quotation."""
    match = re.match(r"([^\x01:]{2,80}):\s*\x01", bare)
    if match:
        if re.match(r"(?:his|her) (?:answer|reply|comment|response)", match[1], re.IGNORECASE):
            pronoun = "he" if match[1].lower().startswith("his") else "she"
            yield Attribution(pronoun, True, "", 0, match.end(1), pronoun=True, verb="answered")
        elif named := _speaker(match[1].partition(",")[0], people):
            yield Attribution(named.text, named.person, named.actor, 0, match.end(1), verb="said")
