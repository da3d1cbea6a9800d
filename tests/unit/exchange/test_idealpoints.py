"""The loader of UN ideal points: published columns, real distances, and every fault of a wrong file."""

from __future__ import annotations

import pytest

from detente.errors import InputProblems, UsageError
from detente.exchange.idealpoints import read_ideal_points

GOOD = """iso3c,countryname,year,idealpointall,idealpointfp
USA,United States,2021.0,2.9,2.5
RUS,Russia,2021.0,-0.1,-0.04
USA,United States,2024.0,NA,2.7
RUS,Russia,2024.0,NA,-0.1
,Nowhere,2024.0,NA,1.0
"""


def test_distances_and_changes(tmp_path):
    file = tmp_path / "points.csv"
    file.write_text(GOOD, encoding="utf-8")
    points = read_ideal_points(file)
    assert points.years == (2021, 2024)
    assert points.distance("USA", "RUS", 2021) == pytest.approx(2.54)
    assert points.change("USA", "RUS", (2021, 2024)) == pytest.approx(0.26)
    assert read_ideal_points(file, "idealpointall").years == (2021,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        (
            "country,when\nUSA,2020\n",
            r"no column `iso3c`[\s\S]*no column `year`[\s\S]*no column `idealpointfp`",
        ),
        ("iso3c,year,idealpointfp\nUSA,2020,abc\nRUS,x,1\n", r":2: [\s\S]*:3: "),
        ("iso3c,year,idealpointfp\nUSA,2020,1\nUSA,2020,2\n", "given twice for 2020"),
        ("iso3c,year,idealpointfp\nUSA,2020,inf\n", "finite"),
        ("iso3c,year,idealpointfp\nUSA,2020,NA\n", "no row has a value"),
    ],
)
def test_a_wrong_file_says_all_that_is_wrong(tmp_path, text, words):
    file = tmp_path / "points.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputProblems, match=words):
        read_ideal_points(file)


def test_files_that_are_no_text_or_not_there(tmp_path):
    with pytest.raises(InputProblems, match="cannot be opened"):
        read_ideal_points(tmp_path / "none.csv")
    binary = tmp_path / "b.csv"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(InputProblems, match="UTF-8"):
        read_ideal_points(binary)


def test_unknown_country_year_or_column(tmp_path):
    file = tmp_path / "points.csv"
    file.write_text(GOOD, encoding="utf-8")
    with pytest.raises(UsageError, match="from 2021 to 2024"):
        read_ideal_points(file).distance("USA", "RUS", 1990)
    with pytest.raises(UsageError, match="ISO3"):
        read_ideal_points(file).distance("U.S.", "RUS", 2021)
    with pytest.raises(UsageError, match="idealpointfp"):
        read_ideal_points(file, "score")


def test_published_changes_2021_to_2024(shared):
    """Distance to Russia on final-passage votes, as listed in the project's reference page."""
    points = read_ideal_points(shared / "data/conflict/unga_idealpoints_1991_2024.csv")
    for country, before, after in (
        ("USA", 2.54, 2.80),
        ("UKR", 1.21, 1.88),
        ("TUR", 0.70, 1.13),
        ("BRA", 0.17, 0.24),
        ("CHN", 0.36, 0.26),
        ("IRN", 1.84, 0.68),
        ("IND", 0.09, 0.40),
        ("HUN", 1.21, 2.02),
    ):
        assert points.distance(country, "RUS", 2021) == pytest.approx(before, abs=0.006)
        assert points.distance(country, "RUS", 2024) == pytest.approx(after, abs=0.006)
