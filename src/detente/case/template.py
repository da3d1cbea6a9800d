"""Writes a commented case to start from."""

from __future__ import annotations

import re
from pathlib import Path

from detente.errors import UsageError
from detente.files import staged_folder

_FILES = Path(__file__).with_name("template_files")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def write_template(folder: Path, name: str) -> None:
    """Write a new case folder that passes the check, or nothing at all.

    Parameters
    ----------
    folder : Path
        The folder to make, with those above it; nothing may be there yet.
    name : str
        Name of the case, by custom also of its folder: small letters, digits and hyphens.

    Raises
    ------
    UsageError
        If the name cannot be used, something is there already, or the folder cannot be written.
    """
    proper(name)
    with staged_folder(folder, "choose another name") as draft:
        for file in sorted(_FILES.glob("*.yaml")):
            text = file.read_text(encoding="utf-8").replace("@NAME@", name)
            (draft / file.name).write_text(text, encoding="utf-8", newline="\n")


def proper(name: str) -> None:
    """Refuse what cannot be the name of a case, and say what could.

    Raises
    ------
    UsageError
        If the name cannot be used.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"`{name}` cannot be the name of a case. Remedy: {_better(name)}")


def _better(name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-")
    hint = f", such as {slug}" if slug else ""
    return f"use at most 60 small letters, digits and hyphens{hint}"
