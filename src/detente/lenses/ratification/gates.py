"""From the case's gates to the gates of the model, for one deal under one reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from detente.case import ratification as block
from detente.case.base import Model
from detente.case.checks_walk import walk
from detente.methods.durability.references import FORTNA_VARYING, classes
from detente.methods.ratification import gates as model
from detente.methods.ratification.ladder import Route, Step
from detente.methods.ratification.referendum import Electorate, Poll, Referendum, Rule

Terms = Mapping[str, str]

Key = tuple[str, str, tuple[str | None, ...], tuple[float, float]]
"""Gate, reading, the terms it looks at, and the days until its end."""


@dataclass(frozen=True)
class Builder:
    """Makes a case's routes for many deals; a gate is made once for all deals that are alike to it.

    Parameters
    ----------
    case : Ratification
    as_of : date
        The case's date; polls are as old as that.
    """

    case: block.Ratification
    as_of: date
    _made: dict[Key, model.Gate | model.Hold] = field(default_factory=dict)

    @cached_property
    def looked_at(self) -> dict[str, tuple[str, ...]]:
        """Issues each gate depends on."""
        return {gate.id: _issues(gate) for gate in self.case.gates}

    @cached_property
    def issues(self) -> frozenset[str]:
        """Issues any gate or route depends on."""
        return frozenset(_issues(self.case))

    def routes(self, terms: Terms, reading: str) -> tuple[Route, ...]:
        """Return the routes open to a deal, with the gates it needs there."""
        open_ones = (r for r in self.case.routes if r.is_open(terms, reading))
        return tuple(Route(route.id, self._steps(route, terms, reading)) for route in open_ones)

    def looks_at(self, part: block.Gate | block.Route) -> tuple[str, ...]:
        """Return the issues a gate depends on, or a route in being open."""
        return _issues(part) if isinstance(part, block.Route) else self.looked_at[part.id]

    def form(
        self, part: block.Gate | block.Route, terms: Terms, reading: str
    ) -> model.Gate | model.Hold | bool | None:
        """Return what a deal makes of a gate (none where it is not needed), or whether a route is open to it.

        Two deals with the same forms of every gate and route have the same chance; days to a vote depend on
        which gates come before it, and so on these forms too.
        """
        if isinstance(part, block.Route):
            return part.is_open(terms, reading)
        if not part.is_needed(terms, reading):
            return None
        return _gate(part, terms, reading, (self.as_of, 0.0, 0.0))

    def _steps(self, route: block.Route, terms: Terms, reading: str) -> tuple[Step, ...]:
        steps: list[Step] = []
        before = (0.0, 0.0)  # days until the gate is reached: a vote is that much further from its polls
        for gate in map(self.case.gate, route.gates):
            if gate.is_needed(terms, reading):
                ends = (before[0] + gate.days.low, before[1] + gate.days.high)
                steps.append(Step(self._gate(gate, terms, reading, ends), gate.days.low, gate.days.high))
                before = ends
        return tuple(steps)

    def _gate(
        self, gate: block.Gate, terms: Terms, reading: str, ends: tuple[float, float]
    ) -> model.Gate | model.Hold:
        alike = tuple(terms.get(issue) for issue in self.looked_at[gate.id])
        key = (gate.id, reading, alike, ends)
        if key not in self._made:
            self._made[key] = _gate(gate, terms, reading, (self.as_of, *ends))
        return self._made[key]


def _issues(part: Model) -> tuple[str, ...]:
    found = {
        issue: None for _, entry in walk(part) if isinstance(entry, block.Applies) for issue in entry.when
    }
    return tuple(found)


When = tuple[date, float, float]
"""The case's date, and the range of days from it to the end of a gate."""


def _gate(gate: block.Gate, terms: Terms, reading: str, when: When) -> model.Gate | model.Hold:
    match gate:
        case block.AssemblyGate():
            return _assembly(gate.id, gate, terms, reading, gate.mood)
        case block.ReferendumGate():
            return _referendum(gate, terms, reading, when)
        case block.CouncilGate():
            return _council(gate, terms, reading)
        case block.ReversedGate():
            hurdles = tuple(
                _assembly(f"{gate.id} {h.id}", h, terms, reading, gate.mood) for h in gate.hurdles
            )
            return model.Reversed(gate.id, hurdles)
        case block.HoldGate():
            return model.Hold(gate.id, classes()[FORTNA_VARYING, f"{gate.halt}, peacekeepers absent"])
        case _:
            chance = block.first(gate.chances, terms, reading).chance
            return model.Decision(gate.id, chance.low / 100, chance.high / 100, gate.mood)


def _assembly(
    name: str, vote: block.AssemblyGate | block.Hurdle, terms: Terms, reading: str, mood: str
) -> model.Assembly:
    blocs = []
    for bloc in vote.blocs:
        votes = block.first(bloc.votes, terms, reading).count
        blocs.append(model.Bloc(bloc.id, bloc.seats, votes.low, votes.high, bloc.absent))
    return model.Assembly(name, tuple(blocs), majority(vote), mood)


def majority(vote: block.AssemblyGate | block.Hurdle) -> model.Majority:
    """Return what a vote needs."""
    return model.Majority(vote.seats or 0.0, (vote.cast or 0.0) / 100, vote.quorum)


def _referendum(gate: block.ReferendumGate, terms: Terms, reading: str, when: When) -> Referendum:
    as_of, soonest, latest = when
    people = []
    for one in gate.electorates:
        support = block.first(one.support, terms, reading)
        polls = tuple(_poll(p, as_of) for p in support.polls)
        turnout = (one.turnout.low / 100, one.turnout.high / 100)
        people.append(Electorate(one.id, polls, one.weight, *turnout))
    rule = Rule(gate.share / 100, gate.regions, gate.overall, gate.turnout / 100, gate.approval / 100)
    return Referendum(gate.id, tuple(people), rule, soonest, latest, gate.mood)


def _poll(poll: block.PollResult, as_of: date) -> Poll:
    against = min(poll.against, 100 - poll.in_favour)  # published shares may add to a little over 100
    age = (as_of - poll.fielded).days
    return Poll(poll.in_favour / 100, against / 100, poll.asked, age, poll.attitude)


def _council(gate: block.CouncilGate, terms: Terms, reading: str) -> model.Council:
    members = []
    for one in gate.members:
        chance = block.first(one.chances, terms, reading).chance
        for k in range(one.count):
            name = one.id if one.count == 1 else f"{one.id} {k + 1}"
            members.append(model.Member(name, chance.low / 100, chance.high / 100, one.weight))
    need = len(members) if gate.need == "all" else gate.need
    return model.Council(gate.id, tuple(members), need, gate.weight / 100, gate.mood)
