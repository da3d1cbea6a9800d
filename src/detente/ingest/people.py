"""Who the people in a text are: full names, the actors they speak for, and names that are places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from detente.ingest.lexicon import words
from detente.ingest.names import Actors, is_place

_TOKEN = re.compile(r"[^\W\d_][\w'.-]*[\w']|[^\W\d_]")
_PARTICLES = frozenset(("de", "van", "von", "der", "bin", "al", "el", "la", "of", "for", "the", "and"))
_JOINTS = frozenset(("of", "for", "the", "and"))
_PLACED = re.compile(r"\b(?:in|near|outside|at|around|inside|в|во|под) ((?:[A-ZА-ЯЁ][\w'-]+ ?){1,2})")
_DATELINE = re.compile(r"^([A-ZА-ЯЁ]{4,}),", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a phrase.

    Parameters
    ----------
    text : str
        The name without titles.
    person : bool
        Whether it is somebody rather than a body or a place.
    actor : str
        The actor it belongs to; "" where none is known.
    """

    text: str
    person: bool
    actor: str


@dataclass(frozen=True)
class People:
    """The people of one document.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> people = People.of("US envoy Ann Lee met officials in Kyiv.", Actors(load_case("alaska-2025")))
    >>> people.full, people.affiliation
    ({'Lee': 'Ann Lee'}, {'Lee': 'USA'})
    """

    actors: Actors
    full: Mapping[str, str] = field(default_factory=dict)
    affiliation: Mapping[str, str] = field(default_factory=dict)
    places: frozenset[str] = frozenset()

    @staticmethod
    def of(text: str, actors: Actors) -> People:
        """Return the people a text introduces with a title, or with two names or more."""
        places = frozenset(m[1].split()[0] for m in _PLACED.finditer(text))
        places |= {m[1].capitalize() for m in _DATELINE.finditer(text)}
        blank = People(actors, places=places)
        full: dict[str, str] = {}
        affiliation: dict[str, str] = {}
        bodies: dict[str, set[str]] = {}
        for clause in re.split(r"[.!?;:\n\"()]+(?=\s|$)|[\"()]", text):
            for named in blank.names(clause):
                last = last_word(named.text)
                if named.person and (len(named.text.split()) > 1 or last not in full):
                    if len(named.text.split()) > 1:
                        full[last] = full[last] if " " in full.get(last, "") else named.text
                    elif named.actor:
                        full.setdefault(last, named.text)
                    if named.actor:
                        affiliation.setdefault(last, named.actor)
                elif named.actor and not actors.of(named.text):
                    bodies.setdefault(named.text, set()).add(named.actor)
        affiliation |= {last_word(body): of.pop() for body, of in bodies.items() if len(of) == 1}
        return People(actors, full, affiliation, places)

    def names(self, phrase: str) -> Iterator[Named]:
        """Yield the names in a phrase in order; titles and nationalities before a name are left off."""
        for start, run in _runs(phrase):
            named = self._named(phrase[:start], run)
            if named is not None:
                yield named

    def actor_of(self, name: str) -> str:
        """Return the actor a name belongs to, by the case, then by the text; "" for a body of its own."""
        if {_bare(w) for w in name.split()} & words("en", "independent"):
            return ""
        return self.actors.of(name) or self.affiliation.get(last_word(name), "")

    def _named(self, before: str, run: list[str]) -> Named | None:
        titles = words("en", "titles") | words("ru", "titles")
        cut = max((n + 1 for n, w in enumerate(run[:-1]) if _bare(w) in titles), default=0)
        head, rest = run[:cut], run[cut:]
        while len(rest) > 1 and self._leads(rest):
            head, rest = [*head, rest[0]], rest[1:]
        if _bare(rest[-1]) in titles and len(rest) == 1:
            return None
        if rest[0] in _OPENERS and len(rest) == 1:
            return None
        text = " ".join(rest)
        if {_bare(w) for w in run} & words("en", "organisations") and cut and _bare(run[-1]) not in titles:
            bare = [w for w in run if not self._national(w)]
            rest = bare if len(rest) == 1 and _bare(rest[0]) in words("en", "organisations") else rest
        body = bool({_bare(w) for w in rest} & words("en", "organisations")) or bool(_JOINTS & set(rest))
        own = self.actors.of(text)
        titled = cut > 0 or _bare(last_word(before)) in titles
        around = self.actors.last(" ".join([*before.split()[-6:], *head]))
        person = not body and not self._national(text) and self._is_person(text, titled)
        independent = bool({_bare(w) for w in rest} & words("en", "independent"))
        if not person:
            return Named(
                text, False, "" if independent else own or (self.actors.of(" ".join(head)) if head else "")
            )
        return Named(text, True, own or (around if titled or len(rest) > 1 else ""))

    def _leads(self, rest: list[str]) -> bool:
        """Whether the first of some capitalised words says whose the others are."""
        if rest[1] in _JOINTS:
            return False
        if rest[0].endswith(("'s", "s'")) or self._national(rest[0]):
            return True
        met = self.actors.find(" ".join(rest[:2]))
        return len(rest) > 2 and bool(met) and met[0].text == rest[0]

    def _national(self, text: str) -> bool:
        """Whether a text is an actor's name or adjective rather than one of its people."""
        bare = _POSSESSIVE.sub("", text).replace(".", "")
        return bare in self._nations

    @cached_property
    def _nations(self) -> frozenset[str]:
        actors = self.actors.case.actors
        return frozenset(n for a in actors for n in (a.name, a.adjective, f"{a.adjective}s"))

    def _is_person(self, text: str, titled: bool) -> bool:
        first, *more = text.split()
        if titled:
            return True
        if last_word(text) in self.full:
            return True
        if first in self.places or is_place(text):
            return False
        return bool(more) or bool(self.actors.of(text))


_OPENERS = frozenset(
    w.capitalize() for w in words("en", "openers") | words("en", "calendar") | words("ru", "openers")
)


def last_word(text: str) -> str:
    """Return the last word of a text; "" of an empty one."""
    found = text.rsplit(maxsplit=1)
    return found[-1] if found else ""


_POSSESSIVE = re.compile(r"('s|s')$")
_TAIL = re.compile(r"('s|s'|\.)$")


def _bare(word: str) -> str:
    return _TAIL.sub("", word).lower()


def _runs(phrase: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the capitalised words that stand together, small joining words between them included."""
    run: list[str] = []
    start = end = 0
    for match in _TOKEN.finditer(phrase):
        word = match[0]
        apart = phrase[end : match.start()].strip() != ""
        if run and (apart or not (word[0].isupper() or word in _PARTICLES)):
            yield from _closed(start, run)
            run = []
        if word[0].isupper() and not (not run and word in _OPENERS):
            start = match.start() if not run else start
            run.append(word)
        elif run and word in _PARTICLES and not apart:
            run.append(word)
        end = match.end()
    yield from _closed(start, run)


def _closed(start: int, run: list[str]) -> Iterator[tuple[int, list[str]]]:
    while run and run[-1] in _PARTICLES:
        run = run[:-1]
    if run:
        yield start, run
