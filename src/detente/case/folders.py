"""Finds the folder of a case, and keeps the bundled ones as they are."""

from __future__ import annotations

import os
from pathlib import Path

from detente import cases
from detente.case.load import read_case
from detente.errors import UsageError

_BUNDLED = Path(next(iter(cases.__path__))).resolve()


def folder_of(case: str | Path) -> Path:
    """Return the folder of a case, bundled or the user's own.

    Raises
    ------
    InputProblems
        If there is no such case.

    Examples
    --------
    >>> folder_of("alaska-2025").name
    'alaska-2025'
    """
    path = Path(case)
    if path.name in ("case.yaml", "sources.yaml") and os.path.isfile(path):  # noqa: PTH113 - never raises
        return path.parent
    if os.path.isfile(path / "case.yaml"):  # noqa: PTH113
        return path
    if os.path.isfile(_BUNDLED / str(case) / "case.yaml"):  # noqa: PTH113
        return _BUNDLED / str(case)
    read_case(case)  # says what is wrong, in the words every command uses
    raise UsageError(f"{case} is no case folder. Remedy: name a folder with case.yaml")


def writable_folder(case: str | Path) -> Path:
    """Return the folder of a user's own case.

    Raises
    ------
    UsageError
        If the case came with detente: bundled cases are read-only.
    """
    folder = folder_of(case)
    if is_bundled(folder):
        name = folder.name
        raise UsageError(
            f"{name} is bundled with detente and read-only. Remedy: copy its folder and work on the copy: "
            f"cp -r {folder} {name}-mine"
        )
    return folder


def is_bundled(folder: Path) -> bool:
    """Whether a case came with detente."""
    return _BUNDLED in folder.resolve().parents
