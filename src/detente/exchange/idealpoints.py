"""Reads a user's own file of UN General Assembly ideal points and measures distances between states."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from detente.errors import InputProblems, Problem, UsageError

COLUMNS = {
    "idealpointfp": ("idealpointfp", "IdealPointFP"),
    "idealpointall": ("idealpointall", "IdealPointAll"),
}
"""Published names of the two estimates: final-passage votes, and all votes."""

_COUNTRY = ("iso3c", "iso3", "ISO3")
_YEAR = ("year", "Year")
_FAULTS = 20  # judgement: more of the same would not help the reader


@dataclass(frozen=True, slots=True)
class IdealPoints:
    """Voting positions of states by year, on the scale of the file.

    Parameters
    ----------
    points : mapping of (country, year) to float
        Country as ISO 3166-1 alpha-3.
    column : str
        Which estimate was read.
    """

    points: Mapping[tuple[str, int], float]
    column: str

    @property
    def years(self) -> tuple[int, ...]:
        """The years in the file, ascending."""
        return tuple(sorted({year for _, year in self.points}))

    def distance(self, one: str, other: str, year: int) -> float:
        """Return how far apart two states vote in a year.

        Raises
        ------
        UsageError
            If the file has no position of one of them in that year.
        """
        return abs(self._at(one, year) - self._at(other, year))

    def change(self, one: str, other: str, years: tuple[int, int]) -> float:
        """Return how the distance of two states changes from one year to another; below 0 is closer.

        Raises
        ------
        UsageError
            As `distance`.
        """
        return self.distance(one, other, years[1]) - self.distance(one, other, years[0])

    def _at(self, country: str, year: int) -> float:
        found = self.points.get((country, year))
        if found is None:
            have = [y for c, y in self.points if c == country]
            hint = (
                f"it has {country} from {min(have)} to {max(have)}" if have else "use ISO3 codes such as USA"
            )
            raise UsageError(f"the file has no voting position of {country} in {year}. Remedy: {hint}")
        return found


def read_ideal_points(path: str | Path, column: str = "idealpointfp") -> IdealPoints:
    """Read a file of UN ideal points by its published column names.

    Parameters
    ----------
    path : str or Path
        A CSV file as published by Bailey, Strezhnev and Voeten (columns `iso3c`, `year`, and `idealpointfp`
        for final-passage votes or `idealpointall` for all votes; upper case of older releases too).
    column : str
        Which of the two estimates; 2024 has only final-passage votes.

    Raises
    ------
    UsageError
        If the column is not one of the two.
    InputProblems
        If the file cannot be read, lacks a column, or holds rows that make no sense; all at once.

    Notes
    -----
    M. A. Bailey, A. Strezhnev and E. Voeten, "Estimating Dynamic State Preferences from United Nations Voting
    Data", Journal of Conflict Resolution 61 (2017), 430-456, doi:10.1177/0022002715595700. Positions of
    different columns are on different scales; never mix them.
    """
    if column not in COLUMNS:
        raise UsageError(f"no estimate is called '{column}'. Remedy: choose from {', '.join(COLUMNS)}")
    name = str(path)
    rows, header = _rows(Path(path), name)
    places = _places(header, column, name)
    points: dict[tuple[str, int], float] = {}
    problems: list[Problem] = []
    for line, row in rows:
        country, year, value = (row[place].strip() if place < len(row) else "" for place in places)
        if not country or value in ("", "NA"):
            continue  # not a state with a code, or no votes that year
        wrong = _fault(country, year, value, points)
        if wrong:
            problems.append(Problem(name, line, "", wrong, "correct the row or leave it out"))
        else:
            points[country, int(float(year))] = float(value)
    if problems:
        raise InputProblems(f"{name} has {len(problems)} rows that cannot be used", tuple(problems[:_FAULTS]))
    if not points:
        fault = Problem(name, None, column, "no row has a value", "choose the other estimate or another file")
        raise InputProblems(f"{name} holds no voting positions", (fault,))
    return IdealPoints(points, column)


def _rows(path: Path, name: str) -> tuple[list[tuple[int, list[str]]], list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [(line, row) for line, row in enumerate(csv.reader(file), 1) if row]
    except OSError as error:
        fault = Problem(name, None, "", f"the file cannot be opened: {error.strerror}", "check the path")
        raise InputProblems(f"{name} cannot be read", (fault,)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        fault = Problem(name, None, "", "this is not a CSV file in UTF-8", "save it as CSV, UTF-8")
        raise InputProblems(f"{name} cannot be read", (fault,)) from error
    if not rows:
        raise InputProblems(
            f"{name} cannot be read", (Problem(name, None, "", "the file is empty", "choose another"),)
        )
    return rows[1:], [cell.strip() for cell in rows[0][1]]


def _places(header: list[str], column: str, name: str) -> tuple[int, int, int]:
    problems = []
    places = []
    for wanted in (_COUNTRY, _YEAR, COLUMNS[column]):
        place = next((header.index(w) for w in wanted if w in header), None)
        places.append(place if place is not None else -1)
        if place is None:
            have = ", ".join(header[:12])
            problems.append(
                Problem(name, 1, wanted[0], f"there is no column `{wanted[0]}`", f"the file has: {have}")
            )
    if problems:
        raise InputProblems(f"{name} is not a file of UN ideal points", tuple(problems))
    return places[0], places[1], places[2]


def _fault(country: str, year: str, value: str, seen: Mapping[tuple[str, int], float]) -> str:
    try:
        when, where = float(year), float(value)
    except ValueError:
        return f"`{year}` or `{value}` is no number"
    if not math.isfinite(where) or when != int(when):
        return f"`{year}` or `{value}` is no year and finite position"
    return f"{country} is given twice for {int(when)}" if (country, int(when)) in seen else ""
