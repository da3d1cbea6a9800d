"""Whose acceptance makes a deal: everybody with a veto, and k of n others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whose acceptance makes a deal: everybody with a veto, and at least so many of the voters.

    Parameters
    ----------
    vetoes : tuple of int
        Actors who must all accept.
    voters : tuple of int
        Actors the quorum counts; those with a veto may be among them.
    at_least : int
        How many of the voters must accept; 0 where there is no quorum.

    Examples
    --------
    >>> Agreement((0,), (0, 1, 2), 2).coalitions
    ((0, 1), (0, 2))
    """

    vetoes: tuple[int, ...]
    voters: tuple[int, ...] = ()
    at_least: int = 0

    @property
    def others(self) -> tuple[int, ...]:
        """Voters without a veto."""
        return tuple(p for p in self.voters if p not in self.vetoes)

    @property
    def more(self) -> int:
        """How many of the others must accept."""
        return max(0, self.at_least - len(set(self.voters) & set(self.vetoes)))

    @property
    def counted(self) -> tuple[int, ...]:
        """All whose acceptance counts, those with a veto first."""
        return (*self.vetoes, *(self.others if self.more else ()))

    @property
    def numbered(self) -> Agreement:
        """The same agreement over `counted` alone, with actors numbered in that order.

        Examples
        --------
        >>> Agreement((4,), (4, 7, 9), 2).numbered
        Agreement(vetoes=(0,), voters=(1, 2), at_least=1)
        """
        places = range(len(self.counted))
        count = len(self.vetoes)
        return Agreement(tuple(places[:count]), tuple(places[count:]), self.more)

    @property
    def coalitions(self) -> tuple[tuple[int, ...], ...]:
        """The smallest sets of actors whose acceptance is enough."""
        return tuple((*self.vetoes, *extra) for extra in combinations(self.others, self.more))

    def least(self, gains: NDArray[Any], axis: int = -1) -> NDArray[Any]:
        """Return what the agreement hangs on: the gain of the last actor it needs.

        The smallest gain among those with a veto, or what the last of enough others gains if that is less. It
        is not below zero exactly where those who do not lose are enough.

        Parameters
        ----------
        gains : array with the actors along one axis
        axis : int

        Raises
        ------
        ValueError
            If nobody's acceptance counts.

        Examples
        --------
        >>> Agreement((0,), (1, 2, 3), 2).least(np.array([5, -1, 3, 2])).tolist()
        2
        """
        each = np.moveaxis(np.asarray(gains), axis, 0)
        last = [each[list(self.vetoes)].min(axis=0)] if self.vetoes else []
        if self.more:
            last.append(np.sort(each[list(self.others)], axis=0)[-self.more])
        if not last:
            raise ValueError("an agreement needs somebody whose acceptance counts")
        return np.asarray(np.minimum(last[0], last[-1]))

    def stopping(self, accepted: Sequence[bool] | NDArray[np.bool_]) -> tuple[int, ...]:
        """Return who stops what these actors accept: those with a veto, and others where too few accept.

        Examples
        --------
        >>> rule = Agreement((0,), (1, 2, 3), 2)
        >>> rule.stopping([False, True, False, True]), rule.stopping([True, True, False, False])
        ((0,), (2, 3))
        """
        refusing = [p for p in self.others if not accepted[p]]
        enough = len(self.others) - len(refusing) >= self.more
        return (*(p for p in self.vetoes if not accepted[p]), *(() if enough else refusing))

    def carries(self, accepted: NDArray[np.bool_], axis: int = -1) -> NDArray[np.bool_]:
        """Return whether those who accept are enough: everybody with a veto, and enough others.

        Parameters
        ----------
        accepted : bool array with the actors along one axis
        axis : int

        Examples
        --------
        >>> rule = Agreement((0,), (0, 1, 2), 2)
        >>> rule.carries(np.array([[True, False, True], [False, True, True]])).tolist()
        [True, False]
        """
        each = np.moveaxis(np.asarray(accepted, dtype=bool), axis, 0)
        votes = each[list(self.others)].sum(axis=0)
        return np.asarray(each[list(self.vetoes)].all(axis=0) & (votes >= self.more))
