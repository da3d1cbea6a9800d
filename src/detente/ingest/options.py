"""Which issue and option of a case a statement speaks of, by the words of both."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from detente.case.model import Case
from detente.ingest.topics import stems

_ISSUE = 0.22
"""Likeness from which a statement is filed under an issue. Judgement: a wrong issue costs more than none."""
_OPTION = 0.4
"""Likeness from which a statement is tied to an option. Judgement, as above."""
_AHEAD = 0.08
"""How far the best option must be ahead of the next. Judgement."""


@dataclass(frozen=True)
class Options:
    """The words of all issues and options of a case.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> options = Options.of(load_case("alaska-2025"))
    >>> options.of_statement("A freeze on the present line of contact", "territory")
    ('line', 'freeze')
    """

    issues: Mapping[tuple[str, str], Counter[str]]
    options: Mapping[tuple[str, str], Counter[str]]
    rarity: Mapping[str, float]

    @staticmethod
    def of(case: Case) -> Options:
        """Collect the words of a case."""
        options = {
            (i.id, o.id): Counter(stems(f"{o.text} {o.short}")) for i in case.issues for o in i.options
        }
        issues = {
            (i.stake, i.id): sum((options[i.id, o.id] for o in i.options), Counter(stems(i.name) * 3))
            for i in case.issues
        }
        seen = Counter(word for bag in options.values() for word in bag)
        seen.update(word for bag in issues.values() for word in bag)
        total = len(options) + len(issues)
        return Options(issues, options, {word: math.log(1 + total / n) for word, n in seen.items()})

    def of_statement(self, text: str, stake: str) -> tuple[str, str]:
        """Return issue and option of a statement under a stake; "" where none is clearly meant."""
        words = Counter(stems(text))
        fits = {issue: self._like(words, bag) for (s, issue), bag in self.issues.items() if s == stake}
        issue = max(fits, key=lambda i: fits[i], default="")
        if not issue or fits[issue] < _ISSUE:
            return "", ""
        ranked = sorted(
            ((self._like(words, bag), option) for (i, option), bag in self.options.items() if i == issue),
            reverse=True,
        )
        first, second = ranked[0], ranked[1] if len(ranked) > 1 else (0.0, "")
        clear = first[0] >= _OPTION and first[0] - second[0] >= _AHEAD
        return issue, first[1] if clear else ""

    def _like(self, a: Counter[str], b: Counter[str]) -> float:
        common = sum(self.rarity[w] ** 2 for w in a.keys() & b.keys())
        if not common:
            return 0.0
        norm_a = sum(self.rarity.get(w, 1.0) ** 2 for w in a)
        norm_b = sum(self.rarity[w] ** 2 for w in b)
        return common / math.sqrt(norm_a * norm_b)
