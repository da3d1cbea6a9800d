"""Reads and writes the .gmcr files of the desktop tool GMCR+, from a description of the format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.errors import InputProblems, Problem
from detente.exchange.gmcr_export import as_gmcr
from detente.exchange.gmcr_parse import Condition, GmcrDm, GmcrFile, Order, Reader, Simple
from detente.methods.graph_model.forms import NOBODY, Bools, OptionForm
from detente.methods.graph_model.model import ConflictModel
from detente.methods.graph_model.ranking import from_order
from detente.methods.graph_model.statements import (
    Joined,
    Negation,
    Statement,
    Taken,
    holds,
    infeasible,
    prioritise,
)

MAX_BYTES = 50_000_000
"""Judgement: a file for the largest conflict we accept is smaller."""


def read_gmcr(path: Path) -> ConflictModel:
    """Read a .gmcr file.

    Raises
    ------
    InputProblems
        If the file cannot be used; lists everything that is wrong with it.
    """
    name = str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _unusable(name, f"the file is larger than {MAX_BYTES // 10**6} MB", "is it the right file?")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _unusable(name, f"cannot open it: {error.strerror}", "check the name") from error
    except UnicodeDecodeError as error:
        raise _unusable(name, "it is not text in UTF-8", "save it as UTF-8") from error
    return parse_gmcr(text, name)


def parse_gmcr(text: str, name: str = "conflict.gmcr") -> ConflictModel:
    """Read the text of a .gmcr file.

    States are numbered as the format does: options are first re-ordered, unowned ones before each
    decision maker's own; feasible codes in ascending order are states 1, 2, ... (0, 1, ... inside).

    Raises
    ------
    InputProblems
        If it cannot be used; lists everything that is wrong with it.

    Examples
    --------
    >>> model = parse_gmcr('''{"options": [{"name": "attack", "permittedDirection": "both"}],
    ...   "decisionMakers": [{"name": "A", "options": [0], "preferences": [[[0, "N"]]]}],
    ...   "infeasibles": [], "useManualPreferenceRanking": false}''')
    >>> model.dms, model.ranks.tolist()
    (('A',), [[1, 0]])
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        problem = Problem(
            name, error.lineno, "", f"this is no JSON: {error.msg}", "mend the line or export anew"
        )
        raise InputProblems(f"{name} cannot be read", (problem,)) from error
    except RecursionError as error:
        raise _unusable(name, "it is nested too deeply", "export it anew") from error
    reader = Reader(name)
    parts = reader.read(data)
    model = _build(parts, reader, Path(name).stem) if parts is not None and reader.numbered else None
    if model is None or reader.problems:
        raise InputProblems(f"{name} cannot be used", tuple(reader.problems))
    return model


def write_gmcr(model: ConflictModel, path: Path) -> None:
    """Write a conflict as a .gmcr file; reading it back gives the same conflict."""
    text = json.dumps(as_gmcr(model), indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def _unusable(name: str, message: str, remedy: str) -> InputProblems:
    return InputProblems(f"{name} cannot be read", (Problem(name, None, "", message, remedy),))


def _build(parts: GmcrFile, reader: Reader, title: str) -> ConflictModel | None:
    """Put the conflict together, numbering options and states as the format does."""
    owned = [o for dm in parts.dms for o in dm.options]
    order = [o for o in range(len(parts.names)) if o not in owned] + owned
    place = {option: n for n, option in enumerate(order)}
    banned = [_all(c, place) for c in dict.fromkeys(parts.infeasibles)]
    feasible = ~infeasible(len(order), banned)
    if not feasible.any():
        reader.problem("infeasibles", "no state is left", "delete a condition")
        return None
    owner = {o: n for n, dm in enumerate(parts.dms) for o in dm.options}
    form = OptionForm(
        dms=len(parts.dms),
        owner=tuple(owner.get(o, NOBODY) for o in order),
        direction=tuple(parts.directions[o] for o in order),
        feasible=feasible,
    )
    statements = tuple(tuple(_any(c, place) for c in dict.fromkeys(dm.preferences)) for dm in parts.dms)
    names = tuple(parts.names[o] for o in order)
    rows = []
    for n, dm in enumerate(parts.dms):
        given = statements[n]
        rows.append(_ranked(dm, form, reader, n) if parts.manual else prioritise(form, given))
    if reader.problems:
        return None
    model = ConflictModel(
        title=title,
        form=form,
        ranks=np.array(rows),
        dms=tuple(dm.name for dm in parts.dms),
        options=names,
        unseen=_unseen(parts, form, place),
        partition=parts.partition,
        notes=tuple(_notes(parts)),
    )
    if parts.manual:
        return model
    wording = tuple(tuple(_said(c, parts.names) for c in dict.fromkeys(dm.preferences)) for dm in parts.dms)
    return replace(model, statements=statements, wording=wording)


def _all(condition: Simple, place: dict[int, int]) -> Statement:
    parts: list[Statement] = [
        Taken(place[o]) if taken else Negation(Taken(place[o])) for o, taken in condition
    ]
    found = parts[0]
    for part in parts[1:]:
        found = Joined("and", found, part)
    return found


def _any(condition: Condition, place: dict[int, int]) -> Statement:
    found = _all(condition[0], place)
    for member in condition[1:]:
        found = Joined("or", found, _all(member, place))
    return found


def _said(condition: Condition, names: tuple[str, ...]) -> str:
    members = [" and ".join(names[o] if y else f"not {names[o]}" for o, y in m) for m in condition]
    return " or ".join(f"({m})" if len(members) > 1 else m for m in members)


def _ranked(dm: GmcrDm, form: OptionForm, reader: Reader, number: int) -> NDArray[np.int32]:
    where = f"decisionMakers[{number}].preferenceRanking"
    if any(p.where.startswith(where) for p in reader.problems):
        return np.zeros(form.n_states, dtype=np.int32)
    named = [s for tier in dm.ranking for s in tier]
    known = set(range(1, form.n_states + 1))
    wrong = {
        "does not exist": sorted(set(named) - known),
        "is missing": sorted(known - set(named)),
        "stands twice": sorted({s for s in named if s in known and named.count(s) > 1}),
    }
    for what, states in wrong.items():
        if states:
            listed = ", ".join(map(str, states[:10])) + (" ..." if len(states) > 10 else "")
            reader.problem(where, f"state {listed} {what}", f"rank each state from 1 to {form.n_states} once")
    if any(wrong.values()):
        return np.zeros(form.n_states, dtype=np.int32)
    return from_order(_from_zero(dm.ranking), form.n_states)


def _from_zero(ranking: Order) -> list[list[int]]:
    return [[s - 1 for s in tier] for tier in ranking]


def _unseen(parts: GmcrFile, form: OptionForm, place: dict[int, int]) -> Bools | None:
    unseen = np.zeros((form.dms, form.n_states), dtype=np.bool_)
    for n, dm in enumerate(parts.dms):
        for condition in dm.misperceptions:
            unseen[n] |= holds(_all(condition, place), form.codes)
    return unseen if unseen.any() else None


def _notes(parts: GmcrFile) -> Iterator[str]:
    for dm in parts.dms:
        if not parts.manual and not dm.preferences:
            yield f"{dm.name} states no preference and is taken to be indifferent between all states."
        repeated = len(dm.preferences) - len(set(dm.preferences))
        if repeated:
            yield f"{dm.name} repeats {repeated} of its statements; each counts once."
