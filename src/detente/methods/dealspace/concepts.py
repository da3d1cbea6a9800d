"""The four solution concepts: their names, definitions, sources, and exact values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

import numpy as np
from numpy.typing import NDArray

from detente.methods.dealspace.utilities import Ints

CONCEPTS = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
"""Names in the order used everywhere."""

DEFINITIONS = {
    "nash": (
        "the largest product of gains over no deal, among deals everybody accepts; where no deal gives "
        "everyone who can gain a strict gain, first the most strict gainers, then their product"
    ),
    "kalai_smorodinsky": (
        "the largest least share of what each actor could gain at best among deals everybody accepts; "
        "ties by the next smallest share, and so on"
    ),
    "egalitarian": (
        "the largest least gain over no deal, in points taken as comparable; ties by the next smallest gain, "
        "and so on"
    ),
    "utilitarian": (
        "the largest sum of utilities, in points taken as comparable, among deals everybody accepts"
    ),
}
"""One sentence for each; a certificate prints it."""

SOURCES = {
    "nash": ("Nash 1950", "10.2307/1907266"),
    "kalai_smorodinsky": ("Kalai & Smorodinsky 1975", "10.2307/1914280"),
    "egalitarian": ("Kalai 1977", "10.2307/1913954"),
    "utilitarian": ("sum of utilities", ""),
}
"""Where each is published."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """The deals a concept chooses, all of them.

    Parameters
    ----------
    concept : str
    deals : (K, I) int16
        In lexicographic order; at most as many as were asked for.
    ties : int
        How many there are, listed or not.
    totals : (P,) int64
        Utilities in the first of them, in units.
    value : Fraction
        Product of strict gains (in units to the power of the strict gainers), least ratio, least gain, or
        total, exact.
    """

    concept: str
    deals: NDArray[np.int16]
    ties: int
    totals: Ints
    value: Fraction


def value_of(concept: str, gains: Sequence[int], ideal: Sequence[int]) -> Fraction:
    """Return the value of a deal by a concept.

    Parameters
    ----------
    concept : str
    gains : (P,) int
        Gains over no deal of a deal everybody accepts.
    ideal : (P,) int
        Largest gains over all such deals; actors that cannot gain do not count.

    Examples
    --------
    >>> [str(value_of(c, [10, 15, 0], [20, 15, 0])) for c in CONCEPTS]
    ['150', '1/2', '10', '25']
    """
    able = [(int(g), int(a)) for g, a in zip(gains, ideal, strict=True) if a > 0]
    if concept == "nash":
        return Fraction(prod(g for g, _ in able if g > 0))
    if concept == "kalai_smorodinsky":
        return min((Fraction(g, a) for g, a in able), default=Fraction(1))
    if concept == "egalitarian":
        return Fraction(min((g for g, _ in able), default=0))
    return Fraction(sum(int(g) for g in gains))


def leximin(values: Sequence[Fraction | int]) -> tuple[Fraction | int, ...]:
    """Return the values ascending: compare these, and the largest wins.

    Examples
    --------
    >>> leximin([3, 1, 2])
    (1, 2, 3)
    """
    return tuple(sorted(values))


def exact_key(concept: str, gains: Sequence[int], ideal: Sequence[int]) -> tuple[Fraction | int, ...]:
    """Return the key a concept maximises, in exact numbers: the definition itself.

    Examples
    --------
    >>> exact_key("nash", [2, 0, 3], [2, 2, 3]) > exact_key("nash", [9, 0, 0], [9, 2, 3])
    True
    """
    able = [(int(g), int(a)) for g, a in zip(gains, ideal, strict=True) if a > 0]
    if concept == "nash":
        return (sum(g > 0 for g, _ in able), prod(g for g, _ in able if g > 0))
    if concept == "kalai_smorodinsky":
        return leximin([Fraction(g, a) for g, a in able])
    if concept == "egalitarian":
        return leximin([g for g, _ in able])
    return (sum(int(g) for g in gains),)
