"""Who is at the table and what is on it: actors, stakes, issues and their options."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from detente.case.base import Id, Judgement, Model, Pattern


class Goal(Judgement):
    """What an actor wants, in a sentence."""

    text: str


class Capability(Judgement):
    """How much an actor can bring to bear, 0 to 100, as a range."""

    low: float = Field(ge=0, le=100)
    high: float = Field(ge=0, le=100)


class Actor(Model):
    """Whoever has preferences or a say."""

    id: Id
    name: str
    """Plain name shown to readers."""
    article: bool = False
    """Whether a sentence puts "the" before the name: the United States, the Greek Cypriot side."""
    adjective: str = ""
    """As in "Russian red lines"; the name serves where empty."""
    role: Literal["party", "mediator", "ratifier", "guarantor", "outside"]
    consent: bool = False
    """Whether a deal needs this actor's signature."""
    capability: Capability | None = None
    goals: tuple[Goal, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""
    evidence: tuple[Id, ...] = ()


class Stake(Model):
    """What is at stake, in a reader's words; groups issues and is a section of the brief."""

    id: Id
    name: str
    decides: str
    """What the issues under this stake decide, in one sentence."""
    context: str = ""
    """Where things stood on the case's date; printed with its evidence."""
    evidence: tuple[Id, ...] = ()


class Option(Model):
    """One answer to an issue."""

    id: Id
    text: str
    short: str = ""
    """A few words for tables; the text serves where empty."""
    position: float | None = Field(default=None, ge=0, le=100)
    """Place on the issue's own scale."""

    @property
    def label(self) -> str:
        """The short text, or the whole where there is none."""
        return self.short or self.text


class Issue(Model):
    """A question on the table and its mutually exclusive answers."""

    id: Id
    stake: Id
    name: str
    options: tuple[Option, ...] = Field(min_length=1)
    core: bool = True
    """Core issues make the default deal space; the others join on request."""
    scale: str = ""
    """What 0 and 100 mean."""
    evidence: tuple[Id, ...] = ()
    note: str = ""


class NamedDeal(Model):
    """A package somebody has described; issues it leaves open may be missing."""

    id: Id
    name: str
    options: dict[Id, Id]
    evidence: tuple[Id, ...] = ()
    note: str = ""


class LaterOption(Judgement):
    """An option not on the table on the case's date; used only on request, and marked."""

    id: Id
    issue: Id
    text: str
    short: str = ""
    position: float | None = Field(default=None, ge=0, le=100)
    floated: str
    """When and by whom it was raised; "user" for one's own idea."""
    after: dict[Id, Id]
    """Actor to the option it comes directly after in that actor's order."""
    accepts: dict[Id, tuple[Id, ...]] = {}
    """Actor to the readings under which the actor could accept it."""
    rules_like: Id | None = None
    """An option of the same issue whose rules apply to this one too."""


class Signpost(Judgement):
    """Something to watch for: if it is seen, these actors accept these options too."""

    id: Id
    text: str
    by: date | None = None
    adds: dict[Id, Pattern]
    """Actor to issue to options the actor would then accept as well."""
