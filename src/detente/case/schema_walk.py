"""Finds what a schema says about one place in a file: known names, required names, descriptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from detente.case.yamlfile_spot import Spot


@dataclass(frozen=True, slots=True)
class Place:
    """What may stand at one place of a file.

    Parameters
    ----------
    fields : dict
        Names that are known there, each with its description; empty where names are free.
    required : frozenset of str
        Those that must be there.
    """

    fields: dict[str, str]
    required: frozenset[str]


def place(schema: dict[str, Any], spot: Spot) -> Place:
    """Return what may stand at a place.

    Examples
    --------
    >>> schema = {"properties": {"a": {"items": {"properties": {"b": {"description": "Bee."}}}}}}
    >>> place(schema, ("a", 3)).fields
    {'b': 'Bee.'}
    """
    nodes = [schema]
    for step in spot:
        nodes = [child for node in nodes for child in _children(schema, node, step)]
    fields: dict[str, str] = {}
    required: set[str] = set()
    for branch in (found for node in nodes for found in _branches(schema, node)):
        fields |= {name: part.get("description", "") for name, part in branch.get("properties", {}).items()}
        required |= set(branch.get("required", ()))
    return Place(fields, frozenset(required))


def _branches(schema: dict[str, Any], node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the alternatives of a node, references followed."""
    if "$ref" in node:
        yield from _branches(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    elif "anyOf" in node or "oneOf" in node:
        for part in node.get("anyOf") or node["oneOf"]:
            yield from _branches(schema, part)
    else:
        yield node


def _children(schema: dict[str, Any], node: dict[str, Any], step: str | int) -> Iterator[dict[str, Any]]:
    for branch in _branches(schema, node):
        if isinstance(step, int):
            found = [branch.get("items")]
        else:
            found = [branch.get("properties", {}).get(step)]
            found += branch.get("patternProperties", {}).values()
        yield from (child for child in found if child is not None)
