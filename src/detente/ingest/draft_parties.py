"""Finds who the parties of a negotiation may be in documents for which there is no case yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.ingest.document import Document
from detente.ingest.lexicon import phrases, words
from detente.ingest.sentences import pieces

MOST = 6
"""Parties proposed at most. Judgement: a table seldom seats more, and the analyst can add."""
FEWEST = 2
"""Mentions a party needs. Judgement: once is chance."""
OFTEN = 4
"""Mentions, as noun and as adjective, of a country that neither speaks nor has an office named. Judgement."""

_ANY = re.compile(r"\b(?:[A-Z][a-z]{3,}|EU|US|UN|NATO)\b")
_ADJECTIVE = re.compile(r"(?:ian|ean|an|ish|ese|i|ic|er)s?$")
_OFFICE = (
    r"(?:President|Minister|Premier|Chancellor|Secretary|General|King|Envoy|Ambassador|spokes\w+|envoy|president|"
    r"counterpart|leader|Chief|negotiator)"
)
_PERSON = re.compile(
    rf"(?:\b([A-Z][A-Za-z]+)(?:'s)?\s+(?:[A-Z][a-z]+\s+){{0,4}}?)?{_OFFICE},?\s+((?:[A-Z][\w'-]+\s)?[A-Z][\w'-]+)"
)
_COMPOUND = re.compile(r"\b([A-Z][a-z]{3,}) ([A-Z][a-z]{3,})\b")


@dataclass(frozen=True, slots=True)
class Party:
    """A likely party.

    Parameters
    ----------
    name, adjective : str
        As the documents have them; the adjective may be "".
    people : tuple of str
        Those the documents introduce as its own.
    mentions : int
        How often it is named.
    """

    name: str
    adjective: str
    people: tuple[str, ...]
    mentions: int


def parties(documents: Sequence[Document]) -> tuple[Party, ...]:
    """Return likely parties, the most active first.

    A party is a name that takes positions or speaks, whose adjective stands before offices, or that is named
    often both as noun and as adjective; names that are
    only people, days or openings of sentences are left out.

    Examples
    --------
    >>> text = "Norvia refuses to go. Kestria demands more. Norvian President Al Arv met Kestrian envoys. "
    >>> [(p.name, p.adjective, p.people) for p in parties([Document("a", text * 2)])]
    [('Norvia', 'Norvian', ('Al Arv',)), ('Kestria', 'Kestrian', ())]
    """
    counts: Counter[str] = Counter()
    active: Counter[str] = Counter()
    compound: Counter[str] = Counter()
    people: dict[str, Counter[str]] = {}
    for document in documents:
        shadow = document.shadow
        for first, second in _COMPOUND.findall(shadow):
            if second.lower() not in words("en", "titles"):
                compound.update((first, second))
        for match in _PERSON.finditer(shadow):
            people.setdefault(match[1] or "", Counter())[match[2]] += 1
        for sentence in _sentences(document):
            counts.update(_ANY.findall(sentence))
            active.update(_subjects(sentence))
    whole = Counter({name: n for name, n in counts.items() if compound[name] <= 0.6 * n})
    return _chosen(whole, active, people)


def _sentences(document: Document) -> Iterable[str]:
    shadow = document.shadow
    for piece in pieces(shadow, document.language):
        if not piece.heading:
            yield shadow[piece.start : piece.end]


def _subjects(sentence: str) -> list[str]:
    """Return names that stand before a verb of wanting, refusing or saying."""
    if not (phrases("en", "position").search(sentence) or phrases("en", "forecast").search(sentence)):
        return []
    head = re.split(r"\b(?:that|who|which|if|because)\b|[,;:]", sentence)[0]
    return _ANY.findall(head)[:2]


def _chosen(counts: Counter[str], active: Counter[str], people: dict[str, Counter[str]]) -> tuple[Party, ...]:
    openers = {w.capitalize() for group in ("openers", "calendar", "titles") for w in words("en", group)}
    openers |= {w.capitalize() for w in words("en", "organisations") | words("en", "independent")}
    persons = {part for names in people.values() for name in names for part in name.split()}
    roots: dict[str, list[str]] = {}
    for name in counts:
        if name not in openers and name not in persons and not name.endswith(("ly", "ing", "ed")):
            roots.setdefault(name[:4], []).append(name)
    found = []
    for group in roots.values():
        names = sorted(group, key=lambda n: (bool(_ADJECTIVE.search(n)), -counts[n], n))
        adjective = next((n for n in names if _ADJECTIVE.search(n) and not n.endswith("s")), "")
        base = next((n for n in names if not _ADJECTIVE.search(n)), adjective)
        total = sum(counts[n] for n in group)
        own = tuple(dict.fromkeys(p for n in group for p, _ in people.get(n, Counter()).most_common(4)))
        weight = total + 3 * sum(active[n] for n in group) + 4 * len(own)
        country = base != adjective != "" and total >= OFTEN
        if total >= FEWEST and (own or country or any(active[n] for n in group)):
            found.append((weight, Party(base, adjective if adjective != base else "", own, total)))
    found.sort(key=lambda pair: (-pair[0], pair[1].name))
    likely = [party for _, party in found if party.adjective or party.people or party.name.isupper()]
    others = [party for _, party in found if party not in likely]
    return tuple((likely if len(likely) > 1 else [*likely, *others])[:MOST])
