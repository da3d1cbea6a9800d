"""The war of attrition: two sides that pay by the year, and who gives up first."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attrition:
    """Quitting rates a year in the mixed equilibrium, and what follows from them.

    Parameters
    ----------
    first, second : float
        Hazard a year at which each side gives up.
    """

    first: float
    second: float

    @property
    def ends(self) -> float:
        """Hazard a year at which the war ends by either side giving up."""
        return self.first + self.second

    @property
    def first_quits_first(self) -> float:
        """Probability that the first side is the one to give up."""
        return self.first / self.ends

    def ended_by(self, years: float) -> float:
        """Return the probability that the war has ended within so many years."""
        if not years >= 0:
            raise ValueError(f"years are counted from 0 up, not {years}")
        return -math.expm1(-self.ends * years)


def war_of_attrition(
    cost_first: float, cost_second: float, prize_first: float, prize_second: float
) -> Attrition:
    """Return the mixed equilibrium of the war of attrition.

    Each side gives up at the rate that makes the other indifferent: side 1 at ``c2 / V2``, side 2 at
    ``c1 / V1``. So raising a side's cost does not make *that* side quit sooner; it makes the other one
    quit sooner or later. This is a feature of the equilibrium, and a reason not to read it as a forecast.

    Parameters
    ----------
    cost_first, cost_second : float
        Cost a year, above 0.
    prize_first, prize_second : float
        Worth of winning, in the unit of the costs, above 0.

    Raises
    ------
    ValueError
        If a cost or prize is not above 0.

    References
    ----------
    J. Maynard Smith, The theory of games and the evolution of animal conflicts, Journal of Theoretical
    Biology 47 (1974), doi:10.1016/0022-5193(74)90110-6.

    Examples
    --------
    >>> war = war_of_attrition(0.08, 0.12, 1.0, 0.9)
    >>> round(war.first, 5), round(war.second, 5), round(war.ended_by(1), 5), round(war.first_quits_first, 3)
    (0.13333, 0.08, 0.19211, 0.625)
    """
    for number in (cost_first, cost_second, prize_first, prize_second):
        if not 0 < number < math.inf:
            raise ValueError(f"costs and prizes are numbers above 0, not {number}")
    return Attrition(cost_second / prize_second, cost_first / prize_first)
