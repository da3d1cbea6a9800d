"""Warnings about issues, rules and what holds without a deal."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.base import Pattern
from detente.case.checks_finding import Finding, Names
from detente.case.model import Case
from detente.case.rules import Rule, RuleReading
from detente.case.yamlfile_spot import Spot
from detente.words import listed


def positions(case: Case, names: Names) -> Iterator[Finding]:
    """Yield issues whose options cannot all be placed on a scale."""
    for issue in case.issues:
        missing = [option.id for option in issue.options if option.position is None]
        if missing and len(issue.options) > 1:
            message = f"no position is given for {listed(missing)}, so no forecast of this issue is possible"
            remedy = "give every option a position from 0 to 100"
            yield Finding(("issues", issue.id), message, remedy, "warning")
        elif not missing and not issue.scale:
            remedy = "add `scale: ` and what 0 and 100 mean"
            yield Finding(
                ("issues", issue.id), "the scale of the positions is not explained", remedy, "warning"
            )


def idle_rules(case: Case, names: Names) -> Iterator[Finding]:
    """Yield rules that restrain nothing, or everything, or name all options of an issue."""
    for rule in case.rules:
        sides: list[tuple[Spot, Rule | RuleReading]] = [(("rules", rule.id), rule)]
        sides += [(("rules", rule.id, "readings", name), side) for name, side in rule.readings.items()]
        if not any(side.forbid or side.imply for _, side in sides):
            message = "the rule forbids and implies nothing; it is only shown"
            yield Finding(("rules", rule.id), message, "add `forbid` or `imply`", "warning")
        for spot, side in sides:
            for position, pattern in enumerate(side.forbid):
                yield from _pattern(pattern, names, (*spot, "forbid", position))
            for position, implied in enumerate(side.imply):
                yield from _pattern(implied.if_, names, (*spot, "imply", position, "if"))


def _pattern(pattern: Pattern, names: Names, spot: Spot) -> Iterator[Finding]:
    if not pattern:
        message = "the pattern is empty, so it matches every deal"
        yield Finding(spot, message, "name at least one issue", "warning")
    for issue, options in pattern.items():
        known = names.options_of(issue)
        if known.members and known.members <= set(options):
            message = f"all options of {issue} are named, so {issue} makes no difference here"
            yield Finding((*spot, issue), message, "remove the issue from the pattern", "warning")


def without_a_deal(case: Case, names: Names) -> Iterator[Finding]:
    """Yield worths off the scale, and signposts that lie in the past."""
    for actor, worth in case.no_deal.worth.items():
        if worth.worth and (worth.worth.low < 0 or worth.worth.high > 100):
            message = "off the scale: 0 is the worst deal for this actor, 100 the best"
            remedy = "keep to 0 to 100, or use `like` with a `shift`"
            yield Finding(("no_deal", "worth", actor, "worth"), message, remedy, "warning")
    for sign in case.signposts:
        if sign.by and sign.by <= case.as_of:
            message = f"to be seen by {sign.by}, which is not after the case's date {case.as_of}"
            yield Finding(("signposts", sign.id, "by"), message, "give a later day", "warning")
