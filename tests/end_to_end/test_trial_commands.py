"""Trying assumptions from the command line: results say they are of a variant, and what was changed."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from detente.cli import app
from detente.errors import DetenteError

SHIFT = "no_deal.russia.shift=-30 to -20"


def said(*words: str) -> str:
    done = CliRunner().invoke(app, list(words), standalone_mode=False)
    if done.exception:
        assert isinstance(done.exception, DetenteError), done.exception
        return str(done.exception)
    return done.output


def test_a_lens_on_trial_says_what_was_changed() -> None:
    text = said("settlement", "alaska-2025", "--draws", "50", "--set", SHIFT)
    assert "A variant of the case" in text
    assert "−10 to 10" in text
    data = json.loads(said("settlement", "alaska-2025", "--draws", "50", "--set", SHIFT, "--json"))
    assert data["variant"]["edits"][0]["path"] == "no_deal.worth.RUS.shift"
    assert "+" in data["digest"]
    plain = json.loads(said("settlement", "alaska-2025", "--draws", "50", "--json"))
    assert "variant" not in plain
    assert "+" not in plain["digest"]


def test_a_brief_of_a_variant_file(tmp_path: Path) -> None:
    file = tmp_path / "pressure.yaml"
    file.write_text(
        "format: 1\ntitle: Pressure\nedits:\n  - path: no_deal.RUS.shift\n    value: [-30, -20]\n"
    )
    out = tmp_path / "brief.html"
    said("brief", "alaska-2025", "--variant", str(file), "--draws", "50", "-o", str(out))
    page = out.read_text(encoding="utf-8")
    assert "A variant: Pressure" in page
    assert "A variant" in said("locate", "alaska-2025", "reported", "--variant", str(file), "--draws", "50")


def test_compare_needs_something_to_compare_and_shows_it(tmp_path: Path) -> None:
    assert "nothing to compare" in said("compare", "alaska-2025")
    assert "there is no variant 'x'" in said("compare", "alaska-2025", "x", "--variants", str(tmp_path))
    words = ("compare", "alaska-2025", "--set", SHIFT, "--lens", "settlement", "--draws", "50")
    assert "What moved" in said(*words)
    data = json.loads(said(*words, "--json"))
    row = next(m for m in data["measures"] if m["name"] == "leading")
    assert row["deltas"][0] == row["values"][1]["value"] - row["values"][0]["value"]


def test_foreign_files_have_no_variants(tmp_path: Path) -> None:
    file = tmp_path / "x.gmcr"
    file.write_text("{}")
    assert "not a case" in said("stability", str(file), "--set", SHIFT)
