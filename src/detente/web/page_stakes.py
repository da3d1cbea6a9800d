"""Stakes: what each decides, where things stand, and how far apart the parties are, issue by issue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from detente.case.model import Case
from detente.case.parties import Issue
from detente.page import Text
from detente.web.desk import Desk
from detente.web.forms import rows_as
from detente.web.reply import Asked, page, placed
from detente.web.shown import written
from detente.web.state import State


@dataclass(frozen=True, slots=True)
class View:
    """One actor's view of one issue, in a reader's words."""

    actor: str
    order: str
    salience: str
    accepts: tuple[tuple[str, tuple[str, ...]], ...]
    basis: str
    note: str
    edit: str


def show(desk: Desk, asked: Asked) -> Response:
    """Return the page, or its rows."""
    place = placed(desk, asked.state)
    case = place.case
    if asked.form:
        rows = _rows(case)
        names = ("stake", "issue", "actor", "order", "salience", "accepts", "basis")
        return rows_as(asked.form, case, "stakes", names, rows)
    stakes = [
        (
            stake,
            written(case, (Text(stake.context, stake.evidence),)) if stake.context else "",
            [(i, views(case, i, place.state)) for i in case.issues if i.stake == stake.id],
        )
        for stake in case.stakes
    ]
    return page(desk, asked, place, "stakes", stakes=stakes)


def views(case: Case, issue: Issue, state: State) -> list[View]:
    """Return every actor's view of an issue, those who must agree first."""
    labels = {o.id: o.label for o in issue.options}
    actors = sorted(case.actors, key=lambda a: not a.consent)
    found = []
    for actor in actors:
        view = case.preferences.get(actor.id, {}).get(issue.id)
        if view is None:
            continue
        order = " > ".join(" = ".join(labels.get(o, o) for o in tier) for tier in view.tiers)
        accepts = tuple(
            (case.readings[r].label, tuple(labels.get(o, o) for o in options))
            for r, options in view.accepts.items()
        )
        path = f"preferences.{actor.id}.{issue.id}"
        shown = State(state.edits, shown=(f"{path}.salience", *(f"{path}.accepts.{r}" for r in view.accepts)))
        ends = f"{view.salience.low:g}–{view.salience.high:g}"
        found.append(View(actor.name, order, ends, accepts, view.basis, view.note, shown.link("/what-if")))
    return found


def _rows(case: Case) -> list[tuple[Any, ...]]:
    return [
        (
            stake.name,
            issue.name,
            view.actor,
            view.order,
            view.salience,
            "; ".join(f"{reading}: {', '.join(options)}" for reading, options in view.accepts),
            view.basis,
        )
        for stake in case.stakes
        for issue in case.issues
        if issue.stake == stake.id
        for view in views(case, issue, State())
    ]
