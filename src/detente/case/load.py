"""Reads a case folder, or says everything that is wrong with it at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from detente import cases
from detente.case.base import Model
from detente.case.checks_errors import ERRORS
from detente.case.checks_finding import names_of, nearest
from detente.case.geometry import read_geometry
from detente.case.load_files import CaseFiles, read_files
from detente.case.load_salvage import salvage
from detente.case.load_words import Fault, faults_of, findings
from detente.case.map import Map
from detente.case.map_check import map_areas
from detente.case.model import Case
from detente.case.schema import IN_SOURCES, SourcesFile, model_schema
from detente.case.yamlfile import head
from detente.errors import InputProblems, Problem
from detente.words import count

_BUNDLED = Path(next(iter(cases.__path__)))
_ROUNDS = 4  # judgement: leaving out one fault can bare another, seldom more than once


@dataclass(frozen=True, slots=True)
class ReadCase:
    """What reading a folder gave.

    Parameters
    ----------
    name : str
        The case as the user named it.
    files : CaseFiles
        Both files as plain data.
    case : Case or None
        The case if its format is right; it may still contradict itself, see `problems`.
    problems : tuple of Problem
        All that is wrong, in the order of the files; some checks add warnings.
    """

    name: str
    files: CaseFiles
    case: Case | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stops an analysis."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def load_case(path: str | Path) -> Case:
    """Read a case.

    Parameters
    ----------
    path : str or Path
        A folder with case.yaml and sources.yaml, or the name of a bundled case.

    Raises
    ------
    InputProblems
        If anything is wrong, with every problem of both files: line, place, remedy.

    Examples
    --------
    >>> load_case("no-such-case")
    Traceback (most recent call last):
        ...
    detente.errors.InputProblems: no-such-case cannot be read
      no-such-case: there is no such folder, and no bundled case of that name. Remedy: ...
    """
    read = read_case(path)
    if read.case is None or read.errors:
        raise InputProblems(f"{read.name} has {count(len(read.errors), 'problem')}", read.errors)
    return read.case


def bundled_cases() -> tuple[tuple[str, str, str], ...]:
    """Return id, title and date of each bundled case, without reading the whole of any.

    Examples
    --------
    >>> all(len(case) == 3 for case in bundled_cases())
    True
    """
    names = ("id", "title", "as_of")
    heads = (head(folder / "case.yaml", names) for folder in sorted(_BUNDLED.iterdir()) if folder.is_dir())
    return tuple((h["id"], h["title"], h["as_of"]) for h in heads if len(h) == len(names))


def read_case(path: str | Path) -> ReadCase:
    """Read a case and everything that is wrong with it.

    Parameters
    ----------
    path : str or Path
        As for `load_case`.

    Raises
    ------
    InputProblems
        If there is no such folder and no such bundled case.
    """
    folder, name = _folder(path)
    files = read_files(folder, name)
    case, problems = _checked(files)
    if case is not None and case.map is not None:
        case, faults = _mapped(case, case.map, folder, files)
        problems += faults
    rank = {files.case.name: 0, files.sources.name: 1}
    ordered = sorted(dict.fromkeys(problems), key=lambda p: (rank.get(p.file, 2), p.line or 0))
    return ReadCase(name, files, case, tuple(ordered))


def _mapped(case: Case, block: Map, folder: Path, files: CaseFiles) -> tuple[Case, list[Problem]]:
    """Return a case with the shapes of its map, and what is wrong with them."""
    geometry, faults = read_geometry(folder, str(Path(files.case.name).parent), block)
    if geometry is None:
        return case, list(faults)
    return case.with_geometry(geometry), [files.problem(f) for f in map_areas(block, geometry)]


def _folder(path: str | Path) -> tuple[Path, str]:
    """Return the folder that is meant, and what to call it."""
    name, folder = str(path), Path(path)
    try:
        if folder.name in ("case.yaml", "sources.yaml") and folder.is_file():
            return folder.parent, str(folder.parent)
        if (folder / "case.yaml").exists():
            return folder, name
        if name in _bundled_names():
            return _BUNDLED / name, name
        found = folder.is_dir()
    except PermissionError:
        message = "the folder may not be opened: permission denied"
        raise _unread(name, message, "mend its permissions, or work on a copy") from None
    except OSError:
        found = False
    if not name.strip():
        message, remedy = "no case is named", f"choose from {', '.join(_bundled_names())}"
    elif found:
        message, remedy = "the folder has no case.yaml", "`detente new` writes an example"
    else:
        message = "there is no such folder, and no bundled case of that name"
        remedy = f"give the path of a case folder, or a bundled case: {nearest(name, _bundled_names())}"
    raise _unread(name, message, remedy)


def _unread(name: str, message: str, remedy: str) -> InputProblems:
    return InputProblems(f"{name or 'the case'} cannot be read", (Problem(name, None, "", message, remedy),))


def _bundled_names() -> list[str]:
    return sorted(folder.parent.name for folder in _BUNDLED.glob("*/case.yaml"))


def _checked(files: CaseFiles) -> tuple[Case | None, list[Problem]]:
    """Return the case if its format is right, and all problems."""
    problems = [*files.case.problems, *files.sources.problems, *_misplaced(files)]
    strange = not files.sources.usable or files.sources.data.keys() - set(IN_SOURCES)
    unread = frozenset(IN_SOURCES) - files.sources.data.keys() if strange else frozenset[str]()
    if not files.case.usable:
        _, faults = _validated(SourcesFile, _ledger(files))
        return None, [*problems, *_said(faults, SourcesFile, files)]
    data = {key: value for key, value in files.case.data.items() if key not in IN_SOURCES} | _ledger(files)
    case, faults = _validated(Case, data)
    problems += _said(faults, Case, files)
    checked, broken = (case, unread) if case else _salvaged(data, faults, unread)
    if checked:
        names = names_of(checked, broken)
        problems += (files.problem(finding) for check in ERRORS for finding in check(checked, names))
    return (case if files.sources.usable else None), problems


def _said(faults: tuple[Fault, ...], model: type[Model], files: CaseFiles) -> list[Problem]:
    """Return faults in words; the schema is made only if there are any, as it takes as long as reading."""
    return [files.problem(finding) for finding in findings(faults, model_schema(model))] if faults else []


def _misplaced(files: CaseFiles) -> Iterator[Problem]:
    """Yield top-level names that stand in the wrong file."""
    for name in files.case.data.keys() & set(IN_SOURCES):
        message, line = f"`{name}` belongs in sources.yaml", files.case.lines.get((name,))
        yield Problem(files.case.name, line, name, message, "move it there")
    for name in files.sources.data.keys() - set(IN_SOURCES):
        known, line = nearest(name, IN_SOURCES), files.sources.lines.get((name,))
        yield Problem(files.sources.name, line, name, f"`{name}` is not known here", known)


def _ledger(files: CaseFiles) -> dict[str, Any]:
    """Return what sources.yaml says; a bare year of publication is text like every other date."""
    data = {name: files.sources.data[name] for name in IN_SOURCES if name in files.sources.data}
    items = data.get("sources")
    for source in items if isinstance(items, list) else ():
        if isinstance(source, dict) and type(source.get("published")) is int:
            source["published"] = str(source["published"])
    return data


def _validated(model: type[Model], data: dict[str, Any]) -> tuple[Any, tuple[Fault, ...]]:
    """Return a valid part, or its faults. As JSON, so that `yes` is no truth and `true` no number."""
    try:
        return model.model_validate_json(json.dumps(data), strict=True), ()
    except ValidationError as error:
        return None, faults_of(error, data)


def _salvaged(
    data: dict[str, Any], faults: tuple[Fault, ...], broken: frozenset[str]
) -> tuple[Case | None, frozenset[str]]:
    """Return what is left of a faulty case for further checks; None if too little is left."""
    for _ in range(_ROUNDS):
        data, lost = salvage(data, faults, model_schema(Case))
        broken |= lost
        case, faults = _validated(Case, data)
        if case is not None:
            return case, broken
    return None, broken
