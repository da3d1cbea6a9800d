"""Who sits where on an issue's scale, read from a case: positions, ranges, options, and no deal."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.model import Case
from detente.case.parties import Actor, Issue, Option
from detente.case.preferences import Preference

Span = tuple[float, float]

NO_SCALE = "its options have no places on a scale"
TOO_FEW = "fewer than two actors with a place and a capability"


@dataclass(frozen=True, slots=True)
class Seat:
    """One actor on one issue.

    Parameters
    ----------
    actor, name : str
    position : float
        Place of what it likes best; the mean of a tied top.
    wants : str
        That option in words.
    capability, salience : pair of float
        Stated ranges, 0 to 100.
    required : bool
        Whether there is no deal without its consent.
    """

    actor: str
    name: str
    position: float
    wants: str
    capability: Span
    salience: Span
    required: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One place on the scale: the option there, or several that share it."""

    options: tuple[str, ...]
    label: str
    position: float


@dataclass(frozen=True, slots=True)
class Table:
    """One issue, ready for the arrays.

    Parameters
    ----------
    seats : tuple of Seat
    absent : tuple of str
        Names of actors with a preference here who are left out, because no place or capability is given.
    places : tuple of Place
        In the order of the scale; options without a place are left out.
    no_deal : Place or None
        What holds if talks fail.
    """

    issue: str
    name: str
    scale: str
    core: bool
    seats: tuple[Seat, ...]
    absent: tuple[str, ...]
    places: tuple[Place, ...]
    no_deal: Place | None

    @property
    def lacks(self) -> str:
        """Why there is no forecast here, or nothing."""
        if len(self.places) < 2:
            return NO_SCALE
        return TOO_FEW if len(self.seats) < 2 else ""


def missing(case: Case) -> str:
    """Return what the case lacks for a forecast, or nothing."""
    reasons = [lacks for issue in case.issues if (lacks := table(case, issue).lacks)]
    if len(reasons) < len(case.issues):
        return ""
    return "no issue has options with places on a scale and two actors with capability and a preference there"


def table(case: Case, issue: Issue) -> Table:
    """Return who sits where on an issue."""
    seats, absent = [], []
    for actor in case.actors:
        preference = case.preferences.get(actor.id, {}).get(issue.id)
        if preference is None:
            continue
        seat = _seat(actor, issue, preference)
        if seat is None:
            absent.append(actor.name)
        else:
            seats.append(seat)
    held = case.no_deal.options.get(issue.id)
    places = _places(issue)
    no_deal = next((p for p in places if held in p.options), None)
    return Table(issue.id, issue.name, issue.scale, issue.core, tuple(seats), tuple(absent), places, no_deal)


def place_of(issue: Issue, option: str) -> float | None:
    """Return the place of an option, where it has one."""
    return next((o.position for o in issue.options if o.id == option), None)


def _seat(actor: Actor, issue: Issue, preference: Preference) -> Seat | None:
    if actor.capability is None or actor.capability.high <= 0 or preference.salience.high <= 0:
        return None
    best = [o for o in issue.options if o.id in preference.tiers[0] and o.position is not None]
    if not best:
        return None
    position = sum(o.position for o in best if o.position is not None) / len(best)
    return Seat(
        actor.id,
        actor.name,
        position,
        " or ".join(o.label for o in best),
        (actor.capability.low, actor.capability.high),
        (preference.salience.low, preference.salience.high),
        actor.consent,
    )


def _places(issue: Issue) -> tuple[Place, ...]:
    held: dict[float, list[Option]] = {}
    for option in issue.options:
        if option.position is not None:
            held.setdefault(option.position, []).append(option)
    return tuple(
        Place(tuple(o.id for o in held[p]), " or ".join(o.label for o in held[p]), p) for p in sorted(held)
    )
