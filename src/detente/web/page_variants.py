"""Saving what is on the page as a named variant; the only page that writes, and only when allowed to."""

from __future__ import annotations

from starlette.responses import Response

from detente.case.edits import Edit, Overlay, shown
from detente.case.inputs_names import label_of
from detente.case.overlay import apply
from detente.case.variants import save_variant
from detente.errors import UsageError
from detente.web.desk import Desk
from detente.web.reply import Asked, page, placed
from detente.web.state import State, read_state


def save(desk: Desk, asked: Asked) -> Response:
    """Show what would be saved, and save it once confirmed."""
    if not desk.edit:
        raise UsageError(
            "this server only reads. Remedy: start it with --edit to save variants, or copy the link instead"
        )
    place = placed(desk, State(edits=read_state(asked.posted).edits))
    if place.case.variant is None:
        raise UsageError(
            "nothing is changed, so there is no variant to save. Remedy: move an assumption first"
        )
    name, title = asked.sent("name").strip(), asked.sent("title").strip()
    reasons = {n.removeprefix("why:"): v for n, v in asked.posted if n.startswith("why:")}
    who = asked.sent("who").strip()
    sources = {n.removeprefix("source:"): v for n, v in asked.posted if n.startswith("source:")}
    edits = tuple(
        Edit(
            path=e.path,
            value=e.value,
            why=(reasons.get(e.path) or asked.sent("why")).strip()[:2000],
            who=who[:200],
            source=tuple(s for s in sources.get(e.path, "").replace(",", " ").split() if s),
        )
        for e in place.case.variant.edits
    )
    variant = apply(desk.case, Overlay(title=title[:200], edits=edits))
    path, text = save_variant(
        variant, name, desk.variants, title[:200], replace=asked.sent("replace") == "yes"
    )
    saved = variant.variant.edits if variant.variant else ()
    lines = [f"{label_of(desk.case, e.path)}: {shown(e.was)} → {shown(e.value)}" for e in saved]
    link = place.state.link("/compare", v=name)
    return page(desk, asked, place, "saved", name=name, file=path.name, text=text, lines=lines, link=link)
