"""The stability lens on published conflicts: far-sighted, coalition and inverse results reach the record."""

from __future__ import annotations

import json
from time import perf_counter

import numpy as np
import pytest
from published_conflicts import load, syria_iraq

from detente.lens import Run
from detente.lenses.stability import Options
from detente.lenses.stability.run import run_conflict
from detente.lenses.stability.view import view
from detente.methods.graph_model import OptionForm
from detente.methods.graph_model.model import ConflictModel
from detente.record import to_json


def model(case, **more):
    names = tuple(o["name"] for o in case.raw["options"])
    return ConflictModel("A conflict", case.form, case.ranks, tuple(case.dms), names, **more)


def test_syria_iraq_through_the_lens():
    result = run_conflict(model(syria_iraq()), Options(state=2))
    assert result.equilibria == {"nash": (6,), "gmr": (1, 6), "smr": (6,), "seq": (6,), "sseq": (6,)}
    assert result.further is not None
    assert {k: result.further.equilibria[k] for k in ("nonmyopic", "cnash", "cseq")} == {
        "nonmyopic": (), "cnash": (6,), "cseq": (6,),
    }  # fmt: skip
    syria = result.focus.holds[0]
    assert syria.rankings == pytest.approx(384 / 720)
    # Escalating (3) is answered by nothing credible; ranking it, or where it ends, no higher would do.
    assert not syria.stable
    assert syria.changes
    assert all(c.endswith("no higher than state 2") for c in syria.changes)


def test_the_record_and_page_of_a_written_conflict_hold_every_state():
    result = run_conflict(model(syria_iraq()), Options(state=1))
    run = Run("stability", "1", "x", "d", Options(state=1), result)
    data = json.loads(to_json(run))["result"]
    assert data["states"]["number"] == [1, 2, 3, 4, 5, 6]
    assert data["states"]["pattern"] == ["NNN", "YNN", "NYN", "NNY", "YNY", "NYY"]
    assert data["equilibria"]["gmr"] == [1, 6]
    assert data["states"]["margins"]["gmr"] == [[2, -1, 3, -2, -3, 2], [1, 4, -1, 4, 1, 3]]
    sections = {s.id: s for s in view(run).sections}
    table = sections["states"].blocks[0]
    assert [row[0].text for row in table.rows] == ["1", "2", "3", "4", "5", "6"]
    # Syria ranks 1, 3, 6, 2, 4, 5: state 6 comes third.
    assert table.rows[5][2].text.startswith("3: ")
    assert table.rows[5][4].text == "all five"


def test_elmira_binding_partition_and_jump_reach_the_record(shared):
    case = load(shared, "elmira_12")
    printed = case.raw["published_extra"]["binding_partition"]
    partition = tuple(tuple(case.dms.index(who) for who in block) for block in printed["players"])
    result = run_conflict(model(case, partition=partition), Options(concept="nash"))
    further = result.further
    assert [case.ids[s - 1] for s in further.equilibria["bound_nash"]] == printed["nash"]
    jumps = {(case.ids[j.source - 1], case.ids[j.target - 1]) for j in further.jumps}
    assert (7, 10) in jumps


@pytest.mark.slow
def test_a_conflict_of_65536_codes_is_answered_in_seconds():
    rng = np.random.default_rng(4)
    owner = tuple(k % 4 for k in range(16))
    form = OptionForm(4, owner, ("both",) * 16, rng.random(2**16) < 0.7)
    ranks = np.array([rng.permutation(form.n_states) for _ in range(4)])
    wide = ConflictModel("Wide", form, ranks, tuple("ABCD"), tuple(f"o{k}" for k in range(16)))
    start = perf_counter()
    result = run_conflict(wide, Options(state=1))
    assert result.focus is not None
    assert perf_counter() - start < 30  # judgement: two seconds on an idle machine
