"""Small deal spaces of every kind, and the answers by looking at each deal in exact arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import strategies as st

from detente.methods.dealspace.concepts import CONCEPTS, exact_key
from detente.methods.dealspace.rule import quorum, unanimity, weighted
from detente.methods.dealspace.utilities import Utilities, utilities_of
from detente.methods.space import Space, enumerate_deals


@st.composite
def _spaces(draw, rules: bool = True, actors: int = 4):
    seed, count = draw(st.integers(0, 2**32 - 1)), draw(st.integers(1, 5))
    rng = np.random.default_rng(seed)
    sizes = tuple(int(m) for m in rng.integers(1, 4, count))
    players = draw(st.integers(1, actors))
    top = draw(st.sampled_from([2, 6, 100]))
    grain = draw(st.sampled_from([1.0, 0.25]))
    tables = [rng.integers(-1, top, (m, players)) * grain for m in sizes]
    clauses, effects = [], []
    if rules and count > 1:
        for _ in range(draw(st.integers(0, 3))):
            issues = rng.choice(count, int(rng.integers(1, min(count, 3) + 1)), replace=False)
            clause = tuple(
                (int(i), tuple(np.flatnonzero(rng.random(sizes[i]) < 0.6).tolist()) or (0,)) for i in issues
            )
            clauses.append(clause)
        for _ in range(draw(st.integers(0, 2))):
            issues = tuple(rng.choice(count, int(rng.integers(2, min(count, 3) + 1)), replace=False).tolist())
            shape = (*(sizes[i] for i in issues), players)
            effects.append((issues, rng.integers(-2, top, shape) * grain))
    reserve = rng.integers(-1, top * count, players) * grain * draw(st.sampled_from([0.3, 0.6]))
    return utilities_of(Space(sizes, tuple(clauses)), tables, np.rint(reserve / grain) * grain, effects)


@st.composite
def _rules(draw, actors: int):
    kind = draw(st.integers(0, 2))
    if kind == 0:
        return unanimity(actors)
    if kind == 1:
        vetoes = draw(st.sets(st.integers(0, actors - 1)))
        return quorum(actors, sorted(vetoes), draw(st.integers(0, actors)))
    weights = draw(st.lists(st.integers(0, 5), min_size=actors, max_size=actors))
    return weighted(weights, draw(st.integers(0, sum(weights))))


@dataclass(frozen=True)
class Brute:
    """Every deal of a small space, with all answers straight from the definitions."""

    deals: np.ndarray
    gains: np.ndarray

    @classmethod
    def of(cls, utilities: Utilities) -> Brute:
        deals = enumerate_deals(utilities.space)
        return cls(deals, utilities.gains(deals))

    @property
    def masks(self) -> np.ndarray:
        return (self.gains >= 0) @ (1 << np.arange(self.gains.shape[1]))

    @property
    def rational(self) -> np.ndarray:
        return np.flatnonzero((self.gains >= 0).all(axis=1))

    @property
    def ideal(self) -> list[int]:
        return self.gains[self.rational].max(axis=0).tolist()

    def efficient(self, rows) -> list[int]:
        g = self.gains
        return [d for d in rows if not any((g[e] >= g[d]).all() and (g[e] > g[d]).any() for e in rows)]

    def solutions(self) -> dict[str, list[list[int]]]:
        if not len(self.rational):
            return {}
        out = {}
        for concept in CONCEPTS:
            keys = {d: exact_key(concept, self.gains[d].tolist(), self.ideal) for d in self.rational}
            best = max(keys.values())
            out[concept] = [self.deals[d].tolist() for d, key in keys.items() if key == best]
        return out


@pytest.fixture(scope="session")
def spaces():
    """Return the strategy of small deal spaces with utilities, forbidden combinations and interactions."""
    return _spaces


@pytest.fixture(scope="session")
def rules():
    """Return the strategy of acceptance rules."""
    return _rules


@pytest.fixture(scope="session")
def brute():
    """Return the maker of brute-force answers."""
    return Brute.of
