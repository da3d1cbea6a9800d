"""Everything wrong with a ripeness block, at once: unknown names, impossible ground, ranges off scale."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.base import Range
from detente.case.checks_finding import Finding, Known, Names, names_of, nearest
from detente.case.model import Case
from detente.case.ripeness import Area, Books, Feels, Ripeness
from detente.case.yamlfile_spot import Spot
from detente.errors import Problem

PLACE = ("ripeness",)

COEFFICIENTS = (
    "persistence",
    "tightness",
    "spending_pull",
    "slope",
    "cooling",
    "anchoring",
    "neutral",
    "target",
    "lowest",
    "smoothing",
    "on_inflation",
    "on_gap",
    "gap_share",
)
"""Names of the accounting model's coefficients that a case may set."""


def ripeness_problems(case: Case, ripeness: Ripeness, file: str = "case.yaml") -> tuple[Problem, ...]:
    """Return all problems of a ripeness block, errors first.

    Parameters
    ----------
    case : Case
        Supplies the actors, issues, options and deals.
    ripeness : Ripeness
    file : str
        The file as the user named it.
    """
    found = [
        Problem(file, None, ".".join(str(p) for p in f.spot), f.message, f.remedy, f.severity)
        for f in ripeness_findings(case, ripeness, names_of(case))
    ]
    return tuple(sorted(found, key=lambda p: p.severity))


def ripeness_findings(case: Case, ripeness: Ripeness, names: Names) -> Iterator[Finding]:
    """Yield a finding for each problem, at its place in the file.

    Parameters
    ----------
    case : Case
    ripeness : Ripeness
    names : Names
        The ids the case defines.
    """
    yield from _areas(case, ripeness, names)
    for part in ("people", "books", "feels"):
        yield from names.actors.unknown(getattr(ripeness, part), (*PLACE, part))
    for who, people in ripeness.people.items():
        for name in ("losses", "recruits"):
            yield from _within(getattr(people, name), (0, 1e6), (*PLACE, "people", who, name))
        yield from _within(people.reserve, (1e-9, 1e6), (*PLACE, "people", who, "reserve"))
    yield from _equipment(ripeness, names)
    yield from _aid(ripeness, names)
    for who, books in ripeness.books.items():
        yield from _books(books, names, (*PLACE, "books", who))
    for who, feels in ripeness.feels.items():
        yield from _feels(ripeness, who, feels)
    yield from _milestones(case, ripeness, names)


def _areas(case: Case, ripeness: Ripeness, names: Names) -> Iterator[Finding]:
    start = (ripeness.start or case.as_of).isoformat()[:7]
    seen: set[str] = set()
    for area in ripeness.areas:
        spot = (*PLACE, "areas", area.id)
        if area.id in seen:
            yield Finding(spot, f"area `{area.id}` is given twice", "keep one of the two", twin=1)
        seen.add(area.id)
        yield from names.actors.unknown(area.by, (*spot, "by"))
        yield from names.actors.unknown(area.against, (*spot, "against"))
        if area.by == area.against:
            yield Finding(spot, f"`{area.by}` advances against itself", "name two sides")
        yield from _within(area.held, (0, area.size), (*spot, "held"))
        for month in area.series:
            if month >= start:
                message = f"{month} is not a whole month before the start, {start}"
                yield Finding((*spot, "series", month), message, "cut the series there")
        yield from _pace(area, spot)


def _pace(area: Area, spot: Spot) -> Iterator[Finding]:
    stated = area.slow is not None and area.fast is not None
    if stated == bool(area.series):
        message = "both a series and stated ranges" if stated else "neither a series nor both stated ranges"
        yield Finding(spot, f"the area has {message}", "give `series`, or `slow` and `fast`")
    yield from _within(area.slow, (1e-9, 1e7), (*spot, "slow"))
    yield from _within(area.fast, (1e-9, 1e7), (*spot, "fast"))
    yield from _within(area.stay, (0, 1), (*spot, "stay"))
    yield from _within(area.fast_now, (0, 1), (*spot, "fast_now"))


def _equipment(ripeness: Ripeness, names: Names) -> Iterator[Finding]:
    seen: set[str] = set()
    for item in ripeness.equipment:
        spot = (*PLACE, "equipment", item.id)
        if item.id in seen:
            yield Finding(spot, f"equipment `{item.id}` is given twice", "keep one of the two", twin=1)
        seen.add(item.id)
        yield from names.actors.unknown(item.actor, (*spot, "actor"))
        for name in ("losses", "built"):
            yield from _within(getattr(item, name), (0, 1e6), (*spot, name))
        yield from _within(item.stock, (1e-9, 1e7), (*spot, "stock"))


def _aid(ripeness: Ripeness, names: Names) -> Iterator[Finding]:
    units: dict[str, str] = {}
    for number, aid in enumerate(ripeness.aid):
        spot = (*PLACE, "aid", number)
        yield from names.actors.unknown(aid.to, (*spot, "to"))
        yield from _within(aid.amount, (0, 1e12), (*spot, "amount"))
        if "continues" not in aid.fates:
            yield Finding(
                (*spot, "fates"), "it is not said what the aid is if it continues", "add `continues`"
            )
        for fate, factor in aid.fates.items():
            yield from _within(factor, (0, 100), (*spot, "fates", fate))
        if units.setdefault(aid.to, aid.unit) != aid.unit:
            yield Finding(
                (*spot, "unit"), f"`{aid.unit}` beside `{units[aid.to]}`", "use one unit for one actor"
            )


def _books(books: Books, names: Names, spot: Spot) -> Iterator[Finding]:
    yield from _within(books.buffer, (0, 1000), (*spot, "buffer"))
    yield from _within(books.sanctions_lag, (1, 40), (*spot, "sanctions_lag"))
    yield from _within(books.oil, (0, 1000), (*spot, "oil"))
    for name in books.coefficients:
        if name not in COEFFICIENTS:
            yield Finding(
                (*spot, "coefficients", name), f"no coefficient `{name}`", nearest(name, COEFFICIENTS)
            )
    if books.labour is not None:
        yield from _within(books.labour.force, (1e-9, 1e9), (*spot, "labour", "force"))
    if books.relief is not None:
        yield from _within(books.relief.sanctions, (0, 1), (*spot, "relief", "sanctions"))
        for issue, options in books.relief.options.items():
            here = (*spot, "relief", "options", issue)
            yield from names.choices({issue: tuple(options)}, here[:-1])
            for option, share in options.items():
                yield from _within(share, (0, 1), (*here, option))


def _feels(ripeness: Ripeness, who: str, feels: Feels) -> Iterator[Finding]:
    spot = (*PLACE, "feels", who)
    areas = Known("area", tuple(a.id for a in ripeness.areas))
    yield from areas.unknown(feels.areas, (*spot, "areas"))
    needed = (
        (feels.pressure, ripeness.books, "pressure", "books"),
        (feels.people, ripeness.people, "people", "people"),
        (feels.equipment, {e.actor for e in ripeness.equipment}, "equipment", "equipment"),
        (feels.aid, {a.to for a in ripeness.aid}, "aid", "aid"),
    )
    for given, have, name, part in needed:
        if given is not None and who not in have:
            yield Finding(
                (*spot, name), f"`{who}` has no {part} here", f"add {part} for it, or leave this out"
            )
    for value, name in (
        (feels.pressure, "pressure"),
        (feels.people, "people"),
        (feels.equipment, "equipment"),
        (feels.aid, "aid"),
    ):
        if value is not None and value.low > 0:
            yield Finding(
                (*spot, name),
                "a burden that makes no deal better",
                "turn the sign: burdens are below 0",
                "warning",
            )


def _milestones(case: Case, ripeness: Ripeness, names: Names) -> Iterator[Finding]:
    deals = Known("deal", tuple(d.id for d in case.deals))
    start = ripeness.start or case.as_of
    for number, item in enumerate(ripeness.milestones):
        spot = (*PLACE, "milestones", number)
        yield from names.actors.unknown(item.actor, (*spot, "actor"))
        yield from deals.unknown(item.deal, (*spot, "deal"))
        if item.on < start:
            yield Finding((*spot, "on"), f"{item.on} is before the start, {start}", "move `start` back")


def _within(value: Range | None, limits: tuple[float, float], spot: Spot) -> Iterator[Finding]:
    low, high = limits
    if value is not None and not low <= value.low <= value.high <= high:
        span = f"from {low:g} to {high:g}" if high < 1e6 else "above 0" if low > 0 else "not below 0"
        yield Finding(
            spot, f"the range [{value.low:g}, {value.high:g}] is off its scale", f"give a range {span}"
        )
