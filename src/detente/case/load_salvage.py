"""Leaves out of a faulty case what cannot be understood, so that the rest can still be checked."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from detente.case.load_words import Fault
from detente.case.schema_walk import place
from detente.case.yamlfile_spot import Spot, below, holds

# What checking needs to go on where a case lacks it; never part of a case that is returned.
_STAND_INS: dict[str, Any] = {
    "format": 1,
    "id": "x",
    "title": "x",
    "analyst": "x",
    "as_of": "9999-12-31",
    "preferences": {},
    "no_deal": {"options": {}},
    "sources": [],
    "evidence": [],
}
_GONE = object()


def salvage(
    data: dict[str, Any], faults: tuple[Fault, ...], schema: dict[str, Any]
) -> tuple[dict[str, Any], frozenset[str]]:
    """Return a copy without the faulty parts, and the top-level parts that lost more than a detail.

    An unknown name goes alone; a faulty optional value goes back to its default; otherwise the smallest list
    item or named entry around the fault goes.
    """
    kept, broken = deepcopy(data), set()
    for fault in faults:
        if not fault.spot:
            continue
        if fault.kind == "extra_forbidden" or _optional(fault.spot, schema):
            _drop(kept, fault.spot)
        else:
            broken.add(str(fault.spot[0]))
            _drop(kept, _droppable(fault.spot, schema))
    kept = _swept(kept)
    kept |= {name: value for name, value in _STAND_INS.items() if name not in kept}
    return kept, frozenset(broken)


def _optional(spot: Spot, schema: dict[str, Any]) -> bool:
    """Whether a named value has a default."""
    around = place(schema, spot[:-1])
    return spot[-1] in around.fields and spot[-1] not in around.required


def _droppable(spot: Spot, schema: dict[str, Any]) -> Spot:
    """Return the smallest place around a fault that a case can do without."""
    for n in range(len(spot), 1, -1):
        named = place(schema, spot[: n - 1]).fields
        if isinstance(spot[n - 1], int) and not _is_pair(spot[: n - 1], schema):
            return spot[:n]
        if not named or _optional(spot[:n], schema):
            return spot[:n]
    return spot[:1]


def _is_pair(spot: Spot, schema: dict[str, Any]) -> bool:
    """Whether a list stands for a range, so that its items cannot go one by one."""
    return "low" in place(schema, spot).fields


def _drop(data: Any, spot: Spot) -> None:
    """Mark a place as gone; positions of its neighbours stay until all is swept."""
    for step in spot[:-1]:
        data = below(data, step)
    if holds(data, spot[-1]):
        data[spot[-1]] = _GONE


def _swept(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _swept(value) for key, value in data.items() if value is not _GONE}
    if isinstance(data, list):
        return [_swept(item) for item in data if item is not _GONE]
    return data
