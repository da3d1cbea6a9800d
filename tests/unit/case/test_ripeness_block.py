"""A ripeness block: what is refused outright, and where its problems are said to stand."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from detente.case.load import load_case
from detente.case.ripeness import Ripeness
from detente.case.ripeness_check import COEFFICIENTS, ripeness_problems
from detente.methods.ripeness.economy import Economy


def check(block: dict[str, Any]) -> str:
    case = load_case("iran-iraq-1987")
    return "\n".join(str(p) for p in ripeness_problems(case, Ripeness.model_validate(block)))


FEELS = {"feels": {"IRN": {"month": [-1, 0]}}}
AREA = {"id": "a", "name": "A", "by": "IRQ", "against": "IRN", "size": 10, "held": [0, 1]}
TANKS = {"id": "t", "name": "Tanks", "actor": "IRN", "losses": [1, 2], "built": [0, 1], "stock": [9, 99]}
NUMBERS = (
    *("gap", "inflation", "rate", "buffer", "deficit", "borrowing", "oil", "oil_reference", "oil_share"),
    *("discount", "spending", "sanctions", "sanctions_lag", "war"),
)
BOOKS: dict[str, Any] = {name: [1, 2] for name in NUMBERS}
RELIEF = {"discount": [1, 2], "sanctions": [0, 1], "options": {"halt": {"x": [0, 1]}}}


def test_a_small_block_is_enough():
    assert check(FEELS) == ""


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"areas": [AREA]}, "neither a series nor both"),
        ({"areas": [{**AREA, "series": {"1987-01": 3}}] * 2}, "given twice"),
        ({"areas": [{**AREA, "series": {"1987-01": 3}, "against": "IRQ"}]}, "against itself"),
        ({"areas": [{**AREA, "series": {"1988-07": 3}}]}, "not a whole month before the start"),
        ({"people": {"XYZ": {"losses": [1, 2], "recruits": [1, 2], "reserve": [1, 2]}}}, "`XYZ`"),
        (
            {"people": {"IRN": {"losses": [1, 2], "recruits": [1, 2], "reserve": [0, 2]}}},
            "give a range above 0",
        ),
        ({"feels": {"IRN": {"people": [-1, 0]}}}, "has no people here"),
        ({"feels": {"IRN": {"equipment": [-1, 0]}}}, "has no equipment here"),
        ({"equipment": [{**TANKS, "actor": "XYZ"}]}, "`XYZ`"),
        ({"equipment": [TANKS, TANKS]}, "given twice"),
        ({"equipment": [{**TANKS, "stock": [0, 5]}]}, "give a range above 0"),
        ({"feels": {"IRN": {"aid": [-1, 0]}}}, "has no aid here"),
        ({"books": {"IRN": {**BOOKS, "coefficients": {"speed": [1, 2]}}}}, "no coefficient `speed`"),
        ({"books": {"IRN": {**BOOKS, "buffer": [-1, 2]}}}, "books.IRN.buffer"),
        ({"books": {"IRN": {**BOOKS, "relief": RELIEF}}}, "`x`"),
    ],
)
def test_each_fault_is_named(block, words):
    assert words in check({**FEELS, **block})


@pytest.mark.parametrize(
    "block",
    [
        {},
        {"feels": {}},
        {**FEELS, "mood": 1},
        {**FEELS, "months": 2},
        {**FEELS, "areas": [{**AREA, "size": 0}]},
    ],
)
def test_what_no_check_can_mend_is_refused_at_once(block):
    with pytest.raises(ValidationError):
        Ripeness.model_validate(block)


def test_the_coefficients_a_case_may_set_are_those_of_the_model():
    optional = {name for name, f in Economy.__dataclass_fields__.items() if isinstance(f.default, float)}
    assert set(COEFFICIENTS) == optional
