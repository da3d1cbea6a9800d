"""From a case's orders and ranges to a distribution for each issue, given that agreement is reached."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.errors import UsageError
from detente.lenses.forecast import draws, explore
from detente.lenses.forecast.measures import measures
from detente.lenses.forecast.options import Options
from detente.lenses.forecast.result import (
    TEN,
    Anchors,
    Forecast,
    IssueForecast,
    Lever,
    Likely,
    Zone,
    interval,
)
from detente.lenses.forecast.seats import Seat, Table, table
from detente.methods.spatial import anchors, levers, mixture, nash, scoring

Array = NDArray[np.float64]

LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)


def run(case: Case, options: Options) -> Forecast:
    """Compute the forecast lens.

    Raises
    ------
    UsageError
        If an issue asked for does not exist or has no scale, or no issue has one.
    """
    tables = _tables(case, options)
    usable = [t for t in tables if not t.lacks]
    if not usable:
        reasons = "; ".join(f"{t.name}: {t.lacks}" for t in tables)
        raise UsageError(f"no forecast is possible here: {reasons}. Remedy: give options a `position`")
    issues = tuple(_issue(case, t, options) for t in usable)
    joint = explore.together(usable, options)
    if joint:
        issues = tuple(replace(f, challenges=(*f.challenges, joint[f.issue])) for f in issues)
    return Forecast(
        issues,
        tuple((t.name, t.lacks) for t in tables if t.lacks),
        explore.trades(usable),
        options.draws,
        options.challenge_runs,
        options.seed,
        tuple(m for found in issues for m in measures(found)),
    )


def _tables(case: Case, options: Options) -> list[Table]:
    known = {issue.id: issue for issue in case.issues}
    unknown = [name for name in options.issue if name not in known]
    if unknown:
        raise UsageError(f"there is no issue '{unknown[0]}'. Remedy: choose from {', '.join(known)}")
    tables = [table(case, known[name]) for name in options.issue or known]
    if options.issue and (useless := [t for t in tables if t.lacks]):
        raise UsageError(
            f"no forecast for '{useless[0].issue}': {useless[0].lacks}. Remedy: give its options a `position`"
        )
    return tables


def _issue(case: Case, t: Table, options: Options) -> IssueForecast:
    x = np.array([seat.position for seat in t.seats])
    c = draws.capabilities(t, options.draws, options.seed)
    s = draws.saliences(t, options.draws, options.seed)
    f = mixture.cdf(scoring.GRID, x, c * s)
    ends = [p.position for p in t.places]
    between = [(a + b) / 2 for a, b in pairwise(ends)]
    steps = np.diff(np.concatenate([[0.0], mixture.cdf(between, x, c * s), [1.0]]))
    return IssueForecast(
        issue=t.issue,
        name=t.name,
        scale=t.scale,
        core=t.core,
        cdf=f,
        quantiles=tuple(float(q) for q in scoring.quantile(f, LEVELS)),
        mean=mixture.mean(x, c * s),
        above_middle=_above(x, c * s, 50.0),
        above_no_deal=None if t.no_deal is None else _above(x, c * s, t.no_deal.position),
        likely=tuple(Likely(p, float(max(0.0, q))) for p, q in zip(t.places, steps, strict=True)),
        no_deal=t.no_deal,
        anchors=_anchors(t, x, c * s),
        levers=_levers(t, x, c, s),
        absent=t.absent,
        zone=_zone(case, t, (c, s), options.seed),
        challenges=explore.challenges(t, options),
    )


def _above(x: Array, weight: Array, point: float) -> float:
    return float(np.clip(1 - mixture.cdf([point], x, weight)[0], 0.0, 1.0))


def _anchors(t: Table, x: Array, weight: Array) -> Anchors:
    capability, salience = explore.middle(t)
    found = levers.pivot(x, capability * salience)
    return Anchors(
        interval(anchors.weighted_mean(x, weight)),
        interval(anchors.weighted_median(x, weight)),
        float(x.mean()),
        float(x.min()),
        float(x.max()),
        tuple(t.seats[i].name for i in found.actors),
        min(found.down, found.up),
    )


def _levers(t: Table, x: Array, c: Array, s: Array) -> tuple[Lever, ...]:
    told = levers.levers(x, c * s)
    salient, stronger = (levers.heavier(x, c * s, TEN * other) for other in (c, s))
    found = [
        Lever(
            seat.actor,
            seat.name,
            seat.wants,
            seat.position,
            interval(told.by_position[:, k]),
            interval(told.pull[:, k]),
            interval(salient[:, k]),
            interval(stronger[:, k]),
        )
        for k, seat in enumerate(t.seats)
    ]
    return tuple(sorted(found, key=lambda lever: -abs(lever.pull.mid)))


def _zone(case: Case, t: Table, drawn: tuple[Array, Array], seed: int) -> Zone | None:
    """Return what beats no deal for all required actors; None where fewer than two have a place here."""
    at = [k for k, seat in enumerate(t.seats) if seat.required]
    required = _rows(case, t, at, drawn, seed)
    if len(at) < 2 or required is None:
        return None
    others, more = _counted(case, t)
    rows = [k for k in others if _rows(case, t, [k], drawn, seed) is not None]
    more = max(0, more - (len(others) - len(rows)))
    scale = t.places[0].position, t.places[-1].position
    counted = _rows(case, t, rows, drawn, seed) if more else None
    deal = nash.with_others(required, counted, more, scale) if counted else nash.bargain(*required, scale)
    names = tuple(t.seats[k].name for k in at)
    besides = (tuple(t.seats[k].name for k in rows), more) if counted else None
    if not deal.exists.any():
        return Zone(names, besides, 0.0, None, None, None)
    low, high, point = (interval(values[deal.exists]) for values in (deal.low, deal.high, deal.point))
    return Zone(names, besides, deal.share, low, high, point)


def _rows(case: Case, t: Table, at: list[int], drawn: tuple[Array, Array], seed: int) -> nash.Rows | None:
    """Return place, capability, salience and loss of some seats; None where a no deal has no place here."""
    seats: list[Seat] = [t.seats[k] for k in at]
    salience = drawn[1][:, at]
    loss = draws.losses(case, t, seats, salience, seed) if seats else None
    if loss is None:
        return None
    return np.array([seat.position for seat in seats]), drawn[0][:, at], salience, loss


def _counted(case: Case, t: Table) -> tuple[list[int], int]:
    """Return the seats of those a quorum counts beside those required, and how many of them must accept.

    Who has no seat on this issue stands in nobody's way here, as with those whose consent is required.
    """
    if case.quorum is None:
        return [], 0
    others = [a.id for a in case.actors if a.id in case.quorum.of and not a.consent]
    more = max(0, case.quorum.at_least - (len(case.quorum.of) - len(others)))
    seated = [k for k, seat in enumerate(t.seats) if seat.actor in others]
    return seated, max(0, more - (len(others) - len(seated)))
