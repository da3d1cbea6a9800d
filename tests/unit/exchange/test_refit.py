"""A refit on a user's own file gives the figures we ship, and says what is wrong with other files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.case.durability import OwnClass
from detente.errors import UsageError
from detente.exchange import ucdp
from detente.exchange.refit import refit
from detente.exchange.refit_view import page
from detente.methods.durability.references import AGREEMENTS, classes, kaplan_meier
from detente.page import Caveat, Table


def _agreements(folder: Path, rows: int = 60) -> Path:
    rng = np.random.default_rng(4)
    lines = [",".join(ucdp.AGREEMENTS.columns)]
    for k in range(rows):
        cease, ended = int(rng.random() < 0.5), int(rng.random() < 0.6)
        end = f"2001-{1 + int(rng.integers(11)):02d}-{1 + int(rng.integers(27)):02d}" if ended else ""
        flags = ",".join(str(int(rng.random() < 0.4)) for _ in range(7))
        lines.append(f"{k},Deal {k},2000-0{1 + k % 9}-01,{1 + k % 3},{ended},{end},{cease},{flags}")
    path = folder / "own.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_a_refit_names_its_figures(tmp_path: Path) -> None:
    made = refit("ucdp-agreements", _agreements(tmp_path))
    assert (made.n, made.skipped) == (60, 0)
    every, *kinds = made.groups
    assert every.counts.events.sum() == made.events > 0
    assert [k.name for k in kinds] == ["full agreement", "partial agreement", "process agreement"]
    assert (sum(k.n for k in kinds), sum(k.events for k in kinds)) == (made.n, made.events)
    assert sum(k.counts.days for k in kinds) == pytest.approx(every.counts.days)
    for group in made.groups:
        shares = [share for _, share in group.failed]
        assert shares == sorted(shares)
    assert {r.name for r in made.ratios} >= {"ceasefire_clause", "full", "process"}
    assert all(r.low < r.ratio < r.high for r in made.ratios)


def test_the_page_shows_every_figure_and_its_cautions(tmp_path: Path) -> None:
    made = refit("ucdp-agreements", _agreements(tmp_path))
    figures, classes_ = page(made).sections
    blocks = figures.blocks
    tables = [b for b in blocks if isinstance(b, Table)]
    assert [len(t.rows) for t in tables] == [8, 5, len(made.ratios)]  # each kind, and the packaged one below
    assert tables[2].columns[-1] == "As packaged"
    assert len(classes_.blocks[0].rows) == 4
    assert "nothing is causal" in " ".join(b.body for b in blocks if isinstance(b, Caveat))


def test_the_extract_gives_the_figures_we_ship(shared: Path) -> None:
    made = refit("ucdp-agreements", shared / "data/conflict/ucdp_peace_agreements_221_survival.csv")
    assert (made.n, made.events) == (369, 129)
    for group in made.groups:
        assert dict(group.failed) == pytest.approx(dict(kaplan_meier(AGREEMENTS, group.name)), abs=5.1e-5)
        assert group.counts.events == pytest.approx(classes()[AGREEMENTS, group.name].counts.events)


def test_an_unknown_data_set_or_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose from ucdp-agreements"):
        refit("other", tmp_path / "x.csv")
    path = tmp_path / "empty.csv"
    path.write_text(",".join(ucdp.AGREEMENTS.columns) + "\n", "utf-8")
    with pytest.raises(UsageError, match="no lifetime that ended"):
        refit("ucdp-agreements", path)


def test_pax_lifetimes_run_to_the_next_ceasefire_of_the_process(tmp_path: Path) -> None:
    """By hand: 2000-01-01 is followed after 31 days; 2000-02-01 and the other process are censored."""
    path = tmp_path / "pax.csv"
    rows = (
        "1,Land,Process A,First truce,2000-01-01,Cea",
        "2,Land,Process A,The same day,2000-01-01,Cea",
        "3,Land,Process A,Second truce,2000-02-01,Cea",
        "4,Land,Process A,A frame,2000-03-01,SubPar",
        "5,Isle,Process B,Only truce,2000-02-15,Cea",
    )
    path.write_text("\n".join(["AgtId,Con,PPName,Agt,Dat,Stage", *rows]) + "\n", "utf-8")
    made = refit("pax", path)
    assert (made.n, made.events) == (3, 1)
    assert dict(made.groups[0].failed)[30] == 0  # it came on day 31, when only the first was still at risk
    assert dict(made.groups[0].failed)[90] == 1
    assert made.groups[0].counts.days.sum() == 31 + 29 + 15
    assert "next ceasefire agreement" in page(made).lead
    assert made.ratios == ()


def test_a_refitted_class_can_be_pasted_into_a_case(tmp_path: Path) -> None:
    made = refit("ucdp-agreements", _agreements(tmp_path))
    table = page(made).sections[1].blocks[0]
    assert isinstance(table, Table)
    for row, group in zip(table.rows, made.groups, strict=True):
        given = {k: [float(v) for v in cell.text.split("[")[1].rstrip("]").split(",")]
                 for k, cell in zip(("events", "days"), row[1:], strict=True)}  # fmt: skip
        own = OwnClass.model_validate(
            {"kind": "truce", "name": group.name, "source": "mine", "lifetime": "as signed", **given}
        )
        assert own.events == pytest.approx(tuple(group.counts.events))
        assert own.days == pytest.approx(tuple(group.counts.days), abs=0.5)
