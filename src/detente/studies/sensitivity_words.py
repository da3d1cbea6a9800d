"""Sentences of a sensitivity study: what carries the number, where it flips, what knowing would do."""

from __future__ import annotations

from detente.studies import words as say
from detente.studies.sensitivity import Flip, Row, Sensitivity
from detente.words import count, listed, number, percent, sentence

CLEAR = 2.0
"""Standard errors from which a share or a drop is told from chance."""


def flipping(found: Sensitivity) -> list[Row]:
    """Return the inputs that flip the answer alone within their stated ranges."""
    return [r for r in found.rows if r.flip is not None and r.flip.inside]


def carries(found: Sensitivity) -> str:
    """Return which inputs move the number most, in words."""
    q = found.question
    if not found.rows:
        return f"None of {count(found.idle, 'uncertain input')} moves it."
    first = found.rows[0]
    told = (
        f"{_of(len(found.rows), len(found.rows) + found.idle)} move{'s' if len(found.rows) == 1 else ''} it. "
        f"{say.named(first.input)} moves it most: {ends(found, first)}"
    )
    held = [r for r in found.rows if r.share is not None and clear(r.share.value, r.share.error)]
    held = sorted(held, key=lambda r: -(r.share.value if r.share else 0.0))[:3]
    shares = [f"{say.named(r.input)} {percent(r.share.value)}" for r in held if r.share]
    spread = f" Share of its spread over all inputs at once: {listed(shares)}." if shares else ""
    return f"{told}.{spread}" if q.measure.value is not None else f"{told}."


def _of(some: int, every: int) -> str:
    return sentence(f"{number(some)} of {count(every, 'uncertain input')}")


def ends(found: Sensitivity, row: Row) -> str:
    """Return the number at both ends of an input's range, in words."""
    q, u = found.question, row.input
    low, high = say.value(q, row.at_low), say.value(q, row.at_high)
    return f"{low} at {say.place(u, u.low)}, {high} at {say.place(u, u.high)}"


def clear(value: float, error: float) -> bool:
    """Return whether a share or a drop is told from chance.

    Examples
    --------
    >>> clear(0.3, 0.1), clear(0.15, 0.1), clear(0.005, 0.0)
    (True, False, False)
    """
    return value > CLEAR * error and value > 0.01


def flips(found: Sensitivity) -> str:
    """Return whether and where the headline changes its answer, in words."""
    q = found.question
    if q.threshold is None:
        return ""
    now = "holds" if q.says else "does not hold"
    inside = flipping(found)
    told = f"The headline counts as held {say.line(q)}; on file it {now}."
    if inside:
        parts = [f"{say.named(r.input)} {flip_words(r, r.flip)}" for r in inside]
        return f"{told} It changes with one input alone: {'; '.join(parts)}."
    beyond = [r for r in found.rows if r.flip is not None]
    return f"{told} No input changes it within its stated range" + (
        "; values beyond a range are in the table."
        if beyond
        else ", nor anywhere on its scale that was tried."
    )


def flip_words(row: Row, flip: Flip | None) -> str:
    """Return where one input changes the answer, such as "above about 8 points"; "" where nowhere."""
    if flip is None:
        return ""
    return f"{'above' if flip.upwards else 'below'} about {say.place(row.input, flip.at)}"


def best_known(found: Sensitivity) -> Row | None:
    """Return the input whose knowledge would save the most wrong calls, where that is more than chance."""
    told = [r for r in found.rows if r.drop is not None and clear(r.drop.value, r.drop.error)]
    return max(told, key=lambda r: r.drop.value if r.drop else 0.0, default=None)


def worth(found: Sensitivity) -> str:
    """Return what knowing an input would be worth, in words."""
    if found.wrong is None or found.yes is None:
        return ""
    told = (
        f"Over all inputs at once the headline holds in {percent(found.yes)} of worlds; calling it by the "
        f"likelier answer is wrong in {percent(found.wrong)}."
    )
    best = best_known(found)
    if best is None or best.drop is None:
        return f"{told} Knowing any single input would not change that beyond chance{_narrower(found)}."
    after = percent(max(0.0, found.wrong - best.drop.value))
    return f"{told} Knowing {say.named(best.input)} exactly would bring that to {after}."


def _narrower(found: Sensitivity) -> str:
    """Return what knowing an input would still do: narrow the number."""
    held = [r for r in found.rows if r.share is not None and clear(r.share.value, r.share.error)]
    best = max(held, key=lambda r: r.share.value if r.share else 0.0, default=None)
    if best is None or best.share is None:
        return ""
    carried = percent(best.share.value)
    return f"; it would narrow the number: {say.named(best.input)} carries {carried} of its spread"
