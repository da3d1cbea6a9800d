"""What commitments come to under a scenario: cover of guarantees, bills of donors, weakest links."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.case.relations import Commitment
from detente.lenses.ripples.draws import Draws
from detente.lenses.ripples.result import CoalitionResult, DonorResult, GuaranteeResult, Interval, interval
from detente.lenses.ripples.scenarios import Scenario
from detente.methods.relations.burden import burden_shares, cover

Floats = NDArray[np.float64]


def guarantees(draws: Draws, s: Scenario) -> tuple[GuaranteeResult, ...]:
    """Return what covers each commitment that has loads, all called at once."""
    loaded = [c for c in draws.relations.commitments if any(p.load for p in c.from_.values())]
    guarantors = dict.fromkeys(who for c in loaded for who, part in c.from_.items() if part.load)
    covered: dict[str, Floats] = {}
    loads: dict[str, Floats] = {}
    for who in guarantors:
        capability = draws.capability(who)
        if capability is None:
            continue
        columns = [draws.load(s, c, who) if who in c.from_ else np.zeros(draws.n) for c in loaded]
        ranks = [draws.priority(c.from_[who]) if who in c.from_ else np.zeros(draws.n) for c in loaded]
        loads[who] = np.stack(columns, axis=1)
        covered[who] = cover(capability, loads[who], np.stack(ranks, axis=1))
    return tuple(_guarantee(draws, s, c, (k, loads, covered)) for k, c in enumerate(loaded))


def _guarantee(
    draws: Draws, s: Scenario, c: Commitment, found: tuple[int, dict[str, Floats], dict[str, Floats]]
) -> GuaranteeResult:
    k, loads, covered = found
    holds = draws.in_force(s, c)
    bound = [who for who in c.from_ if who in covered and (loads[who][:, k] > 0).any()]
    if not holds or not bound:
        return GuaranteeResult(c.id, holds, None, ())
    wanted = sum(loads[who][:, k] for who in bound)
    served = sum(loads[who][:, k] * covered[who][:, k] for who in bound)
    joint = np.divide(served, wanted, out=np.ones(draws.n), where=np.asarray(wanted) > 0)
    return GuaranteeResult(
        c.id, True, interval(joint), tuple((who, interval(covered[who][:, k])) for who in bound)
    )


def _amounts(draws: Draws, s: Scenario) -> dict[str, dict[str, Floats]]:
    """Return the drawn aid by unit and donor."""
    found: dict[str, dict[str, Floats]] = {}
    for c in draws.relations.commitments:
        if c.kind == "aid":
            for who, part in c.from_.items():
                if part.value is not None:
                    by = found.setdefault(c.unit, {})
                    by[who] = by.get(who, np.zeros(draws.n)) + draws.value(s, c, who)
    return found


def donors(
    draws: Draws, scenario: Scenario, today_: Scenario, no_deal_: Scenario
) -> tuple[tuple[DonorResult, ...], dict[str, Interval]]:
    """Return what each donor gives under a scenario, beside today and no deal, and the totals by unit."""
    here, today, no_deal = (_amounts(draws, s) for s in (scenario, today_, no_deal_))
    found: list[DonorResult] = []
    for unit, by in here.items():
        given = np.stack(list(by.values()), axis=1)
        means = [draws.means(who) for who in by]
        known = all(m is not None for m in means)
        sizes = np.stack([m for m in means if m is not None], axis=1) if known else np.ones_like(given)
        shares = burden_shares(given, sizes)
        found += [
            DonorResult(
                donor=who,
                unit=unit,
                amount=interval(amount),
                share=interval(shares.share[:, d]),
                against_today=interval(amount - today[unit][who]),
                against_no_deal=interval(amount - no_deal[unit][who]),
                ratio=interval(shares.ratio[:, d]) if known else None,
            )
            for d, (who, amount) in enumerate(by.items())
        ]
    totals = {unit: interval(np.sum(list(by.values()), axis=0)) for unit, by in here.items()}
    return tuple(found), totals


def coalition(draws: Draws, scenario: Scenario, W: Floats, c: Commitment) -> CoalitionResult | None:
    """Return the member whose tie to the target is most at odds with the commitment; None without ties."""
    place = {node: k for k, node in enumerate(draws.nodes)}
    members = [who for who in c.from_ if who in place]
    targets = [place[who] for who in c.to if who in place]
    if not members or not targets:
        return None
    ties = np.stack([W[:, place[who]][:, targets].mean(axis=1) for who in members], axis=1)
    odds = ties if c.kind == "sanctions" else -ties
    most = odds.argmax(axis=1)
    weakest = int(np.bincount(most, minlength=len(members)).argmax())
    return CoalitionResult(
        c.id,
        draws.in_force(scenario, c),
        members[weakest],
        interval(100 * ties[:, weakest]),
        float((most == weakest).mean()),
    )
