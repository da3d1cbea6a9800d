"""Durability figures equal the tables they come from: Fortna 2008, UCDP, and the reference page."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from detente.methods.durability import estimate
from detente.methods.durability.cox import fits, stored
from detente.methods.durability.pieces import HORIZONS, count_pieces, crude, failure
from detente.methods.durability.references import (
    AGREEMENTS,
    FORTNA,
    FORTNA_VARYING,
    TERMINATIONS,
    classes,
    kaplan_meier,
)
from detente.methods.durability.weibull import models

COVARIATES = (
    *("pk_dum", "victory", "treaty", "wartype", "logdead", "faction", "polityle"),
    *("infst", "past_ag", "garm", "contraband", "lmtnest", "p5_contig1", "p5_col"),
)

Table = dict[str, np.ndarray]


def _read(path: Path) -> Table:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _numbers(table: Table, name: str) -> np.ndarray:
    return table[name].astype(float)


@pytest.fixture(scope="module")
def fortna(shared: Path) -> Table:
    return _read(
        shared / "data/conflict/fixtures-not-for-redistribution/fortna2008_cox_regression_sample.csv"
    )


@pytest.fixture(scope="module")
def agreements(shared: Path) -> Table:
    return _read(shared / "data/conflict/ucdp_peace_agreements_221_survival.csv")


@pytest.fixture(scope="module")
def terminations(shared: Path) -> Table:
    return _read(shared / "data/conflict/ucdp_term_dyad_episodes.csv")


def _newton(s: estimate.Spells, x: np.ndarray) -> tuple[np.ndarray, float]:
    """Maximise the partial likelihood the slow way: the reference for the library's fit."""
    z, b = x - x.mean(axis=0), np.zeros(x.shape[1])
    for _ in range(30):
        weight, score, information, likelihood = np.exp(z @ b), np.zeros_like(b), 0.0, 0.0
        for i in np.flatnonzero(s.failed):
            risk = (s.entry < s.leave[i]) & (s.leave >= s.leave[i])
            share = weight[risk] / weight[risk].sum()
            mean = share @ z[risk]
            score += z[i] - mean
            information = information + (share[:, None] * z[risk]).T @ z[risk] - np.outer(mean, mean)
            likelihood += z[i] @ b - np.log(weight[risk].sum())
        b = b + np.linalg.solve(information, score)
    return b, likelihood


def _fortna_spells(table: Table) -> tuple[estimate.Spells, dict[str, np.ndarray]]:
    s = estimate.spells(_numbers(table, "_t"), _numbers(table, "_d"), _numbers(table, "_t0"))
    return s, {name: _numbers(table, name) for name in COVARIATES}


def test_fortna_cox_is_reproduced(fortna: Table) -> None:
    s, covariates = _fortna_spells(fortna)
    fit = estimate.cox(s, covariates)
    slow, likelihood = _newton(s, np.column_stack(list(covariates.values())))
    assert np.abs(fit.coef - slow).max() < 1e-6
    assert fit.log_likelihood == pytest.approx(likelihood, abs=1e-6)
    assert fit.log_likelihood == pytest.approx(-212.83603, abs=5e-6)
    assert (fit.n, fit.events) == (129, 55)
    kept = stored()["fortna_2008"]
    assert np.abs(fit.coef - [kept["coefficients"][name] for name in COVARIATES]).max() < 1e-6
    assert np.abs(fit.se - [kept["se"][name] for name in COVARIATES]).max() < 1e-6


def test_fortna_residuals_match_those_stored_by_the_author(fortna: Table) -> None:
    s, covariates = _fortna_spells(fortna)
    x = np.column_stack(list(covariates.values()))
    weight = np.exp((x - x.mean(axis=0)) @ estimate.cox(s, covariates).coef)
    for i in np.flatnonzero(s.failed):
        risk = (s.entry < s.leave[i]) & (s.leave >= s.leave[i])
        residual = x[i] - weight[risk] @ x[risk] / weight[risk].sum()
        author = np.array([float(fortna[f"sch{k}"][i]) for k in range(1, 15)])
        assert np.abs(residual - author).max() < 1e-4  # hundreds in size; stored in single precision


def test_fortna_errors_robust_by_cluster(fortna: Table) -> None:
    s, covariates = _fortna_spells(fortna)
    fit = estimate.cox(s, covariates)
    robust = np.sqrt(np.diag(estimate.cluster_robust(fit, s, covariates, list(fortna["cluster"]))))
    published = {"pk_dum": 0.329, "victory": 0.598, "treaty": 0.363, "wartype": 0.315, "logdead": 0.074}
    for name, se in published.items():
        assert robust[COVARIATES.index(name)] == pytest.approx(se, abs=1.1e-3)
    kept = stored()["fortna_2008"]["se_cluster"]
    assert np.abs(robust - [kept[name] for name in COVARIATES]).max() < 1e-5


def test_stored_fortna_table_equals_the_reference_page() -> None:
    ratios = {row.name: row.ratio for row in fits()["fortna_2008"].rows}
    page = {"pk_dum": 0.427, "victory": 0.141, "treaty": 0.265, "wartype": 1.359, "contraband": 2.074}
    for name, ratio in page.items():
        assert ratios[name] == pytest.approx(ratio, abs=5.1e-4)


@pytest.mark.parametrize(
    ("group", "column", "value"),
    [
        ("all", None, None),
        ("ceasefire clause", "cease", "1"),
        ("no ceasefire clause", "cease", "0"),
        ("full agreement", "pa_type", "1"),
        ("partial agreement", "pa_type", "2"),
        ("process agreement", "pa_type", "3"),
    ],
)
def test_kaplan_meier_of_agreements(agreements: Table, group: str, column: str | None, value: str) -> None:
    keep = np.ones(369, dtype=bool) if column is None else agreements[column] == value
    s = estimate.spells(_numbers(agreements, "days")[keep], agreements["event"][keep] == "True")
    table = dict(kaplan_meier(AGREEMENTS, group))
    found = estimate.kaplan_meier(s, HORIZONS)
    assert found == pytest.approx([table[day] for day in HORIZONS], abs=5.1e-5)


@pytest.mark.parametrize(
    "group", ["interstate, ceasefire", "intrastate, ceasefire", "intrastate, low activity"]
)
def test_kaplan_meier_of_terminations(terminations: Table, group: str) -> None:
    kind, outcome = group.split(", ")
    keep = (terminations["kind"] == kind) & (terminations["oc"] == outcome)
    s = estimate.spells(_numbers(terminations, "days")[keep], terminations["event"][keep] == "True")
    table = dict(kaplan_meier(TERMINATIONS, group))
    days = (365, 730, 1825, 3650)
    assert estimate.kaplan_meier(s, days) == pytest.approx([table[day] for day in days], abs=5.1e-5)


def test_cox_of_agreements(agreements: Table) -> None:
    clauses = ("cease", "pko", "co_impl", "ddr", "withd", "shagov", "aut", "reaffirm")
    kind = agreements["pa_type"]
    columns = [
        *(_numbers(agreements, name) for name in clauses),
        (kind == "1").astype(float),
        (kind == "3").astype(float),
    ]
    kept = stored()["ucdp_agreements"]
    covariates = dict(zip(kept["ratios"], columns, strict=True))
    s = estimate.spells(_numbers(agreements, "days"), agreements["event"] == "True")
    fit = estimate.cox(s, covariates)
    assert np.exp(fit.coef) == pytest.approx([ratio for ratio, _ in kept["ratios"].values()], abs=5.1e-4)
    assert fit.se == pytest.approx([se for _, se in kept["ratios"].values()], abs=1.1e-3)
    assert fit.log_likelihood == pytest.approx(-714.32, abs=5e-3)


def test_cox_of_terminations(terminations: Table) -> None:
    outcome = terminations["oc"]
    columns = [
        outcome == "peace agreement",
        outcome == "ceasefire",
        np.char.startswith(outcome, "victory"),
        outcome == "actor ceases",
        terminations["kind"] == "interstate",
        terminations["inc"] == "1",
        terminations["maxint"] == "2",
        np.log(_numbers(terminations, "dur")),
        _numbers(terminations, "y1") > 1989,
    ]
    kept = stored()["ucdp_terminations"]
    covariates = {name: np.asarray(c, dtype=float) for name, c in zip(kept["ratios"], columns, strict=True)}
    s = estimate.spells(_numbers(terminations, "days"), terminations["event"] == "True")
    fit = estimate.cox(s, covariates)
    assert np.exp(fit.coef) == pytest.approx([ratio for ratio, _ in kept["ratios"].values()], abs=1.1e-3)
    assert fit.log_likelihood == pytest.approx(-1626.18, abs=5e-3)


def test_pieces_are_counted_as_packaged(agreements: Table) -> None:
    counted = count_pieces(np.zeros(369), _numbers(agreements, "days"), agreements["event"] == "True")
    stored_counts = classes()[AGREEMENTS, "all"].counts
    assert counted.events == pytest.approx(stored_counts.events)
    assert counted.days == pytest.approx(stored_counts.days, abs=1)


@pytest.mark.parametrize(
    ("source", "group", "expected"),
    [
        (FORTNA, "truce, never peacekeepers", (0.062, 0.311, 0.398, 0.543, 0.644, 0.833)),
        (FORTNA, "all", (0.021, 0.137, 0.207, 0.333, 0.400, 0.563)),
        (AGREEMENTS, "ceasefire clause", (0.062, 0.153, 0.193, 0.269, 0.298, 0.376)),
    ],
)
def test_crude_hazards_give_the_page_values(source: str, group: str, expected: tuple[float, ...]) -> None:
    found = failure(crude(classes()[source, group].counts), HORIZONS)
    assert found == pytest.approx(expected, abs=5.1e-4)


@pytest.mark.parametrize("letter", ["A", "B"])
def test_weibull_predictions_equal_the_stored_table(letter: str) -> None:
    import json
    from importlib.resources import files

    text = files("detente.methods.durability").joinpath("data/reference_durability_models.json").read_text()
    table = json.loads(text)["about"]["predicted_failure_probability"][letter]
    x = {
        "truce, no peacekeepers": {},
        "truce, peacekeepers": {"pk_dum": 1},
        "settlement, no peacekeepers": {"treaty": 1},
        "settlement, peacekeepers": {"treaty": 1, "pk_dum": 1},
        "victory": {"victory": 1},
        "partial, ceasefire": {"cease": 1},
        "partial, ceasefire, commission": {"cease": 1, "co_impl": 1},
        "full, ceasefire, commission": {"cease": 1, "co_impl": 1, "full": 1},
        "process, ceasefire": {"cease": 1, "process": 1},
    }
    for name, expected in table.items():
        assert models()[letter].failed(x[name], HORIZONS) == pytest.approx(expected, abs=6e-4), name


def test_weibull_over_predicts_the_first_month_and_under_predicts_the_third() -> None:
    seen = dict(kaplan_meier(FORTNA, "truce, never peacekeepers"))
    month, quarter = models()["A"].failed({}, (30, 90))
    assert month > 2 * seen[30]
    assert quarter < seen[90]


def test_time_varying_rows_sum_to_the_whole_set() -> None:
    parts = [c.counts for (s, g), c in classes().items() if s == FORTNA_VARYING]
    victory, whole = classes()[FORTNA, "victory"].counts, classes()[FORTNA, "all"].counts
    assert sum(p.events for p in parts) + victory.events == pytest.approx(whole.events)
    assert sum(p.days for p in parts) + victory.days == pytest.approx(whole.days, rel=0.001)
