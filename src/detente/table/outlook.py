"""What no deal will be worth: its worth today, moved month by month by what the case says moves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.case.base import Range
from detente.case.model import Case
from detente.case.ripeness import Feels, Ripeness
from detente.errors import UsageError
from detente.methods.ripeness.worth import monthly, worth_paths
from detente.table.outlook_inputs import Levers, Money, Sampler, aid_flow, front, money, people_used, stream

Floats = NDArray[np.float64]

_FRONT, _PEOPLE, _AID, _MONEY, _WEIGHTS = range(1, 6)  # streams of random numbers

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
    people : mapping of actor to ndarray, shape (paths, months + 1)
        Tenths of its reserve used up.
    aid : mapping of actor to ndarray, shape (paths, months + 1)
        Aid received.
    money : mapping of actor to Money
    """

    worth: Floats
    parts: Mapping[str, Floats]
    held: Floats
    people: Mapping[str, Floats]
    aid: Mapping[str, Floats]
    money: Mapping[str, Money]

    def no_deal(self) -> Floats:
        """Return one worth for each path and actor: the mean of the year ahead, shape (paths, actors)."""
        return np.asarray(self.worth[:, 1 : AHEAD + 1].mean(axis=1))


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
    aid = {
        who: aid_flow(block, who, months, levers.aid, stream(seed, paths, _AID, ids.index(who)))
        for who in dict.fromkeys(a.to for a in block.aid)
    }
    books = {who: _money(case, who, (months, paths, seed), levers) for who in block.books}
    parts = _parts(block, ids, (ground, used, aid, books), stream(seed, paths, _WEIGHTS))
    total = sum(parts.values(), np.zeros((paths, months + 1, len(ids))))
    return Outlook(start[:, None, :] + total, parts, ground, used, aid, books)


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


def _parts(
    block: Ripeness,
    ids: list[str],
    found: tuple[Floats, Mapping[str, Floats], Mapping[str, Floats], Mapping[str, Money]],
    sample: Sampler,
) -> dict[str, Floats]:
    """Return the points each kind of driver adds, by kind."""
    ground, used, aid, books = found
    months = ground.shape[1] - 1
    drivers: dict[str, list[tuple[str, Floats]]] = {
        "front": [(area.id, 100 * ground[:, :, k] / area.size) for k, area in enumerate(block.areas)],
        "people": list(used.items()),
        "aid": [(who, _tenths_lost(path)) for who, path in aid.items()],
        "economy": [(who, monthly(m.parts.total, m.first, months)) for who, m in books.items()],
        "time": [("", np.broadcast_to(np.arange(months + 1.0), ground.shape[:2]))],
    }
    still = np.zeros((sample.paths, len(ids)))
    out = {}
    for kind, mine in drivers.items():
        if mine:
            w = np.zeros((sample.paths, len(ids), len(mine)))
            for who, feels in block.feels.items():
                for column, (name, _) in enumerate(mine):
                    span = _weight(feels, who, kind, name)
                    if span is not None:
                        w[:, ids.index(who), column] = sample(span)
            out[kind] = worth_paths(still, np.stack([path for _, path in mine], axis=2), w)
    return out


def _weight(feels: Feels, who: str, kind: str, name: str) -> Range | None:
    """Return how an actor feels a driver; its own people, aid and economy only."""
    if kind == "front":
        return feels.areas.get(name)
    if kind == "time":
        return feels.month
    if name != who:
        return None
    return {"people": feels.people, "aid": feels.aid, "economy": feels.pressure}[kind]


def _tenths_lost(path: Floats) -> Floats:
    """Return the tenths of the aid at the start that have gone."""
    first = path[:, :1]
    lost = np.divide(first - path, first, out=np.zeros_like(path), where=first > 0)
    return np.asarray(10 * lost)
