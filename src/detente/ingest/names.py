"""Finds the case's actors in a text, by name, adjective and alias, also across alphabets."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from detente.case.model import Case
from detente.ingest.lexicon import words

_CYRILLIC = re.compile("[А-Яа-яЁё]")
_ENDINGS = re.compile(r"(?:ский|ской|ская|ское|ские|ый|ий|ая|ое|ие|ия|ья|я|а|о|е|ы|и|ь|й)$")
_OBLIQUE = re.compile("(?:ским|ского|скому|ый|ий|ым|им|ом|ем|ём|ой|ого|ому|у|ю|а|е|и|ы|я)$")
_RUSSIAN_NAME = re.compile("[А-ЯЁ][а-яё]{3,}")
_LATIN = dict(
    zip(
        "бвгджзклмнпрстфхцчшщ",
        (
            "b",
            "v",
            "g",
            "d",
            "zh",
            "z",
            "k",
            "l",
            "m",
            "n",
            "p",
            "r",
            "s",
            "t",
            "f",
            "h",
            "z",
            "ch",
            "sh",
            "sh",
        ),
        strict=True,
    )
)
_SHORT, _KEPT = 60, 20_000
"""Names and titles up to this long are looked up again and again; so many answers are kept. Judgement."""
_EXONYMS = Path(__file__).with_name("data") / "exonyms.csv"


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor met in a text: which, and where."""

    actor: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Actors:
    """The names of all actors of a case, ready to be looked for.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> actors = Actors(load_case("alaska-2025"))
    >>> [(m.actor, m.text) for m in actors.find("Kyiv's army and the Russian one; Путин и Трамп")]
    [('UKR', 'Kyiv'), ('RUS', 'Russian'), ('RUS', 'Путин'), ('USA', 'Трамп')]
    """

    case: Case
    _met: dict[str, tuple[Mention, ...]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        """One pattern with a group for each name, longest names first."""
        given = ((a.id, tuple(_names(a.name, a.adjective, a.aliases))) for a in self.case.actors)
        return _compiled(tuple(given))

    @cached_property
    def _by_skeleton(self) -> Mapping[str, str]:
        return _sounds(tuple((a.id, a.aliases) for a in self.case.actors))

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in a text in order; of overlapping ones the longest."""
        if len(text) > _SHORT:
            return self._find(text)
        if text not in self._met:
            if len(self._met) > _KEPT:
                self._met.clear()
            self._met[text] = self._find(text)
        return self._met[text]

    def _find(self, text: str) -> tuple[Mention, ...]:
        found = [
            Mention(self._by_word(m), m.start(), m.end(), m[0])
            for pattern in self._patterns
            for m in pattern.finditer(text)
        ]
        if _CYRILLIC.search(text):
            found += self._by_sound(text)
        return _longest(found)

    def _by_sound(self, text: str) -> Iterator[Mention]:
        """Yield names in Russian letters that sound like an alias in Latin ones."""
        sounds = self._by_skeleton
        for match in _RUSSIAN_NAME.finditer(text):
            if actor := sounds.get(skeleton(_OBLIQUE.sub("", match[0]))):
                yield Mention(actor, match.start(), match.end(), match[0])

    def _by_word(self, match: re.Match[str]) -> str:
        return next(name for name, value in match.groupdict().items() if value is not None)[1:].split("__")[0]

    def of(self, text: str) -> str:
        """Return the first actor in a text; "" if there is none."""
        return next((m.actor for m in self.find(text)), "")

    def last(self, text: str) -> str:
        """Return the last actor in a text; "" if there is none."""
        return next((m.actor for m in reversed(self.find(text))), "")


def skeleton(name: str) -> str:
    """Return the consonants of a name in Latin letters, so that two spellings of one name meet.

    Examples
    --------
    >>> skeleton("Зеленск"), skeleton("Zelenskyy"), skeleton("Виткофф"), skeleton("Witkoff")
    ('zlnsk', 'zlnsk', 'vtkf', 'vtkf')
    """
    latin = "".join(_LATIN.get(c, c) for c in name.lower())
    bare = re.sub("[^bcdfghjklmnpqrstvwxz]", "", latin.replace("ck", "k").replace("w", "v"))
    return re.sub(r"(.)\1", r"\1", re.sub("c(?!h)", "k", bare))


@cache
def _sounds(actors: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    """Return actors by the consonants of their one-word names; short ones would meet too much."""
    names = ((skeleton(alias), id_) for id_, aliases in actors for alias in aliases if alias.isalpha())
    return {sound: id_ for sound, id_ in names if len(sound) > 2}


def _longest(found: Iterable[Mention]) -> tuple[Mention, ...]:
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, m.start - m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
        elif mention.end - mention.start > kept[-1].end - kept[-1].start:
            kept[-1] = mention
    return tuple(kept)


@cache
def _compiled(actors: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]) -> tuple[re.Pattern[str], ...]:
    given = {name for _, names in actors for name, derived in names if not derived}
    every = sorted(
        ((n, id_) for id_, names in actors for n, derived in names if not derived or n not in given),
        key=lambda x: -len(x[0]),
    )
    parts = [f"(?P<a{id_}__{n}>{_form(name)})" for n, (name, id_) in enumerate(every)]
    return (re.compile(r"(?<![\w-])(?:" + "|".join(parts) + r")(?![\w])"),) if parts else ()


def _names(name: str, adjective: str, aliases: tuple[str, ...]) -> Iterable[tuple[str, bool]]:
    """Yield all names of an actor, and derived ones (True): last names, plurals, Russian names of places."""
    given = dict.fromkeys([name, adjective if adjective[:1].isupper() else "", *aliases])
    known = _exonyms()
    for one in given:
        if not one:
            continue
        yield one, False
        yield from ((other, True) for other in known.get(one.lower(), ()))
        last = one.split()[-1]
        person = 1 < len(one.split()) <= 3 and all(w[:1].isupper() for w in one.split())
        if person and last.lower() not in words("en", "organisations") | _NOT_NAMES and last not in given:
            yield last, True
        if one == adjective and not one.endswith("s") and one.isalpha() and not one.isupper():
            yield f"{one}s", True


_NOT_NAMES = frozenset(("sable", "delhi", "city", "federation", "union", "willing", "organization", "rada"))


@cache
def _exonyms() -> Mapping[str, tuple[str, ...]]:
    """Return Russian names by English ones, from a table of states, capitals and organisations."""
    with _EXONYMS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(line for line in stream if not line.startswith("#")))
    return {row[0].lower(): tuple(row[1:]) for row in rows if row}


def is_place(name: str) -> bool:
    """Whether a name is one of the well-known states, capitals and organisations.

    Examples
    --------
    >>> is_place("Kyiv"), is_place("Москва"), is_place("Putin")
    (True, True, False)
    """
    return name.lower() in _exonyms() or name in _russian_places()


@cache
def _russian_places() -> frozenset[str]:
    return frozenset(name for names in _exonyms().values() for name in names)


def _form(name: str) -> str:
    """Return a pattern for a name in all its forms: case endings in Russian, plural blanks elsewhere."""
    if _CYRILLIC.search(name):
        return r"\s+".join(_russian(word) for word in name.split())
    if name.isupper() and name.isalpha() and len(name) < 4:
        return r"\.?".join(name) + r"\.?"
    pattern = r"\s+".join(map(re.escape, name.split()))
    if name.islower():
        first = pattern[0]
        return f"[{first}{first.upper()}]{pattern[1:]}"
    return (
        pattern.replace("^the", "[Tt]he")
        if not name.startswith("the ")
        else f"[Tt]he\\s+{pattern.split(chr(92) + 's+', 1)[1]}"
    )


def _russian(word: str) -> str:
    """Return a pattern for a Russian word in any case; short words and abbreviations stay as they are.

    Examples
    --------
    >>> bool(re.fullmatch(_russian("Россия"), "Россией")), bool(re.fullmatch(_russian("США"), "США"))
    (True, True)
    """
    if word.isupper() or len(word) < 4:
        return re.escape(word)
    stem = _ENDINGS.sub("", word)
    adjective = word.endswith(("ский", "ской"))
    ending = "ск[а-яё]{2,3}" if adjective else "[а-яё]{0,3}"
    first = stem[0]
    return (
        f"[{first.lower()}{first.upper()}]{re.escape(stem[1:])}{ending}"
        if adjective
        else f"{re.escape(stem)}{ending}"
    )
