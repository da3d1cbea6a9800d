"""Reads the GeoJSON files of a map, or says everything that is wrong with them at once."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from detente.case.map import Map
from detente.errors import Problem

LARGEST = 5_000_000
"""Bytes of a geometry file. Judgement: far above any simplified theatre, far below what stalls a page."""

Ring = tuple[tuple[float, float], ...]
"""Longitude and latitude of the points of a closed line."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An area: its id, its name, and its rings, holes included."""

    id: str
    name: str
    rings: tuple[Ring, ...]

    def holds(self, lon: float, lat: float) -> bool:
        """Tell whether a point lies inside an odd number of rings, so that their winding does not matter.

        Examples
        --------
        >>> square = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0))
        >>> hole = ((1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (2.0, 1.0), (1.0, 1.0))
        >>> area = Shape("a", "A", (square, hole))
        >>> area.holds(3, 3), area.holds(1.5, 1.5), area.holds(5, 5)
        (True, False, False)
        """
        crossings = 0
        for ring in self.rings:
            for (ax, ay), (bx, by) in pairwise(ring):
                if (ay > lat) != (by > lat) and lon < ax + (lat - ay) * (bx - ax) / (by - ay):
                    crossings += 1
        return crossings % 2 == 1


@dataclass(frozen=True, slots=True)
class Geometry:
    """The areas of a map, their neighbours, and the digest of both files."""

    areas: tuple[Shape, ...]
    context: tuple[Shape, ...]
    digest: str

    def at(self, lon: float, lat: float) -> tuple[str, ...]:
        """Return the ids of all areas in which a point lies."""
        return tuple(shape.id for shape in self.areas if shape.holds(lon, lat))


def read_geometry(folder: Path, name: str, block: Map) -> tuple[Geometry | None, tuple[Problem, ...]]:
    """Read the files a map names.

    Parameters
    ----------
    folder : Path
        The case's folder.
    name : str
        How the user calls it; stands in messages.
    block : Map
        Names the files and the properties.

    Returns
    -------
    geometry : Geometry or None
        None if anything is wrong.
    problems : tuple of Problem
        All that is wrong.
    """
    digest, problems, found = hashlib.sha256(), [], []
    for file, keyed in ((block.areas, True), (block.context, False)):
        shapes: tuple[Shape, ...] = ()
        if file:
            raw, faults = _raw(folder / file)
            digest.update(raw)
            if not faults:
                names = (block.id_property, block.name_property) if keyed else ("", block.name_property)
                shapes, faults = _shapes(raw, names)
            problems += [Problem(f"{name}/{file}", None, *fault) for fault in faults]
        found.append(shapes)
    if problems:
        return None, tuple(problems)
    return Geometry(found[0], found[1], digest.hexdigest()[:12]), ()


Fault = tuple[str, str, str]
"""Place in the file, what is wrong, remedy."""


def _raw(file: Path) -> tuple[bytes, list[Fault]]:
    try:
        if file.stat().st_size > LARGEST:
            return b"", [("", "the file is too large for a map", f"simplify it below {LARGEST:,} bytes")]
        return file.read_bytes(), []
    except OSError:
        return b"", [("", "the file cannot be read", "put it beside case.yaml, or remove `map`")]


def _shapes(raw: bytes, names: tuple[str, str]) -> tuple[tuple[Shape, ...], list[Fault]]:
    """Return the features of a file as shapes."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return (), [("", "this is no JSON", "export the layer as GeoJSON again")]
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or not features:
        return (), [("", "this is no GeoJSON FeatureCollection with features", "export the layer as one")]
    shapes, faults = [], []
    for k, feature in enumerate(features, 1):
        try:
            shapes.append(_shape(feature, names, k))
        except _Wrong as wrong:
            faults += [(f"features#{k}", message, remedy) for message, remedy in wrong.said]
    seen: set[str] = set()
    for k, shape in enumerate(shapes, 1):
        if names[0] and shape.id in seen:
            faults.append((f"features#{k}", f"the id `{shape.id}` stands twice", "merge the two features"))
        seen.add(shape.id)
    return tuple(shapes), faults


class _Wrong(Exception):
    """A feature that cannot be drawn, with what to say about it."""

    def __init__(self, *said: tuple[str, str]) -> None:
        self.said = said


def _shape(feature: Any, names: tuple[str, str], k: int) -> Shape:
    about = feature.get("properties") if isinstance(feature, dict) else None
    form = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(about, dict) or not isinstance(form, dict):
        raise _Wrong(("the feature has no properties or no geometry", "remove it, or draw it"))
    key = about.get(names[0]) if names[0] else str(k)
    if not isinstance(key, str) or not key.strip():
        raise _Wrong((f"the feature has no `{names[0]}`", "set `id_property` to the property with its id"))
    if form.get("type") not in ("Polygon", "MultiPolygon"):
        raise _Wrong((f"a {form.get('type')} has no surface", "keep polygons only"))
    parts: Any = form.get("coordinates")
    polygons: Any = [parts] if form["type"] == "Polygon" else parts
    try:
        rings = tuple(tuple((float(p[0]), float(p[1])) for p in ring) for poly in polygons for ring in poly)
    except (TypeError, ValueError, IndexError, KeyError):
        raise _Wrong(("the coordinates are no lists of numbers", "export the layer again")) from None
    faults = tuple(_ring_faults(rings))
    if faults:
        raise _Wrong(*faults)
    label = about.get(names[1])
    return Shape(key, label if isinstance(label, str) and label.strip() else key, rings)


def _ring_faults(rings: tuple[Ring, ...]) -> Iterator[tuple[str, str]]:
    if not rings:
        yield "the feature has no ring", "remove it, or draw it"
    if any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
        yield "a ring is not closed", "let each ring end at the point where it begins"
    numbers = [v for ring in rings for point in ring for v in point]
    lon, lat = numbers[::2], numbers[1::2]
    if not all(map(math.isfinite, numbers)):
        yield "a coordinate is not finite", "export the layer again"
    elif any(abs(v) > 180 for v in lon) or any(abs(v) > 90 for v in lat):
        yield (
            "coordinates lie outside -180 to 180 and -90 to 90 degrees",
            "project the layer to WGS 84 degrees",
        )
    elif max(lon, default=0.0) - min(lon, default=0.0) > 180:
        yield "the feature spans more than half the earth", "split it at the antimeridian"
