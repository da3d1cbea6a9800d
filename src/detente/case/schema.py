"""JSON Schema of the two files of a case, for editors and for the reference page."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
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
    """Return the schema of a part of a case, each field with its docstring; do not change it."""
    schema = model.model_json_schema()
    told = {}
    for part in _models(Model):
        # Where two models share a name, a schema tells them apart by their modules.
        told[part.__name__] = told[f"{part.__module__}.{part.__name__}".replace(".", "__")] = _docstrings(
            part
        )
    for name, node in ((model.__name__, schema), *schema.get("$defs", {}).items()):
        for field, about in told.get(name, {}).items():
            if field in node.get("properties", {}):
                node["properties"][field].setdefault("description", about)
    return schema


def _models(model: type[Model]) -> Iterator[type[Model]]:
    """Yield a model and everything derived from it."""
    yield model
    for derived in model.__subclasses__():
        yield from _models(derived)


def _docstrings(model: type[Model]) -> dict[str, str]:
    """Return the docstrings under the fields of a model, its own and inherited, by the name files use."""
    told: dict[str, str] = {}
    for part in reversed([m for m in model.__mro__ if issubclass(m, Model)]):
        body = ast.parse(textwrap.dedent(inspect.getsource(part))).body[0]
        for field, after in pairwise(body.body if isinstance(body, ast.ClassDef) else []):
            if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
                continue
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                info = model.model_fields.get(field.target.id)
                name = info.alias if info is not None and info.alias else field.target.id
                told[name] = inspect.cleandoc(str(after.value.value))
    return told


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
