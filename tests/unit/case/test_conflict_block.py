"""The conflict block of a case: what it accepts and what it refuses."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from detente.case.conflict import Conflict

TERM = {"id": "halt", "actor": "A", "term": "halts its attacks", "text": "resume its attacks"}
OPTION = {"id": "attack", "owner": "A", "text": "attack"}


def read(**block):
    return Conflict.model_validate(block)


def test_terms_alone_are_enough_and_default_to_a_guess():
    conflict = read(terms=[TERM])
    assert conflict.terms[0].basis == "guess"
    assert conflict.terms[0].when == {}


def test_effects_are_ranges():
    conflict = read(terms=[{**TERM, "effects": {"A": [-10, -2]}}])
    assert conflict.terms[0].effects["A"].mid == -6


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({}, "give `terms` to generate one"),
        ({"options": [OPTION]}, "owner: A is unknown"),
        ({"terms": [TERM, TERM]}, "halt stands twice"),
        (
            {"terms": [TERM], "responses": [{"id": "r", "actor": "B", "text": "x", "to": ["h"]}]},
            "h is unknown",
        ),
        ({"terms": [TERM], "responses": [{"id": "r", "actor": "B", "text": "x", "to": []}]}, "at least 1"),
        ({"options": [{**OPTION, "owner": None}], "status_quo": ["stop"]}, "stop is unknown"),
        (
            {"options": [OPTION], "decision_makers": [{"actor": "A", "statements": ["a"], "ranking": ["Y"]}]},
            "not both",
        ),
        ({"terms": [{**TERM, "sanction": 1}]}, "Extra inputs"),
    ],
)
def test_what_makes_no_sense_is_refused(block, words):
    with pytest.raises(ValidationError, match=words):
        read(**block)
