"""Reads a file that describes one option nobody has put on the table yet."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from detente.case.checks_deals import later as check_later
from detente.case.checks_finding import names_of
from detente.case.load_words import faults_of, findings
from detente.case.model import Case
from detente.case.parties import LaterOption
from detente.case.schema import model_schema
from detente.case.yamlfile import read_yaml
from detente.case.yamlfile_spot import spell
from detente.errors import InputProblems, Problem


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
    file = read_yaml(path)
    problems = list(file.problems)
    if file.usable:
        try:
            option = LaterOption.model_validate(file.data)
        except ValidationError as error:
            found = list(findings(faults_of(error, file.data), model_schema(LaterOption)))
            cut = 0
        else:
            wider = case.model_copy(update={"later_options": (option,)})
            found = list(check_later(wider, names_of(wider)))
            cut = 2  # the check speaks of later_options.ID
            if not any(f.severity == "error" for f in found) and not problems:
                return option
        for f in found:
            spot = f.spot[cut:]
            problems.append(
                Problem(str(path), file.lines.get(spot), spell(file.data, spot), f.message, f.remedy)
            )
    raise InputProblems(f"{path} does not describe an option of {case.id}", tuple(problems))
