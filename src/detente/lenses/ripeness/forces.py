"""What a war uses up, who keeps it going, and what each lever would do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detente.case import Case
from detente.case.ripeness import Ripeness
from detente.lenses.ripeness.result_material import DonorTime, ForceTime, LeverTime, fan, span
from detente.table.outlook import Outlook, aid_of, look_ahead
from detente.table.outlook_forces import SHRINKING, Used
from detente.table.outlook_inputs import Levers

Floats = NDArray[np.float64]

FATES = ("continues", "shrinks", "stops")
"""Fates of aid, in the order shown."""

OIL_STEP, BITE_STEP, PACE_STEP = 10.0, 0.5, 2.0
"""How far the page moves a lever to show what it does: dollars, part of the bite, factor (judgement)."""


def forces(block: Ripeness, outlook: Outlook) -> tuple[ForceTime, ...]:
    """Return people and each kind of equipment: lost, replaced, and the share of the reserve used up."""
    people = [(who, "", used) for who, used in outlook.people.items()]
    gear = [(e.actor, e.id, outlook.equipment[e.id]) for e in block.equipment]
    return tuple(_force(who, what, used) for who, what, used in (*people, *gear))


def _force(who: str, what: str, used: Used) -> ForceTime:
    return ForceTime(
        who,
        what,
        span(used.lost),
        span(used.replaced),
        fan(used.tenths / 10),
        float((used.tenths[:, -1] >= 10).mean()),
    )


def donors(case: Case, block: Ripeness, size: tuple[int, int]) -> tuple[DonorTime, ...]:
    """Return each donor's aid now and a year on, under every fate the case describes for it.

    Parameters
    ----------
    size : (paths, seed)
    """
    paths, seed = size
    flows = {fate: aid_of(case, SHRINKING, fate, (paths, seed)) for fate in FATES}
    found = []
    for who in dict.fromkeys(a.to for a in block.aid):
        written = [a for a in block.aid if a.to == who]
        for k, aid in enumerate(written):
            paths_by = {fate: flows[fate][who][k].path for fate in FATES if fate in aid.fates}
            now = span(paths_by["continues"][:, 0])
            ends = {str(fate): span(path[:, -1]) for fate, path in paths_by.items()}
            found.append(DonorTime(aid.from_, who, aid.unit, now, ends))
    return tuple(found)


def levers(case: Case, start: Floats, outlook: Outlook, moved: Levers, seed: int) -> tuple[LeverTime, ...]:
    """Return what each lever would change, one at a time, against the run as asked; on the same draws.

    Parameters
    ----------
    start : ndarray, shape (paths, actors)
        Worth of no deal today.
    outlook : Outlook
        The run as asked.
    moved : Levers
        Its levers.
    """
    block = case.ripeness
    assert block is not None
    months = outlook.worth.shape[1] - 1
    ids = [a.id for a in case.actors]
    found = []
    for name, tried in _steps(block, moved):
        other = look_ahead(case, start, months, tried, seed).worth[:, -1] - outlook.worth[:, -1]
        change = {
            who: span(other[:, ids.index(who)]) for who in block.feels if other[:, ids.index(who)].any()
        }
        found.append(LeverTime(name, change))
    return tuple(found)


def _steps(block: Ripeness, moved: Levers) -> list[tuple[str, Levers]]:
    """Return the levers the case has something for, each moved one step."""
    fates = [f for f in FATES if f != moved.aid and any(f in a.fates for a in block.aid)]
    steps = [(f"aid {fate}", replace(moved, aid=fate)) for fate in fates]
    if block.books:
        steps += [
            (f"oil {OIL_STEP:g} dollars cheaper", replace(moved, oil=moved.oil - OIL_STEP)),
            (f"oil {OIL_STEP:g} dollars dearer", replace(moved, oil=moved.oil + OIL_STEP)),
            (
                "sanctions bite half as much again",
                replace(moved, sanctions=moved.sanctions + BITE_STEP),
            ),
        ]
    if block.areas:
        steps += [
            ("ground changes hands twice as fast", replace(moved, pace=moved.pace * PACE_STEP)),
            ("ground changes hands half as fast", replace(moved, pace=moved.pace / PACE_STEP)),
        ]
    return steps
