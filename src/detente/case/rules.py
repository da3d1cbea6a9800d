"""Rules: which combinations of options cannot, may not, or would not stand together."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from detente.case.base import Id, Model, Pattern


class Implication(Model):
    """Where `if` matches, `then` must match as well."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    if_: Pattern = Field(alias="if")
    then: Pattern


class RuleReading(Model):
    """One side of a contested rule."""

    text: str
    forbid: tuple[Pattern, ...] = ()
    imply: tuple[Implication, ...] = ()


class Rule(Model):
    """Forbidden or implied combinations, with the reason.

    `scope` rules say what counts as a deal at all; they make a step of their own in the funnel.
    """

    id: Id
    kind: Literal["logical", "legal", "political", "scope"]
    text: str
    forbid: tuple[Pattern, ...] = ()
    imply: tuple[Implication, ...] = ()
    readings: dict[Id, RuleReading] = {}
    """For a contested rule: its readings by name."""
    reading: Id | None = None
    """The reading used unless another is asked for."""
    evidence: tuple[Id, ...] = ()
    note: str = ""
