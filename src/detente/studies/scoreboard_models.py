"""Point forecasts of every model the scoreboard compares, one column a model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from detente.methods import threads
from detente.methods.spatial import anchors, eum, exchange, nash, pce, smp
from detente.studies.deu import Decision

Array = NDArray[np.float64]

_CEILING = 0.9999  # the original SMP needs a salience below 1
_COSTS = (0.2, 1.0, 5.0)  # how bad no deal is, on a scale where 1 is the far end of the issue

NAMES: Mapping[str, str] = {
    "compromise": "compromise (capability x salience)",
    "mean": "plain mean",
    "capability_mean": "capability-weighted mean",
    "salience_mean": "salience-weighted mean",
    "weighted_median": "weighted median",
    "midrange": "middle of the range",
    "huber": "robust mean (25 points)",
    "constant_50": "always 50",
    "commission": "the Commission's position",
    "parliament": "the Parliament's position",
    "reference": "the reference point",
    **{f"nash_{k:g}": f"Nash, no deal costs {k:g} (where a reference point is known)" for k in _COSTS},
    "exchange": "exchange of positions (proposals with several issues)",
    "pce": "probabilistic Condorcet election",
    "eum_scholz_1": "expected utility, published replication, round 1 median",
    "eum_scholz_5": "expected utility, published replication, round 5 median",
    "eum_scholz_10": "expected utility, published replication, round 10 mean",
    "eum_pairwise_1": "expected utility, intended variant, round 1 median",
    "eum_pairwise_10": "expected utility, intended variant, round 10 mean",
    "smp_1": "SMP, original, mean after turn 1",
    "smp_end": "SMP, original, final mean",
    "smp_end_median": "SMP, original, final median",
    "smp_corrected_1": "SMP, corrected, mean after turn 1",
    "smp_corrected_end": "SMP, corrected, final mean",
}
"""Model to the words for it, in the order they are computed."""

EXPLORATORY = frozenset(n for n in NAMES if n.startswith(("eum", "smp", "pce", "exchange")))
"""Models that stay out of the headline unless they beat it here."""


def forecasts(decisions: Sequence[Decision]) -> dict[str, Array]:
    """Return the point forecast of each model for each decision; NaN exactly where a model makes none.

    Parameters
    ----------
    decisions : sequence of Decision

    Returns
    -------
    dict of str to array (issues,)
    """
    rows: list[dict[str, float]] = [{} for _ in decisions]

    def work(_: object, i: int) -> None:
        rows[i] = _simple(decisions[i]) | _challenges(decisions[i])

    threads.fold(range(len(decisions)), lambda: None, work)
    for i, point in _exchanged(decisions).items():
        rows[i]["exchange"] = point
    return {name: np.array([row.get(name, np.nan) for row in rows]) for name in NAMES}


def _simple(d: Decision) -> dict[str, float]:
    x, w = d.position, d.weight
    found: dict[str, Array | float] = {
        "compromise": anchors.weighted_mean(x, w),
        "mean": anchors.weighted_mean(x, np.ones(x.size)),
        "capability_mean": anchors.weighted_mean(x, d.capability),
        "salience_mean": anchors.weighted_mean(x, d.salience),
        "weighted_median": anchors.weighted_median(x, w),
        "midrange": anchors.midrange(x, w),
        "huber": anchors.huber(x, w),
        "constant_50": 50.0,
        "pce": pce.expected_position(x, w),
    }
    for name, actor in (("commission", "com"), ("parliament", "ep")):
        if actor in d.actors:
            found[name] = x[d.actors.index(actor)]
    if d.reference is not None:
        found["reference"] = d.reference
        for cost in _COSTS:
            loss = d.salience * ((d.reference - x) ** 2 + cost * 100**2)
            deal = nash.bargain(x, d.capability, d.salience, loss, (0.0, 100.0))
            if deal.exists[0]:
                found[f"nash_{cost:g}"] = deal.point[0]
    return {name: float(point) for name, point in found.items()}


def _challenges(d: Decision) -> dict[str, float]:
    """Return the forecasts of challenge models, on the issue's own range of positions."""
    low, span, found = float(d.position.min()), float(np.ptp(d.position)), {}
    if span == 0:  # nobody has anything to challenge
        return {n: low for n in NAMES if n.startswith(("eum", "smp"))}
    x, s = (d.position - low) / span * 100, np.minimum(d.salience, _CEILING)

    def back(point: float) -> float:
        return low + point * span / 100

    readings: tuple[eum.Reading, ...] = ("scholz", "pairwise")
    for reading in readings:
        run = eum.play(x / 100, d.capability, d.salience, reading)
        last = len(run.mean) - 1
        for t in (1, 5):
            found[f"eum_{reading}_{t}"] = back(100 * float(run.median[min(t, last)]))
        found[f"eum_{reading}_10"] = back(100 * float(run.mean[min(10, last)]))
    for name, models in (("smp", smp.COMPAT), ("smp_corrected", smp.CORRECTED)):
        path = smp.play(x, d.capability, s, models).position[:, :, 0]
        means = path @ d.weight / d.weight.sum()
        found[f"{name}_1"], found[f"{name}_end"] = (
            back(float(means[min(1, len(means) - 1)])),
            back(float(means[-1])),
        )
        found[f"{name}_end_median"] = back(float(anchors.weighted_median(path[-1], d.weight)))
    return found


def _exchanged(decisions: Sequence[Decision]) -> dict[int, float]:
    """Return the outcome after exchange, by row, for proposals with several issues."""
    proposals: dict[str, list[int]] = defaultdict(list)
    for i, d in enumerate(decisions):
        proposals[d.proposal].append(i)
    found: dict[int, float] = {}
    for rows in proposals.values():
        if len(rows) < 2:
            continue
        actors = sorted({a for i in rows for a in decisions[i].actors})
        x, s, c = (
            np.zeros((len(actors), len(rows))),
            np.zeros((len(actors), len(rows))),
            np.zeros(len(actors)),
        )
        for k, i in enumerate(rows):
            at = [actors.index(a) for a in decisions[i].actors]
            x[at, k], s[at, k], c[at] = decisions[i].position, decisions[i].salience, decisions[i].capability
        done = exchange.exchanges(x, c, s)
        found |= dict(zip(rows, done.after.tolist(), strict=True))
    return found
