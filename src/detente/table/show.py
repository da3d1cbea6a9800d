"""Blocks that several lenses show alike: deals as rows, gains as ranges."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from detente.page import Cell, Range, RangeGroup, Ranges, Table
from detente.table.agreeing import Besides
from detente.table.names import Names
from detente.table.verdicts import DealView, Share
from detente.words import likelihood, number, percent

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def range_of(share: Share) -> str:
    """Return a share with its Monte Carlo range, as "74% (73-77%)".

    Examples
    --------
    >>> range_of(Share(0.75, 0.727, 0.765))
    '75% (73–76%)'
    """
    if not 0.01 <= share.value <= 0.99:
        return percent(share.value)
    return f"{percent(share.value)} ({100 * share.low:.0f}–{100 * share.high:.0f}%)"


def deal_table(
    names: Names, title: str, issues: Sequence[str], deals: Sequence[DealView], refusal: str
) -> Table:
    """Return deals as lettered rows: the key number first, then what they say.

    Parameters
    ----------
    refusal : {"lines", "first"}
        Whether the last column names the red lines crossed or who refuses first over the draws.
    """
    shown = [
        i for i in issues if len({d.options[list(issues).index(i)] for d in deals}) > 1 or len(deals) == 1
    ]
    shown = shown or list(issues)
    rows = []
    for letter, deal in zip(LETTERS, deals, strict=False):
        options = dict(zip(issues, deal.options, strict=True))
        rows.append(
            (
                Cell(letter),
                Cell(range_of(deal.accepted), sort=deal.accepted.value),
                *(Cell(names.option(i, options[i])) for i in shown),
                Cell(names.lines(deal.broken) if refusal == "lines" else _first(names, deal)),
            )
        )
    same = [i for i in issues if i not in shown]
    note = ""
    if same and deals:
        common = dict(zip(issues, deals[0].options, strict=True))
        note = (
            "The same in all: "
            + "; ".join(f"{names.issue(i)}: {names.option(i, common[i])}" for i in same)
            + "."
        )
    last = "Crosses the red lines of" if refusal == "lines" else "First to refuse"
    share = accepted_by(0 if names.case.quorum else len(names.case.required))
    columns = ("", share, *(names.issue(i) for i in shown), last)
    return Table(title, columns, tuple(rows), note=note, numeric=(share,))


def accepted_by(required: int) -> str:
    """Return the heading over shares of draws in which a deal suits all whose consent is needed.

    Parameters
    ----------
    required : int
        How many they are, none of them counted by a quorum; others may lose by the deal.

    Examples
    --------
    >>> accepted_by(2), accepted_by(3)
    ('Beats no deal for both', 'Beats no deal for all who must agree')
    """
    return f"Beats no deal for {'both' if required == 2 else 'all who must agree'}"


def mark_of(chance: float) -> str:
    """Return the mark of a chance: a tick above an even chance, a half about it, a cross below.

    Parameters
    ----------
    chance : float
        On 0..1; "about even" is the band the words of probability give that name.

    Examples
    --------
    >>> mark_of(0.6), mark_of(0.5), mark_of(0.32)
    ('yes', 'part', 'no')
    """
    if likelihood(chance) == likelihood(0.5):
        return "part"
    return "yes" if chance > 0.5 else "no"


def parties(names: Names, required: Sequence[str], quorum: Besides | None) -> str:
    """Return who must agree: all whose consent is required, with so many of the others a quorum counts."""
    who = names.actors(required)
    if quorum is None:
        return who
    others, more = beyond(required, quorum)
    if more == len(others):
        return names.actors([*required, *others])
    return f"{who} with at least {number(more)} of {names.actors(others)}"


def beyond(required: Sequence[str], quorum: Besides) -> Besides:
    """Return whom a quorum counts beside those whose consent is required, and how many of them it needs.

    Examples
    --------
    >>> beyond(["A", "B"], (("A", "B", "C", "D"), 3))
    (('C', 'D'), 1)
    """
    counted, least = quorum
    others = tuple(actor for actor in counted if actor not in required)
    return others, least - (len(counted) - len(others))


def besides(names: Names, quorum: Besides | None) -> str:
    """Return who else must accept, as a sentence; "" where the case has no quorum."""
    if quorum is None:
        return ""
    counted, least = quorum
    return f"Besides, at least {number(least)} of {names.actors(counted)} must accept."


def _first(names: Names, deal: DealView) -> str:
    if not deal.refuses_first:
        return "nobody in any draw" if deal.accepted.value == 1 else "too few others accept"
    return f"{names.actor(deal.refuses_first)} ({percent(deal.refuses_share)} of draws)"


def _stands_for(deal: DealView) -> str:
    """Return a mark of the deal that is the same wherever it is shown, and is no id."""
    return sha256(",".join(deal.options).encode()).hexdigest()[:12]


def gain_ranges(names: Names, title: str, deals: Sequence[DealView], actors: Sequence[str]) -> Ranges:
    """Return each actor's gain over no deal in each deal, grouped by actor."""
    groups = []
    for actor in actors:
        rows = [
            Range(letter, gain.low, gain.mid, gain.high, _stands_for(deal))
            for letter, deal in zip(LETTERS, deals, strict=False)
            for gain in deal.gains
            if gain.actor == actor
        ]
        if rows:
            groups.append(RangeGroup(names.actor(actor), tuple(rows)))
    return Ranges(
        title,
        "points",
        tuple(groups),
        reference_label="no deal",
        note="Bars hold 90% of the draws, the tick is the middle one. Points are on each party's own scale: "
        "100 is its best option on every issue, 0 its worst. Scales of different parties cannot be compared.",
    )
