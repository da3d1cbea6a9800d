"""Nash bargaining against the worked example."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detente.methods.spatial.nash import bargain


def test_five_no_deals(examples: dict[str, Any]) -> None:
    case = examples["nash_bargaining"]
    rows = case["cases"]
    found = bargain(case["position"], case["capability"], case["salience"], [r["D"] for r in rows])
    assert found.low == pytest.approx([r["lower"] for r in rows], abs=1e-9, rel=1e-11)
    assert found.high == pytest.approx([r["upper"] for r in rows], abs=1e-9, rel=1e-11)
    for point, exists, row in zip(found.point, found.exists, rows, strict=True):
        assert exists == (row["z"] is not None)
        assert np.isnan(point) if row["z"] is None else point == pytest.approx(row["z"], abs=1e-9)
