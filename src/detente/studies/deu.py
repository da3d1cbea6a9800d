"""Reads decisions of the European Union coded by the DEU project, from a user's own copy.

One row an issue, columns ``issue_id, proposal_id, year, outcome`` and ``p_<actor>``, ``s_<actor>`` for
positions and saliences on 0..100 (empty where missing), and ``reference_point`` where known. Separated by
commas, semicolons or tabs.

Source of the data, which is not shipped: Arregui & Perarnaud (2021), doi:10.34810/data53.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputProblems, Problem

Array = NDArray[np.float64]

_FLOOR = 1e-4  # salience of an actor coded as not caring: it still holds its position
_UNKNOWN = 50.0  # salience where nobody's is known
_FEWEST = 3  # positions an issue needs to be scored
_WAVES = (2001, 2009)  # last year of the first and of the second wave

# Capability is a proxy. Member states: votes in the Council before and after the Treaty of Nice (Article 205
# of the EC Treaty; with Croatia's accession); in the third wave population in millions about 2016 (Eurostat,
# rounded): judgement. Each is divided by the largest; Commission (com) and Parliament (ep) have 1: judgement.
# Five other proxies that were tried did no better.
_LARGE = dict.fromkeys(("de", "fr", "it", "uk"), 29.0)
CAPABILITY: tuple[Mapping[str, float], ...] = (
    {
        **dict.fromkeys(("de", "fr", "it", "uk"), 10.0),
        "es": 8.0,
        **dict.fromkeys(("be", "el", "nl", "pt"), 5.0),
        **dict.fromkeys(("at", "se"), 4.0),
        **dict.fromkeys(("dk", "fi", "ie"), 3.0),
        "lu": 2.0,
    },
    {
        **_LARGE,
        **dict.fromkeys(("es", "pl"), 27.0),
        "ro": 14.0,
        "nl": 13.0,
        **dict.fromkeys(("be", "cz", "el", "hu", "pt"), 12.0),
        **dict.fromkeys(("at", "bu", "se"), 10.0),
        **dict.fromkeys(("cr", "dk", "fi", "ie", "lt", "sk"), 7.0),
        **dict.fromkeys(("cy", "ee", "lu", "lv", "si"), 4.0),
        "mt": 3.0,
    },
    {
        "de": 82.5, "fr": 66.5, "uk": 65.4, "it": 60.7, "es": 46.4, "pl": 38.0, "ro": 19.8, "nl": 17.0,
        "be": 11.3, "el": 10.8, "cz": 10.6, "pt": 10.3, "se": 9.9, "hu": 9.8, "at": 8.7, "bu": 7.2,
        "dk": 5.7, "fi": 5.5, "sk": 5.4, "ie": 4.7, "cr": 4.2, "lt": 2.9, "si": 2.1, "lv": 2.0,
        "ee": 1.3, "cy": 0.85, "lu": 0.58, "mt": 0.43,
    },
)  # fmt: skip
_INSTITUTIONS = ("com", "ep")


@dataclass(frozen=True, slots=True)
class Decision:
    """One issue with its outcome.

    Parameters
    ----------
    id, proposal : str
    period : int
        Wave, 1 to 3.
    actors : tuple of str
    position, capability, salience : array (n,)
        Positions on 0..100, salience on 0..1.
    outcome : float
    reference : float or None
        What holds without a decision.
    """

    id: str
    proposal: str
    period: int
    actors: tuple[str, ...]
    position: Array
    capability: Array
    salience: Array
    outcome: float
    reference: float | None

    @property
    def weight(self) -> Array:
        """Capability x salience."""
        return self.capability * self.salience


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Return every issue with a known outcome and at least three positions.

    Raises
    ------
    InputProblems
        If the file cannot be used; lists everything that is wrong with it.
    """
    file = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(file, None, "", f"cannot be read: {error}", "check its name; save it as UTF-8")
        raise InputProblems(f"{file} cannot be read", (problem,)) from error
    head = text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    columns = [c for c in rows.fieldnames or [] if c]
    reader = _Reader(file, tuple(c[2:] for c in columns if c.startswith("p_")))
    reader.columns(columns)
    found = [reader.row(rows.line_num, row) for row in rows]
    decisions = tuple(d for d in found if d is not None)
    if not decisions and not reader.problems:
        reader.fault(None, "outcome", "no issue has an outcome and three positions", "is it the whole table?")
    if reader.problems:
        raise InputProblems(f"{file} is not a usable table of decisions", tuple(reader.problems))
    return decisions


class _Reader:
    """Turns rows into decisions and collects what is wrong with them."""

    def __init__(self, file: str, actors: tuple[str, ...]) -> None:
        self.file, self.actors = file, actors
        self.problems: list[Problem] = []

    def fault(self, line: int | None, where: str, message: str, remedy: str) -> None:
        """Keep one fault."""
        self.problems.append(Problem(self.file, line, where, message, remedy))

    def columns(self, columns: list[str]) -> None:
        """Check the header."""
        for name in ("issue_id", "proposal_id", "year", "outcome"):
            if name not in columns:
                self.fault(1, name, "the column is missing", "see docs/methods/forecast.md for the layout")
        known = {*_INSTITUTIONS, *(a for wave in CAPABILITY for a in wave)}
        for actor in self.actors:
            if actor not in known:
                self.fault(
                    1, f"p_{actor}", "no capability is known for this actor", "rename or drop the column"
                )
            if f"s_{actor}" not in columns:
                self.fault(1, f"s_{actor}", "the column of saliences is missing", "add it")
        if len(self.actors) < _FEWEST:
            self.fault(1, "p_<actor>", "fewer than three columns of positions", "is it the whole table?")

    def row(self, line: int, row: Mapping[str, str | None]) -> Decision | None:
        """Return a decision; None where it cannot be scored, or after reporting why it cannot be read."""
        if self.problems and self.problems[0].line == 1:
            return None
        outcome, year = self.value(line, "outcome", row), self.value(line, "year", row, 3000)
        if year is None:
            self.fault(line, "year", "no year, so no wave", "fill it in")
            return None
        period = 1 + sum(year > last for last in _WAVES)
        held = {a: x for a in self.actors if (x := self.value(line, f"p_{a}", row)) is not None}
        stakes = {a: self.value(line, f"s_{a}", row) for a in held}
        power = {a: _capability(a, period) for a in held}
        for actor, c in power.items():
            if c is None:
                self.fault(
                    line, f"p_{actor}", f"no capability in wave {period}", "empty the cell or mend the year"
                )
        if outcome is None or len(held) < _FEWEST or None in power.values():
            return None
        known = [s for s in stakes.values() if s is not None]
        filler = median(known) if known and max(known) > 0 else _UNKNOWN
        salience = [max((filler if s is None else s) / 100, _FLOOR) for s in stakes.values()]
        return Decision(
            row["issue_id"] or "",
            row["proposal_id"] or "",
            period,
            tuple(held),
            np.array(list(held.values())),
            np.array([c for c in power.values() if c is not None]),
            np.array(salience),
            outcome,
            self.value(line, "reference_point", row),
        )

    def value(
        self, line: int, column: str, row: Mapping[str, str | None], top: float = 100.0
    ) -> float | None:
        """Return a number on 0..top, or None where the cell is empty or has just been reported."""
        text = (row.get(column) or "").strip()
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not 0 <= number <= top:
            self.fault(line, column, f"'{text}' is no number from 0 to {top:g}", "mend or empty the cell")
            return None
        return number


def _capability(actor: str, period: int) -> float | None:
    if actor in _INSTITUTIONS:
        return 1.0
    wave = CAPABILITY[period - 1]
    return wave[actor] / max(wave.values()) if actor in wave else None
