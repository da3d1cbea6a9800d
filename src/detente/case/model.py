"""The case: everything a negotiation analysis starts from, and the only input."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import Field, PrivateAttr

from detente.case.agreement import Interaction, Quorum
from detente.case.base import Basis, Id, Model
from detente.case.conflict import Conflict
from detente.case.durability import Durability
from detente.case.edits import Overlay
from detente.case.geometry import Geometry
from detente.case.map import Map
from detente.case.narrative import (
    Accompanying,
    Alternative,
    LocalVoice,
    OpenQuestion,
    Perspective,
    Risk,
    Step,
    TradeOff,
)
from detente.case.parties import Actor, Issue, LaterOption, NamedDeal, Option, Signpost, Stake
from detente.case.preferences import NoDeal, Preference, Reading
from detente.case.ratification import Ratification
from detente.case.relations import Relations
from detente.case.ripeness import Ripeness
from detente.case.rules import Rule
from detente.case.sources import Evidence, Source


class Case(Model):
    """A negotiation, as its analyst reads it on one date."""

    format: Literal[1]
    """Version of this file format."""
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)
    """Name of the case; by custom the name of its folder."""
    title: str
    as_of: date
    """Information cut-off: nothing published or dated later may enter."""
    analyst: str
    """Who answers for the judgements."""
    summary: str = ""
    """One paragraph of context."""
    purpose: str = ""
    """Who asks, and what the answer is to help decide."""
    wording: str = ""
    """How contested things are named here, and why."""
    borders: str = Field(
        default="recognised", json_schema_extra={"pattern": "^(recognised|de_facto|claim:.+)$"}
    )
    """How the map is drawn: `recognised`; `de_facto`, by who controls most of an area; or `claim:ACTOR`, as
    an actor of `map.claims` holds the borders to be. Printed under every map."""
    readings: dict[Id, Reading] = Field(min_length=1)
    actors: tuple[Actor, ...] = Field(min_length=2)
    stakes: tuple[Stake, ...] = Field(min_length=1)
    issues: tuple[Issue, ...] = Field(min_length=1)
    preferences: dict[Id, dict[Id, Preference]]
    """Actor to issue to preference."""
    interactions: tuple[Interaction, ...] = ()
    """What options are worth to an actor together, beyond their worth one by one."""
    no_deal: NoDeal
    quorum: Quorum | None = None
    """How many actors must accept beside those whose consent is required; absent where nobody else counts."""
    rules: tuple[Rule, ...] = ()
    later_options: tuple[LaterOption, ...] = ()
    deals: tuple[NamedDeal, ...] = ()
    signposts: tuple[Signpost, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    """What each actor can do instead of a deal."""
    trade_offs: tuple[TradeOff, ...] = ()
    perspectives: tuple[Perspective, ...] = ()
    """How each side itself sees the conflict."""
    accompanying: tuple[Accompanying, ...] = ()
    """Measures beside the deal that help it to be reached or kept."""
    phasing: tuple[Step, ...] = ()
    """The steps of carrying a deal out."""
    risks: tuple[Risk, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    """What is not known and matters."""
    local_voices: tuple[LocalVoice, ...] = ()
    """People who would live with the deal."""
    conflict: Conflict | None = None
    """For the stability lens: who controls which term, and how a breach can be answered."""
    relations: Relations | None = None
    """For the ripples lens: ties and commitments among actors and third parties."""
    ratification: Ratification | None = None
    """For the ratification lens: the routes by which a deal becomes binding at home."""
    durability: Durability | None = None
    """For the durability lens: what kind of halt it is, and which terms guard it."""
    ripeness: Ripeness | None = None
    """For the ripeness lens: what moves the worth of no deal, month by month."""
    map: Map | None = None
    """Areas and who controls them; a case without one has no map."""
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    _variant: Overlay | None = PrivateAttr(default=None)

    @property
    def variant(self) -> Overlay | None:
        """The edits that make this case a variant of the one on file; None for the case itself."""
        return self._variant

    _geometry: Geometry | None = PrivateAttr(default=None)

    @property
    def geometry(self) -> Geometry | None:
        """The shapes of the map's areas, as read beside the case; None where there is no map."""
        return self._geometry

    def with_geometry(self, geometry: Geometry) -> Case:
        """Return the case with the shapes of its map."""
        case = self.model_copy()
        case._geometry = geometry
        return case

    @cached_property
    def digest(self) -> str:
        """First 12 hex digits of the SHA-256 of the case's content; of a variant: base + its edits."""
        if self._variant is not None:
            return f"{self._variant.base}+{self._variant.digest}"
        text = json.dumps(self.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False)
        text += self._geometry.digest if self._geometry else ""
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def actor(self, id: Id) -> Actor:  # noqa: A002 - the file's own word
        """Return an actor by id."""
        return next(a for a in self.actors if a.id == id)

    def issue(self, id: Id) -> Issue:  # noqa: A002 - the file's own word
        """Return an issue by id."""
        return next(i for i in self.issues if i.id == id)

    def option(self, issue: Id, option: Id) -> Option:
        """Return an option by the ids of its issue and its own."""
        return next(o for o in self.issue(issue).options if o.id == option)

    @property
    def required(self) -> tuple[Actor, ...]:
        """Actors without whose consent there is no deal, in file order."""
        return tuple(a for a in self.actors if a.consent)

    @property
    def basis_counts(self) -> dict[Basis, int]:
        """How many preference judgements are stated, inferred, guessed."""
        found = [p.basis for by_issue in self.preferences.values() for p in by_issue.values()]
        return {
            "stated": found.count("stated"),
            "inferred": found.count("inferred"),
            "guess": found.count("guess"),
        }
