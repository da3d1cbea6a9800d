"""Several deals closely looked at, side by side: who leaves each first, what holds it, what would help."""

from __future__ import annotations

from collections.abc import Sequence

from detente import words
from detente.lenses.stability import view_words as say
from detente.lenses.stability.result import StabilityResult
from detente.lenses.stability.result_parts import Focus, Hold
from detente.page import Cell, Table
from detente.table.verdicts import Share

COLUMNS = ("", "Stable under", "Least slack", "Leaves first", "What holds it, or why it fails", "Helps most")


def keeping(deals: Sequence[tuple[str, StabilityResult | None]]) -> Table:
    """Return what keeps each of several deals.

    Parameters
    ----------
    deals : sequence of (name, result)
        None for a deal that nobody could break.
    """
    rows = tuple(_row(name, result) for name, result in deals)
    seen = next((r for _, r in deals if r is not None), None)
    counted = f" with {say.ANSWERS[seen.concept]}" if seen else ""
    note = (
        f"Stable under, and slack in places of the tightest ranking{counted}: at the mean of the draws. "
        "Leaves first: in most draws. Helps most: of the other guarantees and ways of monitoring, where one "
        "keeps the deal in clearly more draws."
    )
    return Table("What keeps each deal", COLUMNS, rows, note, ("Least slack",))


def _row(name: str, result: StabilityResult | None) -> tuple[Cell, ...]:
    focus = None if result is None else result.focus
    if result is None or focus is None:
        return (Cell(name), Cell("all five"), Cell(""), Cell("nobody can break it"), Cell(""), Cell(""))
    stable = tuple(v.concept for v in focus.verdicts if v.stable)
    verdict = next(v for v in focus.verdicts if v.concept == result.concept)
    slack = Cell("no move") if verdict.margin is None else Cell(words.signed(verdict.margin), verdict.margin)
    return (
        Cell(name, mark="yes" if verdict.stable else "no"),
        Cell(say.concepts(stable)),
        slack,
        Cell(_first(result, focus)),
        Cell(_why(result, focus)),
        Cell(_help(result)),
    )


def _first(result: StabilityResult, focus: Focus) -> str:
    if focus.first is None:
        return "nobody"
    hold = focus.holds[focus.first]
    if hold.share is None:
        return result.dms[hold.dm]
    left = Share(1 - hold.share.value, 1 - hold.share.high, 1 - hold.share.low)
    return f"{result.dms[hold.dm]}, in {say.share(left)}"


def _why(result: StabilityResult, focus: Focus) -> str:
    """Return the story of who would leave at the mean, or else of who leaves first."""
    leaving = [h for h in focus.holds if not h.stable]
    told: list[Hold] = leaving or ([] if focus.first is None else [focus.holds[focus.first]])
    return " ".join(say.temptation(result, h) for h in told) or "Nobody has anything to gain."


def _help(result: StabilityResult) -> str:
    if len(result.supports) < 2:
        return "no other was tried"
    signed, best = result.supports[0].share, result.supports[1]
    if best.share.low <= signed.high:
        return "none clearly"
    changed = words.listed([f"{c.issue_name}: {c.option_name}" for c in best.changes])
    return f"{changed} ({words.percent(best.share.value)} of draws, against {words.percent(signed.value)})"
