"""What every importer of negotiation scenarios returns, and how it reads files and collects problems."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat

import numpy as np
from numpy.typing import NDArray

from detente.case.yamlfile_text import Stop, text_of
from detente.errors import InputProblems, Problem
from detente.methods.dealspace.rule import Rule
from detente.methods.dealspace.utilities import Utilities, utilities_of
from detente.methods.space import Space

MOST_OPTIONS = 10_000
"""Most options of one issue. Judgement: a price in cents up to 100."""

MOST_PROBLEMS = 200
"""Problems listed of one scenario. Judgement: nobody mends more at a time."""


@dataclass(frozen=True, slots=True)
class Names:
    """Issues, their options, and actors, in the order of the arrays."""

    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """A scenario from another tool, in its own points.

    Parameters
    ----------
    format, title : str
        The tool whose file this is, and the scenario's name.
    space : Space
    points : per issue (m_i, P) float
        Points of each option for each actor.
    reserve : (P,) float
        Worth of no deal, on the scale of the points.
    names : Names
    dropped : tuple of str
        What the file says and this does not carry, and what was taken for granted; each a sentence.
    rule : Rule or None
        The acceptance rule, where the format has one; otherwise everybody must accept.
    """

    format: str
    title: str
    space: Space
    points: tuple[NDArray[np.float64], ...]
    reserve: NDArray[np.float64]
    names: Names
    dropped: tuple[str, ...]
    rule: Rule | None = None

    def utilities(self) -> Utilities:
        """Return the scenario in whole units, ready for the methods."""
        return utilities_of(self.space, self.points, self.reserve)


@dataclass(slots=True)
class Reader:
    """Reads the files of one scenario and keeps every problem, so that all are said at once."""

    title: str
    problems: list[Problem] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def fault(self, file: Path, where: str, message: str, remedy: str, line: int | None = None) -> None:
        """Note one problem."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(file.name, line, where, message, remedy))

    def note(self, sentence: str) -> None:
        """Note something dropped or taken for granted, once."""
        if sentence not in self.dropped:
            self.dropped.append(sentence)

    def stop_if_faulty(self) -> None:
        """Raise all problems found so far, if any."""
        if self.problems:
            raise InputProblems(f"{self.title} cannot be used", tuple(self.problems))

    def refuse(self, file: Path, message: str, remedy: str) -> NoReturn:
        """Stop with this problem and all others found so far."""
        self.fault(file, "", message, remedy)
        raise InputProblems(f"{self.title} cannot be used", tuple(self.problems))

    def text(self, file: Path) -> str:
        """Return a file's text; "" with a problem noted where it cannot be read."""
        try:
            return text_of(file)
        except Stop as stop:
            self.fault(file, "", stop.message, stop.remedy, stop.line)
            return ""

    def number(self, value: Any, file: Path, where: str, line: int | None = None) -> float:
        """Return a finite number; 0 with a problem noted where it is none."""
        try:
            if isinstance(value, bool):
                raise TypeError
            number = float(value)
        except (TypeError, ValueError):
            self.fault(file, where, f"{value!r} is not a number", "write a number", line)
            return 0.0
        if not np.isfinite(number):
            self.fault(file, where, f"{value!r} is not a finite number", "write a finite number", line)
            return 0.0
        return number

    def json(self, file: Path) -> Any:
        """Return a JSON file's content; None with a problem noted where it is none."""
        text = self.text(file)
        if not text:
            return None
        try:
            return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        except json.JSONDecodeError as error:
            self.fault(file, "", f"this is not JSON: {error.msg}", "mend the file there", error.lineno)
        except (ValueError, RecursionError) as error:
            said = str(error) or "it is nested too deeply"
            self.fault(file, "", f"this JSON cannot be used: {said}", "mend the file")
        return None

    def xml(self, file: Path) -> Node | None:
        """Return an XML file's root; None with a problem noted where it is none."""
        text = self.text(file)
        return _parse(self, file, text) if text else None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in pairs:
        if key in out:
            raise ValueError(f"'{key}' stands twice in one object")
        out[key] = value
    return out


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a finite number")


@dataclass(slots=True)
class Node:
    """An XML element with its line."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)

    def every(self, tag: str) -> list[Node]:
        """Return all descendants with a tag, in file order."""
        return [node for node in self.all() if node.tag == tag]

    def all(self) -> list[Node]:
        """Return all descendants in file order."""
        return [node for child in self.children for node in (child, *child.all())]

    def of(self, tag: str) -> list[Node]:
        """Return the children with a tag."""
        return [child for child in self.children if child.tag == tag]


MOST_DEPTH = 60
"""Deepest nesting of XML elements. Judgement: scenarios need six levels."""


def _parse(reader: Reader, file: Path, text: str) -> Node | None:
    """Parse XML without entities or document types, which could make a small file swell."""
    parser = expat.ParserCreate()
    root = Node("", {}, 0)
    stack = [root]

    def start(tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag, attributes, parser.CurrentLineNumber)
        stack[-1].children.append(node)
        stack.append(node)
        if len(stack) > MOST_DEPTH:
            raise ValueError(f"elements are nested more than {MOST_DEPTH} levels deep")

    def end(_: str) -> None:
        stack.pop()

    def refuse(*_: Any) -> None:
        raise ValueError("a document type with entities is not read")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        message = expat.errors.messages.get(error.code, "it is broken")
        reader.fault(file, "", f"this is not XML: {message}", "mend the file there", error.lineno)
        return None
    except ValueError as error:
        reader.fault(file, "", str(error), "remove it", parser.CurrentLineNumber)
        return None
    return root.children[0]


def files_of(folder: Path, reader: Reader, endings: Sequence[str]) -> list[Path]:
    """Return the files of a folder with some endings, sorted by name; a single file is its folder's.

    Raises
    ------
    InputProblems
        If there is no such folder.
    """
    place = folder if folder.is_dir() else folder.parent
    if not folder.exists():
        reader.refuse(folder, "there is no such file or folder", "check the name")
    return sorted(f for f in place.iterdir() if f.is_file() and f.suffix.lower() in endings)
