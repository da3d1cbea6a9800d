"""Preferences by option prioritising: ordered statements about options, most important first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.methods.graph_model.forms import Bools, Ints, OptionForm

MAX_DEPTH = 60
"""Judgement: deeper nesting is a slip or an attack, never a preference."""

PACK = 32
"""Statements scored in one whole number before it is shortened to ranks: 2**32 times 2**24 states fits."""

MAX_WORDS = 400
"""Judgement: the same of longer statements."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An option is taken."""

    option: int


@dataclass(frozen=True, slots=True)
class Negation:
    """A statement does not hold."""

    of: Statement


@dataclass(frozen=True, slots=True)
class Joined:
    """Two statements joined: both, either, the first if the second, or each exactly when the other."""

    word: str
    left: Statement
    right: Statement


Statement = Taken | Negation | Joined

_TOKEN = re.compile(r"\s*(?:(?P<name>\w+)|(?P<sign>[()&|!~-]))", re.ASCII)
_SIGNS = {"&": "and", "|": "or", "!": "not", "~": "not", "-": "not", "(": "(", ")": ")"}
_WORDS = ("and", "or", "not", "if", "iff")


def holds(statement: Statement, codes: Ints) -> Bools:
    """Return in which option codes a statement holds.

    Examples
    --------
    >>> holds(parse("a if b", {"a": 0, "b": 1}), np.arange(4)).tolist()
    [True, True, False, True]
    """
    if isinstance(statement, Taken):
        return np.asarray(codes >> statement.option & 1, dtype=np.bool_)
    if isinstance(statement, Negation):
        return ~holds(statement.of, codes)
    left, right = holds(statement.left, codes), holds(statement.right, codes)
    return np.asarray(
        {"and": left & right, "or": left | right, "if": left | ~right, "iff": left == right}[statement.word]
    )


def options_in(statement: Statement) -> frozenset[int]:
    """Return the options a statement speaks of."""
    if isinstance(statement, Taken):
        return frozenset([statement.option])
    if isinstance(statement, Negation):
        return options_in(statement.of)
    return options_in(statement.left) | options_in(statement.right)


def parse(text: str, names: Mapping[str, int]) -> Statement:
    """Read a statement such as ``release if not (escalate or attack)``.

    Words are `not`, `and`, `or`, `if`, `iff` (also ``- & |``); `not` binds closest, then `and`, then `or`,
    then `if` and `iff`.

    Parameters
    ----------
    text : str
        The statement.
    names : mapping of str to int
        Option names to option numbers.

    Raises
    ------
    ValueError
        If it cannot be read; says where and what was expected.

    Examples
    --------
    >>> parse("not a and b", {"a": 0, "b": 1})
    Joined(word='and', left=Negation(of=Taken(option=0)), right=Taken(option=1))
    """
    reader = _Reader(text, _tokens(text), names)
    found = reader.condition(0)
    if reader.tokens:
        raise ValueError(f"`{text}`: `{reader.tokens[0]}` is one word too many")
    return found


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(
                f"`{text}`: cannot read `{text[at:].strip()[:20]}`; use option names and {_WORDS}"
            )
        name = match["name"]
        tokens.append(_SIGNS[match["sign"]] if name is None else name)
        at = match.end()
    if len(tokens) > MAX_WORDS:
        raise ValueError(f"`{text[:40]}...`: longer than {MAX_WORDS} words; split it into several statements")
    return [t.lower() if t.lower() in _WORDS else t for t in tokens]


@dataclass(slots=True)
class _Reader:
    text: str
    tokens: list[str]
    names: Mapping[str, int]

    def condition(self, depth: int) -> Statement:
        found = self._chain("or", depth)
        if self.tokens and self.tokens[0] in ("if", "iff"):
            return Joined(self.tokens.pop(0), found, self._chain("or", depth))
        return found

    def _chain(self, word: str, depth: int) -> Statement:
        def part() -> Statement:
            return self._chain("and", depth) if word == "or" else self._single(depth)

        found = part()
        while self.tokens and self.tokens[0] == word:
            self.tokens.pop(0)
            found = Joined(word, found, part())
        return found

    def _single(self, depth: int) -> Statement:
        if depth > MAX_DEPTH:
            raise ValueError(f"`{self.text[:40]}...`: nested deeper than {MAX_DEPTH} levels")
        if not self.tokens:
            raise ValueError(f"`{self.text}`: it ends where an option was expected")
        token = self.tokens.pop(0)
        if token == "not":
            return Negation(self._single(depth + 1))
        if token == "(":
            inner = self.condition(depth + 1)
            if not self.tokens or self.tokens.pop(0) != ")":
                raise ValueError(f"`{self.text}`: a bracket is not closed")
            return inner
        if token not in self.names:
            known = ", ".join(self.names)
            raise ValueError(f"`{self.text}`: `{token}` is not an option; options are {known}")
        return Taken(self.names[token])


def prioritise(form: OptionForm, statements: Sequence[Statement]) -> NDArray[np.int32]:
    """Return dense ranks of the states by ordered statements, most important first.

    A state is better than another if it fulfils the first statement on which they differ: the order of
    the sums of ``2**(T - k)`` over the statements k = 1..T that hold, without a limit on T.

    References
    ----------
    Fang, Hipel, Kilgour & Peng 2003, doi:10.1109/TSMCC.2003.809361 (option prioritising).

    Examples
    --------
    >>> form = OptionForm(2, (0, 1), ("both", "both"), np.ones(4, dtype=bool))
    >>> prioritise(form, [parse("not b", {"a": 0, "b": 1}), parse("a", {"a": 0, "b": 1})]).tolist()
    [2, 3, 0, 1]
    """
    return rank_codes(form.codes, statements)


def rank_codes(codes: Ints, statements: Sequence[Statement]) -> NDArray[np.int32]:
    """Return dense ranks of some option codes among themselves by ordered statements.

    Examples
    --------
    >>> rank_codes(np.array([3, 0]), [Negation(Taken(0))]).tolist()
    [0, 1]
    """
    score = np.zeros(codes.size, dtype=np.int64)
    for n, statement in enumerate(statements):
        if n and n % PACK == 0:
            score = np.unique(score, return_inverse=True)[1].astype(np.int64)
        score = 2 * score + holds(statement, codes)
    return np.unique(score, return_inverse=True)[1].astype(np.int32)


def infeasible(n_options: int, statements: Sequence[Statement]) -> Bools:
    """Return in which of all option codes some statement holds.

    Examples
    --------
    >>> infeasible(2, [parse("a and b", {"a": 0, "b": 1})]).tolist()
    [False, False, False, True]
    """
    codes = np.arange(2**n_options, dtype=np.int32)
    hit = np.zeros(codes.size, dtype=np.bool_)
    for statement in statements:
        hit |= holds(statement, codes)
    return hit
