"""Finds items that tell the same, and items that say otherwise, among the ledger and the proposals."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from detente.case.model import Case
from detente.case.sources import Evidence
from detente.ingest.numbers import Number, numbers
from detente.ingest.proposal import Proposal
from detente.ingest.topics import stems

_COPY = 0.78
"""Likeness of words from which two items tell the same whatever else they say. Tuned."""
_ALIKE = 0.42
"""Likeness from which two items without numbers tell the same, if about one actor and stake. Tuned."""
_NUMBERED = 0.14
"""Likeness from which two items with one telling number in common tell the same. Tuned."""
_OPPOSED = 0.45
"""Likeness from which two items with different numbers, or one with "not", say otherwise. Judgement."""
_NOT = re.compile(
    r"\b(?:not|no|never|n't|without|neither|nor|ruled? out|den(?:y|ies|ied)|refus\w+|reject\w+|не|нет)\b",
    re.I,
)
_CODED = re.compile(r"percent|km2|km|[A-Z]{3}( |/|$)|crowns|tonne|mi2?")
_COMMON = 60  # judgement: of a word or number in more items than this only the latest are looked at
_COMPARED = 40  # judgement: items compared with each; the rest have less in common


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What is compared of an item."""

    id: str
    document: str
    words: Mapping[str, int]
    numbers: frozenset[tuple[float, str]]
    telling: frozenset[float]
    actor: str
    stake: str
    denies: bool
    position: bool
    choice: tuple[str, str]
    norm: list[float] = field(default_factory=list)


def with_twins(case: Case, found: Sequence[Proposal], before: Iterable[Proposal] = ()) -> list[Proposal]:
    """Return the proposals with what tells the same and what says otherwise among known items and each other.

    Parameters
    ----------
    case : Case
        Whose ledger to compare with.
    found : sequence of Proposal
        With ids; of two that tell the same the later one names the earlier.
    before : iterable of Proposal
        Items proposed earlier, which are not marked again.
    """
    known = [*map(_of_evidence, case.evidence), *map(_of_proposal, before)]
    new = [_of_proposal(p) for p in found]
    rarity = _rarity([*known, *new])
    index = _Index(rarity)
    for sketch in known:
        index.add(sketch)
    marked = []
    told: list[Evidence | Proposal] = [*case.evidence, *before]
    groups = _Groups({item.id: item.same_origin for item in told})
    for proposal, sketch in zip(found, new, strict=True):
        verdicts = [(other.id, _compare(sketch, other, rarity)) for other in index.near(sketch)]
        same = groups.joined(sketch.id, [name for name, verdict in verdicts if verdict > 0])
        against = tuple(name for name, verdict in verdicts if verdict < 0)
        marked.append(replace(proposal, same_origin=same, contradicts=against))
        index.add(sketch)
    return marked


class _Groups:
    """Items that tell the same, each group under its first member, so that a copy names one of them."""

    def __init__(self, known: Mapping[str, Iterable[str]]) -> None:
        self._above: dict[str, str] = {}
        for name, others in known.items():
            self.joined(name, others)

    def _first(self, name: str) -> str:
        while (above := self._above.get(name, name)) != name:
            name = above
        return name

    def joined(self, name: str, others: Iterable[str]) -> tuple[str, ...]:
        """Put an item with others, and return one of each group that thereby become one."""
        met: dict[str, str] = {}
        for other in others:
            met.setdefault(self._first(other), other)
        heads = list(met)
        for head in [self._first(name), *heads[1:]]:
            if heads and head != heads[0]:
                self._above[head] = heads[0]
        return tuple(met.values())


def _of_proposal(p: Proposal) -> _Sketch:
    return _sketch(
        p.id,
        p.document,
        p.statement,
        p.numbers,
        (p.actor, p.stake, p.issue, p.option, p.modality == "position"),
    )


def _of_evidence(item: Evidence) -> _Sketch:
    found = numbers(item.statement)
    if isinstance(item.value, float):
        found = (*found, Number(item.value, item.unit, 0, 0, ""))
    about = (item.actor, item.stake, item.issue or "", item.option or "", item.modality == "position")
    return _sketch(item.id, "", item.statement, found, about)


def _sketch(
    name: str, document: str, text: str, found: Iterable[Number], about: tuple[str, str, str, str, bool]
) -> _Sketch:
    actor, stake, issue, option, position = about
    pairs = frozenset((n.value, n.unit) for n in found if n.unit)
    telling = frozenset(v for v, unit in pairs if _telling(v, unit))
    words = Counter(w for w in stems(text) if not w.isdigit())
    denies = bool(_NOT.search(text))
    return _Sketch(name, document, words, pairs, telling, actor, stake, denies, position, (issue, option))


def _telling(value: float, unit: str) -> bool:
    """Whether a number is unlikely to turn up twice by chance."""
    return value != round(value) or abs(value) > 100 or (abs(value) > 5 and bool(_CODED.match(unit)))


def _rarity(sketches: Sequence[_Sketch]) -> dict[str, float]:
    seen = Counter(word for s in sketches for word in s.words)
    return {word: math.log(1 + len(sketches) / n) for word, n in seen.items()}


class _Index:
    """Items by their rarer words and telling numbers, so that few are compared."""

    def __init__(self, rarity: Mapping[str, float]) -> None:
        self._rarity = rarity
        self._by_word: defaultdict[str, list[_Sketch]] = defaultdict(list)
        self._by_number: defaultdict[float, list[_Sketch]] = defaultdict(list)

    def add(self, sketch: _Sketch) -> None:
        """Let an item be found."""
        for word in self._rare(sketch):
            self._by_word[word].append(sketch)
        for value in sketch.telling:
            self._by_number[value].append(sketch)

    def near(self, sketch: _Sketch) -> list[_Sketch]:
        """Return items with something rare in common, those with most in common first."""
        hits: Counter[str] = Counter()
        met: dict[str, _Sketch] = {}
        for value in sorted(sketch.telling):
            for other in self._by_number[value][-_COMMON:]:
                met[other.id] = other
                hits[other.id] += 2
        for word in self._rare(sketch):
            for other in self._by_word[word][-_COMMON:]:
                met[other.id] = other
                hits[other.id] += 1
        return [met[name] for name, n in hits.most_common(_COMPARED) if n > 1]

    def _rare(self, sketch: _Sketch) -> list[str]:
        return sorted(sketch.words, key=lambda w: (-self._rarity[w], w))[:10]


def _compare(a: _Sketch, b: _Sketch, rarity: Mapping[str, float]) -> int:
    """Return 1 if two items tell the same, -1 if they say otherwise, 0 if neither."""
    likeness = _likeness(a, b, rarity)
    about = (not a.stake or not b.stake or a.stake == b.stake) and (
        not a.actor or not b.actor or a.actor == b.actor
    )
    shared = a.telling & b.telling
    if shared and (likeness >= _NUMBERED or (about and a.stake == b.stake and likeness == 0)):
        return 1
    differ = _differ(a, b)
    if likeness >= _OPPOSED and about and (differ or a.denies != b.denies) and not shared:
        return -1
    if a.choice[0] and a.choice[0] == b.choice[0] and a.position and b.position and a.actor == b.actor:
        return -1 if a.choice[1] and b.choice[1] and a.choice[1] != b.choice[1] else int(likeness >= _ALIKE)
    if likeness >= _COPY and not differ:
        return 1
    return int(
        likeness >= _ALIKE and about and not differ and not (a.numbers and not b.numbers and a.telling)
    )


def _likeness(a: _Sketch, b: _Sketch, rarity: Mapping[str, float]) -> float:
    """Return the cosine of two bags of words, rare words counting more."""
    common = sum(rarity[w] ** 2 for w in a.words.keys() & b.words.keys())
    return common / (_norm(a, rarity) * _norm(b, rarity)) if common else 0.0


def _norm(sketch: _Sketch, rarity: Mapping[str, float]) -> float:
    if not sketch.norm:
        sketch.norm.append(math.sqrt(sum(rarity[w] ** 2 for w in sketch.words)))
    return sketch.norm[0]


def _differ(a: _Sketch, b: _Sketch) -> bool:
    """Whether both give a number in one unit, and never the same."""
    units = {u for _, u in a.numbers} & {u for _, u in b.numbers}
    return any(not ({v for v, x in a.numbers if x == u} & {v for v, x in b.numbers if x == u}) for u in units)
