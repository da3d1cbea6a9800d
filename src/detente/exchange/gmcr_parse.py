"""Checks the plain data of a .gmcr file and turns it into typed parts, collecting every problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from detente.errors import Problem
from detente.methods.graph_model.forms import MAX_OPTIONS, Direction

Simple = tuple[tuple[int, bool], ...]
"""Options and whether each is taken; all must hold."""

Condition = tuple[Simple, ...]
"""Simple conditions of which any holds."""

Order = tuple[tuple[int, ...], ...]
"""Ordered state numbers, best first, tied ones together."""

_BLOCKS = 'write conditions as [[option, "Y" or "N"], ...], options counted from 0'


@dataclass(frozen=True, slots=True)
class GmcrDm:
    """A decision maker of the file."""

    name: str
    options: tuple[int, ...]
    preferences: tuple[Condition, ...]
    ranking: Order
    misperceptions: tuple[Simple, ...]


@dataclass(frozen=True, slots=True)
class GmcrFile:
    """The parts of the file that carry meaning; derived parts are left out."""

    names: tuple[str, ...]
    directions: tuple[Direction, ...]
    dms: tuple[GmcrDm, ...]
    infeasibles: tuple[Simple, ...]
    manual: bool
    partition: tuple[tuple[int, ...], ...]


@dataclass(slots=True)
class Reader:
    """Reads one file's data; `problems` fills as it goes."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def problem(self, where: str, message: str, remedy: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.file, None, where, message, remedy))

    @property
    def numbered(self) -> bool:
        """Whether nothing is wrong with what numbers the states, so that rankings can be looked at too."""
        whole = ("", "options", "decisionMakers", "infeasibles", "useManualPreferenceRanking")
        parts = ("options[", "infeasibles[")
        return not any(
            p.where in whole or p.where.startswith(parts) or ".options" in p.where for p in self.problems
        )

    def read(self, data: Any) -> GmcrFile | None:
        """Return the checked parts, or None where the file as a whole cannot be looked at."""
        if not isinstance(data, dict):
            self.problem("", "the file holds no JSON object", "start it with { and end it with }")
            return None
        options = list(self._objects(data, "options"))
        names = tuple(self._name(o, where, f"option {n}") for n, (where, o) in enumerate(options))
        directions = tuple(self._direction(o, where) for where, o in options)
        if len(names) > MAX_OPTIONS:
            self.problem("options", f"{len(names)} options", f"use at most {MAX_OPTIONS}")
            return None
        manual = self._manual(data)
        dms = tuple(
            self._dm(d, where, len(names), manual) for where, d in self._objects(data, "decisionMakers")
        )
        if not dms:
            self.problem("decisionMakers", "there is no decision maker", "name at least one")
        self._owners(dms, names)
        infeasibles = tuple(
            condition
            for where, item in self._list(data, "infeasibles", "")
            if (condition := self._infeasible(item, where, len(names))) is not None
        )
        return GmcrFile(names, directions, dms, infeasibles, manual, self._partition(data, len(dms)))

    def _list(self, data: dict[str, Any], key: str, where: str, *, optional: bool = False) -> Iterator[Any]:
        place = f"{where}.{key}" if where else key
        if key not in data:
            if not optional:
                self.problem(place, "the key is missing", f'add "{key}": []')
            return
        if not isinstance(data[key], list):
            self.problem(place, "this is no list", "put it in [ ]")
            return
        for n, item in enumerate(data[key]):
            yield f"{place}[{n}]", item

    def _objects(self, data: dict[str, Any], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for where, item in self._list(data, key, ""):
            if isinstance(item, dict):
                yield where, item
            else:
                self.problem(where, "this is no object", "put it in { }")
                yield where, {}

    def _name(self, item: dict[str, Any], where: str, fallback: str) -> str:
        name = item.get("name")
        if isinstance(name, str) and name.strip():
            return name.strip()
        self.problem(where, "it has no name", 'add "name": "..."')
        return fallback

    def _direction(self, item: dict[str, Any], where: str) -> Direction:
        value = item.get("permittedDirection", "both")
        if value not in ("both", "fwd", "back"):
            self.problem(f"{where}.permittedDirection", f"`{value}` is no direction", "use both, fwd or back")
            return "both"
        return cast(Direction, value)

    def _manual(self, data: dict[str, Any]) -> bool:
        # Files up to version 0.3.1 call it useManualPreferenceVectors.
        value = data.get("useManualPreferenceRanking", data.get("useManualPreferenceVectors"))
        if isinstance(value, bool):
            return value
        key = "useManualPreferenceRanking"
        self.problem(
            key, "it must be true or false", f'add "{key}": false if statements give the preferences'
        )
        return False

    def _dm(self, item: dict[str, Any], where: str, n_options: int, manual: bool) -> GmcrDm:
        name = self._name(item, where, where)
        options = tuple(
            o for place, o in self._list(item, "options", where) if self._option(o, place, n_options)
        )
        preferences = tuple(
            c
            for place, p in self._list(item, "preferences", where)
            if (c := self._condition(p, place, n_options)) is not None
        )
        unseen = tuple(
            s
            for place, p in self._list(item, "misperceptions", where, optional=True)
            if (s := self._simple(p, place, n_options)) is not None
        )
        return GmcrDm(name, options, preferences, self._ranking(item, where, manual), unseen)

    def _option(self, value: Any, where: str, n_options: int) -> bool:
        if type(value) is int and 0 <= value < n_options:
            return True
        self.problem(where, f"`{value}` is no option", f"use a number from 0 to {n_options - 1}")
        return False

    def _simple(self, item: Any, where: str, n_options: int) -> Simple | None:
        if isinstance(item, dict) and item.get("compound"):
            self.problem(where, "a compound condition is not allowed here", "write its members one by one")
            return None
        if not isinstance(item, list) or not item:
            self.problem(where, "this is no condition", _BLOCKS)
            return None
        parts = []
        for part in item:
            if not (isinstance(part, list) and len(part) == 2 and part[1] in ("Y", "N")):
                self.problem(where, f"cannot read `{str(part)[:40]}`", _BLOCKS)
                return None
            if not self._option(part[0], where, n_options):
                return None
            parts.append((part[0], part[1] == "Y"))
        return tuple(dict.fromkeys(parts))

    def _infeasible(self, item: Any, where: str, n_options: int) -> Simple | None:
        return self._simple(item, where, n_options)

    def _condition(self, item: Any, where: str, n_options: int) -> Condition | None:
        if not (isinstance(item, dict) and item.get("compound")):
            simple = self._simple(item, where, n_options)
            return None if simple is None else (simple,)
        members = [self._simple(m, place, n_options) for place, m in self._list(item, "members", where)]
        if not members:
            self.problem(where, "a compound condition without members", "give it members or delete it")
        return None if None in members or not members else tuple(m for m in members if m is not None)

    def _ranking(self, item: dict[str, Any], where: str, manual: bool) -> Order:
        key = "preferenceRanking" if "preferenceRanking" in item else "preferenceVector"
        if key not in item and manual:
            self.problem(
                f"{where}.preferenceRanking", "the ranking is missing", "list every state, best first"
            )
        tiers = []
        for place, tier in self._list(item, key, where, optional=True):
            states = tier if isinstance(tier, list) else [tier]
            if states and all(type(s) is int for s in states):
                tiers.append(tuple(states))
            else:
                self.problem(place, f"`{str(tier)[:40]}` is no state", "use state numbers, tied ones in [ ]")
        return tuple(tiers)

    def _owners(self, dms: tuple[GmcrDm, ...], names: tuple[str, ...]) -> None:
        counts = Counter(o for dm in dms for o in dm.options)
        for option, count in sorted(counts.items()):
            if count > 1:
                owners = " and ".join(dm.name for dm in dms if option in dm.options)
                self.problem(
                    "decisionMakers",
                    f"option {option} ({names[option]}) belongs to {owners}",
                    "give it to one of them, or make one option for each",
                )

    def _partition(self, data: dict[str, Any], n_dms: int) -> tuple[tuple[int, ...], ...]:
        blocks = [
            (tuple(block) if isinstance(block, list) else (block,), where)
            for where, block in self._list(data, "coalitions", "", optional=True)
        ]
        members = [m for block, _ in blocks for m in block]
        if blocks and (not all(type(m) is int for m in members) or sorted(members) != list(range(n_dms))):
            self.problem("coalitions", "they do not hold every decision maker once", "list each exactly once")
            return ()
        found = tuple(tuple(sorted(block)) for block, _ in blocks)
        return found if any(len(block) > 1 for block in found) else ()
