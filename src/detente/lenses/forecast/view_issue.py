"""The section of one issue on the forecast page, and what stays exploratory."""

from __future__ import annotations

from itertools import pairwise

from detente import words
from detente.lenses.forecast import view_words as say
from detente.lenses.forecast.result import JOINT, TEN, Challenge, Forecast, IssueForecast, Lever
from detente.page import (
    Block,
    Caveat,
    Cell,
    Section,
    Stand,
    Strip,
    Table,
    Text,
    Tick,
)

STRETCH, START = 5, -3
"""Points of the scale in one column of the strip, and where the first begins: 0, 5, 10 lie inside columns."""

READ = (
    "Strips: circles are actors, by share of capability x salience; columns the chance of each five points, "
    "given agreement; per cent the chance that the outcome lies nearest to that place."
)


def section(found: IssueForecast, drawn: bool = True) -> Section:
    """Return the levers and anchors of one issue, and its strip where that is not drawn elsewhere."""
    anchors, puller = found.anchors, found.levers[0]
    best = found.favourite
    lead = (
        f"Given agreement, the likeliest place is “{best.place.label}” ({words.percent(best.chance)}). "
        f"The compromise stands at {say.within(anchors.compromise)}; {puller.name} moves it by "
        f"{say.signed(puller.pull)} points against where it would stand without {puller.name}."
    )
    blocks: list[Block] = [*((strip(found),) if drawn else ()), _levers(found), _anchors(found)]
    if found.absent:
        blocks.append(
            Caveat(f"Left out, because no place or capability is given: {words.listed(found.absent)}.")
        )
    return Section(f"issue-{found.issue}", found.name, lead, tuple(blocks), annex=True)


def strip(found: IssueForecast) -> Strip:
    """Return one scale with its actors, the distribution given agreement, its options and no deal."""
    stands = tuple(Stand(lever.name, lever.position, lever.weight.mid) for lever in found.levers)
    ticks = tuple(
        Tick(likely.place.label, likely.place.position, likely.chance, likely.place == found.no_deal)
        for likely in found.likely
    )
    edges = [*found.cdf[STRETCH + START :: STRETCH].tolist(), 1.0]
    shares = tuple(b - a for a, b in pairwise([0.0, *edges]))
    title = "Who stands where, and where the outcome lies"
    note = f"{_scale(found)}{say.IN_SHORT}"
    return Strip(title, 0.0, 100.0, stands, ticks, shares, START, STRETCH, "if talks fail", note)


def _scale(found: IssueForecast) -> str:
    return f"{found.scale.rstrip('.')}. " if found.scale else ""


def _levers(found: IssueForecast) -> Table:
    rows = tuple(_lever(lever) for lever in found.levers)
    note = (
        "A share of weight of ten per cent means: when the actor moves by ten points, the compromise moves "
        "by one. Pull: where the compromise stands minus where it would stand without the actor. Last "
        f"columns: points the compromise moves when that alone rises by {TEN:g} of 100."
    )
    columns = ("Actor", "Wants most", "Place", "Share of weight", "Pull", "More salience", "More capability")
    return Table("Who pulls, and how hard", columns, rows, note, columns[2:])


def _lever(lever: Lever) -> tuple[Cell, ...]:
    share = lever.weight
    return (
        Cell(lever.name),
        Cell(lever.wants),
        Cell(say.points(lever.position), lever.position),
        Cell(f"{100 * share.mid:.0f}% ({100 * share.low:.0f} to {100 * share.high:.0f})", share.mid),
        Cell(say.signed(lever.pull), lever.pull.mid),
        *(Cell(say.tenths(m.mid), m.mid) for m in (lever.more_salience, lever.more_capability)),
    )


def _anchors(found: IssueForecast) -> Text:
    a = found.anchors
    return Text(
        f"Anchors: compromise {say.within(a.compromise)}, plain mean {say.points(a.mean)}, weighted median "
        f"{say.within(a.median)}, positions from {say.span(a.lowest, a.highest)}. At the weighted median: "
        f"{words.listed(a.pivot)}; {100 * a.margin:.0f}% of all weight would have to cross it to move it. "
        f"Given agreement the outcome lies above the middle of the scale with a chance of "
        f"{words.percent(found.above_middle)}."
    )


def exploratory(result: Forecast) -> list[Section]:
    """Return what challenge and exchange models say, marked as exploratory."""
    sections = []
    if any(found.challenges for found in result.issues):
        blocks = (Caveat(say.EXPLORATORY), *_challenges(result))
        lead = (
            f"{words.sentence(words.count(result.runs, 'run'))} of each model per issue, over input noise "
            "and choices of sub-models."
        )
        sections.append(Section("challenges", "Challenge models (exploratory)", lead, blocks, annex=True))
    if result.trades:
        told = tuple(
            Text(
                f"{t.giver} could yield on “{t.on}” (the forecast moves by {say.points(t.shift_on)} points) "
                f"and {t.taker} on “{t.against}” ({say.points(t.shift_against)} points): in the model both "
                "gain."
            )
            for t in result.trades
        )
        sections.append(
            Section(
                "trades",
                "Issues worth linking (exploratory)",
                blocks=(*told, Caveat(say.TRADES)),
                annex=True,
            )
        )
    return sections


def _challenges(result: Forecast) -> tuple[Block, ...]:
    """Return where runs end, by issue and model, and who moves most often in each."""
    models = tuple(dict.fromkeys(told.model for found in result.issues for told in found.challenges))
    note = "Median and 5th to 95th percentile of the weighted mean at the end of a run."
    ends = Table(
        "Where runs end",
        ("Issue", "Compromise", *models),
        tuple(_ends(found) for found in result.issues),
        note,
        ("Compromise", *models),
    )
    alone = tuple(m for m in models if m != JOINT)
    moves = Table(
        "The most frequent move, and the share of runs that come to rest",
        ("Issue", *alone),
        tuple(
            (Cell(f.name), *(Cell(_move(told)) for told in f.challenges if told.model in alone))
            for f in result.issues
        ),
    )
    joint = [told for told in result.issues[0].challenges if told.model == JOINT]
    said = tuple(
        Text(f"Played on all issues at once, by the actors with a place on every one: {_move(told)} at rest.")
        for told in joint
    )
    return ends, moves, *said


def _ends(found: IssueForecast) -> tuple[Cell, ...]:
    mean = found.anchors.compromise.mid
    ends = (Cell(say.within(told.end), told.end.mid) for told in found.challenges)
    return (Cell(found.name), Cell(say.points(mean), mean), *ends)


def _move(told: Challenge) -> str:
    rest = f"{100 * told.settled:.0f}%"
    if not told.presses:
        return f"nobody moves; {rest}"
    most = told.presses[0]
    return f"{most.mover} towards {most.towards}; {rest}"
