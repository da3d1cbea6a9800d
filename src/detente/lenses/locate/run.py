"""From a package to its place: rules first, then red lines, then the draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.errors import UsageError
from detente.lenses.locate import Options
from detente.lenses.locate.result import Better, Location, Loss, Verdict
from detente.methods.space import Allowed, count_deals, enumerate_deals
from detente.table.agreeing import agreement, quorum_of
from detente.table.draws import draw
from detente.table.encode import Encoded, encode
from detente.table.listing import LISTED, evaluate_deals, listed_deals
from detente.table.typed import find_later, parse_readings, read_deal
from detente.table.verdicts import Evaluated


def run(case: Case, options: Options) -> Location:
    """Locate a package.

    Raises
    ------
    UsageError
        If no package is given, or it names an issue or option the case does not have.
    """
    later = find_later(case, options.added)
    enc = encode(case, options.issues, later, parse_readings(options.rule))
    placed, allowed = place(enc, read_deal(case, options.deal))
    placed = replace(
        placed,
        added=tuple(((o.issue, o.id), o.short or o.text) for o in later),
        draws=options.draws,
        seed=options.seed,
    )
    return _located(placed, enc, allowed) if placed.completions else placed


def place(enc: Encoded, typed: Mapping[str, str]) -> tuple[Location, Allowed]:
    """Return what rules and red lines say of a package, without any draws, and its options as masks.

    Raises
    ------
    UsageError
        If it names an issue or option the case does not have, or none in use.
    """
    used = [i.id for i in enc.issues]
    row = enc.index({i: o for i, o in typed.items() if i in used or case_lacks(enc.case, i)})
    if (row < 0).all():
        raise UsageError("name at least one issue=option. Remedy: for example " + _example(enc))
    allowed = [
        np.isin(np.arange(m), o) if o >= 0 else np.ones(m, bool)
        for m, o in zip(enc.space.sizes, row, strict=True)
    ]
    completions = count_deals(enc.space, allowed)
    location = Location(
        issues=tuple(used),
        required=tuple(enc.actors[p].id for p in enc.required),
        quorum=quorum_of(enc, agreement(enc)),
        given=tuple((i, typed[i]) for i in used if i in typed),
        left_out=tuple(i for i in typed if i not in used),
        open_issues=tuple(i for i, o in zip(used, row, strict=True) if o < 0),
        completions=completions,
        in_scope=count_deals(enc.scoped, allowed),
        broken=() if completions else _broken(enc, allowed),
        verdicts=tuple(v for r in enc.accepts for v in _verdicts(enc, r, allowed)),
        called=tuple((actor.id, actor.name) for actor in enc.actors),
    )
    return location, allowed


def case_lacks(case: Case, issue: str) -> bool:
    """Return whether an issue does not exist at all, rather than not being in use."""
    return all(i.id != issue for i in case.issues)


def _example(enc: Encoded) -> str:
    return f"{enc.issues[0].id}={enc.issues[0].options[0].id}"


def _broken(enc: Encoded, allowed: Allowed) -> tuple[str, ...]:
    """Return the rules of which some combination matches every completion of the package."""
    fixed = {i: {int(np.argmax(mask))} for i, mask in enumerate(allowed) if mask.sum() == 1}
    hit = [
        rule
        for rule, clause in zip(enc.clause_rules, enc.space.forbidden, strict=False)
        if all(fixed.get(issue, {-1}) <= set(options) for issue, options in clause)
    ]
    # Where no single combination does, several together leave nothing: all that touch the package.
    touching = [
        rule
        for rule, clause in zip(enc.clause_rules, enc.space.forbidden, strict=False)
        if any(fixed.get(issue, {-1}) <= set(options) for issue, options in clause)
    ]
    return tuple(dict.fromkeys(hit or touching))


def _verdicts(enc: Encoded, reading: str, allowed: Allowed) -> list[Verdict]:
    found = []
    for p in enc.bound:
        masks = enc.accepts[reading][p]
        both = [a & m for a, m in zip(allowed, masks, strict=True)]
        crossed = tuple((enc.actors[p].id, enc.issues[i].id) for i, m in enumerate(both) if not m.any())
        found.append(Verdict(reading, enc.actors[p].id, count_deals(enc.space, both), crossed))
    return found


def _located(base: Location, enc: Encoded, allowed: Allowed) -> Location:
    """Add what the draws say of the most acceptable completion."""
    space = enc.scoped if base.in_scope else enc.space
    if count_deals(space, allowed) > LISTED:
        raise UsageError(
            "the package leaves too much open to look at every completion. Remedy: fix more issues"
        )
    own = enumerate_deals(space, allowed)
    others = listed_deals(enc, enc.required, base.seed)
    deals = np.concatenate([own, others])
    found = evaluate_deals(enc, agreement(enc), deals, draw(enc, base.draws, base.seed))
    shares = found.result.together
    row = int(np.argmax(shares[: len(own)]))
    everyone = shares[len(own) :]
    totals = _mean_totals(found)
    dominating = _dominating(totals[len(own) :], totals[row])
    return replace(
        base,
        shown=found.views([row], list(enc.accepts)[-1])[0],
        rank=int((everyone > shares[row]).sum()) + 1,
        of=len(others),
        worst=tuple(_worst(found, row)),
        dominated_by=int(dominating.sum()),
        better=_better(found, totals[len(own) :], totals[row], others, dominating),
    )


def _mean_totals(found: Evaluated) -> NDArray[np.int64]:
    """Return the required actors' utilities at the mean of the draws, in micro-points, (D, R)."""
    totals = found.draws.middle().utilities(found.deals)[0, list(found.required)]
    return np.rint(1e6 * totals).astype(np.int64).T


def _dominating(totals: NDArray[np.int64], own: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.asarray((totals >= own).all(axis=1) & (totals > own).any(axis=1))


def _better(
    found: Evaluated,
    totals: NDArray[np.int64],
    own: NDArray[np.int64],
    deals: NDArray[np.int16],
    dominating: NDArray[np.bool_],
) -> Better | None:
    if not dominating.any():
        return None
    least = np.where(dominating, (totals - own).min(axis=1), -1)
    best = int(np.argmax(least))
    gains = (totals[best] - own) / 1e6
    return Better(
        tuple(o.id for o in found.enc.options(deals[best])),
        tuple((found.enc.actors[p].id, float(g)) for p, g in zip(found.required, gains, strict=True)),
    )


def _worst(found: Evaluated, row: int) -> list[Loss]:
    """Return, for each required actor, the issue it loses most on against what holds if talks fail."""
    enc, deal = found.enc, found.deals[row]
    mean = found.draws.points.mean(axis=0)
    losses = []
    for p in found.required:
        change = np.array([mean[p, i, deal[i]] - mean[p, i, enc.no_deal[i]] for i in range(len(deal))])
        worst = int(np.argmin(change))
        losses.append(Loss(enc.actors[p].id, enc.issues[worst].id, float(change[worst])))
    return losses
