"""Time in a case: the front, people, aid and money behind what no deal is worth month by month."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from detente.case.base import Id, Judgement, Model, Range

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
"""A month, as 2025-07."""

Fate = Literal["continues", "shrinks", "stops"]
"""What becomes of a flow of aid."""


class Area(Judgement):
    """Ground that changes hands, with the pace at which it has done so."""

    id: Id
    name: str
    by: Id
    """Who advances; gains are counted from this side."""
    against: Id
    """Who holds the rest."""
    size: float = Field(gt=0, allow_inf_nan=False)
    """Square kilometres of the whole area."""
    held: Range
    """Square kilometres under the control of `by` at the start."""
    series: dict[Month, float] = {}
    """Net gains of past months in square kilometres, from one method only; the pace is learnt from them."""
    slow: Range | None = None
    """Instead of a series: square kilometres a month in quiet times, nine months of ten."""
    fast: Range | None = None
    """The same in an offensive."""
    stay: Range | None = None
    """Chance from 0 to 1 that a month is like the one before; with `slow` and `fast`."""
    fast_now: Range | None = None
    """Chance from 0 to 1 that an offensive is on at the start; with `slow` and `fast`."""


class People(Judgement):
    """Soldiers lost and found, thousands a month, and how many more can be called before it hurts."""

    losses: Range
    recruits: Range
    reserve: Range
    """Thousands by which losses may exceed recruits before the reserve is used up."""


class Equipment(Judgement):
    """A kind of equipment lost and built, pieces a month, and what is left to draw on."""

    id: Id
    name: str
    actor: Id
    """Whose it is."""
    losses: Range
    built: Range
    """New, repaired or given, and not taken from the stock."""
    stock: Range
    """Pieces by which losses may exceed what is built before the stock is used up."""


class Aid(Judgement):
    """A flow of support, and what becomes of it."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True
    )

    from_: str = Field(alias="from")
    """Donor, an actor's id or plain words."""
    to: Id
    amount: Range
    """In `unit`."""
    unit: str
    fates: dict[Fate, Range]
    """Factor on the amount under each fate, reached within a year."""


class Labour(Judgement):
    """The labour force, in thousands of people and thousands a quarter."""

    force: Range
    growth: Range
    """Natural growth a quarter, as a share."""
    leaving: Range
    """Lost, recruited and emigrated."""
    returning: Range


class Relief(Judgement):
    """What lifting sanctions altogether would bring, and how much of it each option brings."""

    discount: Range
    """Dollars a barrel by which the discount falls."""
    sanctions: Range
    """Share of the squeeze on output that goes, 0 to 1."""
    options: dict[Id, dict[Id, Range]]
    """Issue to option to the share of full relief, 0 to 1."""


class Books(Judgement):
    """An economy at war, for the quarterly accounting model; rates in % a year, money in % of product."""

    gap: Range
    """Output against its trend, %."""
    inflation: Range
    rate: Range
    """Policy rate."""
    buffer: Range
    """Liquid reserves."""
    deficit: Range
    """At the reference oil price."""
    borrowing: Range
    """Deficit a year that can be borrowed at home."""
    oil: Range
    """World price ahead, dollars a barrel."""
    oil_reference: Range
    """Export price the budget counts on."""
    oil_share: Range
    """Points of deficit saved by each dollar of export price."""
    discount: Range
    """Dollars a barrel lost on the country's own oil."""
    spending: Range
    """Extra spending ahead."""
    sanctions: Range
    """Points of output lost in a quarter to sanctions in force."""
    sanctions_lag: Range
    """Quarters until sanctions bite in full."""
    war: Range
    """What the war takes of the product in a year, beside which relief is shown."""
    labour: Labour | None = None
    relief: Relief | None = None
    coefficients: dict[Id, Range] = {}
    """Coefficients of the model other than its defaults, by name."""


class Feels(Judgement):
    """How what happens moves the worth of no deal to one actor, in points of its own scale."""

    areas: dict[Id, Range] = {}
    """For each hundredth of an area that its advancing side gains."""
    pressure: Range | None = None
    """For each point of pressure on its own economy."""
    people: Range | None = None
    """For each tenth of its own reserve of people used up."""
    equipment: Range | None = None
    """For each tenth of its own stock of equipment used up, the mean over its kinds."""
    aid: Range | None = None
    """For each tenth of its aid that is lost."""
    month: Range | None = None
    """For each further month of war."""


class Milestone(Judgement):
    """What an actor said to a text on a day; the model's answer for that month is shown beside it."""

    on: date
    actor: Id
    deal: Id
    accepted: bool
    text: str


class Ripeness(Model):
    """What moves the worth of no deal, month by month."""

    start: date | None = None
    """Day counted as month 0; the case's own date where left out."""
    months: int = Field(default=24, ge=3, le=60)
    """How far ahead the ranges below are meant to hold."""
    war_since: date | None = None
    """Day the war began, for the base rate of wars of its age."""
    areas: tuple[Area, ...] = ()
    people: dict[Id, People] = {}
    equipment: tuple[Equipment, ...] = ()
    aid: tuple[Aid, ...] = ()
    books: dict[Id, Books] = {}
    feels: dict[Id, Feels] = Field(min_length=1)
    """Actor to how it feels all this."""
    milestones: tuple[Milestone, ...] = ()
    hindsight: str = ""
    """What was coded with knowledge of what came later; printed on the page."""
