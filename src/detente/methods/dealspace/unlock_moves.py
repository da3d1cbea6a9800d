"""Ways to cover one actor's shortfall: change what matters to it, or what an option is worth to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

FULL = Fraction(100)
"""Upper end of saliences and of values, as in the case file."""

Number = int | float | Fraction


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change of one issue that is just enough.

    Parameters
    ----------
    kind : {"salience", "value"}
    issue : int
    before, after : Fraction
        The salience of the issue, or the value to the actor of the deal's option on it, 0 to 100.
    """

    kind: Literal["salience", "value"]
    issue: int
    before: Fraction
    after: Fraction

    @property
    def change(self) -> Fraction:
        """Size of the change."""
        return abs(self.after - self.before)


def utility(salience: Sequence[Number], value: Sequence[Number]) -> Fraction:
    """Return the utility of a deal on 0 to 100: values weighted by saliences.

    Examples
    --------
    >>> utility([30, 10], [50, 90])
    Fraction(60, 1)
    """
    weights, values = _fractions(salience), _fractions(value)
    if sum(weights) <= 0 or min(weights) < 0:
        raise ValueError("saliences must not be negative, and some issue must matter")
    return sum((w * v for w, v in zip(weights, values, strict=True)), Fraction(0)) / sum(weights)


def salience_remedies(
    salience: Sequence[Number], value: Sequence[Number], worth: Number
) -> tuple[Remedy, ...]:
    """Return, for each issue, the salience at which a deal becomes just acceptable, smallest change first.

    With the other saliences kept, the utility reaches the worth where `sum_j s_j (v_j - worth) = 0`. Issues
    on which no salience from 0 to 100 does it are left out.

    Parameters
    ----------
    salience : (I,)
        What matters to the actor.
    value : (I,)
        What the deal's option on each issue is worth to it, 0 to 100.
    worth : number
        Worth of no deal, 0 to 100.

    Examples
    --------
    >>> [(r.issue, str(r.after)) for r in salience_remedies([30, 10, 20], [50, 90, 20], 60)]
    [(2, '0'), (1, '110/3')]
    >>> utility([30, Fraction(110, 3), 20], [50, 90, 20])
    Fraction(60, 1)
    """
    weights, values, need = _fractions(salience), _fractions(value), Fraction(worth)
    missing = -sum((w * (v - need) for w, v in zip(weights, values, strict=True)), Fraction(0))
    if missing <= 0:
        return ()
    found = []
    for issue, (w, v) in enumerate(zip(weights, values, strict=True)):
        after = w + missing / (v - need) if v != need else None
        others = sum(weights) - w
        if after is not None and 0 <= after <= FULL and others + after > 0:
            found.append(Remedy("salience", issue, w, after))
    return tuple(sorted(found, key=lambda r: (r.change, r.issue)))


def value_remedies(salience: Sequence[Number], value: Sequence[Number], worth: Number) -> tuple[Remedy, ...]:
    """Return, for each issue, what the deal's option would have to be worth, smallest change first.

    Parameters
    ----------
    salience, value, worth
        As for `salience_remedies`.

    Examples
    --------
    >>> [(r.issue, str(r.after)) for r in value_remedies([30, 10, 20], [50, 90, 20], 60)]
    [(0, '230/3'), (2, '60')]
    """
    weights, values = _fractions(salience), _fractions(value)
    short = Fraction(worth) - utility(weights, values)
    if short <= 0:
        return ()
    total = sum(weights)
    found = [
        Remedy("value", issue, v, v + short * total / w)
        for issue, (w, v) in enumerate(zip(weights, values, strict=True))
        if w > 0 and v + short * total / w <= FULL
    ]
    return tuple(sorted(found, key=lambda r: (r.change, r.issue)))


def least_salience_change(
    salience: Sequence[Number], value: Sequence[Number], worth: Number
) -> tuple[Remedy, ...] | None:
    """Return the smallest total change of saliences that is just enough, or None where none is.

    A linear program with one constraint: the issues whose value lies furthest from the worth move first,
    those above it up to 100, those below it down to 0.

    Examples
    --------
    >>> [(r.issue, str(r.after)) for r in least_salience_change([60, 10], [50, 65], 62)]
    [(0, '5/2')]
    """
    weights, values, need = _fractions(salience), _fractions(value), Fraction(worth)
    missing = -sum((w * (v - need) for w, v in zip(weights, values, strict=True)), Fraction(0))
    out = []
    for issue in sorted(range(len(weights)), key=lambda i: (-abs(values[i] - need), i)):
        slope = abs(values[issue] - need)
        if missing <= 0 or slope == 0:
            break
        up = values[issue] > need
        step = min(missing / slope, FULL - weights[issue] if up else weights[issue])
        if step > 0:
            after = weights[issue] + (step if up else -step)
            out.append(Remedy("salience", issue, weights[issue], after))
            weights[issue] = after
        missing -= step * slope
    return tuple(out) if missing <= 0 and sum(weights) > 0 else None


def _fractions(values: Sequence[Number]) -> list[Fraction]:
    try:
        return [Fraction(v) for v in values]
    except (ValueError, OverflowError) as error:
        raise ValueError("saliences and values must be finite numbers") from error
