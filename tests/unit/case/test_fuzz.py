"""Whatever stands in the files, reading gives a case or says what is wrong; it never fails in another way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case.checks import check_case
from detente.case.load import load_case
from detente.case.template import write_template
from detente.case.yamlfile import read_yaml
from detente.errors import InputProblems

ANY = settings(max_examples=150, deadline=None, derandomize=True)


@dataclass(frozen=True)
class Sound:
    """A sound case, kept in memory, and the folder in which one file of it is spoilt at a time."""

    folder: Path
    files: dict[str, bytes]

    def with_(self, file: str, content: bytes) -> Path:
        for name, sound in self.files.items():
            (self.folder / name).write_bytes(content if name == file else sound)
        return self.folder

    def tree(self, file: str) -> dict[str, Any]:
        return read_yaml(self.with_("", b"") / file).data


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    folder = tmp_path_factory.mktemp("fuzz") / "talks"
    write_template(folder, "talks")
    return Sound(folder, {file.name: file.read_bytes() for file in folder.iterdir()})


def both_ways(folder: Path) -> None:
    """Load and check; every problem must be fit to print."""
    try:
        load_case(folder)
        errors = ()
    except InputProblems as caught:
        errors = caught.problems
        assert errors
    report = check_case(folder)
    assert report.errors == errors
    for problem in report.problems:
        assert problem.message
        assert "pydantic" not in str(problem)
        assert len(str(problem)) < 1000


FILE = st.sampled_from(["case.yaml", "sources.yaml"])
_YAML = "&a |*a|!t |<<: |---\n|...\n|? |{|}|[|]|: |- |>|'|\"|#|%|\\|~|.nan|1e999|true|0x"
_SPACE = "\t|\n|\r|\x85|\u2028|\ufeff|\0"
NASTY = st.sampled_from(["|", "9" * 50, *_YAML.split("|"), *_SPACE.split("|")])


@ANY
@given(file=FILE, content=st.binary(max_size=300))
def test_bytes(sound, file, content):
    both_ways(sound.with_(file, content))


@ANY
@given(file=FILE, content=st.lists(st.one_of(NASTY, st.text(max_size=8)), max_size=40).map("".join))
def test_text(sound, file, content):
    both_ways(sound.with_(file, content.encode("utf-8", "surrogatepass")))


@ANY
@given(file=FILE, data=st.data())
def test_spoilt_text(sound, file, data):
    # A few places of a sound file overwritten or cut out.
    text = sound.files[file].decode()
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 30))
        text = text[:start] + data.draw(st.one_of(NASTY, st.text(max_size=5))) + text[start + length :]
    both_ways(sound.with_(file, text.encode("utf-8", "surrogatepass")))


SCALAR = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(-1e30, 1e30),
    st.text(max_size=6),
    st.sampled_from(["north", "halt", "truce", "shared", "e_north", "agency", "stated", "2025-01-31"]),
)
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
)


def places(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for step, item in steps for place in places(item, (*at, step)))]


@ANY
@given(file=FILE, data=st.data())
def test_spoilt_values(sound, file, data):
    # Values of a sound file replaced, taken away or doubled: the form stays YAML, the content does not hold.
    tree = sound.tree(file)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.sampled_from(places(tree)[1:] or [("x",)]))
        inner = tree
        for step in place[:-1]:
            inner = inner[step]
        change = data.draw(st.sampled_from(["replace", "remove", "double"]))
        if change == "replace":
            inner[place[-1]] = data.draw(VALUE)
        elif change == "remove":
            inner.pop(place[-1], None) if isinstance(inner, dict) else inner.pop(place[-1])
        elif isinstance(inner, list):
            inner.append(inner[place[-1]])
        else:
            inner[data.draw(st.text(min_size=1, max_size=6))] = inner.get(place[-1])
    # JSON is YAML; escapes keep every character out of the parser's way.
    both_ways(sound.with_(file, json.dumps(tree, allow_nan=False).encode()))
