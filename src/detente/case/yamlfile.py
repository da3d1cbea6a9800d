"""Reads YAML files as plain data with a line number for every place; the only module that knows PyYAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from detente.case.yamlfile_errors import explain
from detente.case.yamlfile_plain import plain
from detente.case.yamlfile_spot import Spot, spell
from detente.case.yamlfile_text import CONTROL, Stop, text_of
from detente.errors import Problem

MAX_DEPTH = 40  # judgement: a case needs about ten levels

_CONTENT = (yaml.NodeEvent, yaml.CollectionEndEvent)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file as plain data.

    Parameters
    ----------
    name : str
        The file as the user named it.
    data : dict
        Its content; empty where `usable` is False.
    lines : dict
        Place to line, counted from 1.
    problems : tuple of Problem
        What is wrong with the YAML itself.
    usable : bool
        Whether the content can be looked at in spite of the problems.
    """

    name: str
    data: dict[str, Any]
    lines: dict[Spot, int]
    problems: tuple[Problem, ...]
    usable: bool


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being filled; of a mapping, the name just read and its line."""

    items: Any
    spot: Spot
    key: str | None = None
    line: int = 0
    twice: bool = False


@dataclass(slots=True)
class _Builder:
    """Turns parser events into plain data, without recursion, and notes what is refused on the way."""

    name: str
    stack: list[_Frame] = field(default_factory=list)
    lines: dict[Spot, int] = field(default_factory=dict)
    doubled: list[tuple[Spot, int, int]] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    root: Any = None

    def refuse(self, line: int, message: str, remedy: str) -> None:
        self.refused.append(Problem(self.name, line, "", message, remedy))

    def feed(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            self._decorated(event, line)
            self._scalar(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.CollectionStartEvent):
            self._decorated(event, line)
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        elif isinstance(event, yaml.AliasEvent):
            self.refuse(line, f"`*{event.anchor}` points to another place", "write the value out here")
            self._value(None, line) if not self._wants_key() else self._key(f"*{event.anchor}", line)

    def _decorated(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self.refuse(line, f"`&{event.anchor}` names a place to be pointed at", "remove it")
        if event.tag is not None:
            self.refuse(line, f"the tag `{event.tag}` is not used here", "remove it, or quote the text")

    def _wants_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].items, dict) and self.stack[-1].key is None

    def _scalar(self, event: Any, line: int) -> None:
        text: str = event.value
        if event.style == '"' and CONTROL.search(text):
            self.refuse(line, "a text contains a code for a control character", "remove the code")
        if self._wants_key():
            self._key(text, line)
        else:
            self._value(text if event.style else self._plain(text, line), line)

    def _plain(self, text: str, line: int) -> Any:
        try:
            return plain(text)
        except ValueError as error:
            self.refuse(line, str(error), "write a smaller number, or put the text in quotes")
            return text

    def _key(self, text: str, line: int) -> None:
        if not text:
            raise Stop(line, "the name before the colon is missing", "write `name: value`")
        frame = self.stack[-1]
        frame.key, frame.line, frame.twice = text, line, text in frame.items
        if frame.twice:
            spot = (*frame.spot, text)
            self.doubled.append((spot, self.lines[spot], line))

    def _value(self, value: Any, line: int) -> Spot:
        """Put a value where it belongs and return its place; of a doubled name the first value counts."""
        if not self.stack:
            self.root = value
            return ()
        frame = self.stack[-1]
        if isinstance(frame.items, list):
            spot: Spot = (*frame.spot, len(frame.items))
            frame.items.append(value)
        else:
            assert frame.key is not None
            spot = (*frame.spot, frame.key)
            if not frame.twice:
                frame.items[frame.key] = value
            frame.key, line = None, frame.line
        self.lines.setdefault(spot, line)
        return spot

    def _open(self, items: Any, line: int) -> None:
        if self._wants_key():
            raise Stop(line, "the name before a colon cannot be a list or { }", "put texts with { in quotes")
        if len(self.stack) >= MAX_DEPTH:
            raise Stop(line, f"lists and names are nested more than {MAX_DEPTH} levels deep", "flatten them")
        self.stack.append(_Frame(items, self._value(items, line)))


def _events(text: str) -> Iterator[Any]:
    """Yield parser events of a text that holds one document."""
    loader = _LOADER(text)
    documents = 0
    try:
        while (event := loader.get_event()) is not None:
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                line = event.start_mark.line + 1
                raise Stop(line, "a second document begins here (`---`)", "keep one document in a file")
            if isinstance(event, _CONTENT):
                yield event
    except yaml.MarkedYAMLError as error:
        raise _stop(error, text) from None
    except yaml.YAMLError as error:
        raise Stop(None, *explain(str(error), "")) from None
    finally:
        loader.dispose()


def _stop(error: yaml.MarkedYAMLError, text: str) -> Stop:
    """Say a parser's error in an analyst's words, at the line where the cause is."""
    mark, said = error.problem_mark, f"{error.context}; {error.problem}"
    character, line = "", None
    if mark is not None:
        rows = text.split("\n")
        row = rows[mark.line] if mark.line < len(rows) else ""
        character, line = row[mark.column : mark.column + 1], mark.line + 1
        if row[: len(row) - len(row.lstrip())].count("\t"):
            character, said = "\t", f"tab character; {said}"
        elif row[: mark.column].strip():
            said += "; within a line"
    opened = "quoted scalar" in said or "flow" in said
    if opened and error.context_mark is not None and "cannot start" not in said:
        line = error.context_mark.line + 1
    return Stop(line, *explain(said, character))


def read_yaml(path: Path, name: str = "") -> YamlFile:
    """Read a file that holds one YAML mapping.

    Numbers, true, false and null follow the YAML 1.2 core schema; everything else is text. Aliases, anchors,
    tags, doubled names and whatever is not plain UTF-8 text are refused, all of them at once.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        How to call it in messages; the path where empty.

    Returns
    -------
    YamlFile
        Never raises for anything a file can contain.
    """
    name = name or str(path)
    builder = _Builder(name)
    try:
        for event in _events(text_of(path)):
            builder.feed(event)
        if builder.root is None and not builder.refused:
            raise Stop(None, "the file is empty", "fill it in; `detente new` writes an example")
        if not isinstance(builder.root, dict):
            raise Stop(1, "the file does not consist of `name: value` lines", "see `detente new`")
    except Stop as stop:
        builder.refused.append(Problem(name, stop.line, "", stop.message, stop.remedy))
    usable = not builder.refused
    problems = (*builder.refused, *(_doubled(builder, *found) for found in builder.doubled))
    return YamlFile(name, builder.root if usable else {}, builder.lines, problems, usable)


def _doubled(builder: _Builder, spot: Spot, first: int, second: int) -> Problem:
    message = f"`{spot[-1]}` stands here and already on line {first}"
    return Problem(builder.name, second, spell(builder.root, spot), message, "keep one of the two")


def flow(text: str) -> Any:
    """Return a value written on one line, as it would stand behind a colon in a case.

    Raises
    ------
    ValueError
        If it is not one value; says what is wrong.

    Examples
    --------
    >>> flow("[a, [b, c]]"), flow("NO"), flow("-1.5"), flow("{low: 1, high: 2}")
    (['a', ['b', 'c']], 'NO', -1.5, {'low': 1, 'high': 2})
    """
    builder = _Builder("")
    try:
        if "\n" in text:
            raise Stop(None, "it has several lines", "")
        for event in _events(f"x: {text}"):
            builder.feed(event)
    except Stop as stop:
        raise ValueError(stop.message) from None
    if builder.refused:
        raise ValueError(builder.refused[0].message)
    if not isinstance(builder.root, dict) or list(builder.root) != ["x"]:
        raise ValueError("it is not one value")
    return builder.root["x"]


def head(path: Path, names: tuple[str, ...]) -> dict[str, str]:
    """Return top-level values as written, reading no further than needed; {} where the file is unreadable.

    Parameters
    ----------
    path : Path
        A YAML file.
    names : tuple of str
        Which values; those not found are left out.
    """
    builder, wanted = _Builder(str(path)), set(names)
    root: Any = None
    try:
        for event in _events(text_of(path)):
            builder.feed(event)
            root = builder.stack[0].items if builder.stack else builder.root
            if isinstance(root, dict) and wanted <= root.keys():
                break
    except Stop:
        pass
    return {n: str(root[n]) for n in names if n in root} if isinstance(root, dict) else {}
