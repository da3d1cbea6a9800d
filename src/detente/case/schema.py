"""JSON Schema of the two files of a case, for editors and for the reference page."""

from __future__ import annotations

from functools import cache
from typing import Any

from detente.case.base import Model
from detente.case.model import Case
from detente.case.sources import Evidence, Source

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
IN_SOURCES = ("sources", "evidence")
"""Parts of a case that stand in sources.yaml; all others stand in case.yaml."""


class SourcesFile(Model):
    """The documents behind a case, and what each says."""

    sources: tuple[Source, ...] = ()
    """The documents."""
    evidence: tuple[Evidence, ...] = ()
    """What they say, one statement an item."""


@cache
def model_schema(model: type[Model]) -> dict[str, Any]:
    """Return the schema of a part of a case as pydantic writes it; do not change it."""
    return model.model_json_schema()


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema of case.yaml.

    Examples
    --------
    >>> sorted(case_schema()["$defs"]["Range"])
    ['anyOf', 'description']
    >>> "evidence" in case_schema()["properties"]
    False
    """
    schema = _for_editors(Case, "case.yaml")
    for name in IN_SOURCES:
        del schema["properties"][name]
    for name in ("Source", "Evidence"):
        del schema["$defs"][name]
    return schema


def sources_schema() -> dict[str, Any]:
    """Return the JSON Schema of sources.yaml.

    Examples
    --------
    >>> list(sources_schema()["properties"])
    ['sources', 'evidence']
    """
    schema = _for_editors(SourcesFile, "sources.yaml")
    published = schema["$defs"]["Source"]["properties"]["published"]
    text = {key: published.pop(key) for key in ("type", "pattern")}
    published["anyOf"] = [text, {"type": "integer", "minimum": 1000, "maximum": 9999}]
    return schema


def _for_editors(model: type[Model], file: str) -> dict[str, Any]:
    """Return a schema that also accepts what reading accepts: `[low, high]` for a range."""
    schema = {"$schema": _DIALECT, **_renamed(model_schema(model)), "title": f"detente {file}"}
    if parts := schema["$defs"].get("Range"):
        pair = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
        del parts["title"]
        about = "Low and high end, written `[low, high]` or `{low: .., high: ..}`."
        schema["$defs"]["Range"] = {"description": about, "anyOf": [pair, parts]}
    return schema


def _renamed(node: Any) -> Any:
    """Copy a schema; the range gets a public name."""
    if isinstance(node, dict):
        return {("Range" if key == "_Range" else key): _renamed(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_renamed(item) for item in node]
    return "#/$defs/Range" if node == "#/$defs/_Range" else node
