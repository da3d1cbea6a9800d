"""Writes a conflict as the plain data of a .gmcr file."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import TooLarge
from detente.methods.graph_model.forms import NOBODY, Bools
from detente.methods.graph_model.model import ConflictModel
from detente.methods.graph_model.statements import Joined, Negation, Statement, Taken, holds, options_in

MAX_MENTIONED = 12
"""Judgement: a statement about more options than this has no readable list of cases."""

VERSION = "0.4.1"
"""The version of the format described and written."""


def as_gmcr(model: ConflictModel) -> dict[str, Any]:
    """Return a conflict as the data of a .gmcr file.

    Statements are written where every decision maker has them, rankings with ties otherwise. The format
    has no place for the status quo.

    Raises
    ------
    TooLarge
        If a statement speaks of more than 12 options.

    Examples
    --------
    >>> from detente.methods.graph_model.forms import OptionForm
    >>> form = OptionForm(1, (0,), ("fwd",), np.ones(2, dtype=bool))
    >>> model = ConflictModel("Door", form, np.array([[0, 1]]), ("Guard",), ("open",))
    >>> as_gmcr(model)["decisionMakers"][0]["preferenceRanking"]
    [2, 1]
    """
    place, ordered = _in_file_order(model)
    manual = not model.statements
    dms = []
    for n, name in enumerate(model.dms):
        entry: dict[str, Any] = {
            "name": name,
            "options": [place[k] for k in model.form.own(n)],
            "preferences": [] if manual else [_condition(s, place) for s in model.statements[n]],
            "preferenceRanking": _tiers(model.ranks[n], ordered),
        }
        if model.unseen is not None and model.unseen[n].any():
            cells = np.zeros(model.form.feasible.size, dtype=np.bool_)
            cells[model.form.codes] = model.unseen[n]
            entry["misperceptions"] = _cubes(cells, ~model.form.feasible, place)
        dms.append(entry)
    directions = dict(zip((place[k] for k in range(len(place))), model.form.direction, strict=True))
    names = dict(zip((place[k] for k in range(len(place))), model.options, strict=True))
    return {
        "options": [{"name": names[n], "permittedDirection": directions[n]} for n in range(len(place))],
        "decisionMakers": dms,
        "infeasibles": _cubes(~model.form.feasible, None, place),
        "useManualPreferenceRanking": manual,
        "coalitions": [list(b) if len(b) > 1 else b[0] for b in model.partition] or list(range(len(dms))),
        "program": "gmcr-py",
        "version": VERSION,
    }


def _in_file_order(model: ConflictModel) -> tuple[list[int], NDArray[np.int64]]:
    """Return each option's place in the file, and each state's ordered number there."""
    form = model.form
    order = [k for k in range(form.n_options) if form.owner[k] == NOBODY]
    order += [k for dm in range(form.dms) for k in form.own(dm)]
    place = [order.index(k) for k in range(form.n_options)]
    moved = np.zeros(form.n_states, dtype=np.int64)
    for k, n in enumerate(place):
        moved |= (form.codes.astype(np.int64) >> k & 1) << n
    numbers = np.empty(form.n_states, dtype=np.int64)
    numbers[np.argsort(moved)] = np.arange(1, form.n_states + 1)
    return place, numbers


def _tiers(ranks: NDArray[np.int32], numbers: NDArray[np.int64]) -> list[int | list[int]]:
    tiers = []
    for rank in range(int(ranks.max()), -1, -1):
        states = sorted(numbers[ranks == rank].tolist())
        tiers.append(states if len(states) > 1 else states[0])
    return tiers


def _condition(statement: Statement, place: list[int]) -> Any:
    simple = _conjunction(statement)
    if simple is not None:
        return [[place[k], "Y" if taken else "N"] for k, taken in simple]
    options = sorted(options_in(statement))
    if len(options) > MAX_MENTIONED:
        raise TooLarge(f"a statement speaks of {len(options)} options. Remedy: split it, or export rankings")
    cases = np.arange(1 << len(options))
    codes = sum((cases >> n & 1) << k for n, k in enumerate(options))
    members = [
        [[place[k], "Y" if case >> n & 1 else "N"] for n, k in enumerate(options)]
        for case in cases[holds(statement, np.asarray(codes))].tolist()
    ]
    if not members:
        # Nothing fulfils it: the format's way to say so is a condition that contradicts itself.
        return [[place[options[0]], "Y"], [place[options[0]], "N"]]
    return {"compound": True, "members": members}


def _conjunction(statement: Statement) -> list[tuple[int, bool]] | None:
    """Return the literals of a plain conjunction, None where it is anything else."""
    if isinstance(statement, Taken):
        return [(statement.option, True)]
    if isinstance(statement, Negation) and isinstance(statement.of, Taken):
        return [(statement.of.option, False)]
    if isinstance(statement, Joined) and statement.word == "and":
        left, right = _conjunction(statement.left), _conjunction(statement.right)
        return None if left is None or right is None else left + right
    return None


def _cubes(wanted: Bools, free: Bools | None, place: list[int]) -> list[list[list[Any]]]:
    """Return conditions that together hold in the wanted codes and in no other (free ones do not matter)."""
    found: list[list[list[Any]]] = []

    def split(mask: Bools, ignore: Bools, fixed: list[list[Any]]) -> None:
        if not mask.any():
            return
        if (mask | ignore).all() and fixed:
            found.append(fixed)
            return
        k = int(np.log2(mask.size)) - 1
        half = mask.size // 2
        split(mask[:half], ignore[:half], [*fixed, [place[k], "N"]])
        split(mask[half:], ignore[half:], [*fixed, [place[k], "Y"]])

    split(wanted, np.zeros_like(wanted) if free is None else free, [])
    return found
