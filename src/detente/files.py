"""Writes files and folders whole or not at all, and looks beforehand whether a place can be written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL
from pathlib import Path
from secrets import token_hex
from shutil import rmtree

from detente.errors import UsageError

ELSEWHERE = "choose another place"


def writable(path: Path, elsewhere: str = ELSEWHERE) -> None:
    """Refuse a place no file can be written to, before anything is worked out.

    Parameters
    ----------
    path : Path
        A file, there or not; the folders above it may be missing too. What is no file, such as a named pipe
        or /dev/stdout, only has to take what is written to it.
    elsewhere : str
        The remedy to name.

    Raises
    ------
    UsageError
        If the place is a folder, or nothing can be written there.

    Examples
    --------
    >>> writable(Path("."))
    Traceback (most recent call last):
        ...
    detente.errors.UsageError: . is a folder. Remedy: name a file in it
    """
    with _reported(path, elsewhere):
        there = _there(path)
        if there and path.is_dir():
            raise UsageError(f"{path} is a folder. Remedy: name a file in it")
        if there and not os.access(path, os.W_OK):
            raise UsageError(f"cannot write to {path}: permission denied. Remedy: {elsewhere}")
        if there and not path.is_file():
            return
        target = Path(os.path.realpath(path))
        folder = next(place for place in target.parents if os.path.lexists(place))
        if not folder.is_dir():
            raise UsageError(f"cannot write to {path}: {folder} is a file. Remedy: {elsewhere}")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise UsageError(f"cannot write to {folder}: permission denied. Remedy: {elsewhere}")


def _there(path: Path) -> bool:
    """Whether something is at a place; a name the system cannot have raises what it says of it."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except ValueError as error:
        raise OSError(EINVAL, str(error)) from None
    return True


def free(folder: Path, elsewhere: str = ELSEWHERE) -> None:
    """Refuse a place no new folder can be made at, before anything is worked out.

    Raises
    ------
    UsageError
        If something is there already, or nothing can be written there.
    """
    if os.path.lexists(folder):
        raise UsageError(f"{folder} exists already and is left as it is. Remedy: {elsewhere}")
    writable(folder, elsewhere)


def write_whole(path: Path, data: bytes, elsewhere: str = ELSEWHERE) -> None:
    """Write a file in one step, and make its folder where it is missing.

    What is no file, such as /dev/stdout or a named pipe, is written to and never replaced.

    Raises
    ------
    UsageError
        If it cannot be written; what was there stays as it was.
    """
    writable(path, elsewhere)
    if path.exists() and not path.is_file():
        with _reported(path, elsewhere), path.open("wb") as stream:
            stream.write(data)
        return
    with staged(path, elsewhere) as draft:
        draft.write_bytes(data)


@contextmanager
def staged(path: Path, elsewhere: str = ELSEWHERE) -> Iterator[Path]:
    """Give a file to fill, which takes the place of `path` at the end; after an error nothing has changed.

    A link is followed, and a file that is replaced hands its permissions on.

    Raises
    ------
    UsageError
        If the file cannot be written.
    """
    writable(path, elsewhere)
    target = Path(os.path.realpath(path))
    draft = target.with_name(f".detente-{token_hex(8)}")
    with _reported(path, elsewhere):
        target.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        try:
            if target.exists():
                draft.chmod(target.stat().st_mode & 0o777)
            yield draft
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def staged_folder(folder: Path, elsewhere: str = ELSEWHERE) -> Iterator[Path]:
    """Give an empty folder to fill, which becomes `folder` at the end; after an error nothing is left.

    Raises
    ------
    UsageError
        If something is there already, or the folder cannot be written.
    """
    free(folder, elsewhere)
    with _reported(folder, elsewhere):
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".detente-"))
        draft = work / folder.name
        try:
            draft.mkdir()
            yield draft
            draft.rename(folder)
        finally:
            rmtree(work, ignore_errors=True)


@contextmanager
def _reported(path: Path, elsewhere: str) -> Iterator[None]:
    """Say in words what the system refuses; a reader of a pipe who went away is no fault."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"cannot write {path}: {reason}. Remedy: {elsewhere}") from None
