"""Relations of a case: ties among actors and third parties, commitments, and what options do to both."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from detente.case.base import Id, Judgement, Model, Pattern, Range

Kind = Literal["guarantee", "alliance", "aid", "sanctions"]
"""What a commitment is: a promise to defend, a mutual one, material support, or joint pressure."""

Pair = Annotated[tuple[Id, Id], Field(description="Two ids; the order does not matter.")]
"""Two actors or third parties, by id; ties have no direction."""


class ThirdParty(Judgement):
    """Somebody the deal may move who is not an actor of the case."""

    id: Id
    name: str
    """Plain name shown to readers."""
    capability: Range | None = None
    """How much it can bring to bear, 0 to 100."""


class Tie(Judgement):
    """How two of them stand to each other today."""

    between: Pair
    weight: Range
    """From -100 (open hostility) to 100 (close alliance); a range over 0 leaves the sign open."""


class Part(Judgement):
    """What one of those bound contributes or would have to find."""

    value: Range | None = None
    """Amount in the commitment's unit, not negative."""
    load: Range | None = None
    """Points of its capability (0 to 100) that honouring the commitment would take if it were called."""
    priority: Range | None = None
    """Place among its stated priorities, 0 to 100, the highest served first; the middle where left out."""


class Commitment(Judgement):
    """A guarantee, an alliance, aid, or a sanctions coalition."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True
    )

    id: Id
    name: str
    kind: Kind
    from_: dict[Id, Part] = Field(alias="from", min_length=1)
    """Who is bound, and with what."""
    to: tuple[Id, ...] = Field(min_length=1)
    """Whom it protects, supports, or is aimed at."""
    unit: str = ""
    """Unit of the values, such as "EUR bn a year"."""
    condition: str = ""
    """Under which condition it holds, in words."""
    needs_all: bool = False
    """Whether one member can end it (unanimity)."""
    in_force: bool = True
    """Whether it holds today; options may start or end it."""


class TieChange(Judgement):
    """How far an option moves a tie."""

    between: Pair
    change: Range
    """Points added to the tie, on the same scale; the sum stays within -100 and 100."""


class CommitmentChange(Judgement):
    """What an option does to a commitment."""

    commitment: Id
    becomes: Literal["starts", "ends", "stays"] = "stays"
    times: dict[Id, Range] = {}
    """Who is bound to the factor on its value and load; those not named keep theirs."""


class Consequence(Model):
    """Changes of ties and commitments that go together."""

    ties: tuple[TieChange, ...] = ()
    commitments: tuple[CommitmentChange, ...] = ()


class Effect(Consequence):
    """What follows from options."""

    when: Pattern = Field(min_length=1)
    """Issue to options: the effect applies to a deal that has one of the options on every issue named."""


class Means(Judgement):
    """Size of an economy, for burdens in proportion."""

    value: Range
    """In the block's `means_unit`, above 0."""


class PublicMeasure(Judgement):
    """A published measure of a pair at one date or two, shown as context and used in no calculation."""

    between: Pair
    measure: str
    """What is measured, such as "distance of UN voting positions"."""
    value: float = Field(allow_inf_nan=False)
    year: int
    before: float | None = Field(default=None, allow_inf_nan=False)
    before_year: int | None = None


class Watched(Model):
    """A row of the table that leads the page: what readers ask about first. Give one of the three."""

    name: str
    """What the row is called, such as "Transatlantic burden"."""
    tie: Pair | None = None
    """A tie: how warm it is, and whether it is strained."""
    actor: Id | None = None
    """Somebody: whether it gains or loses room."""
    commitments: tuple[Id, ...] = ()
    """Commitments: what covers them, who pays, whether they last."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum((self.tie is not None, self.actor is not None, bool(self.commitments))) != 1:
            raise ValueError("give one of `tie`, `actor` and `commitments`")
        return self


class Relations(Model):
    """The signed network around a case, and what each option does to it."""

    third_parties: tuple[ThirdParty, ...] = ()
    ties: tuple[Tie, ...] = Field(min_length=1)
    commitments: tuple[Commitment, ...] = ()
    effects: tuple[Effect, ...] = ()
    if_talks_fail: Consequence = Consequence()
    """What failure does by itself, beyond the options that then hold."""
    means: dict[Id, Means] = {}
    """Sizes of the donors' economies, in one unit; burdens are then shown in proportion too."""
    means_unit: str = ""
    poles: Pair | None = None
    """Two opponents; how the others lean between them is shown where they are named."""
    watched: tuple[Watched, ...] = ()
    """Rows of the table in words that leads the page, in the order readers ask."""
    context: tuple[PublicMeasure, ...] = ()
    places: dict[Id, tuple[float, float]] = {}
    """Where to draw whom, 0 to 1 across and down; those not named are placed on a ring."""

    @property
    def nodes(self) -> tuple[str, ...]:
        """Everyone with a tie, now or through an option, in the order of first mention."""
        pairs = [t.between for t in self.ties]
        pairs += [t.between for change in (*self.effects, self.if_talks_fail) for t in change.ties]
        return tuple(dict.fromkeys(end for pair in pairs for end in pair))
