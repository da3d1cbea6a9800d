"""Which options, which pairs of options and which weights of the issues go with an acceptable deal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, islice

import numpy as np

from detente.lenses.settlement.result import CentralWeights, OptionShare, PairShare
from detente.methods.smaa import central_weights
from detente.methods.space import count_deals, free
from detente.table.verdicts import DealView, Evaluated, share

PAIRS = 12
"""Pairs of options kept. Judgement: what fits a table."""


def option_shares(found: Evaluated) -> tuple[OptionShare, ...]:
    """Return, for each option, the share of draws in which some acceptable deal has it, red lines aside.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> from detente.lenses.settlement import LENS, Options
    >>> result = LENS.run(load_case("alaska-2025"), Options(draws=50))
    >>> [(x.option, x.share.value) for x in result.options if x.issue == "form"][0]
    ('continue', 0.0)
    """
    table = found.result.option[-1]
    return tuple(
        OptionShare(issue.id, option.id, share(table[i, o], found.result.draws))
        for i, issue in enumerate(found.enc.issues)
        for o, option in enumerate(issue.options)
    )


def pair_shares(found: Evaluated) -> tuple[PairShare, ...]:
    """Return the pairs of options that go together least, given how often each goes with a deal alone.

    A pair is telling where both options are often in an acceptable deal, and seldom in the same one. Pairs
    the rules keep apart are left out: they say nothing about what anybody wants.
    """
    single, pair = found.result.option[-1], found.result.pair[-1]
    issues = found.enc.issues
    places = [
        (min(single[i, o], single[j, q]) - pair[i, o, j, q], i, o, j, q)
        for i, j in combinations(range(len(issues)), 2)
        for o in range(len(issues[i].options))
        for q in range(len(issues[j].options))
    ]
    ranked = sorted((p for p in places if p[0] > 0), key=lambda p: (-p[0], p[1:]))
    telling = islice((p for p in ranked if _stands(found, p[1:3], p[3:])), PAIRS)
    return tuple(
        PairShare(
            (issues[i].id, issues[i].options[o].id),
            (issues[j].id, issues[j].options[q].id),
            share(pair[i, o, j, q], found.result.draws),
        )
        for _, i, o, j, q in telling
    )


def _stands(found: Evaluated, first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    """Whether the rules let the two options (issue, option) stand in one deal."""
    only = free(found.enc.scoped)
    for issue, option in (first, second):
        only[issue] = np.arange(len(only[issue])) == option
    return count_deals(found.enc.scoped, only) > 0


def central(found: Evaluated, deals: Sequence[DealView]) -> tuple[CentralWeights, ...]:
    """Return with which weights of the issues those who must accept would accept some deals."""
    if not deals:
        return ()
    enc, draws = found.enc, found.draws
    rows = np.array([enc.index(dict(zip((i.id for i in enc.issues), d.options, strict=True))) for d in deals])
    points, columns = draws.columns(rows)
    weights = central_weights(points, draws.worth, columns)[:, :, : len(enc.issues)]
    usual = central_weights(points, np.full_like(draws.worth, -1e6), columns[:1])[0, :, : len(enc.issues)]
    return tuple(
        CentralWeights(deal.options, enc.actors[p].id, _named(found, weights[k, p]), _named(found, usual[p]))
        for k, deal in enumerate(deals)
        for p in found.required
    )


def _named(
    found: Evaluated, weights: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> tuple[tuple[str, float], ...]:
    if np.isnan(weights).any():
        return ()
    percent = 100 * weights / weights.sum()  # interactions carry weight of their own, left out here
    return tuple((issue.id, float(w)) for issue, w in zip(found.enc.issues, percent, strict=True))
