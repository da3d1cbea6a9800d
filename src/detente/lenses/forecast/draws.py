"""Draws over the stated ranges of a case; each range has its own stream, so filters change no number."""

from __future__ import annotations

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.lenses.forecast.seats import Seat, Span, Table, place_of

Array = NDArray[np.float64]

_LEAST = 1e-3  # capability or salience, 0 to 100, below which an actor would drop out of the arithmetic


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the generator that belongs to a name under a seed.

    Examples
    --------
    >>> stream(1, "a").random() == stream(1, "a").random() != stream(1, "b").random()
    True
    """
    return np.random.default_rng((seed, crc32(name.encode())))


def within(span: Span, draws: int, rng: np.random.Generator) -> Array:
    """Return uniform draws over a stated range."""
    return rng.uniform(*span, draws)


def capabilities(table: Table, draws: int, seed: int) -> Array:
    """Return capability draws, shape (draws, seats); an actor's are the same on every issue."""
    return _columns([within(s.capability, draws, stream(seed, f"capability {s.actor}")) for s in table.seats])


def saliences(table: Table, draws: int, seed: int) -> Array:
    """Return salience draws, shape (draws, seats)."""
    names = [f"salience {table.issue} {s.actor}" for s in table.seats]
    return _columns(
        [within(s.salience, draws, stream(seed, n)) for s, n in zip(table.seats, names, strict=True)]
    )


def _columns(columns: list[Array]) -> Array:
    return np.maximum(np.column_stack(columns), _LEAST)


def losses(case: Case, table: Table, seats: list[Seat], salience: Array, seed: int) -> Array | None:
    """Return what each seat would lose on this issue if talks fail, shape (draws, seats).

    A stated worth W of no deal (0 to 100, over all issues) counts as a deal at distance 10 sqrt(100 - W) on
    every issue. "About as good as a deal" counts as that deal's place here; points added to or taken from
    its worth are spread over the issues in proportion to salience. Both follow from losses that grow with
    the square of the distance. None where somebody's no deal has no place on the scale.
    """
    columns = []
    for k, seat in enumerate(seats):
        squared = _distance_squared(case, table, seat, len(salience), seed)
        if squared is None:
            return None
        columns.append(salience[:, k] * squared)
    return np.column_stack(columns)


def _distance_squared(case: Case, table: Table, seat: Seat, draws: int, seed: int) -> Array | None:
    worth = case.no_deal.worth.get(seat.actor)
    rng = stream(seed, f"no deal {seat.actor}")
    if worth is not None and worth.worth is not None:
        return 100 * (100 - within((worth.worth.low, worth.worth.high), draws, rng))
    option = case.no_deal.options.get(table.issue)
    if worth is not None and worth.like is not None:
        option = worth.like.get(table.issue, option)
    place = None if option is None else place_of(case.issue(table.issue), option)
    if place is None:
        return None
    shift = np.zeros(draws)
    if worth is not None and worth.shift is not None:
        shift = within((worth.shift.low, worth.shift.high), draws, rng)
    return (place - seat.position) ** 2 - 100 * shift
