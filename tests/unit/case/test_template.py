"""The template is a sound case, written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from detente.case import template
from detente.case.checks import check_case
from detente.case.template import write_template
from detente.errors import UsageError


@pytest.mark.parametrize("name", ["a", "my-case-2025", "true", "null", "1e5", "2025", "no", "x" * 60])
def test_passes_check_without_a_warning(tmp_path, name):
    write_template(tmp_path / name, name)
    report = check_case(tmp_path / name)
    assert report.problems == ()
    assert report.case is not None
    assert report.case.id == name


def test_every_part_is_commented(tmp_path):
    write_template(tmp_path / "x", "x")
    for file in (tmp_path / "x").iterdir():
        text = file.read_text()
        assert text.count("#") > 5
        assert "@NAME@" not in text
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) & 0o555 == 0o555


def test_commented_parts_pass_too(tmp_path):
    # What stands there as an example in comments is right as well.
    write_template(tmp_path / "x", "x")
    file = tmp_path / "x" / "case.yaml"
    before, _, example = file.read_text().partition("# later_options:")
    block, _, after = example.partition("\n\n")
    lines = ["later_options:", *(line.removeprefix("# ") for line in block.split("\n")[1:])]
    rule = before.replace("  # - id: return", "  - id: return").replace("  #   ", "    ")
    file.write_text(rule + "\n".join(lines) + "\n\n" + after)
    report = check_case(tmp_path / "x")
    assert report.problems == ()
    assert report.case is not None
    assert [option.id for option in report.case.later_options] == ["trustee"]
    assert len(report.case.rules) == 2


@pytest.mark.parametrize("name", ["", "My Case", "-x", "../x", "x/y", "x" * 61, "ä", "x\0", "x\n"])
def test_names_that_cannot_be_used(tmp_path, name):
    with pytest.raises(UsageError, match="Remedy: use at most 60 small letters"):
        write_template(tmp_path / "x", name)
    assert list(tmp_path.iterdir()) == []


def test_a_better_name_is_offered(tmp_path):
    with pytest.raises(UsageError, match="such as my-case-2"):
        write_template(tmp_path / "x", "My Case: 2!")


@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_what_exists_is_left_as_it_is(tmp_path, kind):
    target = tmp_path / "x"
    if kind == "file":
        target.write_text("mine")
    elif kind == "folder":
        target.mkdir()
    else:
        target.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="exists already"):
        write_template(target, "x")
    assert [p.name for p in tmp_path.iterdir()] == ["x"]
    assert not (target.is_dir() and any(target.iterdir()))


def test_folders_above_are_made(tmp_path):
    write_template(tmp_path / "a" / "b" / "x", "x")
    assert check_case(tmp_path / "a" / "b" / "x").problems == ()


@pytest.mark.parametrize("folder", ["file/x", "a\0b", "y" * 300])
def test_places_that_cannot_be_written(tmp_path, folder):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="Remedy"):
        write_template(tmp_path / folder, "x")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_nothing_is_left_of_a_failed_attempt(tmp_path, monkeypatch):
    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(template.Path, "rename", fail)
    with pytest.raises(UsageError, match="No space left"):
        write_template(tmp_path / "x", "x")
    assert list(tmp_path.iterdir()) == []
