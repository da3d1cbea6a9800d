"""The scoreboard on made-up decisions: who wins is known there; and every fault of a table at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detente.errors import InputProblems
from detente.methods.spatial import anchors, calibration, mixture
from detente.methods.spatial.scoring import Difference
from detente.page import Table
from detente.studies.deu import Decision, read_decisions
from detente.studies.scoreboard import score
from detente.studies.scoreboard_view import view

HEAD = "issue_id,proposal_id,year,p_com,p_ep,p_fr,s_com,s_ep,s_fr,outcome,reference_point\n"
ROWS = "i1,a,1999,0,100,50,60,,40,50,0\ni2,a,1999,0,100,,60,80,,50,\ni3,b,2016,0,100,20,0,80,40,,100\n"


def made_up(outcome: str, seed: int = 3) -> list[Decision]:
    """Return 60 issues of 20 proposals whose outcomes follow a rule."""
    rng = np.random.default_rng(seed)
    found = []
    for i in range(60):
        x, w = rng.integers(0, 11, 5) * 10.0, rng.uniform(0.1, 1, (2, 5))
        weight = w[0] * w[1]
        if outcome == "compromise":
            y = float(anchors.weighted_mean(x, weight))
        else:
            y = float(mixture.sample([x], [weight], rng)[0])
        actors = ("com", "ep", "fr", "de", "it")
        found.append(Decision(f"i{i}", f"p{i // 3}", 1 + i // 30, actors, x, w[0], w[1], y, None))
    return found


def test_a_world_that_follows_the_compromise_is_won_by_it() -> None:
    board = score(made_up("compromise"))
    assert board.points[0].model == "compromise"
    assert board.points[0].error == pytest.approx(0, abs=1e-9)
    assert board.beating == ()
    assert board.point("weighted_median").difference.low > 0
    assert {m.lottery for m in board.folds} == {
        min(calibration.LOTTERIES)
    }  # as little lottery as the grid has
    assert (board.issues, board.proposals) == (60, 20)


def test_a_model_enters_only_if_later_waves_favour_it_too() -> None:
    board = score(made_up("compromise"))
    row, lower = board.point("mean"), Difference(-1.0, -2.0, -0.5)
    ahead = replace(row, difference=lower)
    assert replace(board, points=(replace(ahead, later=lower),)).beating
    assert not replace(board, points=(replace(ahead, later=Difference(-1.0, -2.0, 0.1)),)).beating
    assert row.later is not None


def test_a_world_drawn_from_the_mixture_is_scored_best_by_it() -> None:
    board = score(made_up("mixture"))
    assert board.spreads[-1].model in ("default", "fitted")
    assert board.against_climatology.mean < 0
    assert board.transfer is not None
    assert board.transfer.issues == 30
    assert board.transfer.crps < board.transfer.climatology
    assert [r.crps for r in board.spreads] == sorted((r.crps for r in board.spreads), reverse=True)
    assert board.spread("point").covered_80 < 0.2 < board.spread("default").covered_80


def test_the_same_seed_gives_the_same_board() -> None:
    decisions = made_up("mixture")
    assert score(decisions, 5) == score(decisions, 5)
    assert score(decisions, 5).point("mean").difference != score(decisions, 6).point("mean").difference


def test_one_wave_has_no_transfer() -> None:
    assert score(made_up("mixture")[:30]).transfer is None


def test_the_page_says_what_the_table_says() -> None:
    board = score(made_up("compromise"))
    page = view(board)
    assert "No model tried forecasts better than the weighted mean" in page.lead
    points = page.sections[0].blocks[0]
    assert isinstance(points, Table)
    assert points.rows[0][0].text == board.points[0].label
    assert any("exploratory" in row[0].text for row in points.rows)
    assert {len(row) for row in points.rows} == {len(points.columns)}


def test_reading_follows_the_stated_rules(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(HEAD + ROWS)
    (one,) = read_decisions(path)  # i2 has two positions, i3 no outcome
    assert one.actors == ("com", "ep", "fr")
    assert one.salience.tolist() == [0.6, 0.5, 0.4]  # the median of 60 and 40 fills the gap
    assert one.capability.tolist() == [1.0, 1.0, 1.0]
    assert (one.period, one.reference) == (1, 0.0)
    path.write_text((HEAD + ROWS).replace(",", ";"))
    assert read_decisions(path)[0].position.tolist() == [0.0, 100.0, 50.0]


def test_every_fault_of_a_table_at_once(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(HEAD + "i1,a,1999,0,180,50,60,,high,50,0\ni2,a,,0,100,10,60,80,1,50,\n")
    with pytest.raises(InputProblems) as found:
        read_decisions(path)
    assert [(p.line, p.where) for p in found.value.problems] == [(2, "p_ep"), (2, "s_fr"), (3, "year")]
    path.write_text(HEAD.replace("p_fr", "p_zz").replace("outcome", "result") + ROWS)
    with pytest.raises(InputProblems) as found:
        read_decisions(path)
    assert [p.where for p in found.value.problems] == ["outcome", "p_zz", "s_zz"]
    path.write_text(HEAD)
    with pytest.raises(InputProblems, match="no issue has an outcome"):
        read_decisions(path)
    with pytest.raises(InputProblems, match="cannot be read"):
        read_decisions(tmp_path / "none.csv")


def test_too_few_proposals_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be dealt into 10 folds"):
        score(made_up("mixture")[:9])
