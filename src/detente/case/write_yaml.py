"""Writes values as YAML in the style of the case files; the only module that knows ruamel."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from detente.case.yamlfile_plain import plain

_WIDTH = 110
_DELICATE = re.compile(r"[,\[\]{}#:&*!|>%@`\"']")


def dumped(items: Sequence[Mapping[str, Any]], indent: str, spaced: bool = False) -> str:
    """Return items as YAML in the house style: two blanks, lists of words in brackets, long texts folded."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=2, offset=0)
    yaml.allow_unicode = True
    written = []
    for item in items:
        stream = io.StringIO()
        yaml.dump([_styled(item)], stream)
        block = [line.rstrip() for line in stream.getvalue().rstrip("\n").split("\n")]
        written.append("\n".join(f"{indent}{line}" if line else line for line in block) + "\n")
    return ("\n" if spaced else "").join(written)


def inline(value: Any) -> str:
    """Return a value as it stands behind a colon, on one line.

    Examples
    --------
    >>> inline("NO"), inline("2025"), inline(["a", "b, c"]), inline("a: b")
    ('NO', '"2025"', "[a, 'b, c']", '"a: b"')
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    yaml, stream = YAML(), io.StringIO()
    yaml.width = 1_000_000  # one line, however long
    yaml.allow_unicode = True
    quoted = isinstance(value, str) and _DELICATE.search(value)
    yaml.dump({"x": DoubleQuotedScalarString(value) if quoted else _styled(value)}, stream)
    return stream.getvalue()[len("x: ") :].rstrip("\n")


def marks(text: str, steps: Sequence[str | int]) -> tuple[int, int]:
    """Return where a value begins and ends in the text."""
    from ruamel.yaml import YAML

    node: Any = YAML(typ="rt", pure=True).compose(text)
    for step in steps:
        if isinstance(step, int):
            node = node.value[step]
        else:
            node = next(below_key for key, below_key in node.value if key.value == step)
    start, end = node.start_mark.index, node.end_mark.index
    if getattr(node, "style", None) in ("|", ">"):
        end = start + _folded(
            text[text.rfind("\n", 0, start) + 1 : end], start - text.rfind("\n", 0, start) - 1
        )
    return start, start + len(text[start:end].rstrip())


def _folded(lines: str, begun: int) -> int:
    """Return the length of a text of several lines, up to the first that is not indented below its name."""
    first, *more = lines.split("\n")
    indent = len(first) - len(first.lstrip(" -"))
    length = len(first) - begun
    for line in more:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        length += 1 + len(line)
    return length


def plain_data(value: Any) -> Any:
    """Return a value as it reads back: dates are text, tuples are lists."""
    if isinstance(value, Mapping):
        return {key: plain_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(item) for item in value]
    return value if isinstance(value, str | bool | int | float | None) else str(value)


def _styled(value: Any, depth: int = 0) -> Any:
    """Return a value that ruamel writes in the style of the case files."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, Mapping):
        made = CommentedMap({key: _styled(item, depth + 1) for key, item in value.items()})
        if depth:
            made.fa.set_flow_style()
        return made
    if isinstance(value, list | tuple):
        listed = CommentedSeq([_styled(item, depth + 1) for item in value])
        listed.fa.set_flow_style()
        return listed
    if isinstance(value, str):
        return DoubleQuotedScalarString(value) if _needs_quotes(value) else value
    return plain_data(value)


def _needs_quotes(text: str) -> bool:
    """Whether a text would read back as something else, or carries what only quotes can hold."""
    if "\n" in text or "\t" in text or text != text.strip():
        return True
    try:
        return not isinstance(plain(text), str)
    except ValueError:
        return True
