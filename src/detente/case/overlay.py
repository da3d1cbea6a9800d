"""Applies edits to a case on trial: a new valid case comes out, the file is never altered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from detente.case.checks_errors import ERRORS
from detente.case.checks_finding import names_of
from detente.case.edits import Edit, Overlay, shown
from detente.case.load_words import faults_of, findings
from detente.case.model import Case
from detente.case.overlay_change import at_spot, done, overlap, paired
from detente.case.overlay_paths import At, Unplaced, find, read_value
from detente.case.schema import model_schema
from detente.case.yamlfile_spot import Spot, below, holds, spell
from detente.errors import InputProblems, Problem

__all__ = ["Edit", "Overlay", "apply", "apply_typed", "parse_edits", "shown", "value_at"]

_OWN_IDS = ("actors", "stakes", "issues", "readings")
"""Parts whose ids other parts use: an edit there can make anything else wrong."""


def parse_edits(items: Iterable[str], why: str = "", who: str = "") -> tuple[Edit, ...]:
    """Return edits typed as ``path=value``.

    Raises
    ------
    InputProblems
        With every item that cannot be read.

    Examples
    --------
    >>> parse_edits(["no_deal.RUS.shift=-20 to 0"])[0].value
    [-20, 0]
    """
    edits, problems = _parsed(items, why, who)
    if problems:
        raise InputProblems("the edits cannot be read", problems)
    return edits


def _parsed(
    items: Iterable[str], why: str = "", who: str = ""
) -> tuple[tuple[Edit, ...], tuple[Problem, ...]]:
    """Return what can be read, and what is wrong with the rest."""
    edits, problems = [], []
    for item in items:
        path, equals, text = item.partition("=")
        try:
            if not (path.strip() and equals):
                raise Unplaced(f"`{item[:60]}` is not path=value", "write no_deal.RUS.shift=[-20, 0]")
            edits.append(Edit(path=path.strip(), value=read_value(text), why=why, who=who))
        except Unplaced as error:
            problems.append(Problem("--set", None, path.strip()[:60], error.message, error.remedy))
        except ValidationError:
            problems.append(Problem("--set", None, path[:60], "the path is too long", "shorten it"))
    return tuple(edits), tuple(problems)


def apply_typed(case: Case, items: Iterable[str]) -> Case:
    """Return the case with edits typed as ``path=value``.

    Raises
    ------
    InputProblems
        With everything that is wrong with any of them.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> apply_typed(load_case("minsk-2015"), []).variant is None
    True
    """
    edits, problems = _parsed(items)
    if problems:
        _, more = _placed(case, _data(case), edits, "--set", [None] * len(edits))
        raise InputProblems(f"the edits of {case.id} cannot be used", (*problems, *more))
    return apply(case, Overlay(edits=edits))


def apply(case: Case, overlay: Overlay, name: str = "--set", lines: Sequence[int | None] = ()) -> Case:
    """Return the case as the edits would have it.

    An edited judgement says so: its basis becomes that of the edit, and its note what stood there before.
    A variant can be edited again; the edits then add up.

    Parameters
    ----------
    case : Case
        Stays as it is.
    overlay : Overlay
        Edits with paths as typed; those of the result, ``variant``, are spelled in full.
    name : str
        The file, for messages.
    lines : sequence of int, optional
        Line of each edit in that file.

    Raises
    ------
    InputProblems
        With everything that is wrong, in the words a check of the case would use.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> case = load_case("alaska-2025")
    >>> other = apply(case, Overlay(edits=parse_edits(["preferences.russia.line.salience=20 to 30"])))
    >>> other.preferences["RUS"]["line"].salience.low, other.preferences["RUS"]["line"].basis
    (20.0, 'guess')
    >>> other.digest.startswith(case.digest + "+"), case.variant is None
    (True, True)
    """
    if not overlay.edits:
        return case
    data = _data(case)
    where = (*lines, *[None] * (len(overlay.edits) - len(lines)))
    placed, problems = _placed(case, data, overlay.edits, name, where)
    if problems:
        raise InputProblems(_title(overlay, case), problems)
    made = [done(case, data, at, edit) for at, edit in placed]
    touched = {str(at.spot[0]) for at, _ in placed}
    fresh = _validated(case, data, touched)
    spots = {at.spot: line for (at, _), line in zip(placed, where, strict=True)}
    if fresh is None:
        raise InputProblems(_title(overlay, case), _faults(data, name, spots))
    names = names_of(fresh, within=None if touched & set(_OWN_IDS) else touched)
    wrong = [finding for check in ERRORS for finding in check(fresh, names)]
    if wrong:
        said = (_problem(data, f.spot, (f.message, f.remedy), name, spots) for f in wrong)
        raise InputProblems(_title(overlay, case), tuple(dict.fromkeys(said)))
    fresh._variant = _summed(case, overlay, made)
    fresh._geometry = case.geometry
    return fresh


def value_at(case: Case, path: str) -> Any:
    """Return what stands at a place, as plain data with ranges as ``[low, high]``; None where nothing does.

    Raises
    ------
    InputProblems
        If there can be no such place.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> value_at(load_case("alaska-2025"), "no_deal.russia.shift")
    [-10, 10]
    """
    data = _data(case)
    try:
        return paired(at_spot(data, find(case, data, path).spot))
    except Unplaced as error:
        raise InputProblems(
            f"{case.id} has no such place", (Problem("", None, path, error.message, error.remedy),)
        ) from None


def _data(case: Case) -> dict[str, Any]:
    return case.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"sources", "evidence"})


def _title(overlay: Overlay, case: Case) -> str:
    return f"{overlay.name or 'this variant'} of {case.id} cannot be used"


def _placed(
    case: Case, data: dict[str, Any], edits: Sequence[Edit], name: str, lines: Sequence[int | None]
) -> tuple[list[tuple[At, Edit]], tuple[Problem, ...]]:
    """Return the edits with their places, and what is wrong with any of them."""
    placed: list[tuple[At, Edit]] = []
    problems: list[Problem] = []
    for edit, line in zip(edits, lines, strict=True):
        try:
            at = find(case, data, edit.path)
            other = next((o for o, _ in placed if overlap(o.spot, at.spot)), None)
            if other is not None:
                raise Unplaced(f"it touches the same place as {other.path}", "keep one of the two")
            placed.append((at, edit))
        except Unplaced as error:
            problems.append(Problem(name, line, edit.path, error.message, error.remedy))
    return placed, tuple(problems)


def _validated(case: Case, data: dict[str, Any], touched: set[str]) -> Case | None:
    """Return the case with the touched parts read anew, or None where one does not fit the format."""
    given = {name: getattr(case, name) for name in type(case).model_fields}
    try:
        for name in touched:
            if holds(data, name):
                given[name] = _reader(name).validate_json(json.dumps(data[name]), strict=True)
            else:
                given[name] = Case.model_fields[name].get_default(call_default_factory=True)
    except (ValidationError, TypeError):
        return None
    if any(Case.model_fields[n].is_required() and not holds(data, n) for n in touched):
        return None
    return Case.model_construct(set(case.model_fields_set | touched), **given)


@cache
def _reader(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(Case.model_fields[name].rebuild_annotation())


def _faults(data: dict[str, Any], name: str, spots: dict[Spot, int | None]) -> tuple[Problem, ...]:
    """Return what does not fit the format, in words."""
    try:
        Case.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        found = findings(faults_of(error, data), model_schema(Case))
        said = (_problem(data, f.spot, (f.message, f.remedy), name, spots) for f in found)
        return tuple(dict.fromkeys(said))
    except TypeError as error:
        return (Problem(name, None, "", f"a value cannot be read: {error}", "write numbers, words or lists"),)
    return (Problem(name, None, "", "the values do not fit together", "try one edit at a time"),)


def _problem(
    data: Any, spot: Spot, said: tuple[str, str], name: str, spots: dict[Spot, int | None]
) -> Problem:
    """Tie a problem to the edit it is about, where one is."""
    placed: Spot = ()
    here = data
    for step in spot:
        if isinstance(here, list) and isinstance(step, str):
            step = next((n for n, x in enumerate(here) if isinstance(x, dict) and x.get("id") == step), step)  # noqa: PLW2901
        placed, here = (*placed, step), below(here, step)
    line = next((line for edited, line in spots.items() if overlap(edited, placed)), None)
    return Problem(name, line, spell(data, placed), *said)


def _summed(case: Case, overlay: Overlay, made: list[Edit]) -> Overlay:
    """Return all edits that lead from the case on file to the variant."""
    before = case.variant
    kept = {e.path: e for e in before.edits} if before else {}
    for edit in made:
        first = kept.get(edit.path)
        kept = {p: e for p, e in kept.items() if not f"{p}.".startswith(f"{edit.path}.")}
        kept[edit.path] = edit.model_copy(update={"was": first.was}) if first else edit
    own = overlay.model_copy() if overlay.name or not before else before
    return own.model_copy(
        update={
            "of": case.id,
            "base": before.base if before else case.digest,
            "edits": tuple(kept[path] for path in sorted(kept)),
        }
    )
