"""One offer under uncertainty about the other side's costs (Fearon 1995): bargaining range and risk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """The demand that pays best and the risk it runs.

    Parameters
    ----------
    demand : float
        Share of the prize demanded, 0 to 1.
    risk : float
        Probability that the demand is refused and war follows.
    """

    demand: float
    risk: float


def bargaining_range(p: float, cost_a: float, cost_b: float) -> tuple[float, float]:
    """Return the shares for A that both sides prefer to war.

    War gives A the prize with probability `p`, less what it costs; so A takes no less than
    ``p - cost_a`` and B gives no more than ``p + cost_b``. Shares outside 0 to 1 cannot be handed over.

    Parameters
    ----------
    p : float
        Probability that A wins a war, 0 to 1.
    cost_a, cost_b : float
        Costs of war as shares of the prize, not negative.

    Raises
    ------
    ValueError
        If a number lies outside its range.

    References
    ----------
    J. D. Fearon, Rationalist Explanations for War, International Organization 49 (1995),
    doi:10.1017/S0020818300033324.

    Examples
    --------
    >>> low, high = bargaining_range(0.5, 0.1, 0.2)
    >>> f"{low:.1f} to {high:.1f}"
    '0.4 to 0.7'
    """
    _check(p, cost_a, cost_b)
    return max(0.0, p - cost_a), min(1.0, p + cost_b)


def best_offer(p: float, cost_a: float, cost_b_max: float) -> Offer:
    """Return A's best single demand when B's cost is uniform on 0 to `cost_b_max`, and its risk of war.

    A demand of ``p + y`` is refused when B's cost is below ``y``. A's expected worth is highest at
    ``y = (C - cost_a) / 2``, kept within what can be demanded (0 to ``1 - p``); war follows with
    probability ``y / C``. The better A knows B (small `cost_b_max`), the smaller the risk.

    Parameters
    ----------
    p : float
        Probability that A wins a war, 0 to 1.
    cost_a : float
        A's cost of war as a share of the prize.
    cost_b_max : float
        Highest cost B may have, above 0.

    Raises
    ------
    ValueError
        If a number lies outside its range.

    References
    ----------
    J. D. Fearon (1995), doi:10.1017/S0020818300033324.

    Examples
    --------
    >>> best_offer(0.5, 0.1, 0.3)
    Offer(demand=0.6, risk=0.333...)
    """
    _check(p, cost_a, cost_b_max)
    if cost_b_max == 0:
        raise ValueError("the highest cost B may have must be above 0")
    above = min(max((cost_b_max - cost_a) / 2, 0.0), 1 - p)
    return Offer(p + above, min(above / cost_b_max, 1.0))


def _check(p: float, *costs: float) -> None:
    if not 0 <= p <= 1:
        raise ValueError(f"the chance of winning lies on 0..1, not {p}")
    for cost in costs:
        if not 0 <= cost < float("inf"):
            raise ValueError(f"a cost of war is a number from 0 up, not {cost}")
