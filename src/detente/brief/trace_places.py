"""Places of a case as a person types them, each with its file, its line and what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from detente.case.base import Model
from detente.case.checks_finding import Finding
from detente.case.checks_walk import walk
from detente.case.load import ReadCase
from detente.case.model import Case
from detente.case.yamlfile_spot import Spot

_SAID_APART = frozenset(("id", "basis", "evidence", "note", "quote"))


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a case, and which value of it was asked for ("" for the whole)."""

    spot: Spot
    part: Model
    field: str = ""


@dataclass(frozen=True)
class Places:
    """All parts of one case by their place.

    Examples
    --------
    >>> from detente.case.load import read_case
    >>> places = Places(read_case("alaska-2025"))
    >>> places.find("preferences.RUS.line.order").field, places.find("evidence F052").part.id
    ('order', 'F052')
    >>> places.find("preferences.RUS.lime") is None
    True
    """

    read: ReadCase

    @property
    def case(self) -> Case:
        """The case; only sound cases are traced."""
        assert self.read.case is not None
        return self.read.case

    @cached_property
    def parts(self) -> Mapping[str, tuple[Spot, Model]]:
        """Every part by its place, such as ``preferences.RUS.line`` or ``actors.RUS.goals#1``."""
        return parts_of(self.case)

    @cached_property
    def cited_by(self) -> Mapping[str, tuple[str, ...]]:
        """Evidence id to the places that cite it."""
        found: dict[str, dict[str, None]] = {}
        for name, (_, part) in self.parts.items():
            for item in cited(part):
                found.setdefault(item, {})[name] = None
        return {item: tuple(names) for item, names in found.items()}

    def find(self, name: str) -> Found | None:
        """Return what a person means by a place, an evidence id or a source id; None if nothing is there."""
        typed = ".".join(name.replace("#", ".#").split()).replace("..", ".")
        for tried in (typed, f"evidence.{typed}", f"sources.{typed}"):
            steps = [_step(s) for s in tried.split(".")]
            for cut in (len(steps), len(steps) - 1):
                at = self.parts.get(spelled(tuple(steps[:cut])))
                if at and cut == len(steps):
                    return self._answered(Found(*at))
                if at and str(steps[-1]) in type(at[1]).model_fields:
                    return Found(*at, field=str(steps[-1]))
        return None

    def _answered(self, found: Found) -> Found:
        """Return the judgement a bare range or pair belongs to, or the part itself."""
        above = self.parts.get(spelled(found.spot[:-1]))
        own = hasattr(found.part, "basis") or hasattr(found.part, "evidence") or hasattr(found.part, "id")
        named = isinstance(found.spot[-1], str) and above and found.spot[-1] in type(above[1]).model_fields
        return Found(*above, field=str(found.spot[-1])) if above and named and not own else found

    def below(self, place: str) -> Iterator[tuple[str, Spot, Model]]:
        """Yield the parts at or below a place that somebody decided or that cite evidence."""
        return judged_below(self.parts, place)

    def line(self, spot: Spot) -> str:
        """Return file and line of a place."""
        problem = self.read.files.problem(Finding(spot, "", ""))
        return problem.file if problem.line is None else f"{problem.file}:{problem.line}"


def parts_of(case: Case) -> Mapping[str, tuple[Spot, Model]]:
    """Return every part of a case by its place, such as ``preferences.RUS.line``."""
    return {spelled(spot): (spot, part) for spot, part in walk(case)}


def has(case: Case, place: str) -> bool:
    """Return whether a case says anything under a place's heading: numbers rest on it where it does.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> [has(load_case("alaska-2025"), place) for place in ("preferences.RUS", "quorum", "interactions")]
    [True, False, False]
    """
    return getattr(case, place.partition(".")[0], place) not in (None, (), {})


def judged_below(
    parts: Mapping[str, tuple[Spot, Model]], place: str, issues: frozenset[str] | None = None
) -> Iterator[tuple[str, Spot, Model]]:
    """Yield the parts at or below a place that somebody decided or that cite evidence.

    Parameters
    ----------
    parts : mapping
        From `parts_of`.
    place : str
    issues : frozenset of str, optional
        Issues a result looked at; what belongs to another issue is left out.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> parts = parts_of(load_case("alaska-2025"))
    >>> [name for name, _, _ in judged_below(parts, "preferences.RUS", frozenset({"line"}))]
    ['preferences.RUS.line']
    """
    head = tuple(_step(s) for s in place.split("."))
    known = {spot[1] for spot, _ in parts.values() if len(spot) == 2 and spot[0] == "issues"}
    other = known - issues if issues is not None else set()
    for name, (spot, part) in parts.items():
        chosen = spot[: len(head)] == head and (hasattr(part, "basis") or cited(part))
        if chosen and not {str(s) for s in spot[1:3]} & other:
            yield name, spot, part


def cited(part: Model) -> tuple[str, ...]:
    """Return the evidence a part cites; none where it is a kind of part that cannot."""
    found: tuple[str, ...] = getattr(part, "evidence", None) or ()
    return found


def spelled(spot: Spot) -> str:
    """Return a place in words: ids as they are, positions counted from 1."""
    words = ".".join(f"#{step + 1}" if isinstance(step, int) else step for step in spot)
    return words.replace(".#", "#")


def _step(typed: str) -> str | int:
    return int(typed[1:]) - 1 if typed[:1] == "#" and typed[1:].isdigit() else typed


def said(part: Any, field: str = "") -> str:
    """Return what a part says, without its basis, reason and evidence, which are told apart.

    Examples
    --------
    >>> from detente.case.preferences import Preference
    >>> said(Preference.model_validate({"order": ["a", ["b", "c"]], "salience": [40, 60]}))
    'order: a > b = c; salience: 40 to 60'
    """
    if field:
        return f"{field}: {_value(getattr(part, field))}"
    values = ((name, getattr(part, name)) for name in type(part).model_fields if name not in _SAID_APART)
    return "; ".join(
        f"{name.rstrip('_')}: {_order(value) if name == 'order' else _value(value)}"
        for name, value in values
        if value not in (None, "", (), {}, False) and not _judged(value)
    )


def _judged(value: Any) -> bool:
    """Whether a value is made of judgements, which are told as links of their own."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    return any(hasattr(v, "basis") for v in (value if isinstance(value, tuple) else (value,)))


def _order(tiers: tuple[Any, ...]) -> str:
    return " > ".join(t if isinstance(t, str) else " = ".join(t) for t in tiers)


def _value(value: Any) -> str:
    if hasattr(value, "low") and hasattr(value, "high"):
        return f"{value.low:g} to {value.high:g}"
    if isinstance(value, Model):
        return getattr(value, "id", "") or said(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_value(item)}" for key, item in value.items())
    if isinstance(value, tuple):
        return "(" + ", ".join(_value(item) for item in value) + ")"
    return f"{value:g}" if isinstance(value, float) else str(value)
