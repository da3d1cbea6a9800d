"""Estimates: how much issues matter as several analysts see it, side by side with the case."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import RedirectResponse, Response

from detente.case.estimates import Estimates, Spread, read_estimates, save_estimate, spreads
from detente.case.model import Case
from detente.errors import UsageError
from detente.page import Range, RangeGroup, Ranges
from detente.web.desk import Desk
from detente.web.forms import rows_as
from detente.web.reply import Asked, page, placed
from detente.web.shown import written
from detente.web.state import State, typed


def show(desk: Desk, asked: Asked) -> Response:
    """Return all analysts' estimates side by side, or their rows."""
    place = placed(desk, asked.state)
    said, problems = read_estimates(desk.estimates, desk.case)
    found = spreads(desk.case, said)
    if asked.form:
        rows = [(s.actor, s.issue, a, low, high, *s.on_file) for s in found for a, low, high in s.said]
        names = ("actor", "issue", "analyst", "low", "high", "on_file_low", "on_file_high")
        return rows_as(asked.form, desk.case, "estimates", names, rows)
    actors = {a.id: a.name for a in desk.case.actors}
    issues = {i.id: i.name for i in desk.case.issues}
    return page(
        desk,
        asked,
        place,
        "estimates",
        said=said,
        problems=problems,
        actors=actors,
        issues=issues,
        found=found,
        drawn=written(place.case, _drawn(desk.case, found), "full", "spread"),
        wide=_trying(found).link("/what-if"),
        where=str(desk.estimates.name),
    )


def _drawn(case: Case, found: tuple[Spread, ...]) -> tuple[Ranges, ...]:
    """Return, for each actor, every analyst's ranges below that of the case, issue by issue."""
    names = {i.id: i.name for i in case.issues}
    return tuple(
        Ranges(
            f"How much issues matter to {actor.name}",
            "",
            tuple(
                RangeGroup(
                    names[s.issue], (_range("the case", *s.on_file), *(_range(*one) for one in s.said))
                )
                for s in found
                if s.actor == actor.id
            ),
            note="0 to 100. The tick is the middle of a range; nobody is taken to have said it.",
        )
        for actor in case.actors
        if any(s.actor == actor.id for s in found)
    )


def _range(label: str, low: float, high: float) -> Range:
    return Range(label, low, (low + high) / 2, high)


def _trying(found: tuple[Spread, ...]) -> State:
    """Return the state with every salience as wide as all analysts together."""
    return State(
        edits=tuple(typed(f"preferences.{s.actor}.{s.issue}.salience", [s.low, s.high]) for s in found)
    )


def keep(desk: Desk, asked: Asked) -> Response:
    """Keep an analyst's weights for one actor, beside those kept before."""
    if not desk.edit:
        raise UsageError("this server only reads. Remedy: start it with --edit to keep estimates")
    analyst, actor = asked.sent("analyst").strip()[:200], asked.sent("actor")
    name = re.sub(r"[^a-z0-9]+", "-", analyst.lower()).strip("-")[:60]
    given = {n.removeprefix("salience."): v for n, v in asked.posted if n.startswith("salience.")}
    if not name or not given:
        raise UsageError("an estimate needs a name and weights. Remedy: fill in who answers for it")
    before, _ = read_estimates(desk.estimates, desk.case)
    own = next((e for e in before if e.analyst == analyst), None)
    ends = {
        issue: _ends(text) for issue, text in given.items() if issue in desk.case.preferences.get(actor, {})
    }
    if not ends:
        raise UsageError("none of these issues matters to that actor in the case. Remedy: choose on the page")
    saliences: dict[str, Any] = {a: dict(v) for a, v in own.saliences.items()} if own else {}
    saliences[actor] = {**saliences.get(actor, {}), **ends}
    made = Estimates.model_validate(
        {
            "analyst": analyst,
            "of": desk.case.id,
            "how": "comparisons in pairs" if asked.sent("way") == "pairs" else "swing weights",
            "saliences": {
                a: {i: s if isinstance(s, list) else [s.low, s.high] for i, s in v.items()}
                for a, v in saliences.items()
            },
        }
    )
    save_estimate(made, name, desk.estimates)
    return RedirectResponse("/estimates", 303)


def _ends(text: str) -> list[float]:
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"'{text[:40]}' is no range. Remedy: two numbers, 0 to 100") from None
    if not 0 <= low <= high <= 100:
        raise UsageError(f"'{text[:40]}' leaves the scale. Remedy: keep to 0 to 100")
    return [low, high]
