"""What the lens answers on a small truce, on a written conflict and on a file."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from detente.case.model import Case
from detente.errors import InputProblems, UsageError
from detente.exchange.gmcr import parse_gmcr
from detente.lenses.stability import LENS, Options
from detente.lenses.stability.run import closely, run_conflict
from detente.methods.graph_model import CONCEPTS
from detente.record import to_json

WRITTEN = {
    "options": [
        {"id": "release", "owner": "S", "text": "release water"},
        {"id": "escalate", "owner": "S", "text": "escalate"},
        {"id": "attack", "owner": "N", "text": "attack"},
    ],
    "decision_makers": [
        {"actor": "S", "ranking": ["NNN", "NYN", "NYY", "YNN", "NNY", "YNY"]},
        {"actor": "N", "ranking": ["YNN", "NNY", "NYY", "NNN", "YNY", "NYN"]},
    ],
    "infeasible": ["release and escalate"],
}


def answer(case, *deal, **options):
    return LENS.run(case, Options(deal=deal, draws=40, **options))


def test_an_unguarded_truce_is_broken_in_every_draw(case):
    result = answer(case, "bare")
    assert result.focus.first == 0
    for verdict in result.focus.verdicts:
        assert not verdict.stable
        assert verdict.leavers == (0,)
        assert verdict.share.value == 0
    [hold] = result.focus.holds
    assert hold.slack == pytest.approx(-hold.stories[0].gain)
    assert hold.stories[0].pays


def test_the_guarantor_holds_it_and_is_named_as_needed(case):
    result = answer(case, "guarded")
    verdicts = {v.concept: v for v in result.focus.verdicts}
    assert not verdicts["nash"].stable
    assert verdicts["seq"].stable
    assert verdicts["seq"].share.value == 1
    north = result.focus.holds[0]
    assert [result.options[k].id for k in north.needs] == ["embargo"]
    [story] = north.stories
    assert [s.option for s in story.answer[0].switches] == [1]
    assert story.end < 0 < story.gain


def test_a_sanction_nobody_wants_is_not_credible(raw):
    raw["preferences"]["G"]["money"]["order"] = ["trade", "ban"]
    result = answer(Case.model_validate(raw), "guarded")
    verdicts = {v.concept: v.stable for v in result.focus.verdicts}
    assert verdicts["gmr"]
    assert not verdicts["seq"]


def test_the_guarantee_that_would_help_comes_first(case):
    signed, best = answer(case, "bare").supports
    assert signed.changes == ()
    assert (signed.stable, best.stable) == (False, True)
    assert [(c.issue, c.option) for c in best.changes] == [("guard", "guard")]


def test_supports_keep_to_the_rules(raw):
    raw["rules"] = [
        {"id": "K", "kind": "legal", "text": "no guards", "forbid": [{"guard": ["guard"], "arms": ["rest"]}]}
    ]
    assert answer(Case.model_validate(raw), "bare").supports == ()


def test_deals_side_by_side(case):
    found = {d.id: d for d in answer(case).compared}
    assert found["bare"].concepts == ()
    assert found["guarded"].concepts == ("gmr", "smr", "seq", "sseq")
    assert (found["bare"].first, found["guarded"].first) == ("North", "")
    options = [("bare", case.deals[0].options), ("guarded", case.deals[1].options), ("war", {"arms": "war"})]
    bare, guarded, war = closely(case, Options(draws=40), options)
    assert war is None
    for seen, compared in ((bare, found["bare"]), (guarded, found["guarded"])):
        verdicts = {v.concept: v for v in seen.focus.verdicts}
        assert verdicts["seq"].share == compared.share
        assert tuple(c for c, v in verdicts.items() if v.stable) == compared.concepts
        assert tuple(seen.dms[dm] for dm in verdicts["seq"].leavers) == compared.leavers


def test_a_named_deal_nobody_can_break_has_no_share(raw):
    raw["deals"].append({"id": "war", "name": "War", "options": {"arms": "war"}})
    war = answer(Case.model_validate(raw), "bare").compared[-1]
    assert (war.id, war.share, war.leavers) == ("war", None, ())


def test_preference_draws_split_where_interests_are_close(raw):
    # North's own weights decide: war against trade, each between a tenth and everything.
    raw["preferences"]["N"]["arms"]["salience"] = [10, 90]
    raw["preferences"]["N"]["money"]["salience"] = [10, 90]
    raw["conflict"]["responses"][0]["effects"] = {}
    share = answer(Case.model_validate(raw), "guarded").focus.holds[0].share
    assert 0 < share.low < share.value < share.high < 1


def test_same_seed_same_bytes_and_another_seed_may_differ(raw):
    raw["preferences"]["N"]["arms"]["salience"] = [10, 90]
    case = Case.model_validate(raw)
    records = [to_json(LENS.apply(case, Options(deal=("guarded",), draws=30, seed=s))) for s in (1, 1, 2)]
    assert records[0] == records[1] != records[2]


def test_a_written_conflict_is_read_with_its_status_quo(raw):
    raw["conflict"] = WRITTEN | {"status_quo": []}
    result = answer(Case.model_validate(raw))
    assert result.equilibria["gmr"] == (1, 6)
    assert result.dms == ("South", "North")
    assert result.states.pattern == ("NNN", "YNN", "NYN", "NNY", "YNY", "NYY")
    assert result.focus.state == 1
    assert not result.generated


def test_every_mistake_in_a_written_conflict_is_listed(raw):
    raw["conflict"] = WRITTEN | {"infeasible": ["release and flood", "attack or"]}
    with pytest.raises(InputProblems) as caught:
        answer(Case.model_validate(raw))
    assert len(caught.value.problems) == 2
    raw["conflict"] = json.loads(json.dumps(WRITTEN))
    raw["conflict"]["decision_makers"][0]["ranking"][0] = "YYY"
    raw["conflict"]["decision_makers"][1]["ranking"] = ["NNN"]
    with pytest.raises(InputProblems) as caught:
        answer(Case.model_validate(raw))
    assert len(caught.value.problems) == 2


def test_statements_and_unseen_states_of_a_written_conflict(raw):
    raw["conflict"] = WRITTEN | {
        "decision_makers": [
            {"actor": "S", "statements": ["not attack", "not release"], "unseen": ["attack"]},
            {"actor": "N", "statements": ["release", "attack iff escalate"]},
        ]
    }
    result = answer(Case.model_validate(raw), state=2)
    assert result.focus.state == 2
    assert result.focus.holds[0].changes
    # South does not think of attack, so nothing holds it there and it has no move.
    attacked = [n for n, p in enumerate(result.states.pattern) if p.endswith("Y")]
    assert np.isnan(result.states.margins["nash"][0, attacked]).all()


def test_a_state_that_does_not_exist(raw):
    raw["conflict"] = WRITTEN
    with pytest.raises(UsageError, match="states run from 1 to 6"):
        answer(Case.model_validate(raw), state=7)


def test_file_record_numbers_states_as_the_file_does():
    text = json.dumps(
        {
            "options": [{"name": n, "permittedDirection": "both"} for n in ("a", "b")],
            "decisionMakers": [
                {"name": "A", "options": [0], "preferences": [], "preferenceRanking": [2, 4, 1, 3]},
                {"name": "B", "options": [1], "preferences": [], "preferenceRanking": [3, [4, 1], 2]},
            ],
            "infeasibles": [],
            "useManualPreferenceRanking": True,
        }
    )
    result = run_conflict(parse_gmcr(text), Options(state=1))
    assert set(result.equilibria) == set(CONCEPTS)
    assert result.states.number.tolist() == [1, 2, 3, 4]
    assert result.states.pattern == ("NN", "YN", "NY", "YY")
    assert result.states.ranks.tolist() == [[1, 3, 0, 2], [1, 0, 2, 1]]
    for concept, states in result.equilibria.items():
        stable = result.states.stable[concept].all(axis=0)
        assert states == tuple(result.states.number[stable].tolist())


@pytest.mark.parametrize(
    ("change", "deal", "words"),
    [
        ({"conflict": None}, (), "no `conflict` block"),
        ({"conflict": WRITTEN}, ("bare",), "has no `terms`"),
        ({"deals": []}, (), "names no deal"),
        ({}, ("arms=peace",), "no option 'peace'"),
    ],
)
def test_what_is_lacking_is_said(raw, change, deal, words):
    with pytest.raises(UsageError, match=words):
        answer(Case.model_validate(raw | change), *deal)


def test_the_lens_says_what_a_case_lacks(raw):
    assert LENS.missing(Case.model_validate(raw)) == ""
    assert "conflict" in LENS.missing(Case.model_validate(raw | {"conflict": None}))
    assert "no deal" in LENS.missing(Case.model_validate(raw | {"deals": []}))


def test_importing_the_lens_loads_nothing_heavy():
    code = (
        "import sys, detente.lenses.stability\n"
        "assert not {'numpy', 'numba', 'scipy'} & set(sys.modules), sorted(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
