"""The Panama Canal treaty talks of 1974 by Adjusted Winner, and as a space of 1,024 indivisible deals.

Points elicited for the talks: H. Raiffa, The Art and Science of Negotiation (Harvard University Press
1982); division and result: S. J. Brams & A. D. Taylor, Fair Division (Cambridge University Press 1996).
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from detente.methods.dealspace.adjusted_winner import adjusted_winner
from detente.methods.dealspace.front import pareto_front
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.scan import scan
from detente.methods.dealspace.utilities import utilities_of
from detente.methods.space import Space

ISSUES = (
    "US defence rights",
    "use rights",
    "land and water",
    "expansion rights",
    "duration",
    "expansion routes",
    "compensation",
    "jurisdiction",
    "US military rights",
    "defence role of Panama",
)
UNITED_STATES = (22, 22, 15, 14, 11, 6, 4, 2, 2, 2)
PANAMA = (9, 15, 15, 3, 15, 5, 11, 7, 7, 13)


def test_adjusted_winner_gives_66_to_both_and_splits_land_and_water() -> None:
    found = adjusted_winner(UNITED_STATES, PANAMA)
    assert found.points == (66, 66)
    assert ISSUES[found.split or 0] == "land and water"
    assert found.shares[2] == Fraction(2, 15)
    assert [int(s) for i, s in enumerate(found.shares) if i != 2] == [1, 1, 1, 0, 1, 0, 0, 0, 0]
    mirrored = adjusted_winner(PANAMA, UNITED_STATES)
    assert mirrored.points == (66, 66)


def space(worth: float):
    """Option 0: the United States has its way; option 1: Panama has."""
    tables = [[[us, 0], [0, panama]] for us, panama in zip(UNITED_STATES, PANAMA, strict=True)]
    return utilities_of(Space((2,) * 10), tables, [worth, worth])


def test_indivisible_deals() -> None:
    graph = layers_of(space(0))
    front, found = pareto_front(graph), scan(graph)
    assert (len(front.vectors), front.total, found.deals) == (20, 26, 1024)
    by_name = {o.concept: o for o in found.optima}
    for concept in ("nash", "kalai_smorodinsky", "egalitarian"):
        assert by_name[concept].totals.tolist() == [64, 68]
    best = by_name["utilitarian"]
    assert best.value == 132
    totals = np.unique(space(0).totals(best.deals), axis=0)
    assert totals.tolist() == [[64, 68], [79, 53]]


def test_deals_that_give_both_at_least_half() -> None:
    assert scan(layers_of(space(50))).exactly[3] == 113
