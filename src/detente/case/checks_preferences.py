"""Checks preferences: orders that name every option once, win-sets and values that fit them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from detente.case.base import Range
from detente.case.checks_finding import Finding, Known, Names
from detente.case.model import Case
from detente.case.preferences import Preference
from detente.case.yamlfile_spot import Spot
from detente.words import listed


def preferences(case: Case, names: Names) -> Iterator[Finding]:
    """Yield faults of every actor's view of every issue."""
    yield from names.actors.unknown(case.preferences, ("preferences",))
    for actor, by_issue in case.preferences.items():
        yield from names.issues.unknown(by_issue, ("preferences", actor))
        for issue, view in by_issue.items():
            spot = ("preferences", actor, issue)
            options = names.options_of(issue)
            yield from _order(view, options, (*spot, "order"), "preferences" in names.broken)
            yield from _accepts(view, names, (*spot, "accepts"), options)
            yield from options.unknown(view.values, (*spot, "values"))
            yield from _contradictions(view, (*spot, "values"))
            yield from within(view.salience, (*spot, "salience"))
            for option, worth in view.values.items():
                yield from within(worth, (*spot, "values", option))


def _order(view: Preference, options: Known, spot: Spot, partial: bool) -> Iterator[Finding]:
    """Yield faults of an order; where it is only partly understood, nothing is said to be missing."""
    ranked = [option for tier in view.tiers for option in tier]
    for position, tier in enumerate(view.order):
        yield from options.unknown(tier, (*spot, position))
    for option, times in Counter(ranked).items():
        if times > 1:
            message = f"`{option}` stands {times} times in the order"
            yield Finding(spot, message, "keep one place; options in an inner list are tied")
    missing = [option for option in options.ids if option not in ranked]
    misspelt = sum(options.lacks(option) for option in ranked)
    if len(missing) > misspelt and not (options.open or partial):
        message = f"the order leaves out {listed([f'`{option}`' for option in missing])}"
        yield Finding(spot, message, "rank every option, best first; an inner list is a tie")
    if not all(view.tiers):
        yield Finding(spot, "the order has an empty inner list", "remove it")


def _accepts(view: Preference, names: Names, spot: Spot, options: Known) -> Iterator[Finding]:
    yield from names.readings.unknown(view.accepts, spot)
    for reading, accepted in view.accepts.items():
        yield from options.unknown(accepted, (*spot, reading))
        for option, times in Counter(accepted).items():
            if times > 1:
                yield Finding((*spot, reading), f"`{option}` is accepted {times} times", "keep it once")


def _contradictions(view: Preference, spot: Spot) -> Iterator[Finding]:
    """Yield values that no worths in the ranges can bring into the stated order.

    Going down the order, the lowest high end so far bounds all that follows; tied options share one worth.
    """
    bound, owner = float("inf"), ""
    for tier in view.tiers:
        valued = [option for option in tier if option in view.values]
        for option in valued:
            if view.values[option].low >= bound:
                message = f"`{option}` is worth at least {view.values[option].low:g}, but the order puts it "
                message += f"below `{owner}`, worth at most {bound:g}"
                yield Finding((*spot, option), message, "change the order, tie the two, or change a value")
        yield from _untied(view, valued, spot)
        for option in valued:
            if view.values[option].high < bound:
                bound, owner = view.values[option].high, option


def _untied(view: Preference, tied: list[str], spot: Spot) -> Iterator[Finding]:
    if len(tied) < 2:
        return
    top = max(tied, key=lambda option: view.values[option].low)
    low = min(tied, key=lambda option: view.values[option].high)
    if view.values[top].low > view.values[low].high:
        message = f"`{top}` and `{low}` are tied in the order, but their values do not overlap"
        yield Finding((*spot, top), message, "rank one above the other, or let the values overlap")


def within(value: Range, spot: Spot) -> Iterator[Finding]:
    """Yield a range that leaves the scale from 0 to 100."""
    if value.low < 0 or value.high > 100:
        message = f"{value.low:g} to {value.high:g} leaves the scale from 0 to 100"
        yield Finding(spot, message, "use 0 for least and 100 for most")
