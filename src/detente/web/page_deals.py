"""Deals: put a package together, and ask of it every question that takes one."""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response

from detente.brief.document import document
from detente.case.model import Case
from detente.errors import UsageError
from detente.lens import Lens
from detente.registry import LENSES
from detente.web.answer import Answer, question
from detente.web.desk import Desk
from detente.web.forms import data, later, markdown, table
from detente.web.jobs import Job
from detente.web.reply import Asked, page, placed
from detente.web.shown import written


def about_deals(case: Case) -> tuple[Lens[Any, Any], ...]:
    """Return the lenses that answer about a package, those about nothing else first."""
    found = [lens for lens in LENSES if "deal" in lens.options.model_fields and not lens.missing(case)]
    return tuple(sorted(found, key=lambda lens: lens.in_brief or not lens.one_deal))


def show(desk: Desk, asked: Asked) -> Response:
    """Return the page, or the answer's numbers."""
    place = placed(desk, asked.state)
    deal = _deal(desk.case, asked)
    start = asked.get("start")
    if start and not asked.form:
        named = next((d for d in desk.case.deals if d.id == start), None)
        if named is None:
            raise UsageError(f"the case names no deal '{start[:40]}'")
        return RedirectResponse(_link(asked, {**desk.case.no_deal.options, **named.options}, desk.case), 303)
    lenses = about_deals(desk.case)
    lens = next((x for x in lenses if x.name == asked.get("ask")), lenses[0] if lenses else None)
    if lens is None:
        raise UsageError(f"{desk.case.id} has nothing to judge a package by")
    typed = tuple(f"{issue}={option}" for issue, option in deal.items())
    found = desk.ask(question(place.case, lens, {"deal": typed}), f"deal {lens.name}") if typed else None
    if asked.form:
        return _as_data(asked, place.case, found)
    issues = [i for i in desk.case.issues if i.core or i.id in deal]
    return page(
        desk,
        asked,
        place,
        "deals",
        issues=issues,
        deal=deal,
        lens=lens,
        lenses=[(x, _link(asked, deal, desk.case, x.name)) for x in lenses],
        waiting=found if isinstance(found, Job) else None,
        answer=found if isinstance(found, Answer) else None,
        sections=_sections(place.case, found),
    )


def _deal(case: Case, asked: Asked) -> dict[str, str]:
    """Return the package in the address, in the order of the issues; refuse in words what is no option."""
    given = {n.removeprefix("deal."): v for n, v in asked.pairs if n.startswith("deal.") and v}
    for issue, option in given.items():
        options = next(([o.id for o in i.options] for i in case.issues if i.id == issue), None)
        if options is None:
            raise UsageError(f"there is no issue '{issue[:40]}'. Remedy: choose on the page")
        if option not in options:
            raise UsageError(f"{issue} has no option '{option[:40]}'. Remedy: choose on the page")
    return {i.id: given[i.id] for i in case.issues if i.id in given}


def _link(asked: Asked, deal: dict[str, str], case: Case, ask: str = "") -> str:
    core = {i.id for i in case.issues if i.core}
    extra = {
        f"deal.{issue}": option
        for issue, option in deal.items()
        if issue in core or asked.get(f"deal.{issue}")
    }
    chosen = ask or asked.get("ask")
    return asked.state.link("/deals", **extra, **({"ask": chosen} if chosen else {}))


def _sections(case: Case, found: Answer | Job | None) -> list[Any]:
    if not isinstance(found, Answer):
        return []
    parts = [("", "", written(case, found.page.headline, "full"))] if found.page.headline else []
    return parts + [
        (s.title, s.lead, written(case, (*s.blocks, *s.aside), "half", s.id, s.title))
        for s in found.page.sections
    ]


def _as_data(asked: Asked, case: Case, found: Answer | Job | None) -> Response:
    if not isinstance(found, Answer):
        return later(asked.form, found, "no deal")
    if asked.form == "md":
        return markdown(document(case, found.page, (found.run,)))
    if asked.form == "json":
        return data(found.data())
    rows = [(m.name, m.label, m.value, m.low, m.high, m.unit) for m in found.measures.values()]
    return table(("name", "label", "value", "low", "high", "unit"), rows, "deal")
