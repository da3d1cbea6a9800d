"""Where many files go at once: into a new folder or a zip file, whole or not at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from detente.cli.output import ELSEWHERE
from detente.files import free, staged_folder, writable, write_whole

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip file can hold: the same files give the same bytes on any day."""


def free_place(output: Path, name: str) -> None:
    """Refuse a place `deliver_files` could not write to, before anything is worked out.

    Raises
    ------
    UsageError
        If the folder is there already, or nothing can be written there.
    """
    if output.suffix == ".zip":
        writable(output, ELSEWHERE)
    else:
        free(output / name, ELSEWHERE)


def deliver_files(files: Mapping[str, bytes], output: Path, name: str) -> Path:
    """Write files into a folder of their own, or into a zip file, in one step.

    Parameters
    ----------
    files : mapping
        Name, with slashes, to content.
    output : Path
        A name ending in .zip is replaced whole; else the folder in which a new folder is made.
    name : str
        Name of that new folder, or of the one folder in the zip file.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    UsageError
        If the folder is there already, or nothing can be written there.
    """
    if output.suffix == ".zip":
        write_whole(output, zipped({f"{name}/{file}": data for file, data in files.items()}), ELSEWHERE)
        return output
    with staged_folder(output / name, ELSEWHERE) as draft:
        for inner, data in files.items():
            file = draft / inner
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return output / name


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip file, uncompressed, without times or permissions of this machine.

    Uncompressed, because two builds of a compressor need not give the same bytes.

    Examples
    --------
    >>> zipped({"b": b"2", "a": b"1"}) == zipped({"a": b"1", "b": b"2"})
    True
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return stream.getvalue()
