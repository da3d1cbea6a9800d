"""A user's own copies of two Uppsala files: peace agreements, and terminations of dyads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from detente.exchange.published import Layout, Lifetimes, Row, convert, day, nothing, read_rows, whole, yes
from detente.methods.durability.estimate import spells

AGREEMENTS = Layout(
    "UCDP Peace Agreement Dataset 22.1",
    ("paid", "pa_name", "pa_date", "pa_type", "ended", "duration", "cease", "pko", "co_impl", "ddr", "withd",
     "shagov", "aut", "reaffirm"),
    "ucdp.uu.se/downloads",
)  # fmt: skip
AGREEMENTS_END = date(2021, 12, 31)
"""Last day the 22.1 file observes."""

TERMINATIONS = Layout(
    "UCDP Conflict Termination Dataset, dyads, 3-2021",
    ("dyad_id", "dyadepisode", "year", "dyadterm", "outcome", "type_of_conflict", "incompatibility",
     "intensity_level", "side_a", "side_b"),
    "ucdp.uu.se/downloads",
)  # fmt: skip
TERMINATIONS_END = 2020
"""Last year the 3-2021 file observes."""

OUTCOMES = {
    1: "peace agreement",
    2: "ceasefire",
    3: "victory",
    4: "victory",
    5: "low activity",
    6: "actor ceases",
}

SAME_DAY = 0.5
"""Days given to an agreement that ended on the day it was signed: a lifetime must be above 0. Given too
where the end is earlier in the year of signature, as one published row has it (end known to the year)."""


def read_agreements(path: Path, until: date = AGREEMENTS_END) -> Lifetimes:
    """Read the peace agreements: from signature to the end of the agreement, or to the last day observed.

    Parameters
    ----------
    path : Path
        CSV with the published column names.
    until : date
        Last day observed; agreements still in force then are censored.

    Raises
    ------
    InputProblems
        If columns are missing or cells cannot be read.
    """
    rows = read_rows(path, AGREEMENTS)
    dated = [(line, row) for line, row in rows if row["pa_date"]]
    found = [x for x in convert(path, AGREEMENTS, dated, lambda row: _agreement(row, until)) if x is not None]
    if not found:
        return nothing(len(rows))
    names, days, ended, clauses, ids = zip(*found, strict=True)
    matrix = np.array(clauses, dtype=float)
    covariates = {name: matrix[:, k] for k, name in enumerate(_CLAUSES)}
    return Lifetimes(names, spells(days, ended), covariates, ids, len(rows) - len(found))


_CLAUSES = (
    "ceasefire_clause",
    "peacekeeping_clause",
    "implementation_commission",
    "disarmament",
    "troop_withdrawal",
    "power_sharing",
    "autonomy",
    "reaffirms_earlier_deal",
    "full",
    "process",
)


def _agreement(row: Row, until: date) -> tuple[str, float, bool, tuple[bool, ...], int] | None:
    signed = day(row["pa_date"], "pa_date")
    ended = yes(row["ended"], "ended")
    last = day(row["duration"], "duration") if ended else until
    if last > until:
        ended, last = False, until
    if last < signed and not ended:
        return None  # signed after the last day observed
    if last < signed and last.year < signed.year:
        raise ValueError("the agreement ends (duration) before it was signed (pa_date)")
    kind = whole(row["pa_type"], "pa_type")
    columns = ("cease", "pko", "co_impl", "ddr", "withd", "shagov", "aut", "reaffirm")
    clauses = (*(yes(row[c], c) for c in columns), kind == 1, kind == 3)
    days = max(float((last - signed).days), SAME_DAY)
    return f"{row['pa_name']} ({signed.year})", days, ended, clauses, whole(row["paid"], "paid")


@dataclass(frozen=True, slots=True)
class _DyadYear:
    dyad: int
    episode: int
    year: int
    ends: bool
    outcome: int
    kind: int
    about: int
    intensity: int
    name: str


def read_terminations(path: Path) -> Lifetimes:
    """Read dyad terminations: years from the end of an episode to the next one, counted in days.

    The published file gives years of activity; a lifetime is the number of calendar years between, times
    365.25. It is blind below one year: a termination needs a quiet calendar year.

    Raises
    ------
    InputProblems
        If columns are missing or cells cannot be read.
    """
    rows = read_rows(path, TERMINATIONS)
    years = convert(path, TERMINATIONS, rows, _dyad_year)
    found = list(_terminated(years))
    if not found:
        return nothing(len(rows))
    names, days, back, covariates, dyads = zip(*found, strict=True)
    matrix = np.array(covariates, dtype=float)
    return Lifetimes(names, spells(days, back), {n: matrix[:, k] for k, n in enumerate(_ENDINGS)}, dyads, 0)


_ENDINGS = (
    "agreement",
    "ceasefire",
    "victory",
    "actor_ceases",
    "interstate",
    "territory",
    "war_intensity",
    "log_duration",
    "after_1989",
)


def _dyad_year(row: Row) -> _DyadYear:
    ends = yes(row["dyadterm"], "dyadterm")
    outcome = whole(row["outcome"], "outcome") if ends else 0
    if ends and outcome not in OUTCOMES:
        raise ValueError(f'outcome runs from 1 to 6 where dyadterm is 1, not "{row["outcome"]}"')
    return _DyadYear(
        whole(row["dyad_id"], "dyad_id"),
        whole(row["dyadepisode"], "dyadepisode"),
        whole(row["year"], "year"),
        ends,
        outcome,
        whole(row["type_of_conflict"], "type_of_conflict"),
        whole(row["incompatibility"], "incompatibility"),
        whole(row["intensity_level"], "intensity_level"),
        f"{row['side_a']} / {row['side_b']}",
    )


def _terminated(
    years: Iterable[_DyadYear],
) -> Iterable[tuple[str, float, bool, tuple[float, ...], int]]:
    episodes: dict[tuple[int, int], list[_DyadYear]] = defaultdict(list)
    for one in years:
        episodes[one.dyad, one.episode].append(one)
    starts: dict[int, list[int]] = defaultdict(list)
    for (dyad, _), active in episodes.items():
        starts[dyad].append(min(y.year for y in active))
    for (dyad, _), active in sorted(episodes.items()):
        last = max(active, key=lambda y: y.year)
        quiet_from = last.year
        if not last.ends or quiet_from >= TERMINATIONS_END:
            continue
        again = min((s for s in starts[dyad] if s > quiet_from), default=None)
        years_quiet = (again if again is not None else TERMINATIONS_END + 1) - quiet_from
        name = f"{last.name} ({quiet_from})"
        yield name, 365.25 * years_quiet, again is not None, _ending(last, active), dyad


def _ending(last: _DyadYear, active: list[_DyadYear]) -> tuple[float, ...]:
    ending = OUTCOMES[last.outcome]
    length = 1 + last.year - min(y.year for y in active)
    flags = (
        ending == "peace agreement",
        ending == "ceasefire",
        ending == "victory",
        ending == "actor ceases",
        last.kind == 2,
        last.about == 1,
        max(y.intensity for y in active) == 2,
    )
    return (*map(float, flags), float(np.log(length)), float(last.year > 1989))
