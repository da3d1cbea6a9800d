"""Writes the scoreboard page: which model forecast decisions best, out of sample, and by how much."""

from __future__ import annotations

from detente import words
from detente.methods.spatial.scoring import Difference
from detente.page import Caveat, Cell, Fact, Page, Section, Table
from detente.studies.scoreboard_result import PointRow, Scoreboard, Transfer

LIMITS = (
    "Every decision scored was adopted: the table says nothing on whether talks reach agreement, and no "
    "talks on ending a war are among them.",
    "The family of the mixture was chosen while looking at these decisions; the test on later waves is the "
    "fairer figure. Its 80% intervals are too wide, because the lottery puts mass on the ends of the range.",
    "Medians and challenge models land on somebody's position, so they hit closely more often and miss by "
    "more: which model is best depends on the loss.",
    "Challenge models break exact ties by rounding, so their rows can differ by a few tenths between "
    "programs.",
)


def view(board: Scoreboard) -> Page:
    """Return the page of a scoreboard."""
    sections = [
        Section("points", "Point forecasts", _winners(board), (_points(board),)),
        Section("distributions", "Distributions", _mixed(board), (_spreads(board),)),
        *_transfer(board.transfer),
        Section("limits", "How far this goes", blocks=tuple(Caveat(text) for text in LIMITS)),
    ]
    title = f"Forecasting models on {words.count(board.issues, 'decision')}"
    return Page(title, _winners(board), tuple(sections), _headline(board))


def _winners(board: Scoreboard) -> str:
    base = board.point("compromise")
    if not board.beating:
        return (
            f"No model tried forecasts better than the weighted mean, which misses by {base.error:.1f} "
            f"points on average over {words.count(board.issues, 'issue')} of "
            f"{words.count(board.proposals, 'proposal')}. Challenge models do not beat it."
        )
    names = words.listed([row.label for row in board.beating])
    return f"Better than the weighted mean over the whole interval: {names}."


def _mixed(board: Scoreboard) -> str:
    fitted, climate = board.spread("fitted"), board.spread("climatology")
    return (
        f"Fitted by cross-validation that never splits a proposal, the mixture scores {fitted.crps:.1f} "
        f"against {climate.crps:.1f} for past outcomes alone (difference {_gap(board.against_climatology)}; "
        "smaller is better)."
    )


def _gap(gap: Difference) -> str:
    low, mid, high = (f"{x:+.2f}".replace("-", "−") for x in (gap.low, gap.mean, gap.high))
    return f"{mid}, 95% interval {low} to {high}"


def _headline(board: Scoreboard) -> tuple[Fact, ...]:
    base, fitted = board.point("compromise"), board.spread("fitted")
    facts = [
        Fact(f"{base.error:.1f} points", "mean absolute error", f"Error of the {base.label}."),
        Fact(f"{fitted.crps:.1f} CRPS", "cross-validated", "Score of the distribution given agreement."),
    ]
    if board.transfer:
        told = f"{board.transfer.climatology:.1f} for past outcomes"
        facts.append(
            Fact(f"{board.transfer.crps:.1f} CRPS", told, "Fitted on the first wave, tested on later ones.")
        )
    return tuple(facts)


def _points(board: Scoreboard) -> Table:
    waves = max(len(row.by_wave) for row in board.points)
    columns = ("Model", "Issues", "Mean error", "Median error", "Within 5", "Within 10", "Against compromise")
    names = tuple(f"Wave {k + 1}" for k in range(waves))
    rows = tuple(_point(row, waves) for row in board.points)
    note = (
        "Errors in points of 100. Difference to the compromise on the same issues, bootstrap over proposals. "
        "A model would enter the headline only if the whole interval favoured it on all waves, and on the "
        "later ones alone."
    )
    return Table("Mean absolute error, smallest first", columns + names, rows, note, columns[1:-1] + names)


def _point(row: PointRow, waves: int) -> tuple[Cell, ...]:
    label = f"{row.label} (exploratory)" if row.exploratory else row.label
    by_wave = [row.by_wave[k] if k < len(row.by_wave) else None for k in range(waves)]
    return (
        Cell(label),
        Cell(f"{row.issues:,}", row.issues),
        Cell(f"{row.error:.2f}", row.error),
        Cell(f"{row.median_error:.1f}", row.median_error),
        Cell(f"{100 * row.within_5:.0f}%", row.within_5),
        Cell(f"{100 * row.within_10:.0f}%", row.within_10),
        _against(row),
        *(Cell("" if e is None else f"{e:.1f}", e) for e in by_wave),
    )


def _against(row: PointRow) -> Cell:
    if row.model == "compromise":
        return Cell("", 0.0)
    return Cell(_gap(row.difference), row.difference.mean, "no" if row.difference.low > 0 else "")


def _spreads(board: Scoreboard) -> Table:
    columns = ("Distribution", "CRPS", "In 50% interval", "Its width", "In 80% interval", "Width")
    rows = tuple(
        (
            Cell(r.label),
            Cell(f"{r.crps:.2f}", r.crps),
            Cell(f"{100 * r.covered_50:.0f}%", r.covered_50),
            Cell(f"{r.width_50:.0f}", r.width_50),
            Cell(f"{100 * r.covered_80:.0f}%", r.covered_80),
            Cell(f"{r.width_80:.0f}", r.width_80),
        )
        for r in reversed(board.spreads)
    )
    mixed, weight, climate = board.side
    note = (
        "Continuous ranked probability score on the integer grid, in points; smaller is better; that of a "
        "point forecast is its mean error in the table above. Brier score of “above the middle”: mixture "
        f"{mixed:.3f}, share of weight {weight:.3f}, past outcomes {climate:.3f}."
    )
    return Table("Predictive distributions, best first", columns, rows, note, columns[1:])


def _transfer(found: Transfer | None) -> list[Section]:
    if found is None:
        return []
    lead = (
        f"Fitted on the first wave and tested on {words.count(found.issues, 'later issue')}, the mixture "
        f"scores {found.crps:.2f} against {found.climatology:.2f} for the first wave's outcomes "
        f"({_gap(found.difference)}), {found.uniform:.2f} for a uniform guess and {found.lottery:.2f} for a "
        "plain lottery."
    )
    return [Section("transfer", "Trained early, tested late", lead)]
