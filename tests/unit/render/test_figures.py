"""Pictures: every mark is drawn, where its number says, inside the frame, with words beside it."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.page import (
    Bar,
    Bars,
    Edge,
    Lines,
    Network,
    Node,
    Point,
    Range,
    RangeGroup,
    Ranges,
    Scatter,
    Series,
    Stand,
    Strip,
    Tick,
)
from detente.render.document import Document
from detente.render.figures import Drawn, draw
from detente.render.svg import measure, wrap

WIDTHS = (320.0, 470.0, 680.0)
SVG = "{http://www.w3.org/2000/svg}"
value = st.floats(-1e4, 1e4).map(lambda v: round(v, 3))
names = st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=60)


def _tree(figure: Drawn, width: float) -> ElementTree.Element:
    return ElementTree.fromstring(draw(figure, width, "k"))


def _inside(tree: ElementTree.Element, width: float) -> None:
    """Check that every mark and the start of every text lies in the frame."""
    height = float(tree.attrib["height"])
    for part in tree.iter():
        x, y = part.get("x"), part.get("y")
        if x is not None and y is not None and part.tag != f"{SVG}g":
            assert -1 <= float(x) <= width + 1, part.attrib
            assert -12 <= float(y) <= height + 1, part.attrib
        if part.tag == f"{SVG}rect":
            assert float(part.attrib["x"]) + float(part.attrib["width"]) <= width + 1


@pytest.mark.parametrize("width", WIDTHS)
def test_each_figure_of_the_sample_is_well_formed_and_inside(document: Document, width: float) -> None:
    drawn = [b for s in document.page.sections for b in s.blocks if isinstance(b, Drawn)]
    assert {type(b) for b in drawn} == {Bars, Ranges, Lines, Scatter, Strip, Network}
    for figure in drawn:
        tree = _tree(figure, width)
        assert tree.attrib["role"] == "img"
        assert tree.find(f"{SVG}title").text == figure.title
        assert tree.find(f"{SVG}desc").text
        _inside(tree, width)


@given(st.lists(st.tuples(names, value, value, value), min_size=1, max_size=6), st.sampled_from(WIDTHS))
def test_ranges_keep_their_order_and_their_number_of_marks(
    rows: list[tuple[str, float, float, float]], width: float
) -> None:
    ranges = tuple(Range(label, *sorted(bounds)) for label, *bounds in rows)
    tree = _tree(Ranges("R", "", (RangeGroup("Group", ranges),), 0.0, "no deal"), width)
    boxes = list(tree.iter(f"{SVG}rect"))
    assert len(boxes) == 2 * len(rows)
    _inside(tree, width)
    for bar, tick in zip(boxes[::2], boxes[1::2], strict=True):
        middle = float(tick.attrib["x"]) + 1.5
        start = float(bar.attrib["x"])
        assert start - 0.2 <= middle <= start + float(bar.attrib["width"]) + 0.2


def test_longer_bars_are_longer_in_proportion() -> None:
    tree = _tree(Bars("B", "share", (Bar("a", 0.4), Bar("b", 0.2), Bar("c", 0.0))), 470.0)
    widths = [float(part.attrib["width"]) for part in tree.iter(f"{SVG}rect")]
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.01)
    assert widths[2] <= 1


def test_negative_bars_start_at_zero_on_the_other_side() -> None:
    tree = _tree(Bars("B", "", (Bar("up", 3.0), Bar("down", -2.0))), 470.0)
    up, down = (part.attrib for part in tree.iter(f"{SVG}rect"))
    assert float(down["x"]) + float(down["width"]) == pytest.approx(float(up["x"]), abs=0.2)


def test_lines_step_only_when_they_should() -> None:
    series = (Series("s", (0.0, 10.0, 20.0), (1.0, 0.5, 0.25)),)

    def corners(step: bool) -> int:
        drawn = draw(Lines("L", "x", "y", series, step), 470.0, "k")
        return len(re.findall("[LHV]", drawn.split('class="l0"')[0].rsplit("<path", 1)[1]))

    assert corners(step=False) == 2
    assert corners(step=True) == 4


def test_steps_too_small_to_see_are_not_drawn() -> None:
    fine = tuple(i / 5000 for i in range(5001))
    series = (Series("s", fine, tuple(1 - x / 2 for x in fine)),)
    drawn = draw(Lines("L", "x", "y", series, True, unit="share"), 470.0, "k")
    path = drawn.split('class="l0"')[0].rsplit("<path", 1)[1]
    assert 50 < path.count("H") < 600


def test_names_of_lines_that_end_together_do_not_touch() -> None:
    series = tuple(Series(f"line {i}", (0.0, 1.0), (1.0, 0.5 + i * 1e-4)) for i in range(6))
    tree = _tree(Lines("L", "x", "y", series, unit="share"), 470.0)
    texts = [t for t in tree.iter(f"{SVG}text") if (t.text or "").startswith("line")]
    heights = sorted(float(t.attrib["y"]) for t in texts)
    assert len(heights) == 6
    assert all(b - a >= 14 for a, b in itertools.pairwise(heights))


def test_unequal_series_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        draw(Lines("L", "x", "y", (Series("s", (0.0, 1.0), (1.0,)),)), 470.0, "k")


@given(st.lists(st.tuples(value, value, st.sampled_from(["a", "b", ""])), max_size=30))
def test_scatters_draw_every_point(points: list[tuple[float, float, str]]) -> None:
    block = Scatter("S", "x", "y", tuple(Point(f"p{i}", x, y, 1.0, g) for i, (x, y, g) in enumerate(points)))
    tree = _tree(block, 470.0)
    key = len({g for _, _, g in points}) if {g for _, _, g in points} - {""} else 0
    marks = sum(len(list(tree.iter(f"{SVG}{shape}"))) for shape in ("circle", "rect", "polygon"))
    assert marks == len(points) + key


places = st.floats(0, 100).map(lambda v: round(v, 2))
shares = st.floats(0, 1).map(lambda v: round(v, 4))


@given(
    st.lists(st.tuples(names, places, shares), max_size=25),
    st.lists(st.tuples(names, places, shares, st.booleans()), max_size=12),
    st.sampled_from(WIDTHS),
)
def test_strips_draw_everybody_and_every_place_inside(
    stands: list[tuple[str, float, float]], ticks: list[tuple[str, float, float, bool]], width: float
) -> None:
    found = tuple(Stand(*s) for s in stands), tuple(Tick(*t) for t in ticks)
    tree = _tree(Strip("S", 0, 100, *found, (0.2, 0.5, 0.3), -3, 35, "if talks fail"), width)
    _inside(tree, width)
    assert len(list(tree.iter(f"{SVG}circle"))) == len(stands)
    assert len(list(tree.iter(f"{SVG}rect"))) == 3
    assert len(list(tree.iter(f"{SVG}polygon"))) == sum(base for *_, base in ticks)


def test_circles_of_a_strip_never_touch_and_grow_with_weight() -> None:
    stands = tuple(Stand(f"Actor {i}", 100 - i % 2, 0.1 + 0.1 * i) for i in range(6))
    tree = _tree(Strip("S", 0, 100, stands, (), (1.0,), 0, 100), 320.0)
    circles = [tuple(float(c.attrib[k]) for k in ("cx", "cy", "r")) for c in tree.iter(f"{SVG}circle")]
    for (x, y, r), (u, v, q) in itertools.combinations(circles, 2):
        assert (x - u) ** 2 + (y - v) ** 2 >= (r + q - 1) ** 2
    areas = sorted(r**2 for _, _, r in circles)
    assert areas[-1] / areas[0] == pytest.approx(6, rel=0.3)


def test_conflicts_are_crossed_and_strain_is_dashed() -> None:
    nodes = (Node("a", "A", 0, 0), Node("b", "B", 1, 0))

    def drawn(weight: float, tense: bool) -> str:
        return draw(Network("N", nodes, (Edge("a", "b", weight, tense=tense),)), 470.0, "k")

    assert "l8 8m0 -8l-8 8" in drawn(-1, False)
    assert "l8 8m0 -8l-8 8" not in drawn(1, False)
    assert "stroke-dasharray" in drawn(1, True)
    assert "stroke-dasharray" not in drawn(1, False)


def test_directed_ties_have_an_arrow_each() -> None:
    nodes = (Node("a", "A", 0, 0), Node("b", "B", 1, 0))
    both = (Edge("a", "b"), Edge("b", "a", -1))
    assert draw(Network("N", nodes, both, directed=True), 470.0, "k").count("<polygon") == 2


def test_a_tie_to_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown nodes: ghost"):
        draw(Network("N", (Node("a", "A", 0, 0),), (Edge("a", "ghost"),)), 470.0, "k")


@pytest.mark.parametrize(
    "figure",
    [
        Bars("Empty", "", ()),
        Ranges("Empty", "", ()),
        Lines("Empty", "", "", ()),
        Scatter("Empty", "", "", ()),
        Network("Empty", (), ()),
        Strip("Empty", 0, 1, (), (), (), 0, 1),
    ],
)
def test_empty_figures_are_still_figures(figure: Drawn) -> None:
    assert _tree(figure, 320.0).find(f"{SVG}title").text == "Empty"


@given(names, st.integers(40, 300), st.integers(1, 3))
def test_wrapped_text_fits_its_column(text: str, width: int, lines: int) -> None:
    wrapped = wrap(text, width, lines)
    assert len(wrapped) <= lines
    assert all(measure(line) <= width + 1 for line in wrapped)


def test_pictures_never_scale_their_text() -> None:
    svg = draw(Bars("B", "", (Bar("a", 1.0),)), 320.0, "k")
    assert re.search(r'viewBox="0 0 320 [\d.]+" width="320"', svg)
    assert 'font-size="13"' in svg


@pytest.mark.parametrize("width", [280.0, 320.0, 480.0, 700.0])
def test_no_line_loses_a_part_of_its_name(width: float) -> None:
    names = [
        f"Some deal that lies inside the red lines of everybody, as {word}" for word in ("told", "meant")
    ]
    series = tuple(Series(name, (0.0, 1.0), (0.0, float(i))) for i, name in enumerate(names))
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", draw(Lines("L", "x", "y", series), width, "k"))
    assert all(name in " ".join(texts) for name in names)


def test_names_below_a_plot_stand_in_the_order_of_the_lines_and_show_their_dash() -> None:
    names = [
        f"the deal that ends {word}, with a name too long for the side" for word in ("low", "high", "between")
    ]
    series = tuple(Series(n, (0.0, 1.0), (0.5, y)) for n, y in zip(names, (0.1, 0.9, 0.4), strict=True))
    drawn = draw(Lines("L", "x", "y", series), 300.0, "k")
    texts = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawn))
    assert texts.index("ends high") < texts.index("ends between") < texts.index("ends low")
    dashes = [
        re.findall(r'dasharray="([^"]*)"', p) for p in re.findall(r'<path[^>]*class="l\d"[^>]*>', drawn)
    ]
    assert dashes[3:] == [dashes[1], dashes[2], dashes[0]]
