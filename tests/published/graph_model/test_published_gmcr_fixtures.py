"""Fifteen random conflicts in .gmcr form: stability cell by cell through the importer."""

from __future__ import annotations

import json

import numpy as np
import pytest

from detente.exchange.gmcr import parse_gmcr
from detente.methods.graph_model import CONCEPTS, solve


@pytest.mark.parametrize("number", range(15))
def test_random_fixture_cell_by_cell(shared, number):
    fixtures = json.loads((shared / "data/graph-model/random_fixtures.json").read_text("utf-8"))["fixtures"]
    assert len(fixtures) == 15
    fixture = fixtures[number]
    model = parse_gmcr(json.dumps(fixture["gmcr"]))
    assert model.form.n_states == fixture["n_states"]
    found = solve(model.form, model.ranks)
    for concept in CONCEPTS:
        np.testing.assert_array_equal(found.stable(concept), np.array(fixture["stability"][concept]) == 1)
        assert (found.equilibria(concept) + 1).tolist() == fixture["equilibria"][concept]
