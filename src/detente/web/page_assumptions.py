"""Assumptions: everything that can be adjusted, with its scale and ground, one step away from trying it."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from detente.case.edits import shown
from detente.case.inputs import Input
from detente.web.controls import control
from detente.web.desk import Desk
from detente.web.forms import rows_as
from detente.web.reply import Asked, page, placed


def show(desk: Desk, asked: Asked) -> Response:
    """Return the list, all of it or what holds the words asked for."""
    place = placed(desk, asked.state)
    query = asked.get("q").strip()[:100]
    found = [item for item in desk.inputs if _matches(item, query)]
    if asked.form:
        names = ("path", "label", "kind", "value", "low", "high", "unit", "basis", "evidence")
        rows = [
            (i.path, i.label, i.kind, shown(i.value), i.low, i.high, i.unit, i.basis, " ".join(i.evidence))
            for i in found
        ]
        return rows_as(asked.form, place.case, "assumptions", names, rows)
    rows_shown = [
        (item, control(place.case, item), replace(place.state, shown=(item.path,)).link("/what-if"))
        for item in found
    ]
    return page(desk, asked, place, "assumptions", rows=rows_shown, query=query, total=len(desk.inputs))


def _matches(item: Input, query: str) -> bool:
    words = f"{item.label} {item.path} {item.group} {item.note}".casefold()
    return all(word in words for word in query.casefold().split())
