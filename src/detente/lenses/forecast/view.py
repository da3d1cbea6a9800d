"""Writes the forecast page: what bargaining points to given agreement, and how far that can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from detente import words
from detente.lens import Run
from detente.lenses.forecast import view_issue as issues
from detente.lenses.forecast import view_words as say
from detente.lenses.forecast.options import Options
from detente.lenses.forecast.result import BAND, Forecast, IssueForecast, Zone
from detente.page import Block, Caveat, Cell, Fact, Page, Section, Table, Text

HEADLINES = 4
"""Issues on the cards above the page: judgement."""


def view(run: Run[Options, Forecast]) -> Page:
    """Return the page of a run."""
    result = run.result
    drawn = {found.issue for found in _chosen(result)}
    sections = [
        Section("overview", "Where it points", say.METHOD, _strips(result)),
        *_zones(result),
        *(issues.section(found, found.issue not in drawn) for found in result.issues),
        *issues.exploratory(result),
        Section("limits", "How far this goes", blocks=tuple(_limits(result))),
    ]
    return Page(_title(result), f"{_lead(result)} {say.CALIBRATED}", tuple(sections), _headline(result))


def _pullers(result: Forecast) -> Counter[str]:
    return Counter(found.levers[0].name for found in result.issues)


def _title(result: Forecast) -> str:
    """Return who pulls hardest where; "of single actors", because a camp is listed actor by actor."""
    name, times = _pullers(result).most_common(1)[0]
    where = f"{times} of {len(result.issues)} issues"
    if len(result.issues) == 1:
        where = f"“{result.issues[0].name}”"
    elif times == len(result.issues):
        where = f"all {words.count(times, 'issue')} shown"
    return f"Given agreement, {name} pulls hardest of single actors on {where}"


def _lead(result: Forecast) -> str:
    same = [f for f in result.issues if f.no_deal is not None and f.favourite.place == f.no_deal]
    held = words.count(len(same), "issue")
    told = f"on {held} the likeliest place is what holds anyway if talks fail" if same else ""
    shown = words.sentence(words.count(len(result.issues), "issue"))
    have = f"{shown} with options on a scale {'is' if len(result.issues) == 1 else 'are'} shown"
    return "; ".join([have, *([told] if told else [])]) + f". {say.ONE_BY_ONE}"


def _headline(result: Forecast) -> tuple[Fact, ...]:
    return tuple(_fact(found) for found in _chosen(result)[:HEADLINES])


def _chosen(result: Forecast) -> list[IssueForecast]:
    """Return the core issues, or all where none is core."""
    return [f for f in result.issues if f.core] or list(result.issues)


def _strips(result: Forecast) -> tuple[Block, ...]:
    """Return one strip for each core issue, under its name, and the table of all issues."""
    drawn = (replace(issues.strip(f), title=f.name) for f in _chosen(result))
    return (*drawn, Text(issues.READ), _overview(result))


def _fact(found: IssueForecast) -> Fact:
    best, puller = found.favourite, found.levers[0]
    return Fact(
        best.place.label,
        f"{words.percent(best.chance)} given agreement",
        f"{found.name}: the likeliest place; the middle half of the distribution "
        f"{_stretch(found.quantiles[1], found.quantiles[3])}. {puller.name} pulls hardest, towards "
        f"“{puller.wants}”.",
        share=best.chance,
        trace=f"median.{found.issue}",
    )


def _stretch(low: float, high: float) -> str:
    """Return where a part of the distribution lies, in words that fit a single place as well."""
    if say.points(low) == say.points(high):
        return f"lies at {say.points(low)}"
    return f"runs from {say.points(low)} to {say.points(high)}"


def _overview(result: Forecast) -> Table:
    columns = (
        "Issue",
        "Likeliest place",
        "Chance",
        "Middle half",
        "If talks fail",
        "Above that",
        "Pulls hardest",
    )
    rows = tuple(_row(found) for found in result.issues)
    note = "Chances given agreement; never a chance of agreement. “Above”: nearer the upper end of the scale."
    return Table("Issue by issue", columns, rows, note, ("Chance", "Middle half", "Above that"))


def _row(found: IssueForecast) -> tuple[Cell, ...]:
    best, puller = found.favourite, found.levers[0]
    above = found.above_no_deal
    return (
        Cell(found.name),
        Cell(best.place.label),
        Cell(words.percent(best.chance), best.chance),
        Cell(
            say.span(found.quantiles[1], found.quantiles[3]),
            found.quantiles[2],
            trace=f"median.{found.issue}",
        ),
        Cell(found.no_deal.label if found.no_deal else ""),
        Cell(_above(found), above),
        Cell(f"{puller.name}, towards “{puller.wants}”"),
    )


def _above(found: IssueForecast) -> str:
    if found.above_no_deal is None or found.no_deal is None:
        return ""
    if found.no_deal == found.likely[-1].place:
        return "nothing lies above"
    return words.percent(found.above_no_deal)


def _zones(result: Forecast) -> list[Section]:
    told = [(found, found.zone) for found in result.issues if found.zone is not None]
    if not told:
        return []
    everybody = [zone.actors for _, zone in told]
    differ = len(set(everybody)) > 1
    rows = tuple(
        (
            Cell(found.name),
            *((Cell(words.listed(zone.actors)),) if differ else ()),
            Cell(f"{100 * zone.exists:.0f}%", zone.exists, trace=f"zone.{found.issue}"),
            Cell(say.span(zone.low.mid, zone.high.mid) if zone.low and zone.high else "no zone"),
            _point(zone),
        )
        for found, zone in told
    )
    empty = [found.name for found, zone in told if not zone.exists]
    lead = (
        f"No zone of agreement, and so no point, in any draw: {words.listed(empty)}."
        if empty
        else "Every issue has a zone of agreement in some draws."
    )
    who = "every required actor" if differ else f"{words.listed(everybody[0])} together"
    table = Table(
        f"What {who} would take, on this issue alone, rather than see talks fail",
        ("Issue", *(("Required",) if differ else ()), "Draws with a zone", "Zone", "Nash point"),
        rows,
        "Ends of the zone: medians over the draws that have one. Point: median, and 5th to 95th percentile."
        + _besides(told),
        ("Draws with a zone", "Zone", "Nash point"),
    )
    return [
        Section(
            "zones",
            "With no deal in view",
            lead,
            (table, Caveat(say.what_if(any(zone.besides for _, zone in told)))),
        )
    ]


def _besides(told: Sequence[tuple[IssueForecast, Zone]]) -> str:
    """Return who else must accept, where a quorum counts somebody with a place on an issue."""
    found: dict[tuple[tuple[str, ...], int], list[str]] = {}
    for issue, zone in told:
        if zone.besides:
            found.setdefault(zone.besides, []).append(issue.name)
    said = (
        f" Besides, at least {words.number(least)} of {words.listed(who)} must accept on {words.listed(on)}."
        for (who, least), on in found.items()
    )
    return "".join(said)


def _point(zone: Zone) -> Cell:
    if zone.point is None:
        return Cell("no point")
    return Cell(say.within(zone.point), zone.point.mid)


def _limits(result: Forecast) -> list[Block]:
    blocks: list[Block] = [Caveat(say.CALIBRATED), Caveat(say.SCORES), Caveat(say.WIDE)]
    blocks += [Caveat(say.CAMPS), Caveat(say.CHOSEN_SCALE), Caveat(say.inputs_only(result))]
    if result.skipped:
        reasons = "; ".join(f"{name} ({why})" for name, why in result.skipped)
        blocks.append(Text(f"Without a forecast: {reasons}."))
    blocks += [Text(f"In the file, harmless here: {'; '.join(result.notes)}.")] if result.notes else []
    blocks.append(Text(f"Intervals of anchors: {BAND}; {result.draws:,} draws, seed {result.seed}."))
    return blocks
