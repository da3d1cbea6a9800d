"""Which deals are looked at draw by draw, and the shares found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detente.errors import UsageError
from detente.methods.dealspace.rule import ACTORS
from detente.methods.redlines import Agreement, agreed, joint
from detente.methods.smaa import Acceptance, evaluate
from detente.methods.space import count_deals, enumerate_deals, sample_deals
from detente.table.draws import Draws
from detente.table.encode import Encoded
from detente.table.verdicts import Evaluated

LISTED = 250_000
"""Most deals looked at draw by draw; a larger space is sampled. Judgement: seconds on two cores."""

SAMPLE = 20_000
"""Deals sampled from a larger space, beside those inside the red lines. Judgement."""


def required_rows(enc: Encoded, coalition: Sequence[str]) -> tuple[int, ...]:
    """Return the rows of the actors who must accept."""
    names = [a.id for a in enc.actors]
    unknown = [c for c in coalition if c not in names]
    if unknown:
        raise UsageError(f"no actor {', '.join(unknown)} in the case. Remedy: choose from {', '.join(names)}")
    return tuple(names.index(c) for c in dict.fromkeys(coalition)) or enc.required


def agreement(enc: Encoded, coalition: Sequence[str] = ()) -> Agreement:
    """Return whose acceptance makes a deal: a coalition that is asked for, or what the case says."""
    required = required_rows(enc, coalition)
    rule = Agreement(required)
    if enc.quorum is not None and not coalition:
        rule = Agreement(required, enc.quorum.of, enc.quorum.at_least)
    if len(required) + len(rule.others) > ACTORS:
        raise UsageError(
            f"the acceptance of {len(required) + len(rule.others)} actors is asked for, and coalitions of at "
            f"most {ACTORS} can be weighed. Remedy: name fewer with --coalition, or shorten the quorum"
        )
    return rule


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


def evaluate_deals(enc: Encoded, agreement: Agreement, deals: NDArray[np.int16], draws: Draws) -> Evaluated:
    """Look at the deals draw by draw: inside each reading's red lines, then red lines aside."""
    groups = [agreed(enc.accepts[r], agreement, deals) for r in enc.accepts]
    groups.append(np.ones(len(deals), dtype=bool))
    everybody = np.arange(len(enc.actors))
    rule = Acceptance(
        np.isin(everybody, agreement.vetoes), np.isin(everybody, agreement.voters), agreement.at_least
    )
    if not len(deals):
        raise UsageError(
            "the rules leave no deal at all. Remedy: take out or narrow a rule that forbids the most"
        )
    points, columns = draws.columns(deals)
    result = evaluate(points, draws.worth, columns, rule, np.array(groups))
    count = deals.shape[1]
    option, pair = result.option[:, :count], result.pair[:, :count, :, :count]
    return Evaluated(enc, agreement.vetoes, deals, draws, replace(result, option=option, pair=pair))


def inside(
    enc: Encoded,
    accepts: Sequence[Sequence[NDArray[np.bool_]]],
    required: Sequence[int],
    deals: NDArray[np.int16],
) -> NDArray[np.bool_]:
    """Return which deals lie inside the red lines of all required actors."""
    return agreed(accepts, Agreement(tuple(required)), deals)
