"""Whole-number utilities of deals: points of options, interactions, and what no deal is worth."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.methods.space import Space

Ints = NDArray[np.int64]

MICRO = 1_000_000
"""Units in a point where points have fractions (micro-points); whole points keep a unit of 1."""

LIMIT = 2**31
"""Bound on the size of any utility or gain, so that cross products fit in 63 bits."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """Points that depend on the options of several issues together (a package effect).

    Parameters
    ----------
    issues : tuple of int
        Two or more issues.
    points : (m_a, m_b, ..., P) int64
        What each combination adds, in the unit of the utilities.
    """

    issues: tuple[int, ...]
    points: Ints


@dataclass(frozen=True, slots=True)
class Utilities:
    """What deals are worth to P actors, in whole units: sums, ties and counts are exact.

    Parameters
    ----------
    space : Space
        Issues, options and forbidden combinations.
    points : tuple of (m_i, P) int64
        Points of each option of each issue.
    reserve : tuple of int or None
        Worth of no deal to each actor; None accepts anything.
    interactions : tuple of Interaction
        Package effects.
    unit : int
        Units in one point: 1 or 1,000,000.

    Raises
    ------
    ValueError
        If shapes differ or sums could leave 31 bits.
    """

    space: Space
    points: tuple[Ints, ...]
    reserve: tuple[int | None, ...]
    interactions: tuple[Interaction, ...] = ()
    unit: int = 1

    def __post_init__(self) -> None:
        _check_shapes(self)
        size = sum(np.abs(table).max(axis=0) for table in self.points)
        for interaction in self.interactions:
            size = size + np.abs(interaction.points).reshape(-1, self.actors).max(axis=0)
        size = size + np.array([abs(d or 0) for d in self.reserve])
        if np.max(size) >= LIMIT:
            raise ValueError(
                "points are too large to be added exactly: their sums must stay below 2^31 units"
            )

    @property
    def actors(self) -> int:
        """Number of actors."""
        return len(self.reserve)

    @property
    def resolution(self) -> float:
        """Largest rounding of a deal's utility, in points."""
        terms = len(self.points) + len(self.interactions)
        return 0.0 if self.unit == 1 else terms / 2 / self.unit

    def totals(self, deals: ArrayLike) -> Ints:
        """Return the utilities of deals (D, I) as (D, P) units."""
        rows = np.asarray(deals, dtype=np.int64)
        out = np.zeros((len(rows), self.actors), dtype=np.int64)
        for issue, table in enumerate(self.points):
            out += table[rows[:, issue]]
        for interaction in self.interactions:
            out += interaction.points[tuple(rows[:, i] for i in interaction.issues)]
        return out

    def gains(self, deals: ArrayLike) -> Ints:
        """Return the gains over no deal (D, P); an actor that accepts anything gains its utility."""
        return self.totals(deals) - np.array([d or 0 for d in self.reserve], dtype=np.int64)

    def only(self, actors: Sequence[int]) -> Utilities:
        """Return the utilities of some of the actors, in the order given."""
        chosen = list(actors)
        return Utilities(
            self.space,
            tuple(table[:, chosen] for table in self.points),
            tuple(self.reserve[p] for p in chosen),
            tuple(Interaction(w.issues, w.points[..., chosen]) for w in self.interactions),
            self.unit,
        )

    def with_reserve(self, reserve: Sequence[int | None]) -> Utilities:
        """Return the same utilities with other worths of no deal."""
        return Utilities(self.space, self.points, tuple(reserve), self.interactions, self.unit)

    @property
    def digest(self) -> str:
        """Short fingerprint of everything the answers depend on."""
        parts: list[Any] = [self.space.sizes, self.space.forbidden, self.reserve, self.unit]
        parts += [table.tolist() for table in self.points]
        parts += [(w.issues, w.points.tolist()) for w in self.interactions]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _check_shapes(utilities: Utilities) -> None:
    sizes, actors = utilities.space.sizes, utilities.actors
    if not actors:
        raise ValueError("there must be at least one actor")
    if [table.shape for table in utilities.points] != [(m, actors) for m in sizes]:
        raise ValueError("points need one row for each option and one column for each actor")
    for w in utilities.interactions:
        if len(set(w.issues)) < len(w.issues) or len(w.issues) < 2:
            raise ValueError("an interaction names at least two different issues")
        if not all(0 <= i < len(sizes) for i in w.issues):
            raise ValueError("an interaction names an issue that does not exist")
        if w.points.shape != (*(sizes[i] for i in w.issues), actors):
            raise ValueError("an interaction needs one number for each combination and actor")


def _whole(values: Sequence[NDArray[np.float64]]) -> bool:
    return all(bool((np.rint(v) == v).all()) for v in values)


def utilities_of(
    space: Space,
    points: Sequence[ArrayLike],
    reserve: ArrayLike,
    interactions: Sequence[tuple[Sequence[int], ArrayLike]] = (),
) -> Utilities:
    """Round points to whole units: as they are where all are whole, to micro-points otherwise.

    Parameters
    ----------
    space : Space
    points : per issue (m_i, P) float
        Points of each option for each actor.
    reserve : (P,) float
        Worth of no deal; minus infinity for an actor that accepts anything.
    interactions : sequence of (issues, (m_a, m_b, ..., P) float)
        Package effects.

    Raises
    ------
    ValueError
        If a number is missing or infinite (but for a reserve of minus infinity), or too large.

    Examples
    --------
    >>> u = utilities_of(Space((2, 2)), [[[3, 0], [0, 2]], [[1, 0], [0, 4]]], [1, 1])
    >>> u.unit, u.totals([[0, 1]]).tolist(), u.gains([[0, 1]]).tolist()
    (1, [[3, 4]], [[2, 3]])
    >>> utilities_of(Space((2,)), [[[0.5], [0.25]]], [float("-inf")]).points[0].tolist()
    [[500000], [250000]]
    """
    tables = [np.asarray(table, dtype=np.float64) for table in points]
    extras = [(tuple(issues), np.asarray(table, dtype=np.float64)) for issues, table in interactions]
    floor = np.asarray(reserve, dtype=np.float64)
    finite = floor[floor != -np.inf]
    numbers = [*tables, *(table for _, table in extras), finite]
    if not all(np.isfinite(v).all() for v in numbers):
        raise ValueError("points and worths must be finite numbers; only a worth of no deal may be -infinity")
    unit = 1 if _whole(numbers) else MICRO
    if any(v.size and np.abs(v).max() * unit >= LIMIT for v in numbers):
        raise ValueError("points are too large to be added exactly: their sums must stay below 2^31 units")
    return Utilities(
        space,
        tuple(np.rint(table * unit).astype(np.int64) for table in tables),
        tuple(None if d == -np.inf else int(np.rint(d * unit)) for d in floor.tolist()),
        tuple(Interaction(issues, np.rint(table * unit).astype(np.int64)) for issues, table in extras),
        unit,
    )
