"""What a terminal shows while work runs: nothing at first, then how far it is; nothing at all in a pipe."""

from __future__ import annotations

import io

import numpy as np

from detente.cli.first_use import EVERY, PATIENCE, Bar
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.scan import scan
from detente.methods.dealspace.utilities import utilities_of
from detente.methods.progress import shown_by
from detente.methods.smaa import evaluate
from detente.methods.space import Space


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def bar(out: io.StringIO) -> tuple[Bar, list[float]]:
    now = [0.0]
    return Bar(out, lambda: now[0]), now


def test_a_short_wait_and_a_pipe_stay_silent() -> None:
    for out, at in ((Screen(), PATIENCE / 2), (io.StringIO(), PATIENCE * 2)):
        shown, now = bar(out)
        now[0] = at
        shown.show("Looking at deals", 0.5)
        shown.clear()
        assert out.getvalue() == ""


def test_a_long_wait_says_how_long_yet_and_leaves_a_clean_line() -> None:
    out = Screen()
    shown, now = bar(out)
    shown.show("Looking at deals", 0.0)
    now[0] = 10.0
    shown.show("Looking at deals", 0.25)
    now[0] += EVERY / 2
    shown.show("Looking at deals", 0.26)
    shown.clear()
    text = out.getvalue()
    assert "25%, about 30 s left" in text
    assert "26%" not in text
    assert text.endswith("\r\x1b[K")


def test_scans_and_draws_tell_how_far_they_are() -> None:
    told: list[tuple[str, float]] = []
    utilities = utilities_of(Space((3, 3)), [[[1], [2], [3]]] * 2, [2])
    with shown_by(lambda what, share: told.append((what, share))):
        scan(layers_of(utilities))
        evaluate(
            np.ones((70, 1, 1, 2)),
            np.zeros((70, 1)),
            np.array([[0], [1]]),
            np.array([True]),
            np.ones((1, 2), bool),
        )
    assert ("Looking at 9 deals", 1.0) in told
    assert max(share for what, share in told if what == "Looking at 2 deals in 70 draws") == 1.0
    before = len(told)
    scan(layers_of(utilities))
    assert len(told) == before
