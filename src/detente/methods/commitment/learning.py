"""Fighting as argument: battles teach both sides until their beliefs meet (Slantchev 2003)."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Belief:
    """What a side believes about A's chance to win a battle: a Beta distribution.

    Parameters
    ----------
    wins, losses : float
        Its two parameters, above 0; their sum is how firmly it is held, counted in battles.
    """

    wins: float
    losses: float

    def __post_init__(self) -> None:
        if not (self.wins > 0 and self.losses > 0):
            raise ValueError("both parameters of a belief must be above 0")

    @property
    def mean(self) -> float:
        """Expected chance that A wins a battle."""
        return self.wins / (self.wins + self.losses)

    def after(self, won: int, lost: int) -> Belief:
        """Return the belief after so many battles won and lost by A."""
        return Belief(self.wins + won, self.losses + lost)


def gap(a: Belief, b: Belief) -> float:
    """Return by how much A thinks better of its own chance than B does."""
    return a.mean - b.mean


def ready_to_settle(a: Belief, b: Belief, costs: float) -> bool:
    """Tell whether a share exists that both prefer to fighting on: the gap is no larger than the joint costs.

    Parameters
    ----------
    a, b : Belief
        What A and B believe about A's strength.
    costs : float
        Both sides' costs together, as a share of the prize.

    Examples
    --------
    >>> ready_to_settle(Belief(8, 2), Belief(2, 8), 0.2)
    False
    """
    return gap(a, b) <= costs + 1e-12  # equality settles; rounding must not undo it


def battles_to_settle(a: Belief, b: Belief, costs: float) -> int:
    """Return how many battles it takes, whatever their results, when both hold their beliefs equally firmly.

    Then both learn at the same pace and the gap after ``n`` battles is ``(aA - aB) / (s + n)``, so
    ``n* = (aA - aB) / costs - s``, rounded up.

    Raises
    ------
    ValueError
        If the beliefs are not equally firm (the number then depends on who wins) or costs are not above 0.

    References
    ----------
    B. L. Slantchev, The Principle of Convergence in Wartime Negotiations, American Political Science
    Review 97 (2003), doi:10.1017/S0003055403000911. A reduced form of it: learning only, no bargaining
    delay as a signal.

    Examples
    --------
    >>> battles_to_settle(Belief(8, 2), Belief(2, 8), 0.2)
    20
    """
    firmness = a.wins + a.losses
    if not math.isclose(firmness, b.wins + b.losses):
        raise ValueError("the two beliefs are not equally firm: the number depends on who wins the battles")
    if not costs > 0:
        raise ValueError("joint costs must be above 0, or beliefs would have to agree exactly")
    return max(0, math.ceil((a.wins - b.wins) / costs - firmness - 1e-9))
