"""Several analysts' estimates: read with every problem at once, spread said plainly."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.case.estimates import Estimates, read_estimates, save_estimate, spreads
from detente.case.model import Case
from detente.errors import UsageError


def test_estimates_come_back_and_show_their_spread(alaska: Case, tmp_path: Path) -> None:
    one = Estimates.model_validate(
        {"analyst": "Ann", "saliences": {"RUS": {"line": [10, 20], "form": [5, 6]}}}
    )
    two = Estimates.model_validate({"analyst": "B: o", "saliences": {"RUS": {"line": [20, 60]}}})
    save_estimate(one, "ann", tmp_path)
    save_estimate(two, "bo", tmp_path)
    said, problems = read_estimates(tmp_path, alaska)
    assert (said, problems) == ((one, two), ())
    found = {s.issue: s for s in spreads(alaska, said)}
    assert (found["line"].low, found["line"].high, found["line"].apart) == (10, 60, False)
    assert found["form"].said == (("Ann", 5, 6),)


def test_faulty_files_are_said_and_the_others_still_used(alaska: Case, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("analyst: A\nsaliences:\n  RUS:\n    lime: [1, 2]\n    line: [1, 200]\n")
    (tmp_path / "b.yaml").write_text("analist: A\n")
    (tmp_path / "c.yaml").write_text("analyst: C\nsaliences:\n  RUS:\n    line: [1, 2]\n")
    (tmp_path / "d.yaml").write_text("analyst: C\nof: other\nsaliences:\n  RUS:\n    line: [1, 2]\n")
    said, problems = read_estimates(tmp_path, alaska)
    assert [e.analyst for e in said] == ["C"]
    assert len(problems) >= 4


def test_names_stay_in_the_folder(tmp_path: Path) -> None:
    made = Estimates.model_validate({"analyst": "A", "saliences": {"RUS": {"line": [1, 2]}}})
    with pytest.raises(UsageError):
        save_estimate(made, "../a", tmp_path)
