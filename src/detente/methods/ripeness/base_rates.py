"""How often wars that have lasted as long as this one end within a year or two."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z90 = 1.6449
"""Standard normal point with five per cent above it."""


@dataclass(frozen=True, slots=True)
class BaseRate:
    """A share of past wars.

    Parameters
    ----------
    group : str
        Which wars.
    lasted : float
        Years they had lasted.
    within_12, within_24 : float
        Share that ended within so many months from then.
    ended_12 : int
        How many ended within twelve months.

    Examples
    --------
    >>> [round(end, 2) for end in BaseRate("wars", 3.5, 0.12, 0.17, 5).range_12]
    [0.06, 0.23]
    """

    group: str
    lasted: float
    within_12: float
    within_24: float
    ended_12: int

    @property
    def range_12(self) -> tuple[float, float]:
        """Return the 90% score interval of the share within twelve months.

        How many lasted so long follows from the share and the number that ended (E. B. Wilson, Journal of the
        American Statistical Association 22 (1927), 209-212, doi:10.1080/01621459.1927.10502953).
        """
        p, n = self.within_12, self.ended_12 / self.within_12
        middle, width = p + Z90**2 / (2 * n), Z90 * math.sqrt(p * (1 - p) / n + Z90**2 / (4 * n * n))
        scale = 1 + Z90**2 / n
        return (middle - width) / scale, (middle + width) / scale


SOURCE = (
    "Own count from UCDP Conflict Termination (dyads, v3-2021) and UCDP/PRIO Armed Conflict, 1946-2020: "
    "J. Kreutz, Journal of Peace Research 47 (2010), 243-250, doi:10.1177/0022343309353108"
)

RATES = (
    BaseRate("all conflicts between two sides", 3.5, 0.17, 0.26, 33),
    BaseRate("those at war intensity", 3.5, 0.14, 0.21, 13),
    BaseRate("those over territory at war intensity", 3.5, 0.12, 0.17, 5),
)
"""Shares of conflicts that ended, given they had lasted three and a half years (own count, see SOURCE)."""

NEAR = 1.0
"""Years from the age counted at which the shares are still shown (judgement)."""


def base_rates(lasted: float) -> tuple[BaseRate, ...]:
    """Return the base rates for a war of this age; none where the age is too far from the one counted.

    Parameters
    ----------
    lasted : float
        Years since the war began, not negative.

    Raises
    ------
    ValueError
        If the age is negative or not a number.

    Examples
    --------
    >>> [rate.within_12 for rate in base_rates(3.47)], base_rates(8.0)
    ([0.17, 0.14, 0.12], ())
    """
    if not lasted >= 0:
        raise ValueError(f"a war has lasted some years, not {lasted}")
    return tuple(rate for rate in RATES if abs(rate.lasted - lasted) <= NEAR)
