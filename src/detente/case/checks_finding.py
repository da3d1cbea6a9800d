"""What a check reports, before it is tied to a line of a file, and the known names it is held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from detente.case.base import Model
from detente.case.checks_walk import walk
from detente.case.model import Case
from detente.case.yamlfile_spot import Spot


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or worth knowing at one place of a case.

    Parameters
    ----------
    spot : tuple
        The place; list items by their id where they have one, by position otherwise.
    message, remedy : str
        What is wrong, and what to do about it.
    severity : {"error", "warning"}
        An error stops the analysis.
    twin : int
        Which of several list items with the same id is meant, counted from 0.
    """

    spot: Spot
    message: str
    remedy: str
    severity: Literal["error", "warning"] = "error"
    twin: int = 0


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the remedy for an unknown word: the closest known one, or all of them.

    Examples
    --------
    >>> nearest("freze", ["freeze", "return"]), nearest("x", ["a", "b"]), nearest("x", [])
    ('did you mean `freeze`?', 'known are a, b', 'none is defined')
    >>> closest("freze", ["freeze", "return"])
    'freeze'
    """
    known = list(known)
    if close := closest(word, known):
        return f"did you mean `{close}`?"
    if len(known) < 2:
        return f"the only one is `{known[0]}`" if known else "none is defined"
    more = f" and {len(known) - 12} more" if len(known) > 12 else ""
    return f"known are {', '.join(known[:12])}{more}"


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word that a misspelt one probably means, or ""."""
    from difflib import get_close_matches

    folded = {name.lower(): name for name in known}
    # Long words are cut: comparing costs the product of the lengths.
    close = get_close_matches(word[:60].lower(), folded, 1, 0.7)  # cutoff: judgement
    return folded[close[0]] if close else ""


@dataclass(frozen=True, slots=True)
class Known:
    """The ids of one kind that a case defines; `open` where its definitions are themselves faulty."""

    noun: str
    ids: tuple[str, ...] = ()
    open: bool = False
    members: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", frozenset(self.ids))

    def lacks(self, name: str) -> bool:
        """Whether the name is certainly not defined."""
        return not self.open and name not in self.members

    def unknown(self, names: str | Iterable[str], spot: Spot) -> Iterator[Finding]:
        """Yield a finding for each name that is not defined.

        Parameters
        ----------
        names : str, mapping or sequence of str
            The names used.
        spot : tuple
            The place of the one name, of the mapping whose keys they are, or of the list they stand in.
        """
        if isinstance(names, str):
            if self.lacks(names):
                yield Finding(spot, f"there is no {self.noun} `{names}`", nearest(names, self.ids))
        else:
            for step, name in ((n, n) for n in names) if isinstance(names, Mapping) else enumerate(names):
                yield from self.unknown(name, (*spot, step))


@dataclass(frozen=True, slots=True)
class Names:
    """All ids a case defines, and all its parts with their places.

    `broken` are the top-level parts from which something unreadable had to be left out: what is said there
    about missing things would be a consequence of that, so checks keep silent about it.
    """

    actors: Known
    issues: Known
    stakes: Known
    readings: Known
    sources: Known
    evidence: Known
    options: Mapping[str, Known]
    parts: tuple[tuple[Spot, Model], ...]
    broken: frozenset[str] = frozenset()

    def options_of(self, issue: str) -> Known:
        """Return the options of an issue; everything is an option of an issue that does not exist."""
        return self.options.get(issue) or Known("", open=True)

    def choices(self, chosen: Mapping[str, str | tuple[str, ...]], spot: Spot) -> Iterator[Finding]:
        """Yield a finding for each unknown issue or option in `{issue: option}` or `{issue: [options]}`."""
        yield from self.issues.unknown(chosen, spot)
        for issue, options in chosen.items():
            yield from self.options_of(issue).unknown(options, (*spot, issue))


def names_of(case: Case, broken: frozenset[str] = frozenset(), within: Iterable[str] | None = None) -> Names:
    """Collect the ids and parts of a case.

    Parameters
    ----------
    case : Case
    broken : frozenset of str
        Top-level parts of which something had to be left out.
    within : iterable of str, optional
        Only parts below these top-level names: all that can be wrong where nothing else has changed.
    """

    def known(noun: str, part: str, ids: Iterable[str]) -> Known:
        unique = tuple(dict.fromkeys(given := tuple(ids)))
        return Known(noun, unique, part in broken or len(unique) < len(given))

    options = {
        i.id: known(f"option of {i.id} named", "issues", (o.id for o in i.options)) for i in case.issues
    }
    issues = known("issue", "issues", (i.id for i in case.issues))
    return Names(
        actors=known("actor", "actors", (a.id for a in case.actors)),
        issues=issues,
        stakes=known("stake", "stakes", (s.id for s in case.stakes)),
        readings=known("reading", "readings", case.readings),
        sources=known("source", "sources", (s.id for s in case.sources)),
        evidence=known("evidence item", "evidence", (e.id for e in case.evidence)),
        options={} if issues.open else options,
        parts=tuple(walk(case, within=within)),
        broken=broken,
    )
