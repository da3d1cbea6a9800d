"""Numbers as readers see them in figures: one rule for units, signs, decimals and axis ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente import words

CHANCE = "chance"
SHARES = ("share", CHANCE)
"""Units of numbers on 0..1 shown as per cent: what was counted, and what is only probable."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the numbers of one figure are written.

    Parameters
    ----------
    unit : str
        "share" and "chance" are shown as per cent; any other unit stands in the title, except "%".
    digits : int
        Decimals.
    signed : bool
        Whether gains carry a plus.
    """

    unit: str = ""
    digits: int = 0
    signed: bool = False

    def write(self, value: float) -> str:
        """Return one number.

        Examples
        --------
        >>> Style("share").write(0.824), Style("share", signed=True).write(-0.1)
        ('82%', '−10 points')
        >>> Style("share").write(1.0), Style("chance").write(1.0)
        ('100%', 'over 99%')
        >>> Style("gain", 1, signed=True).write(12.04), Style("deals").write(10500)
        ('+12.0', '10,500')
        """
        if self.is_share:
            return f"{words.signed(100 * value)} points" if self.signed else self._percent(value)
        text = f"{abs(value):,.{self.digits}f}"
        zero = not text.strip("0.,")
        sign = "" if zero else "−" if value < 0 else "+" if self.signed else ""
        return f"{sign}{text}{'%' if self.unit == '%' else ''}"

    @property
    def is_share(self) -> bool:
        """Whether 0..1 is shown as per cent."""
        return self.unit in SHARES

    def tick(self, value: float) -> str:
        """Return a number on an axis, where 0 and 100 per cent are only ends of a scale.

        Examples
        --------
        >>> Style("chance").tick(1.0), Style("chance").tick(0.025)
        ('100%', '2.5%')
        """
        return f"{100 * value:.3g}%".replace("-", "−") if self.is_share else self.write(value)

    def _percent(self, value: float) -> str:
        if self.unit == CHANCE and 0 <= value <= 1:
            return words.percent(value)
        if 0 < value < 0.005:
            return "under 1%"
        return "over 99%" if 0.995 < value < 1 else f"{words.signed(100 * value).lstrip('+')}%"

    def span(self, low: float, high: float) -> str:
        """Return an interval in words.

        Examples
        --------
        >>> Style("share").span(0.71, 0.93)
        '71% to 93%'
        """
        return f"{self.write(low)} to {self.write(high)}"


def finite(values: Iterable[float], title: str) -> tuple[float, ...]:
    """Return the values, refusing any that is not a number.

    Raises
    ------
    ValueError
        If a value is NaN or infinite; a figure must never hide one.
    """
    kept = tuple(values)
    if not all(map(math.isfinite, kept)):
        raise ValueError(f"the figure {title!r} was given a value that is not a finite number")
    return kept


def digits_for(values: Sequence[float]) -> int:
    """Return the decimals at which values that differ can be told apart on one scale.

    Examples
    --------
    >>> digits_for([0, 60]), digits_for([0.5, 3.0]), digits_for([0.1, 0.35]), digits_for([3, 4])
    (0, 1, 2, 0)
    """
    if all(v == round(v) for v in values):
        return 0
    top = max(values) - min(values) or max(map(abs, values))
    return max(0, min(4, 1 - math.floor(math.log10(top))))


def ticks(low: float, high: float, count: int) -> tuple[float, ...]:
    """Return round numbers that cover an interval, about `count` of them.

    Examples
    --------
    >>> ticks(-7, 52, 6)
    (-10.0, 0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0)
    >>> ticks(0, 1, 4)
    (0.0, 0.25, 0.5, 0.75, 1.0)
    """
    size = max(abs(low), abs(high))
    if high - low <= 1e-9 * max(size, 1e-9):
        high = low + (size if size > 1e-9 else 1.0)
    rough = (high - low) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * 0.99)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(i * step, 12) for i in range(first, last + 1))
