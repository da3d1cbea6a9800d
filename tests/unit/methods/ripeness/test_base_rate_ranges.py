"""The interval of a base rate solves the equation that defines it, and the counts fit the data."""

from __future__ import annotations

import csv
import math
from datetime import date
from pathlib import Path

import pytest

from detente.methods.ripeness.base_rates import RATES, Z90, BaseRate


@pytest.mark.parametrize("rate", RATES)
def test_the_ends_lie_just_so_many_standard_errors_from_the_share(rate: BaseRate) -> None:
    n = rate.ended_12 / rate.within_12
    low, high = rate.range_12
    assert 0 < low < rate.within_12 < high < 1
    for end in (low, high):
        assert abs(rate.within_12 - end) / math.sqrt(end * (1 - end) / n) == pytest.approx(Z90)


def test_fewer_endings_widen_the_range() -> None:
    few, many = BaseRate("few", 3.5, 0.2, 0.3, 5).range_12, BaseRate("many", 3.5, 0.2, 0.3, 50).range_12
    assert few[0] < many[0] < many[1] < few[1]


def test_endings_are_those_of_the_termination_data(shared: Path) -> None:
    found = [0, 0, 0]
    with (shared / "data" / "conflict" / "ucdp_term_dyad_episodes.csv").open() as stream:
        for row in csv.DictReader(stream):
            days = (date.fromisoformat(row["epend"]) - date.fromisoformat(row["start"])).days
            if 3.5 <= days / 365.25 < 4.5:
                war, land = row["maxint"] == "2", row["inc"] in ("1", "3")
                found = [n + one for n, one in zip(found, (True, war, war and land), strict=True)]
    assert found == [rate.ended_12 for rate in RATES]
