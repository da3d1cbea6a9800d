"""A case's deal space at the middle of the draws: counts, what can never be, and standards with proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.errors import TooLarge
from detente.methods.agreement import Agreement
from detente.methods.dealspace.counting import carried, count_accepted, sampled
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.rule import Rule, blocking, quorum, unanimity
from detente.methods.dealspace.utilities import Utilities, utilities_of
from detente.methods.redlines import joint
from detente.methods.space import Allowed
from detente.table.draws import Draws
from detente.table.encode import Encoded
from detente.table.exact import Findings, Proved, efficient_deals, presolved, proved
from detente.table.verdicts import Share


@dataclass(frozen=True, slots=True)
class Middle:
    """The exact answer at the mean of the draws, over one set of deals.

    Parameters
    ----------
    reading : str
        Whose red lines the deals are inside; "" for red lines aside.
    deals : int
        Deals in the set.
    alone : tuple of (actor, int)
        How many of them each actor takes over no deal; empty where only the joint count could be had.
    blocking : tuple of tuple of str
        The smallest coalitions no deal suits.
    carried, unanimous : int or None
        How many would carry, and how many all accept; None where too many different sums make an exact
        count impossible.
    sampled : Share or None
        Where they cannot be counted: the share of deals that would carry, from 200,000 drawn.
    step : float
        Points to which worths were rounded before counting; 0 where they were not.
    efficient : (deals, vectors) or None
        Efficient deals among those everybody accepts, and their different worths.
    supported : int or None
        Where the efficient deals are too many: how many different ones a sample of weightings finds.
    solutions : tuple of Proved
    """

    reading: str
    deals: int
    alone: tuple[tuple[str, int], ...]
    blocking: tuple[tuple[str, ...], ...]
    carried: int | None
    unanimous: int | None
    sampled: Share | None
    step: float
    efficient: tuple[int, int] | None
    supported: int | None
    solutions: tuple[Proved, ...]


def middle_utilities(enc: Encoded, draws: Draws, rows: Sequence[int]) -> Utilities:
    """Return the mean of the draws as exact utilities of some actors, in micro-points."""
    mean, rows = draws.middle(), list(rows)
    points = [mean.points[0, rows, i, :m].T for i, m in enumerate(enc.scoped.sizes)]
    effects = [(issues, table[0]) for issues, table in mean.tables(rows, enc.scoped.sizes)]
    return utilities_of(enc.scoped, points, mean.worth[0, rows], effects)


def rule_of(agreement: Agreement) -> Rule:
    """Return the acceptance rule over all whose acceptance counts."""
    rows = agreement.counted
    if not agreement.more:
        return unanimity(len(rows))
    return quorum(len(rows), range(len(agreement.vetoes)), len(agreement.vetoes) + agreement.more)


def findings(enc: Encoded, draws: Draws, agreement: Agreement) -> Findings:
    """Return dead and dominated options, and groups of issues, at the middle of the draws."""
    rows = agreement.counted
    return presolved(
        middle_utilities(enc, draws, rows),
        rule_of(agreement),
        [enc.actors[p].id for p in rows],
        [(issue.id, [o.id for o in issue.options]) for issue in enc.issues],
    )


def middle(enc: Encoded, draws: Draws, agreement: Agreement, reading: str = "") -> Middle:
    """Count and solve the deal space at the mean of the draws, exactly, at any size.

    Counts are under the acceptance rule, quorum included; the standards weigh the gains of all whose
    acceptance counts, over the deals all of them accept.

    Parameters
    ----------
    enc : Encoded
    draws : Draws
    agreement : Agreement
    reading : str
        Look only at deals inside these red lines of those who must accept; "" for all deals.
    """
    rows = agreement.counted
    allowed = joint(enc.scoped, enc.accepts[reading], agreement.vetoes) if reading else None
    return answer(
        middle_utilities(enc, draws, rows),
        rule_of(agreement),
        ([enc.actors[p].id for p in rows], [[o.id for o in issue.options] for issue in enc.issues]),
        allowed,
        reading,
    )


def answer(
    utilities: Utilities,
    rule: Rule,
    names: tuple[Sequence[str], Sequence[Sequence[str]]],
    allowed: Allowed | None = None,
    reading: str = "",
) -> Middle:
    """Count and solve a deal space in whole units, in names.

    Parameters
    ----------
    utilities : Utilities
    rule : Rule
        Whose acceptance makes a deal.
    names : (actors, per issue its options)
    allowed : per issue (m_i,) bool, optional
    reading : str
        What to call the deals allowed.
    """
    ids, options = names
    try:
        counts = count_accepted(utilities, allowed)
    except TooLarge:
        counts = None
    zones = counts.zones if counts else ()
    deals = counts.deals if counts else layers_of(utilities, allowed).count()
    front, sample = efficient_deals(utilities, allowed)
    return Middle(
        reading=reading,
        deals=deals,
        alone=tuple((a, zones[1 << k]) for k, a in enumerate(ids)) if zones else (),
        blocking=tuple(tuple(ids[p] for p in members) for members in blocking(zones)) if zones else (),
        carried=carried(counts, rule) if counts else None,
        unanimous=counts.everybody if counts else None,
        sampled=None if counts or not deals else Share(*sampled(utilities, rule, allowed)),
        step=counts.step if counts else 0.0,
        efficient=front,
        supported=sample,
        solutions=proved(options, utilities, ids, allowed),
    )
