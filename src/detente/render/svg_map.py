"""Maps: areas within recognised borders, control as a hatching that covers its share of each area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from detente.methods.conic import Albers, fitted
from detente.page import Area, Layer, Map, Ring
from detente.render.numbers import finite
from detente.render.svg import MUTED, SIZE, Picture, lines_of_text, measure, number, tag, tone, wrap
from detente.render.svg_map_labels import Labels

_MARGIN = 0.04
"""Part of the picture around the areas, so that neighbours are seen."""
_HATCH = 7.0
"""Pixels from one line of the hatching to the next."""
_SEEN = 0.005
"""A share below this is not drawn: its line would be thinner than a hair. The table has it."""
_GAP = 14.0
_BASE, _INK = "0.16", "0.9"
"""Opacity of what belongs to somebody, and of the hatching over it."""


@dataclass(frozen=True)
class _Plane:
    """The projection of a map and its place in a panel so many pixels wide."""

    block: Map
    width: float

    @cached_property
    def albers(self) -> Albers:
        points = np.array([point for area in self.block.areas for ring in area.rings for point in ring])
        return fitted(points[:, 0], points[:, 1])

    @cached_property
    def frame(self) -> tuple[float, float, float, float]:
        """Left, top, pixels a kilometre and height."""
        every = [self._flat(ring) for area in self.block.areas for ring in area.rings]
        low = np.min([xy.min(axis=0) for xy in every], axis=0)
        high = np.max([xy.max(axis=0) for xy in every], axis=0)
        scale = self.width * (1 - 2 * _MARGIN) / (high[0] - low[0])
        edge = _MARGIN * self.width / scale
        return low[0] - edge, high[1] + edge, scale, (high[1] - low[1] + 2 * edge) * scale

    def _flat(self, ring: Ring) -> NDArray[np.float64]:
        lon, lat = np.asarray(ring, float).T
        return np.column_stack(self.albers.project(lon, lat))

    def place(self, ring: Ring) -> list[tuple[float, float]]:
        """Return the pixels of a line, neighbouring points that fall on one pixel joined."""
        left, top, scale, _ = self.frame
        grid = np.round((self._flat(ring) - (left, top)) * (scale, -scale)).tolist()
        return [(a, b) for k, (a, b) in enumerate(grid) if k == 0 or grid[k - 1] != [a, b]]


def map_picture(block: Map, width: float, key: str) -> Picture:
    """Return one panel for each layer, neighbours grey, towns named where there is room.

    Parameters
    ----------
    block : Map
        Areas in degrees; the plane is Albers' equal-area conic, fitted to them.
    width : float
        Pixels at which the picture will be shown.
    key : str
        Makes the ids of the hatchings unique in a page.

    Raises
    ------
    ValueError
        If there is no area, or a coordinate or share is not finite.
    """
    if not block.areas or not block.layers:
        raise ValueError(f"the map {block.title!r} has no area or no layer")
    finite((v for area in block.areas for ring in area.rings for p in ring for v in p), block.title)
    finite((share for layer in block.layers for *_, share in layer.shares), block.title)
    across = min(len(block.layers), max(2, int(width // 220)))
    plane = _Plane(block, (width - (across - 1) * _GAP) / across)
    most = max(len(wrap(layer.title, plane.width, 2)) for layer in block.layers)
    head = 6 + most * (SIZE + 2) if len(block.layers) > 1 else 0.0
    body = [_shapes(plane, key)]
    for k, layer in enumerate(block.layers):
        x, y = (k % across) * (plane.width + _GAP), (k // across) * (plane.frame[3] + head + 6)
        title = lines_of_text(wrap(layer.title, plane.width, 2), 0, SIZE, font_weight="600") if head else ""
        panel = _panel(plane, layer, f"{key}-{k}", key)
        body.append(f'<g transform="translate({number(x)} {number(y)})">{title}')
        body.append(f'<g transform="translate(0 {number(head)})">{panel}</g></g>')
    bottom = -(-len(block.layers) // across) * (plane.frame[3] + head + 6)
    legend, height = _legend(block, width, bottom, key)
    return Picture(width, height, "".join(body) + legend, block.title, _spoken(block))


def _shapes(plane: _Plane, key: str) -> str:
    """Return every area and the neighbours once, to be used by each panel."""
    owned: dict[int, list[str]] = {}
    for k, area in enumerate(plane.block.areas):
        d = _path(plane.place(ring) for ring in area.rings)
        owned.setdefault(area.belongs, []).append(tag("path", id=f"{key}-a{k}", d=d, fill_rule="evenodd"))
    parts = [f'<g id="{key}-o{holder}">{"".join(paths)}</g>' for holder, paths in owned.items()]
    box = (0.0, 0.0, plane.width, plane.frame[3])
    around = [cut for ring in plane.block.context if len(cut := _cut(plane.place(ring), box)) > 2]
    parts.append(tag("path", id=f"{key}-n", d=_path(around)))
    parts.append(tag("path", id=f"{key}-b", d=_outline(plane), fill="none", stroke_linejoin="round"))
    return f"<defs>{''.join(parts)}</defs>"


def _path(rings: Iterable[Sequence[tuple[float, float]]]) -> str:
    return "".join(f"{_line(ring)}z" for ring in rings if len(ring) > 2)


def _line(points: Sequence[tuple[float, float]]) -> str:
    """Return a line in whole pixels, each point as the way from the one before: half as long."""
    grid = [(round(x), round(y)) for x, y in points]
    steps = "".join(f"l{bx - ax} {by - ay}".replace(" -", "-") for (ax, ay), (bx, by) in pairwise(grid))
    return f"M{grid[0][0]} {grid[0][1]}{steps}"


def _outline(plane: _Plane) -> str:
    """Return the outer border: the edges that belong to one area only, chained into lines."""
    seen: Counter[frozenset[tuple[float, float]]] = Counter()
    edges = [edge for a in plane.block.areas for ring in a.rings for edge in pairwise(plane.place(ring))]
    seen.update(frozenset(edge) for edge in edges)
    chains: list[list[tuple[float, float]]] = []
    for start, end in edges:
        if seen[frozenset((start, end))] == 1:
            if not chains or chains[-1][-1] != start:
                chains.append([start])
            chains[-1].append(end)
    return "".join(map(_line, chains))


def _cut(
    ring: list[tuple[float, float]], box: tuple[float, float, float, float]
) -> list[tuple[float, float]]:
    """Return a ring cut to a box, edge by edge (Sutherland and Hodgman 1974)."""
    for axis, bound, keep_above in (
        (0, box[0], True),
        (0, box[2], False),
        (1, box[1], True),
        (1, box[3], False),
    ):
        given, ring = ring, []
        for a, b in pairwise([*given[-1:], *given]):
            ins = [(p[axis] >= bound) == keep_above or p[axis] == bound for p in (a, b)]
            if ins[0] != ins[1]:
                t = (bound - a[axis]) / (b[axis] - a[axis])
                ring.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
            if ins[1]:
                ring.append(b)
    return ring


def _panel(plane: _Plane, layer: Layer, own: str, key: str) -> str:
    block = plane.block
    place = {area.id: k for k, area in enumerate(block.areas)}
    drawn = [tag("use", href=f"#{key}-n", fill="currentColor", fill_opacity="0.09")]
    owners = sorted({area.belongs for area in block.areas})
    drawn += [
        tag("use", href=f"#{key}-o{h}", fill=tone(h), class_=f"g{h}", fill_opacity=_BASE) for h in owners
    ]
    shown = [(a, h, s) for a, h, s in layer.shares if s >= _SEEN and a in place]
    for n, (area, holder, share) in enumerate(shown):
        drawn.append(_hatch(f"{own}-h{n}", holder, share))
        drawn.append(tag("use", href=f"#{key}-a{place[area]}", fill=f"url(#{own}-h{n})"))
    thin = {"fill": "none", "stroke": "currentColor", "stroke_opacity": "0.35", "stroke_width": "0.6"}
    drawn += [tag("use", href=f"#{key}-o{h}", **thin) for h in owners]
    drawn.append(tag("use", href=f"#{key}-b", stroke="currentColor", stroke_width="1.4"))
    return "".join(drawn) + (_names(plane, shown) if len(block.layers) == 1 else "")


def _hatch(key: str, holder: int, share: float) -> str:
    """Return a pattern of slanted lines that covers exactly the share."""
    line = tag(
        "rect",
        width=_HATCH,
        height=_HATCH,
        fill=tone(holder),
        class_=f"g{holder}",
        fill_opacity=_INK,
    ).replace(f'width="{number(_HATCH)}"', f'width="{share * _HATCH:.2f}"', 1)
    size = f'width="{number(_HATCH)}" height="{number(_HATCH)}"'
    return (
        f'<pattern id="{key}" {size} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f"{line}</pattern>"
    )


def _names(plane: _Plane, shown: Sequence[tuple[str, int, float]]) -> str:
    """Return the shares in their areas and the towns beside their dots, none over another."""
    labels = Labels(plane.width, plane.frame[3])
    dots = [(town.name, *plane.place(((town.lon, town.lat),))[0]) for town in plane.block.towns]
    for _, x, y in dots:
        labels.reserve(x - 3, y - 3, x + 3, y + 3)
    named = {area.id: area for area in plane.block.areas}
    for name, x, y in dots:
        labels.beside(name, x, y)
    for area, _, share in shown:
        labels.within(f"{100 * share:.0f}%", _middle(plane, named[area]))
    return "".join(tag("circle", cx=x, cy=y, r=2.4) for _, x, y in dots) + labels.drawn()


def _middle(plane: _Plane, area: Area) -> list[tuple[float, float]]:
    """Return the middle of an area's longest ring, and places near it that none takes for another's."""
    ring = np.array(plane.place(max(area.rings, key=len)))
    (left, top), (right, bottom) = ring.min(axis=0), ring.max(axis=0)
    x, y = (left + right) / 2, (top + bottom) / 2
    spots = [(x + dx, y + dy) for dy in (0, 14, -14, 26, -26) for dx in (0, 16, -16)]
    near = SIZE / 2
    return [(a, b) for a, b in spots if left - near <= a <= right + near and top - near <= b <= bottom + near]


def _legend(block: Map, width: float, top: float, key: str) -> tuple[str, float]:
    """Return what the surfaces mean, and the height of the picture with it."""
    drawn, x, y = [], 0.0, top + 8
    for text, swatch in _entries(block, key):
        long = measure(text) + 30
        if x and x + long > width:
            x, y = 0.0, y + SIZE + 8
        drawn.append(f'<g transform="translate({number(x)} {number(y)})">{swatch}')
        lines = wrap(text, width - 24, 2)
        drawn.append(lines_of_text(lines, 22, SIZE - 1, fill_opacity=MUTED) + "</g>")
        x, y = x + long, y + (len(lines) - 1) * (SIZE + 2)
    return "".join(drawn), y + SIZE + 10


def _entries(block: Map, key: str) -> Iterator[tuple[str, str]]:
    box = {"width": 16.0, "height": SIZE, "stroke": "currentColor", "stroke_opacity": "0.5"}
    for holder in sorted({area.belongs for area in block.areas}):
        fill = {"fill": tone(holder), "class_": f"g{holder}", "fill_opacity": _BASE}
        said = block.colours[holder] if block.colours else f"Recognised as {block.holders[holder]}"
        yield said, tag("rect", **box, **fill)
    if block.context:
        yield "Neighbours", tag("rect", **box, fill="currentColor", fill_opacity="0.09")
    for holder in sorted({h for layer in block.layers for _, h, s in layer.shares if s >= _SEEN}):
        pattern = _hatch(f"{key}-l{holder}", holder, 0.5)
        text = f"Under control of {block.holders[holder]}: hatching covers the share of the area (schematic)"
        yield text, pattern + tag("rect", **box, fill=f"url(#{key}-l{holder})")


def _spoken(block: Map) -> str:
    named = {area.id: area.name for area in block.areas}
    told = [
        f"{layer.title or 'As of the day'}: "
        + ", ".join(f"{named[a]} {100 * s:.0f}% {block.holders[h]}" for a, h, s in layer.shares if s >= _SEEN)
        for layer in block.layers
    ]
    return ". ".join((*told, block.policy))
