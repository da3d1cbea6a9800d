"""Sentences that the pages of several studies share."""

from __future__ import annotations

from detente.page import Caveat
from detente.studies.compare_view import said
from detente.studies.question import COUNTS, EVEN, SHARES, Question
from detente.studies.uncertain import Uncertain
from detente.words import sentence

INDEPENDENT = Caveat(
    "Ranges are drawn evenly and independently of each other: judgement. Inputs that move together in the "
    "world, and errors in orders, red lines or rules, are not in these numbers."
)


WORLD = "A world fixes every uncertain input at one value in its stated range."


def value(question: Question, number: float | None) -> str:
    """Return the headline number as text."""
    return said(number, question.measure.unit)


def unit(question: Question) -> str:
    """Return the unit a figure shows: shares as per cent."""
    return "share" if question.measure.unit in SHARES else question.measure.unit


def label(question: Question) -> str:
    """Return the headline number in words, for the middle of a sentence."""
    return f"“{question.measure.label}”"


def base(question: Question) -> str:
    """Return what is studied, as a sentence: as the lens has it by itself, and with the draws of a study."""
    found = value(question, question.measure.value)
    alone, label = value(question, question.alone), sentence(question.measure.label)
    if question.alone is None or alone == found:
        return f"{label}: {found}."
    return (
        f"{label}: {alone} by the lens itself, {found} with the "
        f"{question.options.draws:,} draws it makes in each run of this study."
    )


def named(u: Uncertain) -> str:
    """Return the name of an input inside a sentence."""
    return f"“{u.label}”"


def line(question: Question) -> str:
    """Return the threshold in words.

    Examples
    --------
    >>> from detente.lens import Measure
    >>> line(Question(None, None, Measure("m", "M", 0.4, "share"), 0.5))
    'at 50% or more'
    """
    if question.measure.unit in COUNTS and question.threshold == EVEN:
        return "from one on"
    return f"at {value(question, question.threshold)} or more"


def place(u: Uncertain, number: float) -> str:
    """Return a value of an input in the input's own unit.

    Examples
    --------
    >>> place(Uncertain(("p",), "P", 0, 10, None, None, "points of its own scale", "", ""), -2.53)
    '−2.5 points'
    >>> place(Uncertain(("p",), "P", 0, 100, 0, 100, "of 100", "", ""), 62.4)
    '62 of 100'
    """
    unit = u.unit.removesuffix(" of its own scale")
    text = f"{round(number, digits(u)) + 0.0:.10g}".replace("-", "−")
    return f"{text} {unit}".strip() if unit != "%" else f"{text}%"


def bare(u: Uncertain, number: float) -> str:
    """Return a value of an input without its unit."""
    return place(u, number).split(" ")[0].removesuffix("%")


def digits(u: Uncertain) -> int:
    """Return the decimals that tell hundredths of a range apart, and no more than needed for that."""
    width = u.high - u.low
    return 0 if width >= 20 else 1 if width >= 2 else 2


def stated(u: Uncertain) -> str:
    """Return the range the case states."""
    return f"{bare(u, u.low)} to {place(u, u.high)}"
