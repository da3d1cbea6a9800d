"""Exploratory parts of the forecast: challenge models swept over noise and sub-models, and exchange."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.lenses.forecast import draws
from detente.lenses.forecast.options import Options
from detente.lenses.forecast.result import JOINT, Challenge, Press, Trade, interval
from detente.lenses.forecast.seats import Table

if TYPE_CHECKING:
    from detente.methods.spatial.smp_models import SubModels

Array = NDArray[np.float64]

NOISE = 2.0
"""Standard deviation, in points, put on every position in each run: judgement; coders differ by more."""

SLACK = 1e-9
"""Room for rounding, so that saliences scaled to 1 do not add up to more."""

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

    x, c, s = disturbed(t, options)
    told = [
        ("Expected utility, published replication", eum.sweep(x, c, s, "scholz")),
        ("Expected utility, intended variant", eum.sweep(x, c, s, "pairwise")),
        ("Spatial Model of Politics, corrected", smp.sweep(x, c, s, variants())),
    ]
    if options.original:
        told.append(("Spatial Model of Politics, original program", smp.sweep(x, c, s, (smp.COMPAT,))))
    names = [seat.name for seat in t.seats]
    return tuple(_told(name, names, (run.mean[:, -1], run.settled, run.pressed)) for name, run in told)


def disturbed(t: Table, options: Options) -> tuple[Array, Array, Array]:
    """Return noisy positions, drawn capabilities and saliences on 0..1, shape (runs, seats)."""
    runs, rng = options.challenge_runs, draws.stream(options.seed, f"noise {t.issue}")
    x = np.array([s.position for s in t.seats]) + rng.normal(0, NOISE, (runs, len(t.seats)))
    x = np.clip(x, t.places[0].position, t.places[-1].position)
    s = np.minimum(draws.saliences(t, runs, options.seed) / 100, CEILING)
    return x, draws.capabilities(t, runs, options.seed), s


def variants() -> tuple[SubModels, ...]:
    """Return the choices of sub-models a sweep goes through: the corrected default and one change each."""
    from detente.methods.spatial.smp_models import CORRECTED as BASE

    return (
        BASE,
        replace(BASE, voting="Cubic"),
        replace(BASE, victory="Square"),
        replace(BASE, victory="Quartic"),
        replace(BASE, election="MarkovUniform"),
        replace(BASE, third_party="NoCommit"),
        replace(BASE, bargain="InitRcvrInterp"),
        replace(BASE, risk_adjust="None"),
        replace(BASE, weights="S1P1"),
    )


def together(tables: Sequence[Table], options: Options) -> dict[str, Challenge]:
    """Return, by issue, the spread of the Spatial Model of Politics played on all issues at once.

    Only actors with a place on every issue take part. In each draw saliences are scaled down alike, so that
    those of the actor who cares most add up to 1, as the model wants.
    """
    seated = [a for a in _actors(tables) if all(any(s.actor == a for s in t.seats) for t in tables)]
    if len(tables) < 2 or len(seated) < 2 or not options.challenge_runs:
        return {}
    from detente.methods.spatial import smp

    rows = [[[s.actor for s in t.seats].index(a) for a in seated] for t in tables]
    drawn = [disturbed(t, options) for t in tables]
    x, s = (np.stack([d[k][:, at] for d, at in zip(drawn, rows, strict=True)], axis=2) for k in (0, 2))
    s /= np.maximum(1.0, s.sum(axis=2).max(axis=1) * (1 + SLACK))[:, None, None]
    run = smp.sweep_together(x, drawn[0][1][:, rows[0]], s, variants())
    names = [_actors(tables)[a] for a in seated]
    return {
        t.issue: _told(JOINT, names, (run.mean[:, k], run.settled, run.pressed)) for k, t in enumerate(tables)
    }


def _actors(tables: Sequence[Table]) -> dict[str, str]:
    return {seat.actor: seat.name for t in tables for seat in t.seats}


def _told(model: str, names: Sequence[str], run: tuple[Array, NDArray[np.bool_], Array]) -> Challenge:
    end, settled, pressed = run
    return Challenge(model, interval(end), float(settled.mean()), _presses(names, pressed))


def _presses(names: Sequence[str], pressed: Array) -> tuple[Press, ...]:
    order = np.argsort(-pressed, axis=None, kind="stable")[:SHOWN]
    pairs = [(int(k) // len(names), int(k) % len(names)) for k in order]
    return tuple(Press(names[i], names[j], float(pressed[i, j])) for i, j in pairs if pressed[i, j] > 0)


def trades(tables: Sequence[Table]) -> tuple[Trade, ...]:
    """Return the exchanges between issues that help two actors most, at the middle of all ranges."""
    if len(tables) < 2:
        return ()
    from detente.methods.spatial.exchange import exchanges

    names = _actors(tables)
    actors = list(names)
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
