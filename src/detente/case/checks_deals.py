"""Checks whatever names options of issues: no deal, described deals, later options, signposts."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.checks_finding import Finding, Names
from detente.case.model import Case
from detente.case.parties import LaterOption
from detente.case.yamlfile_spot import Spot
from detente.words import listed


def no_deal(case: Case, names: Names) -> Iterator[Finding]:
    """Yield faults of what holds, and what it is worth, if talks fail."""
    spot: Spot = ("no_deal", "options")
    yield from names.choices(case.no_deal.options, spot)
    missing = [i.id for i in case.issues if i.id not in case.no_deal.options]
    if missing and "no_deal" not in names.broken:
        message = f"nothing is said to hold on {listed([f'`{issue}`' for issue in missing])} if talks fail"
        yield Finding(spot, message, "name one option for every issue, such as the one that holds today")
    yield from names.actors.unknown(case.no_deal.worth, ("no_deal", "worth"))
    for actor, worth in case.no_deal.worth.items():
        yield from names.choices(worth.like or {}, ("no_deal", "worth", actor, "like"))


def described(case: Case, names: Names) -> Iterator[Finding]:
    """Yield faults of deals somebody has described, and of signposts."""
    for deal in case.deals:
        yield from names.choices(deal.options, ("deals", deal.id, "options"))
        if not deal.options:
            yield Finding(
                ("deals", deal.id, "options"), "the deal settles no issue", "name at least one option"
            )
    for sign in case.signposts:
        spot = ("signposts", sign.id, "adds")
        yield from names.actors.unknown(sign.adds, spot)
        for actor, pattern in sign.adds.items():
            yield from names.choices(pattern, (*spot, actor))


def later(case: Case, names: Names) -> Iterator[Finding]:
    """Yield faults of options that were not on the table on the case's date."""
    for option in case.later_options:
        spot = ("later_options", option.id)
        yield from names.issues.unknown(option.issue, (*spot, "issue"))
        yield from _same_issue(option, names, spot)
        yield from names.actors.unknown(option.accepts, (*spot, "accepts"))
        for actor, readings in option.accepts.items():
            yield from names.readings.unknown(readings, (*spot, "accepts", actor))
        if not names.issues.lacks(option.issue):
            yield from _placement(option, case, names, spot)


def _same_issue(option: LaterOption, names: Names, spot: Spot) -> Iterator[Finding]:
    options = names.options_of(option.issue)
    if option.id in options.members:
        message = f"issue {option.issue} already has an option `{option.id}`"
        yield Finding((*spot, "id"), message, "give the later option another id")
    if option.rules_like is not None:
        yield from options.unknown(option.rules_like, (*spot, "rules_like"))


def _placement(option: LaterOption, case: Case, names: Names, spot: Spot) -> Iterator[Finding]:
    spot = (*spot, "after")
    yield from names.actors.unknown(option.after, spot)
    for actor, above in option.after.items():
        yield from names.options_of(option.issue).unknown(above, (*spot, actor))
        unranked = option.issue not in case.preferences.get(actor, {}) and "preferences" not in names.broken
        if unranked and not names.actors.lacks(actor):
            message = f"{actor} has no order on {option.issue} in which the option could stand"
            yield Finding((*spot, actor), message, "add the order under preferences, or remove this line")
    placed = [a.id for a in case.required if option.issue in case.preferences.get(a.id, {})]
    for actor in placed:
        if actor not in option.after:
            message = f"the option has no place in the order of {actor}, whose consent is required"
            yield Finding(spot, message, f"add `{actor}: ` and the option it comes directly after")
