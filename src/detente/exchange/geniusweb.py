"""Reads GeniusWeb scenarios: JSON profiles with linear additive utilities, the domain inside each.

Values of options are already on 0 to 1 and weights sum to 1; the reserve is a bid, so that no deal is worth
the utility of that bid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.exchange.scenario import MOST_OPTIONS, Imported, Names, Reader, files_of
from detente.methods.space import Space

KIND = "LinearAdditiveUtilitySpace"

Options = dict[str, tuple[str, ...]]


def read_geniusweb(folder: Path) -> Imported:
    """Read a folder of GeniusWeb profiles.

    Parameters
    ----------
    folder : Path
        The folder, or any file in it. Files that hold only a domain are skipped: profiles carry it.

    Raises
    ------
    InputProblems
        If the scenario cannot be used; lists everything that is wrong with it.
    """
    reader = Reader(f"GeniusWeb scenario {folder.name}")
    profiles: dict[Path, Mapping[str, Any]] = {}
    for file in files_of(folder, reader, (".json",)):
        found = reader.json(file)
        if isinstance(found, dict) and isinstance(found.get(KIND), dict):
            profiles[file] = found[KIND]
        elif isinstance(found, dict) and len(found) == 1 and "issuesValues" not in found:
            reader.fault(file, next(iter(found)), "this kind of profile is not read", f"use {KIND}")
    if not profiles:
        reader.refuse(folder, f"there is no profile of kind {KIND}", "add one file per actor")
    first, *_ = profiles
    options = _domain(reader, first, profiles[first].get("domain"))
    for file, profile in profiles.items():
        if _domain(reader, file, profile.get("domain")) != options:
            reader.fault(file, "domain", f"the domain differs from that of {first.name}", "use the same one")
    reader.stop_if_faulty()
    columns = [_column(reader, file, profile, options) for file, profile in profiles.items()]
    reader.stop_if_faulty()
    points = tuple(np.column_stack([column[i] for column in columns]) for i in range(len(options)))
    reserve = np.array(
        [_reserve(reader, f, p, options, columns[k]) for k, (f, p) in enumerate(profiles.items())]
    )
    reader.stop_if_faulty()
    names = Names(tuple(options), tuple(options.values()), tuple(f.stem for f in profiles))
    space = Space(tuple(len(o) for o in options.values()))
    return Imported("GeniusWeb", folder.stem, space, points, reserve, names, tuple(reader.dropped))


def _domain(reader: Reader, file: Path, domain: Any) -> Options:
    issues = domain.get("issuesValues") if isinstance(domain, dict) else None
    if not isinstance(issues, dict) or not issues:
        reader.fault(file, "domain.issuesValues", "there is no issue", "add the domain")
        return {}
    return {str(name): _options(reader, file, str(name), values) for name, values in issues.items()}


def _options(reader: Reader, file: Path, name: str, values: Any) -> tuple[str, ...]:
    where = f"domain.issuesValues.{name}"
    listed = values.get("values") if isinstance(values, dict) else None
    if isinstance(listed, list) and listed:
        found = tuple(str(v) for v in listed)
        if len(set(found)) < len(found):
            reader.fault(file, where, "an option stands twice", "keep one of the two")
        return found
    span = values.get("range") if isinstance(values, dict) else None
    if not isinstance(span, dict):
        reader.fault(file, where, "the issue has neither values nor a range", "list its values")
        return ()
    low, high, step = (reader.number(span.get(k), file, f"{where}.{k}") for k in ("low", "high", "step"))
    if step <= 0 or not 0 <= (high - low) / step < MOST_OPTIONS:
        reader.fault(file, where, "the range has no or too many options", "set low, high and step")
        return ()
    return tuple(f"{low + k * step:.10g}" for k in range(int((high - low) / step + 1e-9) + 1))


def _column(
    reader: Reader, file: Path, profile: Mapping[str, Any], options: Options
) -> list[NDArray[np.float64]]:
    weights, utilities = profile.get("issueWeights"), profile.get("issueUtilities")
    if not isinstance(weights, dict) or not isinstance(utilities, dict):
        reader.fault(file, "", "issueWeights or issueUtilities are missing", "add both")
        return []
    for part, table in (("issueWeights", weights), ("issueUtilities", utilities)):
        for name in sorted({str(k) for k in table} ^ set(options)):
            reader.fault(file, f"{part}.{name}", "not both in the domain and here", "add or remove it")
    total, column = 0.0, []
    for name, listed in options.items():
        weight = reader.number(weights.get(name, 0), file, f"issueWeights.{name}")
        total += weight
        column.append(weight * _values(reader, file, name, utilities.get(name), listed))
    if abs(total - 1) > 1e-6:
        reader.fault(file, "issueWeights", f"the weights sum to {total:g}, not to 1", "divide by their sum")
    return column


def _values(reader: Reader, file: Path, name: str, table: Any, options: Sequence[str]) -> NDArray[np.float64]:
    where = f"issueUtilities.{name}"
    table = table if isinstance(table, dict) else {}
    listed = table.get("discreteutils", {})
    listed = listed.get("valueUtilities") if isinstance(listed, dict) else None
    if isinstance(listed, dict):
        given = {str(k): v for k, v in listed.items()}
        for option in sorted(set(given) ^ set(options)):
            reader.fault(file, f"{where}.{option}", "not both in the domain and here", "add or remove it")
        found = [reader.number(given.get(o, 0), file, f"{where}.{o}") for o in options]
    elif isinstance(line := table.get("numberutils"), dict):
        keys = ("lowValue", "lowUtility", "highValue", "highUtility")
        low, bottom, high, top = (reader.number(line.get(k), file, f"{where}.{k}") for k in keys)
        if high <= low:
            reader.fault(file, where, "highValue must be above lowValue", "set both")
            return np.zeros(len(options))
        found = [float(np.interp(float(o), [low, high], [bottom, top])) for o in options]
    else:
        reader.fault(file, where, "neither discreteutils nor numberutils is given", "add one of them")
        return np.zeros(len(options))
    if any(not 0 <= v <= 1 for v in found):
        reader.fault(file, where, "a utility lies outside 0 to 1", "scale it")
    return np.array(found)


def _reserve(
    reader: Reader,
    file: Path,
    profile: Mapping[str, Any],
    options: Options,
    column: Sequence[NDArray[np.float64]],
) -> float:
    bid = profile.get("reservationBid")
    values = bid.get("issuevalues", bid) if isinstance(bid, dict) else None
    if not values:
        reader.note(f"{file.stem} gives no reservation bid; no deal is taken to be worth 0.")
        return 0.0
    total = 0.0
    for (name, listed), table in zip(options.items(), column, strict=True):
        if str(values.get(name)) not in listed:
            where = f"reservationBid.{name}"
            reader.fault(file, where, f"{values.get(name)!r} is no option of the issue", "name one")
            continue
        total += float(table[listed.index(str(values[name]))])
    return total
