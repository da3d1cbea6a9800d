"""The map section: areas kept, shares drawn as they are, borders said, the same bytes every time."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from detente.brief.territory import SCHEMATIC, areas_km2, territory, territory_options
from detente.case.load import load_case
from detente.case.model import Case
from detente.methods.conic import Albers, fitted
from detente.page import Caveat, Map, Table
from detente.render.figures import draw
from detente.render.tables import data_table


def maps(case: Case) -> list[Map]:
    blocks = (*territory(case).blocks, *territory_options(case).blocks)
    return [b for b in blocks if isinstance(b, Map)]


def test_every_area_keeps_its_surface(alaska: Case) -> None:
    text = (files("detente") / "cases" / "alaska-2025" / "areas.geojson").read_text()
    told = {f["properties"]["iso"]: f["properties"]["area_km2"] for f in json.loads(text)["features"]}
    assert alaska.geometry is not None
    found = areas_km2(alaska.geometry)
    assert len(found) == len(told) == 27
    assert found == pytest.approx(told, rel=0.002)
    assert sum(found.values()) == pytest.approx(sum(told.values()), rel=0.0005)


def test_policy_day_and_source_stand_under_every_map(alaska: Case) -> None:
    for block in maps(alaska):
        assert "internationally recognised" in block.policy
        assert "14 August 2025" in block.policy
        assert "Natural Earth" in block.policy
        assert "DeepState" in block.policy
    assert "not a claim about sovereignty" in territory(alaska).lead
    assert Caveat(SCHEMATIC) in territory_options(alaska).blocks


def test_options_are_drawn_as_alternatives_and_counted(alaska: Case) -> None:
    today, options = maps(alaska)
    assert len(today.layers) == 1
    assert len(options.layers) == len(alaska.map.options) == 5  # type: ignore[union-attr]
    rows = next(b for b in territory_options(alaska).blocks if isinstance(b, Table)).rows
    moved = {row[0].text: row[1].sort for row in rows}
    assert moved["Freeze in place"] == 0
    assert moved["Freeze with small swaps"] < 0 < moved["Ukraine leaves Donetsk"]  # type: ignore[operator]
    assert moved["Ukraine leaves Donetsk"] < moved["Ukraine leaves four oblasts"]  # type: ignore[operator]
    shares = {a: s for a, _, s in today.layers[0].shares}
    assert moved["Ukraine leaves Donetsk"] == pytest.approx(26590 * (1 - shares["UA-14"]), rel=0.003)


def test_hatching_covers_exactly_the_share(alaska: Case) -> None:
    today = maps(alaska)[0]
    svg = draw(today, 480.0, "m")
    drawn = {s for _, _, s in today.layers[0].shares if s >= 0.005}
    lines = [float(w) / 7 for w in re.findall(r'<pattern id="m-0-h.*?<rect width="([\d.]+)"', svg)]
    assert sorted(lines) == pytest.approx(sorted(drawn), abs=0.001)
    for name in ("Kyiv", "Simferopol", "Mariupol"):
        assert f">{name}</text>" in svg


@pytest.mark.parametrize("width", [320.0, 480.0, 680.0])
def test_pictures_are_the_same_every_time_and_no_name_leaves_them(alaska: Case, width: float) -> None:
    for block in maps(alaska):
        svg = draw(block, width, "k")
        assert svg == draw(block, width, "k")
        assert len(svg) < 60_000
        ids = re.findall(r' id="([^"]+)"', svg)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', svg)) <= set(ids)


def test_the_table_behind_a_map_has_every_share(alaska: Case) -> None:
    today = maps(alaska)[0]
    table = data_table(today)
    assert [row[3].sort for row in table.rows] == [s for *_, s in today.layers[0].shares]
    assert {row[1].text for row in table.rows} == {"Ukraine"}
    assert {row[2].text for row in table.rows} == {"Russia"}


def test_de_facto_borders_colour_by_control_and_say_so(alaska: Case) -> None:
    de_facto = alaska.model_copy(update={"borders": "de_facto"})
    block = maps(de_facto)[0]
    by = {area.id: block.holders[area.belongs] for area in block.areas}
    assert (by["UA-43"], by["UA-30"]) == ("Russia", "Ukraine")
    assert "not by recognition" in block.policy


TOWNS = ("Simferopol", "Sevastopol", "Donetsk", "Mariupol", "Zaporizhzhia", "Kyiv", "Odesa", "Kharkiv")
RUSSIAN = {
    "recognised": set(),
    "de_facto": {"Simferopol", "Sevastopol", "Donetsk", "Mariupol", "Zaporizhzhia"},
    "claim:RUS": {"Simferopol", "Sevastopol", "Donetsk", "Mariupol", "Zaporizhzhia"},
}


@pytest.mark.parametrize("borders", RUSSIAN)
def test_every_town_has_the_colour_its_borders_say(alaska: Case, borders: str) -> None:
    block = maps(alaska.model_copy(update={"borders": borders}))[0]
    by = {area.id: block.holders[area.belongs] for area in block.areas}
    place = {p.name: p.area for p in alaska.map.places}  # type: ignore[union-attr]
    found = {town: by[place[town]] for town in TOWNS}
    assert found == {town: "Russia" if town in RUSSIAN[borders] else "Ukraine" for town in TOWNS}


def test_a_claim_is_said_to_be_one_and_shows_who_controls_the_rest(alaska: Case) -> None:
    block = maps(alaska.model_copy(update={"borders": "claim:RUS"}))[0]
    assert block.policy.startswith(
        "Borders are drawn as Russia claims them, not as internationally recognised"
    )
    svg = draw(block, 480.0, "m")
    assert "Held by Russia to be its own" in svg
    assert "Recognised as Ukraine" in svg
    assert "Recognised as Russia" not in svg
    shares = {(area, block.holders[h]): share for area, h, share in block.layers[0].shares}
    assert shares["UA-14", "Ukraine"] == pytest.approx(1 - 0.7449)
    assert shares["UA-63", "Russia"] == pytest.approx(0.0386)
    assert ("UA-14", "Russia") not in shares
    assert ("UA-43", "Ukraine") not in shares  # what Crimea lacks of the whole is water
    table = data_table(block)
    assert table.columns[1] == "Drawn as"
    assert {row[1].text for row in table.rows} == {"Held by Russia to be its own", "Recognised as Ukraine"}
    assert "Recognised as" not in draw(maps(alaska.model_copy(update={"borders": "de_facto"}))[0], 480.0, "m")


def test_recognised_borders_do_not_depend_on_a_claim(alaska: Case) -> None:
    assert alaska.map is not None
    bare = alaska.model_copy(update={"map": alaska.map.model_copy(update={"claims": ()})})
    assert maps(bare) == maps(alaska)


def test_a_case_without_a_map_has_none() -> None:
    case = load_case("minsk-2015")
    assert territory(case).blocks == territory_options(case).blocks == ()


def test_the_projection_keeps_areas_and_refuses_opposite_parallels() -> None:
    with pytest.raises(ValueError, match="opposite"):
        Albers(-30, 30, 0, 0)
    plane = fitted([-10, 10], [-20, 20])
    x, y = plane.project([0, 1], [0, 0])
    assert (x[1] - x[0]) > 0
    assert y[0] == pytest.approx(0)


def test_shares_are_whole_and_say_why_they_fall_short() -> None:
    case = load_case("alaska-2025")
    (today,) = [b for b in territory(case).blocks if isinstance(b, Map)]
    table = data_table(today)
    told = {row[0].text: row[-1].text for row in table.rows}
    assert told["Donetsk"] == "74%"
    assert told["Dnipropetrovsk"] == "under 1%"
    assert not [text for text in told.values() if "." in text]
    assert "Coast lines of the two sources differ" in table.note
