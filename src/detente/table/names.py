"""Plain names for ids: what a reader sees instead of what the file says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from detente.case.model import Case
from detente.table.concessions import RedLine
from detente.words import listed

_INSIDE = re.compile(r"(?<=[a-z,;] )[A-Z][\w'-]+")
"""A capital word that does not open a sentence."""


@dataclass(frozen=True)
class Names:
    """The names of one case, and of options (issue, option) a user added to it.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> names = Names(load_case("alaska-2025"))
    >>> names.actor("RUS"), names.issue("line")
    ('Russia', 'Line of control')
    """

    case: Case
    added: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def proper(self) -> frozenset[str]:
        """Words that are capitals in any sentence: of actors' names, and those met inside sentences."""
        names = (w.strip("(),.") for a in self.case.actors for w in f"{a.name} {a.adjective}".split())
        texts = [self.case.summary, *(s.decides + " " + s.context for s in self.case.stakes)]
        texts += [o.text for i in self.case.issues for o in i.options] + [r.text for r in self.case.rules]
        named = [s.name for s in self.case.stakes] + [i.name for i in self.case.issues]
        plain = {w for text in (*texts, *named) for w in re.findall(r"\b[a-z][\w'-]+", text)}
        inside = (w for text in texts for w in _INSIDE.findall(text) if w.lower() not in plain)
        return frozenset(w.removesuffix("'s") for w in (*names, *inside) if w[:1].isupper())

    def actor(self, id: str) -> str:  # noqa: A002 - the file's own word
        """Return an actor's name."""
        return self.case.actor(id).name

    def actors(self, ids: Iterable[str]) -> str:
        """Return actors as prose, each with its article where its name takes one."""
        return listed([self.the_actor(i) for i in ids])

    def the_actor(self, id: str) -> str:  # noqa: A002 - the file's own word
        """Return an actor as a sentence speaks of it."""
        actor = self.case.actor(id)
        return f"the {actor.name}" if actor.article else actor.name

    def issue(self, id: str) -> str:  # noqa: A002 - the file's own word
        """Return an issue's name."""
        return self.case.issue(id).name

    def issues(self, ids: Iterable[str]) -> str:
        """Return issues as prose, in lower case but for proper names."""
        return listed([lowered(self.issue(i), self.proper) for i in ids])

    def the_issue(self, id: str) -> str:  # noqa: A002 - the file's own word
        """Return an issue as a sentence speaks of it: with an article, where its name takes one."""
        return with_article(lowered(self.issue(id), self.proper))

    def option(self, issue: str, id: str) -> str:  # noqa: A002 - the file's own word
        """Return the short label of an option, on the table or later."""
        for option in self.case.issue(issue).options:
            if option.id == id:
                return option.label
        for later in self.case.later_options:
            if (later.issue, later.id) == (issue, id):
                return later.short or later.text
        return self.added[issue, id]

    def reading(self, id: str) -> str:  # noqa: A002 - the file's own word
        """Return what a reading says."""
        return self.case.readings[id].text

    def reading_name(self, id: str) -> str:  # noqa: A002 - the file's own word
        """Return the short name of a reading, for use inside a sentence."""
        return lowered(self.case.readings[id].label, self.proper)

    def rule(self, id: str) -> str:  # noqa: A002 - the file's own word
        """Return what a rule says."""
        return next(r.text for r in self.case.rules if r.id == id)

    def deal(self, issues: Iterable[str], options: Iterable[str]) -> str:
        """Return a whole deal as prose: each issue and its option."""
        return "; ".join(
            f"{self.issue(i)}: {self.option(i, o)}" for i, o in zip(issues, options, strict=True)
        )

    def line(self, line: RedLine) -> str:
        """Return a red line as "Russia on the line of control"."""
        return f"{self.the_actor(line[0])} on {self.the_issue(line[1])}"

    def lines(self, lines: Iterable[RedLine]) -> str:
        """Return red lines as prose, gathered by actor.

        An actor's red lines on several issues are named once: "Russia on a and b; Ukraine on c".
        """
        by_actor: dict[str, list[str]] = {}
        for actor, issue in lines:
            by_actor.setdefault(actor, []).append(issue)
        return "; ".join(f"{self.actor(a)} on {self.issues(i)}" for a, i in by_actor.items())


_NO_ARTICLE = ("the", "a", "an", "who", "whose", "where", "when", "how", "what", "which", "whether")


def with_article(name: str) -> str:
    """Return a lower-case name with "the", unless it opens with an article, a question or a proper name.

    Examples
    --------
    >>> with_article("line of control"), with_article("who pays"), with_article("NATO membership")
    ('the line of control', 'who pays', 'NATO membership')
    >>> with_article("a vote on leaving")
    'a vote on leaving'
    """
    bare = name[:1].isupper() or name.partition(" ")[0] in _NO_ARTICLE
    return name if bare else f"the {name}"


def is_plural(name: str) -> bool:
    """Return whether a name takes a plural verb, by the noun before its first preposition.

    Examples
    --------
    >>> [is_plural(x) for x in ("line of control", "limits on forces", "legal status of areas", "who pays")]
    [False, True, False, False]
    >>> is_plural("West Bank and Gaza")
    True
    """
    if name.partition(" ")[0].lower() in _NO_ARTICLE[3:]:
        return False
    head = re.split(r" (?:of|on|in|to|for|under|over|from|with|by)\b", name)[0]
    return " and " in head or re.search(r"[^sui]s$", head) is not None


def lowered(text: str, proper: frozenset[str] = frozenset()) -> str:
    """Return a name for use inside a sentence: a plain first word loses its capital.

    Parameters
    ----------
    text : str
    proper : frozenset of str
        Words that always keep their capital, such as those in the actors' names.

    Examples
    --------
    >>> lowered("Line of control"), lowered("US-Russia relations"), lowered("Oslo talks", frozenset({"Oslo"}))
    ('line of control', 'US-Russia relations', 'Oslo talks')
    """
    first = text.partition(" ")[0]
    keep = first[1:] != first[1:].lower() or first.removesuffix("'s").removesuffix("’s") in proper
    return text if keep or not first else text[0].lower() + text[1:]
