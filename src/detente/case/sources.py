"""Sources and evidence: dated documents, and what each says about one quantity or position."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from detente.case.base import Id, Model

Modality = Literal["fact", "position", "reported", "conditional", "forecast", "question"]
"""A fact; what an actor wants or refuses; what somebody says is so; what holds only if something else does;
what is expected; what is said to be open."""


class Source(Model):
    """A dated document."""

    id: Id
    title: str = ""
    """Title as published; empty where only the publisher is known."""
    publisher: str
    """Who published it; the original agency is named where the page is a mirror."""
    author: str = ""
    url: str = ""
    published: str = Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    """Date of publication as precisely as it is known: 2025, 2025-08 or 2025-08-13."""
    retrieved: date | None = None
    kind: Literal["news", "official", "poll", "law", "research", "data", "other"] = "news"
    reliability: Literal["A", "B", "C", "D", "E", "F"] = "F"
    """Admiralty scale: A completely reliable ... E unreliable, F cannot be judged."""
    later: bool = False
    """Published after the case's date and kept on request; only a later option may rest on it."""
    note: str = ""


class Quote(Model):
    """The exact words an item rests on, and where they stand in the document's text."""

    text: str = Field(min_length=1, max_length=600)
    """As in the document; short, for checking, never for show."""
    start: int = Field(ge=0)
    """Characters of the extracted text before the first one quoted."""
    end: int = Field(ge=1)
    """Characters of the extracted text up to the last one quoted."""
    document: str = Field(default="", pattern=r"^([0-9a-f]{16})?$")
    """First 16 hex digits of the SHA-256 of the extracted text the offsets count in."""

    @model_validator(mode="after")
    def _exact(self) -> Quote:
        if self.end - self.start != len(self.text):
            raise ValueError(
                f"the quote has {len(self.text)} characters, start and end give {self.end - self.start}"
            )
        return self


class Evidence(Model):
    """One statement, in our own words, that a source supports."""

    id: Id
    statement: str
    """Paraphrase; never a copied sentence."""
    source: tuple[Id, ...] = Field(min_length=1)
    """The documents that say so."""
    as_of: date
    """The day the statement is about."""
    quantity: str = ""
    value: float | str | None = None
    unit: str = ""
    actor: str = ""
    """Whom it is about; an actor's id or plain words."""
    stake: str = ""
    issue: Id | None = None
    option: Id | None = None
    said_by: tuple[str, ...] = ()
    """Who said it, then according to whom, outermost last."""
    modality: Modality = "fact"
    credibility: int = Field(default=6, ge=1, le=6)
    """Admiralty scale: 1 confirmed by others ... 5 improbable, 6 cannot be judged."""
    contradicts: tuple[Id, ...] = ()
    """Items that say otherwise; both are kept and shown."""
    supports: tuple[Id, ...] = ()
    """Items this one independently bears out."""
    same_origin: tuple[Id, ...] = ()
    """Items that go back to the same original; together they count once."""
    quote: Quote | None = None
    proposed_by: str = ""
    """What proposed the item, where nobody wrote it by hand: "rules", or the name of a language model."""
    accepted_by: str = ""
    """The person who accepted the proposal and answers for it."""
    later: bool = False
    """About or after a day later than the case and kept on request; only a later option may cite it."""
    note: str = ""
