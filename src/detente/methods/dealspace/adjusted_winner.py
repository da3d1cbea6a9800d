"""Adjusted Winner: two actors divide issues by the points they give them; at most one issue is split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

HUNDRED = 100
"""Points each actor distributes (Brams & Taylor 1996)."""


@dataclass(frozen=True, slots=True)
class Division:
    """Who gets how much of each issue.

    Parameters
    ----------
    shares : tuple of Fraction
        The first actor's share of each issue; the second gets the rest.
    points : (Fraction, Fraction)
        What each receives in its own points; the two are equal.
    before : (Fraction, Fraction)
        The two totals before anything was handed over for balance, each issue with the actor that values
        it more (tied issues with the first).
    split : int or None
        The issue that is shared, if any.
    """

    shares: tuple[Fraction, ...]
    points: tuple[Fraction, Fraction]
    before: tuple[Fraction, Fraction]
    split: int | None


def adjusted_winner(first: Sequence[Fraction | int], second: Sequence[Fraction | int]) -> Division:
    """Divide issues between two actors so that both get the same number of their own points.

    Every issue goes to whoever gives it more points. The one that is then ahead hands issues over, those
    with the smallest ratio of its own points to the other's first, until the totals are equal; the last
    issue is split. Among divisions of divisible issues with additive points the result is efficient,
    equitable and envy-free. All arithmetic is in fractions.

    Parameters
    ----------
    first, second : sequence of int or Fraction
        Points of each issue for the two actors; not negative, 100 in all for each.

    Returns
    -------
    Division
        The scores are unique; where two issues have the same ratio, the shares need not be. Ties are
        broken by the order of the issues.

    Raises
    ------
    ValueError
        If the lists differ in length, a number is negative or not finite, or a total is not 100.

    References
    ----------
    Brams & Taylor 1996, Fair Division: From Cake-Cutting to Dispute Resolution, ISBN 9780521556446.

    Examples
    --------
    >>> found = adjusted_winner([60, 40], [30, 70])
    >>> found.points, found.split, found.shares[1]
    ((Fraction(700, 11), Fraction(700, 11)), 1, Fraction(1, 11))
    """
    a, b = _points(first), _points(second)
    if len(a) != len(b):
        raise ValueError("both actors must give points to the same issues")
    shares = [Fraction(int(x >= y)) for x, y in zip(a, b, strict=True)]
    before = _totals(a, b, shares)
    ahead_first = before[0] >= before[1]
    split = _hand_over(a, b, shares) if ahead_first else _hand_over_second(a, b, shares)
    return Division(tuple(shares), _totals(a, b, shares), before, split)


def _points(values: Sequence[Fraction | int]) -> list[Fraction]:
    try:
        points = [Fraction(v) for v in values]
    except (ValueError, OverflowError) as error:
        raise ValueError("points must be finite numbers") from error
    if any(p < 0 for p in points) or sum(points) != HUNDRED:
        raise ValueError(f"each actor distributes {HUNDRED} points, none of them negative")
    return points


def _totals(a: list[Fraction], b: list[Fraction], shares: list[Fraction]) -> tuple[Fraction, Fraction]:
    mine = sum((p * s for p, s in zip(a, shares, strict=True)), Fraction(0))
    return mine, sum((p * (1 - s) for p, s in zip(b, shares, strict=True)), Fraction(0))


def _hand_over(a: list[Fraction], b: list[Fraction], shares: list[Fraction]) -> int | None:
    """Let the first actor, who is ahead, give until both are equal; return the issue split, if any."""
    held = [i for i, share in enumerate(shares) if share == 1]
    for i in sorted(held, key=lambda i: (b[i] == 0, a[i] / b[i] if b[i] else Fraction(0), i)):
        mine, yours = _totals(a, b, shares)
        if mine == yours:
            return None
        part = (mine - yours) / (a[i] + b[i]) if a[i] + b[i] else Fraction(1)
        shares[i] -= min(part, Fraction(1))
        if part < 1:
            return i
    return None


def _hand_over_second(a: list[Fraction], b: list[Fraction], shares: list[Fraction]) -> int | None:
    mirrored = [1 - share for share in shares]
    split = _hand_over(b, a, mirrored)
    shares[:] = [1 - share for share in mirrored]
    return split
