"""A relations block: everything wrong with it is said at once, in the file's words."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from detente.case import Case
from detente.case.relations import Relations
from detente.case.relations_check import relations_problems

CASE: dict[str, Any] = {
    "format": 1,
    "id": "small",
    "title": "Small",
    "as_of": "2020-01-01",
    "analyst": "test",
    "readings": {"stated": {"text": "stated"}},
    "actors": [
        {
            "id": "A",
            "name": "Avalon",
            "role": "party",
            "consent": True,
            "capability": {"low": 40, "high": 60},
        },
        {"id": "B", "name": "Bern", "role": "party", "consent": True},
        {"id": "C", "name": "Cork", "role": "outside"},
    ],
    "stakes": [{"id": "s", "name": "Stake", "decides": "all"}],
    "issues": [
        {
            "id": "line",
            "stake": "s",
            "name": "Line",
            "options": [{"id": "keep", "text": "Keep"}, {"id": "move", "text": "Move"}],
        }
    ],
    "preferences": {},
    "no_deal": {"options": {"line": "keep"}},
}


def check(block: dict[str, Any]) -> list[str]:
    case = Case.model_validate(CASE)
    return [str(p) for p in relations_problems(case, Relations.model_validate(block))]


def test_a_good_block_has_no_problem():
    assert not check(
        {
            "third_parties": [{"id": "D", "name": "Delft"}],
            "ties": [
                {"between": ["A", "B"], "weight": [-80, -60]},
                {"between": ["C", "D"], "weight": [-10, 20]},
            ],
            "commitments": [
                {
                    "id": "aid",
                    "name": "Aid",
                    "kind": "aid",
                    "from": {"A": {"value": [1, 2]}},
                    "to": ["C"],
                    "unit": "m",
                }
            ],
            "effects": [{"when": {"line": ["move"]}, "ties": [{"between": ["A", "C"], "change": [5, 10]}]}],
        }
    )


def test_all_problems_come_at_once():
    found = "\n".join(
        check(
            {
                "ties": [
                    {"between": ["A", "X"], "weight": [10, 20]},
                    {"between": ["A", "B"], "weight": [10, 20]},
                    {"between": ["B", "A"], "weight": [-20, -10]},
                    {"between": ["B", "C"], "weight": [10, 20]},
                    {"between": ["C", "B"], "weight": [30, 40]},
                    {"between": ["A", "A"], "weight": [0, 0]},
                    {"between": ["A", "C"], "weight": [0, 140]},
                ],
                "effects": [{"when": {"line": ["fly"]}, "ties": [{"between": ["A", "Y"], "change": [0, 1]}]}],
            }
        )
    )
    for words in (
        "relations.ties.0.between.1: there is no actor or third party `X`",
        "relations.ties.2: the tie of `B` and `A` is given with both signs",
        "relations.ties.4: the tie of `C` and `B` is asymmetric",
        "`A` is tied to itself",
        "relations.ties.6.weight: a tie is [0, 140]",
        "`fly`",
        "there is no actor or third party `Y`",
    ):
        assert words in found


TIE = {"between": ["A", "B"], "weight": [-80, -60]}


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"third_parties": [{"id": "A", "name": "Avalon"}]}, "is an actor of the case"),
        ({"ties": [TIE, TIE]}, "given twice"),
        ({"poles": ["A", "Z"]}, "`Z`"),
        ({"places": {"A": [2, 0]}}, "outside the picture"),
        ({"means": {"A": {"value": [0, 1]}}}, "not above 0"),
        (
            {"context": [{"between": ["A", "B"], "measure": "m", "value": 1, "year": 2000, "before": 1}]},
            "go together",
        ),
        (
            {
                "commitments": [
                    {
                        "id": "p",
                        "name": "P",
                        "kind": "guarantee",
                        "from": {"B": {"load": [1, 2]}},
                        "to": ["C"],
                    }
                ]
            },
            "no capability",
        ),
        (
            {
                "commitments": [
                    {
                        "id": "p",
                        "name": "P",
                        "kind": "aid",
                        "from": {"A": {"value": [-1, 2]}},
                        "to": ["C"],
                        "unit": "m",
                    }
                ]
            },
            "an amount is [-1, 2]",
        ),
        (
            {
                "commitments": [
                    {"id": "p", "name": "P", "kind": "aid", "from": {"A": {"value": [1, 2]}}, "to": ["C"]}
                ]
            },
            "have no unit",
        ),
        (
            {"commitments": [{"id": "p", "name": "P", "kind": "aid", "from": {"A": {}}, "to": ["A"]}]},
            "stands on both sides",
        ),
        (
            {
                "commitments": [
                    {"id": "p", "name": "P", "kind": "alliance", "from": {"A": {"load": [1, 2]}}, "to": ["B"]}
                ]
            },
            "their tie is hostile",
        ),
        (
            {"effects": [{"when": {"line": ["move"]}, "commitments": [{"commitment": "none"}]}]},
            "no commitment `none`",
        ),
        (
            {
                "effects": [
                    {"when": {"line": ["move"]}, "ties": [{"between": ["A", "B"], "change": [1, 2]}]},
                    {"when": {"line": ["move"]}, "ties": [{"between": ["B", "A"], "change": [-2, -1]}]},
                ]
            },
            "move the tie of `B` and `A` both ways",
        ),
    ],
)
def test_each_fault_is_named(block, words):
    assert any(words in text for text in check({"ties": [TIE], **block}))


def test_unknown_keys_and_backward_ranges_are_refused():
    with pytest.raises(ValidationError, match="backwards"):
        Relations.model_validate({"ties": [{"between": ["A", "B"], "weight": [5, -5]}]})
    with pytest.raises(ValidationError, match="Extra"):
        Relations.model_validate({"ties": [TIE], "mood": "bad"})
