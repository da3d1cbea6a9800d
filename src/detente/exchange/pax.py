"""A user's own copy of PA-X: peace agreements by name, date and stage, for lists of cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detente.exchange.published import Layout, Row, convert, day, read_rows, whole

AGREEMENTS = Layout(
    "PA-X Peace Agreements Database",
    ("AgtId", "Con", "PPName", "Agt", "Dat", "Stage"),
    "peaceagreements.org (research and education; ask before passing rows on)",
)

STAGES = {
    "Pre": "before negotiations",
    "SubPar": "framework, part of the issues",
    "SubComp": "framework, comprehensive",
    "Imp": "implementation",
    "Ren": "renewal",
    "Cea": "ceasefire",
    "Oth": "other",
}


@dataclass(frozen=True, slots=True)
class PaxAgreement:
    """One agreement. PA-X says what was agreed, not how long it held: there is no lifetime here."""

    id: int
    name: str
    process: str
    place: str
    signed: date
    stage: str


def read_pax(path: Path) -> tuple[PaxAgreement, ...]:
    """Read the agreements, oldest first.

    Raises
    ------
    InputProblems
        If columns are missing or cells cannot be read.
    """
    rows = read_rows(path, AGREEMENTS)
    return tuple(sorted(convert(path, AGREEMENTS, rows, _one), key=lambda a: (a.signed, a.id)))


def ceasefires(agreements: tuple[PaxAgreement, ...]) -> tuple[PaxAgreement, ...]:
    """Return those whose stage is a ceasefire."""
    return tuple(a for a in agreements if a.stage == STAGES["Cea"])


def _one(row: Row) -> PaxAgreement:
    stage = row["Stage"]
    return PaxAgreement(
        whole(row["AgtId"], "AgtId"),
        row["Agt"],
        row["PPName"],
        row["Con"],
        day(row["Dat"], "Dat"),
        STAGES.get(stage, stage),
    )
