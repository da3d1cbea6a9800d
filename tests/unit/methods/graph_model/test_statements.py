"""Statements: reading, evaluating, ranking, and no limit on their number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.methods.graph_model import OptionForm
from detente.methods.graph_model.statements import holds, infeasible, options_in, parse, prioritise

NAMES = {"a": 0, "b": 1, "c": 2}
CODES = np.arange(8)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a", lambda a, b, c: a),
        ("not a", lambda a, b, c: not a),
        ("-a & b", lambda a, b, c: not a and b),
        ("a or b and c", lambda a, b, c: a or (b and c)),
        ("(a | b) and c", lambda a, b, c: (a or b) and c),
        ("a if b or c", lambda a, b, c: a or not (b or c)),
        ("a IFF not b", lambda a, b, c: a == (not b)),
        ("not (a if b)", lambda a, b, c: b and not a),
        ("not not ~a", lambda a, b, c: not a),
    ],
)
def test_meaning(text, meaning):
    wanted = [meaning(*(bool(s >> k & 1) for k in range(3))) for s in range(8)]
    assert holds(parse(text, NAMES), CODES).tolist() == wanted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "ends where an option"),
        ("a and", "ends where an option"),
        ("a b", "one word too many"),
        ("(a or b", "not closed"),
        ("a + b", "cannot read"),
        ("a and d", "`d` is not an option; options are a, b, c"),
        ("a if b if c", "one word too many"),
        ("(" * 100 + "a" + ")" * 100, "nested deeper"),
        ("not " * 100 + "a", "nested deeper"),
        ("a or " * 5000 + "a", "longer than 400 words"),
    ],
)
def test_what_cannot_be_read_says_so(text, words):
    with pytest.raises(ValueError, match=words):
        parse(text, NAMES)


def test_options_a_statement_speaks_of():
    assert options_in(parse("a if not (c or a)", NAMES)) == {0, 2}


def test_infeasible_is_the_union():
    assert infeasible(2, [parse("a and b", NAMES), parse("not a and not b", NAMES)]).tolist() == [
        True,
        False,
        False,
        True,
    ]


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=200))
def test_any_number_of_statements_ranks_as_the_sum_of_powers_of_two(terms):
    form = OptionForm(1, (0,) * 4, ("both",) * 4, np.ones(16, dtype=bool))
    names = {f"o{k}": k for k in range(4)}
    statements = [parse(f"{'' if yes else 'not '}o{k}", names) for k, yes in terms]
    scores = [
        sum(2 ** (len(terms) - n) for n, (k, yes) in enumerate(terms, 1) if (s >> k & 1) == yes)
        for s in range(16)
    ]
    wanted = [sorted(set(scores)).index(score) for score in scores]
    assert prioritise(form, statements).tolist() == wanted
