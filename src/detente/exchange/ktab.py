"""Reads and writes KTAB actor tables, and turns one into a case.

Format as in KAPSARC's toolkit (KTAB 0.1.1): the CSV files its spatial model reads.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import numpy as np

from detente.case.base import Judgement
from detente.case.model import Case
from detente.errors import InputProblems, Problem
from detente.exchange.ktab_parse import Reader, Table, parse_ktab

__all__ = ["Table", "as_case", "as_ktab", "parse_ktab", "read_ktab"]

MAX_BYTES = 5_000_000
"""Judgement: thousands of actors fit into it; the original reads at most 250."""


def read_ktab(path: Path) -> Table:
    """Read a KTAB CSV file.

    Raises
    ------
    InputProblems
        If the file cannot be used; lists everything that is wrong with it.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _unusable(
                str(path), f"the file is larger than {MAX_BYTES // 10**6} MB", "is it the right file?"
            )
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _unusable(str(path), f"cannot open it: {error.strerror}", "check the name") from error
    except UnicodeDecodeError as error:
        raise _unusable(str(path), "it is not text in UTF-8", "save it as UTF-8") from error
    return parse_ktab(text, str(path))


def _unusable(file: str, message: str, remedy: str) -> InputProblems:
    return InputProblems(f"{file} cannot be read", (Problem(file, None, "", message, remedy),))


def as_ktab(table: Table) -> str:
    """Return the text of a table in the strict form the original program reads.

    Raises
    ------
    InputProblems
        If the original would refuse it: fewer than 3 or more than 250 actors, or a name that is too long.

    Examples
    --------
    >>> row = np.array([[10.0], [50.0], [90.0]])
    >>> table = Table("T", "", ("Line",), ("A", "B", "C"), ("", "", ""), np.ones(3), row, row / 2)
    >>> print(as_ktab(table).splitlines()[2])
    A,,1,10,5
    """
    reader = Reader("export")
    if not 3 <= len(table.actors) <= 250:
        reader.fault(None, "actors", f"KTAB reads 3 to 250 actors, not {len(table.actors)}", "")
    for kind, texts in (
        ("scenario name", (table.name,)),
        ("scenario description", (table.description,)),
        ("dimension", table.dimensions),
        ("actor", table.actors),
        ("description", table.descriptions),
    ):
        for text in texts:
            reader.length(0, text, kind, text)
    if reader.problems:
        raise InputProblems("KTAB could not read this table", tuple(reader.problems))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        _coded([table.name, table.description, str(len(table.actors)), str(len(table.dimensions))])
    )
    heads = [h for d in table.dimensions for h in (d, f"{d} salience")]
    writer.writerow(_coded(["Actor", "Description", "Power", *heads]))
    for i, actor in enumerate(table.actors):
        pairs = np.column_stack([table.position[i], table.salience[i]]).ravel()
        numbers = [_number(float(v)) for v in (table.power[i], *pairs)]
        writer.writerow(_coded([actor, table.descriptions[i], *numbers]))
    return out.getvalue()


def _coded(cells: list[str]) -> list[str]:
    return [c.replace(",", "$$").replace('"', "&quot;") for c in cells]


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def as_case(table: Table, as_of: date, analyst: str) -> Case:
    """Return a table as a case: one issue a dimension, one option for each position somebody holds.

    Power is rescaled so that the strongest actor has 100; that changes no forecast. The table says nothing
    about consent, red lines or no deal, so the case does not either.

    Parameters
    ----------
    table : Table
    as_of : date
        The day the table is about.
    analyst : str
        Who answers for its numbers.

    Examples
    --------
    >>> table = parse_ktab('''T,,2,1
    ... Actor,Description,Power,Line,Salience
    ... A,,50,10,5
    ... B,,20,90,40''')
    >>> case = as_case(table, date(2015, 1, 1), "a reader")
    >>> [o.position for o in case.issues[0].options], case.actors[1].capability.high
    ([10.0, 90.0], 40.0)
    """
    ids = [f"A{i + 1}" for i in range(len(table.actors))]
    issues = [f"D{k + 1}" for k in range(len(table.dimensions))]
    return Case.model_validate(
        {
            "format": 1,
            "id": "ktab-import",
            "title": table.name or "A KTAB actor table",
            "as_of": as_of,
            "analyst": analyst,
            "summary": table.description,
            "readings": {"given": {"text": "The table as given; it names no red lines."}},
            "actors": [
                {
                    "id": ids[i],
                    "name": name,
                    "role": "party",
                    "capability": _power(float(table.power[i] / table.power.max())),
                    "note": table.descriptions[i],
                }
                for i, name in enumerate(table.actors)
            ],
            "stakes": [{"id": "table", "name": "The table", "decides": "Every dimension of the table."}],
            "issues": [_issue(table, k, issues[k]) for k in range(len(issues))],
            "preferences": {
                ids[i]: {issues[k]: _preference(table, i, k) for k in range(len(issues))}
                for i in range(len(ids))
            },
            "no_deal": {"options": {}},
        }
    )


def _power(share: float) -> dict[str, object]:
    return {"low": 100 * share, "high": 100 * share, **_judged()}


def _judged() -> dict[str, object]:
    return Judgement(basis="guess", note="Taken from a KTAB actor table.").model_dump()


def _option(position: float) -> str:
    return "at_" + f"{position:.6f}".rstrip("0").rstrip(".").replace(".", "_")


def _issue(table: Table, k: int, issue: str) -> dict[str, object]:
    held = np.unique(table.position[:, k])
    options = [{"id": _option(p), "text": f"Position {p:g}", "position": float(p)} for p in held]
    return {
        "id": issue,
        "stake": "table",
        "name": table.dimensions[k],
        "options": options,
        "scale": "as in KTAB",
    }


def _preference(table: Table, i: int, k: int) -> dict[str, object]:
    """Return an order by distance from the actor's own position; equal distances tie."""
    own, salience = float(table.position[i, k]), float(table.salience[i, k])
    tiers: dict[float, list[str]] = {}
    for position in np.unique(table.position[:, k]):
        tiers.setdefault(round(abs(float(position) - own), 9), []).append(_option(float(position)))
    order = [tiers[d] for d in sorted(tiers)]
    return {"order": order, "salience": [salience, salience], **_judged()}
