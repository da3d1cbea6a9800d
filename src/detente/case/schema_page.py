"""Writes the reference page of the case format from the schemas: python -m detente.case.schema_page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from detente.case.schema import case_schema, sources_schema

_HEAD = """# The case format

A case is a folder with two files, `case.yaml` and `sources.yaml`: YAML 1.2, UTF-8, one document each,
without aliases, anchors and tags. Words such as `NO`, `on` and `2025-08-14` are texts without quotes; only
`true`, `false`, `null` and numbers are not. Unknown names are refused. An id begins with a letter, and holds
letters, digits and `_`, at most 40. A range is written `[low, high]`.

`detente check CASE` lists all problems with their lines; `detente schema` prints the same rules as JSON
Schema for an editor. How to write a case: [Write your own case](../how-to/write-your-own-case.md). What the
messages mean: [Errors](errors.md).

This page is made from the code: `python -m detente.case.schema_page > docs/reference/case-format.md`.
"""
_ID = "^[A-Za-z][A-Za-z0-9_]*$"
Node = dict[str, Any]


def case_format_page() -> str:
    """Return the reference page as Markdown.

    Examples
    --------
    >>> case_format_page().splitlines()[0]
    '# The case format'
    """
    case, sources = case_schema(), sources_schema()
    parts: dict[str, Node] = {**case["$defs"], **sources["$defs"]}
    lines = [_HEAD]
    for title, schema in (("case.yaml", case), ("sources.yaml", sources)):
        lines += _section(f"## {title}", schema)
        names = sorted(_used(schema, parts, {}), key=str.lower)
        lines += [line for name in names for line in _section(f"### {name}", parts.pop(name))]
    return "\n".join(lines)


def _section(heading: str, node: Node) -> Iterator[str]:
    """Yield heading, description and, of a part with names, their table."""
    yield f"{heading}\n"
    yield " ".join(node.get("description", "").split()) + "\n"
    if "properties" not in node:
        return
    required = set(node.get("required", ()))
    yield "| name | what stands there | meaning |"
    yield "|---|---|---|"
    for name, field in node["properties"].items():
        default = "required" if name in required else _default(field)
        meaning = " ".join(field.get("description", "").split()).replace("|", "\\|")
        yield f"| `{name}` | {_words(field)}{default and f'; {default}'} | {meaning} |"
    yield ""


def _default(field: Node) -> str:
    value = field.get("default")
    return "" if value in (None, "", [], {}) else f"`{str(value).lower()}` where left out"


def _words(node: Node) -> str:
    """Say what kind of value a schema allows."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    ways = node.get("anyOf", node.get("oneOf"))
    if ways is not None:
        return " or ".join(dict.fromkeys(_words(n) for n in ways if n.get("type") != "null"))
    if "enum" in node or "const" in node:
        return ", ".join(f"`{value}`" for value in node.get("enum", [node.get("const")]))
    return _BY_TYPE[node["type"]](node)


def _text(node: Node) -> str:
    if node.get("format") == "date":
        return "date"
    return "id" if node.get("pattern") == _ID else "text"


def _number(node: Node) -> str:
    kind = "whole number" if node["type"] == "integer" else "number"
    low, high = node.get("minimum"), node.get("maximum")
    return kind if low is None or high is None else f"{kind} from {low:g} to {high:g}"


def _list(node: Node) -> str:
    if "prefixItems" in node:
        return "list of " + " and ".join(_words(item) for item in node["prefixItems"])
    least = f", at least {node['minItems']}" if node.get("minItems") else ""
    return f"list: {_words(node['items'])}{least}"


def _block(node: Node) -> str:
    if "patternProperties" in node:
        return f"block, id: {_words(next(iter(node['patternProperties'].values())))}"
    return f"block, name: {_words(node['additionalProperties'])}"


def _truth(node: Node) -> str:
    return "`true` or `false`"


_BY_TYPE = {
    "string": _text,
    "number": _number,
    "integer": _number,
    "boolean": _truth,
    "array": _list,
    "object": _block,
}


def _used(node: Any, parts: dict[str, Node], found: dict[str, None]) -> dict[str, None]:
    """Return the names of the parts a schema refers to, directly or through others, not yet printed."""
    if isinstance(node, dict):
        name = str(node.get("$ref", "")).rpartition("/")[2]
        if name in parts and name not in found:
            found[name] = None
            _used(parts[name], parts, found)
    values = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for value in values:
        if value is not node:
            _used(value, parts, found)
    return found


if __name__ == "__main__":
    sys.stdout.write(case_format_page())
