"""The value of one input at which an answer changes sides, by halving the interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

STEPS = 7
"""Halvings: the crossing is known to 1/128 of the interval. Judgement: finer than anybody codes a range."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where an answer changes sides.

    Parameters
    ----------
    low, high : float
        The crossing lies between these two values.
    rising : bool
        Whether the answer is above the threshold on the far side, not on the near one.
    """

    low: float
    high: float
    rising: bool

    @property
    def at(self) -> float:
        """The middle of what is left of the interval."""
        return (self.low + self.high) / 2


def crossing(
    above: Callable[[float], bool], start: tuple[float, bool], end: tuple[float, bool], steps: int = STEPS
) -> Crossing | None:
    """Return a value between two at which the answer changes sides; None where both ends agree.

    Where the answer crosses more than once, this is one of the crossings.

    Parameters
    ----------
    above : callable
        Whether the answer at a value lies at or above the threshold.
    start, end : pair of (float, bool)
        Two values and their answers; `end` may be the smaller.
    steps : int

    Examples
    --------
    >>> found = crossing(lambda v: v >= 3.0, (0.0, False), (8.0, True))
    >>> found.low <= 3.0 <= found.high, found.rising, crossing(lambda v: True, (0, True), (1, True))
    (True, True, None)
    """
    (near, first), (far, last) = start, end
    if first == last:
        return None
    for _ in range(steps):
        middle = (near + far) / 2
        if above(middle) == first:
            near = middle
        else:
            far = middle
    return Crossing(min(near, far), max(near, far), last)
