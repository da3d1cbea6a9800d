"""The .gmcr importer and exporter: numbering, ties, every problem listed, and the way back."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import InputProblems
from detente.exchange.gmcr import parse_gmcr, read_gmcr, write_gmcr
from detente.exchange.gmcr_export import as_gmcr
from detente.methods.graph_model import GraphForm, OptionForm, dense, solve
from detente.methods.graph_model.model import ConflictModel
from detente.methods.graph_model.statements import parse, prioritise


def minimal(**changes):
    """Two decision makers with one option each, who prefer not to attack and not to be attacked."""
    data = {
        "options": [
            {"name": "left", "permittedDirection": "both"},
            {"name": "right", "permittedDirection": "both"},
        ],
        "decisionMakers": [
            {"name": "A", "options": [0], "preferences": [[[1, "N"]], [[0, "N"]]]},
            {"name": "B", "options": [1], "preferences": [[[0, "N"]], [[1, "N"]]]},
        ],
        "infeasibles": [],
        "useManualPreferenceRanking": False,
    }
    data.update(changes)
    return data


def read(data):
    return parse_gmcr(json.dumps(data))


def problems(data):
    with pytest.raises(InputProblems) as caught:
        read(data)
    return [(p.where, p.message) for p in caught.value.problems]


def test_minimal_file():
    model = read(minimal())
    assert (model.dms, model.options) == (("A", "B"), ("left", "right"))
    assert solve(model.form, model.ranks).equilibria("nash").tolist() == [0]
    assert model.wording == (("not right", "not left"), ("not left", "not right"))


def test_unowned_option_comes_first_and_nobody_moves_it():
    data = minimal(options=[{"name": n, "permittedDirection": "both"} for n in ("left", "right", "storm")])
    model = read(data)
    assert model.options == ("storm", "left", "right")
    assert model.form.owner == (-1, 0, 1)


def test_options_are_grouped_by_owner_before_states_are_numbered():
    data = minimal()
    data["decisionMakers"][0]["options"], data["decisionMakers"][1]["options"] = [1], [0]
    data["useManualPreferenceRanking"] = True
    data["decisionMakers"][0]["preferenceRanking"] = [2, [1, 3], 4]
    data["decisionMakers"][1]["preferenceRanking"] = [[1, 2, 3, 4]]
    model = read(data)
    assert model.options == ("right", "left")
    assert [model.taken(s) for s in range(4)] == [(), ("right",), ("left",), ("right", "left")]
    assert model.ranks.tolist() == [[1, 2, 1, 0], [0, 0, 0, 0]]


def test_shared_option_is_refused_by_name():
    data = minimal()
    data["decisionMakers"][1]["options"] = [1, 0]
    assert problems(data) == [("decisionMakers", "option 0 (left) belongs to A and B")]


def test_compound_infeasible_is_refused():
    compound = {"compound": True, "members": [[[0, "Y"]], [[1, "Y"]]]}
    assert problems(minimal(infeasibles=[compound])) == [
        ("infeasibles[0]", "a compound condition is not allowed here")
    ]


def test_compound_preference_holds_if_any_member_does():
    data = minimal()
    data["decisionMakers"][0]["preferences"] = [{"compound": True, "members": [[[0, "Y"]], [[1, "Y"]]]}]
    assert read(data).ranks[0].tolist() == [0, 1, 1, 1]


def test_duplicate_statements_count_once_and_are_noted():
    data = minimal()
    data["decisionMakers"][0]["preferences"] *= 2
    model = read(data)
    assert model.ranks.tolist() == read(minimal()).ranks.tolist()
    assert model.notes == ("A repeats 2 of its statements; each counts once.",)


def test_no_preferences_mean_indifference():
    data = minimal()
    data["decisionMakers"][1]["preferences"] = []
    model = read(data)
    assert model.ranks[1].tolist() == [0, 0, 0, 0]
    assert "B states no preference" in model.notes[0]


def test_legacy_keys_of_old_files():
    data = minimal()
    del data["useManualPreferenceRanking"]
    data["useManualPreferenceVectors"] = True
    for dm in data["decisionMakers"]:
        dm["preferenceVector"] = [1, 2, 3, 4]
    assert read(data).ranks.tolist() == [[3, 2, 1, 0]] * 2


def test_ranking_must_hold_every_state_once():
    data = minimal(useManualPreferenceRanking=True)
    data["decisionMakers"][0]["preferenceRanking"] = [1, 2, 2, 9]
    data["decisionMakers"][1]["preferenceRanking"] = [[4, 3, 2, 1]]
    assert problems(data) == [
        ("decisionMakers[0].preferenceRanking", "state 9 does not exist"),
        ("decisionMakers[0].preferenceRanking", "state 3, 4 is missing"),
        ("decisionMakers[0].preferenceRanking", "state 2 stands twice"),
    ]


def test_manual_ranking_may_not_be_absent():
    found = problems(minimal(useManualPreferenceRanking=True))
    assert found == [(f"decisionMakers[{n}].preferenceRanking", "the ranking is missing") for n in (0, 1)]


def test_coalition_of_all_is_a_partition():
    assert read(minimal(coalitions=[[0, 1]])).partition == ((0, 1),)
    assert read(minimal(coalitions=[0, 1])).partition == ()
    assert problems(minimal(coalitions=[[0, 0]]))[0][0] == "coalitions"


def test_misperception_removes_moves():
    data = minimal()
    data["decisionMakers"][0]["misperceptions"] = [[[1, "Y"]]]
    model = read(data)
    assert isinstance(model.perceived, GraphForm)
    assert [model.perceived.targets(0, s).tolist() for s in range(4)] == [[1], [0], [], []]


def test_nothing_feasible():
    assert problems(minimal(infeasibles=[[[0, "Y"]], [[0, "N"]]])) == [("infeasibles", "no state is left")]


def test_all_problems_are_listed_at_once():
    data = {
        "options": [{"name": "", "permittedDirection": "up"}, 5],
        "decisionMakers": [{"name": "A", "options": [0, 7], "preferences": [[[0, "maybe"]], [[True, "Y"]]]}],
        "useManualPreferenceRanking": "no",
    }
    places = [where for where, _ in problems(data)]
    assert places == [
        "options[1]",
        "options[0]",
        "options[1]",
        "options[0].permittedDirection",
        "useManualPreferenceRanking",
        "decisionMakers[0].options[1]",
        "decisionMakers[0].preferences[0]",
        "decisionMakers[0].preferences[1]",
        "infeasibles",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "this is no JSON"),
        ("[]", "no JSON object"),
        ('{"options": [}', "this is no JSON"),
        ("[" * (sys.getrecursionlimit() * 50), "nested too deeply"),
        ('{"options": 3}', "this is no list"),
    ],
)
def test_broken_text(text, words):
    with pytest.raises(InputProblems, match=words):
        parse_gmcr(text)


def test_too_many_options_are_refused_before_any_array_is_made():
    options = [{"name": f"o{k}", "permittedDirection": "both"} for k in range(60)]
    assert problems(minimal(options=options)) == [("options", "60 options")]


def test_files_that_cannot_be_opened(tmp_path):
    with pytest.raises(InputProblems, match="cannot open it"):
        read_gmcr(tmp_path / "none.gmcr")
    (tmp_path / "binary.gmcr").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputProblems, match="UTF-8"):
        read_gmcr(tmp_path / "binary.gmcr")


@st.composite
def models(draw):
    n, k = draw(st.integers(1, 3)), draw(st.integers(1, 5))
    owner = tuple(draw(st.lists(st.integers(-1, n - 1), min_size=k, max_size=k)))
    direction = tuple(draw(st.lists(st.sampled_from(["both", "fwd", "back"]), min_size=k, max_size=k)))
    feasible = np.array(draw(st.lists(st.booleans(), min_size=2**k, max_size=2**k)))
    feasible[draw(st.integers(0, 2**k - 1))] = True
    form = OptionForm(n, owner, direction, feasible)
    options, dms = tuple(f"o{i}" for i in range(k)), tuple(f"D{i}" for i in range(n))
    rows = st.lists(st.integers(0, 9), min_size=form.n_states, max_size=form.n_states)
    ranks = np.array([dense(np.array(draw(rows))) for _ in range(n)])
    unseen = np.array([draw(st.lists(st.booleans(), min_size=form.n_states, max_size=form.n_states))
                       for _ in range(n)]) if draw(st.booleans()) else None  # fmt: skip
    model = ConflictModel("conflict", form, ranks, dms, options, unseen=unseen)
    if draw(st.booleans()):
        texts = st.sampled_from(["o0", "not o0", "{a} if {b}", "{a} iff not {b}", "{a} and not {b}"])
        pick = st.sampled_from(options)
        wording = tuple(
            tuple(draw(texts).format(a=draw(pick), b=draw(pick)) for _ in range(draw(st.integers(0, 4))))
            for _ in range(n)
        )
        names = {o: i for i, o in enumerate(options)}
        statements = tuple(tuple(parse(t, names) for t in row) for row in wording)
        ranks = np.array([prioritise(form, row) for row in statements])
        model = replace(model, statements=statements, wording=wording, ranks=ranks)
    return model


def _as_sets(model):
    """Return what the conflict says in terms of option names, whatever the order of options."""
    form = model.form
    rank_of = {frozenset(model.taken(s)): model.ranks[:, s].tolist() for s in range(form.n_states)}
    about = {o: (form.owner[k], form.direction[k]) for k, o in enumerate(model.options)}
    blind = model.unseen if model.unseen is not None else np.zeros_like(model.ranks, dtype=bool)
    unseen = {frozenset(model.taken(s)): blind[:, s].tolist() for s in range(form.n_states)}
    return model.dms, rank_of, about, unseen


@given(models())
@settings(max_examples=150, deadline=None)
def test_export_and_import_are_inverse(model):
    once = parse_gmcr(json.dumps(as_gmcr(model)))
    assert _as_sets(once) == _as_sets(model)
    twice = parse_gmcr(json.dumps(as_gmcr(once)))
    np.testing.assert_array_equal(twice.form.feasible, once.form.feasible)
    np.testing.assert_array_equal(twice.ranks, once.ranks)
    assert twice.options == once.options
    assert json.dumps(as_gmcr(twice)) == json.dumps(as_gmcr(once))


def test_file_on_disk_round_trip(tmp_path):
    model = read(minimal(coalitions=[[0, 1]]))
    write_gmcr(model, tmp_path / "conflict.gmcr")
    again = read_gmcr(tmp_path / "conflict.gmcr")
    assert _as_sets(again) == _as_sets(model)
    assert again.partition == ((0, 1),)


def test_wrong_rankings_are_listed_beside_other_problems():
    text = json.dumps(
        {
            "options": [{"name": "a"}, {"name": "b"}],
            "decisionMakers": [
                {"name": "A", "options": [0], "preferences": [], "preferenceRanking": [1, 2, 2, 9]},
                {"name": "B", "options": [1], "preferences": [], "preferenceRanking": [[1, 2], [3, "4"]]},
            ],
            "infeasibles": [],
            "useManualPreferenceRanking": True,
        }
    )
    with pytest.raises(InputProblems) as caught:
        parse_gmcr(text)
    assert [(p.where.partition(".")[0], p.message) for p in caught.value.problems] == [
        ("decisionMakers[1]", "`[3, '4']` is no state"),
        ("decisionMakers[0]", "state 9 does not exist"),
        ("decisionMakers[0]", "state 3, 4 is missing"),
        ("decisionMakers[0]", "state 2 stands twice"),
    ]
