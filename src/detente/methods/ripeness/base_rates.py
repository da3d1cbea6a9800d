"""How often wars that have lasted as long as this one end within a year or two."""

from __future__ import annotations

from dataclasses import dataclass


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
    """

    group: str
    lasted: float
    within_12: float
    within_24: float


SOURCE = (
    "Own count from UCDP Conflict Termination (dyads, v3-2021) and UCDP/PRIO Armed Conflict, 1946-2020: "
    "J. Kreutz, Journal of Peace Research 47 (2010), 243-250, doi:10.1177/0022343309353108"
)

RATES = (
    BaseRate("all conflicts between two sides", 3.5, 0.17, 0.26),
    BaseRate("those at war intensity", 3.5, 0.14, 0.21),
    BaseRate("those over territory at war intensity", 3.5, 0.12, 0.17),
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
