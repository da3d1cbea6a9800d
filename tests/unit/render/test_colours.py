"""The colours of pages and pictures: legible, apart for colour-blind readers, and never the only sign."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from detente.page import Lines, Point, Scatter, Series
from detente.render.svg import TONES
from detente.render.svg_lines import lines_picture
from detente.render.svg_scatter import scatter_picture

Colour = NDArray[np.float64]

STYLES = files("detente.render").joinpath("templates/page.css").read_text("utf-8")
MACROS = files("detente.render").joinpath("templates/blocks.html.j2").read_text("utf-8")
GROUPS = tuple(f"g{i}" for i in range(8))

SIGHT = {
    "usual": np.eye(3).tolist(),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""Dichromats' sight on linear RGB: Machado, Oliveira and Fernandes (2009), IEEE TVCG 15(6), severity 1."""
LEAST = {"first four": 11.0, "all": 9.0, "usual": 15.0}
"""Least CIEDE2000 distance between groups. Judgement: 1 is about what is just seen in one large field beside
another; thin lines and small marks need several times that. Most figures have four groups or fewer."""

_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


def _rgb(code: str) -> Colour:
    return np.array([int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def _palette(dark: bool) -> dict[str, Colour]:
    block = STYLES.split(':root[data-theme="dark"] {' if dark else ":root {")[1].split("}")[0]
    return {name: _rgb(code) for name, code in re.findall(r"--([a-z]+\d?): (#[0-9a-f]{6})", block)}


def _linear(colour: Colour) -> Colour:
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)


def _luminance(colour: Colour) -> float:
    return float(_XYZ[1] @ _linear(colour))


def _seen(colour: Colour, sight: str) -> Colour:
    """Return CIE Lab, D65, of a colour as such an eye sees it."""
    linear = np.clip(np.array(SIGHT[sight]) @ _linear(colour), 0, 1)
    ratio = _XYZ @ linear / _WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _apart(one: Colour, other: Colour) -> float:
    """Return CIEDE2000: Sharma, Wu and Dalal (2005), Color Res. Appl. 30(1), doi:10.1002/col.20070."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25**7)))
    c1, c2 = np.hypot((1 + g) * a1, b1), np.hypot((1 + g) * a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, (1 + g) * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    cosines = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    t = 1 + sum(k * np.cos(np.radians(n * hm + shift)) for k, n, shift in cosines)
    light = (l2 - l1) / (1 + 0.015 * (lm - 50) ** 2 / np.sqrt(20 + (lm - 50) ** 2))
    chroma = (c2 - c1) / (1 + 0.045 * cm)
    hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * cm * t)
    rotated = (
        -np.sin(np.radians(60 * np.exp(-(((hm - 275) / 25) ** 2)))) * 2 * np.sqrt(cm**7 / (cm**7 + 25**7))
    )
    return float(np.sqrt(light**2 + chroma**2 + hue**2 + rotated * chroma * hue))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.5, 0.0), (50.0, 3.1736, 0.5854), 1.0000),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_is_that_of_the_published_pairs(one: Colour, other: Colour, distance: float) -> None:
    assert _apart(np.array(one), np.array(other)) == pytest.approx(distance, abs=5e-5)


@pytest.mark.parametrize("dark", [False, True])
def test_every_ink_is_legible_on_its_ground(dark: bool) -> None:
    """Contrast of at least 4.5 to 1 (WCAG 2.2, criterion 1.4.3)."""
    palette = _palette(dark)
    ground = _luminance(palette["bg"])
    inks = ["ink", "soft", "accent", "yes", "no", "part", *(f"g{i}" for i in range(8))]
    for name in inks:
        ink = _luminance(palette[name])
        contrast = (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05)
        assert contrast >= 4.5, (name, contrast)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("dark", [False, True])
def test_any_two_groups_stay_apart_for_every_eye(dark: bool, sight: str) -> None:
    palette = _palette(dark)
    seen = {name: _seen(palette[name], sight) for name in GROUPS}
    for a, b in combinations(GROUPS, 2):
        least = LEAST["usual" if sight == "usual" else "first four" if b <= "g3" else "all"]
        assert _apart(seen[a], seen[b]) >= least, (sight, a, b, _apart(seen[a], seen[b]))


def test_the_check_of_distance_can_fail() -> None:
    red, green = _rgb("#c05010"), _rgb("#7d6d14")
    assert _apart(_seen(red, "usual"), _seen(green, "usual")) > LEAST["usual"]
    assert _apart(_seen(red, "protan"), _seen(green, "protan")) < LEAST["all"]


def test_a_saved_picture_has_the_colours_of_the_page() -> None:
    light = _palette(dark=False)
    assert [_rgb(tone).tolist() for tone in TONES] == [light[name].tolist() for name in GROUPS]


def test_every_line_has_its_own_dash() -> None:
    series = tuple(Series(f"line {i}", (0.0, 1.0), (float(i), i + 1.0)) for i in range(8))
    drawn = re.findall(r'<path [^>]*class="l\d"[^>]*>', lines_picture(Lines("", "", "", series), 600).body)
    dashes = [(re.findall(r'stroke-dasharray="([^"]*)"', path) or [""])[0] for path in drawn]
    assert len(dashes) == len(set(dashes)) == 8


def test_every_group_of_marks_has_its_own_shape() -> None:
    points = tuple(Point(f"p{i}", float(i), float(i), group=f"group {i}") for i in range(8))
    key = scatter_picture(Scatter("", "", "", points), 600).body
    marks = re.findall(r'<(circle|rect|polygon) ([^>]*class="[gl]\d"[^>]*)/>', key)[-8:]
    corners = [len((re.findall(r'points="([^"]*)"', rest) or [""])[0].split()) for _, rest in marks]
    hollow = ['fill="none"' in rest for _, rest in marks]
    assert len({(kind, n, h) for (kind, _), n, h in zip(marks, corners, hollow, strict=True)}) == 8


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_told_by_colour_is_told_without_it_in_a_grey_print(dark: bool) -> None:
    """Marks differ by their sign, bars and ticks by lightness; all of it is darker than paper by 3 to 1."""
    palette = _palette(dark)
    ground = _luminance(palette["bg"])
    for name in ("accent", "yes", "no", "part", *(f"g{i}" for i in range(8))):
        grey = _luminance(palette[name])
        assert (max(grey, ground) + 0.05) / (min(grey, ground) + 0.05) >= 3, name  # WCAG 2.2, 1.4.11
    signs = re.search(r'"yes": "(.)", "no": "(.)", "part": "(.)"', MACROS)
    assert signs is not None
    assert len(set(signs.groups())) == 3
