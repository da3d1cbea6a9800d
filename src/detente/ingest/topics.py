"""Which stake a sentence belongs to: learned from the case's own words, helped by general themes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from detente.case.model import Case

_WORD = re.compile(r"[^\W\d_]{2,}")
_SUFFIX = re.compile(r"(?:ations?|ments?|ings?|ness|ities|ity|ions?|ives?|ably|ies|ers?|ed|es|ly|s|e|y)$")
_THEMES = Path(__file__).with_name("data") / "themes.txt"
_STOP = re.compile(
    "(?:the|and|for|with|that|this|from|have|has|had|was|were|are|will|would|could|should|been|being|their|its|his|her|"
    "our|your|they|them|who|what|which|when|while|into|over|under|than|then|there|here|about|after|before|more|most|"
    "some|such|only|also|not|any|but|all|can|may|might|must|one|two|new|said|says|say|years?|months?|days?|weeks?|hours?|"
    "minutes?|times?|people|country|countries|sides?|between|how|long|whether|where|does|did|first|last|other|both|each|"
    "within|rejects?|rejected|agree[ds]?|agrees|calls?|called|wants?|asks?|asked|reports?|reported|told|like|made?|make)"
)

_NAME, _DECIDES, _CONTEXT, _OPTIONS, _EVIDENCE = 4.0, 3.0, 1.5, 1.5, 1.0
"""Weights of a word by where in the case it stands. Judgement: names say most, single items least."""
_THEME = 1.3
"""Weight of a general theme against the case's own words. Tuned on the tuning half of the gold standard."""
_SMOOTH = 0.6
"""Added to every count, so that a word never seen with a stake does not rule it out. Judgement."""


_ASIDE = 0.45
"""Weight of a condition or time beside what holds under it. Tuned."""
_CONDITION = re.compile(
    r"\b(?:if|unless|once|until|before|after|as soon as|as long as|provided|on condition|within \w+ \w+ of|"
    r"should|in (?:exchange|return) for|если|после|до тех пор|при условии|в обмен на|пока)\b",
    re.IGNORECASE,
)
_CONDITION_FIRST = re.compile(
    r"\s*\"?(?:if|unless|once|until|before|after|as soon as|should|если|после)\b[^,]*,", re.I
)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word without its ending, roughly: enough to make forms of one word meet.

    Examples
    --------
    >>> stem("guarantees") == stem("guarantee"), stem("sanctions") == stem("sanction"), stem("перемирия")
    (True, True, 'переми')
    """
    word = word.lower()
    if "а" <= word[0] <= "я" or word[0] == "ё":
        return word[:6] if len(word) > 6 else word[: max(4, len(word) - 1)]
    for _ in range(2):
        shorter = _SUFFIX.sub("", word)
        word = shorter if len(shorter) > 3 else word
    return word


def stems(text: str) -> list[str]:
    """Return the stems of the words of a text that mean something.

    Examples
    --------
    >>> stems("The guarantees that were offered")
    ['guarant', 'offer']
    """
    return [stem(w) for w in _WORD.findall(text.lower()) if len(w) > 2 and not _STOP.fullmatch(w)]


@cache
def _themes() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    name = ""
    for line in _THEMES.read_text(encoding="utf-8").split("\n"):
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            found[name] = (*found.get(name, ()), *map(stem, line.split()))
    return found


def theme_words(theme: str) -> str:
    """Return the words of a general theme, as a text a stake can be described with."""
    return " ".join(_themes()[theme])


def themes_of(words: Iterable[str]) -> Counter[str]:
    """Return how many of some stems belong to each general theme.

    Examples
    --------
    >>> dict(themes_of(stems("A truce ended the shelling")))
    {'halt': 2}
    """
    found: Counter[str] = Counter()
    for word in words:
        for theme in _theme_of(word):
            found[theme] += 1
    return found


@cache
def _theme_of(word: str) -> tuple[str, ...]:
    return tuple(
        theme
        for theme, roots in _themes().items()
        if any(
            word.startswith(root) or (root.startswith(word) and len(root) - len(word) < 3) for root in roots
        )
    )


@dataclass(frozen=True)
class Topics:
    """What each stake of a case sounds like.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> topics = Topics.of(load_case("alaska-2025"))
    >>> max(topics.scores("The central bank cut its rate as inflation fell").items(), key=lambda x: x[1])[0]
    'russia_economy'
    >>> topics.heading("2. Europe's security")
    'europe_security'
    """

    stakes: tuple[str, ...]
    weights: Mapping[str, Mapping[str, float]]
    affinity: Mapping[str, Mapping[str, float]]
    names: Mapping[str, frozenset[str]]
    proper: frozenset[str]

    @staticmethod
    def of(case: Case) -> Topics:
        """Learn the stakes of a case from its names, issues, options, context and filed evidence."""
        stakes = tuple(s.id for s in case.stakes)
        proper = frozenset(
            word for a in case.actors for name in (a.name, a.adjective, *a.aliases) for word in stems(name)
        )
        said: dict[str, dict[str, float]] = {s: {} for s in stakes}
        own: dict[str, dict[str, float]] = {s: {} for s in stakes}
        for s, weight, text, core in _texts(case):
            for word in stems(text):
                if word not in proper and s in said:
                    said[s][word] = said[s].get(word, 0.0) + weight
                    own[s][word] = own[s].get(word, 0.0) + weight * core
        weights = _odds(said)
        affinity = {theme: _shares(theme, own) for theme in _themes()}
        names = {s.id: frozenset(stems(s.name)) - proper or frozenset(stems(s.name)) for s in case.stakes}
        return Topics(stakes, weights, affinity, names, proper)

    def scores(self, text: str) -> dict[str, float]:
        """Return how much a text sounds like each stake; 0 where nothing speaks for any.

        What a sentence makes a condition of counts less than what it says under that condition.
        """
        found = dict.fromkeys(self.stakes, 0.0)
        for part, weight in _clauses(text):
            for s, value in self._scores(part).items():
                found[s] += weight * value
        return found

    def _scores(self, text: str) -> dict[str, float]:
        words = stems(text)
        found = dict.fromkeys(self.stakes, 0.0)
        for word in words:
            if word not in self.proper:
                for s, weight in self.weights.get(word, {}).items():
                    found[s] += weight
        for theme, n in themes_of(dict.fromkeys(words)).items():
            for s, share in self.affinity[theme].items():
                found[s] += _THEME * share * math.sqrt(n)
        return found

    def heading(self, text: str) -> str:
        """Return the stake a heading names; "" where it names none."""
        words = frozenset(stems(text))
        fits = {s: len(words & name) / len(name) for s, name in self.names.items() if name and words & name}
        best = max(fits, key=lambda s: fits[s], default="")
        return best if best and fits[best] >= 0.5 and len(words) <= 3 * len(self.names[best]) + 2 else ""


def _clauses(text: str) -> Iterable[tuple[str, float]]:
    """Yield the parts of a sentence with their weights: conditions and times weigh less."""
    if match := _CONDITION_FIRST.match(text):
        yield match[0], _ASIDE
        yield text[match.end() :], 1.0
    elif (match := _CONDITION.search(text)) and match.start() > 25:
        yield text[: match.start()], 1.0
        yield text[match.start() :], _ASIDE
    else:
        yield text, 1.0


def _texts(case: Case) -> Iterable[tuple[str, float, str, float]]:
    """Yield stake, weight, text, and whether the text belongs to the stake's own definition."""
    for s in case.stakes:
        yield s.id, _NAME, s.name, 1.0
        yield s.id, _DECIDES, s.decides, 1.0
        yield s.id, _CONTEXT, s.context, 0.5
    for issue in case.issues:
        yield issue.stake, _DECIDES, issue.name, 1.0
        for option in issue.options:
            yield issue.stake, _OPTIONS, option.text, 0.7
    for item in case.evidence:
        yield item.stake, _EVIDENCE, f"{item.statement} {item.quantity}", 0.0


def _odds(said: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Return for each word how much more it belongs to each stake than to the average one, at least 0."""
    totals = {s: sum(c.values()) or 1.0 for s, c in said.items()}
    mean = sum(totals.values()) / len(totals)
    vocabulary = {word for c in said.values() for word in c}
    found: dict[str, dict[str, float]] = {}
    for word in vocabulary:
        rates = {s: c.get(word, 0.0) * mean / totals[s] + _SMOOTH for s, c in said.items()}
        average = sum(rates.values()) / len(rates)
        odds = {s: math.log(rate / average) for s, rate in rates.items() if rate > average}
        if odds:
            found[word] = odds
    return found


def _shares(theme: str, own: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Return how much each stake is about a theme, the most concerned one at 1."""
    counts = {s: sum(w for word, w in c.items() if theme in _theme_of(word)) for s, c in own.items()}
    totals = {s: sum(c.values()) or 1.0 for s, c in own.items()}
    rates = {s: counts[s] / totals[s] for s in own}
    top = max(rates.values(), default=0.0)
    return {s: (rate / top) ** 1.5 for s, rate in rates.items() if top and rate > 0.25 * top}
