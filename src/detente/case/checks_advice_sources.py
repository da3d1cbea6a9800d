"""Warnings about sources and evidence: unused items, unmarked contradictions, dates that may be too late."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from detente.case.checks_finding import Finding, Names, nearest
from detente.case.checks_sources import first_day
from detente.case.model import Case
from detente.case.sources import Evidence
from detente.words import count, listed

_SHOWN = 8  # judgement: more ids than this are not read
_ROUNDING = 0.01  # judgement: numbers that differ by less agree
_ABOUT_NOW = ("fact", "reported")  # modalities whose date cannot lie after their source


def unused(case: Case, names: Names) -> Iterator[Finding]:
    """Yield evidence that nothing cites, and sources that no evidence names."""
    cited: set[str] = set()
    for _, part in names.parts:
        cited.update(getattr(part, "evidence", ()))
        if isinstance(part, Evidence):
            cited.update((*part.contradicts, *part.supports))
    idle = [
        item.id
        for item in case.evidence
        if item.id not in cited and not item.later and not cited & {*item.contradicts, *item.supports}
    ]
    if idle:
        message = f"{count(len(idle), 'item')} cited nowhere: {_some(idle)}"
        yield Finding(("evidence", idle[0]), message, "cite them where they matter", "warning")
    named = {source for item in case.evidence for source in item.source}
    idle = [source.id for source in case.sources if source.id not in named]
    if idle:
        message = f"{count(len(idle), 'source')} without evidence: {_some(idle)}"
        yield Finding(("sources", idle[0]), message, "say what they state, or remove them", "warning")


def copied(case: Case, names: Names) -> Iterator[Finding]:
    """Yield evidence whose statement is still the document's own words."""
    idle = [i.id for i in case.evidence if i.quote and i.statement.strip() == i.quote.text.strip()]
    if idle:
        message = f"{count(len(idle), 'statement')} copied word for word: {_some(idle)}"
        yield Finding(("evidence", idle[0], "statement"), message, "say it in your own words", "warning")


def _some(ids: list[str]) -> str:
    more = len(ids) - _SHOWN
    return listed([*ids[:_SHOWN], f"{more} more"]) if more > 0 else listed(ids)


def contradictions(case: Case, names: Names) -> Iterator[Finding]:
    """Yield items that give different numbers for one quantity on one day without saying so."""
    alike: dict[tuple[str, ...], list[Evidence]] = defaultdict(list)
    for item in case.evidence:
        if item.quantity and isinstance(item.value, float):
            key = (item.quantity.casefold(), item.unit.casefold(), item.actor.casefold(), str(item.as_of))
            alike[key].append(item)
    for group in alike.values():
        for position, item in enumerate(group):
            others = [o.id for o in group[:position] if _differ(item, o)]
            if others:
                message = f"gives {item.value:g} for what {_some(others)} gives otherwise, on the same day"
                remedy = "name it under `contradicts`, or tell the two quantities apart"
                yield Finding(("evidence", item.id, "value"), message, remedy, "warning")


def _differ(one: Evidence, other: Evidence) -> bool:
    if one.id in other.contradicts or other.id in one.contradicts:
        return False
    a, b = one.value, other.value
    return isinstance(a, float) and isinstance(b, float) and abs(a - b) > _ROUNDING * max(abs(a), abs(b))


def dates(case: Case, names: Names) -> Iterator[Finding]:
    """Yield sources that may be too late, and facts dated after the sources that report them."""
    published = {source.id: source.published for source in case.sources}
    vague = [s.id for s in case.sources if _first(s.published) <= case.as_of < _last(s.published)]
    if vague:
        message = (
            f"{count(len(vague), 'source')} dated so vaguely that {_some(vague)} may be later than the case"
        )
        yield Finding(("sources", vague[0]), message, "find the day of publication", "warning")
    for item in case.evidence:
        known = [_last(published[source]) for source in item.source if source in published]
        if item.modality in _ABOUT_NOW and known and item.as_of > max(known):
            message = f"about {item.as_of}, after all its sources were published"
            yield Finding(("evidence", item.id, "as_of"), message, "correct one of the dates", "warning")


def _first(published: str) -> date:
    return first_day(published) or date.min


def _last(published: str) -> date:
    """Return the last day a date of any precision can mean."""
    first = _first(published)
    if len(published) == 4:
        return first.replace(month=12, day=31)
    return first.replace(day=monthrange(first.year, first.month)[1]) if len(published) == 7 else first


def plain_words(case: Case, names: Names) -> Iterator[Finding]:
    """Yield links that cannot be followed, and stakes of evidence that are none of the case."""
    for source in case.sources:
        if source.url and not source.url.startswith(("http://", "https://")):
            message = "the address is no web address and will not be a link"
            yield Finding(("sources", source.id, "url"), message, "begin it with https://", "warning")
    for item in case.evidence:
        if item.stake and names.stakes.lacks(item.stake):
            message = f"`{item.stake}` is no stake of this case"
            known = nearest(item.stake, names.stakes.ids)
            yield Finding(("evidence", item.id, "stake"), message, known, "warning")
