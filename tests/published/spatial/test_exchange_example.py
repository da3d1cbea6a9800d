"""Exchange of positions against the worked example."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from detente.methods.spatial.exchange import exchanges


def test_one_exchange_between_two_opponents(examples: dict[str, Any]) -> None:
    case = examples["position_exchange"]
    actors, issues = list(case["actors"]), ("A", "B")
    x, s = ([[case["actors"][a][k][i] for i in issues] for a in actors] for k in ("position", "salience"))
    done = exchanges(x, [case["actors"][a]["capability"] for a in actors], s)
    assert done.before == pytest.approx([case["outcome_before"][i] for i in issues], abs=1e-9)
    assert done.after == pytest.approx([case["outcome_after"][i] for i in issues], abs=1e-9)
    step = done.steps[0]
    assert (actors[step.giver], actors[step.taker]) == ("a", "b")
    assert (issues[step.on], issues[step.against]) == ("A", "B")
    assert step.shift_on == pytest.approx(case["shift_A"], abs=1e-9)
    assert step.shift_against == pytest.approx(case["shift_B"], abs=1e-9)
    assert step.gain == pytest.approx(case["gain_a"], abs=1e-9)
    assert case["gain_a"] == case["gain_b"]
    assert done.position[0, 0] == pytest.approx(case["new_position_a_on_A"], abs=1e-9)
    assert done.position[1, 1] == pytest.approx(case["new_position_b_on_B"], abs=1e-9)
    assert len(done.steps) == 1
    assert np.array_equal(done.position[2], [50, 50])
