"""The headline numbers of the ripeness lens, for studies and scoring."""

from __future__ import annotations

from detente.case import Case
from detente.lens import Measure
from detente.lenses.ripeness.result import BAND, Ripe, WindowTime
from detente.lenses.ripeness.result_material import Span
from detente.words import within

_WANTED = ("preferences", "interactions", "quorum")
_WORTH = ("no_deal.worth", "ripeness")


def measures(case: Case, result: Ripe) -> tuple[Measure, ...]:
    """Return the headline numbers of a result, in the names of its case."""
    names = {a.id: a.name for a in case.actors}
    enough = " and enough of those a quorum counts" if result.quorum else ""
    found = [_window(case, w, m, enough) for w in result.windows for m in _months(result)]
    found += [
        Measure(
            f"ripe.{d.id}.{m}",
            f"every required actor{enough} prefers {within(d.label)} to no deal in month {m}",
            d.share[m],
            "share",
            formula=f"share of paths with U_i(deal) >= V_i(t) for all required i{enough}",
            inputs=(*_WANTED, *_WORTH),
        )
        for d in result.deals
        for m in _months(result)
    ]
    for a in result.actors:
        name = names.get(a.actor, a.actor)
        label = f"{name}: worth of no deal as stated"
        found.append(_span(f"no_deal_stated.{a.actor}", label, a.stated, "points"))
        label = f"{name}: worth of no deal over the year ahead"
        found.append(_span(f"no_deal_year.{a.actor}", label, a.year, "points"))
    for money in result.money:
        found.append(
            Measure(
                f"buffer_empty.{money.actor}",
                f"{names.get(money.actor, money.actor)}: reserves used up within {result.months} months",
                money.emptied,
                "share",
                formula="buffer = max(0, buffer - max(0, D - cap) / 4), a quarter a step",
                inputs=(f"ripeness.books.{money.actor}",),
            )
        )
    found.append(
        Measure(
            "time_favours",
            "time favours the actor named, to the month named; or nobody",
            result.favoured.share,
            "share",
            formula="share of paths in which it is better off then, and has gained more points of its own "
            "scale than any other; where nobody's median rises: in which nobody is better off at the end",
            inputs=_WORTH,
        )
    )
    return tuple(found)


def _months(result: Ripe) -> tuple[int, ...]:
    return tuple(m for m in (0, 6, 12, 24) if m <= result.months)


def _window(case: Case, window: WindowTime, month: int, enough: str) -> Measure:
    lines = case.readings[window.reading].label if window.reading else ""
    return Measure(
        f"some_deal.{window.reading or 'interests'}.{month}",
        f"some deal is acceptable to all in month {month} ({lines or 'red lines aside'})",
        window.share[month],
        "share",
        formula=f"share of paths with a deal d such that U_i(d) >= V_i(t) for all required i{enough}",
        inputs=(*_WANTED, "rules", *_WORTH),
    )


def _span(name: str, label: str, value: Span, unit: str) -> Measure:
    formula = "V_i(0) + sum of weight x change of driver (front, people, aid, economy, time)"
    return Measure(name, label, value.mid, unit, value.low, value.high, BAND, formula, _WORTH)
