"""Every error detente raises on purpose, each with what happened and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what a user wrote.

    Parameters
    ----------
    file : str
        The file as the user named it.
    line : int or None
        Line in that file, counted from 1; None where the file as a whole is meant.
    where : str
        The place in the file's own words, such as ``issues.line.options.freeze``.
    message : str
        What is wrong.
    remedy : str
        What to do about it.
    severity : {"error", "warning"}
        An error stops the analysis; a warning does not.

    Examples
    --------
    >>> print(Problem("case.yaml", 3, "as_of", "no date", "write as_of: 2025-08-14"))
    case.yaml:3: as_of: no date. Remedy: write as_of: 2025-08-14
    """

    file: str
    line: int | None
    where: str
    message: str
    remedy: str = ""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        where = f" {self.where}:" if self.where else ""
        remedy = f" Remedy: {self.remedy}" if self.remedy else ""
        return f"{place}:{where} {self.message.rstrip('.')}.{remedy}"


class DetenteError(Exception):
    """Base of all errors detente raises on purpose; never shown with a traceback."""

    slug = "error"
    """Anchor of the explanation on docs/reference/errors.md."""


class InputProblems(DetenteError):
    """What a user wrote cannot be used; carries every problem at once.

    Parameters
    ----------
    title : str
        What was being read, for the first line of the message.
    problems : tuple of Problem
        All of them, errors first.
    """

    slug = "input-problems"

    def __init__(self, title: str, problems: tuple[Problem, ...]) -> None:
        self.title = title
        self.problems = problems
        super().__init__(f"{title}\n" + "\n".join(f"  {p}" for p in problems))


class UsageError(DetenteError):
    """The command or call itself asks for something that cannot be done."""

    slug = "usage"


class MissingExtra(DetenteError):
    """An optional dependency is not installed.

    Parameters
    ----------
    purpose : str
        What was asked for.
    extra : str
        The extra that brings it.
    """

    slug = "missing-extra"

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(f"{purpose} needs an optional part. Remedy: pip install 'detente[{extra}]'")


class TooLarge(DetenteError):
    """A computation would exceed a stated limit; says the limit and the way out."""

    slug = "too-large"


_WORDS = {
    "greater_than_equal": "must be at least {ge:,}",
    "greater_than": "must be more than {gt:,}",
    "less_than_equal": "must be at most {le:,}",
    "less_than": "must be less than {lt:,}",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "bool_parsing": "must be true or false",
    "literal_error": "must be one of {expected}",
}


def in_words(detail: ErrorDetails) -> str:
    """Return what is wrong with one value a user typed, as a person would say it.

    Examples
    --------
    >>> in_words({"type": "less_than_equal", "loc": (), "msg": "", "input": 9, "ctx": {"le": 6}})
    'must be at most 6'
    """
    words = _WORDS.get(detail["type"])
    return words.format(**detail.get("ctx", {})) if words else detail["msg"].lower()
