"""What no deal will be worth: its worth today, moved month by month by what the case says moves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.case.base import Range
from detente.case.model import Case
from detente.case.ripeness import Feels, Ripeness
from detente.errors import UsageError
from detente.methods.ripeness.worth import monthly, worth_paths
from detente.table.outlook_forces import Flow, Used, aid_flows, equipment_used, people_used
from detente.table.outlook_inputs import Levers, Money, Sampler, front, money, stream

Floats = NDArray[np.float64]

_FRONT, _PEOPLE, _AID, _MONEY, _WEIGHTS, _EQUIPMENT = range(1, 7)  # streams of random numbers

AHEAD = 12
"""Months over which no deal is averaged when a single worth is asked for (judgement: a year of war)."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What waiting brings, path by path.

    Parameters
    ----------
    worth : ndarray, shape (paths, months + 1, actors)
        Worth of no deal on each actor's own scale; actors in file order.
    parts : mapping of driver to ndarray, shape (paths, months + 1, actors)
        Points each driver has added since the start; they add up to the change of `worth`.
    held : ndarray, shape (paths, months + 1, areas)
        Ground held by each area's advancing side.
    people : mapping of actor to Used
    equipment : mapping of kind to Used
    aid : mapping of actor to tuple of Flow
        Aid received, donor by donor.
    money : mapping of actor to Money
    """

    worth: Floats
    parts: Mapping[str, Floats]
    held: Floats
    people: Mapping[str, Used]
    equipment: Mapping[str, Used]
    aid: Mapping[str, tuple[Flow, ...]]
    money: Mapping[str, Money]

    def no_deal(self) -> Floats:
        """Return one worth for each path and actor: the mean of the year ahead, shape (paths, actors)."""
        return np.asarray(self.worth[:, 1 : AHEAD + 1].mean(axis=1))


def modelled_worth(case: Case, start: Floats, levers: Levers, seed: int) -> tuple[Floats, int]:
    """Return one worth of no deal for each path and actor, and over how many months it is the mean.

    That is the year ahead, or as far as the case says its ranges hold, if shorter.

    Parameters
    ----------
    start : ndarray, shape (paths, actors)
    """
    months = min(AHEAD, case.ripeness.months) if case.ripeness else AHEAD
    return look_ahead(case, start, months, levers, seed).no_deal(), months


def look_ahead(case: Case, start: Floats, months: int, levers: Levers, seed: int) -> Outlook:
    """Follow the worth of no deal from its start.

    Parameters
    ----------
    case : Case
        With a ripeness block.
    start : ndarray, shape (paths, actors)
        Worth of no deal today, as drawn from the case by `detente.table.draws`.
    months : int
        How far to look, at least 1.
    levers : Levers
    seed : int
        Every part of the block has a stream of its own, so that one lever leaves the other draws as they are.

    Raises
    ------
    UsageError
        If the case has no ripeness block.
    """
    block = case.ripeness
    if block is None:
        raise UsageError("the case has no `ripeness` block. Remedy: add what moves the worth of no deal")
    paths = len(start)
    ids = [a.id for a in case.actors]

    ground = front(block, months, levers, stream(seed, paths, _FRONT))
    used = {
        who: people_used(block, who, months, stream(seed, paths, _PEOPLE, ids.index(who)))
        for who in block.people
    }
    kinds = [e.id for e in block.equipment]
    gear = {
        kind: equipment_used(block, kind, months, stream(seed, paths, _EQUIPMENT, k + 1))
        for k, kind in enumerate(kinds)
    }
    aid = aid_of(case, months, levers.aid, (paths, seed))
    books = {who: _money(case, who, (months, paths, seed), levers) for who in block.books}
    found = Outlook(start[:, None, :], {}, ground, used, gear, aid, books)
    parts = _parts(block, ids, found, stream(seed, paths, _WEIGHTS))
    total = sum(parts.values(), np.zeros((paths, months + 1, len(ids))))
    return replace(found, worth=start[:, None, :] + total, parts=parts)


def aid_of(case: Case, months: int, fate: str, size: tuple[int, int]) -> dict[str, tuple[Flow, ...]]:
    """Return each actor's aid, donor by donor, under one fate; the draws are those of `look_ahead`.

    Parameters
    ----------
    size : (paths, seed)
    """
    block = case.ripeness
    assert block is not None
    paths, seed = size
    ids = [a.id for a in case.actors]
    return {
        who: aid_flows(block, who, months, fate, stream(seed, paths, _AID, ids.index(who)))
        for who in dict.fromkeys(a.to for a in block.aid)
    }


def relieved(case: Case, who: str, size: tuple[int, int, int], levers: Levers) -> Money:
    """Return an actor's books with full sanctions relief; every other draw is that of the outlook.

    Parameters
    ----------
    size : (months, paths, seed)
        As given to `look_ahead`.
    """
    return _money(case, who, size, levers, relief=1.0)


def _money(case: Case, who: str, size: tuple[int, int, int], levers: Levers, relief: float = 0.0) -> Money:
    months, paths, seed = size
    block = case.ripeness
    assert block is not None
    key = [a.id for a in case.actors].index(who)
    return money(block.books[who], months, levers, stream(seed, paths, _MONEY, key), relief)


def _parts(block: Ripeness, ids: list[str], found: Outlook, sample: Sampler) -> dict[str, Floats]:
    """Return the points each kind of driver adds, by kind."""
    months = found.held.shape[1] - 1
    still = np.zeros((sample.paths, len(ids)))
    out = {}
    for kind, mine in _drivers(block, found, months).items():
        if mine:
            w = np.zeros((sample.paths, len(ids), len(mine)))
            for who, feels in block.feels.items():
                for column, (name, _) in enumerate(mine):
                    span = _weight(feels, who, kind, name)
                    if span is not None:
                        w[:, ids.index(who), column] = sample(span)
            out[kind] = worth_paths(still, np.stack([path for _, path in mine], axis=2), w)
    return out


def _drivers(block: Ripeness, found: Outlook, months: int) -> dict[str, list[tuple[str, Floats]]]:
    """Return what moves the worth of no deal: by kind, whose or which it is, and its path."""
    return {
        "front": [(area.id, 100 * found.held[:, :, k] / area.size) for k, area in enumerate(block.areas)],
        "people": [(who, used.tenths) for who, used in found.people.items()],
        "aid": [
            (who, _tenths_lost(sum((f.path for f in flows), np.zeros(1)))) for who, flows in found.aid.items()
        ],
        "economy": [(who, monthly(m.parts.total, m.first, months)) for who, m in found.money.items()],
        "time": [("", np.broadcast_to(np.arange(months + 1.0), found.held.shape[:2]))],
        "equipment": [
            (who, np.mean([found.equipment[e.id].tenths for e in block.equipment if e.actor == who], axis=0))
            for who in dict.fromkeys(e.actor for e in block.equipment)
        ],
    }


def _weight(feels: Feels, who: str, kind: str, name: str) -> Range | None:
    """Return how an actor feels a driver; its own people, equipment, aid and economy only."""
    if kind == "front":
        return feels.areas.get(name)
    if kind == "time":
        return feels.month
    if name != who:
        return None
    own = {
        "people": feels.people,
        "equipment": feels.equipment,
        "aid": feels.aid,
        "economy": feels.pressure,
    }
    return own[kind]


def _tenths_lost(path: Floats) -> Floats:
    """Return the tenths of the aid at the start that have gone."""
    first = path[:, :1]
    lost = np.divide(first - path, first, out=np.zeros_like(path), where=first > 0)
    return np.asarray(10 * lost)
