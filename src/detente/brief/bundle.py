"""Packs everything behind a brief so that a sceptic can check it and run it again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from detente import __version__
from detente.brief.bundle_readme import readme
from detente.brief.chains import chains
from detente.brief.trace_constants import constants_of
from detente.case.citations import to_bibtex, to_csl
from detente.case.folders import folder_of
from detente.case.load import load_case
from detente.case.model import Case
from detente.lens import Run
from detente.record import plain, to_json
from detente.registry import LENSES

_ENGINES = ("numpy", "scipy", "numba", "networkx", "pydantic", "pyyaml")
"""What numbers are computed with; another version may change their last digits."""
_LEFT_OUT = ("proposals", "out", "variants", "estimates")
"""Folders beside the case files that no result rests on."""
_MEASURE = ("lens", "name", "label", "value", "unit", "low", "high", "interval", "formula", "inputs")


def bundle(path: str | Path, draws: int | None = None, seed: int | None = None) -> dict[str, bytes]:
    """Return the files of a bundle by name; the same case, options and versions give the same bytes.

    Parameters
    ----------
    path : str or Path
        A case.
    draws, seed : int, optional
        In place of each lens's own default.

    Raises
    ------
    InputProblems
        If the case cannot be used.
    """
    case = load_case(path)
    runs = tuple(_runs(case, draws, seed))
    files = {f"case/{case.id}/{name}": data for name, data in _case_files(folder_of(path))}
    texts = {f"results/{run.lens}.json": to_json(run) for run in runs}
    texts["results/measures.csv"] = _measures(runs)
    texts["results/chains.json"] = _json({"format_version": 1, "chains": _chains(case, runs)})
    texts["results/constants.csv"] = _constants(runs)
    texts["ledger/evidence.csv"] = _records([item.model_dump(mode="json") for item in case.evidence])
    texts["ledger/sources.csv"] = _records([item.model_dump(mode="json") for item in case.sources])
    texts["ledger/sources.bib"] = to_bibtex(case.sources)
    texts["ledger/sources.csl.json"] = to_csl(case.sources)
    texts["versions.json"] = _json(_versions())
    texts["README.md"] = readme(case, runs, again(case.id, draws, seed))
    files |= {name: text.encode("utf-8") for name, text in texts.items()}
    files["SHA256SUMS"] = _checksums(files)
    return dict(sorted(files.items()))


def again(case: str, draws: int | None, seed: int | None) -> str:
    """Return the command that makes the same bundle from the one at hand.

    Examples
    --------
    >>> again("talks", 500, None)
    'detente bundle case/talks --draws 500 -o again'
    """
    asked = {"--draws": draws, "--seed": seed}
    return " ".join(
        [
            "detente bundle",
            f"case/{case}",
            *(f"{k} {v}" for k, v in asked.items() if v is not None),
            "-o again",
        ]
    )


def _runs(case: Case, draws: int | None, seed: int | None) -> Iterable[Run[Any, Any]]:
    """Run every lens that answers for the case as a whole and has what it needs."""
    asked = {"draws": draws, "seed": seed}
    for lens in LENSES:
        if lens.in_brief and not lens.missing(case):
            given = {k: v for k, v in asked.items() if v is not None and k in lens.options.model_fields}
            yield lens.apply(case, lens.options.model_validate(given))


def _case_files(folder: Path) -> Iterable[tuple[str, bytes]]:
    """Yield the files of a case byte by byte; hidden files and other people's output stay where they are."""
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        hidden = any(part.startswith((".", "__")) for part in parts)
        if file.is_file() and not hidden and parts[0] not in _LEFT_OUT:
            yield "/".join(parts), file.read_bytes()


def _measures(runs: Sequence[Run[Any, Any]]) -> str:
    return _table(
        _MEASURE,
        [{"lens": run.lens, **plain(measure)} for run in runs for measure in run.result.measures()],
    )


def _chains(case: Case, runs: Sequence[Run[Any, Any]]) -> dict[str, Any]:
    """Return each chain once, under its full name."""
    found = chains(case, runs)
    names = [f"{run.lens}.{measure.name}" for run in runs for measure in run.result.measures()]
    return {name: plain(found[name]) for name in names}


def _constants(runs: Sequence[Run[Any, Any]]) -> str:
    modules = {lens.name: lens.run.__module__ for lens in LENSES}
    rows = [{"lens": run.lens, **plain(c)} for run in runs for c in constants_of(modules[run.lens])]
    return _table(("lens", "name", "value", "reason", "where"), rows)


def _records(items: Sequence[Mapping[str, Any]]) -> str:
    """Return records as CSV; the columns are those of the first, which all share."""
    return _table(tuple(items[0]) if items else (), items)


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return stream.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else value


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _versions() -> dict[str, str]:
    found = {"detente": __version__, "python": platform.python_version()}
    for name in _ENGINES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found


def _checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the list that `sha256sum -c` reads."""
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return "".join(lines).encode("ascii")
