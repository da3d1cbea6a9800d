"""A case's map: what its files may hold, where faults stand, and towns in exactly the area said."""

from __future__ import annotations

import json

import pytest

from detente.case.load import load_case, read_case

SQUARES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"iso": key, "name": key.title()},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, 40], [x + 2, 40], [x + 2, 42], [x, 42], [x, 40]]],
            },
        }
        for key, x in (("west", 10), ("east", 12))
    ],
}
BLOCK = """
map:
  areas: areas.geojson
  recognised: south
  as_of: 2025-01-30
  source: Drawn by hand.
  control:
    - { by: north, shares: { west: 0.4 }, basis: guess }
  places:
    - { name: Ford, lon: 11, lat: 41, area: west }
  options:
    - { issue: control, option: southern, by: north, shares: { west: 0 }, basis: guess }
"""

SECOND = "- { by: south, shares: { west: 0.7 }, basis: guess }\n"


@pytest.fixture
def mapped(spoil):
    def make(geometry=SQUARES, *changes):
        folder = spoil()
        text = BLOCK
        for old, new in changes:
            assert text.count(old) == 1
            text = text.replace(old, new)
        (folder / "case.yaml").write_text((folder / "case.yaml").read_text() + text)
        if geometry is not None:
            (folder / "areas.geojson").write_text(
                geometry if isinstance(geometry, str) else json.dumps(geometry)
            )
        return folder

    return make


def test_a_case_brings_its_own_geometry(mapped):
    case = load_case(mapped())
    assert case.geometry is not None
    assert [a.name for a in case.geometry.areas] == ["West", "East"]
    assert case.geometry.at(11, 41) == ("west",)
    assert case.geometry.at(20, 41) == ()


def test_a_claim_can_be_drawn(mapped):
    claim = ("  places:", "  claims: [{ by: north, areas: [west] }]\n  places:")
    case = load_case(mapped(SQUARES, claim, ("map:", "borders: claim:north\nmap:")))
    assert case.map.claimed("north") == {"west"}
    assert case.map.claimed("south") == set()


def test_the_digest_follows_the_geometry(mapped):
    folder = mapped()
    before = load_case(folder).digest
    moved = json.loads(json.dumps(SQUARES))
    moved["features"][0]["geometry"]["coordinates"][0][1][1] = 39.9
    (folder / "areas.geojson").write_text(json.dumps(moved))
    assert load_case(folder).digest != before


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ("recognised: south", "recognised: suoth", "map.recognised", "no actor `suoth`"),
        ("as_of: 2025-01-30", "as_of: 2025-03-30", "map.as_of", "after the case's date"),
        ("shares: { west: 0.4 }", "shares: { wst: 0.4 }", "map.control#1.shares.wst", "no area `wst`"),
        ("shares: { west: 0.4 }", "shares: { west: 1.4 }", "map.control#1.shares.west", ""),
        (
            "  places:",
            "  claims: [{ by: nroth, areas: [west] }]\n  places:",
            "map.claims#1.by",
            "no actor `nroth`",
        ),
        (
            "  places:",
            "  claims: [{ by: north, areas: [wst] }]\n  places:",
            "map.claims#1.areas",
            "no area `wst`",
        ),
        ("map:", "borders: claim:north\nmap:", "borders", "`map.claims` says nothing of what north claims"),
        ("map:", "borders: claimed\nmap:", "borders", "there are no borders `claimed`"),
        ("option: southern", "option: sothern", "map.options#1.option", "sothern"),
        ("lon: 11", "lon: 13", "map.places#1", "Ford lies in east, not in west alone"),
        ("lon: 11", "lon: 50", "map.places#1", "Ford lies in no area"),
        ("areas: areas.geojson", "areas: ../areas.geojson", "map.areas", ""),
        ("- { by: north", f"{SECOND}    - {{ by: north", "map.control", "whole"),
    ],
)
def test_faults_of_the_block_stand_where_they_are(mapped, old, new, where, words):
    problems = read_case(mapped(SQUARES, (old, new))).problems
    assert any(p.where.startswith(where) and words in p.message for p in problems), problems


def ring(points, kind="Polygon"):
    about = {"iso": "west", "name": "West"}
    form = {"type": kind, "coordinates": points}
    return {"type": "FeatureCollection", "features": [{"properties": about, "geometry": form}]}


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (None, "cannot be read"),
        ("{", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "no GeoJSON FeatureCollection"),
        ({"features": [3]}, "no properties or no geometry"),
        (ring([[1, 2]], "Point"), "a Point has no surface"),
        (ring([[[1, 2], [3, 4]]]), "not closed"),
        (ring([[[1, 2], [3, 4], [5, 1], [9, 9]]]), "not closed"),
        (ring([[[500, 2], [3, 4], [5, 1], [500, 2]]]), "outside -180 to 180"),
        (ring([[[-179, 2], [179, 4], [170, 1], [-179, 2]]]), "half the earth"),
        (ring([["x"]]), "no lists of numbers"),
        ({"features": SQUARES["features"][:1] * 2}, "stands twice"),
        ({"features": [{"properties": {}, "geometry": {}}]}, "has no `iso`"),
    ],
)
def test_each_fault_of_a_file_is_listed_with_its_remedy(mapped, geometry, words):
    problems = read_case(mapped(geometry)).problems
    found = [p for p in problems if words in p.message]
    assert found, problems
    assert all(p.remedy and p.file.endswith("areas.geojson") for p in found)


PROBES = {
    "Simferopol": (34.10, 44.95, "UA-43"),
    "Sevastopol": (33.53, 44.60, "UA-40"),
    "Donetsk": (37.80, 48.00, "UA-14"),
    "Mariupol": (37.55, 47.11, "UA-14"),
    "Kyiv": (30.52, 50.45, "UA-30"),
}


@pytest.mark.parametrize("town", PROBES)
def test_towns_lie_in_exactly_one_area_and_in_no_neighbour(alaska, town):
    lon, lat, area = PROBES[town]
    assert alaska.geometry.at(lon, lat) == (area,)
    assert [s.name for s in alaska.geometry.context if s.holds(lon, lat)] == []
    assert alaska.map.recognised_as(area) == "UKR"


def test_crimea_is_recognised_as_ukraine_and_under_russian_control(alaska):
    shares = next(layer.shares for layer in alaska.map.control if layer.by == "RUS")
    assert all(shares[alaska.geometry.at(*PROBES[t][:2])[0]] > 0.9 for t in ("Simferopol", "Sevastopol"))
    assert "UA-30" not in shares
    assert alaska.borders == "recognised"


def test_winding_makes_no_difference(alaska):
    for shape in alaska.geometry.areas:
        turned = type(shape)(shape.id, shape.name, tuple(r[::-1] for r in shape.rings))
        for lon, lat, _ in PROBES.values():
            assert turned.holds(lon, lat) == shape.holds(lon, lat)
        assert not shape.holds(lon + 180, -lat)


def test_the_shares_are_those_of_the_table_on_the_date_of_the_case(alaska, shared):
    import csv

    with (shared / "data" / "conflict" / "deepstate_oblast_monthly.csv").open() as file:
        rows = {r["iso"]: float(r["share"]) for r in csv.DictReader(file) if r["date"] == "2025-08-14"}
    shares = alaska.map.control[0].shares
    assert shares == pytest.approx(rows, abs=5e-5)
