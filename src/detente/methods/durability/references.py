"""Reference classes: groups of past ceasefires and agreements, as measured, with what they can tell."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from detente.methods.durability.pieces import EDGES, HORIZONS, Counts

FORTNA = "civil-war ceasefires 1989-99 (Fortna 2008)"
FORTNA_VARYING = "civil-war ceasefires 1989-99 (Fortna 2008), time-varying peacekeeping"
AGREEMENTS = "UCDP peace agreements 1975-2021 (end of the agreement)"
TERMINATIONS = "UCDP dyad terminations 1946-2020 (renewed fighting; blind below one year)"

LIFETIMES = {
    FORTNA: "from the day the ceasefire takes effect to renewed war between the same sides",
    FORTNA_VARYING: "from the day the ceasefire takes effect to renewed war between the same sides",
    AGREEMENTS: "from signature to the end of the agreement, which is not the end of quiet",
    TERMINATIONS: "from the end of an episode to renewed fighting; the first year is unknown",
}
"""What begins and what ends a lifetime in each set."""

SOURCES = {
    FORTNA: "V. P. Fortna, Does Peacekeeping Work? (2008)",
    FORTNA_VARYING: "V. P. Fortna, Does Peacekeeping Work? (2008)",
    AGREEMENTS: "UCDP Peace Agreement Dataset 22.1, CC BY 4.0",
    TERMINATIONS: "UCDP Conflict Termination (dyad) v3-2021, CC BY 4.0",
}


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceClass:
    """One measured group.

    Parameters
    ----------
    source : str
        The data set, as in `base_rates.csv`.
    group : str
        The group's name there.
    counts : Counts
        Events and days at risk by piece.
    wider : Counts
        The same for the set the group is a part of; the prior comes from it.
    features : frozenset of str
        Features every member has: their ratios must not be applied again.
    told : str
        What begins and ends a lifetime, where the source is not a packaged one.
    """

    source: str
    group: str
    counts: Counts
    wider: Counts
    features: frozenset[str]
    told: str = ""

    @property
    def events(self) -> int:
        """Number of failures seen."""
        return int(self.counts.events.sum())

    @property
    def from_day(self) -> float:
        """First day the source can say anything about: 0, or 365 for dyad terminations."""
        return float(EDGES[self.counts.seen].min())

    @property
    def lifetime(self) -> str:
        """What begins and ends a lifetime here."""
        return self.told or LIFETIMES[self.source]

    @property
    def cited(self) -> str:
        """The source in a few words."""
        return SOURCES.get(self.source, self.source)


_FEATURES = (
    ("settlement", ("settlement", "peace agreement", "full agreement")),
    ("peacekeepers", ("peacekeepers present", "peacekeepers at some time")),
    ("interstate", ("interstate",)),
)


def _features(group: str) -> frozenset[str]:
    return frozenset(name for name, words in _FEATURES if any(word in group for word in words))


@cache
def classes() -> dict[tuple[str, str], ReferenceClass]:
    """Return every packaged group by (source, group).

    Examples
    --------
    >>> truce = classes()[FORTNA_VARYING, "truce, peacekeepers absent"]
    >>> truce.events, sorted(truce.features)
    (26, [])
    """
    rows: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in _table("hazard_pieces.csv"):
        rows.setdefault((row["set"], row["group"]), []).append(row)
    counts = {key: _counts(group) for key, group in rows.items()}
    return {
        (source, group): ReferenceClass(source, group, found, _wider(counts, source, group), _features(group))
        for (source, group), found in counts.items()
    }


@cache
def kaplan_meier(source: str, group: str) -> tuple[tuple[int, float], ...]:
    """Return measured (day, share failed) of a group; empty where none is stored.

    Examples
    --------
    >>> kaplan_meier(FORTNA, "truce, never peacekeepers")[:3]
    ((30, 0.0625), (90, 0.3125), (180, 0.4062))
    """
    for row in _table("base_rates.csv"):
        if (row["set"], row["group"]) == (source, group):
            days = (*HORIZONS, 3650)
            return tuple((day, float(row[f"F{day}"])) for day in days if row[f"F{day}"])
    return ()


@cache
def size(source: str, group: str) -> int | None:
    """Return the number of members of a group, or None where only events and days are stored."""
    for row in _table("base_rates.csv"):
        if (row["set"], row["group"]) == (source, group):
            return int(row["n"])
    return None


def _table(name: str) -> list[dict[str, str]]:
    text = files("detente.methods.durability").joinpath(f"data/{name}").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def _counts(rows: Iterable[dict[str, str]]) -> Counts:
    events, days = np.zeros(EDGES.size), np.zeros(EDGES.size)
    for row in rows:
        piece = int(np.flatnonzero(float(row["from_day"]) == EDGES)[0])
        events[piece], days[piece] = float(row["events"]), float(row["days_at_risk"])
    return Counts(events, days)


def _wider(counts: dict[tuple[str, str], Counts], source: str, group: str) -> Counts:
    if source == FORTNA_VARYING:
        return counts[FORTNA, "all"]
    if (source, "all") in counts:
        return counts[source, "all"]
    kind = group.split(",", 1)[0]  # dyad terminations: all ways of ending among wars of this kind
    family = [c for (s, g), c in counts.items() if s == source and g.startswith(kind)]
    return Counts(sum(c.events for c in family), sum(c.days for c in family))  # type: ignore[arg-type]
