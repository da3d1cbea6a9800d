"""Reads a file that describes one option nobody has put on the table yet."""

from __future__ import annotations

from pathlib import Path

from detente.case.checks_deals import later as check_later
from detente.case.checks_finding import names_of
from detente.case.model import Case
from detente.case.part_file import problem_in, read_part
from detente.case.parties import LaterOption
from detente.errors import InputProblems


def read_option(path: Path, case: Case) -> LaterOption:
    """Read one option as it would stand under ``later_options`` in a case.

    Parameters
    ----------
    path : Path
        A YAML file with id, issue, text, floated, after and, where they apply, accepts and rules_like.
    case : Case
        The case it is for.

    Raises
    ------
    InputProblems
        With every problem of the file.
    """
    file, option, problems = read_part(path, LaterOption)
    if option is not None:
        wider = case.model_copy(update={"later_options": (option,)})
        found = list(check_later(wider, names_of(wider)))
        if not any(f.severity == "error" for f in found) and not problems:
            return option
        problems += [problem_in(file, f, cut=2) for f in found]  # the check speaks of later_options.ID
    raise InputProblems(f"{path} does not describe an option of {case.id}", tuple(problems))
