"""The map of a case: recognised borders, control as a dated layer, and what each option would make of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from detente.case.geometry import Geometry, Shape
from detente.case.map import Map as Block
from detente.case.map import MapOption
from detente.case.model import Case
from detente.methods.conic import Albers, authalic, fitted, surface
from detente.page import Area, Caveat, Cell, Layer, Map, Section, Table, Text, Town
from detente.table.names import Names
from detente.words import day, listed, percent

POLICY = {
    "recognised": "Borders are drawn as internationally recognised; control is a layer of its own",
    "de_facto": "Areas are coloured by who controls most of them, not by recognition",
    "claim": "Borders are drawn as {} claims them, not as internationally recognised",
}

SCHEMATIC = (
    "Control is known by area and as a share: hatching covers that share of the area and shows no line of "
    "contact. Control is not a claim about sovereignty."
)

MARGIN = 0.05
"""Shares of an area come from two drawings of one coast, so a smaller rest may be water. Judgement."""

Shares = Mapping[str, Mapping[str, float]]
"""Actor to area to share under its control."""


def territory(case: Case) -> Section:
    """Return the map of the day; without blocks where the case has none.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> territory(load_case("minsk-2015")).blocks
    ()
    """
    made = _made(case)
    blocks = (Text(*made.told()), made.today()) if made else ()
    lead = "Who controls what; control is not a claim about sovereignty." if made else ""
    return Section("map", "Territory", lead, blocks)


def territory_options(case: Case) -> Section:
    """Return what each option on the table would make of the map; without blocks where none is drawn.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> territory_options(load_case("minsk-2015")).blocks
    ()
    """
    made = _made(case)
    drawn = (made.options(), made.changes(), Caveat(SCHEMATIC)) if made and made.block.options else ()
    lead = "What each option would make of who controls what." if drawn else ""
    return Section("map-options", "Territory, option by option", lead, drawn, annex=True)


def _made(case: Case) -> _Maps | None:
    return None if case.map is None or case.geometry is None else _Maps(case, case.map, case.geometry)


class _Maps:
    """Builds the blocks from one case's map."""

    def __init__(self, case: Case, block: Block, geometry: Geometry) -> None:
        self.block, self.geometry, self.names = block, geometry, Names(case)
        self.borders, _, self.claimant = case.borders.partition(":")
        holders = {block.recognised, *block.exceptions.values(), *(c.by for c in block.control)}
        holders |= {o.by for o in block.options} | ({self.claimant} - {""})
        # In the order of those who must sign, as everywhere else in a brief, so that colours agree.
        ranked = [*case.required, *(a for a in case.actors if a not in case.required)]
        self.order = [a.id for a in ranked if a.id in holders]
        drawn = POLICY[self.borders].format(self.claimant and self.names.actor(self.claimant))
        known = " ".join(" ".join(c.note.split()) for c in block.control if c.note)
        self.policy = " ".join(x for x in (f"{drawn}, as of {day(block.as_of)}. {block.source}", known) if x)
        self.km2 = areas_km2(geometry)
        self.now: Shares = {c.by: c.shares for c in block.control}

    def told(self) -> tuple[str, tuple[str, ...]]:
        """Return how much is under whose control in words, and the evidence of it."""
        total = sum(self.km2.values())
        parts = [
            f"{self.names.actor(by)} controls about {_round(held)} of {_round(total)} square kilometres "
            f"({percent(held / total)})"
            for by in self.now
            for held in [self._held(self.now, by)]
        ]
        said = f"On {day(self.block.as_of)} {listed(parts) or 'no area is under control of another'}."
        return said, tuple(dict.fromkeys(e for layer in self.block.control for e in layer.evidence))

    def _held(self, shares: Shares, by: str) -> float:
        return sum(share * self.km2[area] for area, share in shares.get(by, {}).items())

    def today(self) -> Map:
        """Return the map of the day."""
        towns = tuple(Town(p.name, p.lon, p.lat) for p in self.block.places)
        return self._map(f"Control on {day(self.block.as_of)}", (self._layer("", self.now),), towns)

    def options(self) -> Map:
        """Return one small map for each option."""
        layers = tuple(self._layer(self._label(o), self._under(o)) for o in self.block.options)
        return self._map("What each option would make of control", layers, ())

    def changes(self) -> Table:
        """Return how much would change hands under each option, and where."""
        rows = []
        for option in self.block.options:
            after = self._under(option)
            moved = self._held(after, option.by) - self._held(self.now, option.by)
            rows.append(
                (
                    Cell(self._label(option), refs=option.evidence),
                    Cell(_moved(moved, self.names.actor(option.by)), sort=moved),
                    Cell(_round(self._held(after, option.by)), sort=self._held(after, option.by)),
                    Cell(self._where(option)),
                    Cell(option.basis),
                )
            )
        columns = ("Option", "Changes hands, km²", "Then controlled, km²", "Where", "How known")
        note = " ".join(o.note for o in self.block.options if o.note)
        return Table("What would change hands", columns, tuple(rows), note, columns[1:3])

    def _label(self, option: MapOption) -> str:
        return self.names.option(option.issue, option.option)

    def _under(self, option: MapOption) -> Shares:
        now = {by: dict(areas) for by, areas in self.now.items()}
        now.setdefault(option.by, {}).update(option.shares)
        return now

    def _where(self, option: MapOption) -> str:
        named = {shape.id: shape.name for shape in self.geometry.areas}
        before = self.now.get(option.by, {})
        moved = [named[a] for a, share in option.shares.items() if abs(share - before.get(a, 0.0)) > 1e-9]
        return listed(moved) or "nowhere"

    def _layer(self, title: str, shares: Shares) -> Layer:
        """Return who controls what besides those in whose colour the areas are drawn."""
        told = [
            (a, by, s) for by, areas in shares.items() for a, s in areas.items() if s and by != self._own(a)
        ]
        for area in (shape.id for shape in self.geometry.areas):
            rest = 1 - sum(areas.get(area, 0.0) for areas in shares.values())
            recognised = self.block.recognised_as(area)
            if recognised != self._own(area) and rest > MARGIN:
                told.append((area, recognised, rest))
        return Layer(title, tuple((area, self.order.index(by), share) for area, by, share in told))

    def _map(self, title: str, layers: tuple[Layer, ...], towns: tuple[Town, ...]) -> Map:
        areas = tuple(
            Area(s.id, s.name, s.rings, self.order.index(self._own(s.id))) for s in self.geometry.areas
        )
        around = tuple(ring for shape in self.geometry.context for ring in shape.rings)
        holders = tuple(self.names.actor(a) for a in self.order)
        return Map(title, areas, holders, layers, around, towns, self.policy, colours=self._colours())

    def _colours(self) -> tuple[str, ...]:
        """Return what the colour of each holder says of an area."""
        if self.borders == "recognised":
            return ()
        said = {a: f"Recognised as {self.names.actor(a)}" for a in self.order}
        if self.borders == "de_facto":
            said = {a: f"More than half under control of {self.names.actor(a)}" for a in self.order}
        if self.claimant:
            said[self.claimant] = f"Held by {self.names.actor(self.claimant)} to be its own"
        return tuple(said.values())

    def _own(self, area: str) -> str:
        """Return the actor in whose colour an area is drawn."""
        if self.borders == "claim" and area in self.block.claimed(self.claimant):
            return self.claimant
        held = (
            {by: areas.get(area, 0.0) for by, areas in self.now.items()} if self.borders == "de_facto" else {}
        )
        most = (by for by, share in held.items() if share > 0.5)  # most of it: more than half
        return next(most, self.block.recognised_as(area))


def areas_km2(geometry: Geometry) -> dict[str, float]:
    """Return the square kilometres of each area, measured in an equal-area plane."""
    points = np.array([p for shape in geometry.areas for ring in shape.rings for p in ring])
    plane = fitted(points[:, 0], points[:, 1])
    return {shape.id: _km2(shape, plane) for shape in geometry.areas}


def _km2(shape: Shape, plane: Albers) -> float:
    """Return the area of a shape: rings inside another ring are holes."""
    total = 0.0
    for k, ring in enumerate(shape.rings):
        others = Shape(shape.id, shape.name, shape.rings[:k] + shape.rings[k + 1 :])
        lon, lat = np.asarray(ring, float).T
        total += (-1 if others.holds(*ring[0]) else 1) * surface(*plane.project(lon, authalic(lat)))
    return total


def _round(km2: float) -> str:
    """Return square kilometres to the precision a map carries."""
    return f"{round(km2, -2):,.0f}"


def _moved(km2: float, name: str) -> str:
    if abs(km2) < 50:
        return "none"
    return f"{_round(abs(km2))} {'to' if km2 > 0 else 'from'} {name}"
