"""Draws over the ranges of a ripeness block, path by path, in the shapes the time methods take."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from detente.case.base import Range
from detente.case.ripeness import Area, Books, Ripeness
from detente.methods.ripeness.economy import Economy, Shocks, State, Track, run, runway
from detente.methods.ripeness.front import Horizon, held, monthly_gains
from detente.methods.ripeness.pace import Pace, fit_pace, given_pace
from detente.methods.ripeness.pressure import Pressure, Weights, labour, phased, pressure

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Levers:
    """What-if levers: the named inputs an analyst may move.

    Parameters
    ----------
    aid : {"continues", "shrinks", "stops"}
        Fate of all aid.
    oil : float
        Dollars a barrel on top of the price.
    sanctions : float
        Part by which sanctions bite more: 0.5 is half as much again, -1 none at all.
    pace : float
        Factor on monthly gains of ground.
    """

    aid: str = "continues"
    oil: float = 0.0
    sanctions: float = 0.0
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class Sampler:
    """Draws ranges for a number of paths."""

    rng: np.random.Generator
    paths: int

    def __call__(self, span: Range) -> Floats:
        """Return uniform draws over a range."""
        return np.asarray(span.low + (span.high - span.low) * self.rng.random(self.paths))

    def triangular(self, span: Range) -> Floats:
        """Return triangular draws over a range, its middle the most frequent."""
        if span.low == span.high:
            return np.full(self.paths, float(span.low))
        return self.rng.triangular(span.low, span.mid, span.high, self.paths)


def stream(seed: int, paths: int, *key: int) -> Sampler:
    """Return the sampler of one part of a block; its draws depend on nothing but the seed and the key."""
    return Sampler(np.random.default_rng([seed, *key]), paths)


def front(ripeness: Ripeness, months: int, levers: Levers, sample: Sampler) -> Floats:
    """Return the ground held by each area's advancing side, shape (paths, months + 1, areas)."""
    if not ripeness.areas:
        return np.zeros((sample.paths, months + 1, 0))
    start = np.stack([sample(a.held) for a in ripeness.areas], axis=1)
    gains = monthly_gains([_pace(a) for a in ripeness.areas], Horizon(months, sample.paths), sample.rng)
    return held(start, levers.pace * gains, [a.size for a in ripeness.areas])


def _pace(area: Area) -> Pace:
    if area.series:
        return fit_pace([area.series[month] for month in sorted(area.series)])
    assert area.slow is not None
    assert area.fast is not None
    stay = area.stay.mid if area.stay else 6 / 7
    now = area.fast_now.mid if area.fast_now else 0.5
    return given_pace((area.slow.low, area.slow.high), (area.fast.low, area.fast.high), stay, now)


@dataclass(frozen=True, slots=True)
class Money:
    """An economy's books and pressure over the quarters, with what they started from."""

    track: Track
    parts: Pressure
    first: Floats
    buffer: Floats
    runway: Floats
    war: Floats


def money(books: Books, months: int, levers: Levers, sample: Sampler, relief: float = 0.0) -> Money:
    """Run the accounting model for one actor.

    Parameters
    ----------
    relief : float
        Share of full sanctions relief granted from the first quarter on, phased in like sanctions.
    """
    quarters = -(-months // 3)
    d = {f: sample.triangular(getattr(books, f)) for f in _RANGES}
    full = books.relief
    cheaper = relief * sample.triangular(full.discount) if full else np.zeros(sample.paths)
    softer = relief * sample.triangular(full.sanctions) if full else np.zeros(sample.paths)
    lag = d["sanctions_lag"]
    discount = _moved(d["discount"], levers.sanctions * d["discount"] - cheaper, lag, quarters)
    bite = _moved(d["sanctions"], (levers.sanctions - softer) * d["sanctions"], lag, quarters)
    economy = _economy(books, d, sample)
    state = State(d["gap"], d["inflation"], d["rate"], d["buffer"])
    shocks = Shocks(
        oil=np.broadcast_to(d["oil"][:, None] + levers.oil, (sample.paths, quarters)),
        discount=discount,
        spending=d["spending"][:, None],
        sanctions=bite,
    )
    track = run(economy, state, shocks)
    target = np.broadcast_to(np.asarray(economy.target, dtype=np.float64), (sample.paths,))
    parts = pressure(track, target, d["buffer"], _squeeze(books, quarters, sample), Weights())
    first = _at_once(d, target)
    at_once = d["deficit"] - d["oil_share"] * (d["oil"] + levers.oil - d["discount"] - d["oil_reference"])
    at_once = at_once - np.asarray(economy.gap_share) * d["gap"]
    years = runway(d["buffer"], at_once + d["spending"], d["borrowing"])
    return Money(track, parts, first, d["buffer"], years, d["war"])


def _at_once(d: dict[str, Floats], target: Floats) -> Floats:
    """Return the pressure at the start: no buffer used and no labour lost yet."""
    w = Weights()
    inflation = np.asarray(w.inflation) * np.maximum(0, d["inflation"] - target)
    return np.asarray(inflation + np.asarray(w.slack) * np.maximum(0, -d["gap"]))


def _moved(now: Floats, change: Floats, lag: Floats, quarters: int) -> Floats:
    """Return what holds now, moved by a change that takes hold over the lag."""
    return np.asarray(now[:, None] + phased(change, lag, quarters))


_RANGES = (
    "gap",
    "inflation",
    "rate",
    "buffer",
    "deficit",
    "borrowing",
    "oil",
    "oil_reference",
    "oil_share",
    "discount",
    "spending",
    "sanctions",
    "sanctions_lag",
    "war",
)


def _economy(books: Books, d: dict[str, Floats], sample: Sampler) -> Economy:
    set_ = {name: sample.triangular(span) for name, span in books.coefficients.items()}
    known = {f.name for f in fields(Economy)}
    return Economy(
        deficit=d["deficit"],
        oil_share=d["oil_share"],
        oil_reference=d["oil_reference"],
        borrowing=d["borrowing"],
        **{name: value for name, value in set_.items() if name in known},
    )


def _squeeze(books: Books, quarters: int, sample: Sampler) -> Floats:
    """Return hundredths of the labour force lost since the start."""
    if books.labour is None:
        return np.zeros((sample.paths, quarters))
    work = books.labour
    start = sample.triangular(work.force)
    force = labour(
        start,
        sample.triangular(work.growth),
        sample.triangular(work.leaving),
        sample.triangular(work.returning),
        quarters,
    )
    return np.maximum(0, 100 * (1 - force / start[:, None]))
