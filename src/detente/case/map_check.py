"""Checks a map against its case and its geometry: names, days, areas, and towns in exactly one area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.case.checks_finding import Finding, Names, nearest
from detente.case.geometry import Geometry
from detente.case.map import Map
from detente.case.model import Case
from detente.case.yamlfile_spot import Spot
from detente.words import listed


def map_names(case: Case, names: Names) -> Iterator[Finding]:
    """Yield actors, issues and options that a map uses and the case does not define, and a date too late."""
    block = case.map
    yield from _borders(case)
    if block is None:
        return
    for position, claim in enumerate(block.claims):
        yield from names.actors.unknown(claim.by, ("map", "claims", position, "by"))
    yield from names.actors.unknown(block.recognised, ("map", "recognised"))
    for area, actor in block.exceptions.items():
        yield from names.actors.unknown(actor, ("map", "exceptions", area))
    for position, layer in enumerate(block.control):
        yield from names.actors.unknown(layer.by, ("map", "control", position, "by"))
    for position, option in enumerate(block.options):
        spot: Spot = ("map", "options", position)
        yield from names.actors.unknown(option.by, (*spot, "by"))
        yield from names.issues.unknown(option.issue, (*spot, "issue"))
        yield from names.options_of(option.issue).unknown(option.option, (*spot, "option"))
    if block.as_of > case.as_of:
        message = f"the layer shows {block.as_of}, after the case's date {case.as_of}"
        yield Finding(("map", "as_of"), message, "take an earlier layer, or move `as_of` of the case")
    total: dict[str, float] = {}
    for layer in block.control:
        for area, share in layer.shares.items():
            total[area] = total.get(area, 0.0) + share
    over = [area for area, share in total.items() if share > 1 + 1e-9]
    if over:
        message = f"more than the whole of {listed(over)} is under control"
        yield Finding(("map", "control"), message, "let the shares of an area add up to 1 at most")


def _borders(case: Case) -> Iterator[Finding]:
    """Yield a way of drawing that there is not, and a claim that the map does not describe."""
    kind, _, actor = case.borders.partition(":")
    if kind != "claim" and case.borders not in ("recognised", "de_facto"):
        message = f"there are no borders `{case.borders}`"
        yield Finding(("borders",), message, "write recognised, de_facto or claim:ACTOR")
    claims = dict.fromkeys(c.by for c in case.map.claims) if case.map else {}
    if kind == "claim" and actor not in claims:
        known = f"one of {', '.join(f'claim:{by}' for by in claims)}, or " if claims else ""
        message = f"`map.claims` says nothing of what {actor} claims"
        yield Finding(("borders",), message, f"write {known}recognised, or add the claim with its source")


def map_areas(block: Map, geometry: Geometry) -> Iterator[Finding]:
    """Yield areas that the geometry does not have, and towns that do not lie in exactly the area said."""
    known = [shape.id for shape in geometry.areas]
    parts: tuple[tuple[Spot, Iterable[str]], ...] = (
        (("map", "exceptions"), block.exceptions),
        *((("map", "control", k, "shares"), layer.shares) for k, layer in enumerate(block.control)),
        *((("map", "claims", k, "areas"), claim.areas) for k, claim in enumerate(block.claims)),
        *((("map", "options", k, "shares"), option.shares) for k, option in enumerate(block.options)),
    )
    for spot, areas in parts:
        for area in areas:
            if area not in known:
                message = f"{block.areas} has no area `{area}`"
                yield Finding((*spot, area), message, nearest(area, known))
    for position, place in enumerate(block.places):
        hits = geometry.at(place.lon, place.lat)
        if hits != (place.area,):
            where = f"in {listed(hits)}" if hits else "in no area"
            message = f"{place.name} lies {where}, not in {place.area} alone"
            yield Finding(("map", "places", position), message, "correct its coordinates or its area")
