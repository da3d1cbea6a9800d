"""The brief of what is on the page: the same one file that the command line writes."""

from __future__ import annotations

import re

from starlette.responses import HTMLResponse, Response

from detente.brief.compose import compose
from detente.web.desk import Desk
from detente.web.forms import data, markdown, table
from detente.web.guard import POLICY
from detente.web.reply import Asked, placed
from detente.web.state import State

_DECLARED = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')


def show(desk: Desk, asked: Asked) -> Response:
    """Return the brief of the case or variant."""
    place = placed(desk, asked.state)
    made = compose(place.case)
    if asked.form == "json":
        return data(_runs(made.to_json()))
    if asked.form == "csv":
        rows = [
            (r.lens, m.name, m.label, m.value, m.low, m.high, m.unit)
            for r in made.runs
            for m in r.result.measures()
        ]
        return table(("lens", "name", "label", "value", "low", "high", "unit"), rows, "brief")
    if asked.form:
        return markdown(made.document)
    from detente.render.html import to_html

    text = to_html(made.document, home=State(edits=place.state.edits).link("/what-if"))
    return HTMLResponse(text, headers={"content-security-policy": _policy(text)})


def _runs(text: str) -> list[object]:
    import json

    found: list[object] = json.loads(text)["runs"]
    return found


def _policy(text: str) -> str:
    """Return the page's own policy, which names its one script by its digest, tightened against framing."""
    declared = _DECLARED.search(text)
    if declared is None:
        return POLICY
    return declared[1].replace("&#39;", "'") + "; frame-ancestors 'none'"
