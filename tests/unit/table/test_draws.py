"""Draws: worths add up in whole micro-points, so that a deal as good as no deal is seen to be that."""

from __future__ import annotations

import numpy as np

from detente.case.agreement import Interaction
from detente.case.model import Case
from detente.case.preferences import Worth
from detente.table.agreeing import agreement
from detente.table.draws import Draws, draw
from detente.table.encode import Encoded, encode
from detente.table.listing import evaluate_deals
from detente.table.middle import middle_utilities


def effect(number: int, low: float, high: float) -> Interaction:
    when = {"line": ("freeze",), "sanc": ("keep",)}
    points = {"low": low, "high": high}
    return Interaction.model_validate({"id": f"x{number}", "actor": "RUS", "when": when, "points": points})


def settled(alaska: Case) -> tuple[Encoded, Draws]:
    """Return the case in which no deal is exactly as good as what would hold, two effects of it included."""
    plain = {a: w.model_copy(update={"like": {}, "shift": None}) for a, w in alaska.no_deal.worth.items()}
    no_deal = alaska.no_deal.model_copy(update={"worth": plain})
    both = (effect(1, -3, 5), effect(2, -4, -1))
    enc = encode(alaska.model_copy(update={"no_deal": no_deal, "interactions": both}))
    return enc, draw(enc, 500, 1)


def test_a_deal_exactly_as_good_as_no_deal_is_accepted_in_every_draw(alaska: Case) -> None:
    enc, draws = settled(alaska)
    deals = enc.no_deal[None]
    assert (draws.gains(deals) == 0).all()
    found = evaluate_deals(enc, agreement(enc), deals, draws)
    assert (found.result.accept == 1).all()
    assert found.result.together.tolist() == [1.0]


def test_it_is_as_good_at_the_middle_too(alaska: Case) -> None:
    enc, draws = settled(alaska)
    rows = list(range(len(enc.actors)))
    exact = middle_utilities(enc, draws, rows)
    assert (exact.gains(enc.no_deal[None]) == 0).all()


def test_a_stated_worth_keeps_its_mean_at_the_middle(alaska: Case) -> None:
    stated = Worth.model_validate({"worth": {"low": 30, "high": 60}})
    no_deal = alaska.no_deal.model_copy(update={"worth": {**alaska.no_deal.worth, "RUS": stated}})
    enc = encode(alaska.model_copy(update={"no_deal": no_deal}))
    draws = draw(enc, 200, 1)
    assert np.abs(draws.middle().worth[0] - draws.worth.mean(axis=0)).max() < 1e-5


def test_the_worth_of_some_actors_is_theirs_among_all(alaska: Case) -> None:
    enc, draws = settled(alaska)
    deals = np.stack([enc.no_deal, np.zeros_like(enc.no_deal)])
    few = draws.part(slice(3, 7))
    assert few.utilities(deals, [2, 0]).tolist() == draws.utilities(deals)[3:7, [2, 0]].tolist()
