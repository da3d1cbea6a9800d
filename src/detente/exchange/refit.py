"""Refits the durability figures on a user's own copy of a published data set, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.errors import UsageError
from detente.exchange import ethprio, pax, ucdp
from detente.exchange.published import Lifetimes
from detente.methods.durability import estimate
from detente.methods.durability.cox import RatioRow
from detente.methods.durability.estimate import Spells
from detente.methods.durability.pieces import HORIZONS, Counts, count_pieces

Flags = NDArray[np.bool_]

READERS = {
    "ucdp-agreements": ucdp.read_agreements,
    "ucdp-terminations": ucdp.read_terminations,
    "ethprio": ethprio.read_ceasefires,
    "pax": pax.read_ceasefires,
}
"""Data sets by the name a user types."""

CAUTIONS = {
    "ucdp-agreements": "A lifetime is that of the agreement, which is not that of quiet. Agreements of one "
    "process repeat, so that intervals are too narrow.",
    "ucdp-terminations": "A termination needs a quiet calendar year: nothing is known below one year.",
    "ethprio": "Ends that are not recorded are censored on the last day observed, which flatters.",
    "pax": "PA-X records no ends: a lifetime runs to the next ceasefire agreement of the same process, which "
    "is a sign that the one before broke or ran out, or that it was widened.",
}


LIFETIMES = {
    "ucdp-agreements": "from signature to the end of the agreement, which is not the end of quiet",
    "ucdp-terminations": "from the end of an episode to renewed fighting; the first year is unknown",
    "ethprio": "from the day the ceasefire takes effect to its recorded end",
    "pax": "from signature to the next ceasefire agreement of the same process",
}
"""What begins and what ends a lifetime in each data set."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lifetimes of one kind.

    Parameters
    ----------
    name : str
        Named as the packaged groups are, where there is one.
    n, events : int
    failed : tuple of (day, share)
        Kaplan-Meier.
    counts : Counts
        Events and days at risk by piece.
    """

    name: str
    n: int
    events: int
    failed: tuple[tuple[int, float], ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Refit:
    """Figures from a user's own file.

    Parameters
    ----------
    source : str
    n, events, skipped : int
        Lifetimes, failures, rows left out.
    groups : tuple of Group
        All lifetimes first, then each kind of them the data set tells apart.
    ratios : tuple of RatioRow
        Hazard ratios with 95% intervals robust by cluster.
    names : tuple of str
        The lifetimes by name.
    """

    source: str
    n: int
    events: int
    skipped: int
    groups: tuple[Group, ...]
    ratios: tuple[RatioRow, ...]
    names: tuple[str, ...]


def refit(source: str, path: Path) -> Refit:
    """Read a user's file and fit it.

    Parameters
    ----------
    source : str
        One of `READERS`.
    path : Path
        CSV with the published column names.

    Raises
    ------
    UsageError
        If the data set is not known, or the file holds no failure to learn from.
    InputProblems
        If the file cannot be read.
    MissingExtra
        If lifelines is not installed.
    """
    if source not in READERS:
        raise UsageError(f"there is no data set '{source}'. Remedy: choose from {', '.join(READERS)}")
    found = READERS[source](path)
    s = found.spells
    if not s.failed.any():
        raise UsageError(f"{path} holds no lifetime that ended. Remedy: check that it is the whole file")
    whole = np.ones(len(found.names), dtype=bool)
    kinds = {"all": whole, **kinds_of(source, found)}
    return Refit(
        source,
        len(found.names),
        int(s.failed.sum()),
        found.skipped,
        tuple(_group(source, name, s, mask) for name, mask in kinds.items() if mask.any()),
        _ratios(found),
        found.names,
    )


def kinds_of(source: str, found: Lifetimes) -> dict[str, Flags]:
    """Return the kinds of lifetime a data set tells apart, as marks of its rows."""
    x = {name: values > 0 for name, values in found.covariates.items()}
    if source == "ucdp-agreements" and x:
        rest = ~x["full"] & ~x["process"]
        return {"full agreement": x["full"], "partial agreement": rest, "process agreement": x["process"]}
    if source == "ethprio" and x:
        return {"general halt": ~x["partial"], "partial or local halt": x["partial"]}
    if source != "ucdp-terminations" or not x:
        return {}
    ends = {
        "ceasefire": x["ceasefire"],
        "peace agreement": x["agreement"],
        "victory": x["victory"],
        "actor ceases": x["actor_ceases"],
    }
    ends["low activity"] = ~np.logical_or.reduce(list(ends.values()))
    wars = {"interstate": x["interstate"], "intrastate": ~x["interstate"]}
    return {f"{war}, {end}": w & e for war, w in wars.items() for end, e in ends.items()}


def _group(source: str, name: str, s: Spells, mask: Flags) -> Group:
    own = Spells(s.entry[mask], s.leave[mask], s.failed[mask])
    days = [day for day in HORIZONS if source != "ucdp-terminations" or day >= 365]
    shares = estimate.kaplan_meier(own, days)
    return Group(
        name,
        int(mask.sum()),
        int(own.failed.sum()),
        tuple((day, float(share)) for day, share in zip(days, shares, strict=True)),
        count_pieces(own.entry, own.leave, own.failed),
    )


def _ratios(found: Lifetimes) -> tuple[RatioRow, ...]:
    varying = {name: x for name, x in found.covariates.items() if np.unique(x).size > 1}
    if not varying:
        return ()
    fit = estimate.cox(found.spells, varying)
    errors = np.sqrt(np.diag(estimate.cluster_robust(fit, found.spells, varying, found.cluster)))
    return tuple(
        RatioRow(name, *(float(np.exp(b + z * e)) for z in (0.0, -1.96, 1.96)))
        for name, b, e in zip(fit.names, fit.coef, errors, strict=True)
    )
