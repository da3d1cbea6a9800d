"""Acceptance rules: which coalitions carry a deal - everybody, vetoes with a quorum, weighted votes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ACTORS = 12
"""Most actors a rule covers: 4,096 coalitions. The brief asks for 2 to 12."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A monotone rule over P actors: who accepts decides whether there is a deal.

    Parameters
    ----------
    actors : int
        Number of actors P.
    carries : (2^P,) bool
        For each coalition, as a bit mask (bit p = actor p accepts), whether it carries a deal.
    text : str
        The rule in words.

    Raises
    ------
    ValueError
        If one more acceptance could undo a deal, or there are too many actors.
    """

    actors: int
    carries: NDArray[np.bool_]
    text: str

    def __post_init__(self) -> None:
        if not 1 <= self.actors <= ACTORS:
            raise ValueError(f"an acceptance rule covers 1 to {ACTORS} actors")
        if self.carries.shape != (1 << self.actors,):
            raise ValueError("an acceptance rule needs one entry for each coalition")
        masks = np.arange(1 << self.actors)
        for p in range(self.actors):
            if (self.carries & ~self.carries[masks | 1 << p]).any():
                raise ValueError("one more acceptance must never undo a deal")


def unanimity(actors: int) -> Rule:
    """Return the rule that everybody must accept.

    Examples
    --------
    >>> unanimity(2).carries.tolist()
    [False, False, False, True]
    """
    carries = np.zeros(1 << actors, dtype=bool)
    carries[-1] = True
    return Rule(actors, carries, "every actor must accept")


def quorum(actors: int, vetoes: Sequence[int], at_least: int) -> Rule:
    """Return the rule that all with a veto and at least so many of all actors must accept.

    Examples
    --------
    >>> quorum(3, [0], 2).carries.nonzero()[0].tolist()
    [3, 5, 7]
    """
    if not set(vetoes) <= set(range(actors)) or at_least > actors:
        raise ValueError("a veto belongs to one of the actors, and a quorum cannot exceed their number")
    masks = np.arange(1 << actors)
    veto = sum(1 << p for p in set(vetoes))
    votes = sum((masks >> p & 1) for p in range(actors))
    carries = ((masks & veto) == veto) & (votes >= at_least)
    return Rule(actors, carries, f"{len(set(vetoes))} with a veto and at least {at_least} of {actors} accept")


def weighted(weights: Sequence[float], need: float) -> Rule:
    """Return the rule that the weights of those who accept must reach a threshold.

    Examples
    --------
    >>> weighted([3, 2, 2], 4).carries.nonzero()[0].tolist()
    [3, 5, 6, 7]
    """
    if not np.isfinite([*weights, need]).all() or min(weights, default=-1) < 0:
        raise ValueError("weights must be finite and not negative")
    masks = np.arange(1 << len(weights))
    votes = sum(w * (masks >> p & 1) for p, w in enumerate(weights))
    return Rule(len(weights), np.asarray(votes >= need), f"votes of at least {need:g} of {sum(weights):g}")


def accepted_by(counts: Sequence[int], actors: int) -> list[int]:
    """Turn deals by who exactly accepts into deals by who at least accepts, for every coalition.

    Parameters
    ----------
    counts : (2^P,) int
        Number of deals accepted by exactly the coalition.
    actors : int

    Returns
    -------
    list of int
        |Z_S| for each coalition S; entry 0 is the whole space. Falls as S grows.

    Examples
    --------
    >>> accepted_by([1, 2, 0, 4], 2)
    [7, 6, 4, 4]
    """
    out = [int(c) for c in counts]
    for p in range(actors):
        for mask in range(1 << actors):
            if not mask >> p & 1:
                out[mask] += out[mask | 1 << p]
    return out


def coalitions(masks: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Write bit masks as tuples of actors, smallest first."""
    sets = [tuple(p for p in range(mask.bit_length()) if mask >> p & 1) for mask in masks]
    return tuple(sorted(sets, key=lambda s: (len(s), s)))


def blocking(zones: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return the minimal blocking coalitions: no deal suits them all, but one does without any of them.

    Parameters
    ----------
    zones : (2^P,) int
        As from `accepted_by`.

    Examples
    --------
    >>> blocking([5, 3, 2, 0, 4, 1, 1, 0])
    ((0, 1),)
    """
    return coalitions(
        [
            mask
            for mask, deals in enumerate(zones)
            if not deals and all(zones[mask & ~(1 << p)] for p in range(mask.bit_length()) if mask >> p & 1)
        ]
    )


def agreeing(zones: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return the maximal coalitions that share a deal.

    Examples
    --------
    >>> agreeing([5, 3, 2, 0, 4, 1, 1, 0])
    ((0, 2), (1, 2))
    """
    bits = (len(zones) - 1).bit_length()
    return coalitions(
        [
            mask
            for mask, deals in enumerate(zones)
            if deals and not any(zones[mask | 1 << p] for p in range(bits) if not mask >> p & 1)
        ]
    )
