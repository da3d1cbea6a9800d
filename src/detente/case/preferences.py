"""What each actor wants: orders, saliences, win-sets, and what no deal is worth."""

from __future__ import annotations

from pydantic import Field, model_validator

from detente.case.base import Basis, Id, Judgement, Model, Range


class Reading(Model):
    """A named way of reading red lines where sources disagree; readings are never averaged."""

    text: str
    name: str = ""
    """A few words for use inside a sentence, such as "red lines as published"."""
    basis: Basis = "guess"

    @property
    def label(self) -> str:
        """The short name, or the text where there is none."""
        return self.name or self.text.rstrip(".")


class Preference(Judgement):
    """One actor's view of one issue."""

    order: tuple[Id | tuple[Id, ...], ...] = Field(min_length=1)
    """Options, best first; an inner list is a tie."""
    salience: Range
    """How much the issue matters to the actor, 0 to 100."""
    accepts: dict[Id, tuple[Id, ...]] = {}
    """Win-set by reading: the options the actor could accept; absent means no red line here."""
    values: dict[Id, Range] = {}
    """Optional worth of options, 0 (worst) to 100 (best); orders alone are enough."""

    @property
    def tiers(self) -> tuple[tuple[str, ...], ...]:
        """The order as groups of tied options, best first."""
        return tuple((tier,) if isinstance(tier, str) else tier for tier in self.order)


class Worth(Judgement):
    """What no deal is worth to an actor: a range, or "about as good as" a deal plus a shift.

    Both are on the actor's own scale: 100 is its best option on every issue, 0 its worst on every issue.
    """

    worth: Range | None = None
    """The worth itself."""
    like: dict[Id, Id] | None = None
    """Options of a deal that is about as good; issues not named take what holds if talks fail."""
    shift: Range | None = None
    """Points to add to the worth of `like`: costs of continued fighting count below zero."""
    trend: str = ""
    """Where it is heading, in words."""

    @model_validator(mode="after")
    def _one_way(self) -> Worth:
        if (self.worth is None) == (self.like is None):
            raise ValueError(
                "give either `worth: [low, high]` or `like: {issue: option}`, not both or neither"
            )
        if self.shift is not None and self.like is None:
            raise ValueError("`shift` goes with `like`; with `worth` put the shift into the range")
        return self


class NoDeal(Model):
    """What happens if talks fail."""

    options: dict[Id, Id]
    """The option that then holds on each issue."""
    worth: dict[Id, Worth] = {}
    """Actor to the worth of no deal; an actor not named takes the worth of `options`."""
    text: str = ""
    evidence: tuple[Id, ...] = ()
