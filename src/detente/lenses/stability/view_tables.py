"""Tables and the picture of the stability page."""

from __future__ import annotations

from detente import words
from detente.lenses.stability import view_words as say
from detente.lenses.stability.result import StabilityResult
from detente.lenses.stability.result_parts import NAMES, Focus, Hold, Move
from detente.page import Block, Cell, Edge, Network, Node, Table
from detente.table.verdicts import Share

EVEN = 0.5
"""Share of draws from which on a deal counts as kept in most of them."""


def matrix(result: StabilityResult, focus: Focus) -> Table:
    """Return the stability of the focus: concepts down, decision makers across, margins in the cells."""
    place = int((result.states.number == focus.state).argmax())
    sampled = any(v.share is not None for v in focus.verdicts)
    rows = []
    for verdict in focus.verdicts:
        margins = result.states.margins[verdict.concept][:, place]
        cells = [margin_cell(None if m != m else int(m)) for m in margins.tolist()]  # noqa: PLR0124 - NaN
        everybody = Cell("stable" if verdict.stable else "unstable", mark="yes" if verdict.stable else "no")
        label = f"{say.CONCEPTS[verdict.concept]} ({NAMES[verdict.concept]})"
        rows.append((Cell(label), *cells, everybody, *_shares(verdict.share, verdict.concept)))
    return Table(
        f"Is {say.focus_name(result)} stable?",
        ("It is stable if ...", *result.dms, "Everybody", *(("Share of draws",) if sampled else ())),
        tuple(rows),
        "Numbers are places in each one's ranking of all states: how far the state may fall and still be "
        "kept, or, with a minus, how far it would have to rise. “no move” marks who can do nothing.",
        (*result.dms, *(("Share of draws",) if sampled else ())),
    )


def margin_cell(margin: int | None) -> Cell:
    """Return rank places of slack."""
    if margin is None:
        return Cell("no move", mark="yes")
    return Cell(words.signed(margin), float(margin), "yes" if margin >= 0 else "no")


def _shares(share: Share | None, concept: str) -> tuple[Cell, ...]:
    if share is None:
        return ()
    return (Cell(percents(share), share.value, trace=f"stability.stable.{concept}"),)


def percents(share: Share) -> str:
    """Return a share with its interval, short."""
    return f"{words.percent(share.value)} ({words.percent(share.low)}–{words.percent(share.high)})"


def stable(at_mean: bool, share: float | None) -> Cell:
    """Return whether a deal is stable at the mean of the draws; half a mark where most draws disagree.

    Examples
    --------
    >>> stable(True, 0.62).text, stable(True, 0.3).text, stable(False, 0.3).mark
    ('yes', 'yes, yet kept in less than half of the draws', 'no')
    """
    said = "yes" if at_mean else "no"
    if share is None or at_mean == (share > EVEN):
        return Cell(said, mark=said)
    often = "less than half" if at_mean else "most"
    return Cell(f"{said}, yet kept in {often} of the draws", mark="part")


def supports(result: StabilityResult) -> Table:
    """Return what other guarantees and monitoring would do."""
    rows = []
    for support in result.supports:
        changed = "; ".join(f"{c.issue_name}: {c.option_name}" for c in support.changes)
        rows.append(
            (
                Cell(changed or "As signed"),
                stable(support.stable, support.share.value),
                Cell(percents(support.share), support.share.value),
                Cell(words.listed(support.leavers) or "nobody"),
            )
        )
    return Table(
        "Guarantees and monitoring that would change the answer",
        ("The deal with ...", "Stable", "Share of draws", "Would leave"),
        tuple(rows),
        "Other options on the issues that decide which answers exist, where the rules allow them: the best "
        f"of all tried on the first {result.support_draws} draws. Stable and would leave: at the mean of the "
        "draws. Whether everybody would sign them is another question.",
        ("Share of draws",),
    )


def compared(result: StabilityResult) -> Table:
    """Return the deals the case names, side by side."""
    rows = []
    for deal in result.compared:
        held = result.concept in deal.concepts
        shown = "nobody can break it" if deal.share is None else percents(deal.share)
        rows.append(
            (
                Cell(deal.name),
                stable(held, None if deal.share is None else deal.share.value),
                Cell(shown, None if deal.share is None else deal.share.value),
                Cell(deal.first or "nobody"),
                Cell(say.concepts(deal.concepts)),
            )
        )
    return Table(
        "The deals the case names",
        ("Deal", "Stable", "Share of draws", "Breaks most often", "Stable under"),
        tuple(rows),
        f"Stable: full compliance at the mean of the draws, {say.ANSWERS[result.concept]}; share: how often.",
        ("Share of draws",),
    )


def moves(result: StabilityResult) -> Table:
    """Return every move, whose it is, and how it is known."""
    kinds = {"term": "Breach", "response": "Answer", "option": "Option", "name": "Option"}
    written = all(o.kind == "name" for o in result.options)
    rows = tuple(
        (
            Cell("nobody" if o.owner is None else result.dms[o.owner]),
            Cell(o.text if written else words.sentence(o.text), refs=o.evidence),
            Cell(kinds[o.kind]),
            Cell(o.kept and words.sentence(o.kept)),
            Cell(o.basis),
        )
        for o in result.options
    )
    columns = ("Who", "Move", "Kind", "Breaks the term", "Known by")
    if written:
        return Table("What each can do", columns[:2], tuple(row[:2] for row in rows))
    return Table("What each can do", columns, rows)


def ways_to_leave(result: StabilityResult, focus: Focus) -> tuple[Block, ...]:
    """Return the ways to leave with what becomes of them, as a table."""
    rows = [_way(result, hold, n) for hold in focus.holds for n in range(len(hold.stories))]
    if not rows:
        return ()
    scale = any(s.gain is not None for h in focus.holds for s in h.stories)
    unit = "points" if scale else "places"
    return (
        Table(
            "The most tempting ways to leave",
            ("Who and how", f"Gain ({unit})", "Answer", f"In the end ({unit})"),
            tuple(rows),
            "Points are on each one's own scale: 100 its best option everywhere, 0 its worst; at the mean of "
            "the draws."
            if scale
            else "Places in each one's own ranking of all states.",
            (f"Gain ({unit})", f"In the end ({unit})"),
        ),
    )


def _way(result: StabilityResult, hold: Hold, n: int) -> tuple[Cell, ...]:
    told = hold.stories[n]
    end = told.places if told.end is None else told.end
    answer = ", then ".join(say.could(result, m) for m in told.answer)
    ends = words.signed(end) if told.end is None else _whole(end)
    return (
        Cell(say.could(result, told.move)),
        Cell("" if told.gain is None else _whole(told.gain), told.gain),
        Cell(answer or "none that counts", mark="yes" if answer else "no"),
        Cell(ends, float(end), "no" if told.pays else "yes"),
    )


def _whole(points: float) -> str:
    """Return points without the decimals their draws cannot carry; a direction too small for one is kept."""
    if round(points):
        return words.signed(points)
    return "0" if points == 0 else f"{'+' if points > 0 else '−'}under 1"


def picture(result: StabilityResult, focus: Focus) -> tuple[Block, ...]:
    """Return the states of the first story of each decision maker, joined by who moves."""
    stories = [h.stories[0] for h in focus.holds if h.stories]
    if not stories:
        return ()
    start = words.sentence(say.focus_name(result))
    height = 0.9 if len(stories) == 1 else 0.55
    placed = {focus.state: Node(f"s{focus.state}", start, 0.06, height, "where it stands")}
    edges: dict[tuple[int, int], Edge] = {}
    for row, told in enumerate(stories):
        chain = (told.move, *told.answer)
        for step, move in enumerate(chain, start=1):
            spot = (0.06 + 0.88 * step / max(2, len(chain)), 0.9 - 0.7 * row / max(1, len(stories) - 1))
            group = "after the way out" if step == 1 else "after an answer"
            if move.target not in placed:
                placed[move.target] = Node(f"s{move.target}", _label(result, move), *spot, group)
            ends = (f"s{move.source}", f"s{move.target}")
            edges[move.source, move.target] = Edge(*ends, label=result.dms[move.dm])
    return (
        Network(
            f"Leaving {say.focus_name(result)}, and the answers",
            tuple(placed.values()),
            tuple(edges.values()),
            directed=True,
            note="Each arrow is one move and names who makes it; each state says what that move does. First "
            "story of each one only.",
        ),
    )


def _label(result: StabilityResult, move: Move) -> str:
    first, *more = move.switches
    rest = f", +{len(more)}" if more else ""
    number = "" if result.generated else f"{move.target}: "
    return f"{number}{say.doing(result.options[first.option], first)}{rest}"
