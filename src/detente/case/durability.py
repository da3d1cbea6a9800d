"""What decides whether a deal would hold: the kind of halt, its terms, and how power would shift."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from detente.case.base import Id, Judgement, Model, Pattern, Range

Kind = Literal["none", "partial", "truce", "settlement"]
"""none: fighting goes on; partial: a local or sectoral halt; truce: a general halt; settlement: terms too."""

Feature = Literal["peacekeepers", "strength", "commission", "earlier_broken", "imposed"]
"""Features with a packaged hazard ratio; the kind of halt and of war bring their own."""


class _Matching(Judgement):
    when: Pattern = {}
    """Deals it is about; empty for all. An issue the deal leaves open matches nothing."""

    def matches(self, deal: Mapping[str, str]) -> bool:
        """Tell whether it is about a deal."""
        return all(deal.get(issue) in options for issue, options in self.when.items())


class KindOf(_Matching):
    """What kind of halt deals of this pattern are; the first that matches counts."""

    kind: Kind


class Term(_Matching):
    """A feature of the deal that past halts had, and how much of it there is."""

    id: Id
    text: str
    feature: Feature
    amount: Range
    """How much of the feature, 0 to 100 per cent: unarmed observers are little of peacekeepers."""

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        _per_cent(self.amount, f"the amount of {self.id}")
        return self


class OwnClass(Judgement):
    """A class of past halts of the analyst's own, for deals of one kind; `detente refit` prints such numbers.

    Pieces of time: 0 to 30 days, to 90, to 365, to 1,825, and on.
    """

    kind: Literal["partial", "truce", "settlement"]
    """Deals of which kind it judges, instead of a packaged class."""
    name: str
    source: str
    """Data set and version the numbers were computed from."""
    lifetime: str
    """What begins and what ends a lifetime, in words."""
    events: tuple[float, float, float, float, float]
    """Failures in each piece."""
    days: tuple[float, float, float, float, float]
    """Days at risk in each piece, over all halts."""
    features: tuple[Literal["interstate", "peacekeepers"], ...] = ()
    """What every member has, so that its ratio is not applied again."""

    @model_validator(mode="after")
    def _counts(self) -> Self:
        if min(*self.events, *self.days) < 0:
            raise ValueError(f"{self.name}: failures and days at risk are counted from 0 up")
        if any(e > 0 and d == 0 for e, d in zip(self.events, self.days, strict=True)):
            raise ValueError(f"{self.name}: a piece has failures but no days at risk")
        if self.days[0] == 0 or sum(self.events) == 0:
            raise ValueError(f"{self.name}: a class needs days at risk from the first day, and a failure")
        return self


class Precedent(Judgement):
    """An earlier halt in this conflict, or one the analyst holds to be alike."""

    id: Id
    name: str
    began: date
    ended: date | None = None
    """When it failed or ran out; absent while it holds."""
    text: str = ""


class ShareGiven(_Matching):
    """What part of the prize a deal leaves the rising side, in per cent."""

    share: Range

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        _per_cent(self.share, "a share of the prize")
        return self


class ShiftIf(_Matching):
    """How far power shifts under deals of a kind: cuts in forces or ground given up make it larger."""

    later: Range
    """Chance that the rising side would win after the pause, in per cent; replaces the general one."""

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        _per_cent(self.later, "later")
        return self


class Guard(_Matching):
    """A guarantee, monitors, a zone or a limit, and the part of the shift in power it blocks, in per cent."""

    id: Id
    name: str
    blocks: Range

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        _per_cent(self.blocks, f"what {self.id} blocks")
        return self


class Commitment(Judgement):
    """How power would shift after a halt (Powell 2006); all ranges in per cent, none of them measured."""

    rising: Id
    """Actor that would be stronger later."""
    falling: Id
    """Actor that would be weaker later."""
    now: Range
    """Chance that the rising side would win a war fought on now."""
    later: Range
    """The same after the pause, if nothing blocks the shift."""
    destroyed: Range
    """Part of the prize a war destroys."""
    discount: Range
    """Worth today of 100 in the next period, below 100."""
    period: str = "a year"
    """How long a period is, in words."""
    shifts: tuple[ShiftIf, ...] = ()
    """Deals under which `later` is another; the first that matches counts."""
    shares: tuple[ShareGiven, ...] = ()
    """What deals leave the rising side; deals without an entry are taken to fit today's balance of power."""
    guards: tuple[Guard, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for name in ("now", "later", "destroyed", "discount"):
            _per_cent(getattr(self, name), name)
        if self.discount.high >= 100:
            raise ValueError("discount must stay below 100: a later gain is worth less than one now")
        if self.later.low < self.now.low or self.later.high < self.now.high:
            raise ValueError(
                "the rising side must not get weaker: raise `later`, or name the other as rising"
            )
        return self


class Durability(Model):
    """Whether a deal would hold, judged against real ceasefires."""

    war: Literal["interstate", "civil"]
    """Kind of war, for the choice of past halts."""
    kinds: tuple[KindOf, ...] = Field(min_length=1)
    """Kind of halt by pattern of terms."""
    terms: tuple[Term, ...] = ()
    classes: tuple[OwnClass, ...] = ()
    """Classes of past halts of your own; a kind without one is judged by a packaged class."""
    takes_effect: Range | None = None
    """Chance that an announced halt takes effect at all, in per cent; needed to speak of announced halts."""
    precedents: tuple[Precedent, ...] = ()
    commitment: Commitment | None = None
    note: str = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.kinds[-1].when:
            raise ValueError("the last entry of `kinds` must be for all deals (no `when`)")
        kinds = [c.kind for c in self.classes]
        if len(set(kinds)) < len(kinds):
            raise ValueError("one kind of halt has two entries in `classes`; keep one")
        if self.takes_effect is not None:
            _per_cent(self.takes_effect, "takes_effect")
        return self

    def own_class(self, kind: str) -> OwnClass | None:
        """Return the analyst's own class for a kind of halt, if there is one."""
        return next((c for c in self.classes if c.kind == kind), None)

    def kind(self, deal: Mapping[str, str]) -> KindOf:
        """Return the kind of halt a deal is."""
        return next(k for k in self.kinds if k.matches(deal))


def _per_cent(value: Range, what: str) -> None:
    if not 0 <= value.low <= value.high <= 100:
        raise ValueError(f"{what} runs from 0 to 100 (per cent)")
