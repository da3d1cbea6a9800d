"""Exploratory parts of the forecast: challenge models swept over noise and sub-models, and exchange."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detente.lenses.forecast import draws
from detente.lenses.forecast.options import Options
from detente.lenses.forecast.result import Challenge, Press, Trade, interval
from detente.lenses.forecast.seats import Table

Array = NDArray[np.float64]

NOISE = 2.0
"""Standard deviation, in points, put on every position in each run: judgement; coders differ by more."""

CEILING = 0.9999
"""Largest salience the challenge models take."""

SHOWN = 3
"""How many of the most frequent moves are kept, and how many exchanges: judgement."""


def middle(t: Table) -> tuple[Array, Array]:
    """Return capability and salience at the middle of their ranges, shape (seats,) each."""
    capability = np.array([sum(s.capability) / 2 for s in t.seats])
    return capability, np.array([sum(s.salience) / 2 for s in t.seats])


def challenges(t: Table, options: Options) -> tuple[Challenge, ...]:
    """Return the spread of each challenge model over draws of the inputs, noise and, for one, sub-models."""
    if not options.challenge_runs:
        return ()
    from detente.methods.spatial import eum, smp

    runs = options.challenge_runs
    rng = draws.stream(options.seed, f"noise {t.issue}")
    x = np.array([s.position for s in t.seats]) + rng.normal(0, NOISE, (runs, len(t.seats)))
    x = np.clip(x, t.places[0].position, t.places[-1].position)
    c = draws.capabilities(t, runs, options.seed)
    s = np.minimum(draws.saliences(t, runs, options.seed) / 100, CEILING)
    base = smp.CORRECTED
    models = (
        base,
        replace(base, victory="Square"),
        replace(base, victory="Quartic"),
        replace(base, election="MarkovUniform"),
        replace(base, third_party="NoCommit"),
        replace(base, bargain="InitRcvrInterp"),
        replace(base, risk_adjust="None"),
        replace(base, weights="S1P1"),
    )
    told = (
        ("Expected utility, published replication", eum.sweep(x, c, s, "scholz")),
        ("Expected utility, intended variant", eum.sweep(x, c, s, "pairwise")),
        ("Spatial Model of Politics, corrected", smp.sweep(x, c, s, models)),
    )
    names = [seat.name for seat in t.seats]
    return tuple(
        Challenge(
            name, interval(found.mean[:, -1]), float(found.settled.mean()), _presses(names, found.pressed)
        )
        for name, found in told
    )


def _presses(names: Sequence[str], pressed: Array) -> tuple[Press, ...]:
    order = np.argsort(-pressed, axis=None, kind="stable")[:SHOWN]
    pairs = [(int(k) // len(names), int(k) % len(names)) for k in order]
    return tuple(Press(names[i], names[j], float(pressed[i, j])) for i, j in pairs if pressed[i, j] > 0)


def trades(tables: Sequence[Table]) -> tuple[Trade, ...]:
    """Return the exchanges between issues that help two actors most, at the middle of all ranges."""
    if len(tables) < 2:
        return ()
    from detente.methods.spatial.exchange import exchanges

    actors = list(dict.fromkeys(seat.actor for t in tables for seat in t.seats))
    names = {seat.actor: seat.name for t in tables for seat in t.seats}
    x, s, c = (
        np.zeros((len(actors), len(tables))),
        np.zeros((len(actors), len(tables))),
        np.zeros(len(actors)),
    )
    for k, t in enumerate(tables):
        at = [actors.index(seat.actor) for seat in t.seats]
        capability, salience = middle(t)
        x[at, k], s[at, k], c[at] = [seat.position for seat in t.seats], salience / 100, capability
    return tuple(
        Trade(
            names[actors[step.giver]],
            names[actors[step.taker]],
            tables[step.on].name,
            tables[step.against].name,
            step.shift_on,
            step.shift_against,
        )
        for step in exchanges(x, c, s).steps[:SHOWN]
    )
