"""Reads NegMAS scenario folders: one domain file and one linear additive utility function per actor.

Format as written by NegMAS 0.16 (file contents only): utilities are sums of weight x mapped value, without
any division, and the reserved value stands on that scale.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.case.yamlfile import read_yaml
from detente.exchange.scenario import Imported, Names, Reader, files_of
from detente.methods.space import Space

UTILITY = "LinearAdditiveUtilityFunction"
TABLE = "TableFun"
DOMAIN = "DiscreteCartesianOutcomeSpace"
ISSUE = "CategoricalIssue"

INFINITE = re.compile(r"^(\s*reserved_value\s*:\s*)(-\.inf)\s*$", re.MULTILINE | re.IGNORECASE)
"""An actor that accepts anything; our YAML reader takes finite numbers only, so this one is quoted first."""

KNOWN = {
    "type",
    "name",
    "values",
    "weights",
    "reserved_value",
    "reserved_outcome",
    "path",
    "id",
    "outcome_space",
}


def read_negmas(folder: Path, as_genius: bool = False) -> Imported:
    """Read a folder of NegMAS files (yml, yaml or json).

    Files that were converted from GENIUS carry raw evaluations beside a reserve on 0 to 1; where that shows,
    a note says so, and `as_genius` reads them in the GENIUS meaning.

    Parameters
    ----------
    folder : Path
        The folder, or any file in it.
    as_genius : bool
        Divide every issue's values by the largest, and weights by their sum.

    Raises
    ------
    InputProblems
        If the scenario cannot be used; lists everything that is wrong with it.
    """
    reader = Reader(f"NegMAS scenario {folder.name}")
    loaded = {f: _load(reader, f) for f in files_of(folder, reader, (".yml", ".yaml", ".json"))}
    domains = [f for f, d in loaded.items() if "issues" in d]
    actors = [f for f, d in loaded.items() if _kind(d) == UTILITY]
    for file, data in loaded.items():
        if file not in domains and file not in actors:
            kind = _kind(data) or "no type"
            reader.fault(file, "type", f"{kind} is not read", f"only {UTILITY} and one {DOMAIN} are")
    if len(domains) != 1 or not actors:
        count = f"{len(domains)} domain files and {len(actors)} utility functions"
        reader.refuse(folder, f"a scenario needs one domain and utility functions; found {count}", "add them")
    options = _domain(reader, domains[0], loaded[domains[0]])
    columns = [_column(reader, f, loaded[f], options, as_genius) for f in actors]
    reader.stop_if_faulty()
    points = tuple(np.column_stack([column[i] for column in columns]) for i in range(len(options)))
    reserve = np.array(
        [_reserve(reader, f, loaded[f], column, as_genius) for f, column in zip(actors, columns, strict=True)]
    )
    reader.stop_if_faulty()
    names = Names(tuple(options), tuple(options.values()), tuple(f.stem for f in actors))
    title = str(loaded[domains[0]].get("name") or folder.stem)
    space = Space(tuple(len(o) for o in options.values()))
    return Imported("NegMAS", title, space, points, reserve, names, tuple(reader.dropped))


def _load(reader: Reader, file: Path) -> Mapping[str, Any]:
    if file.suffix.lower() == ".json":
        found = reader.json(file)
        if found is not None and not isinstance(found, dict):
            reader.fault(file, "", "the file does not hold named values", "check the file")
        return found if isinstance(found, dict) else {}
    if INFINITE.search(reader.text(file)):
        with TemporaryDirectory() as folder:
            quoted = Path(folder) / file.name
            quoted.write_text(INFINITE.sub(r'\1"\2"', reader.text(file)), "utf-8")
            read = read_yaml(quoted, file.name)
    else:
        read = read_yaml(file, file.name)
    reader.problems += read.problems
    return read.data


def _kind(data: Mapping[str, Any]) -> str:
    """Return a type's own name, without the package before it."""
    return str(data.get("type", "")).rsplit(".", 1)[-1]


def _domain(reader: Reader, file: Path, data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    if _kind(data) not in ("", DOMAIN):
        reader.fault(file, "type", f"{_kind(data)} is not read", f"use {DOMAIN}")
    issues = data.get("issues")
    out: dict[str, tuple[str, ...]] = {}
    for k, issue in enumerate(issues if isinstance(issues, list) else []):
        where = f"issues#{k + 1}"
        if not isinstance(issue, dict) or _kind(issue) not in ("", ISSUE):
            reader.fault(file, where, "this kind of issue is not read", f"use {ISSUE}")
            continue
        name, values = str(issue.get("name", "")), issue.get("values")
        if not isinstance(values, list) or not values:
            reader.fault(file, f"{where}.values", "the options are not a list", "list them")
            continue
        options = tuple(str(v) for v in values)
        if not name or name in out or len(set(options)) < len(options):
            reader.fault(file, where, "names of issues and of options must be given once", "rename")
        out[name] = options
    if not out and not reader.problems:
        reader.fault(file, "issues", "there is no issue", "add one")
    return out


def _column(
    reader: Reader,
    file: Path,
    data: Mapping[str, Any],
    options: Mapping[str, Sequence[str]],
    as_genius: bool,
) -> list[NDArray[np.float64]]:
    """Return the actor's points of every option of every issue."""
    for key in sorted(set(data) - KNOWN):
        reader.note(f"The field {key} of {file.stem} is left out.")
    values, given = data.get("values"), data.get("weights")
    if not isinstance(values, list) or len(values) != len(options):
        reader.fault(file, "values", f"there must be one entry for each of {len(options)} issues", "check it")
        return [np.zeros(len(o)) for o in options.values()]
    given = given if isinstance(given, list) and len(given) == len(options) else None
    if given is None:
        reader.fault(
            file, "weights", f"there must be one weight for each of {len(options)} issues", "add them"
        )
        given = [1.0] * len(options)
    weights = np.array([reader.number(w, file, f"weights#{k + 1}") for k, w in enumerate(given)])
    tables = [
        _values(reader, file, f"values#{k + 1}", table, listed)
        for k, (table, listed) in enumerate(zip(values, options.values(), strict=True))
    ]
    if as_genius:
        tables = [t / t.max() if t.max(initial=0.0) >= 1e-5 else 0 * t for t in tables]
        weights = weights / (weights.sum() or 1.0)
    return [w * t for w, t in zip(weights, tables, strict=True)]


def _values(
    reader: Reader, file: Path, where: str, table: Any, options: Sequence[str]
) -> NDArray[np.float64]:
    if not isinstance(table, dict) or _kind(table) != TABLE or not isinstance(table.get("mapping"), dict):
        kind = _kind(table) if isinstance(table, dict) else type(table).__name__
        reader.fault(file, where, f"a value function of type {kind} is not read", f"use {TABLE}")
        return np.zeros(len(options))
    mapping = {str(k): v for k, v in table["mapping"].items()}
    for option in [o for o in options if o not in mapping]:
        reader.fault(file, f"{where}.{option}", "the option has no value", "add one")
    for option in sorted(set(mapping) - set(options)):
        reader.fault(file, f"{where}.{option}", "the domain has no such option", "remove it")
    return np.array([reader.number(mapping.get(o, 0), file, f"{where}.{o}") for o in options])


def _reserve(
    reader: Reader,
    file: Path,
    data: Mapping[str, Any],
    column: Sequence[NDArray[np.float64]],
    as_genius: bool,
) -> float:
    if data.get("reserved_outcome") is not None:
        reader.note(f"The reserved outcome of {file.stem} is left out; its reserved value counts.")
    given = data.get("reserved_value")
    if given is None:
        reader.note(f"{file.stem} gives no reserved value; no deal is taken to be worth 0.")
        return 0.0
    if str(given).lower().lstrip("-.") in ("inf", "infinity") and str(given).startswith("-"):
        return -np.inf
    reserve = reader.number(given, file, "reserved_value")
    largest = sum(float(table.max()) for table in column)
    if not as_genius and largest > 1 and 0 < reserve <= 1:
        reader.note(
            f"The utilities of {file.stem} reach {largest:g} while its reserved value is {reserve:g}: this "
            "looks like a GENIUS scenario with raw evaluations. Read it as GENIUS to compare like with like."
        )
    return reserve
