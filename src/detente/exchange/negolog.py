"""Reads NegoLog scenarios: profileA.json and profileB.json with weights and option values on 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.exchange.scenario import Imported, Names, Reader, files_of
from detente.methods.space import Space

KNOWN = {"reservationValue", "issueWeights", "issues"}


def read_negolog(folder: Path) -> Imported:
    """Read a folder with one profile per actor.

    The utility of a deal is the sum of weight x option value; specs.json is left out.

    Parameters
    ----------
    folder : Path
        The folder, or any file in it.

    Raises
    ------
    InputProblems
        If the scenario cannot be used; lists everything that is wrong with it.
    """
    reader = Reader(f"NegoLog scenario {folder.name}")
    profiles: dict[Path, Mapping[str, Any]] = {}
    for file in files_of(folder, reader, (".json",)):
        if file.name == "specs.json":
            reader.note("specs.json is left out; what it says of a scenario is computed anew.")
            continue
        found = reader.json(file)
        if isinstance(found, dict) and isinstance(found.get("issues"), dict):
            profiles[file] = found
    if not profiles:
        reader.refuse(folder, "there is no profile with issues", "add profileA.json and profileB.json")
    first, *_ = profiles
    options = {
        str(name): tuple(str(o) for o in table) if isinstance(table, dict) else ()
        for name, table in profiles[first]["issues"].items()
    }
    columns = [_column(reader, f, p, options) for f, p in profiles.items()]
    reserve = np.array([_reserve(reader, f, p) for f, p in profiles.items()])
    if not options or not all(options.values()):
        reader.fault(first, "issues", "every issue needs options with values", "add them")
    reader.stop_if_faulty()
    points = tuple(np.column_stack([column[i] for column in columns]) for i in range(len(options)))
    names = Names(tuple(options), tuple(options.values()), tuple(f.stem for f in profiles))
    space = Space(tuple(len(o) for o in options.values()))
    return Imported("NegoLog", folder.stem, space, points, reserve, names, tuple(reader.dropped))


def _column(
    reader: Reader, file: Path, profile: Mapping[str, Any], options: Mapping[str, tuple[str, ...]]
) -> list[NDArray[np.float64]]:
    for key in sorted(set(profile) - KNOWN):
        reader.note(f"The field {key} of {file.stem} is left out.")
    weights, issues = profile.get("issueWeights"), profile["issues"]
    if not isinstance(weights, dict):
        reader.fault(file, "issueWeights", "the weights are missing", "add one for each issue")
        weights = {}
    for part, table in (("issueWeights", weights), ("issues", issues)):
        for name in sorted({str(k) for k in table} ^ set(options)):
            reader.fault(file, f"{part}.{name}", "the profiles do not name the same issues", "use one list")
    column = []
    for name, listed in options.items():
        weight = reader.number(weights.get(name, 0), file, f"issueWeights.{name}")
        table = issues.get(name)
        given = {str(k): v for k, v in table.items()} if isinstance(table, dict) else {}
        for option in sorted(set(given) ^ set(listed)):
            reader.fault(file, f"issues.{name}.{option}", "the profiles do not name the same options", "mend")
        values = [reader.number(given.get(o, 0), file, f"issues.{name}.{o}") for o in listed]
        column.append(weight * np.array(values))
    return column


def _reserve(reader: Reader, file: Path, profile: Mapping[str, Any]) -> float:
    if "reservationValue" not in profile:
        reader.note(f"{file.stem} gives no reservation value; no deal is taken to be worth 0.")
        return 0.0
    return reader.number(profile["reservationValue"], file, "reservationValue")
