"""Variants on disk: small, in one order, one line a change, and never outside their folder."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from detente.case.edits import Edit, Overlay
from detente.case.model import Case
from detente.case.overlay import apply, apply_typed
from detente.case.template import write_template
from detente.case.variants import (
    load_variant,
    read_variant,
    save_variant,
    variant_names,
    variant_text,
    variant_titles,
    variants_folder,
    with_variant,
)
from detente.errors import DetenteError, InputProblems, UsageError


def test_a_variant_comes_back_as_it_was_saved(alaska: Case, tmp_path: Path) -> None:
    reason = 'a "quoted": reason,\nover two lines — yes'
    edits = (
        Edit(
            path="no_deal.RUS.shift", value=[-30, -20.5], why=reason, who="NO", source=("F001", "a talk: B")
        ),
        Edit(path="preferences.RUS.form.accepts.flexible", value=["continue"], basis="stated"),
        Edit(path="signposts", value=None),
    )
    saved = apply(alaska, Overlay(edits=edits))
    path, text = save_variant(saved, "pressure", tmp_path / "variants", "More: pressure")
    again = with_variant(alaska, path)
    assert again.variant is not None
    assert saved.variant is not None
    assert again.variant.edits == saved.variant.edits
    assert (again.variant.name, again.variant.title) == ("pressure", "More: pressure")
    assert again.digest == saved.digest
    assert path.read_text(encoding="utf-8") == text
    assert save_variant(again, "pressure", tmp_path / "variants", replace=True)[1] == text


def test_one_more_edit_adds_lines_and_moves_none(alaska: Case) -> None:
    one = apply_typed(alaska, ["preferences.RUS.line.salience=1 to 2", "no_deal.RUS.shift=3"])
    two = apply_typed(one, ["preferences.RUS.form.salience=5"])
    assert one.variant is not None
    assert two.variant is not None
    lines = difflib.ndiff(variant_text(one.variant).splitlines(), variant_text(two.variant).splitlines())
    assert not [line for line in lines if line.startswith("-")]
    other = apply_typed(one, ["no_deal.RUS.shift=4"])
    assert other.variant is not None
    changed = [
        line
        for line in difflib.ndiff(
            variant_text(one.variant).splitlines(), variant_text(other.variant).splitlines()
        )
        if line[:1] in "+-"
    ]
    assert changed == ["-     value: [3, 3]", "+     value: [4, 4]"]


@pytest.mark.parametrize(
    "name", ["../up", "/etc/passwd", "a/b", "A", "", ".hidden", "a" * 61, "nul\0l", "x y"]
)
def test_no_name_leads_out_of_the_folder(alaska: Case, tmp_path: Path, name: str) -> None:
    changed = apply_typed(alaska, ["no_deal.RUS.shift=3"])
    (tmp_path / "up.yaml").write_text("format: 1\nedits: []\n")
    with pytest.raises(UsageError):
        save_variant(changed, name, tmp_path / "variants")
    with pytest.raises(UsageError):
        load_variant("alaska-2025", name, tmp_path / "variants")
    assert not (tmp_path / "variants").exists()


def test_a_taken_name_an_empty_variant_and_a_bundled_folder_are_refused(alaska: Case, tmp_path: Path) -> None:
    changed = apply_typed(alaska, ["no_deal.RUS.shift=3"])
    save_variant(changed, "a", tmp_path)
    with pytest.raises(UsageError, match="already"):
        save_variant(changed, "a", tmp_path)
    with pytest.raises(UsageError, match="nothing is changed"):
        save_variant(alaska, "b", tmp_path)
    with pytest.raises(UsageError, match="read-only"):
        save_variant(changed, "b", variants_folder("alaska-2025"))
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot write"):
        save_variant(changed, "b", tmp_path / "file")


def test_every_problem_of_a_variant_file_has_its_line(alaska: Case, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("format: 1\nedits:\n  - path: no_deal.RUS.shift\n    vlue: 3\n  - value: 3\n")
    with pytest.raises(InputProblems) as caught:
        read_variant(file)
    assert [(p.line, p.where) for p in caught.value.problems] == [(4, "edits#1.vlue"), (5, "edits#2.path")]
    file.write_text(
        "format: 1\nedits:\n  - path: title\n    value: x\n  - path: no_deal.RUS.shift\n    value: [2, 1]\n"
    )
    with pytest.raises(InputProblems) as caught:
        with_variant(alaska, file)
    assert [p.line for p in caught.value.problems] == [5]
    file.write_text("format: 1\nof: other\nedits: []\n")
    with pytest.raises(UsageError, match="not of alaska-2025"):
        with_variant(alaska, file)


def test_a_case_of_ones_own_keeps_its_variants_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    write_template(folder, "talks")
    assert variant_names(variants_folder(folder)) == ()
    with pytest.raises(UsageError, match="save one first"):
        load_variant(folder, "a")
    from detente.case.inputs import adjustable
    from detente.case.load import load_case

    case = load_case(folder)
    first = next(i for i in adjustable(case, ("preferences",)) if i.kind == "range")
    changed = apply_typed(case, [f"{first.path}=7"])
    save_variant(changed, "seven", variants_folder(folder), "Seven")
    assert (folder / "variants" / "seven.yaml").is_file()
    assert variant_titles(variants_folder(folder)) == {"seven": "Seven"}
    assert load_variant(folder, "seven").digest == changed.digest
    assert load_case(folder).digest == case.digest


def test_garbage_never_breaks(alaska: Case, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    for text in (
        "",
        "[]",
        "format: 1\nedits: 3\n",
        "edits:\n  - 3\n",
        "\x00",
        "format: 1\nedits:\n - path: ''\n",
    ):
        file.write_text(text)
        with pytest.raises(DetenteError):
            with_variant(alaska, file)
