"""A small case: two neighbours sign a truce, a guarantor may be in it."""

from __future__ import annotations

import pytest

from detente.case.model import Case


def _preference(*order, salience=(50, 50)):
    return {"order": list(order), "salience": list(salience)}


def base():
    """North gains by breaking the truce; South may fight back; the guarantor may punish if it is in."""
    return {
        "format": 1,
        "id": "truce",
        "title": "A truce",
        "as_of": "2000-01-01",
        "analyst": "tests",
        "readings": {"stated": {"text": "as stated"}},
        "actors": [
            {"id": "N", "name": "North", "role": "party", "consent": True},
            {"id": "S", "name": "South", "role": "party", "consent": True},
            {"id": "G", "name": "Guarantor", "role": "guarantor"},
        ],
        "stakes": [{"id": "peace", "name": "Peace", "decides": "Whether it holds."}],
        "issues": [
            {
                "id": "arms",
                "stake": "peace",
                "name": "Arms",
                "options": [{"id": "rest", "text": "Arms rest"}, {"id": "war", "text": "War goes on"}],
            },
            {
                "id": "money",
                "stake": "peace",
                "name": "Trade",
                "options": [{"id": "trade", "text": "Trade"}, {"id": "ban", "text": "No trade"}],
            },
            {
                "id": "guard",
                "stake": "peace",
                "name": "Guarantee",
                "options": [{"id": "none", "text": "Nobody"}, {"id": "guard", "text": "Guards"}],
            },
        ],
        "preferences": {
            "N": {"arms": _preference("war", "rest"), "money": _preference("trade", "ban")},
            "S": {"arms": _preference("rest", "war"), "money": _preference("trade", "ban")},
            "G": {
                "arms": _preference("rest", "war"),
                "money": _preference("ban", "trade", salience=(10, 10)),
            },
        },
        "no_deal": {"options": {"arms": "war", "money": "ban", "guard": "none"}},
        "deals": [
            {"id": "bare", "name": "Bare truce", "options": {"arms": "rest", "money": "trade"}},
            {
                "id": "guarded",
                "name": "Guarded truce",
                "options": {"arms": "rest", "money": "trade", "guard": "guard"},
            },
        ],
        "conflict": {
            "terms": [
                {
                    "id": "halt",
                    "actor": "N",
                    "term": "keeps the truce",
                    "text": "attack again",
                    "when": {"arms": ["rest"]},
                    "becomes": {"arms": "war"},
                    "basis": "inferred",
                }
            ],
            "responses": [
                {
                    "id": "embargo",
                    "actor": "G",
                    "to": ["halt"],
                    "text": "stop all trade",
                    "when": {"guard": ["guard"]},
                    "becomes": {"money": "ban"},
                    "effects": {"N": [-20, -10]},
                }
            ],
        },
    }


@pytest.fixture
def raw():
    return base()


@pytest.fixture
def case():
    return Case.model_validate(base())
