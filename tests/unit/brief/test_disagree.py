"""Where the lenses disagree: only real disagreements, each with its reason in words."""

from __future__ import annotations

import pytest

from detente.brief.disagree import disagree
from detente.brief.gates import Gate
from detente.case.load import load_case
from detente.case.model import Case
from detente.lens import Run
from detente.lenses import forecast, settlement
from detente.page import Table


@pytest.fixture(scope="module")
def found() -> tuple[Case, tuple[Run, Run]]:
    case = load_case("alaska-2025")
    return case, (
        settlement.LENS.apply(case, settlement.Options(draws=100)),
        forecast.LENS.apply(case, forecast.Options(draws=100, challenge_runs=0)),
    )


def test_issues_on_which_settlement_and_forecast_differ(found: tuple[Case, tuple[Run, Run]]) -> None:
    case, runs = found
    table = disagree(case, runs, ()).blocks[0]
    assert isinstance(table, Table)
    leading = dict(zip(runs[0].result.issues, runs[0].result.leading.options, strict=True))
    differ = [
        f.name
        for f in runs[1].result.issues
        if f.issue in leading and leading[f.issue] not in f.favourite.place.options
    ]
    assert [row[0].text for row in table.rows] == differ
    assert all(row[3].text for row in table.rows)
    reading = runs[0].result.widest.reading
    for row in table.rows:
        f = next(f for f in runs[1].result.issues if f.name == row[0].text)
        refused = [
            case.actor(a).name
            for a in runs[0].result.required
            if not set(f.favourite.place.options) & set(case.preferences[a][f.issue].accepts[reading])
        ]
        assert all(name in row[3].text for name in refused)
        assert ("beyond the red line" in row[3].text) == bool(refused)


def test_a_deal_that_passes_one_gate_and_fails_another_says_why(found: tuple[Case, tuple[Run, Run]]) -> None:
    case, runs = found
    n = len(runs[0].result.widest.misses)
    passes = Gate("kept", "", "", ((0.9, 0.8, 1.0),) * n)
    fails = Gate("ratified", "", "", ((0.2, 0.1, 0.3),) * n, (), ("the court says no",) * n)
    table = disagree(case, runs, (passes, fails)).blocks[-1]
    assert isinstance(table, Table)
    assert [c.text for c in table.rows[0]] == ["A", "kept (90%)", "ratified (20%)", "The court says no"]
    assert len(disagree(case, runs, (passes,)).blocks) == 1
