"""Every number in the ratification model that is not the analyst's own, with its source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Constant:
    """A number or range of the model.

    Parameters
    ----------
    name : str
    text : str
        What it means, in a reader's words.
    low, high : float
        Range it is drawn from, evenly; equal where it is fixed.
    source : str
        Publication with DOI, or the word judgement.
    """

    name: str
    text: str
    low: float
    high: float
    source: str


Z90 = 1.644854
"""A stated range of votes is read as the analyst's 90% range: this many standard deviations each way."""

_POLLS = "Shirani-Mehr, Rothschild, Goel & Gelman 2018, doi:10.1080/01621459.2018.1448823"

WIDTH = Constant(
    "width",
    "stated ranges of votes are widened by this factor",
    1.0,
    1.5,
    "judgement; people's 90% ranges hold the truth far less often than 90%: Lichtenstein, Fischhoff & "
    "Phillips 1982, doi:10.1017/CBO9780511809477.023",
)
SHARED_GATES = Constant(
    "shared between gates",
    "correlation of gates that follow one public mood",
    0.2,
    0.8,
    "judgement; the page also shows 0 (unrelated) and 1 (rising and falling together)",
)
SHARED_BLOCS = Constant(
    "shared within a vote",
    "correlation of blocs, members or regions within one vote",
    0.2,
    0.8,
    "judgement",
)
DESIGN_EFFECT = Constant(
    "design effect",
    "a poll's sampling variance is this many times that of a simple random sample",
    1.3,
    2.0,
    "judgement on Kish, Survey Sampling (1965)",
)
HOUSE_SD = Constant(
    "house spread",
    "standard deviation of one pollster's own lean, in shares of the vote",
    0.02,
    0.02,
    f"so that one poll's error is 3.5 points in all, as measured by {_POLLS}",
)
SHARED_BIAS_SD = Constant(
    "error shared by all polls",
    "standard deviation of what all polls of one vote get wrong together",
    0.025,
    0.025,
    f"mean absolute shared error of 2 points over 608 elections, {_POLLS}",
)
OVERSTATED_YES = Constant(
    "yes overstated",
    "by how much polls overstate the vote for change",
    0.0,
    0.045,
    "2.25 points on average in the last week of ten UK referendums (Fisher & Renwick 2016, Democratic "
    "Audit), from none to twice that by judgement",
)
DRIFT_SD = Constant(
    "drift to the vote",
    "standard deviation of opinion drift per square root of a day, in shares of the vote",
    0.002,
    0.005,
    "judgement: 1 to 3 points in a month; referendum opinion moves more than party choice (LeDuc 2002, "
    "doi:10.1111/1475-6765.00027)",
)
UNDECIDED_YES = Constant(
    "undecided who vote yes",
    "share of the undecided, among those who vote, who choose yes",
    0.3,
    0.6,
    "judgement, leaning to no: late deciders prefer the status quo (LeDuc 2002, doi:10.1111/1475-6765.00027)",
)
ATTITUDE_SD = Constant(
    "asked in general, not about a vote",
    "extra standard deviation where a poll asks what people could accept, not how they would vote",
    0.05,
    0.05,
    "judgement",
)

ALL = (
    WIDTH,
    SHARED_GATES,
    SHARED_BLOCS,
    DESIGN_EFFECT,
    HOUSE_SD,
    SHARED_BIAS_SD,
    OVERSTATED_YES,
    DRIFT_SD,
    UNDECIDED_YES,
    ATTITUDE_SD,
)
"""All of them, in the order shown to readers."""
