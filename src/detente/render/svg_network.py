"""Networks of signed ties, drawn where their nodes were placed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from detente.page import Edge, Network, Node
from detente.render.numbers import finite
from detente.render.plain import clean, shorten
from detente.render.svg import MUTED, SIZE, Picture, lines_of_text, measure, number, tag, tone, wrap
from detente.render.tables import kind

_RADIUS = 7.0
_LABEL = 112.0
_AGREEMENT = {"stroke": "currentColor", "stroke_opacity": "0.5", "fill": "none"}
_CONFLICT = {"class_": "l1", "stroke": tone(1), "fill": "none"}
_GROUPS = (0, 7, 2, 3, 6, 4, 5)
"""Colours of groups of nodes; conflict has the second for itself."""
_FAINT = "0.35"
"""How much of a tie is left that is the same as before."""
_ROOMY = 420.0
_LABELLED = 10
"""Above so many ties their labels would cover each other; they then stand in the table only."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A point of the picture."""

    x: float
    y: float

    def toward(self, other: _Spot, pixels: float) -> _Spot:
        """Return the point so many pixels on the way to another."""
        length = math.hypot(other.x - self.x, other.y - self.y) or 1.0
        return _Spot(
            self.x + (other.x - self.x) * pixels / length, self.y + (other.y - self.y) * pixels / length
        )


def network_picture(block: Network, width: float) -> Picture:
    """Return nodes and ties: agreement solid, conflict crossed at its middle, strain dashed.

    Parameters
    ----------
    block : Network
        Nodes on 0..1 (y upwards) and ties between them.
    width : float
        Pixels at which the picture will be shown.

    Raises
    ------
    ValueError
        If a position or weight is not finite, or a tie names an unknown node.
    """
    finite((v for n in block.nodes for v in (n.x, n.y)), block.title)
    spots = _spots(block, width)
    unknown = {end for e in block.edges for end in (e.source, e.target)} - spots.keys()
    if unknown:
        raise ValueError(f"the figure {block.title!r} ties unknown nodes: {', '.join(sorted(unknown))}")
    groups = list(dict.fromkeys(node.group for node in block.nodes))
    strongest = (
        max((abs(w) for w in finite((e.weight for e in block.edges), block.title)), default=1.0) or 1.0
    )
    both_ways = {(e.target, e.source) for e in block.edges} & {(e.source, e.target) for e in block.edges}
    body = []
    for edge in block.edges:
        bend = 14.0 if block.directed and (edge.source, edge.target) in both_ways else 0.0
        line = _Tie(spots[edge.source], spots[edge.target], bend, block.directed)
        body.append(line.draw(edge, 1.0 + 2.5 * abs(edge.weight) / strongest))
        if len(block.edges) <= _LABELLED and width >= _ROOMY:
            body.append(line.label(edge.label))
    body += [_node(node, spots[node.id], groups.index(node.group), width) for node in block.nodes]
    top = max((spot.y for spot in spots.values()), default=0.0) + 54
    legend, height = _legend(block, groups, width, top)
    return Picture(width, height, "".join(body) + legend, block.title, _spoken(block))


def _spots(block: Network, width: float) -> dict[str, _Spot]:
    side = min(_LABEL / 2 + 4, 0.2 * width)
    tall = width * (0.95 if width < _ROOMY else 0.56)
    return {n.id: _Spot(side + n.x * (width - 2 * side), 14 + (1 - n.y) * tall) for n in block.nodes}


@dataclass(frozen=True, slots=True)
class _Tie:
    """A line between two nodes, bent where its opposite is drawn too."""

    start: _Spot
    end: _Spot
    bend: float
    directed: bool

    def middle(self) -> _Spot:
        dx, dy = self.end.x - self.start.x, self.end.y - self.start.y
        length = math.hypot(dx, dy) or 1.0
        return _Spot(
            (self.start.x + self.end.x) / 2 - dy / length * self.bend / 2,
            (self.start.y + self.end.y) / 2 + dx / length * self.bend / 2,
        )

    def draw(self, edge: Edge, thickness: float) -> str:
        """Return the line in its kind: agreement in grey, conflict in colour and crossed."""
        middle = self.middle()
        control = _Spot(
            2 * middle.x - (self.start.x + self.end.x) / 2, 2 * middle.y - (self.start.y + self.end.y) / 2
        )
        first, last = self.start.toward(control, _RADIUS + 2), self.end.toward(control, _RADIUS + 3)
        stroke = _CONFLICT if edge.weight < 0 else _AGREEMENT
        path = f"M{_xy(first)}Q{_xy(control)} {_xy(last)}"
        dash = "6 4" if edge.tense else None
        drawn = tag("path", d=path, stroke_width=thickness, stroke_dasharray=dash, **stroke)
        if edge.same:
            return f'<g opacity="{_FAINT}">{drawn}</g>'
        if edge.weight < 0:
            x, y = number(middle.x - 4), number(middle.y - 4)
            drawn += tag("path", d=f"M{x} {y}l8 8m0 -8l-8 8", stroke_width="2", **stroke)
        return drawn + (_arrow(last, control, edge.weight < 0) if self.directed else "")

    def label(self, text: str) -> str:
        spot = self.middle()
        lines = wrap(text, _LABEL, 1)
        return lines_of_text(
            lines, spot.x, spot.y - 8, text_anchor="middle", class_="halo", fill_opacity="0.8"
        )


def _arrow(tip: _Spot, control: _Spot, conflict: bool) -> str:
    back = tip.toward(control, 9)
    dx, dy = (tip.y - back.y) * 0.45, (back.x - tip.x) * 0.45
    points = f"{_xy(tip)} {_xy(_Spot(back.x + dx, back.y + dy))} {_xy(_Spot(back.x - dx, back.y - dy))}"
    if conflict:
        return tag("polygon", points=points, class_="g1", fill=tone(1))
    return tag("polygon", points=points, fill_opacity="0.7")


def _xy(spot: _Spot) -> str:
    return f"{number(spot.x)} {number(spot.y)}"


def _node(node: Node, spot: _Spot, group: int, width: float) -> str:
    shape = tag("circle", cx=spot.x, cy=spot.y, r=_RADIUS, **_paint(group))
    lines = wrap(node.label, min(_LABEL, 0.4 * width))
    half = max(map(measure, lines), default=0.0) / 2
    x = min(max(spot.x, half), width - half)
    return shape + lines_of_text(
        lines, x, spot.y + _RADIUS + SIZE + 1, text_anchor="middle", font_weight="600", class_="halo"
    )


def _legend(block: Network, groups: list[str], width: float, y: float) -> tuple[str, float]:
    """Return a key to the ties and groups that occur, and the height it ends at."""
    kinds = sorted({(e.weight < 0, e.tense) for e in block.edges})
    if block.directed:
        kinds = []  # arrows are moves, neither friendly nor hostile
    entries = [(_sample(conflict, tense), kind(-1 if conflict else 1, tense)) for conflict, tense in kinds]
    if any(e.same for e in block.edges):
        entries.append((_sample(False, False, True), "faint: the same as before"))
    if len(groups) > 1:
        entries += [(_dot(i), shorten(clean(group), 30)) for i, group in enumerate(groups) if group]
    x, drawn = 0.0, []
    for shape, word in entries:
        long = 34 + measure(word) + 18
        if x and x + long > width + 18:
            x, y = 0.0, y + 19
        drawn.append(f'<g transform="translate({number(x)} {number(y)})">{shape}')
        drawn.append(f"{tag('text', word, x=34.0, y=4.0, fill_opacity=MUTED)}</g>")
        x += long
    return "".join(drawn), y + 12


def _sample(conflict: bool, tense: bool, same: bool = False) -> str:
    edge = Edge("", "", -1 if conflict else 1, tense=tense, same=same)
    return _Tie(_Spot(-9, 0), _Spot(37, 0), 0.0, False).draw(edge, 2.0)


def _paint(group: int) -> dict[str, str]:
    colour = _GROUPS[group % len(_GROUPS)]
    return {"class_": f"g{colour}", "fill": tone(colour)}


def _dot(group: int) -> str:
    return tag("circle", cx=22.0, cy=0.0, r="5", **_paint(group))


def _spoken(block: Network) -> str:
    if block.directed:
        return f"{len(block.nodes)} states and {len(block.edges)} moves; all are listed in the table."
    conflicts = sum(edge.weight < 0 for edge in block.edges)
    tense = sum(edge.tense for edge in block.edges)
    listed = "those that changed" if any(edge.same for edge in block.edges) else "all"
    return (
        f"{len(block.nodes)} nodes and {len(block.edges)} ties, of which {conflicts} are conflicts"
        f" and {tense} are under strain; {listed} are listed in the table."
    )
