"""Writes a commented case to start from."""

from __future__ import annotations

import os
import re
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from detente.errors import UsageError

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
    if not _NAME.fullmatch(name):
        raise UsageError(f"`{name}` cannot be the name of a case. Remedy: {_better(name)}")
    if os.path.lexists(folder):
        raise UsageError(f"{folder} exists already and is left as it is. Remedy: choose another name")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _write(folder, name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{folder} cannot be written: {reason}. Remedy: choose another place") from None


def _better(name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-")
    hint = f", such as {slug}" if slug else ""
    return f"use at most 60 small letters, digits and hyphens{hint}"


def _write(folder: Path, name: str) -> None:
    """Fill a temporary folder and rename it, so that a half-written case is never seen."""
    draft = Path(mkdtemp(prefix=f".{name}-", dir=folder.parent))
    try:
        for file in sorted(_FILES.glob("*.yaml")):
            text = file.read_text(encoding="utf-8").replace("@NAME@", name)
            (draft / file.name).write_text(text, encoding="utf-8", newline="\n")
        draft.chmod(0o755)
        draft.rename(folder)
    except BaseException:
        rmtree(draft, ignore_errors=True)
        raise
