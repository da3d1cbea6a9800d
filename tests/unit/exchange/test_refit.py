"""A refit on a user's own file gives the figures we ship, and says what is wrong with other files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.errors import UsageError
from detente.exchange import ucdp
from detente.exchange.refit import page, refit
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
    assert made.counts.events.sum() == made.events > 0
    shares = [share for _, share in made.failed]
    assert shares == sorted(shares)
    assert {r.name for r in made.ratios} >= {"ceasefire_clause", "full", "process"}
    assert all(r.low < r.ratio < r.high for r in made.ratios)


def test_the_page_shows_every_figure_and_its_cautions(tmp_path: Path) -> None:
    made = refit("ucdp-agreements", _agreements(tmp_path))
    blocks = page(made).sections[0].blocks
    tables = [b for b in blocks if isinstance(b, Table)]
    assert [len(t.rows) for t in tables] == [1, 5, len(made.ratios)]
    assert "nothing here is causal" in " ".join(b.body for b in blocks if isinstance(b, Caveat))


def test_the_extract_gives_the_figures_we_ship(shared: Path) -> None:
    made = refit("ucdp-agreements", shared / "data/conflict/ucdp_peace_agreements_221_survival.csv")
    assert (made.n, made.events) == (369, 129)
    assert dict(made.failed) == pytest.approx(dict(kaplan_meier(AGREEMENTS, "all")), abs=5.1e-5)
    assert made.counts.events == pytest.approx(classes()[AGREEMENTS, "all"].counts.events)


def test_an_unknown_data_set_or_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose from ucdp-agreements"):
        refit("other", tmp_path / "x.csv")
    path = tmp_path / "empty.csv"
    path.write_text(",".join(ucdp.AGREEMENTS.columns) + "\n", "utf-8")
    with pytest.raises(UsageError, match="no lifetime that ended"):
        refit("ucdp-agreements", path)
