"""A user's own copy of PA-X: peace agreements by name, date and stage, and ceasefires until the next one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detente.exchange.published import Layout, Lifetimes, Row, convert, day, nothing, read_rows, whole
from detente.methods.durability.estimate import spells

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


def read_ceasefires(path: Path) -> Lifetimes:
    """Read how long it took until a process signed its next ceasefire agreement.

    PA-X does not record ends. That the same process needed another ceasefire agreement is a sign that the
    one before broke or ran out, or that it was widened; a process with no further one is censored on the day
    of the last agreement of any kind in the file. Agreements of one process on one day count once.

    Raises
    ------
    InputProblems
        If columns are missing or cells cannot be read.
    """
    every = read_pax(path)
    processes: dict[str, dict[date, PaxAgreement]] = defaultdict(dict)
    for one in ceasefires(every):
        processes[one.process].setdefault(one.signed, one)
    last = max((one.signed for one in every), default=date.min)
    found: list[tuple[str, float, bool, str]] = []
    for process, by_day in processes.items():
        days = sorted(by_day)
        for k, signed in enumerate(days):
            end = days[k + 1] if k + 1 < len(days) else last
            if end > signed:
                again = k + 1 < len(days)
                found.append((f"{by_day[signed].name} ({signed.year})", (end - signed).days, again, process))
    if not found:
        return nothing(len(every))
    names, lengths, ended, clusters = zip(*found, strict=True)
    return Lifetimes(names, spells(lengths, ended), {}, clusters, 0)


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
