"""Work over blocks is done once each, errors come back, and progress is told."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from detente.methods import threads
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.scan import scan
from detente.methods.dealspace.utilities import utilities_of
from detente.methods.pareto import efficient
from detente.methods.space import Space


@pytest.mark.parametrize("cores", [1, 2, 7])
def test_every_block_is_done_once(monkeypatch: pytest.MonkeyPatch, cores: int) -> None:
    monkeypatch.setattr(threads, "cores", lambda: cores)
    ticks: list[int] = []
    states = threads.fold(range(100), list[int], lambda s, b: s.append(b), lambda: ticks.append(1))
    assert len(states) == cores
    assert sorted(b for s in states for b in s) == list(range(100))
    assert len(ticks) == 100


def test_the_first_error_comes_back_and_stops_the_rest() -> None:
    done: list[int] = []

    def work(state: list[int], block: int) -> None:
        if block == 3:
            raise ValueError("block 3 is broken")
        done.append(block)

    with pytest.raises(ValueError, match="block 3"):
        threads.fold(range(100_000), list[int], work)
    assert len(done) < 100_000


def test_a_scan_tells_its_progress() -> None:
    told: list[float] = []
    scan(layers_of(utilities_of(Space((3,) * 9), [np.eye(3)] * 9, [0, 0, 0])), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_the_filter_works_without_the_optional_package(monkeypatch: pytest.MonkeyPatch) -> None:
    points = np.random.default_rng(1).integers(0, 40, (3000, 3))
    with_it = efficient(points)
    monkeypatch.setitem(sys.modules, "moocore", None)
    assert efficient(points).tolist() == with_it.tolist()
    with pytest.raises(ValueError, match="finite"):
        efficient(np.array([[1.0, np.nan]]))
