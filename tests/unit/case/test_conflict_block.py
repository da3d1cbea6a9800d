"""The conflict block of a case: what it accepts and what it refuses."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from detente.case.checks_conflict import conflict_problems
from detente.case.conflict import Conflict
from detente.case.load import load_case

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
        ({"terms": [TERM], "responses": [{"id": "r", "actor": "B", "text": "x", "to": []}]}, "at least 1"),
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


def problems(**block):
    case = load_case("july-1914")
    return {
        p.where: p.message for p in conflict_problems(case.model_copy(update={"conflict": read(**block)}))
    }


def test_every_unknown_name_of_a_conflict_is_told_at_once():
    term = {**TERM, "when": {"troops": ["gone"]}, "becomes": {"war": "on"}, "effects": {"B": [0, 1]}}
    answer = {"actor": "GER", "text": "x"}
    answers = [{**answer, "id": "r", "to": ["h"]}, {**answer, "id": "halt", "to": ["halt"]}]
    found = problems(terms=[term], responses=answers)
    assert "no actor" in found["conflict.terms.halt.actor"]
    assert "B" in found["conflict.terms.halt.effects.B"]
    assert "gone" in " ".join(found.values())
    assert "war" in " ".join(found.values())
    assert "no term `h`" in found["conflict.responses.r.to.0"]
    assert "a term as well" in found["conflict.responses.halt"]


def test_a_written_conflict_names_its_decision_makers_once_and_its_own_options():
    maker = {"actor": "GER", "ranking": ["Y", "N"]}
    found = problems(
        options=[{**OPTION, "owner": "RUS"}, {**OPTION, "id": "b", "owner": "X"}],
        decision_makers=[maker, maker],
        status_quo=["stop"],
    )
    assert "no decision maker `RUS`" in found["conflict.options.attack.owner"]
    assert "no actor" in found["conflict.options.b.owner"]
    assert "twice" in found["conflict.decision_makers.1.actor"]
    assert "no option `stop`" in found["conflict.status_quo.0"]


def test_the_lens_refuses_such_a_conflict_without_a_traceback():
    from detente.errors import InputProblems
    from detente.lenses.stability import LENS, Options

    case = load_case("july-1914").model_copy(update={"conflict": read(terms=[TERM, {**TERM, "id": "b"}])})
    with pytest.raises(InputProblems) as caught:
        LENS.run(case, Options(draws=5))
    assert len(caught.value.problems) == 2
