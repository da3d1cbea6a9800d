"""Which deals are looked at draw by draw, and the shares found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detente.errors import UsageError
from detente.methods.agreement import Agreement
from detente.methods.redlines import agreed, joint
from detente.methods.smaa import Acceptance, evaluate
from detente.methods.space import count_deals, enumerate_deals, sample_deals
from detente.table.draws import Draws
from detente.table.encode import Encoded
from detente.table.verdicts import Evaluated

LISTED = 250_000
"""Most deals looked at draw by draw; a larger space is sampled. Judgement: seconds on two cores."""

SAMPLE = 20_000
"""Deals sampled from a larger space, beside those inside the red lines. Judgement."""


def listed_deals(enc: Encoded, required: Sequence[int], seed: int) -> NDArray[np.int16]:
    """Return the deals to look at draw by draw: all of them, or a sample and all inside the red lines."""
    if count_deals(enc.scoped) <= LISTED:
        return enumerate_deals(enc.scoped)
    zones = [
        enumerate_deals(enc.scoped, joint(enc.scoped, accepts, required), LISTED)
        for accepts in enc.accepts.values()
        if count_deals(enc.scoped, joint(enc.scoped, accepts, required)) <= LISTED
    ]
    drawn = sample_deals(enc.scoped, SAMPLE, np.random.default_rng(seed))
    return np.unique(np.concatenate([drawn, *zones]), axis=0)


def acceptance(enc: Encoded, agreement: Agreement) -> Acceptance:
    """Return an agreement over all actors, as draws are counted under it."""
    everybody = np.arange(len(enc.actors))
    vetoes, voters = np.isin(everybody, agreement.vetoes), np.isin(everybody, agreement.voters)
    return Acceptance(vetoes, voters, agreement.at_least)


def evaluate_deals(enc: Encoded, agreement: Agreement, deals: NDArray[np.int16], draws: Draws) -> Evaluated:
    """Look at the deals draw by draw: inside each reading's red lines, then red lines aside."""
    groups = [agreed(enc.accepts[r], agreement, deals) for r in enc.accepts]
    groups.append(np.ones(len(deals), dtype=bool))
    if not len(deals):
        raise UsageError(
            "the rules leave no deal at all. Remedy: take out or narrow a rule that forbids the most"
        )
    points, columns = draws.columns(deals)
    result = evaluate(points, draws.worth, columns, acceptance(enc, agreement), np.array(groups))
    count = deals.shape[1]
    option, pair = result.option[:, :count], result.pair[:, :count, :, :count]
    return Evaluated(enc, agreement, deals, draws, replace(result, option=option, pair=pair))
