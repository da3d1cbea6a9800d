"""Several analysts' saliences side by side: one small file each, kept apart from the case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from detente.case.base import Id, Model, Range
from detente.case.edits import VARIANT_NAME
from detente.case.folders import is_bundled
from detente.case.model import Case
from detente.case.part_file import read_part
from detente.case.write_yaml import inline
from detente.errors import InputProblems, Problem, UsageError
from detente.files import write_whole


class Estimates(Model):
    """How much one analyst thinks the issues matter to the actors."""

    format: Literal[1] = 1
    """Version of this file format."""
    analyst: str = Field(min_length=1, max_length=200)
    """Who answers for them."""
    of: str = ""
    """Id of the case."""
    how: str = Field(default="", max_length=200)
    """How they were found: swing weights, comparisons in pairs."""
    note: str = Field(default="", max_length=2000)
    saliences: dict[Id, dict[Id, Range]] = Field(min_length=1)
    """Actor to issue to range, 0 to 100."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One actor's salience on one issue, as the case and several analysts see it.

    Parameters
    ----------
    actor, issue : str
    on_file : (low, high)
    said : tuple of (analyst, low, high)
    low, high : float
        Ends of all analysts' ranges together.
    apart : bool
        Whether two analysts' ranges do not even touch.
    """

    actor: str
    issue: str
    on_file: tuple[float, float]
    said: tuple[tuple[str, float, float], ...]
    low: float
    high: float
    apart: bool


def read_estimates(folder: Path, case: Case) -> tuple[tuple[Estimates, ...], tuple[Problem, ...]]:
    """Return what all analysts said that can be used, and what is wrong with the rest.

    Parameters
    ----------
    folder : Path
        Holds one .yaml file for each analyst.
    case : Case
        What they are about.
    """
    found: list[Estimates] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        try:
            found.append(read_estimate(file, case))
        except InputProblems as error:
            problems += error.problems
    return tuple(found), tuple(problems)


def read_estimate(path: Path, case: Case) -> Estimates:
    """Return what one analyst said.

    Raises
    ------
    InputProblems
        With every problem of the file.
    """
    file, made, problems = read_part(path, Estimates)
    if made is not None:
        problems += _strange(made, case, file.name)
        if not problems:
            return made
    raise InputProblems(f"{path} cannot be used", tuple(problems))


def _strange(made: Estimates, case: Case, name: str) -> list[Problem]:
    """Return places that the case does not have, and ranges off the scale."""
    found = []
    for actor, issues in made.saliences.items():
        for issue, span in issues.items():
            where = f"saliences.{actor}.{issue}"
            if issue not in case.preferences.get(actor, {}):
                found.append(
                    Problem(name, None, where, f"{case.id} has no such preference", "use ids of the case")
                )
            elif not 0 <= span.low <= span.high <= 100:
                found.append(Problem(name, None, where, "it leaves the scale", "keep to 0 to 100"))
    if made.of and made.of != case.id:
        found.append(
            Problem(name, None, "of", f"it is about {made.of}, not {case.id}", "use it with its own case")
        )
    return found


def spreads(case: Case, said: tuple[Estimates, ...]) -> tuple[Spread, ...]:
    """Return every salience that some analyst estimated, in the order of the case."""
    found = []
    for actor, views in case.preferences.items():
        for issue, view in views.items():
            own = [
                (e.analyst, span.low, span.high)
                for e in said
                if (span := e.saliences.get(actor, {}).get(issue)) is not None
            ]
            if own:
                low, high = min(s[1] for s in own), max(s[2] for s in own)
                apart = max(s[1] for s in own) > min(s[2] for s in own)
                on_file = (view.salience.low, view.salience.high)
                found.append(Spread(actor, issue, on_file, tuple(own), low, high, apart))
    return tuple(found)


def save_estimate(made: Estimates, name: str, folder: Path) -> tuple[Path, str]:
    """Write one analyst's estimates, adding to those already in that analyst's file.

    Raises
    ------
    UsageError
        If the name cannot be one, or the folder cannot be written.
    """
    if not re.match(VARIANT_NAME, name):
        raise UsageError(f"'{name[:60]}' cannot be a name. Remedy: small letters, digits and hyphens")
    if is_bundled(folder):
        raise UsageError("bundled cases are read-only. Remedy: name a folder of your own with --variants")
    path = folder / f"{name}.yaml"
    text = estimate_text(made)
    write_whole(path, text.encode(), "choose another folder for variants")
    return path, text


def estimate_text(made: Estimates) -> str:
    """Return estimates as their file says them, one value a line.

    Examples
    --------
    >>> print(estimate_text(Estimates(analyst="A", saliences={"RUS": {"line": (50, 60)}})), end="")
    format: 1
    analyst: A
    saliences:
      RUS:
        line: [50, 60]
    """
    lines = ["format: 1"]
    lines += [f"{key}: {inline(v)}" for key in ("analyst", "of", "how", "note") if (v := getattr(made, key))]
    lines.append("saliences:")
    for actor, issues in sorted(made.saliences.items()):
        lines.append(f"  {actor}:")
        lines += [f"    {issue}: [{span.low:g}, {span.high:g}]" for issue, span in sorted(issues.items())]
    return "\n".join(lines) + "\n"
