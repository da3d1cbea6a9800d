"""The whole deal space looked at draw by draw: every deal where they can be listed, solved exactly beyond."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detente.methods.agreement import Agreement
from detente.methods.dealspace.drawn import Drawn, Sample, solve_draws
from detente.methods.progress import tell
from detente.methods.redlines import joint, relaxations_of
from detente.methods.space import Allowed, Space, count_deals, enumerate_deals, sample_deals
from detente.table.draws import Draws
from detente.table.encode import Encoded
from detente.table.listing import LISTED, SAMPLE, evaluate_deals, listed_deals
from detente.table.verdicts import Evaluated

Deals = NDArray[np.int16]

NEAR = 5_000
"""Deals nearest to the red lines looked at draw by draw. Judgement: four are shown."""


def look(enc: Encoded, agreement: Agreement, draws: Draws, seed: int) -> Evaluated:
    """Look at all deals in all draws.

    A space too large to list is solved draw by draw along its efficient deals: whether some deal would be
    accepted, and what each standard picks, then rest on every deal. Shares of single deals rest on those
    listed: every deal a standard picks, those nearest to the red lines, and a random sample.

    Parameters
    ----------
    enc : Encoded
    agreement : Agreement
    draws : Draws
    seed : int
        Of the random sample.
    """
    deals = listed_deals(enc, agreement.vetoes, seed)
    groups = len(enc.accepts) + 1
    if count_deals(enc.scoped) <= LISTED:
        return replace(evaluate_deals(enc, agreement, deals, draws), solved=(len(draws.worth),) * groups)
    solved = [_solved(enc, agreement, draws, masks) for masks in _groups(enc, agreement)]
    near = [_nearest(enc, reading, agreement, seed) for reading in enc.accepts]
    near = [_likeliest(deals, draws, agreement) for deals in near]
    found = [s.deals for s in solved if s is not None]
    deals = np.unique(np.concatenate([deals, *near, *found]), axis=0)
    return _joined(evaluate_deals(enc, agreement, deals, draws), solved)


def _groups(enc: Encoded, agreement: Agreement) -> list[Allowed | None]:
    """Return the options each group may use: inside each reading's red lines, then all."""
    return [joint(enc.scoped, accepts, agreement.vetoes) for accepts in enc.accepts.values()] + [None]


def _solved(enc: Encoded, agreement: Agreement, draws: Draws, allowed: Allowed | None) -> Drawn | None:
    """Solve one group in every draw; a quorum is no matter of the efficient deals, so it is left out."""
    if agreement.more:
        return None
    sizes, count = enc.scoped.sizes, count_deals(enc.scoped, allowed)
    if not count:
        none = np.zeros((0, len(sizes)), np.int16)
        return Drawn(len(draws.worth), 0.0, none, np.zeros((4, 0)))
    rows = list(agreement.vetoes)
    told = tell(f"Solving {len(draws.worth):,} draws over {count:,} deals")
    sample = Sample(draws.points[:, rows], draws.worth[:, rows], draws.tables(rows, sizes))
    return solve_draws(enc.scoped, sample, allowed, told)


def _nearest(enc: Encoded, reading: str, agreement: Agreement, seed: int) -> Deals:
    """Return the deals that cross the fewest red lines: all of them, or a sample where there are too many."""
    found = relaxations_of(enc.scoped, enc.accepts[reading], agreement)
    fewest = [r for r in found if len(r.lines) == len(found[0].lines)] if found else []
    parts = [np.zeros((0, len(enc.scoped.sizes)), np.int16)]
    for r in fewest:
        for members in agreement.coalitions:
            allowed = joint(enc.scoped, enc.accepts[reading], members, r.lines)
            parts.append(_some(enc.scoped, allowed, seed))
    return np.concatenate(parts)


def _some(space: Space, allowed: Allowed, seed: int) -> Deals:
    count = count_deals(space, allowed)
    if count <= LISTED:
        return enumerate_deals(space, allowed, LISTED) if count else np.zeros((0, len(space.sizes)), np.int16)
    barred = tuple(((i, tuple(np.flatnonzero(~m).tolist())),) for i, m in enumerate(allowed) if not m.all())
    narrowed = Space(space.sizes, space.forbidden + barred)
    return sample_deals(narrowed, SAMPLE, np.random.default_rng(seed))


def _likeliest(deals: Deals, draws: Draws, agreement: Agreement) -> Deals:
    """Keep the deals whose least gain at the middle of the draws is largest: those most often accepted."""
    if len(deals) <= NEAR:
        return deals
    least = agreement.least(draws.middle().gains(deals)[0], axis=0)
    return deals[np.argsort(-least, kind="stable")[:NEAR]]


def _joined(found: Evaluated, solved: Sequence[Drawn | None]) -> Evaluated:
    """Put what was solved exactly in place of what the listed deals alone would say."""
    zopa, solution = found.result.zopa.copy(), found.result.solution.copy()
    row = {tuple(deal): k for k, deal in enumerate(found.deals.tolist())}
    for g, drawn in enumerate(solved):
        if drawn is None:
            continue
        zopa[g], solution[g] = drawn.possible, 0.0
        places = [row[tuple(deal)] for deal in drawn.deals.tolist()]
        solution[g][:, places] = drawn.shares
    result = replace(found.result, zopa=zopa, solution=solution)
    return replace(found, result=result, solved=tuple(0 if s is None else s.draws for s in solved))
