"""Draws of what a war uses up and what keeps it going: people, equipment, and aid donor by donor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.case.base import Range
from detente.case.ripeness import Aid, Ripeness
from detente.table.outlook_inputs import Sampler

Floats = NDArray[np.float64]

SHRINKING = 12
"""Months until a flow of aid has reached its fate (judgement: budgets are yearly)."""


@dataclass(frozen=True, slots=True)
class Used:
    """A reserve drawn down by losses beyond what replaces them.

    Parameters
    ----------
    lost, replaced : ndarray, shape (paths,)
        A month.
    tenths : ndarray, shape (paths, months + 1)
        Tenths of the reserve used up since the start, 0 to 10.
    """

    lost: Floats
    replaced: Floats
    tenths: Floats


@dataclass(frozen=True, slots=True)
class Flow:
    """Aid of one donor to one actor.

    Parameters
    ----------
    donor, to : str
        The donor as the case names it, and the actor who receives.
    path : ndarray, shape (paths, months + 1)
        Amount, in the case's unit.
    """

    donor: str
    to: str
    path: Floats


def people_used(ripeness: Ripeness, who: str, months: int, sample: Sampler) -> Used:
    """Return what an actor's reserve of people loses."""
    people = ripeness.people[who]
    return _used((people.losses, people.recruits, people.reserve), months, sample)


def equipment_used(ripeness: Ripeness, kind: str, months: int, sample: Sampler) -> Used:
    """Return what the stock of one kind of equipment loses."""
    item = next(e for e in ripeness.equipment if e.id == kind)
    return _used((item.losses, item.built, item.stock), months, sample)


def _used(spans: tuple[Range, Range, Range], months: int, sample: Sampler) -> Used:
    lost, replaced, reserve = (sample(span) for span in spans)
    tenths = 10 * (lost - replaced)[:, None] * np.arange(months + 1) / reserve[:, None]
    return Used(lost, replaced, np.clip(tenths, 0, 10))


def aid_flows(ripeness: Ripeness, who: str, months: int, fate: str, sample: Sampler) -> tuple[Flow, ...]:
    """Return an actor's aid, donor by donor.

    A flow starts at its amount and reaches the factor of its fate within a year; a donor without that fate
    goes on as now. Every fate takes as many draws, so that fates are compared on the same luck.
    """
    return tuple(
        Flow(aid.from_, who, _flow(aid, months, fate, sample)) for aid in ripeness.aid if aid.to == who
    )


def _flow(aid: Aid, months: int, fate: str, sample: Sampler) -> Floats:
    amount = sample(aid.amount)
    end = sample(next((span for name, span in aid.fates.items() if name == fate), aid.fates["continues"]))
    reached = np.minimum(1, np.arange(months + 1) / SHRINKING)
    return np.asarray(amount[:, None] * (1 + (end[:, None] - 1) * reached))
