"""Reading a user's own copy of a published table: columns by their published names, faults by line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputProblems, Problem
from detente.methods.durability.estimate import Spells

Array = NDArray[np.float64]

MAX_PROBLEMS = 20
"""How many faults are listed before the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a published table is called and which of its columns are needed.

    Parameters
    ----------
    name : str
        The data set and version the column names are from.
    columns : tuple of str
        Columns that must be there; the others are ignored.
    where : str
        Where a user gets it.
    """

    name: str
    columns: tuple[str, ...]
    where: str


Row = dict[str, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """Spells with names, covariates and clusters, ready for estimation.

    Parameters
    ----------
    names : tuple of str
    spells : Spells
    covariates : dict of str to (n,) array
    cluster : tuple
        What belongs together, for robust errors.
    skipped : int
        Rows left out because a date is missing.
    """

    names: tuple[str, ...]
    spells: Spells
    covariates: dict[str, Array]
    cluster: tuple[int | str, ...]
    skipped: int


def nothing(skipped: int) -> Lifetimes:
    """Return lifetimes of no rows at all."""
    none = np.zeros(0)
    return Lifetimes((), Spells(none, none, np.zeros(0, dtype=bool)), {}, (), skipped)


def read_rows(path: Path, layout: Layout) -> list[tuple[int, Row]]:
    """Return the rows of a CSV file with their line numbers.

    Raises
    ------
    InputProblems
        If the file is no CSV text, or a needed column is missing.
    """
    file = str(path)
    if path.suffix.lower() in (".xlsx", ".xls", ".dta", ".rds"):
        _refuse(layout, file, "this is not a CSV file", "open it in a spreadsheet and save it as CSV (UTF-8)")
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        _refuse(layout, file, error.strerror or "the file cannot be read", "check the path")
    except UnicodeDecodeError:
        _refuse(layout, file, "the file is not UTF-8 text", "save it as CSV (UTF-8)")
    reader = csv.DictReader(text.splitlines(), delimiter=_delimiter(text))
    missing = [name for name in layout.columns if name not in (reader.fieldnames or [])]
    if missing:
        remedy = f"take the file named {layout.name} from {layout.where}"
        _refuse(layout, file, f"columns are missing: {', '.join(missing)}", remedy)
    return [(reader.line_num, {k: (v or "").strip() for k, v in row.items() if k}) for row in reader]


def convert(path: Path, layout: Layout, rows: Sequence[tuple[int, Row]], one: Callable[[Row], T]) -> list[T]:
    """Convert each row, collecting every fault before giving up.

    Raises
    ------
    InputProblems
        If a row cannot be converted; all of them are listed, up to a limit.
    """
    done: list[T] = []
    problems: list[Problem] = []
    for line, row in rows:
        try:
            done.append(one(row))
        except ValueError as error:
            problems.append(Problem(str(path), line, "", str(error), "correct the cell or delete the row"))
    if problems:
        more = len(problems) - MAX_PROBLEMS
        shown = tuple(problems[:MAX_PROBLEMS])
        if more > 0:
            shown += (Problem(str(path), None, "", f"{more} more rows have the same kind of fault"),)
        raise InputProblems(f"{layout.name} cannot be read", shown)
    return done


def day(text: str, name: str) -> date:
    """Return a date written 2015-02-12, or raise ValueError naming the column."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(f'{name} is not a date like 2015-02-12: "{text}"') from None


def whole(text: str, name: str) -> int:
    """Return a whole number, or raise ValueError naming the column."""
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f'{name} is not a number: "{text}"') from None
    if number != int(number):
        raise ValueError(f'{name} is not a whole number: "{text}"')
    return int(number)


def yes(text: str, name: str) -> bool:
    """Return whether a 0/1 flag is set; blank and the missing-value codes below 0 count as not set."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    return bool(text) and whole(text, name) > 0


def _delimiter(text: str) -> str:
    head = text.splitlines()[0] if text else ""
    return max((",", ";", "\t"), key=head.count)


def _refuse(layout: Layout, file: str, message: str, remedy: str) -> NoReturn:
    raise InputProblems(f"{layout.name} cannot be read", (Problem(file, None, "", message, remedy),))
