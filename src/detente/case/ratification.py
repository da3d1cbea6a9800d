"""What a deal must pass at home: gates, the routes they make, and the readings of contested rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, model_validator

from detente.case.base import Id, Judgement, Model, Pattern, Range
from detente.case.preferences import Reading

Percent = Annotated[float, Field(ge=0, le=100)]


class Applies(Judgement):
    """Something that holds for some deals, under some readings.

    In a list of these the first that matches counts; the last one must match everything.
    """

    when: Pattern = {}
    """Deals it is about; empty for all. An issue the deal leaves open matches nothing."""
    readings: tuple[Id, ...] = ()
    """Readings of this block it is about; empty for all."""

    def matches(self, deal: Mapping[str, str], reading: str) -> bool:
        """Tell whether it holds for a deal under a reading."""
        fits = all(deal.get(issue) in options for issue, options in self.when.items())
        return fits and (not self.readings or reading in self.readings)


A = TypeVar("A", bound=Applies)


def first(entries: Sequence[A], deal: Mapping[str, str], reading: str) -> A:
    """Return the first entry that matches; lists are checked to end with one that matches everything."""
    return next(entry for entry in entries if entry.matches(deal, reading))


class _Whole(Applies):
    @property
    def general(self) -> bool:
        """Whether it matches every deal under every reading."""
        return not self.when and not self.readings


def _per_cent(value: Range, what: str) -> None:
    if not 0 <= value.low <= value.high <= 100:
        raise ValueError(f"{what} runs from 0 to 100 (per cent)")


class Votes(_Whole):
    """How many of a bloc vote for the deal, or against it in a hurdle: the analyst's 90% range."""

    count: Range


class Chance(_Whole):
    """How likely a single decision is, in per cent."""

    chance: Range

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        _per_cent(self.chance, "a chance")
        return self


class PollResult(Judgement):
    """One poll, in per cent of all asked; what is left is undecided."""

    in_favour: Percent
    against: Percent
    asked: int = Field(gt=0)
    """People asked."""
    fielded: date
    """Last day of fieldwork."""
    attitude: bool = False
    """Whether it asked what people could accept, not how they would vote."""

    @model_validator(mode="after")
    def _sum(self) -> Self:
        total = self.in_favour + self.against
        if total > 100.5:
            raise ValueError(f"in favour and against add to {total:g}, more than 100 per cent")
        return self


class Support(_Whole):
    """What polls say about deals of this kind."""

    polls: tuple[PollResult, ...] = Field(min_length=1)


class Bloc(Model):
    """Members who tend to vote together."""

    id: Id
    name: str
    seats: int = Field(gt=0)
    absent: int = Field(default=0, ge=0)
    """Members who will not vote; matters only where votes cast are counted."""
    votes: tuple[Votes, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _ends_general(self.name, "votes", self.votes)
        if any(v.count.low < 0 or v.count.high > self.seats for v in self.votes):
            raise ValueError(f"{self.name}: votes must lie between 0 and its {self.seats} seats")
        return self


class _Gate(Judgement):
    id: Id
    name: str
    needed: tuple[Applies, ...] = ()
    """Deals that need this gate at all; empty for all. Others pass it by."""
    days: Range = Field(default=(0, 0), validate_default=True)
    """Days it takes."""
    mood: Id = "home"
    """Gates of one mood rise and fall together in part; give foreign bodies their own."""

    def is_needed(self, deal: Mapping[str, str], reading: str) -> bool:
        """Tell whether a deal has to pass it."""
        return not self.needed or any(a.matches(deal, reading) for a in self.needed)


class _Vote(Model):
    blocs: tuple[Bloc, ...] = Field(min_length=1)
    seats: float | None = Field(default=None, gt=0)
    """Yes votes needed."""
    cast: Percent | None = None
    """Per cent of votes cast that yes must exceed."""
    quorum: float = Field(default=0, ge=0)
    """Votes cast that must be reached."""

    @model_validator(mode="after")
    def _rule(self) -> Self:
        if self.seats is None and self.cast is None:
            raise ValueError("give `seats` (yes votes needed) or `cast` (per cent of votes cast), or both")
        if self.cast is not None and not 0 < self.cast < 100:
            raise ValueError("`cast` lies between 0 and 100 per cent")
        return self


class AssemblyGate(_Gate, _Vote):
    """A vote of an assembly, in blocs."""

    kind: Literal["assembly"]


class Electorate(Model):
    """A community or region that votes."""

    id: Id
    name: str
    weight: float = Field(default=1.0, gt=0)
    """Size, for an overall majority."""
    turnout: Range = Field(default=(100, 100), validate_default=True)
    """Per cent who vote."""
    support: tuple[Support, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _ends_general(self.name, "support", self.support)
        _per_cent(self.turnout, "turnout")
        return self


class ReferendumGate(_Gate):
    """A vote of the people; in per cent."""

    kind: Literal["referendum"]
    electorates: tuple[Electorate, ...] = Field(min_length=1)
    share: Percent = 50.0
    """Per cent of votes that yes must exceed."""
    overall: bool = True
    """Whether it must do so over all electorates together."""
    regions: int = Field(default=0, ge=0)
    """In how many electorates it must do so."""
    turnout: Percent = 0.0
    """Turnout that must be reached."""
    approval: Percent = 0.0
    """Per cent of the whole electorate that must vote yes."""

    @model_validator(mode="after")
    def _rule(self) -> Self:
        if not self.overall and not self.regions:
            raise ValueError("a referendum must be won overall, in some `regions`, or both")
        if self.regions > len(self.electorates):
            raise ValueError(f"{self.regions} regions are asked for and {len(self.electorates)} listed")
        return self


class Member(Model):
    """A member of a council, or several alike."""

    id: Id
    name: str
    count: int = Field(default=1, gt=0)
    """How many members of this kind there are."""
    weight: float = Field(default=1.0, gt=0)
    chances: tuple[Chance, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _ends_general(self.name, "chances", self.chances)
        return self


class CouncilGate(_Gate):
    """A body whose members have one vote each."""

    kind: Literal["council"]
    members: tuple[Member, ...] = Field(min_length=1)
    need: int | Literal["all"] = "all"
    """Members who must agree; all is unanimity."""
    weight: Percent = 0.0
    """Per cent of the total weight that must agree."""

    @model_validator(mode="after")
    def _rule(self) -> Self:
        have = sum(m.count for m in self.members)
        if self.need != "all" and not 1 <= self.need <= have:
            raise ValueError(f"between 1 and {have} members can be needed, not {self.need}")
        return self


class DecisionGate(_Gate):
    """One decision: a court's opinion, a signature, a precondition such as the end of martial law."""

    kind: Literal["court", "signature", "precondition"]
    chances: tuple[Chance, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _ends_general(self.name, "chances", self.chances)
        return self


class Hurdle(_Vote):
    """A vote the opponents must win; its ranges are of votes against the deal."""

    id: Id
    name: str


class ReversedGate(_Gate):
    """A rule under which the deal stands unless opponents clear every hurdle."""

    kind: Literal["reversed"]
    hurdles: tuple[Hurdle, ...] = Field(min_length=1)


class HoldGate(_Gate):
    """A halt that has to hold while the steps after it are taken."""

    kind: Literal["hold"]
    halt: Literal["truce", "settlement"] = "truce"
    """Which past halts it is judged by."""


Gate = Annotated[
    AssemblyGate | ReferendumGate | CouncilGate | DecisionGate | ReversedGate | HoldGate,
    Field(discriminator="kind"),
]


class Route(Judgement):
    """Gates that must all be passed, in order."""

    id: Id
    name: str
    gates: tuple[Id, ...] = ()
    """Ids of gates; none at all is a route that needs nothing."""
    open: tuple[Applies, ...] = ()
    """Deals and readings the route is open to; empty for all."""

    def is_open(self, deal: Mapping[str, str], reading: str) -> bool:
        """Tell whether a deal may take it."""
        return not self.open or any(a.matches(deal, reading) for a in self.open)


class Ratification(Model):
    """Whether a deal passes at home: any open route will do, each of its gates must be passed."""

    readings: dict[Id, Reading] = Field(min_length=1)
    """Readings of contested law, or of how blocs would vote. Run side by side, never averaged."""
    gates: tuple[Gate, ...] = Field(min_length=1)
    routes: tuple[Route, ...] = Field(min_length=1)
    note: str = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        gates = [g.id for g in self.gates]
        for noun, ids in (("gate", gates), ("route", [r.id for r in self.routes])):
            twice = sorted({i for i in ids if ids.count(i) > 1})
            if twice:
                raise ValueError(f"{noun} {', '.join(twice)} stands twice; ids must differ")
        for route in self.routes:
            unknown = sorted(set(route.gates) - set(gates))
            if unknown:
                raise ValueError(f"route {route.id} names an unknown gate: {', '.join(unknown)}")
        return self

    def gate(self, id: Id) -> Gate:  # noqa: A002 - the file's own word
        """Return a gate by id."""
        return next(g for g in self.gates if g.id == id)


def _ends_general(name: str, what: str, entries: Sequence[_Whole]) -> None:
    if not entries[-1].general:
        raise ValueError(f"{name}: the last entry of `{what}` must be for all deals and readings")
