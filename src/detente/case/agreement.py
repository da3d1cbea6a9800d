"""What only shows in a whole deal: worth of options taken together, and how many others must accept."""

from __future__ import annotations

from pydantic import Field

from detente.case.base import Id, Judgement, Pattern, Range


class Interaction(Judgement):
    """What options are worth to an actor together, beyond their worth one by one."""

    id: Id
    actor: Id
    when: Pattern
    """Two or more issues with options: the points count in deals that have one of the options on each."""
    points: Range
    """Points added on the actor's own scale of 0 to 100; below zero where the options spoil each other."""
    text: str = ""
    """The effect, in words."""


class Quorum(Judgement):
    """How many actors must accept, beside those whose consent is required: k of n."""

    of: tuple[Id, ...] = Field(min_length=1)
    """Actors that are counted; those whose consent is required may be among them."""
    at_least: int = Field(ge=1)
    """How many of them must accept."""
    text: str = ""
    """The rule, in words."""
