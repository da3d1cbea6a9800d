"""Exchange of positions: equal gains, no free gifts, refusals."""

from __future__ import annotations

import numpy as np
import pytest

from detente.methods.spatial.exchange import exchanges


def test_every_exchange_helps_both_and_moves_the_outcome_as_told() -> None:
    rng = np.random.default_rng(6)
    x, c, s = rng.uniform(0, 100, (7, 4)), rng.uniform(0.2, 1, 7), rng.uniform(0.05, 1, (7, 4))
    done = exchanges(x, c, s)
    assert len(done.steps) > 2
    outcome, moved = done.before.copy(), x.copy()
    for e in done.steps:
        down = np.sign(moved[e.taker, e.on] - moved[e.giver, e.on]) * e.shift_on
        up = np.sign(moved[e.giver, e.against] - moved[e.taker, e.against]) * e.shift_against
        outcome[e.on] += down
        outcome[e.against] += up
        moved[e.giver, e.on] += down * (c * s[:, e.on]).sum() / (c * s[:, e.on])[e.giver]
        moved[e.taker, e.against] += up * (c * s[:, e.against]).sum() / (c * s[:, e.against])[e.taker]
        giver = s[e.giver, e.against] * e.shift_against - s[e.giver, e.on] * e.shift_on
        taker = s[e.taker, e.on] * e.shift_on - s[e.taker, e.against] * e.shift_against
        assert giver == pytest.approx(e.gain)
        assert taker == pytest.approx(e.gain)
        assert e.gain > 0
    assert done.after == pytest.approx(outcome)
    assert done.position == pytest.approx(moved)
    used = [(e.giver, e.on) for e in done.steps] + [(e.taker, e.against) for e in done.steps]
    assert len(set(used)) == len(used)


def test_like_minded_actors_have_nothing_to_exchange() -> None:
    assert exchanges([[0, 0], [0, 0], [100, 100]], [1, 1, 1], [[0.5, 0.5]] * 3).steps == ()


def test_actors_without_a_say_stay_out() -> None:
    done = exchanges([[0, 0], [100, 100], [0, 100]], [1, 1, 1], [[0.2, 0.8], [0.9, 0.3], [0, 0.9]])
    assert all((e.giver, e.on) != (2, 0) and (e.taker, e.against) != (2, 0) for e in done.steps)
    assert done.position[2, 0] == 0


def test_refusals() -> None:
    with pytest.raises(ValueError, match="shape"):
        exchanges([[0, 1]], [1, 2], [[1, 1]])
    with pytest.raises(ValueError, match="finite"):
        exchanges([[0, np.nan]], [1], [[1, 1]])
    with pytest.raises(ValueError, match="some weight"):
        exchanges([[0, 1]], [1], [[1, 0]])
