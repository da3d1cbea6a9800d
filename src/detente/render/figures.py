"""Every block that is drawn as a picture, by whichever drawer suits it, at the widths a page needs."""

from __future__ import annotations

from typing import assert_never

from detente.page import Bars, Lines, Map, Network, Ranges, Scatter, Strip
from detente.render.svg_lines import lines_picture
from detente.render.svg_map import map_picture
from detente.render.svg_network import network_picture
from detente.render.svg_ranges import bars_picture, ranges_picture
from detente.render.svg_scatter import scatter_picture
from detente.render.svg_strip import strip_picture

Drawn = Bars | Ranges | Lines | Scatter | Strip | Network | Map


def draw(figure: Drawn, width: float, key: str) -> str:
    """Return the picture as SVG.

    Parameters
    ----------
    figure : Drawn
        What to draw.
    width : float
        Pixels at which it will be shown; text is never scaled.
    key : str
        Makes the ids inside unique in a page.

    Raises
    ------
    ValueError
        If a number in the figure is not finite.
    """
    match figure:
        case Bars():
            picture = bars_picture(figure, width)
        case Ranges():
            picture = ranges_picture(figure, width)
        case Map():
            picture = map_picture(figure, width, key)
        case Network():
            picture = network_picture(figure, width)
        case Lines():
            picture = lines_picture(figure, width)
        case Scatter():
            picture = scatter_picture(figure, width)
        case Strip():
            picture = strip_picture(figure, width)
        case _:
            assert_never(figure)
    return picture.svg(key)
