"""Where many files go at once: into a new folder or a zip file, whole or not at all."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree

from detente.errors import UsageError

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip file can hold: the same files give the same bytes on any day."""


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
    try:
        if output.suffix == ".zip":
            return _zip({f"{name}/{file}": data for file, data in files.items()}, output)
        return _folder(files, output / name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"cannot write {output}: {reason}. Remedy: choose another place with -o") from None


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


def _zip(files: Mapping[str, bytes], target: Path) -> Path:
    if target.is_dir():
        raise UsageError(f"{target} is a folder. Remedy: name a file that ends in .zip")
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(zipped(files))
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return target


def _folder(files: Mapping[str, bytes], target: Path) -> Path:
    if os.path.lexists(target):
        raise UsageError(
            f"{target} exists already and is left as it is. Remedy: choose another place with -o"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        for name, data in files.items():
            file = draft / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        draft.chmod(0o755)
        draft.rename(target)
    except BaseException:
        rmtree(draft, ignore_errors=True)
        raise
    return target
