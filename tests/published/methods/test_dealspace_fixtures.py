"""Public scenarios with measured answers: counts, Pareto sets, all concepts and ties, through the importers.

The scenario files stand only beside a developer's checkout; GENIUS files are written from their raw numbers
and read back, LLM-Deliberation games (Abdelnabi et al., arXiv:2309.17234) likewise.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np
import pytest

from detente.exchange.genius import read_genius
from detente.exchange.llmdelib import read_llmdelib
from detente.methods.dealspace.convolution import count_by_coalition
from detente.methods.dealspace.front import pareto_front
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.rule import accepted_by
from detente.methods.dealspace.scan import scan
from detente.methods.dealspace.solutions import solve
from detente.methods.dealspace.utilities import Utilities

ANAC = (
    "y2010_EnglandZimbabwe",
    "y2010_ItexvsCypress",
    "y2011_Laptop",
    "y2012_AirportSiteSelectionB",
    "y2015_group6-tram",
)
FIELDS = (
    ("nash", "nash", "product_of_gains"),
    ("kalai_smorodinsky", "kalai_smorodinsky", "least_ratio"),
    ("egalitarian", "egalitarian_leximin", "least_gain"),
    ("utilitarian", "utilitarian", "total"),
)


def load(shared: Path, name: str) -> dict:
    return json.loads((shared / "data" / "deal-space" / f"{name}.json").read_text("utf-8"))


def write_genius(place: Path, data: dict) -> None:
    issues = "".join(
        f"<issue index='{i + 1}' name={quoteattr(issue['name'])} type='discrete'>"
        + "".join(f"<item index='{o + 1}' value={quoteattr(v)}/>" for o, v in enumerate(issue["options"]))
        + "</issue>"
        for i, issue in enumerate(data["issues"])
    )
    head = "<negotiation_template><utility_space><objective>"
    (place / "domain.xml").write_text(
        f"{head}{issues}</objective></utility_space></negotiation_template>", "utf-8"
    )
    for party in data["parties"]:
        raw = party["genius"]
        body = "".join(f"<weight index='{i + 1}' value='{w!r}'/>" for i, w in enumerate(raw["weights"]))
        for i, (issue, row) in enumerate(zip(data["issues"], raw["evaluations"], strict=True)):
            body += f"<issue index='{i + 1}' name={quoteattr(issue['name'])}>"
            for option, value in reversed(list(zip(issue["options"], row, strict=True))):
                body += f"<item index='9' value={quoteattr(option)} evaluation='{value!r}'/>"
            body += "</issue>"
        body = f"<objective>{body}</objective><reservation value='{party['reserve']}'/>"
        (place / f"{party['name']}.xml").write_text(f"<utility_space>{body}</utility_space>", "utf-8")


def agree(utilities: Utilities, expected: dict) -> None:
    """Hold every number of a fixture's `expected` against the scan and the front."""
    graph = layers_of(utilities)
    found, front = scan(graph), pareto_front(graph)
    actors = utilities.actors
    zones = accepted_by(found.exactly, actors)
    assert list(utilities.reserve) == expected["disagreement"]
    assert found.deals == expected["deals"]
    assert zones[-1] == expected["individually_rational"]
    assert [zones[1 << p] for p in range(actors)] == expected["acceptable_per_party"]
    assert count_by_coalition(graph) == list(found.exactly)
    assert (front.total, len(front.vectors)) == (
        expected["pareto"]["deals"],
        expected["pareto"]["distinct_vectors"],
    )
    listed = sorted(tuple(d["options"]) for d in expected["pareto"].get("deals_list", []))
    if listed:
        named = [tuple(deal) for k in range(len(front.vectors)) for deal in front.named(k).tolist()]
        assert sorted(named) == listed
    inside = pareto_front(graph, rational=True)
    assert inside.total == expected["pareto_individually_rational"]["deals"]
    if not zones[-1]:
        assert found.optima == ()
        return
    concepts(utilities, expected)


def concepts(utilities: Utilities, expected: dict) -> None:
    reserve = np.array(utilities.reserve)
    for method in ("scan", "branch"):
        answer = solve(utilities, method)
        ideal = (np.array(answer.certificates[0].ideal) + reserve).tolist()
        assert ideal == expected["ideal_individually_rational"]
        for concept, key, value in FIELDS:
            optimum, truth = answer.of(concept), expected[key]
            assert optimum is not None
            assert optimum.deals.tolist() == sorted(d["options"] for d in truth["deals"])
            shift = sum(reserve) if concept == "utilitarian" else 0
            assert optimum.value == Fraction(truth[value]) - int(shift)
        wide = solve(utilities, method, ideal_over="all").of("kalai_smorodinsky")
        truth = expected["kalai_smorodinsky_global_ideal"]
        assert wide is not None
        assert wide.value == Fraction(truth["least_ratio"])
        assert wide.deals.tolist() == sorted(d["options"] for d in truth["deals"])


@pytest.mark.parametrize("name", ANAC)
def test_genius_scenarios(shared: Path, tmp_path: Path, name: str) -> None:
    data = load(shared, f"anac_{name}")
    write_genius(tmp_path, data)
    for expected in data["expected"]:
        found = read_genius(tmp_path, expected["parties"])
        utilities = found.utilities()
        by_name = {p["name"]: p for p in data["parties"]}
        micro = [by_name[p]["micro_points"] for p in expected["parties"]]
        for i, table in enumerate(utilities.points):
            assert table.T.tolist() == [rows[i] for rows in micro]
        agree(utilities, expected)


@pytest.mark.parametrize("name", ["base", "game1"])
def test_llm_deliberation_games(shared: Path, tmp_path: Path, name: str) -> None:
    data = load(shared, f"llmdelib_{name}")
    (tmp_path / "scores_files").mkdir()
    holders, config = iter(("p1", "p2")), []
    for k, party in enumerate(data["parties"]):
        role = next(holders) if party["name"] in data["rule"]["veto"] else "player"
        config.append(f"{party['name']},f{k},{role},cooperative,model")
        lines = [",".join(map(str, row)) for row in party["utilities"]] + [str(party["reserve"])]
        (tmp_path / "scores_files" / f"f{k}.txt").write_text("\n".join(lines), "utf-8")
    (tmp_path / "config.txt").write_text("\n".join(config), "utf-8")
    found = read_llmdelib(tmp_path)
    utilities, rule = found.utilities(), found.rule
    graph = layers_of(utilities)
    counted, exactly = scan(graph, rule), count_by_coalition(graph)
    assert rule is not None
    assert counted.accepted == data["counts"]["quorum_with_vetoes"]
    assert counted.exactly == tuple(exactly)
    assert counted.exactly[-1] == data["counts"]["all_agree"]
    for p, actor in enumerate(found.names.actors):
        mine = sum(n for m, n in enumerate(exactly) if rule.carries[m] and m >> p & 1)
        assert mine == data["counts"]["per_party"][actor]
    agree(utilities, data["expected"][0])


def test_panama_canal(shared: Path) -> None:
    from detente.methods.dealspace.utilities import utilities_of
    from detente.methods.space import Space

    data = load(shared, "panama_canal_1974")
    tables = [[[a, 0], [0, b]] for a, b in zip(*data["points"].values(), strict=True)]
    for expected in data["measured"]["indivisible"]:
        agree(utilities_of(Space((2,) * 10), tables, expected["disagreement"]), expected)
