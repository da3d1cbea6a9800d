"""Reads a small YAML file that holds one part by itself: a variant, an estimate, an option."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from detente.case.base import Model
from detente.case.checks_finding import Finding
from detente.case.load_words import faults_of, findings
from detente.case.schema import model_schema
from detente.case.yamlfile import YamlFile, read_yaml
from detente.case.yamlfile_spot import line_of, spell
from detente.errors import Problem

M = TypeVar("M", bound=Model)


def read_part(path: Path, kind: type[M]) -> tuple[YamlFile, M | None, list[Problem]]:
    """Read a file as one kind of part.

    Parameters
    ----------
    path : Path
    kind : type
        A model of the case format.

    Returns
    -------
    file : YamlFile
    part : model or None
        None where its format is not right.
    problems : list of Problem
        All that is wrong with file and format; there may be some beside a part.
    """
    file = read_yaml(path)
    problems = list(file.problems)
    if not file.usable:
        return file, None, problems
    try:
        return file, kind.model_validate(file.data), problems
    except ValidationError as error:
        found = findings(faults_of(error, file.data), model_schema(kind))
        return file, None, [*problems, *(problem_in(file, f) for f in found)]


def problem_in(file: YamlFile, finding: Finding, cut: int = 0) -> Problem:
    """Tie a finding to its line, or to the nearest around it; `cut` leaves out steps above the file's own."""
    spot = finding.spot[cut:]
    line = line_of(file.lines, spot)
    return Problem(file.name, line, spell(file.data, spot), finding.message, finding.remedy)
