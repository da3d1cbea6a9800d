"""Scenarios of other tools are read in those tools' meaning, and broken ones list every problem."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from detente.errors import InputProblems, UsageError
from detente.exchange.genius import read_genius
from detente.exchange.scenarios import is_scenario, read_scenario
from detente.methods.dealspace.solutions import solve

DOMAIN = """<?xml version="1.0"?>
<negotiation_template><utility_space number_of_issues="2"><objective index="0" name="root">
  <issue index="2" name="Price" type="integer"><range lowerbound="10" upperbound="12"/></issue>
  <issue index="1" name="Colour" type="discrete">
    <item index="2" value="blue"/><item index="1" value="red"/>
  </issue>
</objective></utility_space></negotiation_template>"""

BUYER = """<utility_space><objective index="0" name="root">
  <weight index="1" value="3"/><weight index="2" value="1"/>
  <issue index="1" name="Colour" type="discrete">
    <item index="1" value="red" evaluation="20"/><item index="2" value="blue" evaluation="40"/>
  </issue>
  <issue index="2" name="Price" type="integer"><evaluator ftype="linear" offset="1" slope="-0.5"/></issue>
</objective><reservation value="0.25"/><discount_factor value="0.9"/></utility_space>"""

SELLER = BUYER.replace('offset="1" slope="-0.5"', 'offset="0" slope="0.5"').replace("0.25", "0.1")


def genius(place: Path, **changed: str) -> Path:
    files = {"domain": DOMAIN, "buyer": BUYER, "seller": SELLER} | changed
    for name, text in files.items():
        (place / f"{name}.xml").write_text(text, encoding="utf-8")
    return place


def problems(place: Path) -> str:
    with pytest.raises(InputProblems) as caught:
        read_scenario(place)
    return str(caught.value)


def test_genius_divides_by_the_largest_evaluation_and_the_sum_of_weights(tmp_path: Path) -> None:
    found = read_scenario(genius(tmp_path))
    assert found.format == "GENIUS"
    assert found.names.actors == ("buyer", "seller")
    assert found.names.issues == ("Colour", "Price")
    assert found.names.options == (("red", "blue"), ("10", "11", "12"))
    np.testing.assert_allclose(found.points[0], [[0.375, 0.375], [0.75, 0.75]])
    np.testing.assert_allclose(found.points[1], [[0.25, 0], [0.125, 0.125], [0, 0.25]])
    assert found.reserve.tolist() == [0.25, 0.1]
    assert any("discount" in said for said in found.dropped)
    assert solve(found.utilities()).of("nash") is not None


def test_genius_takes_the_actors_asked_for(tmp_path: Path) -> None:
    assert read_genius(genius(tmp_path), ["seller"]).names.actors == ("seller",)
    with pytest.raises(InputProblems, match="nobody"):
        read_genius(tmp_path, ["nobody"])


def test_genius_lists_every_problem_with_its_line(tmp_path: Path) -> None:
    broken = BUYER.replace('value="blue" evaluation="40"', 'value="green" evaluation="much"').replace(
        '<weight index="2" value="1"/>', ""
    )
    said = problems(genius(tmp_path, buyer=broken, seller=SELLER.replace("Price", "Cost")))
    for words in ("blue", "green", "no weight", "Price", "Cost", "buyer.xml:"):
        assert words in said


def test_genius_refuses_what_is_no_weighted_sum_and_what_swells(tmp_path: Path) -> None:
    curved = BUYER.replace("<objective", "<ufun><hyperRectangle/></ufun><objective")
    assert "weighted sum" in problems(genius(tmp_path, buyer=curved))
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + BUYER.replace("root", "&a;")
    assert "document type" in problems(genius(tmp_path, buyer=bomb))
    assert "not XML" in problems(genius(tmp_path, buyer=BUYER[:-20]))
    assert "no list of options" in problems(genius(tmp_path, domain=DOMAIN.replace("integer", "real")))
    wide = DOMAIN.replace('upperbound="12"', 'upperbound="999999999"')
    assert "too many options" in problems(genius(tmp_path, domain=wide))


def web(place: Path, change=lambda name, profile: None) -> Path:
    domain = {
        "name": "d",
        "issuesValues": {
            "Colour": {"values": ["red", "blue"]},
            "Size": {"range": {"low": 1, "high": 3, "step": 1}},
        },
    }
    for name, colours in (("a", (0.5, 1.0)), ("b", (1.0, 0.0))):
        profile = {
            "name": name,
            "domain": domain,
            "issueUtilities": {
                "Colour": {
                    "discreteutils": {"valueUtilities": dict(zip(("red", "blue"), colours, strict=True))}
                },
                "Size": {"numberutils": {"lowValue": 1, "lowUtility": 0, "highValue": 3, "highUtility": 1}},
            },
            "issueWeights": {"Colour": 0.6, "Size": 0.4},
            "reservationBid": {"issuevalues": {"Colour": "red", "Size": "2"}},
        }
        change(name, profile)
        (place / f"{name}.json").write_text(json.dumps({"LinearAdditiveUtilitySpace": profile}), "utf-8")
    return place


def test_geniusweb_takes_the_reserve_from_a_bid(tmp_path: Path) -> None:
    found = read_scenario(web(tmp_path))
    assert found.format == "GeniusWeb"
    np.testing.assert_allclose(found.points[0], [[0.3, 0.6], [0.6, 0.0]])
    np.testing.assert_allclose(found.points[1][:, 0], [0, 0.2, 0.4])
    np.testing.assert_allclose(found.reserve, [0.5, 0.8])


def test_geniusweb_says_what_it_takes_for_granted_and_what_is_wrong(tmp_path: Path) -> None:
    def no_bid(name: str, profile: dict) -> None:
        del profile["reservationBid"]

    assert any("no reservation bid" in said for said in read_scenario(web(tmp_path, no_bid)).dropped)

    def broken(name: str, profile: dict) -> None:
        profile["issueWeights"] = {"Colour": 0.6, "Sise": 0.4}
        profile["issueUtilities"]["Colour"]["discreteutils"]["valueUtilities"]["red"] = 3

    said = problems(web(tmp_path, broken))
    for words in ("Sise", "Size", "outside 0 to 1", "sum to 0.6"):
        assert words in said

    def lost(name: str, profile: dict) -> None:
        profile["reservationBid"]["issuevalues"]["Colour"] = "pink"

    assert "'pink' is no option" in problems(web(tmp_path, lost))


NEGMAS_DOMAIN = """type: DiscreteCartesianOutcomeSpace
name: trade
issues:
- {name: Colour, type: CategoricalIssue, values: [red, blue]}
- {name: Size, type: CategoricalIssue, values: [1, 2]}
"""
NEGMAS_ACTOR = """type: LinearAdditiveUtilityFunction
name: a
reserved_value: 0.5
path: /somewhere
weights: [0.5, 2]
values:
- {type: TableFun, mapping: {red: 1, blue: 4}}
- {type: TableFun, mapping: {1: 3, 2: 0}}
"""


def negmas(place: Path, actor: str = NEGMAS_ACTOR) -> Path:
    (place / "trade-domain.yml").write_text(NEGMAS_DOMAIN, "utf-8")
    (place / "a.yml").write_text(actor, "utf-8")
    return place


def test_negmas_divides_nothing_and_warns_of_raw_evaluations(tmp_path: Path) -> None:
    from detente.exchange.negmas import read_negmas

    found = read_scenario(negmas(tmp_path))
    assert found.title == "trade"
    assert found.points[0].ravel().tolist() == [0.5, 2]
    assert found.points[1].ravel().tolist() == [6, 0]
    assert any("looks like a GENIUS scenario" in said for said in found.dropped)
    as_genius = read_negmas(tmp_path, as_genius=True)
    np.testing.assert_allclose(as_genius.points[0].ravel(), [0.2 * 0.25, 0.2])
    np.testing.assert_allclose(as_genius.points[1].ravel(), [0.8, 0])
    assert not any("GENIUS" in said for said in as_genius.dropped)


def test_negmas_refuses_other_types_tags_and_aliases(tmp_path: Path) -> None:
    assert "AffineFun" in problems(negmas(tmp_path, NEGMAS_ACTOR.replace("TableFun", "AffineFun")))
    assert "HyperRectangleUtilityFunction" in problems(
        negmas(tmp_path, NEGMAS_ACTOR.replace("LinearAdditive", "HyperRectangle") + "# OutcomeSpace\n")
    )
    assert "tag" in problems(negmas(tmp_path, NEGMAS_ACTOR.replace("name: a", "name: !!python/name:os a")))
    assert ".nan" in problems(negmas(tmp_path, NEGMAS_ACTOR.replace("blue: 4", "blue: .nan")))
    said = problems(negmas(tmp_path, NEGMAS_ACTOR.replace("blue: 4", "green: 4")))
    assert "blue" in said
    assert "green" in said
    endless = read_scenario(negmas(tmp_path, NEGMAS_ACTOR.replace("0.5\n", "-.inf\n")))
    assert endless.reserve.tolist() == [-np.inf]


def negolog(place: Path, **extra) -> Path:
    for name, colours in (("profileA", {"red": 1.0, "blue": 0.5}), ("profileB", {"red": 0.1, "blue": 1.0})):
        profile = {
            "reservationValue": 0.2,
            "issueWeights": {"Colour": 1.0},
            "issues": {"Colour": colours},
        } | extra
        (place / f"{name}.json").write_text(json.dumps(profile), "utf-8")
    (place / "specs.json").write_text("{}", "utf-8")
    return place


def test_negolog(tmp_path: Path) -> None:
    found = read_scenario(negolog(tmp_path))
    assert found.format == "NegoLog"
    assert found.points[0].tolist() == [[1.0, 0.1], [0.5, 1.0]]
    assert any("specs.json" in said for said in found.dropped)
    assert "issueWeights.Colour" in problems(negolog(tmp_path, issueWeights={"Color": 1}))


def game(place: Path, config: str = "", scores: str = "") -> Path:
    (place / "scores_files").mkdir(exist_ok=True)
    lines = config or "Host,host,p1,c,m\nBuilder,builder,p2,c,m\nUnion,union,player,c,m\n"
    (place / "config.txt").write_text(lines, "utf-8")
    (place / "global_instructions.txt").write_text('Issue A: "Site". Issue B: "Money"\n', "utf-8")
    for name, text in (
        ("host", "5,0\n0,3,6\n4\n"),
        ("builder", "0,5\n6,3,0\n5\n"),
        ("union", "1,2\n0,1,2\n9\n"),
    ):
        (place / "scores_files" / f"{name}.txt").write_text(scores or text, "utf-8")
    return place


def test_llm_deliberation_carries_vetoes_and_quorum(tmp_path: Path) -> None:
    found = read_scenario(game(tmp_path))
    assert found.names.issues == ("Site", "Money")
    assert found.names.options[1] == ("B1", "B2", "B3")
    assert found.reserve.tolist() == [4, 5, 9]
    assert found.rule is not None
    assert np.flatnonzero(found.rule.carries).tolist() == [0b011, 0b111]


def test_llm_deliberation_lists_problems_and_leads_nowhere_else(tmp_path: Path) -> None:
    assert "lead elsewhere" in problems(game(tmp_path, config="Host,../../etc/passwd,p1,c,m\n"))
    assert "0 actors hold a veto" in problems(game(tmp_path, config="Host,host,player,c,m\n"))
    assert "not a number" in problems(game(tmp_path, scores="1,x\n3\n"))
    assert "threshold" in problems(game(tmp_path, scores="1,2\n"))


def test_folders_that_are_none_of_these_are_said(tmp_path: Path) -> None:
    assert not is_scenario(tmp_path)
    with pytest.raises(UsageError, match="no scenario of GENIUS"):
        read_scenario(tmp_path)
    with pytest.raises(UsageError):
        read_scenario(tmp_path / "nothing")
    (tmp_path / "a.json").write_text('{"issueWeights": NaN}', "utf-8")
    assert "NaN is not a finite number" in problems(tmp_path)
    (tmp_path / "a.json").write_text('{"issueWeights": 1, "issueWeights": 2}', "utf-8")
    assert "stands twice" in problems(tmp_path)
    (tmp_path / "a.json").write_bytes(b'{"issueWeights": "\xff"}')
    assert "UTF-8" in problems(tmp_path)
    (tmp_path / "a.json").write_text('{"issueWeights": ', "utf-8")
    assert "not JSON" in problems(tmp_path)
