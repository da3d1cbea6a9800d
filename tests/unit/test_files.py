"""Files and folders are written whole or not at all, and places are refused before the work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from detente.errors import UsageError
from detente.files import free, staged, staged_folder, writable, write_whole


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that takes no files; asked as for any user, since root may write everywhere."""
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "old.txt").write_text("old")
    asked = os.access
    monkeypatch.setattr(
        os, "access", lambda p, mode: not Path(p).is_relative_to(folder) and bool(asked(p, mode))
    )
    return folder


@pytest.mark.parametrize("name", ["new.txt", "deep/er/new.txt", "old.txt", "."])
def test_a_closed_folder_is_refused(closed: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"(permission denied|is a folder)\. Remedy"):
        writable(closed / name)
    with pytest.raises(UsageError, match="Remedy"):
        write_whole(closed / name, b"new")
    assert [p.name for p in closed.iterdir()] == ["old.txt"]
    assert (closed / "old.txt").read_text() == "old"


@pytest.mark.parametrize("name", ["file/x", "file/x/y", "y" * 300, "a\0b", "loop"])
def test_impossible_places_are_refused_in_words(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    for look in (writable, free):
        with pytest.raises(UsageError, match="Remedy"):
            look(tmp_path / name)
    with pytest.raises(UsageError, match="Remedy"), staged_folder(tmp_path / name):
        pass
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "loop"]


def test_what_is_missing_above_is_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b.txt", b"1")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"1"


def interrupted(file: Path) -> None:
    file.write_text("half")
    raise RuntimeError


def test_a_failure_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("old")
    with pytest.raises(RuntimeError), staged(tmp_path / "kept") as draft:
        interrupted(draft)
    with pytest.raises(RuntimeError), staged_folder(tmp_path / "made") as folder:
        interrupted(folder / "half")
    assert [p.name for p in tmp_path.iterdir()] == ["kept"]
    assert (tmp_path / "kept").read_text() == "old"


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No space left"), staged(tmp_path / "new"):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_private_file_stays_private_and_a_link_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    real.chmod(0o600)
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (real.read_bytes(), real.stat().st_mode & 0o777) == (b"new", 0o600)


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "usual").write_text("")
    write_whole(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_pipe_in_a_closed_folder_takes_what_it_is_given(closed: Path, monkeypatch) -> None:
    monkeypatch.setattr(os, "access", lambda p, mode: Path(p).name == "pipe")
    os.mkfifo(closed / "pipe")
    reader = os.open(closed / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_whole(closed / "pipe", b"the answer")
    assert os.read(reader, 100) == b"the answer"
    os.close(reader)
