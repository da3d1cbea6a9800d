"""Parses the CSV actor tables of KAPSARC's toolkit KTAB and reports every fault with line and column.

Line 1: scenario name, description, number of actors, number of dimensions. Line 2: headings. Then one line
an actor: name, description, power, and position and salience for each dimension. Nothing is clipped or
guessed.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputProblems, Problem

Array = NDArray[np.float64]

_MAX_POWER = 1e8
_SLACK = 1e-9  # saliences typed as decimals may add up to 100 and a rounding error
_LENGTHS = {
    "scenario name": 512,
    "scenario description": 512,
    "dimension": 256,
    "actor": 25,
    "description": 256,
}


@dataclass(frozen=True, slots=True)
class Table:
    """A KTAB actor table.

    Parameters
    ----------
    name, description : str
        Of the scenario.
    dimensions : tuple of str
    actors, descriptions : tuple of str
    power : array (n,)
    position, salience : array (n, K)
        On 0..100; an actor's saliences add up to at most 100.
    notes : tuple of Problem
        Departures from what the original program reads that do no harm here.
    """

    name: str
    description: str
    dimensions: tuple[str, ...]
    actors: tuple[str, ...]
    descriptions: tuple[str, ...]
    power: Array
    position: Array
    salience: Array
    notes: tuple[Problem, ...] = ()


def parse_ktab(text: str, file: str = "actors.csv") -> Table:
    """Read the text of a KTAB CSV file.

    Raises
    ------
    InputProblems
        If it cannot be used; lists everything that is wrong with it.

    Examples
    --------
    >>> table = parse_ktab('''Talks, a test, 2, 1,
    ... Actor, Description, Power, Line, Line salience
    ... North, , 100, 0, 90
    ... South, , 60, 80, 70''')
    >>> table.actors, table.position[:, 0]
    (('North', 'South'), array([ 0., 80.]))
    """
    reader = Reader(file)
    lines = _rows(text)
    counts = reader.head(lines)
    if counts is None:
        raise reader.refusal()
    n, dims = counts
    dimensions = reader.headings(lines, dims)
    body = lines[2 : 2 + n]
    if len(body) < n:
        reader.fault(
            None, "", f"line 1 promises {n} actors, but {len(body)} follow", "add them or mend line 1"
        )
    if len(lines) > 2 + n:
        reader.fault(lines[2 + n][0], "", "lines after the last actor are ignored", "", "warning")
    for line, cells in body:
        reader.actor(line, cells, dimensions)
    if any(p.severity == "error" for p in reader.problems):
        raise reader.refusal()
    name, description = (_plain(c) for c in lines[0][1][:2])
    rows = np.array(reader.numbers).reshape(n, 1 + 2 * dims)
    return Table(
        name,
        description,
        dimensions,
        tuple(reader.names),
        tuple(reader.descriptions),
        rows[:, 0],
        rows[:, 1::2],
        rows[:, 2::2],
        tuple(reader.problems),
    )


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return lines with their numbers up to the first blank one, where the original stops reading."""
    found = []
    source = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    for cells in source:
        if not any(cell.strip() for cell in cells):
            break
        while cells and not cells[-1].strip():
            cells.pop()
        found.append((source.line_num, [cell.strip() for cell in cells]))
    return found


def _plain(cell: str) -> str:
    """Undo the two escapes of the format."""
    return cell.replace("&quot;", '"').replace("$$", ",")


class Reader:
    """Collects actors and everything that is wrong with a table."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.names: list[str] = []
        self.descriptions: list[str] = []
        self.numbers: list[list[float]] = []

    def fault(self, line: int | None, where: str, message: str, remedy: str, severity: str = "error") -> None:
        """Keep one fault; a warning does no harm."""
        self.problems.append(
            Problem(self.file, line, where, message, remedy, "warning" if severity == "warning" else "error")
        )

    def refusal(self) -> InputProblems:
        """Return everything found, errors first."""
        errors = [p for p in self.problems if p.severity == "error"]
        return InputProblems(
            f"{self.file} is not a usable KTAB actor table",
            tuple(errors + [p for p in self.problems if p.severity == "warning"]),
        )

    def head(self, lines: list[tuple[int, list[str]]]) -> tuple[int, int] | None:
        """Return the numbers of actors and dimensions, or None where they cannot be made out."""
        if not lines or len(lines[0][1]) != 4:
            found = len(lines[0][1]) if lines else 0
            message = f"line 1 has four fields (name, description, actors, dimensions), not {found}"
            self.fault(1, "", message, "a comma inside a field is written $$, or the field goes in quotes")
            return None
        counts = []
        for column, cell, least in (("actors", lines[0][1][2], 2), ("dimensions", lines[0][1][3], 1)):
            if cell.isascii() and cell.isdigit() and int(cell) >= least:
                counts.append(int(cell))
            else:
                self.fault(
                    1, f"number of {column}", f"'{cell}' is no whole number from {least} up", "mend it"
                )
        for column, cell in zip(("scenario name", "scenario description"), lines[0][1], strict=False):
            self.length(1, column, column, _plain(cell))
        return (counts[0], counts[1]) if len(counts) == 2 else None

    def headings(self, lines: list[tuple[int, list[str]]], dims: int) -> tuple[str, ...]:
        """Return the names of the dimensions; only every second heading is kept, as in the original."""
        cells = lines[1][1] if len(lines) > 1 else []
        if len(cells) != 3 + 2 * dims:
            message = f"headings have {3 + 2 * dims} fields for {dims} dimensions, not {len(cells)}"
            self.fault(
                2, "", message, "Actor, Description, Power, then position and salience of each dimension"
            )
        names = [_plain(c) for c in cells[3 : 3 + 2 * dims : 2]]
        names += [f"dimension {k + 1}" for k in range(len(names), dims)]
        for name in names:
            self.length(2, name, "dimension", name)
        return tuple(names)

    def length(self, line: int, where: str, kind: str, text: str) -> None:
        """Report a missing name, and a text longer than the original program reads."""
        if not text and kind in ("dimension", "actor"):
            self.fault(line, where, f"the {kind} has no name", "give it one")
        if len(text) > _LENGTHS[kind]:
            message = f"the {kind} has {len(text)} characters; the original reads {_LENGTHS[kind]}"
            self.fault(line, where, message, "", "warning")

    def actor(self, line: int, cells: list[str], dimensions: tuple[str, ...]) -> None:
        """Keep one actor, or say everything that is wrong with its line."""
        columns = ["power"]
        for name in dimensions:
            columns += [f"{name} position", f"{name} salience"]
        if len(cells) != 2 + len(columns):
            message = f"an actor has {2 + len(columns)} fields here, this line {len(cells)}"
            self.fault(line, "", message, "check commas; one inside a field is written $$")
            return
        name, description = _plain(cells[0]), _plain(cells[1])
        self.length(line, "actor", "actor", name)
        self.length(line, "description", "description", description)
        if name in self.names:
            self.fault(line, "actor", f"'{name}' is listed twice", "rename one")
        values = [self.number(line, c, cell) for c, cell in zip(columns, cells[2:], strict=True)]
        if None not in values[2::2]:
            total = sum(v for v in values[2::2] if v is not None)
            if total > 100 + _SLACK:
                self.fault(line, "salience", f"saliences of '{name}' add up to {total:g}", "at most 100")
            if total <= 0:
                self.fault(line, "salience", f"'{name}' cares about nothing", "give a salience above 0")
        self.names.append(name)
        self.descriptions.append(description)
        self.numbers.append([v if v is not None else math.nan for v in values])

    def number(self, line: int, column: str, cell: str) -> float | None:
        """Return a number inside the bounds of its column, or report why not."""
        try:
            value = float(cell) if "_" not in cell else math.nan
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self.fault(line, column, f"'{cell}' is no number", "write it with a decimal point")
            return None
        if column == "power" and not 0 < value <= _MAX_POWER:
            self.fault(line, column, f"{cell} lies outside 0 (excluded) to 1e8", "rescale all powers")
            return None
        if column != "power" and not 0 <= value <= 100:
            self.fault(line, column, f"{cell} lies outside 0 to 100", "map the scale to 0 to 100")
            return None
        return value
