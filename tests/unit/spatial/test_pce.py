"""Voting rules, victory models and elections against plain transcriptions of their definitions."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from detente.methods.spatial import pce, votes


def plain_vote(rule: str, w: float, x: float) -> float:
    step = float(np.clip(x / 1e-8, -1, 1))
    return {
        "Prop": w * x,
        "Cubic": w * x**3,
        "PropCbc": w * (x + x**3) / 2,
        "Binary": w * step,
        "PropBin": w * (0.8 * x + 0.2 * step),
        "ASymProsp": w * x * (1 if x <= 0 else 2 / 3),
    }[rule]


@pytest.mark.parametrize("rule", votes.VOTING)
def test_votes(rule: str) -> None:
    for x in (-1.0, -0.3, -1e-9, 0.0, 2e-9, 0.4, 1.0):
        assert votes.vote(votes.VOTING.index(rule), 3.0, x) == pytest.approx(plain_vote(rule, 3.0, x))


@pytest.mark.parametrize(("model", "power"), [("Linear", 1), ("Square", 2), ("Quartic", 4), ("Octic", 8)])
def test_power_victories(model: str, power: int) -> None:
    index = votes.VICTORY.index(model)
    assert votes.victory(index, 3.0, 2.0) == pytest.approx(3**power / (3**power + 2**power))


def test_binary_victory_is_sure_from_a_tenth_more() -> None:
    sure = 1 / (1 + 1e-6)
    assert votes.victory(4, 1.2, 1.0) == sure
    assert votes.victory(4, 1.0, 1.2) == pytest.approx(1 - sure)
    assert votes.victory(4, 1.0, 1.0) == pytest.approx(0.5)
    assert votes.victory(4, 1.0999, 1.0) == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize(
    ("voting", "victory", "election"),
    list(itertools.product(votes.VOTING, ["Linear", "Square"], votes.ELECTION)),
)
def test_elections_follow_their_definition(voting: str, victory: str, election: str) -> None:
    rng = np.random.default_rng(8)
    u, w = rng.random((5, 4)), rng.uniform(0.5, 2, 5)
    power = 1 if victory == "Linear" else 2
    C = np.array(
        [
            [
                1e-8 + sum(max(0, plain_vote(voting, w[k], u[k, o] - u[k, q])) for k in range(5))
                for q in range(4)
            ]
            for o in range(4)
        ]
    )
    P = C**power / (C**power + C.T**power)
    np.fill_diagonal(P, 0.5)
    p = pce.elect(u, w, pce.Rules(voting, victory, election))  # type: ignore[arg-type]
    assert p.sum() == pytest.approx(1)
    if election == "Conditional":
        assert p == pytest.approx(P.prod(axis=1) / P.prod(axis=1).sum())
        return
    inc = C * P + 1e-10 * np.eye(4)
    H = np.full((4, 4), 0.25) if election == "MarkovUniform" else inc / inc.sum(axis=0)
    image = [sum(P[o, q] * (p[o] * H[q, o] + p[q] * H[o, q]) for q in range(4)) for o in range(4)]
    assert p == pytest.approx(image, abs=1e-12)
    stopped = votes.elect(pce.Rules(voting, victory, election).codes(), w, u)  # type: ignore[arg-type]
    assert p == pytest.approx(stopped, abs=1e-5)


def test_a_clear_favourite_wins_by_a_landslide() -> None:
    p = pce.elect([[1.0, 0.0], [1.0, 0.0]], [1.0, 1.0])
    assert p[0] > 1 - 1e-8


def test_refusals() -> None:
    with pytest.raises(ValueError, match="shape"):
        pce.elect([[1.0, 0.0]], [1.0, 2.0])
    with pytest.raises(ValueError, match="finite"):
        pce.elect([[1.0, np.inf]], [1.0])
