"""Sources and evidence: dated documents, and what each says about one quantity or position."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from detente.case.base import Id, Model

Modality = Literal["fact", "position", "reported", "conditional", "forecast", "question"]


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
    note: str = ""


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
    same_origin: tuple[Id, ...] = ()
    """Items that go back to the same original; together they count once."""
    note: str = ""
