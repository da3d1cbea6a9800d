"""The interval of a share agrees with the examples of Newcombe 1998, table I, method 3.

R. G. Newcombe, Two-sided confidence intervals for the single proportion: comparison of seven methods,
Statistics in Medicine 17 (1998) 857-872,
doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E.
"""

from __future__ import annotations

import pytest

from detente.methods.smaa import monte_carlo_error


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_interval(hits: int, n: int, low: float, high: float) -> None:
    got = monte_carlo_error(hits / n, n)
    assert (round(float(got[0]), 4), round(float(got[1]), 4)) == (low, high)


def test_only_shares_are_taken() -> None:
    for share, n in ((1.2, 10), (-0.1, 10), (0.5, 0), (float("nan"), 10)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            monte_carlo_error(share, n)
    assert float(monte_carlo_error(1.0, 50)[1]) == 1.0
