"""Settlement of another tool's scenario: exact beyond listing, and honest where exactness ends."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from detente.errors import TooLarge
from detente.lens import Run
from detente.lenses.settlement import LENS, Options
from detente.lenses.settlement import scenario as answered
from detente.methods.dealspace.convolution import count_unanimous
from detente.methods.dealspace.layers import layers_of
from detente.methods.dealspace.utilities import utilities_of
from detente.methods.space import Space
from detente.table import middle

NEED = 34


def written(folder: Path, tables: list[np.ndarray], need: int) -> Path:
    names = [f"issue {i}" for i in range(len(tables))]
    options = [[f"option {o}" for o in range(len(t))] for t in tables]
    issues = [
        {"type": "CategoricalIssue", "name": n, "values": v} for n, v in zip(names, options, strict=True)
    ]
    domain = {"type": "DiscreteCartesianOutcomeSpace", "name": "large", "issues": issues}
    (folder / "large-domain.json").write_text(json.dumps(domain))
    for p in range(tables[0].shape[1]):
        values = [
            {"type": "TableFun", "mapping": dict(zip(v, t[:, p].tolist(), strict=True))}
            for v, t in zip(options, tables, strict=True)
        ]
        actor = {"type": "LinearAdditiveUtilityFunction", "name": f"actor {p}", "values": values}
        actor |= {"weights": [1] * len(tables), "reserved_value": need}
        (folder / f"actor{p}.json").write_text(json.dumps(actor))
    return folder


@pytest.fixture
def large(tmp_path: Path) -> tuple[Path, list[np.ndarray]]:
    rng = np.random.default_rng(5)
    tables = [rng.integers(0, 4, (10, 3)) for _ in range(20)]
    tables[0] = np.vstack([tables[0][:9], [[3, 3, -90]]])
    return written(tmp_path, tables, NEED), tables


def test_ten_to_the_twenty_deals_are_counted_and_solved_with_proof(large) -> None:
    folder, tables = large
    result = answered.run(folder, Options())
    truth = utilities_of(Space((10,) * 20), tables, [NEED] * 3)
    assert result.answer.deals == 10**20
    assert result.answer.step == 0
    assert result.answer.carried == result.answer.unanimous == count_unanimous(layers_of(truth))
    assert [(p.gap, p.concept) for p in result.answer.solutions] == [
        (0.0, c) for c in ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
    ]
    assert [(d.option, d.short[0][0]) for d in result.findings.dead] == [("option 9", "actor2")]
    assert len(result.findings.groups) == 20
    page = LENS.foreign.view(Run("settlement", "0", "large", "0", Options(), result))  # type: ignore[union-attr]
    assert f"{result.answer.carried:,}" in page.headline[0].headline


def test_where_sums_are_too_many_a_sample_says_so(large, monkeypatch) -> None:
    exact = answered.run(large[0], Options()).answer

    def refuse(*_: object) -> None:
        raise TooLarge("too many sums")

    monkeypatch.setattr(middle, "count_accepted", refuse)
    known = answered.run(large[0], Options()).answer
    assert known.carried is None
    assert known.sampled is not None
    assert exact.carried is not None
    assert known.sampled.low <= exact.carried / 10**20 <= known.sampled.high
