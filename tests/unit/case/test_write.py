"""Changing a case touches the lines meant, and nothing at all when anything is wrong."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.case.folders import folder_of, is_bundled, writable_folder
from detente.case.load import load_case
from detente.case.write import append_items, set_value
from detente.case.yamlfile import read_yaml
from detente.errors import InputProblems, UsageError

ITEM = {
    "id": "new",
    "statement": "NO: it says “yes” - and {no}.",
    "source": ["agency"],
    "as_of": "2025-01-20",
    "value": 12.5,
    "said_by": ["A: b, c", "X"],
    "quote": {"text": "He said: 'no' #1", "start": 4, "end": 20},
}


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines removed and added."""
    lines = list(unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm=""))[2:]
    return [x[1:] for x in lines if x[0] == "-"], [x[1:] for x in lines if x[0] == "+"]


@pytest.fixture
def flagship(tmp_path: Path) -> Path:
    copytree(folder_of("alaska-2025"), tmp_path / "mine")
    return tmp_path / "mine" / "sources.yaml"


def test_an_item_is_added_and_no_other_line_changes(flagship: Path) -> None:
    before = flagship.read_text(encoding="utf-8")
    source = {"id": "agency", "publisher": "An agency", "published": "2025-08-01"}
    item = {**ITEM, "as_of": "2025-08-01"}
    added = append_items(flagship, {"sources": [source], "evidence": [item]})
    gone, new = changed(before, flagship.read_text(encoding="utf-8"))
    assert gone == []
    assert [line for line in new if line] == added.rstrip("\n").split("\n")
    case = load_case(flagship.parent)
    assert case.evidence[-1].statement == item["statement"]
    assert case.sources[-1].id == "agency"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sources: []\nevidence: []\n",
        "evidence:\nsources:\n- id: a\n",
        "sources:\n- id: a\n  x: |\n    evidence:\n    - id: fake\n# end\nevidence:\n  - id: b # last\n",
        "evidence:\n    -   id: b\n        note: >-\n          folded\n          text\n\n\n# a comment",
        "evidence: ~ # none yet\n",
    ],
)
def test_lists_of_every_shape_grow(tmp_path: Path, text: str) -> None:
    file = tmp_path / "sources.yaml"
    if text:
        file.write_text(text, encoding="utf-8")
    before = read_yaml(file).data if text else {}
    append_items(file, {"evidence": [ITEM, {**ITEM, "id": "second"}]})
    after = read_yaml(file)
    assert after.problems == ()
    assert [x["id"] for x in after.data["evidence"]][-2:] == ["new", "second"]
    assert (after.data.get("sources") or []) == (before.get("sources") or [])
    comments = [line[line.index("#") :] for line in text.split("\n") if "#" in line]
    assert all(comment in file.read_text(encoding="utf-8") for comment in comments)


@pytest.mark.parametrize("text", ["evidence: [{id: a}]\n", '"evidence":\n  - id: a\n', "evidence: *x\n"])
def test_what_cannot_be_added_to_stays_as_it_is(tmp_path: Path, text: str) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises((UsageError, InputProblems)):
        append_items(file, {"evidence": [ITEM]})
    assert file.read_text(encoding="utf-8") == text
    assert list(tmp_path.iterdir()) == [file]


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_bytes(b"evidence:\r\n  - id: a\r\n    note: x\r\n")
    append_items(file, {"evidence": [ITEM]})
    raw = file.read_bytes()
    assert raw.startswith(b"evidence:\r\n  - id: a\r\n    note: x\r\n  - id: new\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")


@pytest.mark.parametrize(
    ("spot", "value", "old", "new"),
    [
        (("evidence", "F001", "credibility"), 2, "    credibility: 3", "    credibility: 2"),
        (("evidence", "F001", "unit"), "a: b", "    unit: percent", '    unit: "a: b"'),
        (("sources", 0, "reliability"), "B", "    reliability: C", "    reliability: B"),
        (
            ("evidence", "F008", "source", 1),
            "x, y",
            "    source: [up_0812_sequence, interfax_0812]",
            '    source: [up_0812_sequence, "x, y"]',
        ),
    ],
)
def test_one_value_changes_on_one_line(flagship: Path, spot: Any, value: Any, old: str, new: str) -> None:
    before = flagship.read_text(encoding="utf-8")
    assert set_value(flagship, spot, value) == (old, new)
    assert changed(before, flagship.read_text(encoding="utf-8")) == ([old], [new])


def test_a_text_of_several_lines_is_replaced_and_the_comment_below_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a:\n  note: >-\n    one\n    two\n\n  # why\n  b: 1\n", encoding="utf-8")
    old, new = set_value(file, ("a", "note"), "short")
    assert (old, new) == ("  note: >-\n    one\n    two", "  note: short")
    assert file.read_text(encoding="utf-8") == "a:\n  note: short\n\n  # why\n  b: 1\n"


@pytest.mark.parametrize(
    "spot", [("evidence", "F999", "note"), ("nothing",), ("evidence", "F001", "nothing")]
)
def test_an_unknown_place_changes_nothing(flagship: Path, spot: Any) -> None:
    before = flagship.read_bytes()
    with pytest.raises(UsageError, match="there is no"):
        set_value(flagship, spot, 1)
    assert flagship.read_bytes() == before


def test_a_whole_item_is_not_one_value(flagship: Path) -> None:
    with pytest.raises(UsageError, match="more than one value"):
        set_value(flagship, ("evidence", "F001"), "x")


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
)


@given(st.lists(st.dictionaries(st.sampled_from(["note", "statement", "x"]), words, min_size=1), min_size=1))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_reads_back_as_written(tmp_path: Path, items: list[dict[str, str]]) -> None:
    file = tmp_path / "any.yaml"
    file.write_text("evidence:\n  - id: a # kept\n", encoding="utf-8")
    append_items(file, {"evidence": items})
    assert read_yaml(file).data["evidence"] == [{"id": "a"}, *items]


def test_bundled_cases_are_read_only(tmp_path: Path) -> None:
    assert is_bundled(folder_of("alaska-2025"))
    with pytest.raises(UsageError, match=r"read-only\. Remedy: copy its folder"):
        writable_folder("alaska-2025")
    copytree(folder_of("alaska-2025"), tmp_path / "mine")
    assert writable_folder(tmp_path / "mine") == tmp_path / "mine"
    assert writable_folder(tmp_path / "mine" / "case.yaml") == tmp_path / "mine"
    with pytest.raises(InputProblems, match="no bundled case of that name"):
        folder_of("alaska-2052")
