"""Weights: how much issues matter to one actor, asked two ways, held against the case and other analysts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from starlette.responses import Response

from detente.case.model import Case
from detente.case.parties import Actor, Issue
from detente.methods.pairwise import MOST, TOLERABLE, Compared, compare
from detente.web.desk import Desk
from detente.web.forms import data, rows_as
from detente.web.reply import Asked, page, placed
from detente.web.state import State, typed

MARGIN = 10.0
"""Points to each side of an elicited weight. Judgement."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One issue: its weight as elicited, 0 to 100, and what the case says."""

    issue: Issue
    weight: float
    low: float
    high: float
    on_file: tuple[float, float]

    @property
    def inside(self) -> bool:
        """Whether the elicited range touches that of the case."""
        return self.low <= self.on_file[1] and self.on_file[0] <= self.high


def show(desk: Desk, asked: Asked) -> Response:
    """Return the page, or the weights found."""
    place = placed(desk, asked.state)
    case = place.case
    actor = next((a for a in case.actors if a.id == asked.get("actor")), case.required[0])
    issues = asked_issues(case, actor)
    way = "pairs" if asked.get("way") == "pairs" else "swing"
    pairs = {(a.id, b.id): _said(asked, a.id, b.id) for a, b in combinations(issues, 2)}
    swing = {i.id: _swing(asked, i.id, case, actor) for i in issues}
    answered = any(n.startswith(("pair.", "swing.")) for n, _ in asked.pairs)
    found, compared = _weights(case, actor, issues, pairs if way == "pairs" else swing)
    if asked.form:
        rows = [(w.issue.id, w.issue.name, round(w.weight, 1), w.low, w.high, *w.on_file) for w in found]
        names = ("issue", "name", "weight", "low", "high", "on_file_low", "on_file_high")
        if asked.form != "json":
            return rows_as(asked.form, case, f"weights-{actor.id}", names, rows)
        return data(
            {
                "actor": actor.id,
                "way": way,
                "ratio": compared.ratio if compared else None,
                "weights": [dict(zip(names, r, strict=True)) for r in rows],
            }
        )
    edits = tuple(typed(f"preferences.{actor.id}.{w.issue.id}.salience", [w.low, w.high]) for w in found)
    others = tuple(e for e in place.state.edits if not e.startswith(f"preferences.{actor.id}."))
    return page(
        desk,
        asked,
        place,
        "weights",
        actor=actor,
        actors=_able(case),
        issues=issues,
        way=way,
        pairs=pairs,
        swing=swing,
        found=found,
        answered=answered,
        compared=compared,
        tolerable=TOLERABLE,
        warning=_warning(issues, compared),
        scale=SCALE,
        too_many=len(issues) > MOST,
        trying=State(edits=(*others, *edits)).link("/what-if"),
        margin=MARGIN,
    )


SCALE = ((9, "extremely more"), (7, "very much more"), (5, "much more"), (3, "somewhat more"), (1, "equally"))
"""Saaty's scale in words; even numbers lie between."""


def asked_issues(case: Case, actor: Actor) -> list[Issue]:
    """Return the core issues on which an actor prefers some option to another."""
    views = case.preferences.get(actor.id, {})
    return [i for i in case.issues if i.core and i.id in views and len(views[i.id].tiers) > 1]


def _able(case: Case) -> list[Actor]:
    return [a for a in case.actors if len(asked_issues(case, a)) > 1]


def _said(asked: Asked, one: str, other: str) -> float:
    """Return how many times more one issue matters than the other; a minus sign turns it round."""
    text = asked.get(f"pair.{one}.{other}", "1")
    try:
        value = float(text)
    except ValueError:
        value = 1.0
    value = float(np.clip(value, -9, 9)) if np.isfinite(value) else 1.0
    if abs(value) < 1:
        return 1.0
    return value if value > 0 else -1.0 / value


def _swing(asked: Asked, issue: str, case: Case, actor: Actor) -> float:
    span = case.preferences[actor.id][issue].salience
    try:
        value = float(asked.get(f"swing.{issue}", str(span.mid)))
    except ValueError:
        return span.mid
    return float(np.clip(value, 0, 100)) if np.isfinite(value) else span.mid


def _weights(
    case: Case, actor: Actor, issues: list[Issue], said: dict[Any, float]
) -> tuple[list[Weighed], Compared | None]:
    """Return weights with the largest at 100, and their consistency where they came from pairs."""
    compared = None
    if issues and len(issues) <= MOST and all(isinstance(k, tuple) for k in said):
        matrix = np.ones((len(issues), len(issues)))
        place = {issue.id: n for n, issue in enumerate(issues)}
        for (one, other), value in said.items():
            matrix[place[one], place[other]], matrix[place[other], place[one]] = value, 1 / value
        compared = compare(matrix)
        raw = compared.weights
    else:
        raw = np.array([said.get(issue.id, 50.0) for issue in issues])
    top = float(raw.max(initial=0.0)) or 1.0
    scaled = 100 * raw / top if compared else raw
    views = case.preferences.get(actor.id, {})
    found = []
    for issue, weight in zip(issues, scaled.tolist(), strict=True):
        low, high = max(0.0, round(weight - MARGIN)), min(100.0, round(weight + MARGIN))
        span = views[issue.id].salience
        found.append(Weighed(issue, weight, low, high, (span.low, span.high)))
    return found, compared


def _warning(issues: list[Issue], compared: Compared | None) -> str:
    """Say in words which three answers fit together least."""
    if compared is None or compared.ratio <= TOLERABLE or compared.worst is None:
        return ""
    i, j, k, implied, said = compared.worst
    a, b, c = (issues[n].name for n in (i, j, k))
    return (
        f"{a} against {b}, and {b} against {c}, imply {_times(implied)} for {a} against {c}; you said "
        f"{_times(said)}. Look at these three again."
    )


def _times(x: float) -> str:
    return f"{x:.3g} times" if x >= 1 else f"1/{1 / x:.3g}"
