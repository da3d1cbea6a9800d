"""A war as a random walk over a row of forts (Smith & Stam 2004): who takes the last one."""

from __future__ import annotations

import math


def chance_to_win(forts: int, total: int, p: float) -> float:
    """Return the probability that A, holding some of the forts, ends with all of them.

    Each battle moves one fort; A wins a battle with probability `p`. With ``r = (1 - p) / p`` the chance is
    ``(1 - r^k) / (1 - r^N)``, and ``k / N`` at ``p = 0.5`` (gambler's ruin).

    Parameters
    ----------
    forts : int
        Forts A holds now, 0 to `total`.
    total : int
        Number of forts, at least 1.
    p : float
        Chance that A wins a battle, 0 to 1.

    Raises
    ------
    ValueError
        If a number lies outside its range.

    References
    ----------
    A. Smith & A. C. Stam, Bargaining and the Nature of War, Journal of Conflict Resolution 48 (2004),
    doi:10.1177/0022002704268026.

    Examples
    --------
    >>> [round(chance_to_win(5, 10, p), 4) for p in (0.45, 0.5, 0.55)]
    [0.2683, 0.5, 0.7317]
    """
    if total < 1 or not 0 <= forts <= total:
        raise ValueError(f"A holds 0 to {total} forts of at least one, not {forts}")
    if not 0 <= p <= 1:
        raise ValueError(f"the chance to win a battle lies on 0..1, not {p}")
    if forts in (0, total):
        return float(forts == total)
    if p in (0.0, 1.0):
        return p
    log_r = math.log1p(-p) - math.log(p)
    if abs(log_r) < 1e-9:
        return forts / total
    if log_r > 0:  # A is the weaker: powers of r overflow, so divide through by r^N
        return math.exp((forts - total) * log_r) * math.expm1(-forts * log_r) / math.expm1(-total * log_r)
    return math.expm1(forts * log_r) / math.expm1(total * log_r)
