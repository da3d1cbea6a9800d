"""Relations methods against the tables they were published with."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from detente.methods.relations.balance import frustration, triads
from detente.methods.relations.burden import burden_shares, rank_correlation
from detente.methods.relations.diffusion import balance_flow, final_camps
from detente.methods.relations.similarity import portfolio_kappa, portfolio_pi, portfolio_s, tau_b

# Signorino & Ritter (1999), Table 6: alliances of 20 European states in 1914 (3 defence, 2 neutrality,
# 1 entente) and their capability weights. The first two are Germany and Russia themselves.
GERMANY = [3, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 3] + [0] * 8
RUSSIA = [0, 3, 1, 3, 0, 1] + [0] * 14
WEIGHTS = [0.25, 0.21, 0.20, 0.08, 0.08, 0.05, 0.03, 0.03, 0.02] + [0.01] * 5 + [0.0] * 6

# Olson & Zeckhauser (1966), Table 1: NATO in 1964, GNP (bn USD) and defence budget as % of GNP.
NATO_1964 = {
    "United States": (569.03, 9.0),
    "Germany": (88.87, 5.5),
    "United Kingdom": (79.46, 7.0),
    "France": (73.40, 6.7),
    "Italy": (43.63, 4.1),
    "Canada": (38.14, 4.4),
    "Netherlands": (15.00, 4.9),
    "Belgium": (13.43, 3.7),
    "Denmark": (7.73, 3.3),
    "Turkey": (6.69, 5.8),
    "Norway": (5.64, 3.9),
    "Greece": (4.31, 4.2),
    "Portugal": (2.88, 7.7),
    "Luxembourg": (0.53, 1.7),
}


def test_germany_and_russia_1914():
    assert tau_b(GERMANY, RUSSIA) == pytest.approx(0.03031695, abs=1e-8)
    assert portfolio_s(GERMANY, RUSSIA, 3) == pytest.approx(0.40, abs=1e-12)
    assert portfolio_s(GERMANY, RUSSIA, 3, WEIGHTS) == pytest.approx(-0.46, abs=1e-12)
    assert portfolio_kappa(GERMANY, RUSSIA) == pytest.approx(-0.0776, abs=5e-5)
    assert portfolio_pi(GERMANY, RUSSIA) == pytest.approx(-0.0870, abs=5e-5)


def test_nato_burdens_1964():
    gnp, rate = np.array(list(NATO_1964.values())).T
    assert rank_correlation(gnp, rate) == pytest.approx(0.490, abs=5e-4)
    shares = burden_shares(gnp * rate, gnp)
    assert shares.ratio == pytest.approx(rate / np.average(rate, weights=gnp))
    assert (
        shares.ratio[0] > 1 > shares.ratio[-1]
    )  # the largest pays more than in proportion, the smallest less


def highland_tribes(shared: Path) -> tuple[list[str], np.ndarray]:
    with (shared / "data/conflict/highland_tribes_signed_network.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = sorted({row[end] for row in rows for end in ("a", "b")})
    ties = np.zeros((len(names), len(names)))
    for row in rows:
        i, j = names.index(row["a"]), names.index(row["b"])
        ties[i, j] = ties[j, i] = float(row["sign"])
    return names, ties


def test_highland_tribes(shared):
    """Read (1954): 16 tribes, frustration index 7, one best split, 59 of 68 triangles balanced."""
    names, ties = highland_tribes(shared)
    assert (ties > 0).sum() == (ties < 0).sum() == 2 * 29
    result = frustration(ties)
    assert (result.index, result.lower, result.exact) == (7.0, 7.0, True)
    few = {name for name, camp in zip(names, result.camps, strict=True) if camp == 1}
    assert few == {"Gavev", "Kotun", "Nagad", "Gama"}
    found = triads(ties)
    assert (len(found.sign), found.balanced) == (68, 59)


def test_highland_tribes_by_integer_program(shared):
    from detente.methods.relations.balance import triangles
    from detente.methods.relations.program import solve

    _, ties = highland_tribes(shared)
    index, lower, _ = solve(ties, triangles(ties), 20.0)
    assert index == 7.0
    assert lower == pytest.approx(7.0)


def test_cartwright_harary_triangles():
    """Cartwright & Harary (1956): of the four kinds of triangle, none or two hostile ties are balanced."""
    for hostile, balanced in ((0, 1), (1, 0), (2, 1), (3, 0)):
        signs = [-1] * hostile + [1] * (3 - hostile)
        ties = np.zeros((3, 3))
        for (i, j), sign in zip(((0, 1), (1, 2), (0, 2)), signs, strict=True):
            ties[i, j] = ties[j, i] = sign
        assert triads(ties).balanced == balanced
        assert frustration(ties).index == 1 - balanced


def test_european_powers_after_1907_are_balanced():
    """Antal, Krapivsky & Redner (2006): with the ententes made, six powers stand in two balanced camps."""
    powers = ["GB", "FR", "RU", "AH", "GE", "IT"]
    camp = np.array([1, 1, 1, -1, -1, -1])
    ties = np.outer(camp, camp) * (1 - np.eye(6))
    assert frustration(ties).index == 0
    assert triads(ties).balanced == 20
    russia, germany = powers.index("RU"), powers.index("GE")
    ties[russia, germany] = ties[germany, russia] = 1  # as before the lapse of their treaty in 1890
    assert frustration(ties).index == 1
    assert triads(ties).balanced == 16  # all four triangles over that tie


def test_balance_flow_solves_its_equation():
    """Marvel et al. (2011), eq. 3: the closed form against a plain integration of dX/dt = X^2."""
    from scipy.integrate import solve_ivp

    rng = np.random.default_rng(11)
    start = rng.uniform(-1, 1, (5, 5))
    start = (start + start.T) / 2
    end = 0.6 / np.linalg.eigvalsh(start)[-1]
    path = solve_ivp(
        lambda _t, x: (x.reshape(5, 5) @ x.reshape(5, 5)).ravel(),
        (0, end),
        start.ravel(),
        rtol=1e-10,
        atol=1e-12,
    )
    assert np.allclose(path.y[:, -1].reshape(5, 5), balance_flow(start, end), atol=1e-7)


def test_flow_ends_in_the_camps_of_the_leading_eigenvector():
    rng = np.random.default_rng(12)
    for _ in range(20):
        start = rng.uniform(-1, 1, (7, 7))
        start = (start + start.T) / 2
        late = balance_flow(start, (1 - 1e-7) / np.linalg.eigvalsh(start)[-1])
        camps = final_camps(start)
        assert np.array_equal(np.sign(late), np.outer(camps, camps))
