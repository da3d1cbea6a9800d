"""Routes of gates: the chance of each, of any, and what stands most in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detente.methods.ratification.gates import Gate, Hold
from detente.methods.ratification.worlds import Array, Estimate, Worlds, estimate

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Step:
    """A gate in a route, with the days it takes (90% range read as evenly spread)."""

    gate: Gate | Hold
    days_low: float = 0.0
    days_high: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.days_low <= self.days_high:
            raise ValueError(f"{self.gate.id}: days must run 0 <= low <= high")

    def days(self, worlds: Worlds) -> Array:
        """Return the days it takes, (n,)."""
        return worlds.uniform(f"{self.gate.id} days", self.days_low, self.days_high)


@dataclass(frozen=True, slots=True)
class Route:
    """Steps that must all be passed, in order; no step at all passes."""

    id: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class GateOutcome:
    """One step of a route.

    Parameters
    ----------
    id : str
    alone : Estimate
        Chance to pass the gate, whatever the others do.
    reached : Estimate
        Chance that this gate and all before it in the route are passed.
    gain : float
        By how much the overall chance would rise if this gate were certain.
    """

    id: str
    alone: Estimate
    reached: Estimate
    gain: float


@dataclass(frozen=True, slots=True)
class RouteOutcome:
    """One route: its chance, its gates in order, and the days it takes (median, 5th, 95th percentile)."""

    id: str
    chance: Estimate
    gates: tuple[GateOutcome, ...]
    days: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All routes together.

    Parameters
    ----------
    overall : Estimate
        Chance that at least one route is passed, if every one is tried.
    routes : tuple of RouteOutcome
    unrelated, together : float
        The overall chance if gates had nothing to do with each other, and if those of one mood rose and
        fell fully together.
    """

    overall: Estimate
    routes: tuple[RouteOutcome, ...]
    unrelated: float
    together: float

    @property
    def pivotal(self) -> str:
        """Gate whose certainty would add most to the overall chance; empty where no gate is left."""
        gains = [(g.gain, g.id) for r in self.routes for g in r.gates]
        best = max(gains, default=(0.0, ""), key=lambda pair: pair[0])
        return best[1] if best[0] > 0 else ""


@lru_cache(maxsize=512)  # many deals differ on nothing a gate looks at
def climb(routes: tuple[Route, ...], worlds: Worlds) -> Outcome:
    """Send a deal up every route.

    A route is passed in a future if each of its gates is; the deal is ratified if any route is passed. The
    gates of one mood share part of their luck, a gate that stands in two routes shares all of it.

    Parameters
    ----------
    routes : tuple of Route
        The routes open to this deal; none means no chance.
    worlds : Worlds

    Examples
    --------
    Two independent decisions in a row, or one alone:

    >>> from detente.methods.ratification.gates import Decision
    >>> court, vote = Step(Decision("court", 0.5, 0.5, "a")), Step(Decision("vote", 0.5, 0.5, "b"))
    >>> both = climb((Route("both", (court, vote)),), Worlds(seed=1))
    >>> bool(abs(both.overall.value - 0.25) < 0.01)
    True
    """
    marks = {route.id: _marks(route, worlds) for route in routes}
    overall = _any(marks, worlds)
    found = tuple(_route(route, marks, overall, worlds) for route in routes)
    edges = [
        float(_any({r.id: _marks(r, fixed) for r in routes}, fixed).mean())
        for fixed in (_fixed(worlds, 0.0), _fixed(worlds, 1.0))
    ]
    return Outcome(estimate(worlds, overall), found, *edges)


@lru_cache(maxsize=4096)
def chance(routes: tuple[Route, ...], worlds: Worlds) -> Estimate:
    """Return the overall chance only: `climb` without the particulars, for many deals."""
    return estimate(worlds, _any({route.id: _marks(route, worlds) for route in routes}, worlds))


def _fixed(worlds: Worlds, rho: float) -> Worlds:
    return Worlds(worlds.seed, worlds.outer, worlds.inner, rho)


def _marks(route: Route, worlds: Worlds) -> tuple[Flags, ...]:
    return tuple(
        _held(step.gate, route.steps[k + 1 :], worlds)
        if isinstance(step.gate, Hold)
        else _passed(step.gate, worlds)
        for k, step in enumerate(route.steps)
    )


@lru_cache(maxsize=1024)  # many deals meet the same gate: 1,024 marks of 64,000 futures are 64 MB
def _passed(gate: Gate, worlds: Worlds) -> Flags:
    return gate.passes(worlds)


@lru_cache(maxsize=64)
def _held(halt: Hold, later: tuple[Step, ...], worlds: Worlds) -> Flags:
    return halt.holds(worlds, sum((step.days(worlds) for step in later), np.zeros(worlds.size)))


def _all(marks: tuple[Flags, ...], worlds: Worlds) -> Flags:
    return np.asarray(np.logical_and.reduce([np.ones(worlds.size, dtype=bool), *marks]))


def _any(marks: Mapping[str, tuple[Flags, ...]], worlds: Worlds) -> Flags:
    passed = [_all(route, worlds) for route in marks.values()]
    return np.asarray(np.logical_or.reduce([np.zeros(worlds.size, dtype=bool), *passed]))


def _route(
    route: Route, marks: Mapping[str, tuple[Flags, ...]], overall: Flags, worlds: Worlds
) -> RouteOutcome:
    own = marks[route.id]
    gates = []
    for k, step in enumerate(route.steps):
        certain = (*own[:k], np.ones(worlds.size, dtype=bool), *own[k + 1 :])
        # A gate in several routes is made certain in this one only: the gain is along this route.
        gain = float((overall | _all(certain, worlds)).mean() - overall.mean())
        reached = _all(own[: k + 1], worlds)
        gates.append(GateOutcome(step.gate.id, estimate(worlds, own[k]), estimate(worlds, reached), gain))
    total = sum((step.days(worlds) for step in route.steps), np.zeros(worlds.size))
    low, median, high = np.percentile(total, (5, 50, 95))
    passed = estimate(worlds, _all(own, worlds))
    return RouteOutcome(route.id, passed, tuple(gates), (float(median), float(low), float(high)))
