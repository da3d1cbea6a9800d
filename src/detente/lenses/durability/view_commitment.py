"""Whether renewed war would pay later: all deals side by side, and what each guarantee is worth."""

from __future__ import annotations

from collections.abc import Sequence

from detente import words
from detente.lenses.durability.result import Chance, Committed, DealHeld
from detente.lenses.durability.view_tables import spread
from detente.page import Block, Caveat, Cell, Range, RangeGroup, Ranges, Section, Table, Text

SHARES = (
    "Shares of draws over the analyst's ranges, not chances of war: the model compares the worth of war and "
    "peace (Powell 2006, Fearon 1995) and knows nothing of leaders, mistakes or third parties."
)


def commitment(deals: Sequence[DealHeld]) -> list[Section]:
    """Return the sections on renewed war and on guarantees; none where no deal has an answer."""
    found = [(one.deal.label, c) for one in deals if (c := one.commitment) is not None]
    if not found:
        return []
    more: list[Block] = [_enforcement(found)]
    guarded = [(label, c) for label, c in found if c.guards]
    more.append(_guards(guarded) if guarded else Text("No deal has any of the guarantees the case lists."))
    if any(c.fitted for _, c in found):
        more.append(
            Caveat(
                "What a deal leaves each side is not given; it is drawn from all divisions that fit today's "
                "balance of power."
            )
        )
    main = (_deals(found), Caveat(SHARES))
    return [
        Section("commitment", "Would renewed war pay later?", _lead(found), main),
        Section("guarantees", "What each guarantee blocks", blocks=tuple(more), annex=True),
    ]


def _lead(found: Sequence[tuple[str, Committed]]) -> str:
    rising = found[0][1].rising
    least = min(found, key=lambda pair: pair[1].renewed)
    most = max(found, key=lambda pair: pair[1].renewed)
    head = f"If power shifts towards {rising} after the halt, renewed war would pay it in "
    low, high = words.percent(least[1].renewed), words.percent(most[1].renewed)
    if low == high:
        return f"{head}{low} of draws under {'each deal' if len(found) > 1 else 'the deal'}."
    return f"{head}{low} of draws under {words.within(least[0])} and in {high} under {words.within(most[0])}."


def _deals(found: Sequence[tuple[str, Committed]]) -> Table:
    rows = tuple(
        (
            Cell(label),
            Cell(words.percent(c.renewed), sort=c.renewed),
            Cell(words.percent(c.renewed_bare), sort=c.renewed_bare),
            Cell(spread(c.needed_here), sort=c.needed_here.value),
            Cell(spread(c.provided) if c.guards else "nothing", sort=c.provided.value),
            Cell(words.percent(c.unkeepable), sort=c.unkeepable),
        )
        for label, c in found
    )
    columns = (
        "Deal",
        "Later war pays",
        "Without any guarantee",
        "Part of the shift to block",
        "Blocked by the deal",
        "No division could be kept",
    )
    note = (
        "Shares of draws. Part of the shift to block: the enforcement needed before renewed war stops paying."
    )
    return Table(
        "Whether renewed war would pay, and the enforcement it takes to stop that", columns, rows, note=note
    )


def _enforcement(found: Sequence[tuple[str, Committed]]) -> Ranges:
    """Return what has to be blocked beside what is blocked, deal by deal."""
    groups = tuple(
        RangeGroup(
            label,
            (
                Range("To block before war stops paying", *_ends(c.needed_here)),
                Range("Blocked by the guarantees", *_ends(c.provided)),
            ),
        )
        for label, c in found
    )
    title = f"Part of the shift in power towards {found[0][1].rising}"
    return Ranges(title, "share", groups, note="5th percentile, middle, 95th percentile.")


def _ends(c: Chance) -> tuple[float, float, float]:
    return c.low, c.value, c.high


def _guards(found: Sequence[tuple[str, Committed]]) -> Table:
    """Return each guarantee of each deal, and what its absence would do."""
    rows = tuple(
        (
            Cell(label),
            Cell(g.name),
            Cell(f"{100 * g.blocks[0]:.0f}% to {100 * g.blocks[1]:.0f}%", sort=g.blocks[1]),
            Cell(words.percent(g.renewed_without), sort=g.renewed_without),
            Cell(words.percent(g.unkeepable_without), sort=g.unkeepable_without),
        )
        for label, c in found
        for g in c.guards
    )
    columns = ("Deal", "Guarantee", "Blocks", "Later war pays without it", "No division kept without it")
    together = "; ".join(f"{label} {words.percent(c.renewed)}" for label, c in found)
    note = f"Shares of draws. With all its guarantees later war pays: {together}."
    return Table("What each guarantee is worth", columns, rows, note=note)
