"""Large conflicts and long chains: the fast paths meet, and nothing depends on a lucky order."""

from __future__ import annotations

import numpy as np

from detente.methods.graph_model import CONCEPTS, OptionForm, solve
from detente.methods.graph_model.option_engine import SWEEPS, OptionEngine


def staircase(bits):
    """Two opponents who can only climb together, one step each in turn; the bystander fears the top.

    The bystander owns option 0; the opponents own `bits` options each and rank states along a staircase
    (0, 0), (1, 0), (1, 1), (2, 1), ... and everything beside it at the bottom.
    """
    owner = (0, *(1,) * bits, *(2,) * bits)
    form = OptionForm(3, owner, ("both",) * len(owner), np.ones(2 ** len(owner), dtype=bool))
    codes = form.codes
    first, second = codes >> 1 & (2**bits - 1), codes >> (1 + bits) & (2**bits - 1)
    on_stair = (first == second) | (first == second + 1)
    climb = np.where(on_stair, first + second + 1, 0)
    top = 2 * (2**bits - 1) + 1
    fear = np.where(climb == top, 0, 1)
    return form, np.array([fear, climb, climb], dtype=np.int32), climb, top


def test_a_chain_longer_than_the_sweeps_is_followed_to_its_end():
    form, ranks, climb, top = staircase(bits=6)
    assert (top - 1) // 2 > SWEEPS
    engine = OptionEngine(form, ranks)
    worst = engine.gather(engine.worst_credible(0, engine.own(0)))
    # Whoever stands on the staircase, or one improvement from it, can be led to the top; all are.
    assert (worst[climb > 0] == 0).all()
    np.testing.assert_array_equal(engine.gather(engine._walk(0, engine.own(0))), worst)


def test_sweeps_and_walk_agree_on_a_large_random_conflict():
    rng = np.random.default_rng(3)
    owner = tuple(rng.integers(0, 4, 15).tolist())
    direction = tuple(rng.choice(["both", "both", "fwd", "back"], 15).tolist())
    form = OptionForm(4, owner, direction, rng.random(2**15) < 0.6)
    ranks = np.array([rng.permutation(form.n_states) for _ in range(4)], dtype=np.int32)
    engine = OptionEngine(form, ranks)
    for dm in range(4):
        swept = engine.gather(engine.worst_credible(dm, engine.own(dm)))
        np.testing.assert_array_equal(engine.gather(engine._walk(dm, engine.own(dm))), swept)


def test_inclusions_hold_on_two_to_the_sixteen_states():
    rng = np.random.default_rng(4)
    form = OptionForm(3, tuple(k % 3 for k in range(16)), ("both",) * 16, np.ones(2**16, dtype=bool))
    found = solve(form, np.array([rng.permutation(2**16) for _ in range(3)]))
    tables = {c: found.stable(c) for c in CONCEPTS}
    assert (tables["nash"] <= tables["sseq"]).all()
    assert (tables["sseq"] <= tables["seq"]).all()
    assert (tables["seq"] <= tables["gmr"]).all()
    assert (tables["sseq"] <= tables["smr"]).all()
    assert (tables["smr"] <= tables["gmr"]).all()
    # Nobody's best state is ever left.
    for dm in range(3):
        assert all(table[dm, int(np.argmax(found.of("nash")[dm]))] for table in tables.values())
