"""Changes the files of a case by the fewest lines, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from detente.case.write_yaml import dumped, inline, marks, plain_data
from detente.case.yamlfile import read_yaml
from detente.case.yamlfile_spot import Spot, below, holds
from detente.errors import InputProblems, UsageError
from detente.files import staged

_LIST_ITEM = re.compile(r"^( *)-( +)")


def set_value(path: Path, spot: Spot, value: Any) -> tuple[str, str]:
    """Change one value of a YAML file; no other character changes.

    Parameters
    ----------
    path : Path
        The file.
    spot : tuple
        Names and positions from the top, such as ``("evidence", 3, "credibility")``; ids stand for positions.
    value : str, number, bool or list of these
        The new value.

    Returns
    -------
    old, new : str
        The lines that differ, before and after.

    Raises
    ------
    InputProblems
        If the file cannot be read as it is.
    UsageError
        If there is no such place, or it holds something larger than one value.
    """
    text, expected = _text(path), deepcopy(_data(path))
    steps = _positions(expected, spot)
    holder: Any = expected
    for step in steps[:-1]:
        holder = holder[step]
    if isinstance(holder[steps[-1]], dict) or isinstance(value, Mapping):
        raise UsageError(f"{'.'.join(map(str, spot))} holds more than one value. Remedy: name one inside it")
    holder[steps[-1]] = plain_data(value)
    start, end = marks(text, steps)
    after = text[:start] + inline(value) + text[end:]
    _replace(path, after, expected)
    old, new = text.split("\n"), after.split("\n")
    first = text.count("\n", 0, start)
    return "\n".join(old[first : len(old) - (len(new) - first - 1)]), new[first]


def _positions(data: Any, spot: Spot) -> list[str | int]:
    """Return the place with ids turned into positions."""
    steps: list[str | int] = []
    for step in spot:
        found: str | int | None = step
        if isinstance(data, list) and isinstance(step, str):
            found = next((n for n, x in enumerate(data) if isinstance(x, dict) and x.get("id") == step), None)
        if found is None or not holds(data, found):
            raise UsageError(f"there is no {'.'.join(map(str, spot))}. Remedy: add it in an editor first")
        steps.append(found)
        data = below(data, found)
    return steps


def append_items(path: Path, items: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Put items at the end of top-level lists of a YAML file; no other line changes.

    The new text is read back and compared before the file is replaced in one step.

    Parameters
    ----------
    path : Path
        The file, such as sources.yaml; made where it is missing.
    items : mapping
        Name of a list, such as ``evidence``, to the items to add, as plain data.

    Returns
    -------
    str
        The lines added, as in the file.

    Raises
    ------
    InputProblems
        If the file cannot be read as it is.
    UsageError
        If a list is written in one line with brackets, which cannot grow line by line.
    """
    before = _text(path) if path.exists() else ""
    after, added = before, []
    for name, new in items.items():
        if new:
            after, lines = _appended(after, name, new, path)
            added.append(lines)
    _replace(path, after, _expected(path, items))
    return "".join(added)


def _expected(path: Path, items: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """Return what the file must say afterwards."""
    data = deepcopy(_data(path)) if path.exists() else {}
    for name, new in items.items():
        if new:
            data[name] = [*(data.get(name) or []), *(plain_data(item) for item in new)]
    return data


def _text(path: Path) -> str:
    """Return a file's text; line ends become plain here and go back to what they were on writing."""
    _data(path)
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n")


def _data(path: Path) -> dict[str, Any]:
    found = read_yaml(path)
    if found.problems:
        raise InputProblems(f"{path} has to be mended first", found.problems)
    return found.data


def _appended(text: str, name: str, new: Sequence[Mapping[str, Any]], path: Path) -> tuple[str, str]:
    """Return the text with the items at the end of one list, and the lines added."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if re.match(rf"{name}\s*:", line)), None)
    if start is None:
        gap = "" if not text or text.endswith("\n") else "\n"
        made = f"{name}:\n{dumped(new, '  ')}"
        return f"{text}{gap}{made}", made
    rest = lines[start].split(":", 1)[1].partition("#")[0].strip()
    if rest not in ("", "[]", "null", "~"):
        raise UsageError(
            f"`{name}` in {path} is written in brackets and cannot grow. Remedy: put each item on lines of "
            "its own, beginning with `- id:`"
        )
    lines[start] = lines[start].replace(rest, "", 1).rstrip() if rest else lines[start]
    end = next((n for n in range(start + 1, len(lines)) if re.match(r"[^\s#-]", lines[n])), len(lines))
    last = max(
        (n for n in range(start, end) if lines[n].strip() and not lines[n].startswith("#")), default=start
    )
    item = next((m for m in map(_LIST_ITEM.match, lines[start + 1 : end]) if m), None)
    indent = item[1] if item else "  "
    spaced = any(not line.strip() for line in lines[start + 1 : last])
    made = dumped(new, indent, spaced)
    opening = [""] if spaced and item else []
    body = made.rstrip("\n").split("\n")
    tail = lines[last + 1 :] or [""]
    return "\n".join([*lines[: last + 1], *opening, *body, *tail]), made


def _windows(path: Path) -> bool:
    """Whether the lines of a file end as on Windows."""
    return path.exists() and b"\r\n" in path.read_bytes()


def _replace(path: Path, text: str, expected: dict[str, Any]) -> None:
    """Replace a file in one step, once the new text is complete on disk and says what it should."""
    with staged(path, "mend the permissions") as draft:
        draft.write_text(text, encoding="utf-8", newline="\r\n" if _windows(path) else "\n")
        made = read_yaml(draft)
        if made.problems or made.data != expected:
            raise UsageError(
                f"{path} is written in a way that cannot be added to safely; it stays as it is. "
                "Remedy: keep each list at the left margin, one item after another"
            )
