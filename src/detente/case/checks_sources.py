"""Checks sources and evidence: ids that exist, dates that are real, and nothing later than the case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from detente.case.checks_finding import Finding, Names
from detente.case.model import Case
from detente.case.sources import Evidence
from detente.case.yamlfile_spot import Spot


def evidence(case: Case, names: Names) -> Iterator[Finding]:
    """Yield references from evidence to sources, issues, options and other items that do not exist."""
    for item in case.evidence:
        spot = ("evidence", item.id)
        yield from names.sources.unknown(item.source, (*spot, "source"))
        yield from _other_items(item, names, spot)
        if item.issue is not None:
            yield from names.issues.unknown(item.issue, (*spot, "issue"))
        if item.option is None:
            continue
        if item.issue is None:
            message = f"the option `{item.option}` stands here without its issue"
            yield Finding((*spot, "option"), message, "add `issue: ` and its id")
        else:
            known = {later.id for later in case.later_options if later.issue == item.issue}
            if item.option not in known:
                yield from names.options_of(item.issue).unknown(item.option, (*spot, "option"))


def _other_items(item: Evidence, names: Names, spot: Spot) -> Iterator[Finding]:
    for name in ("contradicts", "supports", "same_origin"):
        others: tuple[str, ...] = getattr(item, name)
        yield from names.evidence.unknown(others, (*spot, name))
        if item.id in others:
            yield Finding((*spot, name), "the item names itself", "name the other item, or remove it")
    for other in sorted(set(item.supports) & set(item.contradicts)):
        message = f"the item both supports and contradicts {other}"
        yield Finding((*spot, "supports"), message, "keep one of the two")


def as_of(case: Case, names: Names) -> Iterator[Finding]:
    """Yield what is published or dated after the case's date.

    Only evidence that nothing but a later option cites may be later, with the sources only it uses, or
    evidence marked as later that nothing cites yet.
    """
    cited = _cited(names)
    exempt = cited[True] - cited[False]
    marked = {item.id for item in case.evidence if item.later}
    exempt |= marked - cited[False]
    yield from _relied_on(names, marked)
    used = {source for item in case.evidence if item.id not in exempt for source in item.source}
    late = {source for item in case.evidence if item.id in exempt for source in item.source} - used
    for source in case.sources:
        spot = ("sources", source.id, "published")
        first = first_day(source.published)
        if first is None:
            remedy = "write 2025, 2025-08 or 2025-08-13"
            yield Finding(spot, f"`{source.published}` is no date", remedy)
        elif first > case.as_of and source.id not in late and not (source.later and source.id not in used):
            yield Finding(spot, f"published {source.published}, {_after(case)}", _REMEDY)
    for item in case.evidence:
        if item.as_of > case.as_of and item.id not in exempt | marked:
            remedy = f"{_REMEDY}; of a forecast or plan, give the day it was made"
            yield Finding(("evidence", item.id, "as_of"), f"dated {item.as_of}, {_after(case)}", remedy)


_REMEDY = "remove it, correct the date, or cite it only from a later option"


def _after(case: Case) -> str:
    return f"after the case's own date, {case.as_of}"


def _cited(names: Names) -> dict[bool, set[str]]:
    """Return the evidence cited by later options (True) and by anything else (False)."""
    cited: dict[bool, set[str]] = {True: set(), False: set()}
    for spot, part in names.parts:
        cited[spot[0] == "later_options"].update(getattr(part, "evidence", ()))
    return cited


def _relied_on(names: Names, marked: set[str]) -> Iterator[Finding]:
    """Yield judgements that rest on evidence marked as later than the case."""
    for spot, part in names.parts if marked else ():
        for position, item in enumerate(getattr(part, "evidence", ())):
            if item in marked and spot[0] != "later_options":
                message = f"{item} is marked as later than the case, so only a later option may cite it"
                yield Finding((*spot, "evidence", position), message, "remove it here")


def first_day(published: str) -> date | None:
    """Return the first day a date of any precision can mean; None if there is no such day.

    Examples
    --------
    >>> first_day("2025"), first_day("2025-08"), first_day("2025-13")
    (datetime.date(2025, 1, 1), datetime.date(2025, 8, 1), None)
    """
    try:
        return date.fromisoformat(f"{published}-01-01"[:10])
    except ValueError:
        return None
