"""A case's map: areas from a GeoJSON file, who controls how much of each, and what options would change."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from detente.case.base import Id, Judgement, Model

Degrees = Annotated[float, Field(allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]


class Control(Judgement):
    """What share of each area an actor controls; the rest is with whom the area belongs to."""

    by: Id
    shares: dict[str, Share] = Field(min_length=1)
    """Area, by its id in the file, to a share from 0 to 1; areas not named: none."""


class Claim(Judgement):
    """The areas an actor holds to be its own, whoever controls them and whatever others recognise."""

    by: Id
    areas: tuple[str, ...] = Field(min_length=1)
    """Areas, by their ids in the file."""


class Place(Model):
    """A town drawn for orientation; that it lies in its area and in no other is checked."""

    name: str
    lon: Degrees
    """Degrees east."""
    lat: Degrees
    """Degrees north."""
    area: str
    """Id of the area it lies in."""


class MapOption(Judgement):
    """What an option of an issue would make of control; areas not named stay as they are."""

    issue: Id
    option: Id
    shares: dict[str, Share] = {}
    """Area to the share then under control of `by`."""
    by: Id


class Map(Model):
    """Areas, recognised borders, and control as a separate, dated layer."""

    areas: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.geojson$", max_length=80)
    """GeoJSON file beside case.yaml: polygons in degrees (WGS 84), one feature for each area."""
    id_property: str = "iso"
    """Property of a feature that holds its id."""
    name_property: str = "name"
    context: str = Field(default="", pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]*\.geojson)?$", max_length=80)
    """GeoJSON file with neighbours, drawn without names; optional."""
    recognised: Id
    """Actor to whom all areas belong under recognised borders."""
    exceptions: dict[str, Id] = {}
    """Area to another actor to whom it belongs."""
    as_of: date
    """Day the layer of control shows."""
    source: str
    """Where the geometry and the control come from, printed under the map."""
    control: tuple[Control, ...] = ()
    claims: tuple[Claim, ...] = ()
    """What `borders: claim:ACTOR` draws; recognised borders do not depend on it."""
    places: tuple[Place, ...] = ()
    options: tuple[MapOption, ...] = ()

    def recognised_as(self, area: str) -> Id:
        """Return the actor to whom an area belongs under recognised borders."""
        return self.exceptions.get(area, self.recognised)

    def claimed(self, by: Id) -> frozenset[str]:
        """Return the areas an actor holds to be its own, those recognised as its own aside."""
        return frozenset(area for claim in self.claims if claim.by == by for area in claim.areas)
