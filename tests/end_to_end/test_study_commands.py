"""The study commands as typed: pages, JSON, files, refusals; never a traceback."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.cli import main

QUICK = ("minsk-2015", "--with", "draws=40")
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def study(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return the command line, run in this process."""

    def call(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["detente", "study", *args])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("sensitivity", "Which inputs carry the answer"),
        ("robustness", "Choice by choice"),
        ("discovery", "How far this goes"),
        ("montecarlo", "Quantiles"),
    ],
)
def test_every_study_prints_its_page(kind: str, heading: str, study: Command) -> None:
    worlds = () if kind == "robustness" else ("--worlds", "40")
    code, out, err = study(kind, *QUICK, *worlds)
    assert code == 0, err
    assert heading in out
    assert "Traceback" not in err


def test_json_holds_what_was_asked_and_found_and_repeats(study: Command) -> None:
    asked = ("sensitivity", *QUICK, "--worlds", "45", "--json")
    code, out, err = study(*asked)
    assert code == 0, err
    data = json.loads(out)
    assert (data["study"], data["lens"], data["case"]) == ("sensitivity", "settlement", "minsk-2015")
    assert data["measure"]["name"] == "interests"
    assert data["options"]["draws"] == 40
    assert len(data["result"]["rows"]) + data["result"]["idle"] > 0
    assert study(*asked)[1] == out


def test_a_page_can_be_written_and_a_case_put_on_trial(tmp_path: Path, study: Command) -> None:
    target = tmp_path / "page.html"
    edit = ("--set", "no_deal.UKR.worth=10 to 90")
    code, _, err = study("montecarlo", *QUICK, "--worlds", "30", *edit, "--format", "html", "-o", str(target))
    assert code == 0, err
    assert "<svg" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--measure", "nonsense"), "has no number 'nonsense'"),
        (("--lens", "nonsense"), "cannot be studied by 'nonsense'"),
        (("--with", "draws=-3"), "cannot use draws"),
        (("--with", "colour=red"), "is no option of the settlement lens"),
        (("--with", "colour=red", "--with", "x"), "'colour=red', 'x' are no option of the settlement lens"),
        (
            ("--with", "nonsense"),
            "NAME=VALUE with issues, with, rule, draws, seed, coalition, no-deal, quasi",
        ),
        (("--with", "with=rank=nowhere"), "no later option 'rank=nowhere'"),
        (("--with", "no-deal=maybe"), "no-deal: must be one of"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_remedy(
    args: tuple[str, ...], said: str, study: Command
) -> None:
    code, out, err = study("robustness", "minsk-2015", *args)
    assert (code, out) == (2, "")
    assert said in err
    assert "Remedy" in err


def test_an_option_is_taken_in_every_spelling_a_user_knows(study: Command) -> None:
    asked = ("montecarlo", *QUICK, "--worlds", "5", "--json", "--with")
    made = [study(*asked, f"{name}=stated") for name in ("no-deal", "no_deal", "--no-deal")]
    assert made[0][1].startswith("{")
    assert made[0] == made[1] == made[2]


def test_a_number_without_a_threshold_is_refused_by_discovery(study: Command) -> None:
    code, _, err = study(
        "discovery", "alaska-2025", "--lens", "forecast", "--measure", "median.line", "--with", "draws=10"
    )
    assert code == 2
    assert "--threshold" in err
