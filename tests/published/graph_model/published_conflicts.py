"""Reads the reference case files, and holds one published conflict in full for use without them."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from detente.methods.graph_model import OptionForm, from_order

NAMES = (
    "prisoners_dilemma",
    "chicken",
    "syria_iraq_1975",
    "elmira_12",
    "korea_2017_base",
    "korea_2017_deterrence",
    "cuban_missile_crisis",
)


@dataclass
class PublishedConflict:
    form: OptionForm
    ranks: np.ndarray
    dms: list[str]
    ids: list[int]
    """The file's own number of each state, in our order."""
    raw: dict

    def named(self, states):
        return sorted(self.ids[s] for s in states)


def build(raw):
    dms = [d["name"] for d in raw["decision_makers"]]
    owner = tuple(dms.index(o["owner"]) for o in raw["options"])
    direction = tuple(o.get("direction", "both") for o in raw["options"])
    codes = {sum((c == "Y") << k for k, c in enumerate(s["options"])): s["id"] for s in raw["states"]}
    feasible = np.zeros(2 ** len(owner), dtype=bool)
    feasible[list(codes)] = True
    ids = [codes[c] for c in sorted(codes)]
    place = {i: n for n, i in enumerate(ids)}

    def numbers(tier):
        return [place[s] for s in tier] if isinstance(tier, list) else place[tier]

    orders = [[numbers(t) for t in d["ranking"]] for d in raw["decision_makers"]]
    ranks = np.array([from_order(order, len(ids)) for order in orders])
    return PublishedConflict(OptionForm(len(dms), owner, direction, feasible), ranks, dms, ids, raw)


def load(shared, name):
    return build(json.loads((shared / "data" / "graph-model" / f"{name}.json").read_text("utf-8")))


def syria_iraq():
    """Hipel, Kilgour & Kinsara 2014, doi:10.1007/s10726-012-9325-3: inputs as printed there."""
    states = {1: "NNN", 2: "YNN", 3: "NYN", 4: "NNY", 5: "YNY", 6: "NYY"}
    return build(
        {
            "options": [
                {"name": "Release water", "owner": "Syria"},
                {"name": "Escalate", "owner": "Syria"},
                {"name": "Attack", "owner": "Iraq"},
            ],
            "decision_makers": [
                {"name": "Syria", "ranking": [1, 3, 6, 2, 4, 5]},
                {"name": "Iraq", "ranking": [2, 4, 6, 1, 5, 3]},
            ],
            "states": [{"id": i, "options": o} for i, o in states.items()],
        }
    )
